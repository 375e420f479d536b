import type { PlainDate } from '#base'
import type { Provenance } from '#decisions'
import type { AreaTree } from '#platform/areas'
import { lawOf, type Rulebook } from '#rulebooks'

/** Which way a level goes. */
export type Direction = 'up' | 'down' | 'same'

/** A measure of a level: what holds for an activity, and the cell of the resolution it comes from. */
export interface Measure {
  readonly activity: string
  readonly activityVi: string
  readonly activityEn: string
  readonly value: string
  readonly clause: string | null
  readonly confidence: Provenance['confidence']
  readonly source: string | null
}

const NOTICE = 'notice_hours'
const MEASURE = 'measure'

/** The resolution in force for an area on a day, as the province may have amended it; nothing before there was one. */
export const resolutionOf = (books: readonly Rulebook[], tree: AreaTree, disease: string, areaId: number, on: PlainDate): Rulebook | undefined =>
  lawOf(books, tree, disease, NOTICE).at(areaId, on).rule

export const directionOf = (before: number | null, level: number): Direction => (before === null || before === level ? 'same' : level > before ? 'up' : 'down')

/** How long the public is told beforehand (Resolution 128/NQ-CP, LVL-11); not at all where no resolution asks for it. Unit: hours. */
export const noticeHours = (resolution: Rulebook | undefined, direction: Direction): number => {
  if (!resolution) return 0
  const evaluated = resolution.compiled.evaluate({ direction }, NOTICE)
  if (!evaluated.ok || typeof evaluated.value.result !== 'number') throw new Error(`notice of ${direction}`)
  return evaluated.value.result
}

/** What holds at a level, in the order of the resolution's section IV; cells that were not read in the text say so. */
export const measuresAt = ({ model, compiled }: Rulebook, level: number): Measure[] => {
  const logic = model.decisions.find(({ name }) => name === MEASURE)?.logic
  if (logic?.kind !== 'table') throw new Error('the resolution has no table of measures')
  const activities = [...new Set(logic.table.rules.map(({ when }) => JSON.parse(when[0]?.text ?? '""') as string))]
  return activities.map((activity) => {
    const evaluated = compiled.evaluate({ activity, level }, MEASURE)
    const row = evaluated.ok ? evaluated.value.trace.find((step) => step.row !== null) : undefined
    if (!evaluated.ok || !row) throw new Error(`measure of ${activity} at ${level}`)
    const [activityVi = activity, activityEn = activity] = logic.table.rules[(row.row as number) - 1]?.annotations ?? []
    return { activity, activityVi, activityEn, value: String(evaluated.value.result), clause: row.clause, confidence: row.confidence, source: row.source }
  })
}

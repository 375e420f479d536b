import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileModel, readModel, type CompiledModel, type DecisionModel, type Provenance } from '#decisions'

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

const read = (): { model: DecisionModel; compiled: CompiledModel } => {
  const model = readModel(readFileSync(join(import.meta.dirname, 'rulebook/nq-128-2021.dmn'), 'utf8'))
  const compiled = model.ok ? compileModel(model.value) : model
  if (!model.ok || !compiled.ok) throw new Error(`nq-128-2021: ${JSON.stringify(model.ok ? compiled : model)}`)
  return { model: model.value, compiled: compiled.value }
}
const { model, compiled } = read()

export const directionOf = (before: number | null, level: number): Direction => (before === null || before === level ? 'same' : level > before ? 'up' : 'down')

/** How long the public is told beforehand (Resolution 128/NQ-CP, LVL-11). Unit: hours. */
export const noticeHours = (direction: Direction): number => {
  const evaluated = compiled.evaluate({ direction }, 'notice_hours')
  if (!evaluated.ok || typeof evaluated.value.result !== 'number') throw new Error(`notice of ${direction}`)
  return evaluated.value.result
}

/** What holds at a level, in the order of the resolution's section IV; cells that were not read in the text say so. */
export const measuresAt = (level: number): Measure[] => {
  const logic = model.decisions.find(({ name }) => name === 'measure')?.logic
  if (logic?.kind !== 'table') throw new Error('the resolution has no table of measures')
  const activities = [...new Set(logic.table.rules.map(({ when }) => JSON.parse(when[0]?.text ?? '""') as string))]
  return activities.map((activity) => {
    const evaluated = compiled.evaluate({ activity, level }, 'measure')
    const row = evaluated.ok ? evaluated.value.trace.find((step) => step.row !== null) : undefined
    if (!evaluated.ok || !row) throw new Error(`measure of ${activity} at ${level}`)
    const [activityVi = activity, activityEn = activity] = logic.table.rules[(row.row as number) - 1]?.annotations ?? []
    return { activity, activityVi, activityEn, value: String(evaluated.value.result), clause: row.clause, confidence: row.confidence, source: row.source }
  })
}

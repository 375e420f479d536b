import { addDays, ok, problem, refuse, type Id, type PlainDate, type Problem, type Result } from '#base'
import { populationsOf } from '#areas'
import type { Area } from '#platform/areas'
import { newId } from '#platform/clock'
import type { CommandContext } from '#platform/commands'
import type { Tx } from '#platform/db'
import { figuresFor } from './fact-store.ts'
import { lockFigures, putInForce, supersede } from './figure-store.ts'
import { isUnchanged, keyOf, type Figure, type FigureKey } from './figure.ts'
import { HISTORY_DAYS, judge, type Hold, type KnownPopulation } from './hold.ts'
import type { Metric } from './metric.ts'

/** A value to be recorded; its metric and area are known to be good. */
export interface Entry {
  readonly area: Area
  readonly day: PlainDate
  readonly disease: string
  readonly metric: Metric
  readonly value: number
  readonly source: string
  /** The image in force when it was typed (null: none); another one by now is a conflict. Left out: no matter. */
  readonly seen?: Id | null | undefined
}

export type Outcome = 'new' | 'corrected' | 'unchanged'

export interface Recorded {
  readonly figure: Figure
  readonly outcome: Outcome
}

const keyOfEntry = ({ area, day, disease, metric }: Entry): FigureKey => ({ areaId: area.id, day, disease, metric: metric.code })

/** Why each entry would be held, in the order given (R1, R2, R8). All entries are of one disease. */
export const holdsOf = async (tx: Tx, entries: readonly Entry[]): Promise<(Hold | undefined)[]> => {
  const [first] = entries
  if (!first) return []
  const { disease } = first
  const areaIds = [...new Set(entries.map((entry) => entry.area.id))]
  const days = entries.map((entry) => entry.day).toSorted()
  const to = days.at(-1) as PlainDate
  const facts = await figuresFor(tx, {
    disease, areaIds, metrics: [...new Set(entries.map((entry) => entry.metric.code))], from: addDays(days[0] as PlainDate, -HISTORY_DAYS), to,
  })
  const people = await figuresFor(tx, { disease, areaIds, metrics: ['population'], from: EARLIEST, to })
  const population = new Map<number, KnownPopulation[]>()
  for (const { areaId, day, value, held } of people) {
    if (!held) population.set(areaId, [...(population.get(areaId) ?? []), { asOf: day, value }])
  }
  const reference = new Map((await populationsOf(tx, ['population'], to)).map((row) => [row.areaId, row.value]))
  return judge(
    entries.map(({ area, day, metric, value }) => ({ areaId: area.id, day, metric, value })),
    { accepted: facts.filter((fact) => !fact.held), population, reference },
  )
}

const EARLIEST = '1900-01-01' as PlainDate

/**
 * Records entries, one a key: what is new or different is put in force and what it replaces goes to the history (R4); the
 * same value again changes nothing (R5). All or none: an image that is not the one seen is a fault at its entry (R12).
 */
export const recordFigures = async (context: CommandContext, entries: readonly Entry[], importId: Id | null): Promise<Result<Recorded[]>> => {
  const { tx, at, commandId, actor } = context
  const holds = await holdsOf(tx, entries)
  const recorded: (Recorded | undefined)[] = Array.from(entries, () => undefined)
  let left = [...entries.keys()]
  // Once, unless another writer takes a key between the look and the write; then again for those keys.
  while (left.length > 0) {
    const current = new Map((await lockFigures(tx, left.map((index) => keyOfEntry(entries[index] as Entry)))).map((figure) => [keyOf(figure), figure]))
    const faults: Problem[] = []
    const replaced: Id[] = []
    const images = new Map<Id, { readonly index: number; readonly figure: Figure; readonly outcome: Outcome }>()
    for (const index of left) {
      const entry = entries[index] as Entry
      const before = current.get(keyOf(keyOfEntry(entry)))
      if (entry.seen !== undefined && entry.seen !== (before?.id ?? null)) {
        faults.push(problem('figure_changed', { status: 409, field: `cells/${index}/value`, params: { value: before?.value ?? '—' } }))
      } else if (before && isUnchanged(before, entry.value)) recorded[index] = { figure: before, outcome: 'unchanged' }
      else {
        const hold = holds[index] ?? null
        const figure: Figure = {
          ...keyOfEntry(entry), id: newId(), areaPos: entry.area.pos, value: entry.value, status: hold ? 'held' : 'accepted', hold, source: entry.source,
          recordedAt: at, recordedBy: actor.username, commandId, importId, decidedAt: null, decidedBy: null, decidedReason: null, knownFrom: at,
        }
        context.touched.add('figures', entry.area)
        if (before) replaced.push(before.id)
        images.set(figure.id, { index, figure, outcome: before ? 'corrected' : 'new' })
      }
    }
    const [fault] = faults
    if (fault) return refuse(faults.length === 1 ? fault : problem('figure_changed', { status: 409, problems: faults }))
    await supersede(tx, replaced, at, commandId)
    const written = await putInForce(tx, [...images.values()].map(({ figure }) => figure))
    left = []
    for (const [id, { index, figure, outcome }] of images) {
      if (written.has(id)) recorded[index] = { figure, outcome }
      else left.push(index)
    }
  }
  return ok(recorded.filter((one) => one !== undefined))
}

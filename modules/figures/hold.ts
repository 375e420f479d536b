import { dayNumber, median, type PlainDate } from '#base'
import type { MetricShape } from './metric.ts'

/** A day's history reaches back this far. Unit: days. */
export const HISTORY_DAYS = 28
/** A value is held when it is over `JUMP_FACTOR` × the median + `JUMP_ALLOWANCE`. */
export const JUMP_FACTOR = 10
export const JUMP_ALLOWANCE = 20

export const HOLD_REASONS = ['jump', 'negative', 'above_population'] as const
export type HoldReason = (typeof HOLD_REASONS)[number]

/** Why a figure waits for an epidemiologist, and the limit it went over. */
export interface Hold {
  readonly reason: HoldReason
  readonly limit: number
}

/** What a value is judged against. */
export interface Evidence {
  /** Accepted values of the same area and metric on the 28 days before, in any order. */
  readonly history: readonly number[]
  /** People of the area on the day; nothing when it is not known. */
  readonly population: number | undefined
}

/**
 * R1, R2: whether a value waits for an epidemiologist. Held when negative; above the area's population; or over
 * `10 × median + 20`, the median being that of the accepted values of the 28 days before. Without such values the last
 * test does not apply, nor to a population or a category.
 * Example: with a history of 3, 4, 5 the value 60 stands and 61 is held (`jump`, limit 60).
 */
export const holdOf = (metric: Pick<MetricShape, 'code' | 'kind'>, value: number, evidence: Evidence): Hold | undefined => {
  if (metric.kind === 'category') return undefined
  if (value < 0) return { reason: 'negative', limit: 0 }
  if (metric.code !== 'population' && evidence.population !== undefined && value > evidence.population) {
    return { reason: 'above_population', limit: evidence.population }
  }
  if (metric.kind === 'population') return undefined
  const usual = median(evidence.history)
  if (usual === undefined) return undefined
  const limit = JUMP_FACTOR * usual + JUMP_ALLOWANCE
  return value > limit ? { reason: 'jump', limit } : undefined
}

/** A value to be judged. */
export interface Reported {
  readonly areaId: number
  readonly day: PlainDate
  readonly metric: MetricShape
  readonly value: number
}

/** Populations of one area: each counts from its day until the next. */
export interface KnownPopulation {
  readonly asOf: PlainDate
  readonly value: number
}

/** What is on record before a batch is judged. */
export interface OnRecord {
  /** Accepted values in force, for every area and metric of the batch from 28 days before its first day on. */
  readonly accepted: Iterable<{ readonly areaId: number; readonly metric: string; readonly day: PlainDate; readonly value: number }>
  /** Accepted figures of the metric `population`, by area. */
  readonly population: ReadonlyMap<number, readonly KnownPopulation[]>
  /** People by the reference data, by area: what counts where no figure does. */
  readonly reference: ReadonlyMap<number, number>
}

/** The people of an area on a day: the latest of the figures on or before it, the later entry on a tie. */
export const populationOn = (figures: Iterable<KnownPopulation>, on: PlainDate): number | undefined => {
  let best: KnownPopulation | undefined
  for (const one of figures) if (one.asOf <= on && (!best || one.asOf >= best.asOf)) best = one
  return best?.value
}

/** Judges first what the others are judged against: earlier days, and of one day the population. */
const inOrder = (a: Reported, b: Reported): number =>
  a.day < b.day ? -1 : a.day > b.day ? 1 : Number(b.metric.code === 'population') - Number(a.metric.code === 'population')

/**
 * R8: judges a batch in the order of days, whatever the order of its rows: a row that stands serves as history of the
 * later ones, a held row does not. The answer has one entry a row, in the order given.
 */
export const judge = (batch: readonly Reported[], record: OnRecord): (Hold | undefined)[] => {
  const series = new Map<string, Map<number, number>>()
  const seriesOf = (areaId: number, metric: string): Map<number, number> => {
    const key = `${areaId} ${metric}`
    let days = series.get(key)
    if (!days) series.set(key, (days = new Map()))
    return days
  }
  for (const { areaId, metric, day, value } of record.accepted) seriesOf(areaId, metric).set(dayNumber(day), value)
  const populations = new Map<number, KnownPopulation[]>()

  const holds: (Hold | undefined)[] = Array.from(batch, () => undefined)
  const order = batch.map((reported, index) => ({ reported, index })).toSorted((a, b) => inOrder(a.reported, b.reported))
  for (const { reported, index } of order) {
    const { areaId, day, metric, value } = reported
    const days = seriesOf(areaId, metric.code)
    const on = dayNumber(day)
    // What stands already is not asked about again: an epidemiologist may have confirmed it.
    if (days.get(on) === value) continue
    const history: number[] = []
    for (let before = on - HISTORY_DAYS; before < on; before++) {
      const known = days.get(before)
      if (known !== undefined) history.push(known)
    }
    const figures = [...(record.population.get(areaId) ?? []), ...(populations.get(areaId) ?? [])]
    const hold = holdOf(metric, value, { history, population: populationOn(figures, day) ?? record.reference.get(areaId) })
    holds[index] = hold
    if (hold) days.delete(on)
    else {
      days.set(on, value)
      if (metric.code === 'population') populations.set(areaId, [...(populations.get(areaId) ?? []), { asOf: day, value }])
    }
  }
  return holds
}

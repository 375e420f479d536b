import { demand } from '../numerics/demand.ts'

/** Counts of consecutive weeks (or days), oldest first; `undefined` where a count is not known. */
export type Counts = readonly (number | undefined)[]

/** What a method says of one week that it tested. */
export interface Warning {
  /** The place of the week in the series, from 0. */
  readonly week: number
  /** The count to be expected when nothing is going on. Undefined where it cannot be computed; so for the others. */
  readonly expected: number | undefined
  /** The bound: a larger count is an alarm (CUSUM: an alarm takes this count). */
  readonly upper: number | undefined
  /** Undefined where the count or the bound is not known. */
  readonly alarm: boolean | undefined
}

/** Where R's package surveillance departs from the paper: as published, or as that package computes, so that the two can be held against each other. */
export type Convention = 'published' | 'surveillance'

/** The counts as numbers, NaN where one is not known: unknown ones then spoil exactly what rests on them. Errors: `RangeError` for negative counts. */
export const numbersOf = (counts: Counts): Float64Array => {
  const numbers = Float64Array.from(counts, (count) => count ?? Number.NaN)
  for (let t = 0; t < numbers.length; t++) demand(counts[t] === undefined || ((numbers[t] as number) >= 0 && (numbers[t] as number) < Infinity), 'counts must not be negative')
  return numbers
}

/** All weeks from the first to the last of a series; none if the series is too short. */
export const weeksFrom = (first: number, length: number): readonly number[] => Array.from({ length: Math.max(0, length - first) }, (_, n) => first + n)

/** Errors: `RangeError` unless every week lies in the series and has the weeks before it that a method needs. */
export const demandWeeks = (weeks: readonly number[], earliest: number, length: number): void => {
  for (const week of weeks) demand(Number.isInteger(week) && week >= earliest && week < length, `the weeks tested must lie within ${earliest} … ${length - 1}, counted from 0`)
}

export const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value)

/** `true` above the bound; nobody knows where count or bound is missing. */
export const above = (count: number, bound: number): boolean | undefined => (Number.isNaN(count) || Number.isNaN(bound) ? undefined : count > bound)

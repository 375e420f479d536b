import { demand } from '../numerics/demand.ts'

/** Days over which a reproduction number is taken as constant: places in the series, counted from 0, both ends within. */
export interface DayWindow {
  readonly first: number
  readonly last: number
}

/**
 * All windows of a length in a series, from its second day on: the first has no cases before it that could have infected.
 * Units: days. Throws RangeError unless the length is a whole number ≥ 1. Example: `slidingWindows(9, 7)` has the windows 1…7 and 2…8.
 */
export const slidingWindows = (days: number, length: number): readonly DayWindow[] => {
  demand(Number.isInteger(length) && length >= 1, 'a window must be one day long at least')
  return Array.from({ length: Math.max(0, days - length) }, (_, n) => ({ first: n + 1, last: n + length }))
}

export const demandWindows = (windows: readonly DayWindow[], days: number, earliest: number): void => {
  for (const { first, last } of windows) {
    demand(
      Number.isInteger(first) && Number.isInteger(last) && first >= earliest && last < days,
      'a window must lie within the series, after its first day',
    )
    demand(first <= last, 'a window must not end before it begins')
  }
}

export const demandCounts = (counts: ArrayLike<number>): void => {
  for (let t = 0; t < counts.length; t++)
    demand((counts[t] as number) >= 0 && (counts[t] as number) < Infinity, 'counts of cases must be known and not negative')
}

import { demand } from '../numerics/demand.ts'

/** Counts of one area, one a day; `undefined` where nothing trustworthy is known. Index: days since the first. */
export type DailyCounts = readonly (number | undefined)[]

const DAYS_BEFORE = 28
const TIMES = 10
const ALLOWANCE = 10

/**
 * The counts with what cannot be a count of one day held back as unknown: a negative one (a restated total), and one more than ten times as large as ten and the largest of the
 * 28 days before it together (a slipped digit, a total in the place of a day).
 *
 *   held:  xₜ < 0   or   xₜ > 10·( 10 + max{ xₛ : t − 28 ≤ s < t, xₛ not held } )
 *
 * Convention: own. Only earlier days are looked at, so that a day is judged the same whenever one looks; the first day of an outbreak passes up to 100 cases. In 62 Vietnamese series
 * of 2021 the steepest real day reached 5.5 times the bracket. Errors: `RangeError` for a count that is not finite.
 * Example: `holdImplausible([3, 4, -2, 700, 5])` is 3, 4, unknown, unknown, 5.
 */
export const holdImplausible = (counts: DailyCounts): (number | undefined)[] => {
  const kept: (number | undefined)[] = []
  for (const [day, count] of counts.entries()) {
    demand(count === undefined || Number.isFinite(count), 'a count must be a finite number')
    let largest = 0
    for (let before = Math.max(0, day - DAYS_BEFORE); before < day; before++) largest = Math.max(largest, kept[before] ?? 0)
    kept.push(count === undefined || count < 0 || count > TIMES * (ALLOWANCE + largest) ? undefined : count)
  }
  return kept
}

const DAYS = 7
const KNOWN_DAYS = 4

/**
 * The count of the week that ends on a day: the sum of seven days, raised by 7/known where up to three of them are unknown; nothing where more are, or where the week begins
 * before the series. Errors: `RangeError` for a day outside the series. Example: `weekCount([1, 1, undefined, 1, 1, 1, 1], 6) === 7`.
 */
export const weekCount = (counts: DailyCounts, lastDay: number): number | undefined => {
  demand(Number.isInteger(lastDay) && lastDay >= 0 && lastDay < counts.length, 'the last day of a week must lie in the series')
  if (lastDay < DAYS - 1) return undefined
  let sum = 0
  let known = 0
  for (let day = lastDay - DAYS + 1; day <= lastDay; day++) {
    const count = counts[day]
    if (count === undefined) continue
    sum += count
    known++
  }
  return known < KNOWN_DAYS ? undefined : (sum * DAYS) / known
}

/** All whole weeks up to the one that ends on this day, oldest first. Example: eight days of 1, the last being day 7: one week of 7. */
export const weeksUpTo = (counts: DailyCounts, lastDay: number): (number | undefined)[] => {
  const weeks: (number | undefined)[] = []
  for (let day = lastDay; day >= DAYS - 1; day -= DAYS) weeks.push(weekCount(counts, day))
  return weeks.toReversed()
}

import type { Counts, Delays } from './compute/compute.ts'
import { LONGEST_DELAY } from './compute/compute.ts'

/**
 * How many cases of a day became known 0, 1, 2 … days later, from what was known of a period at the same hour of one evening after another: `snapshots[j]` are the counts as they were
 * known j days before the newest. A day nobody knows of yet counts as nothing reported; corrections downwards are no reports. Null where a day before the longest delay is unknown.
 */
export const delaysOf = (snapshots: readonly Counts[]): Delays | null => {
  const newest = snapshots[0] ?? []
  const days = newest.length
  if (newest.slice(0, days - LONGEST_DELAY).includes(null)) return null
  return newest.map((last, day) => {
    const back = days - 1 - day
    const known = (delay: number): number => (delay < 0 ? 0 : (snapshots[back - delay]?.[day] ?? 0))
    return Array.from({ length: LONGEST_DELAY + 1 }, (_, delay) => {
      if (delay > back) return 0
      // What came later than the longest delay counts as that late.
      const until = delay === LONGEST_DELAY ? (last ?? 0) : known(delay)
      return Math.max(0, until - known(delay - 1))
    })
  })
}

import { demand } from '../numerics/demand.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'
import { jeffreysInterval, wilsonInterval } from './proportion-interval.ts'

export interface LineageShare {
  readonly count: number
  readonly total: number
  /** `undefined` in a week without sequences. */
  readonly share: number | undefined
  readonly interval: ConfidenceInterval | undefined
}

export interface ShareOptions {
  /** Weeks on either side that lend their sequences to a week; 0, each week by itself, where left out. */
  readonly smoothWeeks?: number
  readonly method?: 'jeffreys' | 'wilson'
  readonly level?: number
}

/**
 * The share of each lineage in each week with its uncertainty, smoothed over neighbouring weeks where sequences are few.
 *
 *   share(w) = Σ_{|v − w| ≤ h} x(v) / Σ_{|v − w| ≤ h} n(v),   interval of the pooled count (Jeffreys or Wilson)
 *
 * Source: intervals Brown, Cai & DasGupta (2001), Stat Sci 16:101–133. Convention: rows are consecutive weeks; weeks are pooled by their sequences, so a week with many weighs more; at the ends the
 * window is cut, not mirrored. Each lineage's interval stands by itself: together they cover less. While a lineage rises fast the smoothed share lags at the last week.
 * @throws RangeError for rows of unequal length, negative counts, or a window that is no whole number.
 * @example Weeks [8, 2] and [3, 7], smoothed by one week: both 11/20 and 9/20
 */
export const lineageShares = (counts: readonly (readonly number[])[], { smoothWeeks = 0, method = 'jeffreys', level = 0.95 }: ShareOptions = {}): LineageShare[][] => {
  const width = counts[0]?.length ?? 0
  demand(counts.every((row) => row.length === width && row.every((count) => count >= 0)), 'each week needs a count of each lineage, none negative')
  demand(Number.isInteger(smoothWeeks) && smoothWeeks >= 0, 'the weeks of smoothing are a whole number of 0 and more')
  const interval = method === 'jeffreys' ? jeffreysInterval : wilsonInterval
  return counts.map((_, week) => {
    const window = counts.slice(Math.max(0, week - smoothWeeks), week + smoothWeeks + 1)
    const sums = Array.from({ length: width }, (_, j) => window.reduce((sum, row) => sum + (row[j] as number), 0))
    const total = sums.reduce((sum, count) => sum + count, 0)
    return sums.map((count) => ({ count, total, share: total > 0 ? count / total : undefined, interval: total > 0 ? interval(count, total, level) : undefined }))
  })
}

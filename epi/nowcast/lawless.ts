import { demand } from '../numerics/demand.ts'
import { normalCdf, normalQuantile } from '../numerics/index.ts'
import { delayDistribution } from './delay-distribution.ts'
import { knownDelay, reportedOf, type ReportingTriangle } from './reporting-triangle.ts'

/** How many events of a day there will be when all are reported. */
export interface NowcastDay {
  /** Since 1970-01-01. */
  readonly day: number
  /** Reported so far. */
  readonly reported: number
  readonly median: number
  readonly lower: number
  readonly upper: number
}

export interface LawlessOptions {
  /** Rows of the triangle; all unless given. */
  readonly rows?: readonly number[] | undefined
  /** The interval holds 1 − alpha. Default 0.05. */
  readonly alpha?: number | undefined
  /** The delays are estimated from events of the last so many days; from all unless given. */
  readonly windowDays?: number | undefined
  /** The share of a row's events that is reported by now, where it is known better than from the triangle as a whole: `fitWeekdayDelays`. */
  readonly reportedShare?: ((row: number) => number) | undefined
}

/**
 * Nowcast by Lawless: what is reported, divided by the share that is usually reported by then.
 *
 *   N ≈ normal with mean n/F and variance n·(1 − F)/F², n reported so far, F the share reported within the days that have passed
 *
 * in whole numbers from n on: p(n) = Φ(n), p(k) = Φ(k) − Φ(k − 1), all divided by 1 − Φ(n); quantiles are the first k that reach theirs (the convention of R surveillance::nowcast,
 * method "lawless"). The uncertainty of F is not in it. A day without reports stays at 0.
 * Source: Lawless (1994), Can J Stat 22:15–31; Höhle & an der Heiden (2014), Biometrics 70:993–1002. Units: events.
 * Errors: `RangeError` for rows outside the triangle, alpha outside 0…1, a series not longer than the longest delay.
 * Example: 25 events reported with F = 1 (old enough): 25, from 25 to 25. 2 with F = 0.080: 24, from 2 to 46.
 */
export const nowcastLawless = (triangle: ReportingTriangle, options: LawlessOptions = {}): readonly NowcastDay[] => {
  const { alpha = 0.05 } = options
  demand(alpha > 0 && alpha < 1, 'alpha must lie between 0 and 1')
  const rows = options.rows ?? Array.from({ length: triangle.days }, (_, row) => row)
  demand(rows.every((row) => Number.isInteger(row) && row >= 0 && row < triangle.days), 'rows must lie within the triangle')
  const shares = delayDistribution(triangle, options.windowDays)
  const reportedShare = options.reportedShare ?? ((row: number): number => shares[knownDelay(triangle, row)] as number)
  return rows.map((row) => {
    const reported = reportedOf(triangle, row)
    const share = reportedShare(row)
    const quantile = (p: number): number => lawlessQuantile(reported, share, p)
    return { day: triangle.firstDay + row, reported, median: quantile(0.5), lower: quantile(alpha / 2), upper: quantile(1 - alpha / 2) }
  })
}

const lawlessQuantile = (reported: number, share: number, p: number): number => {
  if (reported === 0 || share >= 1) return reported
  const mean = reported / share
  const sd = Math.sqrt(reported * (1 - share)) / share
  const target = p * (1 - normalCdf(reported, mean, sd))
  // The first whole number, from what is reported on, whose share reaches the target.
  let count = Math.max(reported, Math.ceil(normalQuantile(target, mean, sd)))
  while (count > reported && normalCdf(count - 1, mean, sd) >= target) count--
  while (normalCdf(count, mean, sd) < target) count++
  return count
}

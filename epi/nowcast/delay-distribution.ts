import { demand } from '../numerics/demand.ts'
import { knownDelay, type ReportingTriangle } from './reporting-triangle.ts'

/** By delay: the events reported with exactly this delay, and those with at most this delay, of all rows that are old enough to know. */
export interface DelayCounts {
  readonly exactly: Float64Array
  readonly upTo: Float64Array
}

/** `windowDays`: only events of the last so many days count; all unless given. */
export const delayCounts = (triangle: ReportingTriangle, windowDays?: number): DelayCounts => {
  const { counts, days, maxDelay } = triangle
  demand(days > maxDelay, 'the longest delay must be shorter than the series')
  demand(windowDays === undefined || (Number.isInteger(windowDays) && windowDays > maxDelay), 'the window must be longer than the longest delay')
  const exactly = new Float64Array(maxDelay + 1)
  const upTo = new Float64Array(maxDelay + 1)
  for (let row = Math.max(0, days - (windowDays ?? days)); row < days; row++) {
    let sum = 0
    for (let delay = 0; delay <= knownDelay(triangle, row); delay++) {
      const count = counts[row * (maxDelay + 1) + delay] as number
      sum += count
      exactly[delay] = (exactly[delay] as number) + count
      upTo[delay] = (upTo[delay] as number) + sum
    }
  }
  return { exactly, upTo }
}

/**
 * The share of events that is reported within 0, 1, … `maxDelay` days, estimated although the recent ones are not complete.
 *
 *   g(d) = Σ n(t, d) / Σ n(t, ≤ d) over the rows t that are at least d days old; F(d) = Π over j > d of (1 − g(j))
 *
 * g is the hazard in reversed time, which truncation leaves alone; F(maxDelay) = 1 by definition. Source: Lawless (1994), Can J Stat 22:15–31.
 * Units: days, shares 0…1. Errors: `RangeError` unless the series is longer than the longest delay. Where nothing is known of a delay, its g is 0.
 * Example: rows 2 2 · 1 (not known): g(1) = 2/4, so F = 0.5, 1.
 */
export const delayDistribution = (triangle: ReportingTriangle, windowDays?: number): Float64Array => {
  const { exactly, upTo } = delayCounts(triangle, windowDays)
  return cumulative(exactly.map((count, delay) => (upTo[delay] === 0 ? 0 : count / (upTo[delay] as number))))
}

/** From hazards in reversed time to the share reported within each delay. */
export const cumulative = (hazards: Float64Array): Float64Array => {
  const shares = new Float64Array(hazards.length)
  let share = 1
  for (let delay = hazards.length - 1; delay >= 0; delay--) {
    shares[delay] = share
    share *= 1 - (hazards[delay] as number)
  }
  return shares
}

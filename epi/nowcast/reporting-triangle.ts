import { demand } from '../numerics/demand.ts'

/** When something happened and when it became known. Days since 1970-01-01. */
export interface ReportedEvent {
  readonly event: number
  readonly report: number
}

/** Events by the day they happened and the delay of their report. */
export interface ReportingTriangle {
  /** Day of the first row, since 1970-01-01. */
  readonly firstDay: number
  /** Rows: days from the first to the day of the nowcast. */
  readonly days: number
  /** Longest delay, in days; longer ones count as this. */
  readonly maxDelay: number
  /** Row by row, `maxDelay + 1` a row. A delay that would end after the day of the nowcast has no count yet: 0. */
  readonly counts: Float64Array
}

/**
 * The reporting triangle of a line list, as it was known at the end of a day.
 *
 *   n(t, d) = events of day t reported d days later, for t + d ≤ now; d = maxDelay holds the longer delays too
 *
 * Reports after that day do not count. Reports dated before their event are mistakes and are left out.
 * Units: days. Errors: `RangeError` for days that are not whole numbers, a maximum delay < 1, or a first day after the day of the nowcast.
 * Example: now 3, events on the days 1, 1, 2 reported on the days 1, 3, 4, maxDelay 2: rows 1 0 1 · 0 (0) (0)… from day 1 on; the third is not known yet.
 */
export const reportingTriangle = (events: readonly ReportedEvent[], now: number, maxDelay: number, firstDay = firstEventOf(events, now)): ReportingTriangle => {
  demand(Number.isInteger(now) && Number.isInteger(firstDay) && firstDay <= now, 'the first day must be a whole number and not lie after the day of the nowcast')
  demand(Number.isInteger(maxDelay) && maxDelay >= 1, 'the longest delay must be one day at least')
  const days = now - firstDay + 1
  const counts = new Float64Array(days * (maxDelay + 1))
  for (const { event, report } of events) {
    demand(Number.isInteger(event) && Number.isInteger(report), 'days of events and reports must be whole numbers')
    if (event < firstDay || report > now || report < event) continue
    const at = (event - firstDay) * (maxDelay + 1) + Math.min(maxDelay, report - event)
    counts[at] = (counts[at] as number) + 1
  }
  return { firstDay, days, maxDelay, counts }
}

const firstEventOf = (events: readonly ReportedEvent[], now: number): number => events.reduce((first, { event }) => Math.min(first, event), now)

/** Longest delay that is known by now for events of a row. */
export const knownDelay = ({ days, maxDelay }: ReportingTriangle, row: number): number => Math.min(maxDelay, days - 1 - row)

/** Events of a row that are reported by now. */
export const reportedOf = ({ counts, maxDelay }: ReportingTriangle, row: number): number => {
  let sum = 0
  for (let delay = 0; delay <= maxDelay; delay++) sum += counts[row * (maxDelay + 1) + delay] as number
  return sum
}

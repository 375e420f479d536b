import { demand } from '../numerics/demand.ts'
import { knownDelay, reportedOf, type ReportingTriangle } from './reporting-triangle.ts'

export interface WeekdayDelays {
  /** Share of events reported after 0, 1, … `maxDelay` days, if all weekdays were alike. Sum 1. */
  readonly delays: Float64Array
  /** How readily reports come in on Monday … Sunday, on average 1. */
  readonly weekdays: Float64Array
  /** The share of a row's events that is reported by now. */
  readonly reportedShare: (row: number) => number
}

const WEEK = 7
const MOST_STEPS = 2000
const TOLERANCE = 1e-10

/** Weekday of a day since 1970-01-01, which was a Thursday: 0 is Monday. Example: `weekdayOf(0) === 3`. */
export const weekdayOf = (day: number): number => (((day + 3) % WEEK) + WEEK) % WEEK

/**
 * The delay distribution with a rhythm of the week in the reports, fitted although recent events are not all reported.
 *
 *   chance of a delay d for an event of day t ∝ b(d)·ω(weekday of t + d), d = 0…maxDelay
 *
 * Fitted by maximum likelihood of the delays that could be seen by now (each row conditional on its reported events, which truncation asks for). That is the Poisson model
 * n(t, d) ~ λ(t)·b(d)·ω on the triangle, fitted by iterative proportional scaling (Darroch & Ratcliff 1972, Ann Math Stat 43:1470–1480); with ω = 1 it is `delayDistribution`.
 * Units: days, shares. Errors: `RangeError` unless the series is longer than the longest delay and every weekday can be seen. Without any report all is even.
 * Example: where nothing is reported on Saturdays and Sundays, their ω is 0, and an event of Friday waits for Monday.
 */
export const fitWeekdayDelays = (triangle: ReportingTriangle): WeekdayDelays => {
  const { counts, days, firstDay, maxDelay } = triangle
  demand(days > maxDelay && days >= WEEK, 'the series must be longer than the longest delay, and than a week')
  const width = maxDelay + 1
  const rowSums = Float64Array.from({ length: days }, (_, row) => reportedOf(triangle, row))
  const delaySums = new Float64Array(width)
  const weekdaySums = new Float64Array(WEEK)
  const forEachCell = (use: (row: number, delay: number, weekday: number) => void): void => {
    for (let row = 0; row < days; row++) for (let delay = 0; delay <= knownDelay(triangle, row); delay++) use(row, delay, weekdayOf(firstDay + row + delay))
  }
  forEachCell((row, delay, weekday) => {
    const count = counts[row * width + delay] as number
    delaySums[delay] = (delaySums[delay] as number) + count
    weekdaySums[weekday] = (weekdaySums[weekday] as number) + count
  })
  const rows = new Float64Array(days).fill(1)
  const delays = new Float64Array(width).fill(1 / width)
  const weekdays = new Float64Array(WEEK).fill(1)
  /** Scales one set of factors so that its fitted sums are the observed ones; the largest relative change. */
  const scale = (factors: Float64Array, sums: Float64Array, placeOf: (row: number, delay: number, weekday: number) => number): number => {
    const fitted = new Float64Array(factors.length)
    forEachCell((row, delay, weekday) => {
      const place = placeOf(row, delay, weekday)
      fitted[place] = (fitted[place] as number) + (rows[row] as number) * (delays[delay] as number) * (weekdays[weekday] as number)
    })
    let change = 0
    factors.forEach((factor, place) => {
      const ratio = fitted[place] === 0 ? 0 : (sums[place] as number) / (fitted[place] as number)
      factors[place] = factor * ratio
      if (factor > 0 && ratio > 0) change = Math.max(change, Math.abs(ratio - 1))
    })
    return change
  }
  const all = delaySums.reduce((sum, count) => sum + count, 0)
  for (let step = 0, change = Infinity; all > 0 && step < MOST_STEPS && change > TOLERANCE; step++) {
    change = Math.max(
      scale(rows, rowSums, (row) => row),
      scale(delays, delaySums, (_row, delay) => delay),
      scale(weekdays, weekdaySums, (_row, _delay, weekday) => weekday),
    )
  }
  const mean = weekdays.reduce((sum, factor) => sum + factor, 0) / WEEK
  const sum = delays.reduce((total, share) => total + share, 0)
  const evenWeekdays = weekdays.map((factor) => factor / mean)
  const evenDelays = delays.map((share) => share / sum)
  return {
    delays: evenDelays, weekdays: evenWeekdays,
    reportedShare: (row) => {
      let known = 0
      let total = 0
      for (let delay = 0; delay <= maxDelay; delay++) {
        const weight = (evenDelays[delay] as number) * (evenWeekdays[weekdayOf(firstDay + row + delay)] as number)
        total += weight
        if (delay <= knownDelay(triangle, row)) known += weight
      }
      return total === 0 ? 1 : known / total
    },
  }
}

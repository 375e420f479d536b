import { demand } from '../numerics/demand.ts'
import type { DailyCounts } from './daily-counts.ts'

const WEEK = 7
const HALF = 3
/** So many weeks without any effect are added to what was seen. */
const PRIOR_WEEKS = 2

/** The mean of the seven days around a day, where all are known. */
const centredMean = (counts: DailyCounts, day: number): number | undefined => {
  let sum = 0
  for (let d = day - HALF; d <= day + HALF; d++) {
    const count = counts[d]
    if (count === undefined) return undefined
    sum += count
  }
  return sum / WEEK
}

/**
 * How much more or less than the mean of its week is reported on each day of the week.
 *
 *   eₖ = ( Σ xₜ + 2·m̄ ) / ( Σ mₜ + 2·m̄ )     over the days t ≡ k (mod 7) whose seven-day mean mₜ around them is known; m̄: mean of all mₜ
 *
 * then scaled to a mean of 1. Convention: own (ratio to moving average, drawn towards 1 by two weeks without effect). Arguments: counts, the last day to be looked at, how
 * many days back. Result: Float64Array[7], index day modulo 7, all 1 where nothing is known. Errors: `RangeError` for a day outside the series.
 * Example: 28 days of 10, but 0 on every seventh day: that day's effect is far below 1, the others' a little above.
 */
export const dayOfWeekEffects = (counts: DailyCounts, lastDay: number, days: number): Float64Array => {
  demand(Number.isInteger(lastDay) && lastDay >= 0 && lastDay < counts.length, 'the last day must lie in the series')
  const seen = new Float64Array(WEEK)
  const expected = new Float64Array(WEEK)
  let total = 0
  let known = 0
  for (let day = Math.max(HALF, lastDay - days + 1); day <= lastDay - HALF; day++) {
    const mean = centredMean(counts, day)
    if (mean === undefined) continue
    const k = day % WEEK
    seen[k] = (seen[k] as number) + (counts[day] as number)
    expected[k] = (expected[k] as number) + mean
    total += mean
    known++
  }
  const effects = new Float64Array(WEEK).fill(1)
  if (total === 0) return effects
  const prior = (PRIOR_WEEKS * total) / known
  let sum = 0
  for (let k = 0; k < WEEK; k++) {
    effects[k] = ((seen[k] as number) + prior) / ((expected[k] as number) + prior)
    sum += effects[k] as number
  }
  return effects.map((effect) => (effect * WEEK) / sum)
}

/**
 * How much more than a Poisson count a day's report scatters around the mean of its week and its day of the week: 1/k of a negative binomial count with variance μ + μ²/k.
 *
 *   1/k = max( 0, Σ [ (xₜ − μₜ)²·7/6 − μₜ ] / Σ μₜ² )
 *
 * by moments; 7/6 for the seven-day mean, which the day itself is part of. Result: 0 is a Poisson count; `undefined` where no week is known. Example: constant counts: 0.
 */
export const dailyOverdispersion = (counts: DailyCounts, lastDay: number, days: number, effects: Float64Array): number | undefined => {
  let excess = 0
  let squares = 0
  for (let day = Math.max(HALF, lastDay - days + 1); day <= lastDay - HALF; day++) {
    const mean = centredMean(counts, day)
    if (mean === undefined) continue
    const expected = mean * (effects[day % WEEK] as number)
    excess += (((counts[day] as number) - expected) ** 2 * WEEK) / (WEEK - 1) - expected
    squares += expected * expected
  }
  return squares === 0 ? undefined : Math.max(0, excess / squares)
}

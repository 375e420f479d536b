import { demand } from '../numerics/demand.ts'
import { studentTQuantile } from '../numerics/index.ts'
import { HUB_LEVELS } from '../scores/index.ts'
import type { Quantiles } from './hub-baseline.ts'

export interface DampedTrendOptions {
  /** How much of an error goes into the level, and into the trend: 0 … 1. */
  readonly level: number
  readonly trend: number
  /** What is left of the trend a week later: 0 … 1. */
  readonly damping: number
  /** What is thought of the error of one week before any was seen (log scale), and how many weeks that is worth. */
  readonly usualError: number
  readonly usualWeeks: number
}

/**
 * Damped local trend of the log of weekly counts: the last level, going on as lately, but less so every week.
 *
 *   ℓₜ = ℓₜ₋₁ + φ·bₜ₋₁ + α·eₜ     bₜ = φ·bₜ₋₁ + β·eₜ     eₜ = log(yₜ + 1) − ℓₜ₋₁ − φ·bₜ₋₁
 *   log(1 + q(p)) = ℓₜ + (φ + … + φʰ)·bₜ + σ·√( 1 + Σⱼ₌₁^(h−1) (α + β·(φ + … + φʲ))² ) · t⁻¹(p)
 *
 * Source: Hyndman, Koehler, Ord & Snyder (2008), Forecasting with Exponential Smoothing, ETS(A,Ad,N), table 6.1. Convention: σ² from past errors together with `usualWeeks`
 * errors of `usualError`; t with usualWeeks + errors degrees of freedom; unknown weeks are passed over. Arguments: counts of weeks, oldest first. Result: quantiles at `HUB_LEVELS` for 1 …
 * `horizons` weeks; `undefined` unless the last week is known. Errors: `RangeError` for options outside their bounds. Example: constant counts are forecast to stay.
 */
export const forecastDampedTrend = (weeks: readonly (number | undefined)[], horizons: number, options: DampedTrendOptions): Quantiles[] | undefined => {
  const { level: alpha, trend: beta, damping, usualError, usualWeeks } = options
  for (const share of [alpha, beta, damping]) demand(share >= 0 && share <= 1, 'smoothing and damping lie between 0 and 1')
  demand(usualError > 0 && usualWeeks > 0, 'the usual error and its weight must be positive')
  if (weeks.at(-1) === undefined) return undefined
  let level: number | undefined
  let trend = 0
  let squares = usualWeeks * usualError ** 2
  let known = usualWeeks
  for (const week of weeks) {
    if (level === undefined) {
      if (week !== undefined) level = Math.log1p(week)
      continue
    }
    const error = week === undefined ? 0 : Math.log1p(week) - level - damping * trend
    if (week !== undefined) {
      squares += error * error
      known++
    }
    level += damping * trend + alpha * error
    trend = damping * trend + beta * error
  }
  const forecasts: Quantiles[] = []
  let reach = 0
  let variance = squares / known
  for (let horizon = 1; horizon <= horizons; horizon++) {
    if (horizon > 1) variance += (squares / known) * (alpha + beta * reach) ** 2
    reach += damping ** horizon
    const centre = (level as number) + reach * trend
    const spread = Math.sqrt(variance)
    forecasts.push(HUB_LEVELS.map((p) => Math.max(0, Math.expm1(centre + spread * studentTQuantile(p, known)))))
  }
  return forecasts
}

import { demand } from '../numerics/demand.ts'
import { quantileOf } from '../numerics/index.ts'
import { HUB_LEVELS } from '../scores/index.ts'
import type { Quantiles } from './hub-baseline.ts'

/** A forecast of which it is known what came. */
export interface PastForecast {
  readonly quantiles: Quantiles
  readonly observed: number
}

const MIDDLE = (HUB_LEVELS.length - 1) / 2
/** How much what is thought beforehand counts: as so many forecasts. */
const PRIOR_FORECASTS = 100
/** Of the 98, 95 and 90 % intervals, and of those inside: what provinces left out of the tuning asked for (docs/epi/forecasting.md). */
const PRIOR_FACTORS = Float64Array.from({ length: MIDDLE }, (_, k) => (k < 3 ? 1.15 : 1))

/**
 * Factors by which the central intervals of forecasts should have been wider or narrower on the log scale to hold what came as often as they said.
 *
 *   rᵢ = |log(yᵢ + 1) − mᵢ| / halfwidth of the interval on that side        ĉ(p) = the p-quantile of r, at (n + 1)·p/n      log c(p) = n/(n + 100)·log ĉ(p)
 *
 * then never narrower for a wider interval (relative to the forecasts' own widths). Convention: own; split conformal prediction (Lei et al. 2018, JASA 113:1094; Vovk) with
 * the interval as the score, drawn towards no change because errors of neighbouring areas and weeks go together and their number overstates what is known.
 * Arguments: past forecasts of one horizon. Result: Float64Array[11], for the intervals from the outermost (98 %) to the innermost (10 %); all 1 without forecasts.
 * Example: 100 forecasts, all of them hit at their median: every factor is below 1.
 */
export const intervalFactors = (past: readonly PastForecast[]): Float64Array => {
  const factors = PRIOR_FACTORS.slice()
  if (past.length === 0) return factors
  const weight = past.length / (past.length + PRIOR_FORECASTS)
  const ratios = new Float64Array(past.length)
  for (let k = 0; k < MIDDLE; k++) {
    for (const [i, { quantiles, observed }] of past.entries()) {
      const median = Math.log1p(quantiles[MIDDLE] as number)
      const log = Math.log1p(observed)
      const end = Math.log1p(quantiles[log < median ? k : HUB_LEVELS.length - 1 - k] as number)
      ratios[i] = Math.abs(log - median) / Math.max(1e-9, Math.abs(end - median))
    }
    const share = Math.min(1, ((1 - 2 * (HUB_LEVELS[k] as number)) * (past.length + 1)) / past.length)
    const factor = Math.max(1e-3, quantileOf(ratios.toSorted(), share))
    factors[k] = factor ** weight * (PRIOR_FACTORS[k] as number) ** (1 - weight)
  }
  return factors
}

/**
 * A forecast with its intervals widened or narrowed around the median by these factors, on the log scale.
 *
 *   log(1 + q′(α)) = m + c(p)·( log(1 + q(α)) − m )
 *
 * then made monotone outwards. Errors: `RangeError` unless there is a factor for each of the 11 intervals. Example: factors of 1 change nothing; of 2 they turn a 98 % interval of 9 … 99 … 999
 * into 0 … 99 … 9999.
 */
export const recalibrate = (quantiles: Quantiles, factors: Float64Array): Quantiles => {
  demand(factors.length === MIDDLE, 'a recalibration needs one factor for each interval')
  const median = Math.log1p(quantiles[MIDDLE] as number)
  const values = quantiles.map((value, i) => {
    const factor = i === MIDDLE ? 1 : (factors[Math.min(i, HUB_LEVELS.length - 1 - i)] as number)
    return Math.max(0, Math.expm1(median + factor * (Math.log1p(value) - median)))
  })
  for (let k = MIDDLE - 1; k >= 0; k--) {
    const upper = HUB_LEVELS.length - 1 - k
    values[k] = Math.min(values[k] as number, values[k + 1] as number)
    values[upper] = Math.max(values[upper] as number, values[upper - 1] as number)
  }
  return values
}

import { demand } from '../numerics/demand.ts'
import { studentTQuantile, weightedLeastSquares } from '../numerics/index.ts'
import { demandCounts } from './day-window.ts'

/** How fast counts grow, r in `expected count ∝ e^(r t)`. Unit: per day. */
export interface GrowthRate {
  readonly perDay: number
  /** Limits of the interval of the level asked for. */
  readonly lower: number
  readonly upper: number
  /** Variance of the counts over their mean, as estimated: 1 for Poisson counts. */
  readonly dispersion: number
}

const demandLevel = (level: number): void => demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')

/** Iteratively reweighted least squares is done when the deviance changes by less than this share (R's `glm`: 1e-8). */
const TOLERANCE = 1e-12
const MOST_STEPS = 50

/**
 * The growth rate of daily counts, by a log-linear regression for counts whose variance is proportional to their mean (quasi-Poisson):
 * `ln E(Iₜ) = α + r t`, dispersion φ = Pearson's χ²/(n − 2), interval `r ± t_{n−2} √(φ Var r)` (P. McCullagh and J. A. Nelder, "Generalized
 * Linear Models", 2nd edition 1989, chapter 6). Days without cases take part.
 *
 * Undefined for fewer than three days, for no cases, and where all cases fall on the first or all on the last day so that no finite rate
 * fits.
 * Units: counts of consecutive days. Throws RangeError for unknown or negative counts or a level outside 0…1.
 * Example: counts that double every day, `growthRate([1, 2, 4, 8])?.perDay` ≈ 0.6931 (ln 2).
 */
export const growthRate = (counts: ArrayLike<number>, level = 0.95): GrowthRate | undefined => {
  demandCounts(counts)
  demandLevel(level)
  const days = counts.length
  if (days < 3 || !hasFiniteRate(counts)) return undefined
  const rows = Array.from({ length: days }, (_, t) => [1, t])
  const expected = Float64Array.from(counts, (count) => count + 0.1)
  let before = Infinity
  for (let step = 0; step < MOST_STEPS; step++) {
    const working = expected.map((mean, t) => Math.log(mean) + ((counts[t] as number) - mean) / mean)
    const fit = weightedLeastSquares(rows, working, expected)
    if (!fit) return undefined
    fit.fitted.forEach((logMean, t) => void (expected[t] = Math.exp(logMean)))
    const deviance = expected.reduce((sum, mean, t) => {
      const count = counts[t] as number
      return sum + 2 * ((count > 0 ? count * Math.log(count / mean) : 0) + mean - count)
    }, 0)
    if (Math.abs(before - deviance) > TOLERANCE * (Math.abs(deviance) + 0.1)) {
      before = deviance
      continue
    }
    const pearson = expected.reduce((sum, mean, t) => sum + ((counts[t] as number) - mean) ** 2 / mean, 0)
    const dispersion = pearson / (days - 2)
    const perDay = fit.coefficients[1] as number
    const reach = studentTQuantile(0.5 + level / 2, days - 2) * Math.sqrt(dispersion * (fit.covariance[1]?.[1] as number))
    return Number.isFinite(reach) ? { perDay, lower: perDay - reach, upper: perDay + reach, dispersion } : undefined
  }
  return undefined
}

/** Cases on the first day only, or on the last only, fit the better the steeper the curve. */
const hasFiniteRate = (counts: ArrayLike<number>): boolean => {
  let all = 0
  for (let t = 0; t < counts.length; t++) all += counts[t] as number
  return all > (counts[0] as number) && all > (counts[counts.length - 1] as number)
}

/**
 * The days in which counts double at a growth rate, `ln 2 / r`; negative while they shrink: the days in which they halve. Undefined for a
 * rate of 0.
 * Units: per day → days. Example: `doublingDays(Math.LN2) === 1`.
 */
export const doublingDays = (perDay: number): number | undefined => (perDay === 0 ? undefined : Math.LN2 / perDay)

import { demand } from './demand.ts'
import { deviance } from './deviance.ts'
import { discreteQuantile, guessCount } from './discrete-quantile.ts'
import { gammaQ } from './incomplete-gamma.ts'
import { LOG_SQRT_TWO_PI, stirlingError } from './log-gamma.ts'
import { normalQuantile } from './normal.ts'

const demandMean = (mean: number): void => demand(mean >= 0 && mean < Infinity, 'the mean of a Poisson distribution must not be negative')

/**
 * The share of a Poisson distribution at or below k: `Q(⌊k⌋ + 1, mean)`.
 * Throws RangeError unless mean ≥ 0.
 * Example: `poissonCdf(2, 1) ≈ 0.9196986029286058` (5/(2e)).
 */
export const poissonCdf = (k: number, mean: number): number => {
  demandMean(mean)
  return k < 0 ? 0 : k === Infinity ? 1 : gammaQ(Math.floor(k) + 1, mean)
}

/**
 * The smallest k with `poissonCdf(k, mean) ≥ p`.
 * Throws RangeError unless 0 ≤ p ≤ 1 and mean ≥ 0.
 * Example: `poissonQuantile(0.975, 10) === 17`.
 */
export const poissonQuantile = (p: number, mean: number): number => {
  demandMean(mean)
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
  if (mean === 0) return 0
  const sd = Math.sqrt(mean)
  return discreteQuantile((k) => gammaQ(k + 1, mean), p, guessCount(normalQuantile(p), mean, sd, 1 / sd))
}

/**
 * The logarithm of the probability of k: `k ln mean − mean − ln k!`, by the saddle point (Loader 2000).
 * Throws RangeError unless mean ≥ 0.
 * Example: `poissonLogDensity(2, 1) ≈ -1.6931471805599454` (ln(1/2) − 1).
 */
export const poissonLogDensity = (k: number, mean: number): number => {
  demandMean(mean)
  if (k < 0 || !Number.isInteger(k)) return -Infinity
  if (k === 0) return -mean
  if (mean === 0) return -Infinity
  return -stirlingError(k) - deviance(k, mean) - 0.5 * Math.log(k) - LOG_SQRT_TWO_PI
}

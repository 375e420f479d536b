import { demand } from './demand.ts'
import { discreteQuantile, guessCount } from './discrete-quantile.ts'
import { betaShare, logBetaWeight } from './incomplete-beta.ts'
import { normalQuantile } from './normal.ts'

const demandNegativeBinomial = (mean: number, size: number): void => {
  demand(mean >= 0 && mean < Infinity, 'the mean of a negative binomial distribution must not be negative')
  demand(size > 0 && size < Infinity, 'the size (dispersion k) of a negative binomial distribution must be positive')
}

/**
 * The share of a negative binomial distribution at or below k: `I_π(size, ⌊k⌋ + 1)` with π = size/(size + mean).
 *
 * Its variance is `mean + mean²/size`; a small size is a wide spread, a large one nearly Poisson.
 * Throws RangeError unless mean ≥ 0 and size > 0.
 * Example: `negativeBinomialCdf(1, 2, 2) ≈ 0.5` (¼ + ¼).
 */
export const negativeBinomialCdf = (k: number, mean: number, size: number): number => {
  demandNegativeBinomial(mean, size)
  return k < 0 ? 0 : k === Infinity ? 1 : cdf(Math.floor(k), mean, size)
}

const cdf = (k: number, mean: number, size: number): number => betaShare(size / (size + mean), mean / (size + mean), size, k + 1, false)

/**
 * The smallest k with `negativeBinomialCdf(k, mean, size) ≥ p`.
 * Throws RangeError unless 0 ≤ p ≤ 1, mean ≥ 0 and size > 0.
 * Example: `negativeBinomialQuantile(0.975, 50, 0.2) === 378`.
 */
export const negativeBinomialQuantile = (p: number, mean: number, size: number): number => {
  demandNegativeBinomial(mean, size)
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
  if (mean === 0) return 0
  const sd = Math.sqrt(mean * (1 + mean / size))
  return discreteQuantile((k) => cdf(k, mean, size), p, guessCount(normalQuantile(p), mean, sd, (1 + (2 * mean) / size) / sd))
}

/**
 * The logarithm of the probability of k: `ln Γ(k + size) − ln Γ(size) − ln k! + size ln π + k ln(1 − π)` with π = size/(size + mean), by
 * the saddle point.
 * Throws RangeError unless mean ≥ 0 and size > 0.
 * Example: `negativeBinomialLogDensity(1, 2, 2) ≈ -1.3862943611198906` (ln ¼).
 */
export const negativeBinomialLogDensity = (k: number, mean: number, size: number): number => {
  demandNegativeBinomial(mean, size)
  if (k < 0 || !Number.isInteger(k)) return -Infinity
  if (k === 0) return -size * Math.log1p(mean / size)
  if (mean === 0) return -Infinity
  return logBetaWeight(size / (size + mean), mean / (size + mean), size, k) - Math.log(k)
}

import { demand } from './demand.ts'
import { discreteQuantile, guessCount } from './discrete-quantile.ts'
import { betaShare, logBetaWeight } from './incomplete-beta.ts'
import { normalQuantile } from './normal.ts'

const demandBinomial = (n: number, p: number): void => {
  demand(Number.isInteger(n) && n >= 0, 'the number of trials of a binomial distribution must be a whole number that is not negative')
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
}

/**
 * The share of a binomial distribution of n trials at or below k: `I_{1−p}(n − ⌊k⌋, ⌊k⌋ + 1)`.
 * Throws RangeError unless n is a whole number ≥ 0 and 0 ≤ p ≤ 1.
 * Example: `binomialCdf(1, 3, 0.5) ≈ 0.5`.
 */
export const binomialCdf = (k: number, n: number, p: number): number => {
  demandBinomial(n, p)
  return cdf(Math.floor(k), n, p)
}

const cdf = (k: number, n: number, p: number): number => (k < 0 ? 0 : k >= n ? 1 : betaShare(1 - p, p, n - k, k + 1, false))

/**
 * The smallest k with `binomialCdf(k, n, p) ≥ share`.
 * Throws RangeError unless 0 ≤ share ≤ 1, n is a whole number ≥ 0 and 0 ≤ p ≤ 1.
 * Example: `binomialQuantile(0.5, 3, 0.5) === 1`.
 */
export const binomialQuantile = (share: number, n: number, p: number): number => {
  demandBinomial(n, p)
  demand(share >= 0 && share <= 1, 'a probability must lie between 0 and 1')
  const sd = Math.sqrt(n * p * (1 - p))
  if (sd === 0) return n * p
  return discreteQuantile((k) => cdf(k, n, p), share, guessCount(normalQuantile(share), n * p, sd, (1 - 2 * p) / sd), n)
}

/**
 * The logarithm of the probability of k in n trials: `ln C(n, k) + k ln p + (n − k) ln(1 − p)`, by the saddle point (Loader 2000).
 * Throws RangeError unless n is a whole number ≥ 0 and 0 ≤ p ≤ 1.
 * Example: `binomialLogDensity(1, 3, 0.5) ≈ -0.9808292530117262` (ln 3/8).
 */
export const binomialLogDensity = (k: number, n: number, p: number): number => {
  demandBinomial(n, p)
  if (k < 0 || k > n || !Number.isInteger(k)) return -Infinity
  if (p === 0 || p === 1) return k === n * p ? 0 : -Infinity
  if (k === 0) return n * Math.log1p(-p)
  if (k === n) return n * Math.log(p)
  return logBetaWeight(p, 1 - p, k, n - k) + Math.log(n / k / (n - k))
}

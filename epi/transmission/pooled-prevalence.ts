import { chiSquareQuantile, findRoot } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'
import { fallenBy } from './likelihood.ts'

/** Pools of one size: how many were tested, how many were positive. */
export interface Pools {
  readonly size: number
  readonly tested: number
  readonly positive: number
}

export interface PooledPrevalence {
  readonly prevalence: number
  readonly interval: ConfidenceInterval
}

/**
 * Prevalence among persons from samples tested in pools, of one size or several, by maximum likelihood with a likelihood-ratio interval.
 *
 *   P(pool of m positive) = Se − (Se + Sp − 1)(1 − p)^m;   log L = Σ xᵢ log πᵢ + (nᵢ − xᵢ) log(1 − πᵢ);   one size, perfect test: p̂ = 1 − (1 − x/n)^(1/m)
 *
 * Source: Chiang & Reeves (1962), Am J Hyg 75:377–391; Walter, Hildreth & Beaty (1980), Am J Epidemiol 112:124–128; use on SARS-CoV-2: Hogan, Sahoo & Pinsky (2020), JAMA 323:1967–1969. Convention: members of
 * a pool are independent (not one household); pooling does not dilute a positive beyond what Se says. No positive pool: 0 with an upper limit; all positive: 1.
 * @throws RangeError for no pools, sizes below 1, positives beyond the tested, or Se + Sp ≤ 1.
 * @example 2 of 292 pools of 9 or 10 (Hogan et al. 2020): 0.07 %
 */
export const pooledPrevalence = (pools: readonly Pools[], { sensitivity = 1, specificity = 1, level = 0.95 } = {}): PooledPrevalence => {
  demand(pools.some(({ tested }) => tested > 0), 'at least one pool must be tested')
  demand(sensitivity <= 1 && specificity <= 1 && sensitivity + specificity > 1, 'a test must be better than a coin')
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
  for (const { size, tested, positive } of pools) demand(size >= 1 && positive >= 0 && positive <= tested, 'pools have one member or more, and no more are positive than were tested')
  const power = sensitivity + specificity - 1
  // In q = −log(1 − p) the upper end is far away and the lower end, 0, exact.
  const negative = (size: number, q: number): number => (sensitivity === 1 ? 0 : 1 - sensitivity) + power * Math.exp(-size * q)
  const positive = (size: number, q: number): number => (specificity === 1 ? -power * Math.expm1(-size * q) : sensitivity - power * Math.exp(-size * q))
  const logLikelihood = (q: number): number =>
    pools.reduce((sum, { size, tested, positive: found }) => {
      const negatives = tested - found
      // log of a negative pool: −m·q where the test misses nothing, which outlasts exp.
      const none = sensitivity === 1 ? Math.log(power) - size * q : Math.log(negative(size, q))
      return sum + (found === 0 ? 0 : found * Math.log(positive(size, q))) + (negatives === 0 ? 0 : negatives * none)
    }, 0)
  const score = (q: number): number =>
    pools.reduce((sum, { size, tested, positive: found }) => {
      const lost = power * Math.exp(-size * q)
      const share = sensitivity === 1 ? 1 : lost / negative(size, q)
      return sum + size * ((found === 0 ? 0 : (found * lost) / positive(size, q)) - (tested - found) * share)
    }, 0)
  const most = 40
  const least = 1e-12
  const at = score(least) <= 0 ? 0 : (findRoot(score, least, most, 1e-15) ?? most)
  const interval = fallenBy(logLikelihood, { at, value: logLikelihood(at) }, chiSquareQuantile(level, 1) / 2, 0, most)
  const toShare = (q: number): number => (q >= most ? 1 : -Math.expm1(-q))
  return { prevalence: toShare(at), interval: { lower: toShare(interval.lower), upper: toShare(interval.upper) } }
}

import { demand } from './demand.ts'
import { betaShare, demandBeta, incompleteBeta, logBetaWeight } from './incomplete-beta.ts'
import { invertShare } from './invert-share.ts'
import { digamma, logBeta, trigamma } from './log-gamma.ts'
import { normalQuantile } from './normal.ts'

/**
 * The share of a beta distribution at or below x; its mean is a/(a + b).
 * Throws RangeError unless a > 0 and b > 0.
 * Example: `betaCdf(0.5, 2, 3) ≈ 0.6875`.
 */
export const betaCdf = (x: number, a: number, b: number): number => incompleteBeta(Math.min(1, Math.max(0, x)), a, b)

/**
 * The x at or below which the share p of a beta distribution lies: Halley steps in logit x, from the normal distribution that has
 * the mean and the variance of logit x, `ψ(a) − ψ(b)` and `ψ′(a) + ψ′(b)`.
 * Throws RangeError unless 0 ≤ p ≤ 1, a > 0 and b > 0.
 * Example: `betaQuantile(0.6875, 2, 3) ≈ 0.5`.
 */
export const betaQuantile = (p: number, a: number, b: number): number => {
  demandBeta(a, b)
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
  if (p === 0 || p === 1) return p
  const upper = p > 0.5
  const below = (logit: number): number => 1 / (1 + Math.exp(-logit))
  const tail = {
    upper,
    share: (logit: number) => betaShare(below(logit), below(-logit), a, b, upper),
    density: (logit: number) => Math.exp(logBetaWeight(below(logit), below(-logit), a, b)),
    bend: (logit: number) => a * below(-logit) - b * below(logit),
  }
  const fromSeries = (Math.log(p * a) + logBeta(a, b)) / a
  const start = fromSeries < -2 && a < 1 ? fromSeries : digamma(a) - digamma(b) + normalQuantile(p) * Math.sqrt(trigamma(a) + trigamma(b))
  return below(invertShare(tail, upper ? 1 - p : p, start))
}

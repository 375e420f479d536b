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
 * The x at or below which the share p of a beta distribution lies, by Halley steps in logit x. They begin where the normal distribution
 * with the mean and the variance of logit x, `ψ(a) − ψ(b)` and `ψ′(a) + ψ′(b)`, has that share, or, if a shape is below 1, where the first
 * term of the series in a tail does.
 * Throws RangeError unless 0 ≤ p ≤ 1, a > 0 and b > 0.
 * Example: `betaQuantile(0.6875, 2, 3) ≈ 0.5`.
 */
export const betaQuantile = (p: number, a: number, b: number): number => {
  demandBeta(a, b)
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
  return below(logitBetaQuantile(p, a, b))
}

/** x of its logit. */
const below = (logit: number): number => 1 / (1 + Math.exp(-logit))

/** ln of what is lost beside 1. */
const NEGLIGIBLE = -38

/** ln x/(1 − x) of the quantile x, which knows x next to 1 as exactly as next to 0. */
export const logitBetaQuantile = (p: number, a: number, b: number): number => {
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity
  // xᵃ/(a B) = p, and as much from the other end: exact where x, or 1 − x, is too small to matter beside 1.
  const fromBelow = (Math.log(p * a) + logBeta(a, b)) / a
  const fromAbove = (Math.log((1 - p) * b) + logBeta(a, b)) / b
  if (fromBelow + Math.log(Math.max(1, b)) < NEGLIGIBLE) return fromBelow
  if (fromAbove + Math.log(Math.max(1, a)) < NEGLIGIBLE) return -fromAbove

  const upper = p > 0.5
  const centre = digamma(a) - digamma(b)
  const tail = {
    upper,
    centre,
    share: (logit: number) => betaShare(below(logit), below(-logit), a, b, upper),
    density: (logit: number) => Math.exp(logBetaWeight(below(logit), below(-logit), a, b)),
    bend: (logit: number) => a * below(-logit) - b * below(logit),
  }
  const isSingle = a >= 1 && b >= 1
  const start = isSingle
    ? centre + normalQuantile(p) * Math.sqrt(trigamma(a) + trigamma(b))
    : fromBelow < fromAbove
      ? Math.min(0, fromBelow)
      : Math.max(0, -fromAbove)
  return invertShare(tail, upper ? 1 - p : p, start)
}

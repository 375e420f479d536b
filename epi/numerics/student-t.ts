import { logitBetaQuantile } from './beta.ts'
import { demand } from './demand.ts'
import { betaShare } from './incomplete-beta.ts'

const demandDegrees = (df: number): void => demand(df > 0 && df < Infinity, "the degrees of freedom of Student's t must be positive")

/**
 * The share of Student's t distribution with df degrees of freedom at or below t: `½ I_{df/(df + t²)}(df/2, ½)` for t ≤ 0, and 1 less that
 * of −t above.
 * Throws RangeError unless df > 0.
 * Example: `studentTCdf(12.706204736174698, 1) ≈ 0.975`.
 */
export const studentTCdf = (t: number, df: number): number => {
  demandDegrees(df)
  if (!Number.isFinite(t)) return t < 0 ? 0 : 1
  const square = t * t
  const tail = 0.5 * betaShare(df / (df + square), square / (df + square), df / 2, 0.5, false)
  return t <= 0 ? tail : 1 - tail
}

/**
 * The t at or below which the share p of Student's t distribution with df degrees of freedom lies.
 * Throws RangeError unless 0 ≤ p ≤ 1 and df > 0.
 * Example: `studentTQuantile(0.975, 1) ≈ 12.706204736174698`.
 */
export const studentTQuantile = (p: number, df: number): number => {
  demandDegrees(df)
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
  const tail = Math.min(p, 1 - p)
  // df/(df + t²) has a beta distribution: t² is df times the inverse of its odds.
  const size = tail === 0.5 ? 0 : Math.sqrt(df * Math.exp(-logitBetaQuantile(2 * tail, df / 2, 0.5)))
  return p < 0.5 ? -size : size
}

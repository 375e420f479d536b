import { demand } from './demand.ts'
import { deviance } from './deviance.ts'
import { LOG_SQRT_TWO_PI, stirlingError } from './log-gamma.ts'

const EPSILON = Number.EPSILON
const TINY = 1e-300

/**
 * The logarithm of x^a y^b / B(a, b) with y = 1 − x, by the saddle point (Loader 2000). Every density of beta, binomial and
 * negative-binomial form is made of it. Both x and y are passed because the smaller of the two knows digits that `1 −` the larger does not.
 */
export const logBetaWeight = (x: number, y: number, a: number, b: number): number =>
  stirlingError(a + b) -
  stirlingError(a) -
  stirlingError(b) -
  deviance(a, (a + b) * x) -
  deviance(b, (a + b) * y) +
  0.5 * Math.log((a / (a + b)) * b) -
  LOG_SQRT_TWO_PI

/**
 * Iₓ(a, b) over x^a y^b / B(a, b), by a continued fraction (A. R. DiDonato and A. H. Morris, "Significant digit computation of the
 * incomplete beta function ratios", ACM TOMS 18 (1992), 360–373) in Lentz's method. It takes about √max(a, b) steps where x <
 * (a + 1)/(a + b + 2), and asks for y where `1 − x` would lose digits.
 */
const fraction = (x: number, y: number, a: number, b: number): number => {
  const lean = a * y - b * x + 1
  let c = (a * lean) / (a + 1) || TINY
  let d = 0
  let product = c
  for (let m = 1; ; m++) {
    const part = x / (a + 2 * m - 1)
    const numerator = (a + m - 1) * (a + b + m - 1) * m * (b - m) * part * part
    const next = m + m * (b - m) * part + ((a + m) * (lean + m * (1 + y))) / (a + 2 * m + 1)
    d = 1 / (next + numerator * d || TINY)
    c = next + numerator / c || TINY
    product *= c * d
    if (Math.abs(c * d - 1) <= 2 * EPSILON) return 1 / product
  }
}

/** The share of a beta distribution below x = 1 − y, or above it. */
export const betaShare = (x: number, y: number, a: number, b: number, upper: boolean): number => {
  if (x <= 0) return upper ? 1 : 0
  if (y <= 0) return upper ? 0 : 1
  const isLower = x < (a + 1) / (a + b + 2)
  const share = isLower
    ? Math.exp(logBetaWeight(x, y, a, b)) * fraction(x, y, a, b)
    : Math.exp(logBetaWeight(y, x, b, a)) * fraction(y, x, b, a)
  return isLower === upper ? 1 - share : share
}

export const demandBeta = (a: number, b: number): void =>
  demand(a > 0 && b > 0 && a < Infinity && b < Infinity, 'both shapes of a beta distribution must be positive')

/**
 * The regularised incomplete beta function, `Iₓ(a, b) = ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt / B(a, b)`, by the continued fraction of DiDonato and Morris
 * (1992). Relative error below 1e-12 where the result is the smaller of the two sides.
 * Throws RangeError unless 0 ≤ x ≤ 1, a > 0 and b > 0.
 * Example: `incompleteBeta(0.5, 2, 3) ≈ 0.6875` (11/16).
 */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  demandBeta(a, b)
  demand(x >= 0 && x <= 1, 'the incomplete beta function is defined between 0 and 1')
  return betaShare(x, 1 - x, a, b, false)
}

import { demand } from './demand.ts'
import { polynomial } from './polynomial.ts'

export const LOG_SQRT_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** B₂ₙ / (2n(2n − 1)): the coefficients of Stirling's series in powers of 1/x² (DLMF 5.11.1). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400]
/** From here on Stirling's series is right to the last bit. */
const STIRLING_FROM = 10

/**
 * What Stirling's formula leaves out, δ(x): `ln Γ(x) = (x − ½) ln x − x + ½ ln 2π + δ(x)`.
 *
 * Densities of large counts are written with δ because `ln Γ` itself would cancel there: at a shape of 10⁶ all digits beyond the tenth
 * would be lost (C. Loader, "Fast and accurate computation of binomial probabilities", 2000).
 * Below 10 by the recurrence `δ(x) = δ(x + 1) + (x + ½) ln(1 + 1/x) − 1`. Absolute error about 1e-15.
 * Throws RangeError unless x > 0.
 * Example: `stirlingError(1) ≈ 0.0810614667953272` (1 − ½ ln 2π).
 */
export const stirlingError = (x: number): number => {
  demand(x > 0, 'the logarithm of the gamma function is computed for positive numbers only')
  let sum = 0
  let at = x
  for (; at < STIRLING_FROM; at++) sum += (at + 0.5) * Math.log1p(1 / at) - 1
  return sum + polynomial(1 / (at * at), STIRLING) / at
}

/**
 * The logarithm of the gamma function, `ln Γ(x) = ln ∫₀^∞ tˣ⁻¹ e⁻ᵗ dt`. Error about 1e-15, relative beyond 3, absolute below.
 * Throws RangeError unless x > 0.
 * Example: `logGamma(5) ≈ 3.1780538303479458` (ln 4!).
 */
export const logGamma = (x: number): number => (x - 0.5) * Math.log(x) - x + LOG_SQRT_TWO_PI + stirlingError(x)

/**
 * The logarithm of the beta function, `ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b)`, without the cancellation of those three.
 * Throws RangeError unless a > 0 and b > 0.
 * Example: `logBeta(2, 3) ≈ -2.4849066497880004` (ln 1/12).
 */
export const logBeta = (a: number, b: number): number =>
  LOG_SQRT_TWO_PI +
  stirlingError(a) +
  stirlingError(b) -
  stirlingError(a + b) -
  0.5 * Math.log((a * b) / (a + b)) -
  a * Math.log1p(b / a) -
  b * Math.log1p(a / b)

/** B₂ₙ / 2n (DLMF 5.11.2). */
const DIGAMMA = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32_760, 1 / 12]
/** B₂ₙ (DLMF 5.15.8). */
const TRIGAMMA = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6]

/**
 * The derivative of `ln Γ`, ψ(x), by `ψ(x) = ψ(x + 1) − 1/x` up to where its asymptotic series (DLMF 5.11.2) is exact.
 * Throws RangeError unless x > 0.
 * Example: `digamma(1) ≈ -0.5772156649015329` (− Euler's constant).
 */
export const digamma = (x: number): number => {
  demand(x > 0, 'the digamma function is computed for positive numbers only')
  let sum = 0
  let at = x
  for (; at < STIRLING_FROM; at++) sum -= 1 / at
  const inverseSquare = 1 / (at * at)
  return sum + Math.log(at) - 0.5 / at - inverseSquare * polynomial(inverseSquare, DIGAMMA)
}

/**
 * The derivative of digamma, ψ′(x), by `ψ′(x) = ψ′(x + 1) + 1/x²` up to where its asymptotic series (DLMF 5.15.8) is exact.
 * Throws RangeError unless x > 0.
 * Example: `trigamma(1) ≈ 1.6449340668482264` (π²/6).
 */
export const trigamma = (x: number): number => {
  demand(x > 0, 'the trigamma function is computed for positive numbers only')
  let sum = 0
  let at = x
  for (; at < STIRLING_FROM; at++) sum += 1 / (at * at)
  const inverseSquare = 1 / (at * at)
  return sum + (1 + 0.5 / at + inverseSquare * polynomial(inverseSquare, TRIGAMMA)) / at
}

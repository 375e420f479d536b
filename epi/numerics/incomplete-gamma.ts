import { demand } from './demand.ts'
import { deviance, logShortfall } from './deviance.ts'
import { erfc } from './error-function.ts'
import { stirlingError } from './log-gamma.ts'
import { polynomial } from './polynomial.ts'

const EPSILON = Number.EPSILON
/** Terms of the expansion in η: its radius of convergence is 2√π, so that 3.54⁻³¹ < 1e-16 is left out at |η| = 1. */
const TERMS = 31
/** From this shape on the uniform expansion is used near the mean (Gil, Segura and Temme 2012). */
export const UNIFORM_FROM = 12

/**
 * Taylor coefficients in η of λ − 1, where ½η² = λ − 1 − ln λ, from `μ μ′ = η (1 + μ)` with μ = λ − 1
 * (Temme 1979): 1, 1/3, 1/36, −1/270, … for η, η², η³, η⁴, …
 */
const lambdaCoefficients = (count: number): Float64Array => {
  const alpha = new Float64Array(count)
  alpha[1] = 1
  for (let n = 2; n < count; n++) {
    let sum = alpha[n - 1] as number
    for (let j = 2; j < n; j++) sum -= j * (alpha[j] as number) * (alpha[n - j + 1] as number)
    alpha[n] = sum / (n + 1)
  }
  return alpha
}

/** Taylor coefficients of f(η) = η/(λ − 1) = d ln λ/dη; as ln λ = λ − 1 − ½η², they follow from those of λ − 1. */
const RATIO_COEFFICIENTS = lambdaCoefficients(TERMS + 2)
  .map((_, n, alpha) => (n + 1) * (alpha[n + 1] as number) - (n === 1 ? 1 : 0))
  .subarray(0, TERMS + 1)

/**
 * Coefficients bₙ of the correction in Temme's uniform expansion, which depend on the shape alone:
 * `bₙ₋₁ = fₙ + (n + 1) bₙ₊₁ / shape`, run backwards (Gil, Segura and Temme 2012).
 */
export const uniformCoefficients = (shape: number): Float64Array => {
  const coefficients = new Float64Array(TERMS)
  let next = 0
  let afterNext = 0
  for (let n = TERMS; n >= 1; n--) {
    const here = (RATIO_COEFFICIENTS[n] as number) + ((n + 1) * afterNext) / shape
    coefficients[n - 1] = here
    afterNext = next
    next = here
  }
  return coefficients
}

/** x^shape e^(−x) / Γ(shape + 1), by the saddle point, so that no digit is lost at large shapes. */
export const gammaWeight = (shape: number, x: number): number =>
  Math.exp(-stirlingError(shape) - deviance(shape, x)) / Math.sqrt(2 * Math.PI * shape)

/** Lower share by `weight × (1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …)` (DLMF 8.11.4). */
const bySeries = (shape: number, x: number): number => {
  let term = 1
  let sum = 1
  for (let n = 1; term > sum * EPSILON; n++) {
    term *= x / (shape + n)
    sum += term
  }
  return gammaWeight(shape, x) * sum
}

const TINY = 1e-300

/** Upper share by Legendre's continued fraction (DLMF 8.9.2), evaluated by Lentz's method. */
const byFraction = (shape: number, x: number): number => {
  let b = x + 1 - shape
  let c = 1 / TINY
  let d = 1 / b
  let product = d
  for (let n = 1; ; n++) {
    const a = n * (shape - n)
    b += 2
    d = 1 / (a * d + b || TINY)
    c = b + a / c || TINY
    const factor = c * d
    product *= factor
    if (Math.abs(factor - 1) <= 2 * EPSILON) return gammaWeight(shape, x) * shape * product
  }
}

/** Temme's expansion, uniform in shape: `½ erfc(±η√(a/2)) ∓ e^(−aη²/2)/√(2πa) × Σ bₙηⁿ / Γ*(a)`. */
const byUniform = (shape: number, x: number, upper: boolean, coefficients: Float64Array): number => {
  const mu = (x - shape) / shape
  const halfEtaSquare = logShortfall(mu)
  const eta = Math.sign(mu) * Math.sqrt(2 * halfEtaSquare)
  const y = Math.sign(mu) * Math.sqrt(shape * halfEtaSquare)
  const correction =
    (Math.exp(-shape * halfEtaSquare - stirlingError(shape)) / Math.sqrt(2 * Math.PI * shape)) * polynomial(eta, coefficients)
  return upper ? 0.5 * erfc(y) + correction : 0.5 * erfc(-y) - correction
}

/** Whether |η| < 1: x lies between about 0.3 and 2.35 times the shape. */
const isNearMean = (shape: number, x: number): boolean => shape >= UNIFORM_FROM && x > 0.31 * shape && x < 2.35 * shape

/** The share of a gamma distribution of rate 1 below x, or above it. `coefficients` are those of this shape, if they are at hand. */
export const gammaShare = (shape: number, x: number, upper: boolean, coefficients?: Float64Array): number => {
  if (x <= 0) return upper ? 1 : 0
  if (x === Infinity) return upper ? 0 : 1
  // The smaller of the two shares is computed, the other is what it leaves of 1.
  const isUpper = x >= Math.max(1, shape)
  const share = isNearMean(shape, x)
    ? byUniform(shape, x, isUpper, coefficients ?? uniformCoefficients(shape))
    : isUpper
      ? byFraction(shape, x)
      : bySeries(shape, x)
  return isUpper === upper ? share : 1 - share
}

/**
 * The regularised lower incomplete gamma function, `P(a, x) = ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt / Γ(a)`.
 *
 * Near the mean by Temme's uniform expansion (A. Gil, J. Segura, N. M. Temme, "Efficient and accurate algorithms for the computation and
 * inversion of the incomplete gamma function ratios", SIAM J. Sci. Comput. 34 (2012), A2965–A2981), below it by its series, above by the
 * continued fraction. Relative error below 1e-13 up to a shape of 10⁶ wherever the result is the smaller of P and Q.
 * Throws RangeError unless shape > 0.
 * Example: `gammaP(1, 1) ≈ 0.6321205588285577` (1 − 1/e).
 */
export const gammaP = (shape: number, x: number): number => {
  demand(shape > 0 && !Number.isNaN(x), 'the shape of a gamma distribution must be positive')
  return gammaShare(shape, x, false)
}

/**
 * The regularised upper incomplete gamma function, `Q(a, x) = 1 − P(a, x)`, without that subtraction where Q is the smaller of the two.
 * Throws RangeError unless shape > 0.
 * Example: `gammaQ(1, 1) ≈ 0.36787944117144233` (1/e).
 */
export const gammaQ = (shape: number, x: number): number => {
  demand(shape > 0 && !Number.isNaN(x), 'the shape of a gamma distribution must be positive')
  return gammaShare(shape, x, true)
}

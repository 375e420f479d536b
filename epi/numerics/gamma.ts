import { demand } from './demand.ts'
import { gammaShare, gammaWeight, UNIFORM_FROM, uniformCoefficients } from './incomplete-gamma.ts'
import { invertShare } from './invert-share.ts'
import { logGamma, LOG_SQRT_TWO_PI, stirlingError } from './log-gamma.ts'
import { deviance } from './deviance.ts'
import { normalQuantile } from './normal.ts'

const demandGamma = (shape: number, rate: number): void => {
  demand(shape > 0 && shape < Infinity, 'the shape of a gamma distribution must be positive')
  demand(rate > 0 && rate < Infinity, 'the rate of a gamma distribution must be positive')
}

/**
 * The share of a gamma distribution at or below x: `P(shape, rate · x)`; its mean is shape / rate.
 * Throws RangeError unless shape > 0 and rate > 0.
 * Example: `gammaCdf(2, 1, 0.5) ≈ 0.6321205588285577`.
 */
export const gammaCdf = (x: number, shape: number, rate: number): number => {
  demandGamma(shape, rate)
  return gammaShare(shape, rate * x, false)
}

/**
 * The logarithm of the gamma density at x: `shape ln rate + (shape − 1) ln x − rate x − ln Γ(shape)`, by the saddle point (Loader 2000).
 * Throws RangeError unless shape > 0 and rate > 0.
 * Example: `gammaLogDensity(2, 1, 0.5) ≈ -1.6931471805599454`.
 */
export const gammaLogDensity = (x: number, shape: number, rate: number): number => {
  demandGamma(shape, rate)
  if (x < 0) return -Infinity
  if (x === 0) return shape > 1 ? -Infinity : shape === 1 ? Math.log(rate) : Infinity
  return 0.5 * Math.log(shape) - LOG_SQRT_TWO_PI - stirlingError(shape) - deviance(shape, rate * x) - Math.log(x)
}

/**
 * The x at or below which the share p of a gamma distribution lies.
 *
 * Wilson and Hilferty's cube (1931), or the first term of the series in the lower tail, and Halley steps from there.
 * Relative error below 1e-13 up to a shape of 10⁶.
 * Throws RangeError unless 0 ≤ p ≤ 1, shape > 0 and rate > 0.
 * Example: `gammaQuantile(0.5, 1, 2) ≈ 0.34657359027997264` (ln 2 / 2).
 */
export const gammaQuantile = (p: number, shape: number, rate: number): number => {
  demandGamma(shape, rate)
  return standardQuantile(p, shape, shape >= UNIFORM_FROM ? uniformCoefficients(shape) : undefined) / rate
}

/**
 * Several quantiles of one gamma distribution of rate 1, sharing what depends on the shape alone, written into `into` from `offset`.
 * Throws RangeError unless every p lies in 0…1 and shape > 0.
 */
export const gammaQuantilesInto = (into: Float64Array, offset: number, ps: readonly number[], shape: number): void => {
  demandGamma(shape, 1)
  const coefficients = shape >= UNIFORM_FROM ? uniformCoefficients(shape) : undefined
  for (let n = 0; n < ps.length; n++) into[offset + n] = standardQuantile(ps[n] as number, shape, coefficients)
}

/** ln of what is lost beside 1. */
const NEGLIGIBLE = -38

const standardQuantile = (p: number, shape: number, coefficients: Float64Array | undefined): number => {
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
  if (p === 0) return 0
  if (p === 1) return Infinity
  // xᵃ/Γ(a + 1) = p: the first term of the series, exact where x is too small to matter beside 1.
  const fromSeries = (Math.log(p) + logGamma(shape + 1)) / shape
  if (fromSeries < NEGLIGIBLE) return Math.exp(fromSeries)

  const upper = p > 0.5
  const tail = {
    upper,
    share: (logX: number) => gammaShare(shape, Math.exp(logX), upper, coefficients),
    density: (logX: number) => shape * gammaWeight(shape, Math.exp(logX)),
    bend: (logX: number) => shape - Math.exp(logX),
    centre: Math.log(shape),
  }
  const root = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * Math.sqrt(shape))
  const isFarBelow = fromSeries < Math.log(0.2 * (shape + 1)) || root < 0.1
  return Math.exp(invertShare(tail, upper ? 1 - p : p, isFarBelow ? fromSeries : Math.log(shape) + 3 * Math.log(root)))
}

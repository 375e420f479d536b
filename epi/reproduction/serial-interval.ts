import { demand } from '../numerics/demand.ts'
import { gammaP, gammaQ } from '../numerics/index.ts'

/**
 * The chances that a serial interval lasts 0, 1, …, lastDay days, when interval − 1 day is gamma distributed and both cases fall at any hour of their day
 * (A. Cori et al., "A new framework and software to estimate time-varying reproduction numbers during epidemics",
 * Am. J. Epidemiol. 178 (2013), 1505–1512, web appendix 11; `discr_si` of EpiEstim).
 *
 * With a = ((mean − 1)/sd)² and b = sd²/(mean − 1), X ~ gamma(shape a, scale b) and e(k) = E max(X − k, 0):
 * `w(k) = e(k) − 2 e(k − 1) + e(k − 2)`; below the mean the same second difference of E max(k − X, 0), so that nothing cancels at either end.
 * The sum falls short of 1 by what lies beyond lastDay.
 *
 * Units: days. Index: days of the interval, w(0) = 0. Throws RangeError unless mean > 1, sd > 0 and lastDay is a whole number ≥ 0.
 * Example: `discretiseSerialInterval(2.6, 1.5, 3)` ≈ 0, 0.23317, 0.35858, 0.19811.
 */
export const discretiseSerialInterval = (mean: number, sd: number, lastDay: number): Float64Array => {
  demand(Number.isInteger(lastDay) && lastDay >= 0, 'the last day of a serial interval must be a whole number that is not negative')
  const weightOf = serialIntervalWeight(mean, sd)
  return Float64Array.from({ length: lastDay + 1 }, (_, k) => weightOf(k))
}

/** The chance of an interval of k days, k ≥ 0, in the same distribution. */
export const serialIntervalWeight = (mean: number, sd: number): ((k: number) => number) => {
  demand(mean > 1 && mean < Infinity, 'the mean serial interval must be longer than one day: it is a gamma distribution shifted by one day')
  demand(sd > 0 && sd < Infinity, 'the standard deviation of the serial interval must be positive')
  const shape = ((mean - 1) / sd) ** 2
  const scale = (sd * sd) / (mean - 1)
  /** E max(X − k, 0) = E(X; X > k) − k P(X > k). */
  const excess = (k: number): number => (k <= 0 ? mean - 1 - k : (mean - 1) * gammaQ(shape + 1, k / scale) - k * gammaQ(shape, k / scale))
  /** E max(k − X, 0). */
  const shortfall = (k: number): number => (k <= 0 ? 0 : k * gammaP(shape, k / scale) - (mean - 1) * gammaP(shape + 1, k / scale))
  return (k) => {
    demand(k >= 0, 'an interval must not be negative')
    const part = k > mean ? excess : shortfall
    return Math.max(0, part(k) - 2 * part(k - 1) + part(k - 2))
  }
}

/**
 * Mean and standard deviation of a discrete serial interval, `Σ k w(k)` and `√(Σ k² w(k) − mean²)`, as they stand: not divided by Σ w(k).
 * Units: days. Example: `serialIntervalMoments([0, 0.5, 0.5]).mean === 1.5`.
 */
export const serialIntervalMoments = (weights: ArrayLike<number>): { readonly mean: number; readonly sd: number } => {
  let mean = 0
  let square = 0
  for (let k = 1; k < weights.length; k++) {
    mean += k * (weights[k] as number)
    square += k * k * (weights[k] as number)
  }
  return { mean, sd: Math.sqrt(Math.max(0, square - mean * mean)) }
}

/** How far a serial interval may be from summing to 1. */
const SUM_TOLERANCE = 0.01

/** A discrete serial interval that is none throws `RangeError`. One that was cut off (`isCut`) may sum to less than 1. */
export const demandSerialInterval = (weights: ArrayLike<number>, isCut = false): void => {
  let sum = 0
  for (let k = 0; k < weights.length; k++) {
    demand((weights[k] as number) >= 0, 'the chances of a serial interval must not be negative')
    sum += weights[k] as number
  }
  demand(weights.length > 1 && weights[0] === 0, 'a serial interval begins with the chance of zero days, which must be 0')
  demand(sum <= 1 + SUM_TOLERANCE && (isCut || sum >= 1 - SUM_TOLERANCE), 'the chances of a serial interval must sum to 1')
}

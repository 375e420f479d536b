import { demand } from '../numerics/demand.ts'
import { gammaCdf } from '../numerics/index.ts'

/**
 * The chances that a serial interval lasts 0, 1, …, lastDay days, when interval − 1 day is gamma distributed and both cases fall at any
 * hour of their day (A. Cori et al., "A new framework and software to estimate time-varying reproduction numbers during epidemics", Am. J.
 * Epidemiol. 178 (2013), 1505–1512, web appendix; `discr_si` of EpiEstim).
 *
 * With a = ((mean − 1)/sd)², b = sd²/(mean − 1) and F(x; a) the distribution function of a gamma distribution of shape a and scale b,
 * `w(k) = k F(k; a) + (k − 2) F(k − 2; a) − 2 (k − 1) F(k − 1; a) + a b (2 F(k − 1; a + 1) − F(k − 2; a + 1) − F(k; a + 1))`. It is
 * computed as it is published: far beyond the mean, where all F are close to 1, what is left below about 1e-13 is rounding, in EpiEstim as
 * here. More exact tails would be possible, but where only a far tail can explain a case (a lone case after months) they would lead away
 * from EpiEstim. The sum falls short of 1 by what lies beyond lastDay.
 *
 * Units: days. Index: days of the interval, w(0) = 0. Throws RangeError unless mean > 1, sd > 0 and lastDay is a whole number ≥ 0.
 * Example: `discretiseSerialInterval(2.6, 1.5, 3)` ≈ 0, 0.23317, 0.35858, 0.19811.
 */
export const discretiseSerialInterval = (mean: number, sd: number, lastDay: number): Float64Array => {
  demand(Number.isInteger(lastDay) && lastDay >= 0, 'the last day of a serial interval must be a whole number that is not negative')
  const weightOf = serialIntervalWeight(mean, sd)
  return Float64Array.from({ length: lastDay + 1 }, (_, k) => weightOf(k))
}

/** The chance of an interval of k days in the same distribution. */
export const serialIntervalWeight = (mean: number, sd: number): ((k: number) => number) => {
  demand(mean > 1 && mean < Infinity, 'the mean serial interval must be longer than one day: it is a gamma distribution shifted by one day')
  demand(sd > 0 && sd < Infinity, 'the standard deviation of the serial interval must be positive')
  const a = ((mean - 1) / sd) ** 2
  const b = (sd * sd) / (mean - 1)
  const first = remembered((x) => gammaCdf(x, a, 1 / b))
  const second = remembered((x) => gammaCdf(x, a + 1, 1 / b))
  return (k) => {
    demand(k >= 0, 'an interval must not be negative')
    const difference = k * first(k) + (k - 2) * first(k - 2) - 2 * (k - 1) * first(k - 1)
    return Math.max(0, difference + a * b * (2 * second(k - 1) - second(k - 2) - second(k)))
  }
}

/** Three intervals in a row ask for the same value. */
const remembered = (f: (x: number) => number): ((x: number) => number) => {
  const known = new Map<number, number>()
  return (x) => {
    const value = known.get(x) ?? f(x)
    known.set(x, value)
    return value
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

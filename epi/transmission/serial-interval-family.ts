import { gammaCdf, gammaLogDensity, gammaP, normalCdf, normalLogDensity } from '../numerics/index.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'

/** Normal allows infectees who fall ill before their infectors; gamma and lognormal do not. */
export type SerialIntervalFamily = 'normal' | 'gamma' | 'lognormal'

export interface SerialIntervalFit {
  readonly family: SerialIntervalFamily
  readonly meanDays: number
  readonly sdDays: number
  readonly meanInterval: ConfidenceInterval
  readonly sdInterval: ConfidenceInterval
  readonly logLikelihood: number
  /** Akaike's criterion, 4 − 2 log L: the smaller of two fits to the same pairs is the better. */
  readonly aic: number
}

/** A distribution of days with its integrated distribution function G(x) = ∫₋∞ˣ F, which makes doubly interval-censored likelihoods closed forms. */
export interface DaysDistribution {
  readonly logDensity: (days: number) => number
  readonly cdf: (days: number) => number
  readonly cdfIntegral: (days: number) => number
}

/**
 * The distribution of a family with a mean and a standard deviation.
 *
 *   gamma: shape (μ/σ)², rate μ/σ²;   lognormal: s² = ln(1 + σ²/μ²), m = ln μ − s²/2
 *   G: normal (x − μ)Φ + σ²φ;  gamma x·P(a, bx) − (a/b)·P(a + 1, bx);  lognormal x·Φ(z) − μ·Φ(z − s)
 */
export const daysDistribution = (family: SerialIntervalFamily, mean: number, sd: number): DaysDistribution => {
  if (family === 'normal') {
    return {
      logDensity: (x) => normalLogDensity(x, mean, sd),
      cdf: (x) => normalCdf(x, mean, sd),
      cdfIntegral: (x) => (x - mean) * normalCdf(x, mean, sd) + sd * sd * Math.exp(normalLogDensity(x, mean, sd)),
    }
  }
  if (family === 'gamma') {
    const shape = (mean / sd) ** 2
    const rate = mean / (sd * sd)
    return {
      logDensity: (x) => (x > 0 ? gammaLogDensity(x, shape, rate) : -Infinity),
      cdf: (x) => (x > 0 ? gammaCdf(x, shape, rate) : 0),
      cdfIntegral: (x) => (x > 0 ? x * gammaCdf(x, shape, rate) - mean * gammaP(shape + 1, rate * x) : 0),
    }
  }
  const variance = Math.log1p((sd / mean) ** 2)
  const s = Math.sqrt(variance)
  const m = Math.log(mean) - variance / 2
  return {
    logDensity: (x) => (x > 0 ? normalLogDensity(Math.log(x), m, s) - Math.log(x) : -Infinity),
    cdf: (x) => (x > 0 ? normalCdf(Math.log(x), m, s) : 0),
    cdfIntegral: (x) => (x > 0 ? x * normalCdf(Math.log(x), m, s) - mean * normalCdf(Math.log(x) - variance, m, s) : 0),
  }
}

import { chiSquareQuantile, minimise } from '../numerics/index.ts'
import { FOR_HEIGHT, fallenBy, highestBetween } from './likelihood.ts'
import type { SerialIntervalFamily, SerialIntervalFit } from './serial-interval-family.ts'

// How far around the best fit intervals are looked for: twelve standard errors of the mean, a factor of e⁵ in the standard deviation.
const STANDARD_ERRORS = 12
const LOG_SPAN = 5

/** Mean and standard deviation of a family by maximum likelihood with profile-likelihood intervals. The likelihood has one peak for each of the three families. */
export const fitDays = (
  family: SerialIntervalFamily, logLikelihood: (mean: number, sd: number) => number, start: { readonly mean: number; readonly sd: number }, pairs: number, level: number,
): SerialIntervalFit => {
  const positive = family !== 'normal'
  const from = (mean: number): number => (positive ? Math.log(mean) : mean)
  const to = (coordinate: number): number => (positive ? Math.exp(coordinate) : coordinate)
  const likelihood = (coordinate: number, log: number): number => {
    const value = logLikelihood(to(coordinate), Math.exp(log))
    return Number.isNaN(value) ? -Infinity : value
  }
  const { point, value: lowest } = minimise(([a = 0, b = 0]) => -likelihood(a, b), [from(start.mean), Math.log(start.sd)], { tolerance: 1e-14 })
  const [mean = 0, log = 0] = point
  const peak = -lowest
  const sd = Math.exp(log)
  const reach = (STANDARD_ERRORS * sd) / Math.sqrt(pairs) / (positive ? to(mean) : 1)
  const drop = chiSquareQuantile(level, 1) / 2
  const means = fallenBy((at) => highestBetween((other) => likelihood(at, other), log - LOG_SPAN, log + LOG_SPAN, FOR_HEIGHT).value, { at: mean, value: peak }, drop, mean - reach, mean + reach)
  const logs = fallenBy((at) => highestBetween((other) => likelihood(other, at), mean - reach, mean + reach, FOR_HEIGHT).value, { at: log, value: peak }, drop, log - LOG_SPAN, log + LOG_SPAN)
  return {
    family, meanDays: to(mean), sdDays: sd,
    meanInterval: { lower: to(means.lower), upper: to(means.upper) },
    sdInterval: { lower: Math.exp(logs.lower), upper: Math.exp(logs.upper) },
    logLikelihood: peak, aic: 4 - 2 * peak,
  }
}

import { logGamma } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import { fitDays } from './fit-days.ts'
import type { SerialIntervalFamily, SerialIntervalFit } from './serial-interval-family.ts'

const LOG_TWO_PI = Math.log(2 * Math.PI)

/**
 * The distribution of the serial interval — onset of the infectee minus onset of the infector — from traced pairs, by maximum likelihood with profile-likelihood intervals.
 *
 *   log L(μ, σ) = Σ log f(dᵢ; μ, σ),   f normal, gamma or lognormal
 *
 * Convention: the intervals are taken as exact numbers of days; where only the days of onset are known and the intervals are short, `fitSerialIntervalCensored` is right and this is a little
 * too wide. Pairs are independent and seen whatever their length: in a growing outbreak long intervals are not over yet, and the mean comes out too short. `undefined`: all intervals are the same.
 * @throws RangeError for fewer than two pairs, values that are no numbers, and intervals of 0 and less where the family is not normal.
 * @example [3, 5, 7, 9] normal: mean 6, standard deviation √5
 */
export const fitSerialInterval = (intervalsDays: readonly number[], family: SerialIntervalFamily, level = 0.95): SerialIntervalFit | undefined => {
  const n = intervalsDays.length
  demand(n >= 2, 'at least two pairs are needed')
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
  demand(intervalsDays.every((days) => Number.isFinite(days) && (family === 'normal' || days > 0)), 'intervals must be finite, and positive unless the family is normal')
  const sum = intervalsDays.reduce((all, days) => all + days, 0)
  const mean = sum / n
  const squares = intervalsDays.reduce((all, days) => all + (days - mean) ** 2, 0)
  if (squares < 1e-12 * mean * mean || squares === 0) return undefined
  const sd = Math.sqrt(squares / n)
  // Each likelihood needs two sums of the data only.
  if (family === 'normal') return fitDays(family, (mu, s) => -n * Math.log(s) - (n / 2) * LOG_TWO_PI - (squares + n * (mean - mu) ** 2) / (2 * s * s), { mean, sd }, n, level)
  const logs = intervalsDays.map(Math.log)
  const sumOfLogs = logs.reduce((all, log) => all + log, 0)
  if (family === 'gamma') {
    const logLikelihood = (mu: number, s: number): number => {
      const shape = (mu / s) ** 2
      const rate = mu / (s * s)
      return n * (shape * Math.log(rate) - logGamma(shape)) + (shape - 1) * sumOfLogs - rate * sum
    }
    return fitDays(family, logLikelihood, { mean, sd }, n, level)
  }
  const meanLog = sumOfLogs / n
  const squaresOfLogs = logs.reduce((all, log) => all + (log - meanLog) ** 2, 0)
  const logLikelihood = (mu: number, s: number): number => {
    const variance = Math.log1p((s / mu) ** 2)
    const m = Math.log(mu) - variance / 2
    return -sumOfLogs - (n / 2) * (LOG_TWO_PI + Math.log(variance)) - (squaresOfLogs + n * (meanLog - m) ** 2) / (2 * variance)
  }
  return fitDays(family, logLikelihood, { mean, sd }, n, level)
}

import { demand } from '../numerics/demand.ts'
import { sampleBeta, sampleNegativeBinomial, type Random } from '../numerics/index.ts'
import { cumulative, delayCounts } from './delay-distribution.ts'
import type { NowcastDay } from './lawless.ts'
import { knownDelay, reportedOf, type ReportingTriangle } from './reporting-triangle.ts'

export interface TruncationOptions {
  /** Rows of the triangle; all unless given. */
  readonly rows?: readonly number[] | undefined
  /** The interval holds 1 − alpha. Default 0.05. */
  readonly alpha?: number | undefined
  /** The delays are estimated from events of the last so many days; from all unless given. */
  readonly windowDays?: number | undefined
  /** What is believed beforehand of the mean number of events of a day: a gamma distribution. */
  readonly prior: { readonly mean: number; readonly variance: number }
  /** Concentration of the Dirichlet prior of the delays. Default 0.1: next to nothing. */
  readonly concentration?: number | undefined
  /** Default 2000. */
  readonly draws?: number | undefined
}

export interface TruncationNowcast {
  readonly days: readonly NowcastDay[]
  /** Draws from the joint posterior, one number for each of the days: what later steps (a reproduction number, a forecast) carry on. */
  readonly draws: readonly Float64Array[]
}

/**
 * Bayesian nowcast under right truncation.
 *
 *   delays: reversed-time hazards q(d) ~ Beta(κ + Σ n(t, d), κ·d + Σ n(t, < d)), a generalised Dirichlet posterior; F(m) = Π over d > m of (1 − q(d))
 *   events: N ~ Poisson(λ), λ ~ gamma(a, b) with a = mean²/variance, b = mean/variance; so N − n | n, F is negative binomial with size a + n and mean (a + n)·(1 − F)/(b + F)
 *
 * One draw of the delays serves all days, as they are equally ignorant of them. A quantile is the first count that so many of the draws do not exceed.
 * Source: Höhle & an der Heiden (2014), Biometrics 70:993–1002 (method "bayes.trunc" of R surveillance::nowcast with the prior "poisgamma"). Units: events.
 * Errors: `RangeError` for rows outside the triangle, a prior, concentration or number of draws that is not positive, a series not longer than the longest delay.
 * Example: day complete (as many days passed as the longest delay): median, lower and upper are what is reported.
 */
export const nowcastTruncated = (triangle: ReportingTriangle, random: Random, options: TruncationOptions): TruncationNowcast => {
  const { alpha = 0.05, prior, concentration = 0.1, draws = 2000 } = options
  demand(alpha > 0 && alpha < 1, 'alpha must lie between 0 and 1')
  demand(prior.mean > 0 && prior.variance > 0, "the prior's mean and variance must be positive")
  demand(concentration > 0, 'the concentration of the prior of the delays must be positive')
  demand(Number.isInteger(draws) && draws >= 1, 'there must be one draw at least')
  const rows = options.rows ?? Array.from({ length: triangle.days }, (_, row) => row)
  demand(rows.every((row) => Number.isInteger(row) && row >= 0 && row < triangle.days), 'rows must lie within the triangle')
  const { exactly, upTo } = delayCounts(triangle, options.windowDays)
  const reported = rows.map((row) => reportedOf(triangle, row))
  const shape = (prior.mean * prior.mean) / prior.variance
  const rate = prior.mean / prior.variance

  const drawn = Array.from({ length: draws }, () => {
    const shares = cumulative(exactly.map((count, delay) =>
      delay === 0 ? 1 : sampleBeta(random, concentration + count, concentration * delay + (upTo[delay] as number) - count)))
    return Float64Array.from(rows, (row, n) => {
      const share = shares[knownDelay(triangle, row)] as number
      const size = shape + (reported[n] as number)
      return (reported[n] as number) + sampleNegativeBinomial(random, (size * (1 - share)) / (rate + share), size)
    })
  })
  const days = rows.map((row, n) => {
    const sorted = Float64Array.from(drawn, (one) => one[n] as number).sort()
    const quantile = (p: number): number => sorted[Math.max(0, Math.ceil(p * draws) - 1)] as number
    return { day: triangle.firstDay + row, reported: reported[n] as number, median: quantile(0.5), lower: quantile(alpha / 2), upper: quantile(1 - alpha / 2) }
  })
  return { days, draws: drawn }
}

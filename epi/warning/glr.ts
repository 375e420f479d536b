import { demand } from '../numerics/demand.ts'
import { demandWeeks, known, numbersOf, type Counts } from './series.ts'

export interface GlrOptions {
  /** Consecutive weeks; the search for a change starts at the first of them, and again after each alarm. */
  readonly weeks: readonly number[]
  /** In-control means of these weeks (μ₀), all positive. */
  readonly expected: readonly number[]
  /** Overdispersion: variance = mean + alpha·mean². Default 0: Poisson. */
  readonly alpha?: number | undefined
  /** The shift of the log mean that is looked for, if known; else it is estimated, and only increases count. */
  readonly theta?: number | undefined
  /** An alarm is a statistic of this or more. Default 5. */
  readonly threshold?: number | undefined
}

export interface GlrWarning {
  readonly week: number
  readonly statistic: number | undefined
  readonly alarm: boolean | undefined
}

/**
 * Likelihood-ratio chart for a jump of the mean from μ₀ to μ₀·exp(κ), Poisson or negative binomial counts.
 *
 *   κ unknown:  GLR(n) = max over k ≤ n of sup over κ ≥ 0 of Σ(t=k…n) ℓ(t, κ)
 *   κ = theta:  S(n) = max(0, S(n−1) + ℓ(n, theta))                                  (the CUSUM of likelihood ratios)
 *   ℓ(t, κ) = κ·y − (e^κ − 1)·μ₀                                                      Poisson
 *   ℓ(t, κ) = κ·y − (y + 1/alpha)·ln((1 + alpha·μ₀·e^κ)/(1 + alpha·μ₀))               negative binomial
 *
 * The chart starts again after an alarm. Source: Höhle & Paul (2008), Comput Stat Data Anal 52:4357–4368, "intercept" charts; as R surveillance::glrpois, glrnb with ret = "value".
 * An unknown count adds nothing; its own week has no answer.
 * Units: natural log of a likelihood ratio. Errors: `RangeError` for negative counts, means that are not positive or not one for each week, alpha < 0, threshold ≤ 0.
 * Example: Poisson, μ₀ = 1, counts 1 4: κ̂ = ln 4 from the second week on, GLR = 4·ln 4 − 3 = 2.545.
 */
export const glr = (counts: Counts, options: GlrOptions): readonly GlrWarning[] => {
  const { weeks, expected, alpha = 0, theta, threshold = 5 } = options
  demand(threshold > 0, 'the threshold must be positive')
  demand(alpha >= 0 && alpha < Infinity, 'alpha must not be negative')
  demand(expected.length === weeks.length, 'one expected count is needed for each week tested')
  demand(expected.every((mean) => mean > 0 && mean < Infinity), 'expected counts must be positive')
  const values = numbersOf(counts)
  demandWeeks(weeks, 0, values.length)
  const tested = Float64Array.from(weeks, (week) => values[week] as number)
  const means = Float64Array.from(expected)
  const chart = theta === undefined ? unknownShift(tested, means, alpha) : knownShift(tested, means, alpha, theta)
  let start = 0
  return weeks.map((week, n) => {
    const statistic = chart(start, n)
    const alarm = Number.isNaN(statistic) ? undefined : statistic >= threshold
    if (alarm) start = n + 1
    return { week, statistic: known(statistic), alarm }
  })
}

/** The statistic of the n-th week of a chart that began at `start`; called for every n in turn. */
type Chart = (start: number, n: number) => number

const knownShift = (counts: Float64Array, means: Float64Array, alpha: number, theta: number): Chart => {
  let sum = 0
  return (start, n) => {
    if (n === start) sum = 0
    if (Number.isNaN(counts[n] as number)) return Number.NaN
    sum = Math.max(0, sum + logRatio(counts, means, n, n, alpha, theta))
    return sum
  }
}

const unknownShift = (counts: Float64Array, means: Float64Array, alpha: number): Chart => (start, n) => {
  if (Number.isNaN(counts[n] as number)) return Number.NaN
  let cases = 0
  let mean = 0
  let best = 0
  for (let k = n; k >= start; k--) {
    if (Number.isNaN(counts[k] as number)) continue
    cases += counts[k] as number
    mean += means[k] as number
    const poisson = Math.max(0, Math.log(cases / mean))
    if (alpha === 0) {
      best = Math.max(best, poisson * cases - Math.expm1(poisson) * mean)
    } else {
      best = Math.max(best, logRatio(counts, means, k, n, alpha, negativeBinomialShift(counts, means, k, n, alpha, poisson)))
    }
  }
  return best
}

const logRatio = (counts: Float64Array, means: Float64Array, from: number, to: number, alpha: number, shift: number): number => {
  const growth = Math.expm1(shift)
  let sum = 0
  for (let t = from; t <= to; t++) {
    const count = counts[t] as number
    const mean = means[t] as number
    if (Number.isNaN(count)) continue
    sum += count * shift - (alpha === 0 ? growth * mean : (count + 1 / alpha) * Math.log1p((alpha * mean * growth) / (1 + alpha * mean)))
  }
  return sum
}

/**
 * The κ ≥ 0 of the greatest likelihood: where the score Σ (y − μ₀e^κ)/(1 + alpha·μ₀e^κ), which falls with κ, is 0. Newton's steps kept inside a bracket,
 * so that a count far above its mean is found too.
 */
const negativeBinomialShift = (counts: Float64Array, means: Float64Array, from: number, to: number, alpha: number, guess: number): number => {
  let low = 0
  let high = Infinity
  let shift = 0
  for (let step = 0; step < 100; step++) {
    const growth = Math.exp(shift)
    let score = 0
    let slope = 0
    for (let t = from; t <= to; t++) {
      const count = counts[t] as number
      if (Number.isNaN(count)) continue
      const mean = (means[t] as number) * growth
      const scale = 1 + alpha * mean
      score += (count - mean) / scale
      slope -= (mean * (1 + alpha * count)) / (scale * scale)
    }
    if (shift === 0 && score <= 0) return 0
    if (score > 0) low = shift
    else high = shift
    let next = shift === 0 && guess > 0 ? guess : shift - score / slope
    if (next < low || next > high) next = high === Infinity ? 2 * shift + 1 : (low + high) / 2
    if (Math.abs(next - shift) <= 1e-13 * shift) return next
    shift = next
  }
  return shift
}

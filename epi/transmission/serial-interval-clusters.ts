import { normalCdf, normalLogDensity, normalQuantile, type Random } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'

/** Each cluster's intervals from its first onset to those that follow, as far as `casesPerCluster` cases. Unit: days. Example: onsets [3, 5, 9, 20] with 3 cases: [2, 6]. */
export const indexCaseIntervals = (clustersOfOnsetDays: readonly (readonly number[])[], casesPerCluster: number): number[] =>
  clustersOfOnsetDays.flatMap((onsets) => {
    const ordered = onsets.toSorted((a, b) => a - b).slice(0, casesPerCluster)
    return ordered.slice(1).map((onset) => onset - (ordered[0] as number))
  })

export interface ClusterSerialInterval {
  readonly meanDays: number
  readonly sdDays: number
  /** Mean ± normal quantile × standard deviation of bootstrap means. */
  readonly meanInterval: ConfidenceInterval
}

const ROUNDS = 100
// A standard deviation of less than this is the mixture resting on intervals of one and the same day.
const COLLAPSED = 1e-3
// Where Tindale et al. began; from nearer starts the mixture may settle on another way to explain the same intervals.
const START = { mean: 10, sd: 4 }

/** Adds the probabilities of differences of 0…last days between two days of onset where the difference in time is N(m, s²): the triangle of possible times of day, folded at 0. */
const addDays = (into: Float64Array, m: number, s: number, times: number): void => {
  // Integrals of 1 and of x over each day, from the distribution function and the density at whole days.
  const cdf = (x: number): number => normalCdf(x, m, s)
  const density = (x: number): number => s * s * Math.exp(normalLogDensity(x, m, s))
  let [low, lowDensity] = [cdf(0), density(0)]
  let [shareBefore, momentBefore] = [0, 0]
  for (let d = 0; d < into.length; d++) {
    const [high, highDensity] = [cdf(d + 1), density(d + 1)]
    const share = high - low
    const moment = m * share - (highDensity - lowDensity)
    const probability = d === 0 ? 2 * (share - moment) : (1 - d) * shareBefore + momentBefore + (1 + d) * share - moment
    into[d] = (into[d] as number) + times * Math.max(0, probability)
    ;[low, lowDensity, shareBefore, momentBefore] = [high, highDensity, share, moment]
  }
}

/**
 * Expectation–maximisation over the ways an interval may have come about; only the direct way (index case infects the other) feeds mean and standard deviation.
 * `often[d]`: how many intervals are d days.
 */
const mixture = (often: Float64Array): { readonly mean: number; readonly sd: number } | undefined => {
  let { mean, sd } = START
  const all = new Float64Array(often.length)
  const direct = new Float64Array(often.length)
  for (let n = 0; n < ROUNDS; n++) {
    all.fill(0)
    direct.fill(0)
    addDays(direct, mean, sd, 1)
    // Both infected by one unseen case; index → other; → one between; → two between; and each of these with the order of onsets turned round.
    addDays(all, 0, Math.SQRT2 * sd, 2)
    for (let steps = 1; steps <= 3; steps++) {
      addDays(all, steps * mean, Math.sqrt(steps) * sd, 1)
      addDays(all, -steps * mean, Math.sqrt(steps) * sd, 1)
    }
    let [weight, squaredWeight, sum, squares] = [0, 0, 0, 0]
    for (let d = 0; d < often.length; d++) {
      if (often[d] === 0) continue
      const share = (direct[d] as number) / (all[d] as number)
      const times = often[d] as number
      weight += times * share
      squaredWeight += times * share * share
      sum += times * share * d
      squares += times * share * d * d
    }
    const before = mean
    mean = sum / weight
    sd = Math.sqrt((weight * Math.max(0, squares - sum * mean)) / (weight * weight - squaredWeight))
    if (!(sd > COLLAPSED) || !Number.isFinite(mean)) return undefined
    if (Math.abs(mean - before) < 1e-7) break
  }
  return { mean, sd }
}

/**
 * The serial interval from clusters in which nobody knows who infected whom, only when each fell ill: the interval of index case to case is a mixture of four ways
 * (both from one source; first → other; first → one → other; first → two → other).
 *
 *   |X|, X ~ N(0, 2σ²), N(μ, σ²), N(2μ, 2σ²), N(3μ, 3σ²);  days of onset: P(d) = ∫ (1 − |x − d|)₊ f(x) dx;  EM from μ 10, σ 4, 100 rounds
 *
 * Source: Vink, Bootsma & Wallinga (2014), Am J Epidemiol 180:865–875; used by Tindale et al. (2020), eLife 9:e57149. Convention: days, normal; interval by bootstrap of the intervals
 * (resamples on which the mixture collapses are left out). `undefined` where the mixture collapses onto one value.
 * @throws RangeError for fewer than two intervals, or intervals that are no whole days of 0 and more.
 * @example Tianjin, January–February 2020, first four cases of each cluster: 4.31 days, standard deviation 0.94 (ibid., table 1)
 */
export const fitSerialIntervalOfClusters = (intervalsDays: readonly number[], random: Random, { samples = 200, level = 0.95 } = {}): ClusterSerialInterval | undefined => {
  demand(intervalsDays.length >= 2, 'at least two intervals are needed')
  demand(intervalsDays.every((days) => Number.isInteger(days) && days >= 0), 'intervals from the index case are whole days, none negative')
  const often = new Float64Array(Math.max(...intervalsDays) + 1)
  for (const days of intervalsDays) often[days] = (often[days] as number) + 1
  const best = mixture(often)
  if (!best) return undefined
  let [count, sum, squares] = [0, 0, 0]
  for (let n = 0; n < samples; n++) {
    const drawn = new Float64Array(often.length)
    for (let i = 0; i < intervalsDays.length; i++) {
      const days = intervalsDays[Math.floor(random.uniform() * intervalsDays.length)] as number
      drawn[days] = (drawn[days] as number) + 1
    }
    const found = mixture(drawn)
    if (!found) continue
    count++
    sum += found.mean
    squares += found.mean * found.mean
  }
  const error = Math.sqrt(Math.max(0, (squares - (sum * sum) / count) / (count - 1))) * normalQuantile((1 + level) / 2)
  return { meanDays: best.mean, sdDays: best.sd, meanInterval: { lower: best.mean - error, upper: best.mean + error } }
}

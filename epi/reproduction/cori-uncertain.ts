import { demand } from '../numerics/demand.ts'
import { normalCdf, normalQuantile, quantileOf, sampleGamma, type Random } from '../numerics/index.ts'
import { DEFAULT_PRIOR, totalInto, type Incidence, type Prior, type ReproductionEstimate } from './cori.ts'
import { infectivityInto } from './infectivity.ts'
import { REPRODUCTION_QUANTILES } from './posterior-quantiles.ts'
import { discretiseSerialInterval, serialIntervalMoments } from './serial-interval.ts'
import { demandWindows, type DayWindow } from './day-window.ts'

/** A normal distribution cut off at both ends: what is known of a parameter of the serial interval. Unit: days. */
export interface TruncatedNormal {
  readonly mean: number
  readonly sd: number
  readonly least: number
  readonly most: number
}

export interface UncertainReproductionOptions {
  readonly intervalMean: TruncatedNormal
  readonly intervalSd: TruncatedNormal
  readonly windows: readonly DayWindow[]
  readonly prior?: Prior
  /** How many serial intervals are drawn, and how many values of R under each. EpiEstim: 500 and 50. */
  readonly intervals?: number
  readonly drawsEach?: number
}

/**
 * The time-varying reproduction number when mean and standard deviation of the serial interval are themselves uncertain (Cori et al. 2013,
 * method `uncertain_si` of EpiEstim).
 *
 * Pairs of mean and standard deviation are drawn from truncated normal distributions, independently; under the discretised serial interval
 * of each pair values of R are drawn from the posterior of `estimateReproductions`; mean, standard deviation and quantiles are those of all
 * draws of a window together. A pair whose mean has not passed by the end of a window says nothing of it; a window of which no pair says
 * anything is undefined.
 *
 * Errors as `estimateReproductions`; also throws RangeError unless least > 1 (mean) or > 0 (standard deviation), least < most, and the
 * normal distribution reaches between them.
 * Example: with `least` and `most` close together the result is that of `estimateReproduction`, up to the draws.
 */
export const estimateReproductionUncertain = (
  incidence: Incidence,
  options: UncertainReproductionOptions,
  random: Random,
): readonly (ReproductionEstimate | undefined)[] => {
  const { intervalMean, intervalSd, windows, prior = DEFAULT_PRIOR, intervals = 500, drawsEach = 50 } = options
  const { local, imported } = incidence
  const days = local.length
  demand(prior.mean > 0 && prior.sd > 0, "the prior's mean and standard deviation must be positive")
  demand(intervals >= 1 && drawsEach >= 1, 'at least one draw is needed')
  demand(imported === undefined || imported.length === days, 'local and imported cases must cover the same days')
  demandWindows(windows, days, 1)
  const drawMean = truncatedNormal(intervalMean)
  const drawSd = truncatedNormal(intervalSd)
  const priorShape = (prior.mean / prior.sd) ** 2
  const priorRate = prior.mean / (prior.sd * prior.sd)
  const total = new Float64Array(days)
  totalInto(total, local, imported)
  const infectivity = new Float64Array(days)
  const draws = windows.map(() => new Float64Array(intervals * drawsEach))
  const drawn = new Uint32Array(windows.length)

  for (let n = 0; n < intervals; n++) {
    const serialInterval = discretiseSerialInterval(drawMean(random), drawSd(random), days)
    const meanInterval = serialIntervalMoments(serialInterval).mean
    infectivityInto(infectivity, total, serialInterval)
    windows.forEach(({ first, last }, w) => {
      if (last + 1 <= meanInterval) return
      let cases = 0
      let exposure = 0
      for (let t = first; t <= last; t++) {
        cases += local[t] as number
        exposure += infectivity[t] as number
      }
      const into = draws[w] as Float64Array
      const from = drawn[w] as number
      for (let k = 0; k < drawsEach; k++) into[from + k] = sampleGamma(random, priorShape + cases, priorRate + exposure)
      drawn[w] = from + drawsEach
    })
  }
  return windows.map((window, w) => {
    const sorted = (draws[w] as Float64Array).subarray(0, drawn[w]).sort()
    if (sorted.length === 0) return undefined
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
    const square = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return {
      ...window,
      mean,
      sd: Math.sqrt(square / Math.max(1, sorted.length - 1)),
      quantiles: Float64Array.from(REPRODUCTION_QUANTILES, (p) => quantileOf(sorted, p)),
    }
  })
}

/** Draws by inversion between the two ends. */
const truncatedNormal = ({ mean, sd, least, most }: TruncatedNormal): ((random: Random) => number) => {
  demand(least <= most, 'the least value of a truncated normal distribution must not exceed the most')
  const below = normalCdf(least, mean, sd)
  const within = normalCdf(most, mean, sd) - below
  demand(within > 0, 'a truncated normal distribution must reach between its ends')
  return (random) => Math.min(most, Math.max(least, normalQuantile(below + random.uniform() * within, mean, sd)))
}

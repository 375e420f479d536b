import { demand } from '../numerics/demand.ts'
import { infectivityInto } from './infectivity.ts'
import { posteriorQuantiles, QUANTILE_COUNT } from './posterior-quantiles.ts'
import { demandSerialInterval, serialIntervalMoments } from './serial-interval.ts'
import { demandCounts, demandWindows, type DayWindow } from './day-window.ts'

/** What is believed of R before the data: a gamma distribution. EpiEstim's default is mean 5, standard deviation 5. */
export interface Prior {
  readonly mean: number
  readonly sd: number
}

export const DEFAULT_PRIOR: Prior = { mean: 5, sd: 5 }

/**
 * Cases by day. Imported ones infect, but were not infected here: they count in Λ, not in R. Cases of the first day all count as imported.
 */
export interface Incidence {
  readonly local: ArrayLike<number>
  readonly imported?: ArrayLike<number>
}

export interface ReproductionOptions {
  /** Chances of 0, 1, 2, … days (w(0) = 0), given or from `discretiseSerialInterval`; shorter or longer than the series as it may be. */
  readonly serialInterval: ArrayLike<number>
  readonly windows: readonly DayWindow[]
  readonly prior?: Prior
}

/** Reproduction numbers of many series over the same windows. The estimate of series s in window w stands at `s · windows.length + w`. */
export interface ReproductionTable {
  /** The windows that could be estimated: those that end after the mean serial interval. */
  readonly windows: readonly DayWindow[]
  readonly mean: Float64Array
  readonly sd: Float64Array
  /** Seven a piece, in the order of `REPRODUCTION_QUANTILES`: quantile q of an estimate at `7 · place + q`. */
  readonly quantiles: Float64Array
}

/** The posterior of one window. */
export interface ReproductionEstimate extends DayWindow {
  readonly mean: number
  readonly sd: number
  /** In the order of `REPRODUCTION_QUANTILES`: 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975. */
  readonly quantiles: Float64Array
}

/**
 * The time-varying reproduction number of many series at once (Cori et al. 2013).
 *
 * In a window, R has the posterior gamma(shape a + Σ Iₜ, scale 1/(1/b + Σ Λₜ)), where the sums run over the window's local cases and over
 * the infectiousness Λₜ of all cases before, and a = (mean/sd)², b = sd²/mean are the prior's shape and scale.
 *
 * Windows that end before the mean serial interval has passed are not estimated, as in EpiEstim: `windows` of the answer lists those that
 * are.
 * Units: cases per case. Throws RangeError for series of different lengths, unknown or negative counts, windows outside the series, a prior
 * that is not positive, or a serial interval that does not start with 0 or sums to more than 1.
 * Example: see `estimateReproduction`.
 */
export const estimateReproductions = (series: readonly Incidence[], options: ReproductionOptions): ReproductionTable => {
  const { serialInterval, windows: asked, prior = DEFAULT_PRIOR } = options
  const days = series[0]?.local.length ?? 0
  demandSerialInterval(serialInterval, true)
  demand(prior.mean > 0 && prior.sd > 0, "the prior's mean and standard deviation must be positive")
  demandWindows(asked, days, 1)
  const meanInterval = serialIntervalMoments(serialInterval).mean
  const windows = asked.filter(({ last }) => last + 1 > meanInterval)

  const priorShape = (prior.mean / prior.sd) ** 2
  const priorRate = prior.mean / (prior.sd * prior.sd)
  const writeQuantiles = posteriorQuantiles(priorShape)
  const infectivity = new Float64Array(days)
  const total = new Float64Array(days)
  const places = series.length * windows.length
  const mean = new Float64Array(places)
  const sd = new Float64Array(places)
  const quantiles = new Float64Array(places * QUANTILE_COUNT)

  let place = 0
  for (const { local, imported } of series) {
    demand(local.length === days && (imported?.length ?? days) === days, 'all series must cover the same days')
    totalInto(total, local, imported)
    infectivityInto(infectivity, total, serialInterval)
    for (const { first, last } of windows) {
      let cases = 0
      let exposure = 0
      for (let t = first; t <= last; t++) {
        cases += local[t] as number
        exposure += infectivity[t] as number
      }
      const shape = priorShape + cases
      const scale = 1 / (priorRate + exposure)
      mean[place] = shape * scale
      sd[place] = Math.sqrt(shape) * scale
      writeQuantiles(quantiles, place * QUANTILE_COUNT, cases, scale)
      place++
    }
  }
  return { windows, mean, sd, quantiles }
}

/** Local and imported cases together. */
export const totalInto = (into: Float64Array, local: ArrayLike<number>, imported: ArrayLike<number> | undefined): void => {
  demandCounts(local)
  if (imported) demandCounts(imported)
  for (let t = 0; t < local.length; t++) into[t] = (local[t] as number) + (imported ? (imported[t] as number) : 0)
}

/**
 * The time-varying reproduction number of one series: `estimateReproductions` with an answer by window, undefined for windows that cannot
 * be estimated.
 * Example: `estimateReproduction({ local: [1, 0, 4] }, { serialInterval: [0, 0.5, 0.5], windows: [{ first: 1, last: 2 }] })[0]?.mean` ≈
 * 4.1667 — (1 + 4)/(1/5 + 0.5 + 0.5).
 */
export const estimateReproduction = (incidence: Incidence, options: ReproductionOptions): readonly (ReproductionEstimate | undefined)[] => {
  const { windows, mean, sd, quantiles } = estimateReproductions([incidence], options)
  const placeOf = new Map(windows.map((window, place) => [window, place]))
  return options.windows.map((window) => {
    const place = placeOf.get(window)
    if (place === undefined) return undefined
    return {
      ...window,
      mean: mean[place] as number,
      sd: sd[place] as number,
      quantiles: quantiles.slice(place * QUANTILE_COUNT, (place + 1) * QUANTILE_COUNT),
    }
  })
}

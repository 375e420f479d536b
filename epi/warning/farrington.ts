import { demand } from '../numerics/demand.ts'
import { negativeBinomialCdf, negativeBinomialQuantile, normalCdf, normalQuantile, poissonCdf, poissonQuantile } from '../numerics/index.ts'
import { emptyRows, quasiPoissonFitter, type QuasiPoissonFit } from './quasi-poisson.ts'
import { demandWeeks, known, numbersOf, weeksFrom, type Convention, type Counts, type Warning } from './series.ts'

export type ThresholdMethod = 'delta' | 'nbPlugin' | 'muan'
export type PowerTransform = '2/3' | '1/2' | 'none'

/** Named as in R's surveillance, so that a setting can be carried over. */
export interface FarringtonOptions {
  /** Years back. Default 5. */
  readonly b?: number | undefined
  /** Half width of the window around the same week of past years. Default 3. */
  readonly w?: number | undefined
  /** Weeks (months) of a year. Default 52. */
  readonly freq?: number | undefined
  /** Whether weeks with past outbreaks lose weight. Default true. */
  readonly reweight?: boolean | undefined
  /** Anscombe residual from which on they do. Default 2.58. */
  readonly weightsThreshold?: number | undefined
  /** One-sided error. Default 0.05. */
  readonly alpha?: number | undefined
  /** Whether a trend is tried. Default true. */
  readonly trend?: boolean | undefined
  /** It stays if its p value is below this. Default 0.05; Noufaily et al. advise 1. */
  readonly pThresholdTrend?: number | undefined
  /** No alarm with fewer than so many cases in so many weeks, this week among them. Default 5, 4. */
  readonly limit54?: readonly [cases: number, weeks: number] | undefined
  /** Scale on which the bound of `delta` is symmetric. Default 2/3. */
  readonly powertrans?: PowerTransform | undefined
  /** Levels of the season: the window around the week is one, the rest of the year is divided into the others. 1: only the windows count. Default 1. */
  readonly noPeriods?: number | undefined
  /** Weeks before the tested one that are left out. Default w. */
  readonly pastWeeksNotIncluded?: number | undefined
  /** Default `delta`. */
  readonly thresholdMethod?: ThresholdMethod | undefined
  /** Which variance stands behind the trend's p value, `delta` and `muan` after reweighting: see below. Default `published`. */
  readonly convention?: Convention | undefined
  /** Default: every week that has b years before it. */
  readonly weeks?: readonly number[] | undefined
}

export interface FarringtonWarning extends Warning {
  /** Chance of a count at least as large, if nothing is going on. */
  readonly pValue: number | undefined
  /** Whether there were enough cases in the past weeks (`limit54`) for an alarm at all. */
  readonly enough: boolean
  /** Change of the log mean by week, if the trend was kept. */
  readonly slope: number | undefined
  readonly dispersion: number | undefined
}

/**
 * Farrington's method, made flexible: a week against a quasi-Poisson regression of the same weeks of past years, or of all past weeks with a seasonal factor.
 *
 *   ln μ(t) = level of the season + slope·t,   Var = φ·μ;   past outbreaks lose weight by their Anscombe residuals, then the fit is made again
 *   The trend stays if b ≥ 3, its p value is below pThresholdTrend, and the expected count does not exceed every reference count.
 *   delta      U = (μ₀^q + z·q·μ₀^(q−1)·√(φμ₀ + V))^(1/q)     q = ⅔, ½ or 1 (powertrans), V the variance of μ̂₀, z the normal quantile of 1 − alpha
 *   nbPlugin   U = the 1 − alpha quantile of the negative binomial with mean μ₀ and variance φμ₀ (Poisson if φ = 1)
 *   muan       as nbPlugin, with the upper 1 − alpha confidence limit of μ₀ in place of μ₀
 *
 * V is φ times the inverse information of the fit. R's package takes Σ ω·((y − μ)/μ)² by degrees of freedom in place of φ once rows were reweighted (the working weights are lost
 * on the way), and φ without its floor of 1 else; `convention: 'surveillance'` does the same. `nbPlugin` with pThresholdTrend 1 does not depend on it.
 * An alarm is a count above U with enough cases (`limit54`). Unknown reference counts are left out; an unknown count among the weeks of `limit54` means: not enough.
 * Source: Farrington et al. (1996), JRSS A 159:547–563; Noufaily et al. (2013), Stat Med 32:1206–1222; conventions of R surveillance::farringtonFlexible.
 * Units: counts. Errors: `RangeError` for negative counts, weeks whose reference weeks begin before the series, options outside their range.
 * Example: with Noufaily's setting `{ b: 4, noPeriods: 10, pastWeeksNotIncluded: 26, pThresholdTrend: 1, alpha: 0.01, thresholdMethod: 'nbPlugin' }` week 257 (counted from 1) of
 * Salmonella Agona in Germany had 6 cases, 0.90 expected, bound 5: alarm.
 */
export const farringtonFlexible = (counts: Counts, options: FarringtonOptions = {}): readonly FarringtonWarning[] => {
  const { b = 5, w = 3, freq = 52, noPeriods = 1, pastWeeksNotIncluded = w } = options
  demandYears(b, w, freq)
  demand(Number.isInteger(noPeriods) && noPeriods >= 1, 'noPeriods must be a whole number, at least 1')
  demand(Number.isInteger(pastWeeksNotIncluded) && pastWeeksNotIncluded >= 0, 'pastWeeksNotIncluded must be a whole number that is not negative')
  const weeks = options.weeks ?? weeksFrom(b * freq + w, counts.length)
  demandWeeks(weeks, b * freq + w - 1, counts.length)
  return test(counts, weeks, seasonOf(b, w, freq, noPeriods, pastWeeksNotIncluded), { ...options, b })
}

/** Those options of the flexible method that the original has; alpha is two-sided. */
export type OriginalFarringtonOptions = Pick<FarringtonOptions, 'b' | 'w' | 'freq' | 'reweight' | 'alpha' | 'trend' | 'limit54' | 'powertrans' | 'weeks'>

/**
 * Farrington's original method: the windows of past years only, a trend with p < 0.05, residuals above 1 lose weight, the bound of `delta` for alpha/2.
 *
 * Reference weeks before the series are left out. Source and units as `farringtonFlexible`; conventions of R surveillance::farrington.
 * Errors: `RangeError` for negative counts, weeks outside the series, options outside their range.
 * Example: with `{ b: 4, alpha: 0.01 }` the bound of week 252 (counted from 1) of Salmonella Agona in Germany is 6.715.
 */
export const farringtonOriginal = (counts: Counts, options: OriginalFarringtonOptions = {}): readonly FarringtonWarning[] => {
  const { b = 5, w = 3, freq = 52, alpha = 0.05 } = options
  demandYears(b, w, freq)
  const weeks = options.weeks ?? weeksFrom(b * freq + w, counts.length)
  demandWeeks(weeks, 0, counts.length)
  return test(counts, weeks, seasonOf(b, w, freq, 1, freq - w - 1), { ...options, b, alpha: alpha / 2, weightsThreshold: 1 })
}

const demandYears = (b: number, w: number, freq: number): void =>
  demand([b, w, freq].every(Number.isInteger) && b >= 1 && w >= 0 && freq > 2 * w, 'b, w and freq must be whole numbers, b at least 1, and the window shorter than a year')

/** The reference weeks relative to the tested one, and their seasonal levels; level 0 is the window around the tested week. */
interface Season {
  readonly offsets: readonly number[]
  readonly levels: readonly number[]
  readonly levelCount: number
}

const seasonOf = (b: number, w: number, freq: number, noPeriods: number, pastWeeksNotIncluded: number): Season => {
  // The weeks between the windows of two years, in periods as equal as can be, the longer ones first.
  const between = freq - 2 * w - 1
  const others = noPeriods - 1
  const length = Math.floor(between / others)
  const longer = between % others
  const levelOf = (place: number): number =>
    place < longer * (length + 1) ? 1 + Math.floor(place / (length + 1)) : 1 + longer + Math.floor((place - longer * (length + 1)) / length)
  const offsets: number[] = []
  const levels: number[] = []
  for (let offset = -b * freq - w; offset < -pastWeeksNotIncluded; offset++) {
    const place = (offset + b * freq + w) % freq
    const inWindow = place <= 2 * w
    if (!inWindow && noPeriods === 1) continue
    offsets.push(offset)
    levels.push(inWindow ? 0 : levelOf(place - 2 * w - 1))
  }
  return { offsets, levels, levelCount: noPeriods }
}

const NOTHING = { upper: undefined, alarm: false, expected: undefined, pValue: undefined, slope: undefined, dispersion: undefined }

const test = (counts: Counts, weeks: readonly number[], season: Season, options: FarringtonOptions & { readonly b: number }): readonly FarringtonWarning[] => {
  const {
    b, reweight = true, weightsThreshold = 2.58, alpha = 0.05, trend = true, pThresholdTrend = 0.05, limit54 = [5, 4], powertrans = '2/3', thresholdMethod = 'delta',
  } = options
  demand(alpha > 0 && alpha < 1, 'alpha must lie between 0 and 1')
  demand(weightsThreshold > 0, 'weightsThreshold must be positive')
  demand(limit54[0] >= 0 && Number.isInteger(limit54[1]) && limit54[1] >= 1, 'limit54 must be a number of cases and a number of weeks')
  const { offsets, levels, levelCount } = season
  const values = numbersOf(counts)
  const starts = values.map((value) => Math.log(value + 0.1))
  const entropies = values.map((value) => (value > 0 ? value * Math.log(value) : value))
  const rows = emptyRows(offsets.length)
  const fitter = quasiPoissonFitter(rows, levelCount, options.convention === 'surveillance')
  const origin = Math.round(((offsets[0] as number) + (offsets.at(-1) as number)) / 2)
  const boundOf = BOUNDS[thresholdMethod](normalQuantile(1 - alpha), alpha, POWERS[powertrans])

  /** Fills the rows with the known reference counts of a week; the largest of them. */
  const gather = (week: number): number => {
    let largest = 0
    let n = 0
    for (let i = 0; i < offsets.length; i++) {
      const at = week + (offsets[i] as number)
      const count = at < 0 ? Number.NaN : (values[at] as number)
      if (Number.isNaN(count)) continue
      rows.counts[n] = count
      rows.entropies[n] = entropies[at] as number
      rows.starts[n] = starts[at] as number
      rows.times[n] = (offsets[i] as number) - origin
      rows.levels[n] = levels[i] as number
      n++
      if (count > largest) largest = count
    }
    rows.length = n
    return largest
  }
  const fitOf = (largest: number): QuasiPoissonFit | undefined => {
    const residual = reweight ? weightsThreshold : undefined
    const withTrend = trend ? fitter(true, residual) : undefined
    const keeps = withTrend !== undefined && b >= 3 && withTrend.slopeP() < pThresholdTrend && Math.exp(withTrend.logMeanAt(-origin, 0)) <= largest
    return keeps ? withTrend : fitter(false, residual)
  }
  return weeks.map((week) => {
    const count = values[week] as number
    const enough = sumBefore(values, week, limit54[1]) >= limit54[0]
    const largest = gather(week)
    const fit = rows.levels.subarray(0, rows.length).includes(0) ? fitOf(largest) : undefined
    if (!fit) return { week, enough, ...NOTHING }
    const logMean = fit.logMeanAt(-origin, 0)
    const { upper, pValue } = boundOf(Number.isNaN(count) ? 0 : count, logMean, fit.logVarianceAt(-origin, 0), fit.dispersion)
    return {
      week, enough, upper: known(upper), alarm: enough && count > upper, expected: Math.exp(logMean),
      pValue: Number.isNaN(count) ? undefined : known(pValue), slope: fit.slope, dispersion: fit.dispersion,
    }
  })
}

/** Cases of the last weeks up to this one; NaN if one is not known. */
const sumBefore = (values: Float64Array, week: number, length: number): number => {
  let sum = 0
  for (let t = Math.max(0, week - length + 1); t <= week; t++) sum += values[t] as number
  return sum
}

interface Bound {
  readonly upper: number
  readonly pValue: number
}

type BoundOf = (count: number, logMean: number, logVariance: number, dispersion: number) => Bound

const POWERS: Readonly<Record<PowerTransform, number>> = { '2/3': 2 / 3, '1/2': 1 / 2, none: 1 }

const negativeBinomialBound = (count: number, mean: number, dispersion: number, alpha: number): Bound => {
  // Where the reference weeks say next to nothing, the confidence limit of the mean loses all bounds.
  if (!(mean < 2 ** 50)) return { upper: Number.NaN, pValue: mean < Infinity ? 1 : Number.NaN }
  const size = mean / (dispersion - 1)
  return dispersion > 1
    ? { upper: negativeBinomialQuantile(1 - alpha, mean, size), pValue: 1 - negativeBinomialCdf(count - 1, mean, size) }
    : { upper: poissonQuantile(1 - alpha, mean), pValue: 1 - poissonCdf(count - 1, mean) }
}

const BOUNDS: Readonly<Record<ThresholdMethod, (z: number, alpha: number, power: number) => BoundOf>> = {
  delta: (z, _alpha, power) => (count, logMean, logVariance, dispersion) => {
    const mean = Math.exp(logMean)
    const sd = power * mean ** (power - 1) * Math.sqrt(dispersion * mean + logVariance * mean * mean)
    return { upper: Math.max(0, mean ** power + z * sd) ** (1 / power), pValue: 1 - normalCdf(count ** power, mean ** power, sd) }
  },
  nbPlugin: (_z, alpha) => (count, logMean, _logVariance, dispersion) => negativeBinomialBound(count, Math.exp(logMean), dispersion, alpha),
  muan: (z, alpha) => (count, logMean, logVariance, dispersion) => negativeBinomialBound(count, Math.exp(logMean + z * Math.sqrt(logVariance)), dispersion, alpha),
}

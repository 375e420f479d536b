import {
  estimateReproductions, forecastAreas, hubBaseline, intervalFactors, nowcastTruncated, recalibrate, seededRandom, slidingWindows, VIETNAM_2021, weekCount,
  type PastForecast, type ReportingTriangle,
} from '#epi'
import { TIERS } from '../contract.ts'
import { demandOf, type TierDemand, type TierGiven } from './care.ts'

/** Cases a week at the 23 levels of the forecast hubs. */
export type Quantiles = readonly number[]
export type Counts = readonly (number | null)[]

export const HORIZONS = 4
const WEEK = 7
/** Fewer cases so far, or in the last two weeks, and nothing is forecast. */
export const ENOUGH = { ever: 100, twoWeeks: 20 }
/** Weeks whose forecasts are made again to recalibrate the intervals of the next. */
export const CALIBRATION_WEEKS = 8
/** Reproduction numbers are shown this far back. Unit: days. */
const REPRODUCTION_DAYS = 84
/** Window of the reproduction number (Cori et al. 2013). Unit: days. */
const REPRODUCTION_WINDOW = 7
/** A report that comes later than this counts as this late. Unit: days. */
export const LONGEST_DELAY = 7
/** Fewer reports tell nothing of their delays. */
const ENOUGH_REPORTS = 60

/** Reports by day and delay, oldest day first, the last day the newest: how many of a day became known 0, 1, 2 … days later. */
export type Delays = readonly (readonly number[])[]

export interface NowcastDay {
  /** Days before the last one. */
  readonly back: number
  readonly reported: number
  readonly median: number
  readonly lower: number
  readonly upper: number
}

export interface ReproductionDay {
  readonly back: number
  readonly median: number
  /** 95 % credible interval. */
  readonly lower: number
  readonly upper: number
}

/** What the two members of the ensemble and the baseline say of one area, before recalibration. */
export interface Raw {
  readonly weeks: readonly Quantiles[]
  readonly baseline: readonly Quantiles[] | null
}

/** What demand for beds follows from: the counts, the forecast made of them, and who lies in beds now. */
export interface CareGiven {
  readonly counts: Counts
  readonly weeks: readonly Quantiles[]
  readonly tiers: readonly TierGiven[]
}

export type ComputeTask =
  /** Forecasts of areas of one level from the end of their series. */
  | { readonly kind: 'raw'; readonly areas: readonly Counts[]; readonly seed: number }
  | { readonly kind: 'reproduction'; readonly areas: readonly Counts[] }
  | { readonly kind: 'nowcast'; readonly areas: readonly (Delays | null)[]; readonly seed: number }
  | { readonly kind: 'care'; readonly areas: readonly (CareGiven | null)[]; readonly seed: number }

const known = (counts: Counts): (number | undefined)[] => counts.map((count) => count ?? undefined)

const sumOf = (counts: Counts): number => counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)

export const hasEnough = (counts: Counts): boolean => sumOf(counts) >= ENOUGH.ever && sumOf(counts.slice(-2 * WEEK)) >= ENOUGH.twoWeeks

/** Counts of the weeks that end with the series, oldest first. */
export const weeksOf = (counts: Counts): (number | undefined)[] => {
  const daily = known(counts)
  const weeks: (number | undefined)[] = []
  for (let last = daily.length - 1; last >= WEEK - 1; last -= WEEK) weeks.push(weekCount(daily, last))
  return weeks.reverse()
}

const rounded = (values: readonly number[]): number[] => values.map((value) => Math.round(value * 10) / 10)

/** Areas with too few cases take part in what the others learn from, but get no forecast of their own. */
const raws = (areas: readonly Counts[], seed: number): (Raw | null)[] => {
  const day = (areas[0]?.length ?? 0) - 1
  if (day < 0) return []
  return forecastAreas(areas.map(known), day, { ...VIETNAM_2021, seed }).map((forecast, i) => {
    const counts = areas[i] as Counts
    if (!forecast || !hasEnough(counts)) return null
    const baseline = hubBaseline(weeksOf(counts), HORIZONS, seededRandom(seed + i))
    return { weeks: forecast.weeks.slice(0, HORIZONS), baseline: baseline?.map(rounded) ?? null }
  })
}

/** An unknown day is as the mean of the known ones of the week before: a gap must not look like an end. */
const withoutGaps = (counts: Counts): Float64Array => {
  const filled = new Float64Array(counts.length)
  for (let day = 0; day < counts.length; day++) {
    const count = counts[day]
    const week = filled.subarray(Math.max(0, day - WEEK), day)
    filled[day] = count ?? (week.length === 0 ? 0 : week.reduce((sum, value) => sum + value, 0) / week.length)
  }
  return filled
}

const SEVEN = 7
const [LOWER, MEDIAN, UPPER] = [0, 3, 6]

const reproductions = (areas: readonly Counts[]): ReproductionDay[][] => {
  const days = areas[0]?.length ?? 0
  const windows = slidingWindows(days, REPRODUCTION_WINDOW).slice(-REPRODUCTION_DAYS)
  if (windows.length === 0) return areas.map(() => [])
  const table = estimateReproductions(areas.map((counts) => ({ local: withoutGaps(counts) })), { serialInterval: VIETNAM_2021.renewal.serialInterval, windows })
  const two = (value: number): number => Math.round(value * 100) / 100
  return areas.map((counts, s) => {
    const filled = withoutGaps(counts)
    return table.windows.flatMap(({ first, last }, w) => {
      const at = SEVEN * (s * table.windows.length + w)
      // Without cases in the window the estimate is the prior and says nothing.
      if (filled.subarray(first, last + 1).every((count) => count === 0)) return []
      const quantile = (q: number): number => two(table.quantiles[at + q] as number)
      return [{ back: days - 1 - last, median: quantile(MEDIAN), lower: quantile(LOWER), upper: quantile(UPPER) }]
    })
  })
}

/** The days whose reports are still coming in, each with how many cases it will have when all are known (Höhle & an der Heiden 2014). */
const nowcasts = (areas: readonly (Delays | null)[], seed: number): NowcastDay[][] =>
  areas.map((delays, i) => {
    if (!delays || delays.length <= LONGEST_DELAY) return []
    const days = delays.length
    const triangle: ReportingTriangle = { firstDay: 0, days, maxDelay: LONGEST_DELAY, counts: Float64Array.from(delays.flatMap((row) => row)) }
    const reported = triangle.counts.reduce((sum, count) => sum + count, 0)
    if (reported < ENOUGH_REPORTS) return []
    const mean = reported / days
    const rows = Array.from({ length: LONGEST_DELAY }, (_, n) => days - LONGEST_DELAY + n)
    return nowcastTruncated(triangle, seededRandom(seed + i), { rows, prior: { mean, variance: 10 * mean * mean } }).days
      .map(({ day, reported: soFar, median, lower, upper }) => ({ back: days - 1 - day, reported: soFar, median, lower, upper }))
  })

export type ComputeAnswer = { readonly raw: (Raw | null)[] } | { readonly reproduction: ReproductionDay[][] } | { readonly nowcast: NowcastDay[][] } | { readonly care: (TierDemand[] | null)[] }

export const compute = (task: ComputeTask): ComputeAnswer => {
  switch (task.kind) {
    case 'raw': return { raw: raws(task.areas, task.seed) }
    case 'reproduction': return { reproduction: reproductions(task.areas) }
    case 'nowcast': return { nowcast: nowcasts(task.areas, task.seed) }
    case 'care': return { care: task.areas.map((area, i) => area && demandOf(withoutGaps(area.counts), area.weeks, area.tiers, task.seed + TIERS.length * i)) }
  }
}

/** Forecasts of areas of one level made at the end of one week, and the series they were made from. */
export interface Origin {
  readonly raw: readonly (Raw | null)[]
  /** Cases of the weeks after it, as far as they are over: by area, then horizon. */
  readonly came: readonly (readonly (number | undefined)[])[]
}

/**
 * Intervals set right by what came of the forecasts of the weeks before, those of all areas of the level together: `before` holds the origins one, two … weeks earlier. Of a
 * horizon only those count whose week was over.
 */
export const calibrated = (raw: readonly (Raw | null)[], before: readonly Origin[]): (readonly Quantiles[] | null)[] => {
  const factors = Array.from({ length: HORIZONS }, (_, h) => intervalFactors(before.slice(h, CALIBRATION_WEEKS).flatMap((origin) =>
    origin.raw.flatMap((one, i): PastForecast[] => {
      const quantiles = one?.weeks[h]
      const observed = origin.came[i]?.[h]
      return quantiles && observed !== undefined ? [{ quantiles, observed }] : []
    }))))
  return raw.map((one) => one && one.weeks.map((quantiles, h) => rounded(recalibrate(quantiles, factors[h] as Float64Array))))
}

/** The counts with the days still coming in at what they will be. */
export const completed = (counts: Counts, nowcast: readonly NowcastDay[]): Counts => {
  const whole = [...counts]
  for (const { back, median } of nowcast) whole[whole.length - 1 - back] = Math.max(median, whole[whole.length - 1 - back] ?? 0)
  return whole
}

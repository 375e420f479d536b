import { demand } from '../numerics/demand.ts'
import { quantileOf, sampleGamma, sampleNormal, type Random } from '../numerics/index.ts'
import { HUB_LEVELS, quantileAt } from '../scores/index.ts'
import type { DailyCounts } from './daily-counts.ts'
import type { Quantiles } from './hub-baseline.ts'
import { BAND_LEVELS } from './run-scenario.ts'

export interface CareOptions {
  /** Mean stay of a patient in such a bed. Unit: days. */
  readonly stayDays: number
  /** Beds there are, taken and free together, where that is known. */
  readonly capacity?: number | undefined
  /** Default 1000. */
  readonly draws?: number | undefined
}

export interface CareDemand {
  /** Patients on a day for each case that still counts on it: how many reported cases come to take such a bed, if they stay as long as was said. */
  readonly share: number
  /** Patients on each of the coming days, one list of days for each of `BAND_LEVELS`. */
  readonly bands: readonly Float64Array[]
  /** Share of the draws in which the beds do not suffice on some of these days; undefined without a capacity. */
  readonly exceeded: number | undefined
}

const WEEK = 7
const WEEKS_BACK = 4
const KNOWN_DAYS = 14
const KNOWN_OF_LAST_WEEK = 4
/** What is thought of the drift of the share before any was seen: a fifth in two weeks, worth so many comparisons. */
const USUAL_DRIFT_PER_DAY = 0.2 ** 2 / 14
const USUAL_COMPARISONS = 20
/** Comparisons of neighbouring days say nearly the same: a week of them counts as one. */
const DEGREES = 2 * WEEKS_BACK

/**
 * How many patients will need a kind of bed, from the reported cases that are forecast: of cases, what the area's own patients of the last weeks say; nothing of infections that nobody counted.
 *
 *   Eₜ = xₜ + e^(−1/L)·Eₜ₋₁            cases of whom each counts for a bed while the stay (exponential, mean L days, from the day of report) lasts
 *   log ρₜ = log((Hₜ + ½)/(Eₜ + ½))     Hₜ patients;  ρ̂ = mean of the last seven days
 *   v = ( 20·0.2²/14 + Σ (log ρₜ − mean of log ρ over the seven days to t − h)²/h ) / ( 20 + comparisons/7 )      t in the last 28 days, h = 7, 14, 21, 28, each of weight 1/7
 *   Hₜ₊ₕ = ρ̂·e^(√(v·h)·τ)·(Eₜ₊ₕ + ½) − ½       τ Student's t with 8 degrees of freedom, Eₜ₊ₕ from a draw of the coming weeks' cases, spread evenly over their days
 *
 * Source: own, after Little's law (Little 1961, Oper Res 9:383): patients are admissions times their stay. Convention: a draw takes the same quantile of all weeks and the same τ for all days: weeks go wrong
 * together, which makes sums as wide as they can be. A stay that is not right, admission later than the report, another mix of ages or another habit of admitting all show in ρ's past drift and so in the width, not in a
 * correction: at a turning point the median is early where the stay is too short. Patients of kinds that overlap (in hospital, of them on oxygen) are each forecast by themselves.
 * Arguments: cases a day, all known; patients on the same days, undefined where nobody counted; cases of the coming weeks at `HUB_LEVELS`. Units: cases, patients, days. Result: undefined with fewer than 14 known days of the last 28, or
 * 4 of the last 7. Errors: `RangeError` for cases below 0, lists of different length, a stay, capacity or number of draws that makes no sense.
 * Example: 100 cases a day for long, 85 patients, a stay of 8 days: E = 100/(1 − e^(−1/8)) = 851, ρ̂ = 85.5/851.5 = 0.1004; where 700 a week are certain to come the median stays 85.
 */
export const forecastCare = (cases: readonly number[], patients: DailyCounts, weeks: readonly Quantiles[], random: Random, { stayDays, capacity, draws = 1000 }: CareOptions): CareDemand | undefined => {
  demand(cases.length === patients.length && cases.every((count) => count >= 0 && count < Infinity), 'cases must be known and not negative, and have a day each with the patients')
  demand(patients.every((count) => count === undefined || (count >= 0 && count < Infinity)), 'patients must not be negative')
  demand(stayDays > 0, 'a stay must be positive')
  demand(capacity === undefined || capacity >= 0, 'a capacity must not be negative')
  demand(Number.isInteger(draws) && draws >= 1, 'there must be one draw at least')
  const stays = Math.exp(-1 / stayDays)
  let counting = 0
  const logShares = cases.map((count, day): number | undefined => {
    counting = count + stays * counting
    const known = patients[day]
    return known === undefined ? undefined : Math.log((known + 0.5) / (counting + 0.5))
  })
  const today = cases.length - 1
  /** Mean of the week that ends on a day. */
  const weekMean = (last: number): number | undefined => {
    const known = logShares.slice(Math.max(0, last - WEEK + 1), Math.max(0, last + 1)).filter((one) => one !== undefined)
    return known.length < KNOWN_OF_LAST_WEEK ? undefined : known.reduce((sum, one) => sum + one, 0) / known.length
  }
  const level = weekMean(today)
  if (level === undefined || logShares.slice(-WEEK * WEEKS_BACK).filter((one) => one !== undefined).length < KNOWN_DAYS) return undefined
  const spread = Math.sqrt(driftPerDay(logShares, weekMean))

  const days = WEEK * weeks.length
  const ends = Array.from({ length: days }, () => new Float64Array(draws))
  let short = 0
  for (let draw = 0; draw < draws; draw++) {
    // Evenly spread over the quantiles: the median needs fewer draws so.
    const quantile = (draw + 0.5) / draws
    const perDay = weeks.map((week) => quantileAt(HUB_LEVELS, week, quantile) / WEEK)
    const off = (spread * sampleNormal(random)) / Math.sqrt(sampleGamma(random, DEGREES / 2, DEGREES / 2))
    let waiting = counting
    let exceeded = false
    for (let day = 0; day < days; day++) {
      waiting = (perDay[Math.floor(day / WEEK)] as number) + stays * waiting
      const taken = Math.max(0, Math.exp(level + off * Math.sqrt(day + 1)) * (waiting + 0.5) - 0.5)
      ;(ends[day] as Float64Array)[draw] = taken
      exceeded ||= capacity !== undefined && taken > capacity
    }
    if (exceeded) short++
  }
  for (const end of ends) end.sort()
  return { share: Math.exp(level), bands: BAND_LEVELS.map((at) => Float64Array.from(ends, (end) => quantileOf(end, at))), exceeded: capacity === undefined ? undefined : short / draws }
}

/** How fast the log share wanders: the squares of what it was off what was known some weeks before, by day, together with what is thought of them beforehand. */
const driftPerDay = (logShares: readonly (number | undefined)[], weekMean: (last: number) => number | undefined): number => {
  let squares = USUAL_COMPARISONS * USUAL_DRIFT_PER_DAY
  let comparisons = USUAL_COMPARISONS
  for (let back = 1; back <= WEEKS_BACK; back++) {
    const lag = back * WEEK
    for (let day = Math.max(lag, logShares.length - WEEK * WEEKS_BACK); day < logShares.length; day++) {
      const share = logShares[day]
      const before = share === undefined ? undefined : weekMean(day - lag)
      if (share === undefined || before === undefined) continue
      squares += (share - before) ** 2 / lag / WEEK
      comparisons += 1 / WEEK
    }
  }
  return squares / comparisons
}

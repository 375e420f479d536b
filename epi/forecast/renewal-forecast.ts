import { demand } from '../numerics/demand.ts'
import { quantileOf, sampleGamma, sampleNegativeBinomial, sampleNormal, samplePoisson, type Random } from '../numerics/index.ts'
import { HUB_LEVELS } from '../scores/index.ts'
import type { DailyCounts } from './daily-counts.ts'
import { dailyOverdispersion, dayOfWeekEffects } from './day-of-week.ts'
import type { Quantiles } from './hub-baseline.ts'

export interface RenewalOptions {
  /** Chances that a serial interval lasts 0, 1, 2 … days; the first is 0. */
  readonly serialInterval: ArrayLike<number>
  /** How many days reach back half of what R is estimated from. */
  readonly memoryDays: number
  /** How many days bring log R halfway back to that of `restingReproduction`. */
  readonly reversionDays: number
  /** Where R goes when nothing else is known. */
  readonly restingReproduction: number
  /** Standard deviation of what a day adds to log R. */
  readonly driftPerDay: number
  readonly draws: number
}

export interface RenewalForecast {
  /** The reproduction number on the last day. */
  readonly reproduction: { readonly mean: number; readonly sd: number }
  /** Reported cases a week, quantiles at `HUB_LEVELS`, from one week on. */
  readonly weeks: readonly Quantiles[]
  /** Reported cases a day, from the first day after the last known. */
  readonly days: readonly Quantiles[]
}

const WEEK = 7
const LEAST_DAYS = 14
const EFFECT_DAYS = 56
const ROUGH_DAYS = 28
/** A gamma prior of mean 1 for R, worth one case. */
const PRIOR = 1

/**
 * Forecast by the renewal equation: cases of the coming days come from those of the last, times a reproduction number that wanders and returns to 1.
 *
 *   Λₜ = Σₛ w(s)·Iₜ₋ₛ      Iₜ = Rₜ·Λₜ      log Rₜ₊₁ = ρ·log Rₜ + σ·εₜ,  ρ = 2^(−1/reversionDays)      Xₜ ~ NegBin(mean Iₜ·e(t), k)
 *
 * R on the last day has a gamma posterior, of shape 1 + Σ δ^a·xₜ/vₜ and rate 1 + Σ δ^a·Λₜ/vₜ over the days a back, with δ = 2^(−1/memoryDays) and vₜ = 1 + Λₜ/k for overdispersed reports:
 * the estimate of Cori et al. (2013, Am J Epidemiol 178:1505) with a window that fades (discounting: West & Harrison 1997); what R may have drifted since is added. Day-of-week effects e and overdispersion 1/k from
 * `dayOfWeekEffects` and `dailyOverdispersion`. Return to 1: people and authorities react; without it forecasts run away (cf. Bosse et al. 2022, PLoS Comput Biol 18:e1010405).
 * Arguments: daily counts, of which the last day is the newest. Result: `undefined` with fewer than 14 days or without cases in the last 14 days.
 * Errors: `RangeError` for a serial interval that does not begin with 0, or options that are not positive (drift: negative). Example: see the test: 100 cases every day stay near 700 a week.
 */
export const forecastRenewal = (counts: DailyCounts, weeks: number, options: RenewalOptions, random: Random): RenewalForecast | undefined => {
  const { serialInterval, memoryDays, reversionDays, restingReproduction, driftPerDay, draws } = options
  demand(Number.isInteger(weeks) && weeks >= 1 && Number.isInteger(draws) && draws >= 1, 'a forecast needs at least one week and one draw')
  demand(memoryDays > 0 && reversionDays > 0 && driftPerDay >= 0, 'memory and reversion must be positive and drift not negative')
  demand(serialInterval.length > 1 && serialInterval[0] === 0, 'a serial interval begins with the chance of zero days, which must be 0')
  const past = counts.length
  if (past < LEAST_DAYS) return undefined
  const effects = dayOfWeekEffects(counts, past - 1, EFFECT_DAYS)
  const overdispersion = dailyOverdispersion(counts, past - 1, ROUGH_DAYS, effects)
  const infections = fillIn(counts, effects)
  let recent = 0
  for (let day = past - LEAST_DAYS; day < past; day++) recent += infections[day] as number
  if (overdispersion === undefined || recent === 0) return undefined

  const { shape, rate } = posterior(counts, infections, effects, overdispersion, serialInterval, memoryDays)
  const days = weeks * WEEK
  const longest = serialInterval.length - 1
  const rho = 2 ** (-1 / reversionDays)
  const rest = Math.log(restingReproduction)
  // What R has drifted since the days it is estimated from, which lie memoryDays/ln 2 back on average.
  const lag = driftPerDay * Math.sqrt(Math.min(memoryDays / (2 * Math.LN2), 1 / (1 - rho * rho)))
  const path = new Float64Array(longest + days)
  for (let i = 0; i < longest; i++) path[i] = infections[past - longest + i] ?? 0
  const ofDay = Array.from({ length: days }, () => new Float64Array(draws))
  const ofWeek = Array.from({ length: weeks }, () => new Float64Array(draws))
  for (let draw = 0; draw < draws; draw++) {
    let logReproduction = Math.log(sampleGamma(random, shape, rate)) + (lag > 0 ? sampleNormal(random, 0, lag) : 0)
    for (let day = 0; day < days; day++) {
      logReproduction = rest + rho * (logReproduction - rest) + (driftPerDay > 0 ? sampleNormal(random, 0, driftPerDay) : 0)
      const infected = Math.exp(logReproduction) * infectiousness(path, longest + day, serialInterval)
      path[longest + day] = infected
      const mean = infected * (effects[(past + day) % WEEK] as number)
      const reported = overdispersion > 0 ? sampleNegativeBinomial(random, mean, 1 / overdispersion) : samplePoisson(random, mean)
      ;(ofDay[day] as Float64Array)[draw] = reported
      const week = ofWeek[Math.floor(day / WEEK)] as Float64Array
      week[draw] = (week[draw] as number) + reported
    }
  }
  return { reproduction: { mean: shape / rate, sd: Math.sqrt(shape) / rate }, weeks: ofWeek.map(quantilesOfDraws), days: ofDay.map(quantilesOfDraws) }
}

const quantilesOfDraws = (draws: Float64Array): Quantiles => {
  draws.sort()
  return HUB_LEVELS.map((level) => quantileOf(draws, level))
}

const infectiousness = (infections: Float64Array, day: number, serialInterval: ArrayLike<number>): number => {
  let sum = 0
  for (let s = Math.min(day, serialInterval.length - 1); s >= 1; s--) sum += (serialInterval[s] as number) * (infections[day - s] as number)
  return sum
}

/** Counts without the effect of the day of the week; an unknown day is as the mean of the last known week. */
const fillIn = (counts: DailyCounts, effects: Float64Array): Float64Array => {
  const filled = new Float64Array(counts.length)
  for (let day = 0; day < counts.length; day++) {
    const count = counts[day]
    if (count !== undefined) {
      filled[day] = count / (effects[day % WEEK] as number)
      continue
    }
    let sum = 0
    const from = Math.max(0, day - WEEK)
    for (let d = from; d < day; d++) sum += filled[d] as number
    filled[day] = day === 0 ? 0 : sum / (day - from)
  }
  return filled
}

const posterior = (
  counts: DailyCounts, infections: Float64Array, effects: Float64Array, overdispersion: number, serialInterval: ArrayLike<number>, memoryDays: number,
): { readonly shape: number; readonly rate: number } => {
  const last = counts.length - 1
  const keep = 2 ** (-1 / memoryDays)
  let shape = PRIOR
  let rate = PRIOR
  let weight = 1
  for (let day = last; day > 0 && weight > 1e-6; day--, weight *= keep) {
    const count = counts[day]
    if (count === undefined) continue
    const expected = infectiousness(infections, day, serialInterval) * (effects[day % WEEK] as number)
    const trust = weight / (1 + expected * overdispersion)
    shape += trust * count
    rate += trust * expected
  }
  return { shape, rate }
}

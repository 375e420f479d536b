import { demand } from '../numerics/demand.ts'
import { weekCount, type DailyCounts } from './daily-counts.ts'

/** What the last weeks of an area and of the areas around it say on the day a forecast is made. Growth in natural logs a week. */
export interface GrowthSignals {
  /** Cases of the last seven days. */
  readonly lastWeek: number
  /** Slope of the last seven days, saturated to −1 … 1. */
  readonly growth: number
  /** The same of the other areas. */
  readonly othersGrowth: number
  /** Change of the other areas from the week before to the last. */
  readonly othersChange: number
  /** About the log of the coefficient of variation of one day, over 14 days: how rough reporting is. */
  readonly roughness: number
}

const WEEK = 7
const ROUGH_DAYS = 14
/** Fewer cases in two weeks say nothing of growth. */
const ENOUGH = 20

interface Own {
  readonly lastWeek: number
  readonly twoWeeks: number
  readonly growth: number
  readonly change: number
  readonly roughness: number
}

const ownSignals = (counts: DailyCounts, day: number): Own | undefined => {
  if (day < ROUGH_DAYS - 1 || day >= counts.length) return undefined
  const lastWeek = weekCount(counts, day)
  const weekBefore = weekCount(counts, day - WEEK)
  if (lastWeek === undefined || weekBefore === undefined) return undefined
  const slope = slopePerWeek(counts, day)
  return {
    lastWeek, twoWeeks: lastWeek + weekBefore, growth: slope / Math.hypot(1, slope), change: Math.log1p(lastWeek) - Math.log1p(weekBefore),
    roughness: roughnessOf(counts, day),
  }
}

/** Weighted least squares of log(x + ½) on the day; weights √(x + 1), because the log of a small count is the less certain. */
const slopePerWeek = (counts: DailyCounts, lastDay: number): number => {
  let weights = 0
  let meanDay = 0
  let meanLog = 0
  for (let day = lastDay - WEEK + 1; day <= lastDay; day++) {
    const count = counts[day]
    if (count === undefined) continue
    const weight = Math.sqrt(count + 1)
    weights += weight
    meanDay += weight * day
    meanLog += weight * Math.log(count + 0.5)
  }
  meanDay /= weights
  meanLog /= weights
  let covariance = 0
  let variance = 0
  for (let day = lastDay - WEEK + 1; day <= lastDay; day++) {
    const count = counts[day]
    if (count === undefined) continue
    const weight = Math.sqrt(count + 1)
    covariance += weight * (day - meanDay) * (Math.log(count + 0.5) - meanLog)
    variance += weight * (day - meanDay) ** 2
  }
  return (WEEK * covariance) / variance
}

const roughnessOf = (counts: DailyCounts, lastDay: number): number => {
  let known = 0
  let sum = 0
  let squares = 0
  for (let day = lastDay - ROUGH_DAYS + 1; day <= lastDay; day++) {
    const count = counts[day]
    if (count === undefined) continue
    known++
    sum += count
    squares += count * count
  }
  const mean = sum / known
  const variance = Math.max(0, squares / known - mean * mean)
  return Math.log((1 + variance / (mean + 0.1)) / (1 + mean)) / 2
}

/**
 * The signals of every area at the end of a day; nothing for an area whose last two weeks are not known. Later days are never looked at.
 *
 *   growth        g/√(1 + g²),  g = 7·slope of log(x + ½) over 7 days, weights √(x + 1)
 *   othersGrowth  Σ wⱼ·growthⱼ / (1 + Σ wⱼ)                             over the other areas j with 20 cases in two weeks
 *   othersChange  Σ wⱼ·log((yⱼ,ₜ + 1)/(yⱼ,ₜ₋₁ + 1)) / (1 + Σ wⱼ)        y: counts of weeks
 *   roughness     ½·log( (1 + variance/(mean + 0.1)) / (1 + mean) )     of the counts of 14 days
 *
 * Convention: own; the 1 in the denominators draws towards no growth where few areas have cases, and growth is saturated because the steepest slopes are noise. `nearness` says how much
 * an area learns from another (wⱼ; default 1 for all). Result: one entry an area, in the order given. Errors: `RangeError` for a day that is not a whole number or a negative nearness.
 * Example: one area of 14 days with 10 cases each: lastWeek 70, growth 0, both signals of others 0, roughness ½·log(1/11).
 */
export const growthSignals = (areas: readonly DailyCounts[], day: number, nearness: (from: number, to: number) => number = () => 1): (GrowthSignals | undefined)[] => {
  demand(Number.isInteger(day) && day >= 0, 'the day of a forecast must be a whole number that is not negative')
  const own = areas.map((counts) => ownSignals(counts, day))
  return own.map((area, i) => {
    if (!area) return undefined
    let weights = 1
    let growth = 0
    let change = 0
    for (const [j, other] of own.entries()) {
      if (j === i || !other || other.twoWeeks < ENOUGH) continue
      const weight = nearness(i, j)
      demand(weight >= 0, 'the nearness of two areas must not be negative')
      weights += weight
      growth += weight * other.growth
      change += weight * other.change
    }
    return { lastWeek: area.lastWeek, growth: area.growth, othersGrowth: growth / weights, othersChange: change / weights, roughness: area.roughness }
  })
}

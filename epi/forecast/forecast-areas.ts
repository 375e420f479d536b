import { demand } from '../numerics/demand.ts'
import { seededRandom } from '../numerics/index.ts'
import type { DailyCounts } from './daily-counts.ts'
import { combineForecasts } from './ensemble.ts'
import { forecastGrowth, type GrowthCoefficients } from './growth-forecast.ts'
import { growthSignals } from './growth-signals.ts'
import type { Quantiles } from './hub-baseline.ts'
import { forecastRenewal, type RenewalForecast, type RenewalOptions } from './renewal-forecast.ts'

export interface ForecastOptions {
  /** One entry a horizon, from one week on. */
  readonly growth: readonly GrowthCoefficients[]
  readonly renewal: RenewalOptions
  /** How much the members count. */
  readonly weights: { readonly growth: number; readonly renewal: number }
  /** How much an area learns from the growth of another; default 1 for all. */
  readonly nearness?: (from: number, to: number) => number
  readonly seed: number
}

export interface AreaForecast {
  /** Cases a week at `HUB_LEVELS`, from one week on. */
  readonly weeks: readonly Quantiles[]
  /** What each member said alone. */
  readonly growth: readonly Quantiles[]
  readonly renewal: RenewalForecast
}

/**
 * Forecasts of many areas at the end of one day: what areas of their size and surroundings did (`forecastGrowth`) and the renewal equation (`forecastRenewal`) as one ensemble.
 * What it says is raw: `recalibrate` it by what came of past forecasts.
 *
 * Only days up to `day` are looked at. An area's result does not depend on how many draws others took: each has a generator of its own, from seed and place. Result: one entry an area, in
 * order; `undefined` for an area whose last two weeks are not known or had no cases. Errors: `RangeError` as the members, and for a seed that is not a whole number.
 * Example: see the test: areas that stay at 100 a day are forecast near 700 a week, and the same seed says the same.
 */
export const forecastAreas = (areas: readonly DailyCounts[], day: number, options: ForecastOptions): (AreaForecast | undefined)[] => {
  const { growth, renewal, weights, nearness, seed } = options
  demand(Number.isSafeInteger(seed), 'the seed of a forecast must be a whole number')
  return growthSignals(areas, day, nearness).map((signals, i) => {
    if (!signals) return undefined
    const known = (areas[i] as DailyCounts).slice(0, day + 1)
    const byRenewal = forecastRenewal(known, growth.length, renewal, seededRandom(seed + i))
    if (!byRenewal) return undefined
    const byGrowth = growth.map((coefficients) => forecastGrowth(signals, coefficients))
    const weeks = byGrowth.map((quantiles, w) => combineForecasts([quantiles, byRenewal.weeks[w] as Quantiles], [weights.growth, weights.renewal]))
    return { weeks, growth: byGrowth, renewal: byRenewal }
  })
}

import { fitGrowthForecast, growthSignals, type GrowthCoefficients, type GrowthExample } from '#epi'
import { isForecast, nearnessOf, targetOf, type Series } from './skill-series.ts'

/** Signals look back two weeks, and the first of the series are thin. */
const FIRST_DAY = 20

/** The coefficients of one horizon, fitted to every day of these provinces: not the Sundays alone, which are few. */
const tuneHorizon = (series: Series, provinces: readonly number[], weeks: number): GrowthCoefficients => {
  const days = (series.areas[0] as readonly unknown[]).length
  const examples = new Map<number, Omit<GrowthExample, 'usualChange'>[]>(provinces.map((i) => [i, []]))
  for (let day = FIRST_DAY; day < days; day++) {
    const signals = growthSignals(series.areas, day, nearnessOf(series))
    for (const i of provinces) {
      const counts = series.areas[i] ?? []
      const own = signals[i]
      const observed = targetOf(counts, day, weeks)
      if (own && observed !== undefined && isForecast(counts, day)) examples.get(i)?.push({ signals: own, observed })
    }
  }
  return fitGrowthForecast([...examples.values()].flatMap((own) => {
    const usualChange = 1 + own.reduce((sum, { signals, observed }) => sum + Math.abs(observed - signals.lastWeek), 0) / own.length
    return own.map((example) => ({ ...example, usualChange }))
  }))
}

export const tuneGrowth = (series: Series, provinces: readonly number[], horizons: number): GrowthCoefficients[] =>
  Array.from({ length: horizons }, (_, h) => tuneHorizon(series, provinces, h + 1))

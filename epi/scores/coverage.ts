import { quantileAt } from './quantile-levels.ts'

/** A quantile forecast and what came. */
export interface ScoredForecast {
  readonly levels: readonly number[]
  readonly values: readonly number[]
  readonly observed: number
}

/**
 * The share of what came that lay inside the central interval of this probability, ends included: it should be the probability itself.
 *
 *   coverage(p) = 1/n · #{ q((1 − p)/2) ≤ y ≤ q((1 + p)/2) }
 *
 * Result: 0…1, `undefined` without forecasts. Errors: `RangeError` unless 0 < p < 1 and the forecasts reach that far out. Source: Cramer et al. (2022), PNAS 119:e2113561119.
 * Example: of 7 and 12 one lies in an interval from 8 to 14: 0.5.
 */
export const intervalCoverage = (forecasts: readonly ScoredForecast[], probability: number): number | undefined => {
  const tail = (1 - probability) / 2
  if (!(tail > 0 && tail < 0.5)) throw new RangeError('The probability of an interval must lie between 0 and 1.')
  let inside = 0
  for (const { levels, values, observed } of forecasts) {
    if ((levels[0] as number) > tail + 1e-12) throw new RangeError('The forecast has no quantiles as far out as this interval.')
    if (quantileAt(levels, values, tail) <= observed && observed <= quantileAt(levels, values, 1 - tail)) inside++
  }
  return forecasts.length === 0 ? undefined : inside / forecasts.length
}

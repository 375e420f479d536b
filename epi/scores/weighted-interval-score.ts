import { checkQuantiles } from './quantile-levels.ts'

/** A score and what it is made of; `score` is the sum of the three parts. Unit of all four: that of what is forecast. */
export interface IntervalScore {
  readonly score: number
  /** How wide the intervals are. */
  readonly dispersion: number
  /** How far the forecast lay above what came. */
  readonly overprediction: number
  /** How far the forecast lay below what came. */
  readonly underprediction: number
}

/**
 * Weighted interval score of a quantile forecast: how far it lay from what came, in the unit of the forecast; 0 is perfect, less is better.
 *
 *   WIS = 1/(K + ½) · ( ½·|y − m| + Σₖ αₖ/2 · [ (uₖ − lₖ) + 2/αₖ·(lₖ − y)₊ + 2/αₖ·(y − uₖ)₊ ] )
 *
 * with the median m and K central intervals [lₖ, uₖ] at 1 − αₖ. It equals the mean over the levels of twice the pinball loss, tends to the CRPS with many levels, and to the
 * absolute error of the median with one. Source: Bracher, Ray, Gneiting & Reich (2021), PLoS Comput Biol 17:e1008618, eq. 1–2.
 * Convention: levels symmetric around a median that is among them. Errors: `RangeError` otherwise.
 * Example: levels 0.25, 0.5, 0.75 with 8, 10, 14 and 17 observed: (½·7 + ½/2·(6 + 4·3)) / 1.5 = 16/3.
 */
export const weightedIntervalScore = (levels: readonly number[], values: readonly number[], observed: number): IntervalScore => {
  checkQuantiles(levels, values)
  const count = levels.length
  const middle = (count - 1) / 2
  if (levels[middle] !== 0.5) throw new RangeError('The weighted interval score needs the median among its levels, in the middle.')
  const median = values[middle] as number
  let dispersion = 0
  let overprediction = Math.max(0, median - observed) / 2
  let underprediction = Math.max(0, observed - median) / 2
  for (let k = 0; k < middle; k++) {
    const half = levels[k] as number
    if (Math.abs((levels[count - 1 - k] as number) + half - 1) > 1e-12) throw new RangeError('The weighted interval score needs levels that are symmetric around the median.')
    const lower = values[k] as number
    const upper = values[count - 1 - k] as number
    dispersion += half * (upper - lower)
    overprediction += Math.max(0, lower - observed)
    underprediction += Math.max(0, observed - upper)
  }
  const weight = 1 / (middle + 0.5)
  return {
    score: (dispersion + overprediction + underprediction) * weight,
    dispersion: dispersion * weight, overprediction: overprediction * weight, underprediction: underprediction * weight,
  }
}

/**
 * The same score of log(x + 1): errors count in proportion, so that a small area and a large one, growth and peak weigh alike.
 *
 *   WIS( log(q + 1), log(y + 1) )
 *
 * Source: Bosse et al. (2023), PLoS Comput Biol 19:e1011393. Unit: natural log; near 0 it reads as a relative error of the growth. Quantiles of a monotone transform are the
 * transformed quantiles, so nothing is forecast anew. Errors: `RangeError` for negative values and for what `weightedIntervalScore` refuses.
 * Example: a certain forecast of 99 where 9 came scores log(100) − log(10) = 2.3026.
 */
export const logWeightedIntervalScore = (levels: readonly number[], values: readonly number[], observed: number): IntervalScore => {
  if (observed < 0 || values.some((value) => value < 0)) throw new RangeError('The log score is for counts: none may be negative.')
  return weightedIntervalScore(levels, values.map((value) => Math.log1p(value)), Math.log1p(observed))
}

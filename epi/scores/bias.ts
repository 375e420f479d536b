import { checkQuantiles } from './quantile-levels.ts'

/**
 * Bias of a forecast of counts given as draws: −1 all draws lay below what came, 0 as many above as below, +1 all above.
 *
 *   bias = 1 − ( P(y) + P(y − 1) )        P: distribution function of the draws
 *
 * Source: Funk et al. (2019), PLoS Comput Biol 15:e1006785. Errors: `RangeError` without draws. Example: draws 1, 2, 3, 4 and 4 observed: 1 − (1 + 0.75) = −0.75.
 */
export const biasOfSample = (draws: Float64Array | readonly number[], observed: number): number => {
  if (draws.length === 0) throw new RangeError('The bias needs at least one draw.')
  let below = 0
  let notAbove = 0
  for (let i = 0; i < draws.length; i++) {
    const draw = draws[i] as number
    if (draw <= observed) notAbove++
    if (draw < observed) below++
  }
  return 1 - (notAbove + below) / draws.length
}

/**
 * Bias of a quantile forecast: the same reading, −1 … +1.
 *
 *   y < median:  bias = 1 − 2·max{ α : q(α) ≤ y }      y > median:  bias = 1 − 2·min{ α : q(α) ≥ y }      else 0
 *
 * beyond the outermost quantiles α is taken as 0 or 1. Source: Bosse et al. (2022), arXiv:2205.07090 (scoringutils), §"Bias". Errors: `RangeError` without the median.
 * Example: quantiles 8, 10, 14 at 0.25, 0.5, 0.75 and 12 observed: 1 − 2·0.75 = −0.5.
 */
export const biasOfQuantiles = (levels: readonly number[], values: readonly number[], observed: number): number => {
  checkQuantiles(levels, values)
  const middle = levels.indexOf(0.5)
  if (middle < 0) throw new RangeError('The bias needs the median among the levels.')
  const median = values[middle] as number
  if (observed === median) return 0
  if (observed > median) {
    const above = values.findIndex((value) => value >= observed)
    return 1 - 2 * (above < 0 ? 1 : (levels[above] as number))
  }
  const below = values.findLastIndex((value) => value <= observed)
  return 1 - 2 * (below < 0 ? 0 : (levels[below] as number))
}

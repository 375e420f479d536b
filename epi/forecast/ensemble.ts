import { demand } from '../numerics/demand.ts'
import { quantileOf } from '../numerics/index.ts'
import { HUB_LEVELS } from '../scores/index.ts'
import type { Quantiles } from './hub-baseline.ts'

const demandMembers = (members: readonly Quantiles[]): void => {
  demand(members.length > 0, 'an ensemble needs at least one member')
  for (const member of members) demand(member.length === HUB_LEVELS.length, 'every member of an ensemble has a value at each level')
}

/**
 * Several forecasts as one: at each level the weighted mean of their quantiles, on the log scale.
 *
 *   log(1 + q(α)) = Σᵢ wᵢ·log(1 + qᵢ(α)) / Σᵢ wᵢ
 *
 * Source: quantile averaging (Vincent 1912; Howerton et al. 2023, J R Soc Interface 20:20220659), which keeps the shape of its members where mixing their densities widens it. Convention: logs,
 * because one member that runs away must not carry the others with it. Default: equal weights. Errors: `RangeError` without members, for members of different length, or weights that
 * are negative or all 0. Example: members that say 9 and 99 with equal weight say √(10·100) − 1 = 30.6.
 */
export const combineForecasts = (members: readonly Quantiles[], weights: readonly number[] = members.map(() => 1)): Quantiles => {
  demandMembers(members)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  demand(weights.length === members.length && weights.every((weight) => weight >= 0) && total > 0, 'an ensemble needs one weight for each member, none negative, not all 0')
  return HUB_LEVELS.map((_, i) => Math.expm1(members.reduce((sum, member, m) => sum + (weights[m] as number) * Math.log1p(member[i] as number), 0) / total))
}

/** At each level the median of the members' quantiles: what one wild member says is not heard. Errors: as above. Example: 1, 5 and 900 make 5. */
export const medianForecast = (members: readonly Quantiles[]): Quantiles => {
  demandMembers(members)
  return HUB_LEVELS.map((_, i) => quantileOf(members.map((member) => member[i] as number).toSorted((a, b) => a - b), 0.5))
}

/**
 * Weights of members from their mean past scores: the better a member was, the more it counts.
 *
 *   wᵢ ∝ sᵢ^(−κ)
 *
 * κ = 0 weighs all alike, 1 by the inverse score, many follow the best. Scores of the same targets (log WIS, so that no area outweighs the others); a member without past is as
 * good as the mean of the others. Result: weights that sum to 1. Errors: `RangeError` for scores that are not positive or a negative sharpness. Example: scores 1 and 2 with κ = 2: 0.8 and 0.2.
 */
export const weightsFromScores = (scores: readonly (number | undefined)[], sharpness: number): number[] => {
  demand(sharpness >= 0, 'the sharpness of weights must not be negative')
  const known = scores.filter((score) => score !== undefined)
  for (const score of known) demand(score > 0, 'mean scores must be positive')
  const usual = known.length === 0 ? 1 : known.reduce((sum, score) => sum + score, 0) / known.length
  const raw = scores.map((score) => ((score ?? usual) / usual) ** -sharpness)
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  return raw.map((weight) => weight / total)
}

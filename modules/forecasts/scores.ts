import { HUB_LEVELS, intervalCoverage, logWeightedIntervalScore, quantileAt, relativeScore, weightedIntervalScore, type ScoredForecast } from '#epi'
import { HORIZONS, type Quantiles } from './compute/compute.ts'
import type { ForecastShown, IntervalShown, ScoreShown } from './contract.ts'

/** A past forecast of one week, with what came. */
export interface PastWeek {
  readonly horizon: number
  readonly quantiles: Quantiles
  readonly baseline: Quantiles | null
  readonly observed: number
}

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length)
const rounded = (value: number | null | undefined, digits: number): number | null => (value === null || value === undefined ? null : Number(value.toFixed(digits)))

/** The central intervals a fan shows. */
export const intervalsOf = (quantiles: Quantiles): IntervalShown => {
  const at = (level: number): number => quantileAt(HUB_LEVELS, quantiles, level)
  return { median: at(0.5), lower50: at(0.25), upper50: at(0.75), lower80: at(0.1), upper80: at(0.9), lower95: at(0.025), upper95: at(0.975) }
}

/** How forecasts of one horizon did, on the weeks that both they and the baseline forecast. */
const scoreOf = (past: readonly PastWeek[], horizon: number): ScoreShown => {
  const of = past.filter((one) => one.horizon === horizon)
  const both = of.flatMap(({ quantiles, baseline, observed }) => (baseline ? [{ quantiles, baseline, observed }] : []))
  const scored = of.map(({ quantiles, observed }): ScoredForecast => ({ levels: HUB_LEVELS, values: quantiles, observed }))
  const own = both.map(({ quantiles, observed }) => weightedIntervalScore(HUB_LEVELS, quantiles, observed).score)
  const other = both.map(({ baseline, observed }) => weightedIntervalScore(HUB_LEVELS, baseline, observed).score)
  const log = (choose: (one: (typeof both)[number]) => Quantiles): number[] => both.map((one) => logWeightedIntervalScore(HUB_LEVELS, choose(one), one.observed).score)
  return {
    horizon, forecasts: of.length, wis: rounded(mean(of.map(({ quantiles, observed }) => weightedIntervalScore(HUB_LEVELS, quantiles, observed).score)), 1), baselineWis: rounded(mean(other), 1),
    relativeWis: rounded(relativeScore(own, other), 3), logRelativeWis: rounded(relativeScore(log((one) => one.quantiles), log((one) => one.baseline)), 3),
    coverage50: rounded(intervalCoverage(scored, 0.5), 3), coverage95: rounded(intervalCoverage(scored, 0.95), 3),
  }
}

export const scoresOf = (past: readonly PastWeek[]): ScoreShown[] => Array.from({ length: HORIZONS }, (_, h) => scoreOf(past, h + 1))

/** Fewer past forecasts say nothing of how far the next can be trusted. */
const FEW = 8

/**
 * R4: how far a forecast can be trusted, from its own past alone, all horizons together, in logs so that weeks with many cases do not drown the others. Good: at least a tenth better than
 * "as many as last week", and the 95 % intervals held what came at least 85 times in a hundred. Poor: worse than that guess, or intervals that held it less than 70 times.
 */
export const trustOf = (past: readonly PastWeek[]): ForecastShown['trust'] => {
  const both = past.flatMap(({ quantiles, baseline, observed }) => (baseline ? [{ quantiles, baseline, observed }] : []))
  const score = (choose: (one: (typeof both)[number]) => Quantiles): number[] => both.map((one) => logWeightedIntervalScore(HUB_LEVELS, choose(one), one.observed).score)
  const relative = relativeScore(score((one) => one.quantiles), score((one) => one.baseline))
  const inside95 = past.filter(({ quantiles, observed }) => quantileAt(HUB_LEVELS, quantiles, 0.025) <= observed && observed <= quantileAt(HUB_LEVELS, quantiles, 0.975)).length
  const held = inside95 / past.length
  const level = past.length < FEW || relative === undefined ? 'unknown' : relative > 1 || held < 0.7 ? 'poor' : relative <= 0.9 && held >= 0.85 ? 'good' : 'fair'
  return { level, forecasts: past.length, inside95, better: relative === undefined ? null : rounded(Math.max(-1, 1 - relative), 3) }
}

import {
  forecastAreas, forecastDampedTrend, hubBaseline, HUB_LEVELS, intervalCoverage, intervalFactors, logWeightedIntervalScore, recalibrate, relativeScore, seededRandom, VIETNAM_2021,
  weeksUpTo, weekCount, weightedIntervalScore, type DailyCounts, type GrowthCoefficients, type Quantiles,
} from '#epi'
import { peakMegabytes, round, timed, versions, type BenchOptions, type Outcome } from './outcome.ts'
import { isForecast, nearnessOf, originsOf, readSeries, targetOf, type Series } from './skill-series.ts'
import { tuneGrowth } from './skill-tuning.ts'

export const HORIZONS = 4
const SEED = 20_211_025
const GATE = { relativeWis: [0.85, 0.9, 0.95, 1], coverage: 0.9 }
/** How far the coefficients that ship may lie from those fitted here. */
const ROUNDING = 0.005

const MODELS = ['baseline', 'damped_trend', 'renewal', 'growth', 'ensemble', 'recalibrated'] as const
type Model = (typeof MODELS)[number]

/** One week of one area forecast by every model, and what came. */
export interface Target {
  readonly area: number
  readonly day: number
  readonly horizon: number
  readonly observed: number
  readonly phase: string
  readonly forecasts: Readonly<Record<Model, Quantiles>>
}

/** The way the area was going when it was forecast, and whether it still was when the week came. */
const phaseOf = (counts: DailyCounts, day: number, observed: number): string => {
  const [last, before] = [weekCount(counts, day) ?? 0, weekCount(counts, day - 7) ?? 0]
  return `${last >= before ? 'rising' : 'falling'}, then ${observed >= last ? 'above' : 'below'}`
}

/** Every forecast of every origin, in the order in which they could have been made: each sees only what was known on its day. */
export const forecastAll = (series: Series, growth: readonly GrowthCoefficients[], origins: readonly number[]): Target[] => {
  const nation = series.codes.length
  const made: Target[] = []
  for (const day of origins) {
    const forecasts = forecastAreas(series.areas, day, { ...VIETNAM_2021, growth, nearness: nearnessOf(series), seed: SEED + day * 1000 })
    // What came of forecasts of provinces whose week is over by now.
    const factors = Array.from({ length: HORIZONS }, (_, h) => intervalFactors(
      made.filter((one) => one.area !== nation && one.horizon === h + 1 && one.day + 7 * one.horizon <= day).map((one) => ({ quantiles: one.forecasts.ensemble, observed: one.observed }))))
    for (const [area, counts] of series.areas.entries()) {
      const forecast = forecasts[area]
      if (!forecast || !isForecast(counts, day)) continue
      const weeks = weeksUpTo(counts, day)
      const baseline = hubBaseline(weeks, HORIZONS, seededRandom(SEED + day * 1000 + area))
      const trend = forecastDampedTrend(weeks, HORIZONS, { level: 1, trend: 0.2, damping: 0.5, usualError: 0.5, usualWeeks: 16 })
      if (!baseline || !trend) continue
      for (let h = 0; h < HORIZONS; h++) {
        const observed = targetOf(counts, day, h + 1)
        if (observed === undefined) continue
        const ensemble = forecast.weeks[h] as Quantiles
        made.push({
          area, day, horizon: h + 1, observed, phase: phaseOf(counts, day, observed),
          forecasts: {
            baseline: baseline[h] as Quantiles, damped_trend: trend[h] as Quantiles, renewal: forecast.renewal.weeks[h] as Quantiles, growth: forecast.growth[h] as Quantiles,
            ensemble, recalibrated: recalibrate(ensemble, factors[h] as Float64Array),
          },
        })
      }
    }
  }
  return made
}

const naturalOf = (target: Target, model: Model): number => weightedIntervalScore(HUB_LEVELS, target.forecasts[model], target.observed).score
const logOf = (target: Target, model: Model): number => logWeightedIntervalScore(HUB_LEVELS, target.forecasts[model], target.observed).score
type Scale = typeof naturalOf
const relative = (targets: readonly Target[], model: Model, scale: Scale): number =>
  round(relativeScore(targets.map((one) => scale(one, model)), targets.map((one) => scale(one, 'baseline'))) ?? Number.NaN)
const coverage = (targets: readonly Target[], model: Model, probability: number): number =>
  round(intervalCoverage(targets.map((one) => ({ levels: HUB_LEVELS, values: one.forecasts[model], observed: one.observed })), probability) ?? Number.NaN)

/** The geometric mean over areas of their own relative WIS: no area outweighs another. */
const typicalRelative = (targets: readonly Target[], model: Model): number => {
  const logs = [...Map.groupBy(targets, (one) => one.area).values()].flatMap((own) => {
    const ratio = relativeScore(own.map((one) => naturalOf(one, model)), own.map((one) => naturalOf(one, 'baseline')))
    return ratio === undefined || ratio === 0 ? [] : [Math.log(ratio)]
  })
  return round(Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length))
}

const table = (title: string, groups: readonly (readonly [string, readonly Target[]])[], models: readonly Model[]): string[] => [
  '', title, '| | n | model | WIS | log WIS | typical area | 50 % | 95 % |', '|---|---|---|---|---|---|---|---|',
  ...groups.flatMap(([name, targets]) => models.map((model) =>
    `| ${name} | ${targets.length} | ${model} | ${relative(targets, model, naturalOf)} | ${relative(targets, model, logOf)} | ${typicalRelative(targets, model)} | ${coverage(targets, model, 0.5)} | ${coverage(targets, model, 0.95)} |`)),
]

interface SkillOutcome extends Outcome {
  readonly [field: `${'relative_wis' | 'log_relative_wis' | 'nation_relative_wis' | 'nation_log_relative_wis'}_${number}w`]: number
  readonly coverage_95?: number
}

/** Forecasts of weekly cases against the hub baseline: tuned on every second province, reported on the others and on the nation. */
export const skill = async ({ rows, log }: BenchOptions): Promise<SkillOutcome> => {
  const target = `relative WIS ≤ ${GATE.relativeWis.join(' ')} for 1 … 4 weeks, 95 % coverage ≥ ${GATE.coverage}`
  const series = readSeries()
  if (!series) {
    log('skill: skipped, LUYTRE_VECTORS names no folder with the series of 2021')
    return { bench: 'skill', target, reached: false, baseline: {}, product: { skipped: 'no series' }, calibration: {}, rows: 0, peak_rss_mb: peakMegabytes(), versions: versions('none') }
  }
  const provinces = series.codes.map((_, i) => i)
  const tuned = provinces.filter((i) => i % 2 === 0)
  const nation = series.codes.length
  const { value: growth, seconds: tuningSeconds } = await timed(async () => tuneGrowth(series, tuned, HORIZONS))
  const drift = largestDifference(growth, VIETNAM_2021.growth)
  log(`growth coefficients fitted to ${tuned.length} provinces; those that ship differ by ${drift.toExponential(1)} at most\n${growth.map((one) => JSON.stringify(one)).join('\n')}`)
  const origins = originsOf(series).slice(0, rows)
  const { value: targets, seconds } = await timed(async () => forecastAll(series, VIETNAM_2021.growth, origins))
  const reported = targets.filter((one) => one.area !== nation && one.area % 2 === 1)
  const ofNation = targets.filter((one) => one.area === nation)
  const horizons = Array.from({ length: HORIZONS }, (_, h) => h + 1)
  const byHorizon = (all: readonly Target[]): [string, Target[]][] => horizons.map((h) => [`${h} weeks`, all.filter((one) => one.horizon === h)])
  for (const line of [
    ...table('Provinces reported on', byHorizon(reported), MODELS),
    ...table('The nation', byHorizon(ofNation), MODELS),
    ...table('Provinces tuned on', byHorizon(targets.filter((one) => one.area % 2 === 0 && one.area !== nation)), ['recalibrated']),
    ...table('Provinces reported on, by phase', byHorizon(reported).flatMap(([name, all]) =>
      [...Map.groupBy(all, (one) => one.phase)].toSorted().map(([phase, own]): [string, Target[]] => [`${name}, ${phase}`, own])), ['recalibrated']),
  ]) log(line)

  const scores = horizons.map((h) => {
    const own = reported.filter((one) => one.horizon === h)
    const whole = ofNation.filter((one) => one.horizon === h)
    return {
      h, natural: relative(own, 'recalibrated', naturalOf), log: relative(own, 'recalibrated', logOf),
      nation: relative(whole, 'recalibrated', naturalOf), nationLog: relative(whole, 'recalibrated', logOf),
    }
  })
  const covered = coverage(reported, 'recalibrated', 0.95)
  const fields: Record<string, number> = Object.fromEntries(scores.flatMap(({ h, natural, log: logs, nation: whole, nationLog }) => [
    [`relative_wis_${h}w`, natural], [`log_relative_wis_${h}w`, logs], [`nation_relative_wis_${h}w`, whole], [`nation_log_relative_wis_${h}w`, nationLog],
  ]))
  return {
    bench: 'skill', ...fields, coverage_95: covered, target,
    figure: `relative WIS ${scores.map(({ natural }) => natural).join(' ')}, of logs ${scores.map(({ log: logs }) => logs).join(' ')}, 95 % coverage ${covered}`,
    reached: drift <= ROUNDING && covered >= GATE.coverage && scores.every(({ h, natural, log: logs }) => Math.max(natural, logs) <= (GATE.relativeWis[h - 1] as number)),
    baseline: { model: 'COVIDhub-baseline', coverage_95: coverage(reported, 'baseline', 0.95) },
    product: {
      ...fields, coverage_95: covered, coverage_50: coverage(reported, 'recalibrated', 0.5), nation_coverage_95: coverage(ofNation, 'recalibrated', 0.95),
      forecasts: reported.length, forecasts_nation: ofNation.length, origins: origins.length, tuned_on: tuned.length, reported_on: provinces.length - tuned.length, days_held: series.held,
    },
    calibration: { tuning_seconds: round(tuningSeconds), seconds_all_forecasts: round(seconds) },
    rows: reported.length, peak_rss_mb: peakMegabytes(), versions: versions('none'),
  }
}

/** Of any coefficient, except the degrees of freedom, which hardly matter where they are many. */
const largestDifference = (fitted: readonly GrowthCoefficients[], shipped: readonly GrowthCoefficients[]): number =>
  Math.max(...fitted.flatMap((one, h) => {
    const other = shipped[h]
    const flat = ({ centre, spread, skew }: GrowthCoefficients): number[] => [...centre, ...spread, skew]
    return other ? flat(one).map((value, i) => Math.abs(value - (flat(other)[i] as number))) : [Infinity]
  }))

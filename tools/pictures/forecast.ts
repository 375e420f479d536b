import type { PlainDate } from '#base'
import { HUB_LEVELS, intervalCoverage, logWeightedIntervalScore, quantileAt, relativeScore, VIETNAM_2021, weekCount, weightedIntervalScore, type DailyCounts } from '#epi'
import { originsOf, readSeries, type Series } from '../../bench/skill-series.ts'
import { forecastAll, HORIZONS, type Target } from '../../bench/skill.ts'
import { COUNTS, FIRST, months } from './kien-giang.ts'
import { Panel, picture, steps } from './plot.ts'

const WEEK = 7
const KIEN_GIANG = '91'

/** Forecasts of one area from the end of every week, as `npm run -s bench -- skill` makes them, and what came. */
export interface Forecasts {
  readonly first: PlainDate
  readonly counts: DailyCounts
  readonly targets: readonly Target[]
}

const forecastsOf = (series: Series): readonly Target[] => forecastAll(series, VIETNAM_2021.growth, originsOf(series))

/** Kiên Giang from its own series alone, as the product forecasts the province it runs in. */
export const aloneOf = (): Forecasts => ({ first: FIRST, counts: COUNTS, targets: forecastsOf({ codes: [KIEN_GIANG], areas: [COUNTS], from: FIRST, held: 0 }) })

/** The nation, and Kiên Giang as one of 62 provinces that learn from each other; nothing without the folder of public vectors. */
export const amongAllOf = (): { readonly nation: Forecasts; readonly kienGiang: Forecasts } | undefined => {
  const series = readSeries()
  if (!series) return undefined
  const targets = forecastsOf(series)
  const of = (place: number): Forecasts => ({ first: series.from, counts: series.areas[place] as DailyCounts, targets: targets.filter(({ area }) => area === place) })
  return { nation: of(series.codes.length), kienGiang: of(series.codes.indexOf(KIEN_GIANG)) }
}

/** Fans from every fourth week, twice, so that each week is shown two and four weeks after its forecast. */
const fanPanel = (title: string, { first, counts, targets }: Forecasts, phase: number): Panel => {
  const origins = [...new Set(targets.map(({ day }) => day))]
  const weeks = counts.flatMap((_, day) => ((day - (origins[0] as number)) % WEEK === 0 && weekCount(counts, day) !== undefined ? [[day, weekCount(counts, day) as number] as const] : []))
  const from = (origins[0] as number) - 2 * WEEK
  const most = 1.7 * Math.max(...weeks.map(([, cases]) => cases))
  const panel = new Panel({ title, height: 150, x: [from, counts.length], y: [0, most], xTicks: months(first, from, counts.length), yTicks: steps(most) })
  for (const origin of origins.filter((_, i) => i % HORIZONS === phase)) {
    const own = targets.filter(({ day }) => day === origin)
    const last = weekCount(counts, origin) as number
    const between = (model: 'recalibrated' | 'baseline', lower: number, upper: number) => [
      { x: origin, lower: last, upper: last },
      ...own.map(({ horizon, forecasts }) => ({ x: origin + WEEK * horizon, lower: quantileAt(HUB_LEVELS, forecasts[model], lower), upper: quantileAt(HUB_LEVELS, forecasts[model], upper) })),
    ]
    panel.band(between('recalibrated', 0.025, 0.975), 'band95').band(between('recalibrated', 0.1, 0.9), 'band80').band(between('recalibrated', 0.25, 0.75), 'band50')
      .line(between('recalibrated', 0.5, 0.5).map(({ x, lower }) => [x, lower]), 'accent')
    const baseline = between('baseline', 0.025, 0.975)
    panel.line([...baseline.map(({ x, upper }) => [x, upper] as const).toReversed(), ...baseline.map(({ x, lower }) => [x, lower] as const)], 'quiet')
  }
  panel.line(weeks, 'ink').dots(weeks, 'open')
  return phase === 0 ? panel.note(from + 2, 0.92 * most, '○ what came\u2003— median, with 50, 80 and 95 %\u2003– – baseline, 95 %') : panel
}

export const forecastPicture = (area: string, forecasts: Forecasts): string =>
  picture(`Forecasts of the weekly cases of ${area} in 2021 from several weeks, with what came`, [
    fanPanel(`${area} 2021: cases a week, and what was forecast from every fourth week`, forecasts, 0),
    fanPanel('The same, from two weeks later', forecasts, 2),
  ])

const three = (value: number | undefined): string => (value === undefined ? '–' : String(Number(value.toPrecision(3))))
const whole = (value: number): string => Math.round(value).toLocaleString('en').replaceAll(',', ' ')
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const rowsOf = (name: string, { targets }: Forecasts): string[] => Array.from({ length: HORIZONS }, (_, h) => {
  const own = targets.filter(({ horizon }) => horizon === h + 1)
  const scores = (scale: typeof weightedIntervalScore, model: 'recalibrated' | 'baseline'): number[] => own.map(({ forecasts, observed }) => scale(HUB_LEVELS, forecasts[model], observed).score)
  const covered = (model: 'recalibrated' | 'baseline', probability: number): string =>
    three(intervalCoverage(own.map(({ forecasts, observed }) => ({ levels: HUB_LEVELS, values: forecasts[model], observed })), probability))
  const [natural, guess] = [scores(weightedIntervalScore, 'recalibrated'), scores(weightedIntervalScore, 'baseline')]
  const logs = relativeScore(scores(logWeightedIntervalScore, 'recalibrated'), scores(logWeightedIntervalScore, 'baseline'))
  return `| ${name} | ${h + 1} | ${own.length} | ${whole(mean(natural))} | ${whole(mean(guess))} | **${three(relativeScore(natural, guess))}** | ${three(logs)} | ${covered('recalibrated', 0.5)} | ${covered('recalibrated', 0.95)} | ${covered('baseline', 0.95)} |`
})

/** Scores by area and weeks ahead as a table of a chapter. */
export const scoreTable = (areas: readonly (readonly [string, Forecasts])[]): string => [
  '| | weeks ahead | n | WIS | of the baseline | relative WIS | of logs | 50 % held | 95 % held | baseline 95 % held |', '|---|---|---|---|---|---|---|---|---|---|',
  ...areas.flatMap(([name, forecasts]) => rowsOf(name, forecasts)), '',
].join('\n')

import type { IntervalShown } from '../contract.ts'

/** Values of a band at one place of the axis; null where there is none. */
export type Banded = IntervalShown | null

const KEYS = ['median', 'lower50', 'upper50', 'lower80', 'upper80', 'lower95', 'upper95'] as const

const scaled = (one: IntervalShown, factor: number): IntervalShown => Object.fromEntries(KEYS.map((key) => [key, one[key] * factor])) as Record<(typeof KEYS)[number], number>
const between = (a: IntervalShown, b: IntervalShown, share: number): IntervalShown => Object.fromEntries(KEYS.map((key) => [key, a[key] + share * (b[key] - a[key])])) as Record<(typeof KEYS)[number], number>

/**
 * A fan by day from forecasts by week: the daily mean of a week stands at its fourth day, straight lines between, from the mean of the last seven days at the forecast's own day; the last
 * half week is level. Result: the day of the forecast first, then one a day. Example: 7 cases last week and 14 certain ones next: 1, 1.25, 1.5, 1.75, 2, 2, 2, 2.
 */
export const dailyFan = (lastWeek: number | null, weeks: readonly IntervalShown[]): IntervalShown[] => {
  const means = weeks.map((week) => scaled(week, 1 / 7))
  const [first] = means
  if (!first) return []
  const start: IntervalShown = lastWeek === null ? first : { median: lastWeek / 7, lower50: lastWeek / 7, upper50: lastWeek / 7, lower80: lastWeek / 7, upper80: lastWeek / 7, lower95: lastWeek / 7, upper95: lastWeek / 7 }
  return Array.from({ length: 7 * weeks.length + 1 }, (_, day) => {
    if (day <= 4) return between(start, first, day / 4)
    const week = Math.floor((day - 4) / 7)
    const now = means[week] as IntervalShown
    return between(now, means[week + 1] ?? now, (day - 4 - 7 * week) / 7)
  })
}

interface Names {
  readonly median: string
  readonly band50: string
  readonly band80: string
  readonly band95: string
}

/** Chart series of a fan: bands stacked from below, the median over them. */
export const fanSeries = (values: readonly Banded[], colour: string, names: Names): object[] => {
  const band = (name: string, opacity: number, of: (one: IntervalShown) => number): object => ({
    type: 'line', stack: 'fan', stackStrategy: 'all', name, silent: true, symbol: 'none', lineStyle: { opacity: 0 }, itemStyle: { color: colour, opacity: Math.max(opacity, 0.15) },
    areaStyle: { color: colour, opacity }, data: values.map((one) => (one ? of(one) : null)), z: 1,
  })
  return [
    band(names.band95, 0, (one) => one.lower95),
    band(names.band95, 0.14, (one) => one.lower80 - one.lower95), band(names.band80, 0.26, (one) => one.lower50 - one.lower80), band(names.band50, 0.42, (one) => one.upper50 - one.lower50),
    band(names.band80, 0.26, (one) => one.upper80 - one.upper50), band(names.band95, 0.14, (one) => one.upper95 - one.upper80),
    { type: 'line', name: names.median, symbol: 'none', lineStyle: { color: colour, width: 2 }, itemStyle: { color: colour }, data: values.map((one) => one?.median ?? null), z: 3 },
  ]
}

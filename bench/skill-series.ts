import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, eachDay, weekday, type PlainDate } from '#base'
import { holdImplausible, weekCount, type DailyCounts } from '#epi'
import { readConfig } from '#platform/config'

const FILE = 'timeseries/vnexpress-province-daily-2021-04_2021-10.csv'

/** Daily counts of the provinces, in the order of their codes, and of the nation, which is their sum. */
export interface Series {
  readonly codes: readonly string[]
  /** One a province, then the nation. */
  readonly areas: readonly DailyCounts[]
  /** The first day. */
  readonly from: PlainDate
  /** How many days were held back as impossible. */
  readonly held: number
}

/** The series of 2021 in the folder of public vectors; nothing where that folder or file is absent. */
export const readSeries = (): Series | undefined => {
  const config = readConfig()
  const file = config.ok && config.value.vectors !== undefined ? join(config.value.vectors, FILE) : undefined
  if (file === undefined || !existsSync(file)) return undefined
  const rows = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(','))
  const dates = rows.map(([date]) => date as PlainDate).toSorted()
  const from = dates[0] as PlainDate
  const days = [...eachDay(from, dates.at(-1) as PlainDate)]
  const place = new Map(days.map((day, i) => [day, i]))
  const codes = [...new Set(rows.map(([, code]) => code as string))].toSorted()
  const raw = new Map(codes.map((code) => [code, days.map((): number | undefined => undefined)]))
  for (const [date, code, , count] of rows) if (count) (raw.get(code as string) as (number | undefined)[])[place.get(date as PlainDate) as number] = Number(count)
  const provinces = codes.map((code) => holdImplausible(raw.get(code) as DailyCounts))
  const known = (all: readonly DailyCounts[]): number => all.reduce((sum, counts) => sum + counts.filter((count) => count !== undefined).length, 0)
  const nation = days.map((_, day) => provinces.reduce<number | undefined>((sum, counts) => (sum === undefined || counts[day] === undefined ? undefined : sum + counts[day]), 0))
  return { codes, areas: [...provinces, nation], from, held: known([...raw.values()]) - known(provinces) }
}

/** Codes of neighbours are near each other: GSO numbers provinces by region, from north to south. The nation learns from all alike, and no province from the nation. */
const REACH = 8
export const nearnessOf = ({ codes }: Series) => (from: number, to: number): number =>
  to === codes.length ? 0 : from === codes.length ? 1 : Math.exp(-Math.abs(from - to) / REACH)

const WEEK = 7
const SUNDAY = 7
/** Growth is seen in two weeks. */
const FIRST_DAY = 19

/** Days on which ISO weeks end, with enough behind them. */
export const originsOf = ({ areas, from }: Series): number[] =>
  (areas[0] as DailyCounts).flatMap((_, day) => (day >= FIRST_DAY && weekday(addDays(from, day)) === SUNDAY ? [day] : []))

const CASES_SO_FAR = 100
const CASES_IN_TWO_WEEKS = 20

/** Whether an area has had enough cases by the end of this day to be forecast. */
export const isForecast = (counts: DailyCounts, day: number): boolean => {
  const [last, before] = [weekCount(counts, day), weekCount(counts, day - WEEK)]
  if (last === undefined || before === undefined || last + before < CASES_IN_TWO_WEEKS) return false
  let sum = 0
  for (let d = 0; d <= day; d++) sum += counts[d] ?? 0
  return sum >= CASES_SO_FAR
}

/** Cases of the week so many weeks after this day, where each of its days is known: what a forecast is held against. */
export const targetOf = (counts: DailyCounts, day: number, weeks: number): number | undefined => {
  const last = day + weeks * WEEK
  if (last >= counts.length) return undefined
  let sum = 0
  for (let d = last - WEEK + 1; d <= last; d++) {
    const count = counts[d]
    if (count === undefined) return undefined
    sum += count
  }
  return sum
}

import { addDays, daysBetween, eachDay, type PlainDate } from '#base'
import { isReal, seasonTotals } from '../../modules/demo/kien-giang-2021.ts'
import type { Tick } from './plot.ts'

const real = seasonTotals().filter(({ on }) => isReal(on))

/** Published cases of Kiên Giang a day, 27/04–25/10/2021 (VnExpress; letung3105/coviddata). */
export const COUNTS: readonly number[] = real.map(({ cases }) => cases)
export const FIRST = real[0]?.on as PlainDate

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The first of each month between two places of a series that begins on a day. */
export const months = (first: PlainDate, from: number, to: number): Tick[] =>
  eachDay(addDays(first, Math.ceil(from)), addDays(first, Math.floor(to))).filter((on) => on.endsWith('-01'))
    .map((on) => ({ at: daysBetween(first, on), label: `1 ${MONTHS[Number(on.slice(5, 7)) - 1]} ${on.slice(0, 4)}` }))

/** Mean of the seven days that end with each. */
export const weekMeans = (counts: readonly number[]): (number | undefined)[] =>
  counts.map((_, i) => (i < 6 ? undefined : counts.slice(i - 6, i + 1).reduce((sum, count) => sum + count, 0) / 7))

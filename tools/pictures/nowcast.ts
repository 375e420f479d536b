import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, day, daysBetween, type PlainDate } from '#base'
import { nowcastTruncated, reportingTriangle, seededRandom } from '#epi'
import { Panel, picture } from './plot.ts'

interface Outbreak {
  readonly linelist: { readonly dHosp: readonly (string | null)[]; readonly dReport: readonly (string | null)[] }
}

const { linelist } = JSON.parse(readFileSync(join(import.meta.dirname, '../../epi/nowcast/lawless.fixture.json'), 'utf8')) as Outbreak
const FIRST = day('2011-05-01')
const NOW = day('2011-06-02')
const LONGEST_DELAY = 14
const at = (on: string): number => daysBetween(FIRST, on as PlainDate)
const events = linelist.dHosp.flatMap((event, i) => {
  const report = linelist.dReport[i]
  return event && report ? [{ event: at(event), report: at(report) }] : []
})
const tally = (all: readonly { readonly event: number }[]): number[] => Array.from({ length: at(NOW) + 1 }, (_, on) => all.filter(({ event }) => event === on).length)

/** What was known on one evening of an outbreak, what the nowcast made of it, and what came. */
export const nowcastPicture = (): string => {
  const now = at(NOW)
  const known = tally(events.filter(({ report }) => report <= now))
  const came = tally(events)
  const rows = Array.from({ length: LONGEST_DELAY }, (_, i) => now - i).toReversed()
  const { days } = nowcastTruncated(reportingTriangle(events, now, LONGEST_DELAY, 0), seededRandom(1), { rows, prior: { mean: 20, variance: 4000 }, draws: 4000 })
  const from = at('2011-05-08') - 0.5
  const panel = new Panel({
    title: 'Hospitalised by day, STEC O104:H4, Germany 2011, on the evening of 2 June', height: 220, x: [from, now + 0.6], y: [0, 90],
    xTicks: [8, 15, 22, 29].map((one) => ({ at: at(addDays(FIRST, one - 1)), label: `${one} May` })),
  })
    .bars(known.map((to, x) => ({ x, to })), 'bar').bars(came.map((to, x) => ({ x, from: known[x] as number, to })), 'open')
    .whiskers(days.map(({ day: x, lower, upper }) => ({ x, lower, upper })), 'accent').dots(days.map(({ day: x, median }) => [x, median]), 'accent')
    .note(from + 0.3, 82, '■ reported by then\u2003□ reported later\u2003● nowcast, 95 % interval')
  return picture('Hospital admissions known on 2 June 2011, the nowcast of each day with its interval, and what was reported later', [panel])
}

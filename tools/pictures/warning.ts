import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ears, farringtonFlexible, type Warning } from '#epi'
import { COUNTS, FIRST, months } from './kien-giang.ts'
import { Panel, picture, type Point } from './plot.ts'

const { 'salmonella.agona': agona } = JSON.parse(readFileSync(join(import.meta.dirname, '../../epi/warning/surveillance.fixture.json'), 'utf8')) as { 'salmonella.agona': { observed: readonly number[] } }
const FIRST_YEAR = 1990
const YEAR = 52

const boundOf = (warnings: readonly Warning[]): Point[] => warnings.flatMap(({ week, upper }) => (upper === undefined ? [] : [[week, upper] as const]))
const alarmsOf = (warnings: readonly Warning[], counts: readonly number[]): Point[] => warnings.flatMap(({ week, alarm }) => (alarm ? [[week, counts[week] as number] as const] : []))

/** Noufaily's setting of Farrington's method on years of weeks, and EARS C1 on the first weeks of a new disease. */
export const warningPicture = (): string => {
  const weeks = agona.observed
  const farrington = farringtonFlexible(weeks, { b: 3, w: 3, noPeriods: 10, pastWeeksNotIncluded: 26, pThresholdTrend: 1, thresholdMethod: 'nbPlugin', alpha: 0.01 })
  const from = 3 * YEAR
  const routine = new Panel({
    title: 'Farrington: Salmonella Agona a week, Germany 1993–1995', height: 130, x: [from, weeks.length - 0.5], y: [0, 36],
    xTicks: [3, 4, 5].map((year) => ({ at: year * YEAR, label: `Jan ${FIRST_YEAR + year}` })),
  }).bars(weeks.map((to, x) => ({ x, to })), 'bar').line(boundOf(farrington), 'accent').arrows(alarmsOf(farrington, weeks), 'alarm').note(weeks.length - 2, 31, '— bound, α = 1 %\u2003▼ alarm', 'end')
  const [begin, end] = [75, 118]
  const early = COUNTS.slice(0, end)
  const jump = ears(early, { method: 'C1', minSigma: 2, weeks: Array.from({ length: end - begin }, (_, i) => begin + i) })
  const fresh = new Panel({ title: 'EARS C1: cases a day, Kiên Giang 2021, the first weeks', height: 130, x: [begin - 0.5, end - 0.5], y: [0, 180], xTicks: months(FIRST, begin, end) })
    .bars(early.map((to, x) => ({ x, to })), 'bar').line(boundOf(jump), 'accent').arrows(alarmsOf(jump, early), 'alarm').note(begin, 155, '— bound, α = 0.1 %\u2003▼ alarm')
  return picture('Alarms of Farrington’s method on six years of salmonella and of EARS on the first weeks of COVID-19 in Kiên Giang', [routine, fresh])
}

import { addDays, day, daysBetween } from '#base'
import { DISEASE_PROFILES, forecastCare, sampleBinomial, sampleGamma, seededRandom } from '#epi'
import type { Forecasts } from './forecast.ts'
import { COUNTS, FIRST, months } from './kien-giang.ts'
import { Panel, picture } from './plot.ts'

const SHARE = 0.3
/** Gamma stays of another length than the method assumes, begun some days after the report. */
const [STAY_DAYS, DELAY_DAYS, SHAPE] = [11, 2, 2]
const ORIGINS = ['2021-08-22', '2021-09-19'].map((on) => daysBetween(FIRST, day(on)))
const [LOWER95, LOWER80, LOWER50, MEDIAN, UPPER50, UPPER80, UPPER95] = [0, 1, 2, 3, 4, 5, 6]

/** Made-up patients of Kiên Giang's real cases: no public source has them by day. */
const madeUpPatients = (): number[] => {
  const random = seededRandom(1)
  const patients = COUNTS.map(() => 0)
  for (const [on, cases] of COUNTS.entries()) {
    for (let patient = sampleBinomial(random, cases, SHARE); patient > 0; patient--) {
      const from = on + Math.round(sampleGamma(random, SHAPE, SHAPE / DELAY_DAYS))
      const until = from + Math.max(1, Math.round(sampleGamma(random, SHAPE, SHAPE / STAY_DAYS)))
      for (let at = from; at < Math.min(until, patients.length); at++) patients[at] = (patients[at] as number) + 1
    }
  }
  return patients
}

/** Patients forecast from two days with the forecasts of cases made on them, and what came. */
export const demandPicture = ({ targets }: Forecasts): string => {
  const patients = madeUpPatients()
  const from = (ORIGINS[0] as number) - 28
  const most = 1.7 * Math.max(...patients)
  const panel = new Panel({ title: 'Patients in hospital (made up) of Kiên Giang’s cases (published): forecast from 22 August and 19 September', height: 190, x: [from, COUNTS.length], y: [0, most], xTicks: months(FIRST, from, COUNTS.length) })
  for (const origin of ORIGINS) {
    const weeks = targets.filter((one) => one.day === origin).map(({ forecasts }) => forecasts.recalibrated)
    const known = origin + 1
    const made = forecastCare(COUNTS.slice(0, known), patients.slice(0, known), weeks, seededRandom(1), { stayDays: DISEASE_PROFILES.covidDelta.wardDays.value })
    if (!made) throw new Error(`patients of too few days are known on ${addDays(FIRST, origin)}`)
    const band = (lower: number, upper: number) => Array.from(made.bands[0] as Float64Array, (_, n) => ({ x: known + n, lower: made.bands[lower]?.[n] as number, upper: made.bands[upper]?.[n] as number }))
    panel.band(band(LOWER95, UPPER95), 'band95').band(band(LOWER80, UPPER80), 'band80').band(band(LOWER50, UPPER50), 'band50').line(band(MEDIAN, MEDIAN).map(({ x, lower }) => [x, lower]), 'accent')
  }
  panel.line(patients.map((count, x) => [x, count]), 'ink').note(from + 1, 0.92 * most, '— black: what came\u2003— median, with 50, 80 and 95 %')
  return picture('Patients forecast from two days, with intervals, and what came', [panel])
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile, sampleBinomial, sampleGamma, sampleNormal, samplePoisson, seededRandom, type Random } from '../numerics/index.ts'
import { HUB_LEVELS } from '../scores/index.ts'
import { BAND_LEVELS, forecastCare } from './index.ts'

const certain = (cases: number): number[] => HUB_LEVELS.map(() => cases)
const [LOWER95, LOWER50, MEDIAN, UPPER50, UPPER95] = [0, 2, 3, 4, 6]

const series = fc.array(fc.record({ cases: fc.nat(500), patients: fc.option(fc.nat(300), { nil: undefined }) }), { minLength: 40, maxLength: 80 })
const ahead = fc.array(fc.array(fc.nat(3000), { minLength: HUB_LEVELS.length, maxLength: HUB_LEVELS.length }).map((values) => values.toSorted((a, b) => a - b)), { minLength: 1, maxLength: 4 })

describe('whatever the counts', () => {
  test('patients are never negative, bands stand in order, and the same seed says the same', () => {
    fc.assert(fc.property(series, ahead, fc.double({ min: 1, max: 30, noNaN: true }), fc.nat(1000), (days, weeks, stayDays, capacity) => {
      const run = () => forecastCare(days.map(({ cases }) => cases), days.map(({ patients }) => patients), weeks, seededRandom(1), { stayDays, capacity, draws: 60 })
      const found = run()
      if (!found) {
        const known = days.map(({ patients }) => patients !== undefined)
        return known.slice(-28).filter(Boolean).length < 14 || known.slice(-7).filter(Boolean).length < 4
      }
      expect(run()).toEqual(found)
      expect(found.bands.every((band) => band.length === 7 * weeks.length && band.every((taken) => taken >= 0 && Number.isFinite(taken)))).toBe(true)
      for (let level = 1; level < BAND_LEVELS.length; level++) for (let day = 0; day < 7 * weeks.length; day++) expect(found.bands[level]?.[day]).toBeGreaterThanOrEqual(found.bands[level - 1]?.[day] as number)
      return found.share > 0 && (found.exceeded as number) >= 0 && (found.exceeded as number) <= 1
    }), { numRuns: 60 })
  })

  test('without another case demand falls from day to day as stays end', () => {
    fc.assert(fc.property(series, fc.double({ min: 2, max: 20, noNaN: true }), (days, stayDays) => {
      const found = forecastCare(days.map(({ cases }) => cases + 5), days.map(({ patients }) => patients ?? 40), [certain(0), certain(0)], seededRandom(1), { stayDays, draws: 40 })
      const median = found?.bands[MEDIAN] as Float64Array
      for (let day = 1; day < 14; day++) expect(median[day]).toBeLessThanOrEqual(median[day - 1] as number)
    }), { numRuns: 40 })
  })
})

/** An epidemic whose growth wanders, of whose reported cases a share that wanders too takes a bed for a gamma stay that is not the one assumed. */
const simulate = (random: Random, days: number, truth: { readonly share: number; readonly drift: number; readonly stayDays: number; readonly delayDays: number }): { cases: number[]; patients: number[] } => {
  const cases: number[] = []
  const patients = Array.from({ length: days }, () => 0)
  let [logCases, growth, logShare] = [Math.log(80), 0, Math.log(truth.share)]
  for (let day = 0; day < days; day++) {
    growth = 0.95 * growth + 0.012 * sampleNormal(random)
    logCases = Math.log(80) + 0.99 * (logCases + growth - Math.log(80))
    logShare += truth.drift * sampleNormal(random)
    const count = samplePoisson(random, Math.exp(logCases))
    cases.push(count)
    for (let patient = sampleBinomial(random, count, Math.min(1, Math.exp(logShare))); patient > 0; patient--) {
      const from = day + Math.round(sampleGamma(random, 2, 2 / Math.max(0.01, truth.delayDays)))
      const until = from + Math.max(1, Math.round(sampleGamma(random, 2, 2 / truth.stayDays)))
      for (let at = from; at < Math.min(until, days); at++) patients[at] = (patients[at] as number) + 1
    }
  }
  return { cases, patients }
}

const DAYS = 150
const AHEAD = 28
const SIMULATIONS = 300

// What the intervals hold when the forecast of cases is itself calibrated (off by a lognormal error that grows with the weeks).
test.each([
  ['the share of cases stays, the stay is the one assumed', { share: 0.1, drift: 0, stayDays: 8, delayDays: 0 }, [0.93, 0.99], [0.48, 0.66]],
  ['the share wanders by a fifth in two weeks', { share: 0.1, drift: 0.053, stayDays: 8, delayDays: 0 }, [0.9, 0.97], [0.45, 0.62]],
  ['patients stay half as long again, and come three days after the report', { share: 0.1, drift: 0.03, stayDays: 12, delayDays: 3 }, [0.92, 0.99], [0.46, 0.64]],
  ['few patients: one in a hundred', { share: 0.01, drift: 0.03, stayDays: 10, delayDays: 2 }, [0.89, 0.97], [0.46, 0.64]],
] as const)('recovery from simulated wards: %s', (_, truth, held95, held50) => {
  const random = seededRandom(20_260_801)
  const inside = [0, 0]
  let all = 0
  for (let n = 0; n < SIMULATIONS; n++) {
    const { cases, patients } = simulate(random, DAYS + AHEAD, truth)
    const error = sampleNormal(random)
    const weeks = [0, 1, 2, 3].map((week) => {
      const sum = cases.slice(DAYS + 7 * week, DAYS + 7 * week + 7).reduce((total, count) => total + count, 0)
      const sd = 0.15 * Math.sqrt(week + 1)
      return HUB_LEVELS.map((level) => sum * Math.exp(sd * (normalQuantile(level) - error)))
    })
    const found = forecastCare(cases.slice(0, DAYS), patients.slice(0, DAYS), weeks, random, { stayDays: 8, draws: 300 })
    for (const day of [6, 13, 20, 27]) {
      const came = patients[DAYS + day] as number
      const at = (level: number): number => found?.bands[level]?.[day] as number
      // Counts are whole, quantiles are not: half a patient is no miss.
      for (const [i, [lower, upper]] of ([[LOWER95, UPPER95], [LOWER50, UPPER50]] as const).entries()) if (came >= at(lower) - 0.5 && came <= at(upper) + 0.5) inside[i] = (inside[i] as number) + 1
      all++
    }
  }
  for (const [i, [least, most]] of [held95, held50].entries()) {
    expect((inside[i] as number) / all).toBeGreaterThanOrEqual(least)
    expect((inside[i] as number) / all).toBeLessThanOrEqual(most)
  }
})

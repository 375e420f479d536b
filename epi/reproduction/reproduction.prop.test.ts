import fc from 'fast-check'
import { expect, test } from 'vitest'
import { samplePoisson, seededRandom, type Random } from '../numerics/index.ts'
import {
  discretiseSerialInterval,
  estimateCohortReproduction,
  estimateReproduction,
  estimateReproductions,
  growthFromReproduction,
  growthRate,
  overallInfectivity,
  reproductionFromGrowth,
  slidingWindows,
} from './index.ts'

const SERIAL_INTERVAL = discretiseSerialInterval(4.7, 2.9, 40)
const WINDOWS = slidingWindows(60, 7)

/** An epidemic in which each day's cases are Poisson around R(t) times the infectiousness of those before. */
const simulate = (random: Random, reproduction: (t: number) => number, days: number): Float64Array => {
  const counts = new Float64Array(days)
  counts.fill(20, 0, 5)
  for (let t = 5; t < days; t++) {
    let pressure = 0
    for (let s = 1; s <= Math.min(t, 40); s++) pressure += (SERIAL_INTERVAL[s] as number) * (counts[t - s] as number)
    counts[t] = samplePoisson(random, reproduction(t) * pressure)
  }
  return counts
}

test('R is recovered from simulated epidemics: 95 % intervals hold it in 95 % of windows, means are not biased', () => {
  const random = seededRandom(2021)
  const reproduction = (t: number): number => (t < 30 ? 1.3 : 0.8)
  const series = Array.from({ length: 300 }, () => ({ local: simulate(random, reproduction, 60) }))
  // Windows on either side of the change, apart from each other.
  const windows = [
    { first: 16, last: 22 },
    { first: 23, last: 29 },
    { first: 37, last: 43 },
    { first: 52, last: 58 },
  ]
  const { mean, quantiles } = estimateReproductions(series, { serialInterval: SERIAL_INTERVAL, windows, prior: { mean: 1.1, sd: 3 } })
  let covered = 0
  let error = 0
  mean.forEach((value, place) => {
    const { first = 0 } = windows[place % windows.length] ?? {}
    const truth = reproduction(first)
    if ((quantiles[7 * place] as number) <= truth && truth <= (quantiles[7 * place + 6] as number)) covered++
    error += value - truth
  })
  expect(Math.abs(covered / mean.length - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / mean.length))
  expect(Math.abs(error / mean.length)).toBeLessThan(0.02)
})

test('the cohort R of a steady epidemic is its R', () => {
  const random = seededRandom(7)
  const cohort = { first: 20, last: 40 }
  const means = Array.from({ length: 40 }, () => {
    const counts = simulate(random, () => 1.1, 90)
    return estimateCohortReproduction(counts, { serialInterval: SERIAL_INTERVAL, windows: [cohort], simulations: 1 }, random)[0]
      ?.mean as number
  })
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length
  expect(Math.abs(mean - 1.1)).toBeLessThan(0.03)
})

test('the growth rate of a simulated epidemic is the one its R belongs to, in 95 % of intervals', () => {
  const random = seededRandom(99)
  const truth = growthFromReproduction(1.25, SERIAL_INTERVAL)
  const covered = Array.from({ length: 400 }, () => {
    const counts = Float64Array.from({ length: 25 }, (_, t) => samplePoisson(random, 30 * Math.exp(truth * t)))
    const { lower = 1, upper = 0 } = growthRate(counts) ?? {}
    return lower <= truth && truth <= upper
  }).filter(Boolean).length
  expect(Math.abs(covered / 400 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 400))
})

const counts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 60, maxLength: 60 })

test('quantiles rise, lie around the mean, and do not depend on what comes after the window', () => {
  fc.assert(
    fc.property(counts, (local) => {
      const estimates = estimateReproduction({ local }, { serialInterval: SERIAL_INTERVAL, windows: WINDOWS })
      const cut = estimateReproduction({ local: local.slice(0, 30) }, { serialInterval: SERIAL_INTERVAL, windows: slidingWindows(30, 7) })
      estimates.forEach((estimate, w) => {
        if (!estimate) return
        expect(Array.from(estimate.quantiles).toSorted((a, b) => a - b)).toEqual(Array.from(estimate.quantiles))
        expect(estimate.quantiles[0]).toBeLessThan(estimate.mean)
        expect(estimate.quantiles[6]).toBeGreaterThan(estimate.mean)
        if (w < cut.length) expect(cut[w]).toEqual(estimate)
      })
    }),
    { numRuns: 40 },
  )
})

test('infectiousness is linear in cases and conserves them', () => {
  fc.assert(
    fc.property(counts, counts, (a, b) => {
      const of = (series: readonly number[]): readonly (number | undefined)[] => overallInfectivity(series, SERIAL_INTERVAL)
      const sum = of(a.map((x, t) => x + (b[t] as number)))
      of(a).forEach((x, t) => t > 0 && expect(sum[t]).toBeCloseTo((x as number) + (of(b)[t] as number), 8))
      // Followed until the longest interval has passed, each case has infected with weight 1.
      const followed = of([...a, ...Array.from({ length: 40 }, () => 0)]).reduce<number>((total, x) => total + (x ?? 0), 0)
      const weight = SERIAL_INTERVAL.reduce((total, w) => total + w, 0)
      expect(followed).toBeCloseTo(weight * a.reduce((total, x) => total + x, 0), 6)
    }),
    { numRuns: 20 },
  )
})

test('R and r lead to each other', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      fc.double({ min: 1.5, max: 15, noNaN: true }),
      fc.double({ min: 0.3, max: 6, noNaN: true }),
      (reproduction, mean, sd) => {
        const interval = discretiseSerialInterval(mean, sd, 120)
        const rate = growthFromReproduction(reproduction, interval)
        expect(reproductionFromGrowth(rate, interval) / reproduction).toBeCloseTo(1, 8)
        expect(Math.sign(rate)).toBe(Math.sign(Math.log(reproduction)))
      },
    ),
  )
})

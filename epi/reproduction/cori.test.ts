import { describe, expect, test } from 'vitest'
import { seededRandom } from '../numerics/index.ts'
import { dataSets, distance, imported as withImported, uncertain } from './epiestim.fixture.ts'
import {
  discretiseSerialInterval,
  estimateReproduction,
  estimateReproductionDocument,
  estimateReproductions,
  estimateReproductionUncertain,
  overallInfectivity,
  REPRODUCTION_QUANTILES,
  slidingWindows,
} from './index.ts'

const SECTIONS = [
  'parametric_weekly',
  'non_parametric_weekly',
  'parametric_14d_prior2_2',
  'parametric_daily',
  'overall_infectivity',
] as const

describe('agreement with EpiEstim: 1e-10', () => {
  test.each(dataSets)('%s', (_, set) => {
    const ours = estimateReproductionDocument(set)
    for (const section of SECTIONS) {
      const theirs = set[section]
      if (theirs === undefined) continue
      const { compared, largest, missing } = distance(ours[section], theirs, section)
      expect(missing).toEqual([])
      expect(compared).toBeGreaterThan(7)
      expect(largest).toBeLessThan(1e-10)
    }
  })

  test('imported cases infect, but were not infected here', () => {
    const { local, imported, si_distr_input: serialInterval, expected } = withImported
    const windows = slidingWindows(local.length, 7)
    const estimates = estimateReproduction({ local, imported }, { serialInterval, windows })
    expect(estimates.length).toBe(8)
    estimates.forEach((estimate, w) => {
      expect(estimate?.mean).toBeCloseTo(expected['mean']?.[w] as number, 11)
      expect(estimate?.sd).toBeCloseTo(expected['sd']?.[w] as number, 11)
      for (const [q, name] of (['q025', 'q05', 'q25', 'median', 'q75', 'q95', 'q975'] as const).entries())
        expect(estimate?.quantiles[q]).toBeCloseTo(expected[name]?.[w] as number, 11)
    })
  })
})

test('an uncertain serial interval widens the posterior as in EpiEstim, within Monte Carlo error', () => {
  const { incidence, t_start: starts, t_end: ends, mean, sd, q025, median, q975 } = uncertain
  const windows = starts.map((start, w) => ({ first: start - 1, last: (ends[w] as number) - 1 }))
  const options = {
    intervalMean: { mean: 4.7, sd: 1, least: 2.7, most: 6.7 },
    intervalSd: { mean: 2.9, sd: 0.5, least: 1.9, most: 3.9 },
    windows,
    intervals: 500,
    drawsEach: 20,
  }
  const estimates = estimateReproductionUncertain({ local: incidence }, options, seededRandom(1))
  estimates.forEach((estimate, w) => {
    // Five hundred serial intervals are drawn here: a mean errs by sd/√500, outer quantiles by some times that.
    const error = (sd[w] as number) / Math.sqrt(500)
    expect(Math.abs((estimate?.mean as number) - (mean[w] as number))).toBeLessThan(4 * error)
    expect(Math.abs((estimate?.sd as number) / (sd[w] as number) - 1)).toBeLessThan(0.15)
    for (const [q, theirs] of [
      [0, q025],
      [3, median],
      [6, q975],
    ] as const)
      expect(Math.abs((estimate?.quantiles[q] as number) - (theirs[w] as number))).toBeLessThan(8 * error)
  })
  expect(estimateReproductionUncertain({ local: incidence }, options, seededRandom(1))).toEqual(estimates)
})

test('a serial interval that is hardly uncertain leaves the posterior as it is', () => {
  const local = uncertain.incidence
  const windows = slidingWindows(local.length, 7).slice(-1)
  const narrow = {
    intervalMean: { mean: 4.7, sd: 1, least: 4.6999, most: 4.7001 },
    intervalSd: { mean: 2.9, sd: 1, least: 2.8999, most: 2.9001 },
    windows,
  }
  const [drawn] = estimateReproductionUncertain({ local }, narrow, seededRandom(2))
  const [exact] = estimateReproduction({ local }, { serialInterval: discretiseSerialInterval(4.7, 2.9, 20), windows })
  expect((drawn?.mean as number) / (exact?.mean as number)).toBeCloseTo(1, 2)
  expect((drawn?.sd as number) / (exact?.sd as number)).toBeCloseTo(1, 1)
})

test('examples', () => {
  expect(overallInfectivity([4, 0, 0], [0, 0.75, 0.25])).toEqual([undefined, 3, 1])
  expect(slidingWindows(9, 7)).toEqual([
    { first: 1, last: 7 },
    { first: 2, last: 8 },
  ])
  const [estimate] = estimateReproduction({ local: [1, 0, 4] }, { serialInterval: [0, 0.5, 0.5], windows: [{ first: 1, last: 2 }] })
  expect(estimate?.mean).toBeCloseTo(5 / 1.2, 14)
  expect(estimate?.sd).toBeCloseTo(Math.sqrt(5) / 1.2, 14)
})

const SI = [0, 0.2, 0.5, 0.2, 0.1]

test('many series at once are the series one by one, whole counts or not', () => {
  const series = [
    { local: [1, 3, 0, 5, 7, 9, 4, 2, 8, 6] },
    { local: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
    { local: [2.5, 1.5, 0, 3.25, 4, 8.5, 1, 2, 0.5, 7] },
    { local: [0, 2, 0, 5, 7, 9, 4, 2, 8, 6], imported: [1, 1, 0, 0, 0, 0, 3, 0, 0, 0] },
  ]
  const windows = [
    { first: 1, last: 3 },
    { first: 1, last: 1 },
    { first: 4, last: 9 },
    { first: 9, last: 9 },
  ]
  const table = estimateReproductions(series, { serialInterval: SI, windows, prior: { mean: 2, sd: 1 } })
  // The second window ends on the second day, before the mean interval of 2.2 days has passed.
  expect(table.windows).toEqual([windows[0], windows[2], windows[3]])
  expect(table.mean.length).toBe(12)
  series.forEach((one, s) => {
    const single = estimateReproduction(one, { serialInterval: SI, windows, prior: { mean: 2, sd: 1 } })
    expect(single[1]).toBeUndefined()
    expect(single.filter((estimate) => estimate !== undefined).map(({ mean }) => mean)).toEqual(
      Array.from(table.mean.subarray(3 * s, 3 * s + 3)),
    )
    expect(single.flatMap((estimate) => (estimate ? Array.from(estimate.quantiles) : []))).toEqual(
      Array.from(table.quantiles.subarray(21 * s, 21 * s + 21)),
    )
  })
})

test('without cases the prior stands, only narrowed by what might have been infected', () => {
  const [estimate] = estimateReproduction({ local: [0, 0, 0, 0, 0, 0, 0, 0] }, { serialInterval: SI, windows: slidingWindows(8, 7) })
  expect(estimate?.mean).toBeCloseTo(5, 14)
  // Mean and standard deviation 5: an exponential distribution.
  REPRODUCTION_QUANTILES.forEach((p, q) => expect(estimate?.quantiles[q]).toBeCloseTo(-5 * Math.log1p(-p), 12))
})

test('what cannot be estimated from is refused with a sentence', () => {
  const windows = [{ first: 1, last: 3 }]
  const wrong: readonly (() => unknown)[] = [
    () => estimateReproduction({ local: [1, -1, 2, 3] }, { serialInterval: SI, windows }),
    () => estimateReproduction({ local: [1, Number.NaN, 2, 3] }, { serialInterval: SI, windows }),
    () => estimateReproduction({ local: [1, 1, 2, 3], imported: [1] }, { serialInterval: SI, windows }),
    () => estimateReproduction({ local: [1, 1, 2] }, { serialInterval: SI, windows }),
    () => estimateReproduction({ local: [1, 1, 2, 3] }, { serialInterval: SI, windows: [{ first: 0, last: 2 }] }),
    () => estimateReproduction({ local: [1, 1, 2, 3] }, { serialInterval: SI, windows: [{ first: 3, last: 2 }] }),
    () => estimateReproduction({ local: [1, 1, 2, 3] }, { serialInterval: [0.1, 0.9], windows }),
    () => estimateReproduction({ local: [1, 1, 2, 3] }, { serialInterval: [0, 0.9, 0.9], windows }),
    () => estimateReproduction({ local: [1, 1, 2, 3] }, { serialInterval: SI, windows, prior: { mean: 0, sd: 1 } }),
    () => estimateReproductions([{ local: [1, 2, 3, 4] }, { local: [1, 2] }], { serialInterval: SI, windows }),
    () => overallInfectivity([1, 2], [0, 0.5]),
    () => slidingWindows(5, 0),
  ]
  for (const call of wrong) expect(call).toThrow(RangeError)
})

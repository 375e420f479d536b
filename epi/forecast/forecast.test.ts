import { describe, expect, test } from 'vitest'
import { normalQuantile, sampleNegativeBinomial, sampleNormal, samplePoisson, seededRandom, studentTQuantile, type Random } from '../numerics/index.ts'
import { discretiseSerialInterval } from '../reproduction/index.ts'
import { HUB_LEVELS, intervalCoverage } from '../scores/index.ts'
import {
  combineForecasts, dailyOverdispersion, dayOfWeekEffects, fitGrowthForecast, forecastAreas, forecastDampedTrend, forecastGrowth, forecastRenewal, growthSignals, holdImplausible, hubBaseline,
  intervalFactors, medianForecast, recalibrate, VIETNAM_2021, weekCount, weeksUpTo, weightsFromScores, type DailyCounts, type GrowthCoefficients, type GrowthExample, type Quantiles,
} from './index.ts'

const MIDDLE = 11
const constant = (count: number, days: number): number[] => Array.from({ length: days }, () => count)
const spread = (centre: number, ratio: number): Quantiles => HUB_LEVELS.map((level) => Math.expm1(Math.log1p(centre) + ratio * normalQuantile(level)))

describe('daily counts', () => {
  test('what cannot be the count of a day is held back', () => {
    expect(holdImplausible([3, 4, -2, 700, 5])).toEqual([3, 4, undefined, undefined, 5])
    // A hundred times a usual day, with the days after it judged by the days before.
    const wave = Array.from({ length: 40 }, (_, day) => (day === 30 ? 8100 : 60 + day))
    expect(holdImplausible(wave)[30]).toBeUndefined()
    expect(holdImplausible(wave).filter((count) => count === undefined)).toHaveLength(1)
    expect(() => holdImplausible([Number.NaN])).toThrow(RangeError)
  })

  test('weeks, with days unknown', () => {
    expect(weekCount([1, 1, undefined, 1, 1, 1, 1], 6)).toBe(7)
    expect(weekCount([1, undefined, undefined, undefined, undefined, 1, 1], 6)).toBeUndefined()
    expect(weekCount([1, 1, 1], 2)).toBeUndefined()
    expect(weeksUpTo(constant(1, 8), 7)).toEqual([7])
    expect(() => weekCount([1], 1)).toThrow(RangeError)
  })
})

describe('hub baseline', () => {
  test('one week: quantiles of the symmetrised changes around the last week; later weeks wider, the same median, never below 0', () => {
    const [one, two, three] = hubBaseline([10, 20, 15], 3, seededRandom(1)) as [Quantiles, Quantiles, Quantiles]
    expect(one[MIDDLE]).toBeCloseTo(15, 9)
    // ±10, ±5 of type 7: the 2.5 % quantile lies 0.075 of the way from −10 to −5.
    expect(one[1]).toBeCloseTo(15 - 10 + 0.075 * 5, 1)
    expect(one[21]).toBeCloseTo(15 + 10 - 0.075 * 5, 1)
    expect(two[MIDDLE]).toBeCloseTo(15, 9)
    expect((three[22] as number) - (three[0] as number)).toBeGreaterThan((two[22] as number) - (two[0] as number))
    expect(Math.min(...three)).toBe(0)
  })

  test('two weeks: the sum of two independent changes', () => {
    // Changes of ±10 alone: the sum is triangular over −20 … 20 after interpolation between the two; its quartiles are ±20(1 − √½).
    const [, two] = hubBaseline([1000, 1010], 2, seededRandom(3)) as [Quantiles, Quantiles]
    expect(Math.abs((two[16] as number) - 1010 - 20 * (1 - Math.SQRT1_2))).toBeLessThan(0.5)
  })

  test('nothing to go by: no forecast', () => {
    expect(hubBaseline([10], 1, seededRandom(1))).toBeUndefined()
    expect(hubBaseline([10, 20, undefined], 1, seededRandom(1))).toBeUndefined()
    expect(() => hubBaseline([10, 20], 0, seededRandom(1))).toThrow(RangeError)
  })
})

describe('days of the week', () => {
  test('effects and overdispersion are found in simulated reports', () => {
    const random = seededRandom(5)
    const effects = [1.2, 1.1, 1.1, 1, 1, 0.9, 0.7]
    const counts = Array.from({ length: 280 }, (_, day) => sampleNegativeBinomial(random, 200 * (effects[day % 7] as number), 20))
    const found = dayOfWeekEffects(counts, 279, 280)
    for (const [k, effect] of effects.entries()) expect(Math.abs((found[k] as number) - effect)).toBeLessThan(0.1)
    expect(found.reduce((sum, effect) => sum + effect, 0)).toBeCloseTo(7, 9)
    expect(Math.abs((dailyOverdispersion(counts, 279, 280, found) as number) - 1 / 20)).toBeLessThan(0.012)
  })

  test('constant counts have none of either; nothing known, nothing said', () => {
    expect(dayOfWeekEffects(constant(10, 28), 27, 28)).toEqual(new Float64Array(7).fill(1))
    expect(dailyOverdispersion(constant(10, 28), 27, 28, new Float64Array(7).fill(1))).toBe(0)
    expect(dayOfWeekEffects([1, undefined, 3], 2, 28)).toEqual(new Float64Array(7).fill(1))
    expect(dailyOverdispersion([1, undefined, 3], 2, 28, new Float64Array(7).fill(1))).toBeUndefined()
  })
})

describe('renewal forecast', () => {
  const serialInterval = discretiseSerialInterval(4.7, 2.9, 20)
  const options = { serialInterval, memoryDays: 5, reversionDays: 30, restingReproduction: 1, driftPerDay: 0.04, draws: 200 }
  const SIZE = 30

  /** An epidemic that is as the model says. */
  const simulate = (random: Random, days: number): { readonly counts: number[]; readonly reproduction: number[] } => {
    const infections: number[] = []
    const reproduction: number[] = []
    const counts: number[] = []
    let log = sampleNormal(random, 0, 0.15)
    for (let day = 0; day < days; day++) {
      log = 2 ** (-1 / options.reversionDays) * log + sampleNormal(random, 0, options.driftPerDay)
      let pressure = 0
      for (let s = 1; s <= 20; s++) pressure += (serialInterval[s] as number) * (infections[day - s] ?? 200)
      infections.push(Math.exp(log) * pressure)
      reproduction.push(Math.exp(log))
      counts.push(sampleNegativeBinomial(random, infections[day] as number, SIZE))
    }
    return { counts, reproduction }
  }

  test('simulated epidemics: 95 and 50 % intervals of all weeks hold what came about as often as they say', () => {
    const random = seededRandom(11)
    const scored = Array.from({ length: 100 }, (_, n) => {
      const { counts } = simulate(random, 84)
      const forecast = forecastRenewal(counts.slice(0, 56), 4, options, seededRandom(n))
      return (forecast?.weeks ?? []).map((values, w) => ({ levels: HUB_LEVELS, values, observed: weekCount(counts, 62 + 7 * w) as number }))
    }).flat()
    expect(scored).toHaveLength(400)
    expect(Math.abs((intervalCoverage(scored, 0.95) as number) - 0.95)).toBeLessThan(0.05)
    expect(Math.abs((intervalCoverage(scored, 0.5) as number) - 0.5)).toBeLessThan(0.1)
  })

  test('simulated epidemics of constant R: its posterior holds the truth', () => {
    const random = seededRandom(13)
    let inside = 0
    const epidemics = 200
    for (let n = 0; n < epidemics; n++) {
      const truth = 0.7 + 0.6 * random.uniform()
      const counts: number[] = []
      for (let day = 0; day < 50; day++) {
        let pressure = 0
        for (let s = 1; s <= 20; s++) pressure += (serialInterval[s] as number) * (counts[day - s] ?? (truth > 1 ? 30 : 900))
        counts.push(samplePoisson(random, truth * pressure))
      }
      const { mean, sd } = (forecastRenewal(counts, 1, { ...options, draws: 1 }, random) as { reproduction: { mean: number; sd: number } }).reproduction
      if (Math.abs(truth - mean) < 1.96 * sd) inside++
    }
    expect(inside / epidemics).toBeGreaterThan(0.9)
  })

  test('100 cases a day stay near 700 a week, and a day of the week that reports nothing is forecast to report little', () => {
    const steady = forecastRenewal(constant(100, 56), 2, options, seededRandom(1))
    expect(Math.abs((steady?.weeks[0]?.[MIDDLE] ?? 0) / 700 - 1)).toBeLessThan(0.06)
    const sundays = forecastRenewal(constant(100, 56).map((count, day) => (day % 7 === 6 ? 0 : count)), 1, options, seededRandom(1))
    expect(sundays?.days[6]?.[MIDDLE]).toBeLessThan(0.4 * (sundays?.days[2]?.[MIDDLE] ?? 0))
  })

  test('no cases, or few days: no forecast', () => {
    expect(forecastRenewal(constant(0, 56), 1, options, seededRandom(1))).toBeUndefined()
    expect(forecastRenewal(constant(9, 13), 1, options, seededRandom(1))).toBeUndefined()
    expect(() => forecastRenewal(constant(9, 20), 1, { ...options, serialInterval: [0.5, 0.5] }, seededRandom(1))).toThrow(RangeError)
  })
})

describe('damped trend', () => {
  const options = { level: 1, trend: 0.2, damping: 0.5, usualError: 0.5, usualWeeks: 16 }

  test('constant counts are forecast to stay, growing ones to grow, but less so', () => {
    expect(forecastDampedTrend([50, 50, 50, 50], 2, options)?.[1]?.[MIDDLE]).toBeCloseTo(50, 9)
    const growing = [10, 20, 40, 80, 160]
    const medians = forecastDampedTrend(growing, 3, options)?.map((quantiles) => quantiles[MIDDLE] as number) ?? []
    expect(medians[0]).toBeGreaterThan(160)
    expect((medians[2] as number) / (medians[1] as number)).toBeLessThan((medians[1] as number) / (medians[0] as number))
  })

  test('one week: the spread of usual and seen errors together', () => {
    // No error seen in one week: σ = 0.5, 16 degrees of freedom.
    const [one] = forecastDampedTrend([99], 1, options) as [Quantiles]
    expect(one[16]).toBeCloseTo(100 * Math.exp(0.5 * studentTQuantile(0.75, 16)) - 1, 9)
    expect(forecastDampedTrend([9, undefined], 1, options)).toBeUndefined()
  })
})

describe('growth forecast', () => {
  test('signals of one steady area', () => {
    const [signals] = growthSignals([constant(10, 14)], 13)
    expect(signals).toEqual({ lastWeek: 70, growth: expect.closeTo(0, 12), othersGrowth: 0, othersChange: 0, roughness: Math.log(1 / 11) / 2 })
  })

  test('signals of areas that double every week: slope ln 2, saturated; others drawn towards 0 by one', () => {
    const doubling = Array.from({ length: 14 }, (_, day) => 1e6 * 2 ** (day / 7))
    const [signals] = growthSignals([doubling, doubling, constant(0, 14)], 13)
    expect(signals?.growth).toBeCloseTo(Math.LN2 / Math.hypot(1, Math.LN2), 5)
    expect(signals?.othersChange).toBeCloseTo(Math.LN2 / 2, 5)
    expect(signals?.othersGrowth).toBeCloseTo((signals?.growth ?? 0) / 2, 9)
    expect(growthSignals([constant(5, 10)], 9)).toEqual([undefined])
  })

  test('quantiles of its worked example', () => {
    const none: GrowthCoefficients = { centre: [0, 0, 0, 0], spread: [0, 0, 0], skew: 0, degrees: 2 }
    const quantiles = forecastGrowth({ lastWeek: 9, growth: 0.3, othersGrowth: 0, othersChange: 0, roughness: 0 }, none)
    expect(quantiles[MIDDLE]).toBeCloseTo(9, 9)
    expect(quantiles[16]).toBeCloseTo(10 * Math.exp(studentTQuantile(0.75, 2)) - 1, 9)
    expect(studentTQuantile(0.75, 2)).toBeCloseTo(0.8165, 4)
  })

  test('coefficients are found again in examples drawn with them', () => {
    const random = seededRandom(17)
    const truth: GrowthCoefficients = { centre: [-0.1, 0.5, 0.3, 0], spread: [-0.6, 0, 0], skew: 0, degrees: 100 }
    const examples = Array.from({ length: 300 }, (): GrowthExample => {
      const signals = {
        lastWeek: Math.exp(6 + 3 * random.uniform()), growth: sampleNormal(random, 0, 0.6), othersGrowth: sampleNormal(random, 0, 0.5), othersChange: sampleNormal(random, 0, 0.5), roughness: -1 + random.uniform(),
      }
      const centre = Math.log1p(signals.lastWeek) - 0.1 + 0.5 * signals.growth + 0.3 * signals.othersGrowth
      return { signals, observed: Math.expm1(centre + sampleNormal(random, 0, Math.exp(-0.6))), usualChange: 0.5 * signals.lastWeek }
    })
    const { centre, spread: spreads } = fitGrowthForecast(examples)
    for (const [i, value] of truth.centre.entries()) expect(Math.abs((centre[i] as number) - value)).toBeLessThan(0.12)
    // At the middle of the signals.
    expect(Math.abs(spreads[0] + spreads[1] * 1800 ** -0.25 - 0.5 * spreads[2] - -0.6)).toBeLessThan(0.15)
    expect(() => fitGrowthForecast([])).toThrow(RangeError)
  })
})

describe('ensemble', () => {
  test('weighted mean of logs, median, weights from scores', () => {
    expect(combineForecasts([spread(9, 0), spread(99, 0)])[MIDDLE]).toBeCloseTo(Math.sqrt(1000) - 1, 9)
    expect(combineForecasts([spread(9, 0.2), spread(99, 0.9)], [1, 0])).toEqual(spread(9, 0.2).map((value) => expect.closeTo(value, 9)))
    expect(medianForecast([spread(1, 0), spread(5, 0), spread(900, 0)])[3]).toBeCloseTo(5, 9)
    expect(weightsFromScores([1, 2], 2)).toEqual([0.8, 0.2])
    expect(weightsFromScores([1, undefined, 1], 1)).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(() => combineForecasts([])).toThrow(RangeError)
    expect(() => combineForecasts([spread(9, 0)], [0])).toThrow(RangeError)
    expect(() => weightsFromScores([0], 1)).toThrow(RangeError)
  })
})

describe('recalibration', () => {
  test('factors of 1 change nothing, larger ones widen on the log scale', () => {
    const forecast = spread(99, 0.5)
    expect(recalibrate(forecast, new Float64Array(11).fill(1))).toEqual(forecast.map((value) => expect.closeTo(value, 9)))
    const twice = recalibrate(forecast, new Float64Array(11).fill(2))
    expect(twice[22]).toBeCloseTo((100 * (((forecast[22] as number) + 1) / 100) ** 2) - 1, 6)
    expect(twice[MIDDLE]).toBeCloseTo(99, 9)
    expect(() => recalibrate(forecast, new Float64Array(3))).toThrow(RangeError)
  })

  test('without a past: the prior', () => {
    expect([...intervalFactors([])]).toEqual([1.15, 1.15, 1.15, 1, 1, 1, 1, 1, 1, 1, 1])
  })

  test('forecasts half as wide as they should be: factors near 2, and right coverage afterwards', () => {
    const random = seededRandom(23)
    const draw = (): { quantiles: Quantiles; observed: number } => ({ quantiles: spread(500, 0.25), observed: Math.expm1(Math.log1p(500) + sampleNormal(random, 0, 0.5)) })
    const factors = intervalFactors(Array.from({ length: 1000 }, draw))
    for (const factor of factors) expect(Math.abs(factor - 2)).toBeLessThan(0.25)
    const later = Array.from({ length: 1000 }, draw).map(({ quantiles, observed }) => ({ levels: HUB_LEVELS, values: recalibrate(quantiles, factors), observed }))
    expect(Math.abs((intervalCoverage(later, 0.95) as number) - 0.95)).toBeLessThan(0.04)
    expect(Math.abs((intervalCoverage(later, 0.5) as number) - 0.5)).toBeLessThan(0.06)
  })

  test('its worked example: 100 forecasts that end where what came lies, at 95 %', () => {
    const quantiles = spread(99, 0.5)
    const factors = intervalFactors(Array.from({ length: 100 }, () => ({ quantiles, observed: quantiles[21] as number })))
    expect(factors[1]).toBeCloseTo(Math.sqrt(1.15), 9)
  })
})

describe('areas together', () => {
  const options = { ...VIETNAM_2021, renewal: { ...VIETNAM_2021.renewal, draws: 100 }, seed: 1 }
  const random = seededRandom(29)
  const areas: DailyCounts[] = Array.from({ length: 4 }, (_, i) => Array.from({ length: 60 }, () => samplePoisson(random, 100 * (i + 1))))

  test('steady areas stay; an area without cases has no forecast; the same seed says the same', () => {
    const [first, , , , none] = forecastAreas([...areas, constant(0, 60)], 59, options)
    expect(Math.abs((first?.weeks[0]?.[MIDDLE] ?? 0) / 700 - 1)).toBeLessThan(0.2)
    expect(first?.weeks).toHaveLength(4)
    expect(none).toBeUndefined()
    expect(forecastAreas([...areas, constant(0, 60)], 59, options)[0]).toEqual(first)
  })

  test('later days change nothing', () => {
    const later = areas.map((counts) => counts.map((count, day) => (day > 40 ? 9999 : count)))
    expect(forecastAreas(later, 40, options)).toEqual(forecastAreas(areas.map((counts) => counts.slice(0, 41)), 40, options))
    expect(() => forecastAreas(areas, 40, { ...options, seed: 0.5 })).toThrow(RangeError)
  })

  test('quantiles never cross and never fall below 0', () => {
    for (const forecast of forecastAreas(areas, 59, options)) {
      for (const quantiles of forecast?.weeks ?? []) {
        expect(Math.min(...quantiles)).toBeGreaterThanOrEqual(0)
        for (let i = 1; i < quantiles.length; i++) expect(quantiles[i] as number).toBeGreaterThanOrEqual(quantiles[i - 1] as number)
      }
    }
  })
})

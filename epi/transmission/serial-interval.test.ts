import { describe, expect, test } from 'vitest'
import { daysDistribution, fitSerialInterval, fitSerialIntervalCensored, fitSerialIntervalOfClusters, indexCaseIntervals, seededRandom, type CensoredPair } from '../index.ts'

const repeat = <T>(pairs: readonly (readonly [number, T])[]): T[] => pairs.flatMap(([times, value]) => Array.from({ length: times }, () => value))

describe('exact pairs', () => {
  test('normal: the mean and the root mean square deviation; profile limits in closed form', () => {
    const days = [3, 5, 7, 9]
    const fit = fitSerialInterval(days, 'normal')
    expect(fit?.meanDays).toBeCloseTo(6, 6)
    expect(fit?.sdDays).toBeCloseTo(Math.sqrt(5), 6)
    // Profile of μ: n log(1 + (x̄ − μ)²/s²) = χ².
    const reach = Math.sqrt(5 * Math.expm1(3.841458820694124 / 4))
    expect(fit?.meanInterval.lower).toBeCloseTo(6 - reach, 5)
    expect(fit?.meanInterval.upper).toBeCloseTo(6 + reach, 5)
  })
  test('gamma and lognormal as R’s MASS::fitdistr 7.3', () => {
    const days = [1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 12, 14]
    const gamma = fitSerialInterval(days, 'gamma')
    expect(gamma?.logLikelihood).toBeCloseTo(-40.3743817064, 8)
    expect((gamma?.meanDays as number) ** 2 / (gamma?.sdDays as number) ** 2).toBeCloseTo(2.46327, 4)
    expect((gamma?.meanDays as number) / (gamma?.sdDays as number) ** 2).toBeCloseTo(0.447867, 4)
    const lognormal = fitSerialInterval(days, 'lognormal')
    expect(lognormal?.logLikelihood).toBeCloseTo(-40.4066615094, 8)
    expect(lognormal?.meanDays).toBeCloseTo(Math.exp(1.488243468183 + 0.68265500985 ** 2 / 2), 4)
    expect(lognormal?.aic).toBeGreaterThan(gamma?.aic as number)
  })
  test('Hong Kong 2020, 142 pairs, one infectee before the infector: only the normal family can', () => {
    // Adam et al. (2020), Nat Med 26:1714–1719, published pairs: [how often, days].
    const days = repeat([[1, -1], [6, 0], [6, 1], [18, 2], [20, 3], [28, 4], [4, 5], [3, 6], [11, 7], [8, 8], [15, 9], [3, 10], [3, 11], [6, 12], [3, 13], [1, 14], [3, 15], [1, 16], [1, 20], [1, 29]] as const)
    const fit = fitSerialInterval(days, 'normal')
    expect(days).toHaveLength(142)
    expect(fit?.meanDays).toBeCloseTo(5.809859, 5)
    expect(fit?.sdDays).toBeCloseTo(4.432487, 5)
    expect(() => fitSerialInterval(days, 'gamma')).toThrow(RangeError)
  })
  test('one value only; too few; nonsense', () => {
    expect(fitSerialInterval([4, 4, 4], 'normal')).toBeUndefined()
    expect(() => fitSerialInterval([4], 'normal')).toThrow(RangeError)
    expect(() => fitSerialInterval([4, Number.NaN], 'normal')).toThrow(RangeError)
  })
})

describe('pairs known to the day', () => {
  const pair = (infectorTo: number, infecteeFrom: number, infecteeTo: number): CensoredPair => ({ infectorFrom: 0, infectorTo, infecteeFrom, infecteeTo })
  // Lessler et al. (2009), Lancet Infect Dis 9:291–300: incubation periods of influenza A as [how often, windows of exposure and onset in days].
  const INFLUENZA = repeat<CensoredPair>([
    [30, pair(0, 13 / 24, 1)], [5, pair(0, 0.75, 1)], [10, pair(0, 25 / 24, 1.5)], [1, pair(0, 1.125, 41 / 24)], [11, pair(0, 1.5, 2)], [13, pair(0, 37 / 24, 2)], [1, pair(0, 41 / 24, 41 / 24)],
    [3, pair(0, 49 / 24, 2.5)], [1, pair(0, 65 / 24, 65 / 24)], [2, pair(1 / 6, 44.5 / 24, 1.875)], [1, pair(0.5, 1, 1.5)], [15, pair(0.5, 1.5, 2)], [7, pair(0.5, 2, 2.5)], [13, pair(0.5, 2.5, 3)],
    [1, pair(0.5, 3, 3.5)], [8, pair(1, 1, 2)], [5, pair(1, 2, 3)], [7, pair(1, 2, 4)], [4, pair(1, 3, 4)], [2, pair(1, 4, 5)], [5, pair(2, 2, 3)], [2, pair(2, 3, 4)], [2, pair(3, 3, 4)],
    [1, pair(3, 5, 6)], [1, pair(4, 4, 5)],
  ])
  // That package leaves the density of the first event, 1/width, out of the likelihood.
  const WIDTHS = INFLUENZA.reduce((sum, { infectorFrom, infectorTo }) => sum + (infectorTo > infectorFrom ? Math.log(infectorTo - infectorFrom) : 0), 0)
  test('influenza A incubation, lognormal: R’s coarseDataTools 0.6 (Reich et al. 2009) median 1.462, dispersion 1.528', () => {
    expect(INFLUENZA).toHaveLength(151)
    const fit = fitSerialIntervalCensored(INFLUENZA, 'lognormal')
    const variance = Math.log1p((fit.sdDays / fit.meanDays) ** 2)
    expect(Math.exp(Math.log(fit.meanDays) - variance / 2)).toBeCloseTo(1.462, 3)
    expect(Math.exp(Math.sqrt(variance))).toBeCloseTo(1.528, 3)
    expect(fit.logLikelihood + WIDTHS).toBeCloseTo(-262.217990822, 5)
  })
  test('as gamma: shape 5.878, scale 0.271, and the better fit', () => {
    const fit = fitSerialIntervalCensored(INFLUENZA, 'gamma')
    expect((fit.meanDays / fit.sdDays) ** 2).toBeCloseTo(5.878, 2)
    expect(fit.sdDays ** 2 / fit.meanDays).toBeCloseTo(0.271, 3)
    expect(fit.logLikelihood + WIDTHS).toBeCloseTo(-261.517450168, 5)
  })
  test('exact windows are exact pairs', () => {
    const days = [1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 12, 14]
    const exact = fitSerialInterval(days, 'gamma')
    const censored = fitSerialIntervalCensored(days.map((day) => ({ infectorFrom: 10, infectorTo: 10, infecteeFrom: 10 + day, infecteeTo: 10 + day })), 'gamma')
    expect(censored.meanDays).toBeCloseTo(exact?.meanDays as number, 4)
    expect(censored.logLikelihood).toBeCloseTo(exact?.logLikelihood as number, 8)
  })
  test('onsets known to the day hide a triangle of time: its variance, 1/6, comes off', () => {
    const days = repeat([[1, -3], [4, -1], [9, 1], [16, 3], [22, 4], [16, 5], [9, 7], [4, 9], [1, 11]] as const)
    const exact = fitSerialInterval(days, 'normal')
    const censored = fitSerialIntervalCensored(days.map((day) => ({ infectorFrom: 0, infectorTo: 1, infecteeFrom: day, infecteeTo: day + 1 })), 'normal')
    expect(censored.meanDays).toBeCloseTo(exact?.meanDays as number, 1)
    expect(censored.sdDays ** 2).toBeCloseTo((exact?.sdDays as number) ** 2 - 1 / 6, 1)
  })
  test('windows that cannot be', () => {
    expect(() => fitSerialIntervalCensored([pair(0, 2, 1), pair(0, 1, 2)], 'normal')).toThrow(RangeError)
    expect(() => fitSerialIntervalCensored([pair(1, -2, -1), pair(0, 1, 2)], 'gamma')).toThrow(RangeError)
  })
})

test('G′ = F for each family', () => {
  for (const family of ['normal', 'gamma', 'lognormal'] as const) {
    const days = daysDistribution(family, 5, 3)
    for (const x of [0.5, 2, 5, 11]) expect((days.cdfIntegral(x + 1e-5) - days.cdfIntegral(x - 1e-5)) / 2e-5).toBeCloseTo(days.cdf(x), 8)
  }
})

describe('clusters without infectors', () => {
  test('intervals from the index case', () => {
    expect(indexCaseIntervals([[5, 3, 9, 20], [7], [1, 1]], 3)).toEqual([2, 6, 0])
  })
  test('when all are infected by the index case the mixture finds their mean', () => {
    const direct = repeat([[2, 3], [6, 4], [14, 5], [6, 6], [2, 7]] as const)
    const fit = fitSerialIntervalOfClusters(direct, seededRandom(1), { samples: 50 })
    expect(fit?.meanDays).toBeCloseTo(5, 1)
    expect((fit?.meanInterval.lower as number) < 5 && (fit?.meanInterval.upper as number) > 5).toBe(true)
  })
  test('negative or broken days are refused', () => {
    expect(() => fitSerialIntervalOfClusters([1, -2], seededRandom(1))).toThrow(RangeError)
    expect(() => fitSerialIntervalOfClusters([1], seededRandom(1))).toThrow(RangeError)
  })
})

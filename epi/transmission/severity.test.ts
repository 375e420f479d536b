import { describe, expect, test } from 'vitest'
import { delayAdjustedFatality, exactInterval, gammaCdf, jeffreysInterval, screeningEffectiveness, testNegativeEffectiveness, wilsonInterval } from '../index.ts'

// Ebola, Yambuku 1976, by day from 25 August (Camacho et al. 2014, Epidemics 9:70–78).
const CASES = [1,0,0,0,0,0,0,1,1,1,4,1,1,3,2,7,9,4,8,9,8,9,6,6,3,8,10,5,16,12,11,11,7,7,4,4,3,7,2,3,8,5,7,5,2,3,4,3,6,2,1,0,0,0,1,1,2,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0]
const DEATHS = [0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,2,1,3,1,2,1,8,4,3,5,8,6,6,10,3,7,8,11,7,13,12,9,9,7,6,8,6,2,6,4,3,2,6,4,6,7,7,2,4,1,1,4,1,1,0,0,0,2,0,2,1,0,0,0,0,0,0,1]
/** Onset to death, Barry et al. (2018), Lancet 392:213–221: gamma, shape 2.4, scale 3.333. */
const delay = Float64Array.from({ length: 60 }, (_, d) => gammaCdf(d + 1, 2.4, 1 / 3.333) - gammaCdf(d, 2.4, 1 / 3.333))

describe('delay-adjusted fatality', () => {
  test('worked example of the epiverse tutorial: U = 6.1 of 9', () => {
    const found = delayAdjustedFatality({ cases: [3, 1, 3, 2], deaths: [0, 0, 0, 1], delay: [0.2, 0.4, 0.3, 0.1] })
    expect(found?.underestimation).toBeCloseTo(6.1 / 9, 12)
    expect(found?.crude).toBeCloseTo(1 / 9, 12)
    expect(found?.adjusted).toBeCloseTo(1 / 6.1, 12)
  })
  test('Ebola 1976, first 30 days: crude 0.474 (0.388–0.562) as R’s cfr, adjusted for the delay close to the end’s', () => {
    const found = delayAdjustedFatality({ cases: CASES.slice(0, 30), deaths: DEATHS.slice(0, 30), delay })
    expect(found?.crude).toBeCloseTo(0.4740741, 7)
    expect(found?.crudeInterval.lower).toBeCloseTo(0.3875497, 7)
    expect(found?.crudeInterval.upper).toBeCloseTo(0.5617606, 7)
    // scipy 1.17: 71.6814 known outcomes, binomial likelihood on a grid of 1e-4. The whole outbreak ended at 0.955.
    expect(found?.adjusted).toBeCloseTo(64 / 71.68135585, 8)
    expect(found?.adjustedInterval.lower).toBeCloseTo(0.8078, 3)
    expect(found?.adjustedInterval.upper).toBeCloseTo(0.9504, 3)
  })
  test('Ebola 1976, the whole outbreak: 0.955 (0.921–0.977), and the delay no longer matters', () => {
    const found = delayAdjustedFatality({ cases: CASES, deaths: DEATHS, delay })
    expect(found?.crude).toBeCloseTo(0.955102, 6)
    expect(found?.crudeInterval.lower).toBeCloseTo(0.9210866, 7)
    expect(found?.crudeInterval.upper).toBeCloseTo(0.9773771, 7)
    expect(found?.underestimation).toBeGreaterThan(0.995)
    expect(found?.adjusted).toBeCloseTo(0.955, 1)
  })
  test('in exponential growth the underestimation is the delay’s Laplace transform (Nishiura et al. 2009)', () => {
    const cases = Array.from({ length: 200 }, (_, t) => Math.exp(0.1 * t))
    const found = delayAdjustedFatality({ cases, deaths: cases.map((count) => count * 0.01), delay })
    // Sums over days against the integral (1 + r·scale)^−shape: half a day apart.
    expect(Math.log(found?.underestimation as number)).toBeCloseTo(-2.4 * Math.log(1 + 0.1 * 3.333) + 0.05, 2)
  })
  test('no cases, no known outcome, more deaths than outcomes, nonsense', () => {
    expect(delayAdjustedFatality({ cases: [], deaths: [], delay: [1] })).toBeUndefined()
    expect(delayAdjustedFatality({ cases: [4], deaths: [0], delay: [0, 1] })).toBeUndefined()
    const young = delayAdjustedFatality({ cases: [10, 100], deaths: [0, 20], delay: [0.1, 0.3, 0.6] })
    expect([young?.adjusted, young?.adjustedInterval.upper]).toEqual([1, 1])
    expect(young?.adjustedInterval.lower).toBeCloseTo(Math.exp(-3.841458820694124 / 2 / 20), 6)
    expect(delayAdjustedFatality({ cases: [50], deaths: [0], delay: [1] })).toMatchObject({ adjusted: 0, adjustedInterval: { lower: 0 } })
    expect(() => delayAdjustedFatality({ cases: [1], deaths: [2], delay: [1] })).toThrow(RangeError)
    expect(() => delayAdjustedFatality({ cases: [1], deaths: [0], delay: [0.7, 0.7] })).toThrow(RangeError)
    expect(() => delayAdjustedFatality({ cases: [1, 2], deaths: [0], delay: [1] })).toThrow(RangeError)
  })
})

describe('vaccine effectiveness', () => {
  test('screening: coverage 90 % and 47 % of cases vaccinated are 90 % (Orenstein et al. 1985)', () => {
    const found = screeningEffectiveness([{ cases: 100, vaccinatedCases: 47, coverage: 0.9 }])
    expect(found?.effectiveness).toBeCloseTo(1 - 47 / 53 / 9, 12)
    // Wald of logit PCV: 1/v + 1/(n − v).
    expect(found?.interval.lower).toBeCloseTo(1 - (47 / 53 / 9) * Math.exp(1.959963984540054 * Math.sqrt(1 / 47 + 1 / 53)), 10)
  })
  test('screening over strata: R’s glm(binomial) with offset logit PPV gives 0.8712 (0.8298–0.9025)', () => {
    const found = screeningEffectiveness([
      { cases: 100, vaccinatedCases: 47, coverage: 0.9 }, { cases: 80, vaccinatedCases: 30, coverage: 0.8 }, { cases: 50, vaccinatedCases: 12, coverage: 0.6 },
    ])
    expect(found?.effectiveness).toBeCloseTo(0.871158750694, 10)
    expect(found?.interval.lower).toBeCloseTo(0.829818595028, 9)
    expect(found?.interval.upper).toBeCloseTo(0.902456631349, 9)
  })
  test('screening: a vaccine that does nothing; no vaccinated case; nonsense', () => {
    expect(screeningEffectiveness([{ cases: 10, vaccinatedCases: 8, coverage: 0.8 }])?.effectiveness).toBeCloseTo(0, 10)
    expect(screeningEffectiveness([{ cases: 10, vaccinatedCases: 0, coverage: 0.8 }])).toBeUndefined()
    expect(() => screeningEffectiveness([{ cases: 10, vaccinatedCases: 11, coverage: 0.8 }])).toThrow(RangeError)
    expect(() => screeningEffectiveness([{ cases: 10, vaccinatedCases: 1, coverage: 1 }])).toThrow(RangeError)
  })

  // Bickel, Hammel & O'Connell (1975), Science 187:398–404: admissions by department; R's mantelhaen.test(UCBAdmissions) gives 0.9047 (0.7719–1.0603).
  const departments = [[512, 89, 313, 19], [353, 17, 207, 8], [120, 202, 205, 391], [138, 131, 279, 244], [53, 94, 138, 299], [22, 24, 351, 317]]
    .map(([a = 0, b = 0, c = 0, d = 0]) => ({ vaccinatedPositive: a, unvaccinatedPositive: b, vaccinatedNegative: c, unvaccinatedNegative: d }))
  test('test-negative, stratified: Mantel–Haenszel with the variance of Robins, Breslow and Greenland', () => {
    const found = testNegativeEffectiveness(departments)
    expect(found?.oddsRatio).toBeCloseTo(0.904696828259, 11)
    expect(1 - (found?.interval.upper as number)).toBeCloseTo(0.771907361759, 10)
    expect(1 - (found?.interval.lower as number)).toBeCloseTo(1.060329764437, 10)
  })
  test('test-negative, one stratum: the odds ratio with Woolf’s interval', () => {
    const found = testNegativeEffectiveness([{ vaccinatedPositive: 20, unvaccinatedPositive: 80, vaccinatedNegative: 300, unvaccinatedNegative: 200 }])
    expect(found?.oddsRatio).toBeCloseTo(1 / 6, 12)
    expect(found?.effectiveness).toBeCloseTo(5 / 6, 12)
    expect(found?.interval.lower).toBeCloseTo(1 - Math.exp(Math.log(1 / 6) + 1.959963984540054 * Math.sqrt(1 / 20 + 1 / 80 + 1 / 300 + 1 / 200)), 10)
  })
  test('test-negative: empty strata count nothing, an empty sum has no ratio', () => {
    const none = { vaccinatedPositive: 0, unvaccinatedPositive: 0, vaccinatedNegative: 0, unvaccinatedNegative: 0 }
    expect(testNegativeEffectiveness([...departments, none])).toEqual(testNegativeEffectiveness(departments))
    expect(testNegativeEffectiveness([none])).toBeUndefined()
    expect(() => testNegativeEffectiveness([{ ...none, vaccinatedPositive: -1 }])).toThrow(RangeError)
  })
})

describe('intervals of proportions', () => {
  test('Wilson: Newcombe (1998), table I', () => {
    for (const [count, total, lower, upper] of [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]] as const) {
      expect(wilsonInterval(count, total).lower).toBeCloseTo(lower, 4)
      expect(wilsonInterval(count, total).upper).toBeCloseTo(upper, 4)
    }
  })
  test('Clopper–Pearson: Newcombe (1998), table I', () => {
    for (const [count, total, lower, upper] of [[81, 263, 0.2527, 0.3676], [15, 148, 0.0578, 0.1617], [0, 20, 0, 0.1684], [1, 29, 0.0009, 0.1776]] as const) {
      expect(exactInterval(count, total).lower).toBeCloseTo(lower, 4)
      expect(exactInterval(count, total).upper).toBeCloseTo(upper, 4)
    }
  })
  test('Jeffreys: quantiles of a beta distribution (scipy 1.17)', () => {
    expect(jeffreysInterval(1, 10).lower).toBeCloseTo(0.0110117, 6)
    expect(jeffreysInterval(1, 10).upper).toBeCloseTo(0.3813148, 6)
    expect(jeffreysInterval(0, 10).lower).toBe(0)
    expect(jeffreysInterval(10, 10).upper).toBe(1)
    expect(() => jeffreysInterval(1, 0)).toThrow(RangeError)
  })
})

import { describe, expect, test } from 'vitest'
import { normalCdf, normalQuantile, samplePoisson, seededRandom, poissonCdf } from '../numerics/index.ts'
import {
  biasOfQuantiles, biasOfSample, crpsOfQuantiles, crpsOfSample, HUB_LEVELS, intervalCoverage, logWeightedIntervalScore, pairwiseRelativeSkill, pitHistogram, quantileAt, randomisedPit,
  randomisedPitOfSample, relativeScore, weightedIntervalScore,
} from './index.ts'

const NORMAL = HUB_LEVELS.map((level) => normalQuantile(level))

describe('weighted interval score', () => {
  test('its worked example, in parts', () => {
    const { score, dispersion, overprediction, underprediction } = weightedIntervalScore([0.25, 0.5, 0.75], [8, 10, 14], 17)
    expect(score).toBeCloseTo(16 / 3, 12)
    expect(dispersion).toBeCloseTo(1, 12)
    expect(overprediction).toBe(0)
    expect(underprediction).toBeCloseTo(13 / 3, 12)
  })

  test('with the median alone it is the absolute error', () => {
    expect(weightedIntervalScore([0.5], [12], 7).score).toBe(5)
  })

  test('with a single interval it is the interval score of Gneiting and Raftery (2007, eq. 43) beside the median', () => {
    // 80 % interval 2 … 9, median 4, 11 observed: S = 7 + 2/0.2·2 = 27; WIS = (½·7 + 0.1·27)/1.5.
    expect(weightedIntervalScore([0.1, 0.5, 0.9], [2, 4, 9], 11).score).toBeCloseTo((3.5 + 2.7) / 1.5, 12)
  })

  test('of logs: a certain 99 where 9 came', () => {
    expect(logWeightedIntervalScore([0.5], [99], 9).score).toBeCloseTo(Math.log(10), 12)
  })

  test('what is no forecast is refused', () => {
    expect(() => weightedIntervalScore([0.25, 0.75], [1, 2], 1)).toThrow(RangeError)
    expect(() => weightedIntervalScore([0.2, 0.5, 0.75], [1, 2, 3], 1)).toThrow(RangeError)
    expect(() => weightedIntervalScore([0.25, 0.5, 0.75], [1, 3, 2], 1)).toThrow(RangeError)
    expect(() => logWeightedIntervalScore([0.5], [-1], 1)).toThrow(RangeError)
  })
})

describe('continuous ranked probability score', () => {
  /** Gneiting and Raftery (2007), eq. 5: CRPS of a standard normal forecast. */
  const ofNormal = (y: number): number => y * (2 * normalCdf(y) - 1) + (2 * Math.exp((-y * y) / 2)) / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI)

  test('worked examples', () => {
    expect(crpsOfSample([1, 2, 3, 4], 2.5)).toBeCloseTo(0.375, 12)
    expect(crpsOfSample([5], 2)).toBe(3)
    expect(crpsOfQuantiles([0.25, 0.75], [0, 1], 0.5)).toBeCloseTo((2 * (0.5 ** 3 - 0.25 ** 3)) / 3 / 0.5, 12)
    expect(crpsOfQuantiles([0.5], [5], 2)).toBe(3)
  })

  test.each([-1.7, 0, 0.4, 2.5])('draws and quantiles of a standard normal forecast, %d observed', (y) => {
    const levels = Array.from({ length: 1999 }, (_, i) => (i + 1) / 2000)
    const quantiles = levels.map((level) => normalQuantile(level))
    expect(Math.abs(crpsOfSample(quantiles, y) - ofNormal(y))).toBeLessThan(1e-3)
    expect(Math.abs(crpsOfQuantiles(levels, quantiles, y) - ofNormal(y))).toBeLessThan(1e-3)
    // The WIS of the hubs' levels, which lie closer in the tails, is near it.
    expect(Math.abs(weightedIntervalScore(HUB_LEVELS, NORMAL, y).score / ofNormal(y) - 1)).toBeLessThan(0.15)
  })

  test('draws that are none are refused', () => {
    expect(() => crpsOfSample([], 1)).toThrow(RangeError)
    expect(() => crpsOfSample([1, Number.NaN], 1)).toThrow(RangeError)
  })
})

describe('calibration', () => {
  test('coverage of a central interval, ends included', () => {
    const forecast = (observed: number) => ({ levels: [0.25, 0.5, 0.75], values: [8, 10, 14], observed })
    expect(intervalCoverage([forecast(7), forecast(12)], 0.5)).toBe(0.5)
    expect(intervalCoverage([forecast(8), forecast(14)], 0.5)).toBe(1)
    expect(intervalCoverage([], 0.5)).toBeUndefined()
    expect(() => intervalCoverage([forecast(8)], 0.95)).toThrow(RangeError)
  })

  test('bias', () => {
    expect(biasOfSample([1, 2, 3, 4], 4)).toBe(-0.75)
    expect(biasOfSample([1, 2, 3, 4], 0)).toBe(1)
    expect(biasOfQuantiles([0.25, 0.5, 0.75], [8, 10, 14], 12)).toBe(-0.5)
    expect(biasOfQuantiles([0.25, 0.5, 0.75], [8, 10, 14], 15)).toBe(-1)
    expect(biasOfQuantiles([0.25, 0.5, 0.75], [8, 10, 14], 9)).toBe(0.5)
    expect(biasOfQuantiles([0.25, 0.5, 0.75], [8, 10, 14], 3)).toBe(1)
    expect(biasOfQuantiles([0.25, 0.5, 0.75], [8, 10, 14], 10)).toBe(0)
  })

  test('the randomised transform of counts is uniform where the forecast is right, and heaped in the middle where it is too wide', () => {
    const random = seededRandom(7)
    const right: number[] = []
    const wide: number[] = []
    const draws = Float64Array.from({ length: 500 }, () => samplePoisson(random, 3))
    const fromDraws: number[] = []
    for (let n = 0; n < 4000; n++) {
      const count = samplePoisson(random, 3)
      right.push(randomisedPit(poissonCdf(count, 3), count === 0 ? 0 : poissonCdf(count - 1, 3), random))
      fromDraws.push(randomisedPitOfSample(draws, count, random))
      // A forecast four times as wide: counts of mean 12 taken by threes.
      const at = (k: number): number => (k < 0 ? 0 : normalCdf(k + 0.5, 3, 2 * Math.sqrt(3)))
      wide.push(randomisedPit(at(count), at(count - 1), random))
    }
    for (const share of pitHistogram(right, 10) as Float64Array) expect(Math.abs(share - 0.1)).toBeLessThan(0.02)
    for (const share of pitHistogram(fromDraws, 5) as Float64Array) expect(Math.abs(share - 0.2)).toBeLessThan(0.05)
    const shares = pitHistogram(wide, 10) as Float64Array
    expect((shares[0] as number) + (shares[9] as number)).toBeLessThan(0.05)
  })

  test('histogram', () => {
    expect(pitHistogram([0.1, 0.2, 0.9, 1], 2)).toEqual(Float64Array.of(0.5, 0.5))
    expect(pitHistogram([], 4)).toBeUndefined()
    expect(() => pitHistogram([1.2], 4)).toThrow(RangeError)
    expect(() => randomisedPit(0.2, 0.4, seededRandom(1))).toThrow(RangeError)
  })

  test('quantiles between levels', () => {
    expect(quantileAt([0.25, 0.75], [10, 20], 0.5)).toBe(15)
    expect(quantileAt([0.25, 0.75], [10, 20], 0.1)).toBe(10)
    expect(quantileAt([0.25, 0.75], [10, 20], 0.9)).toBe(20)
  })
})

describe('against a baseline', () => {
  test('ratio of mean scores over the targets both forecast', () => {
    expect(relativeScore([2, 4, undefined], [4, 8, 1])).toBe(0.5)
    expect(relativeScore([undefined], [1])).toBeUndefined()
    expect(() => relativeScore([1], [1, 2])).toThrow(RangeError)
  })

  test('pairwise: worked by hand for three models, one of which forecast little', () => {
    // θ_ab = 6/12, θ_ac = 4/2 (second target alone), θ_bc = 8/2.
    const [a, b, c] = pairwiseRelativeSkill([[2, 4], [4, 8], [undefined, 2]], 1)
    const theta = { a: Math.cbrt(0.5 * 2), b: Math.cbrt(2 * 4), c: Math.cbrt(0.5 * 0.25) }
    expect(a).toBeCloseTo(theta.a / theta.b, 12)
    expect(b).toBe(1)
    expect(c).toBeCloseTo(theta.c / theta.b, 12)
  })

  test('two models: the ratio itself; no shared target: nothing', () => {
    expect(pairwiseRelativeSkill([[2, 4], [4, 8]], 1)).toEqual([0.5, 1])
    expect(pairwiseRelativeSkill([[2, undefined], [undefined, 8]], 1)).toEqual([undefined, 1])
    expect(() => pairwiseRelativeSkill([[1]], 3)).toThrow(RangeError)
  })
})

import { describe, expect, test } from 'vitest'
import { advantagePerGeneration, lineageGrowth, lineageShareAt, lineageShares } from '../index.ts'

// Agresti (2007), An Introduction to Categorical Data Analysis, 2nd ed., table 6.1: length in metres and primary food (Fish, Invertebrates, Other) of 59 alligators of Lake George.
const ALLIGATORS = `1.24I 1.30I 1.30I 1.32F 1.32F 1.40F 1.42I 1.42F 1.45I 1.45O 1.47I 1.47F 1.50I 1.52I 1.55I 1.60I 1.63I 1.65O 1.65I 1.65F 1.65F 1.68F 1.70I 1.73O 1.78I 1.78I 1.78O 1.80I 1.80F
1.85F 1.88I 1.93I 1.98I 2.03F 2.03F 2.16F 2.26F 2.31F 2.31F 2.36F 2.36F 2.39F 2.41F 2.44F 2.46F 2.56O 2.67F 2.72I 2.79F 2.84F 3.25O 3.28O 3.33F 3.56F 3.58F 3.66F 3.68O 3.71F 3.89F`.split(/\s+/)

describe('growth advantage', () => {
  test('one covariate, three categories: Agresti’s 1.618 − 0.110 x and 5.697 − 2.465 x, standard errors 0.517 and 0.900', () => {
    const found = lineageGrowth({ days: ALLIGATORS.map((one) => Number(one.slice(0, -1))), counts: ALLIGATORS.map((one) => ['F', 'I', 'O'].map((food) => (one.endsWith(food) ? 1 : 0))), reference: 2 })
    expect(found?.lineages[0]?.intercept).toBeCloseTo(1.618, 3)
    expect(found?.lineages[0]?.perDay).toBeCloseTo(-0.11, 3)
    expect(found?.lineages[0]?.standardError).toBeCloseTo(0.517, 3)
    expect(found?.lineages[1]?.intercept).toBeCloseTo(5.697, 3)
    expect(found?.lineages[1]?.perDay).toBeCloseTo(-2.465, 3)
    expect(found?.lineages[1]?.standardError).toBeCloseTo(0.9, 3)
    expect(found?.lineages[2]).toEqual({ perDay: 0, standardError: 0, interval: { lower: 0, upper: 0 }, intercept: 0 })
  })

  const days = [0, 7, 14, 21, 28, 35, 42, 49, 56]
  const counts = [[116, 3, 1], [115, 13, 2], [137, 9, 4], [130, 17, 13], [128, 28, 24], [125, 26, 49], [84, 37, 89], [53, 28, 139], [27, 24, 189]]
  test('three lineages of nine weeks: as R’s nnet::multinom 7.3', () => {
    const found = lineageGrowth({ days, counts })
    const [, second, third] = found?.lineages ?? []
    expect(second?.intercept).toBeCloseTo(-3.09711, 4)
    expect(second?.perDay).toBeCloseTo(0.0511762, 6)
    expect(second?.standardError).toBeCloseTo(0.00563908, 6)
    expect(third?.intercept).toBeCloseTo(-5.18014, 4)
    expect(third?.perDay).toBeCloseTo(0.1252259, 6)
    expect(third?.standardError).toBeCloseTo(0.00635667, 6)
    expect(found?.logLikelihood).toBeCloseTo(-1125.7768719, 6)
    const shares = lineageShareAt(found as NonNullable<typeof found>, 28)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 14)
    expect((shares[1] as number) / (shares[0] as number)).toBeCloseTo(Math.exp(-3.09711 + 28 * 0.0511762), 4)
  })
  test('two lineages on two days: the change of the log odds, with its variance 1/a + 1/b + 1/c + 1/d', () => {
    const found = lineageGrowth({ days: [0, 20], counts: [[90, 10], [50, 50]] })
    expect(found?.lineages[1]?.perDay).toBeCloseTo(Math.log(9) / 20, 10)
    expect(found?.lineages[1]?.standardError).toBeCloseTo(Math.sqrt(1 / 90 + 1 / 10 + 2 / 50) / 20, 10)
    expect(found?.dispersion).toBeUndefined()
    expect(advantagePerGeneration(0.1, 5)).toBeCloseTo(0.6487, 4)
    expect(advantagePerGeneration(found?.lineages[1]?.perDay as number, 5)).toBeCloseTo(9 ** 0.25 - 1, 9)
  })
  test('samples that vary too much widen the interval, others do not', () => {
    const wild = lineageGrowth({ days: [0, 1, 2, 3], counts: [[90, 10], [20, 80], [90, 10], [10, 90]], quasi: true })
    const plain = lineageGrowth({ days: [0, 1, 2, 3], counts: [[90, 10], [20, 80], [90, 10], [10, 90]] })
    expect(wild?.dispersion).toBeGreaterThan(20)
    expect(wild?.lineages[1]?.standardError).toBeCloseTo((plain?.lineages[1]?.standardError as number) * Math.sqrt(wild?.dispersion as number), 10)
    expect(lineageGrowth({ days, counts, quasi: true })?.lineages[1]?.standardError).toBeGreaterThanOrEqual(lineageGrowth({ days, counts })?.lineages[1]?.standardError as number)
  })
  test('a lineage wholly after the other has no finite advantage; nonsense', () => {
    expect(lineageGrowth({ days: [0, 1, 2, 3], counts: [[9, 0], [9, 0], [0, 9], [0, 9]] })).toBeUndefined()
    expect(() => lineageGrowth({ days: [0, 1], counts: [[9, 0], [9, 0]] })).toThrow(RangeError)
    expect(() => lineageGrowth({ days: [1, 1], counts: [[9, 1], [9, 1]] })).toThrow(RangeError)
    expect(() => lineageGrowth({ days: [0, 1], counts: [[9], [9]] })).toThrow(RangeError)
    expect(() => advantagePerGeneration(0.1, 0)).toThrow(RangeError)
  })
})

describe('shares', () => {
  test('each week by itself, and smoothed by one week; a week without sequences', () => {
    const plain = lineageShares([[8, 2], [0, 0], [3, 7]])
    expect(plain[0]?.[1]).toMatchObject({ count: 2, total: 10, share: 0.2 })
    expect(plain[1]?.[0]).toEqual({ count: 0, total: 0, share: undefined, interval: undefined })
    const smooth = lineageShares([[8, 2], [0, 0], [3, 7]], { smoothWeeks: 1, method: 'wilson' })
    expect(smooth[1]?.map(({ share }) => share)).toEqual([11 / 20, 9 / 20])
    expect(smooth[0]?.[0]?.share).toBe(0.8)
    expect(smooth[0]?.[0]?.interval?.lower).toBeCloseTo(0.4902, 4)
    expect(() => lineageShares([[1, 2], [1]])).toThrow(RangeError)
    expect(() => lineageShares([[1, 2]], { smoothWeeks: 0.5 })).toThrow(RangeError)
  })
})

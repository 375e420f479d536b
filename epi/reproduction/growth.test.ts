import { expect, test } from 'vitest'
import { growth } from './epiestim.fixture.ts'
import { discretiseSerialInterval, doublingDays, growthFromReproduction, growthRate, reproductionFromGrowth } from './index.ts'

test('agreement with glm(…, family = quasipoisson) of R', () => {
  const { counts, per_day: perDay, lower, upper, dispersion } = growth
  const rate = growthRate(counts)
  expect(rate?.perDay).toBeCloseTo(perDay, 10)
  expect(rate?.lower).toBeCloseTo(lower, 9)
  expect(rate?.upper).toBeCloseTo(upper, 9)
  expect(rate?.dispersion).toBeCloseTo(dispersion, 8)
})

test('counts that double every day, constant ones, and shrinking ones', () => {
  expect(growthRate([1, 2, 4, 8])?.perDay).toBeCloseTo(Math.LN2, 12)
  expect(growthRate([5, 5, 5, 5])?.perDay).toBeCloseTo(0, 12)
  expect(growthRate([80, 40, 20, 10])?.perDay).toBeCloseTo(-Math.LN2, 12)
  expect(growthRate([0, 3, 0, 0])?.perDay).toBeLessThan(0)
})

test('where no finite rate fits there is none', () => {
  expect(growthRate([1, 2])).toBeUndefined()
  expect(growthRate([0, 0, 0, 0])).toBeUndefined()
  expect(growthRate([0, 0, 0, 7])).toBeUndefined()
  expect(growthRate([7, 0, 0, 0])).toBeUndefined()
  expect(() => growthRate([1, -2, 3])).toThrow(RangeError)
  expect(() => growthRate([1, 2, 3], 1)).toThrow(RangeError)
})

test('doubling and halving', () => {
  expect(doublingDays(Math.LN2)).toBe(1)
  expect(doublingDays(-0.1)).toBeCloseTo(-6.931_471_805_599_453, 12)
  expect(doublingDays(0)).toBeUndefined()
})

test('growth and reproduction', () => {
  expect(reproductionFromGrowth(Math.LN2, [0, 1])).toBeCloseTo(2, 14)
  expect(growthFromReproduction(2, [0, 1])).toBeCloseTo(Math.LN2, 12)
  expect(reproductionFromGrowth(0, [0, 0.3, 0.7])).toBeCloseTo(1, 14)
  // Wallinga and Lipsitch 2007: a normally distributed interval gives R = exp(r T − r² s²/2); the discretised gamma is close to it where it
  // is narrow.
  expect(reproductionFromGrowth(0.1, discretiseSerialInterval(8, 1, 60))).toBeCloseTo(Math.exp(0.8 - 0.005), 2)
  expect(() => growthFromReproduction(0, [0, 1])).toThrow(RangeError)
  expect(() => reproductionFromGrowth(0.1, [0, 0.5])).toThrow(RangeError)
})

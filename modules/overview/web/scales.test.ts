import { describe, expect, test } from 'vitest'
import { CHANGE_STEPS, changeOf, RATE_STEPS, relativeChange, sevenDayMean, stepOf } from './scales.ts'

const number = (value: number | null) => ({ value, atLeast: null, missingDays: 0, held: false, estimated: false, freshness: null, sources: [] })

describe('rising or falling', () => {
  test('a change is told in per cent where there were enough, else in cases', () => {
    expect(changeOf(108, 100)).toEqual({ direction: 'up', difference: 8, share: 0.08 })
    expect(changeOf(4, 6)).toEqual({ direction: 'down', difference: -2, share: undefined })
    expect(changeOf(0, 0)).toEqual({ direction: 'same', difference: 0, share: undefined })
  })
  test('nothing is told of what is not known', () => {
    expect(changeOf(null, 10)).toBeUndefined()
    expect(changeOf(10, null)).toBeUndefined()
    expect(relativeChange(number(null), number(1))).toBeUndefined()
  })
  test('from none to some has a colour of its own, from none to none is no change', () => {
    expect(relativeChange(number(3), number(0))).toBe(1)
    expect(relativeChange(number(0), number(0))).toBe(0)
    expect(relativeChange(number(15), number(10))).toBe(0.5)
  })
})

test('every value has one class, and a bound belongs to the class it begins', () => {
  expect(stepOf(RATE_STEPS, 0).from).toBe(0)
  expect(stepOf(RATE_STEPS, 0.4).from).toBe(0.001)
  expect(stepOf(RATE_STEPS, 50).from).toBe(50)
  expect(stepOf(RATE_STEPS, 5000).from).toBe(400)
  expect(stepOf(CHANGE_STEPS, -0.05).from).toBe(-0.1)
  expect(stepOf(CHANGE_STEPS, 0.1).from).toBe(0.1)
})

test('the mean needs seven known days', () => {
  expect(sevenDayMean([1, 2, 3, 4, 5, 6, 7, 14])).toEqual([null, null, null, null, null, null, 4, 41 / 7])
  expect(sevenDayMean([1, 1, 1, null, 1, 1, 1, 1])).toEqual(Array.from({ length: 8 }, () => null))
})

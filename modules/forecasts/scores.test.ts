import { describe, expect, test } from 'vitest'
import { intervalsOf, scoresOf, trustOf, type PastWeek } from './scores.ts'

const spread = (median: number, width: number): readonly number[] => Array.from({ length: 23 }, (_, q) => median + (width * (q - 11)) / 11)
const past = (quantiles: readonly number[], baseline: readonly number[], observed: readonly number[], horizon = 1): PastWeek[] => observed.map((one) => ({ horizon, quantiles, baseline, observed: one }))

test('the fan is read from the quantiles', () => {
  expect(intervalsOf(Array.from({ length: 23 }, (_, q) => q))).toEqual({ median: 11, lower50: 6, upper50: 16, lower80: 3, upper80: 19, lower95: 1, upper95: 21 })
})

describe('scores', () => {
  test('a certain forecast scores its absolute error; relative to a baseline that is twice as far off, a half', () => {
    const certain = spread(100, 0)
    const [one, two] = scoresOf(past(certain, spread(120, 0), [80]))
    expect(one).toEqual({ horizon: 1, forecasts: 1, wis: 20, baselineWis: 40, relativeWis: 0.5, logRelativeWis: expect.closeTo(Math.log(101 / 81) / Math.log(121 / 81), 2), coverage50: 0, coverage95: 0 })
    expect(two).toMatchObject({ horizon: 2, forecasts: 0, wis: null, relativeWis: null, coverage95: null })
  })
  test('coverage counts what lay inside', () => {
    const [score] = scoresOf(past(spread(100, 22), spread(100, 44), [100, 105, 115, 130]))
    expect(score).toMatchObject({ forecasts: 4, coverage50: 0.5, coverage95: 0.75 })
  })
})

test('R4 trust follows from the past alone: few, worse than the guess, held too seldom, good', () => {
  const observed = (inside: number, outside: number): number[] => [...Array.from({ length: inside }, () => 102), ...Array.from({ length: outside }, () => 400)]
  const good = spread(100, 22)
  const bad = spread(60, 60)
  expect(trustOf([])).toEqual({ level: 'unknown', forecasts: 0, inside95: 0, better: null })
  expect(trustOf(past(good, bad, observed(7, 0)))).toMatchObject({ level: 'unknown', forecasts: 7 })
  expect(trustOf(past(good, bad, observed(10, 0)))).toMatchObject({ level: 'good', inside95: 10 })
  expect(trustOf(past(bad, good, observed(10, 0)))).toMatchObject({ level: 'poor' })
  expect(trustOf(past(good, bad, observed(6, 4)))).toMatchObject({ level: 'poor', inside95: 6 })
  expect(trustOf(past(good, spread(100, 23), observed(10, 0)))).toMatchObject({ level: 'fair' })
})

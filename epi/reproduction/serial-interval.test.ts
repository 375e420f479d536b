import { describe, expect, test } from 'vitest'
import { discretisedIntervals, distance } from './epiestim.fixture.ts'
import { discretiseSerialInterval, discretiseSerialIntervalDocument, serialIntervalMoments } from './index.ts'

test('agreement with discr_si of EpiEstim: 1e-10', () => {
  const { compared, largest, missing } = distance(discretiseSerialIntervalDocument(discretisedIntervals), discretisedIntervals)
  expect({ compared, missing }).toEqual({ compared: 420, missing: [] })
  expect(largest).toBeLessThan(1e-12)
})

describe('a discretised serial interval', () => {
  test('sums to 1 and keeps its mean', () => {
    for (const [mean, sd] of [
      [2.6, 1.5],
      [4.7, 2.9],
      [14.9, 3.9],
      [7, 0.3],
    ] as const) {
      const weights = discretiseSerialInterval(mean, sd, 200)
      expect(weights[0]).toBe(0)
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
      expect(serialIntervalMoments(weights).mean).toBeCloseTo(mean, 9)
      // An interval that lies the share f of a day beyond a whole number of days counts as either: that adds f (1 − f) to the variance, a
      // quarter at most.
      const { sd: discrete } = serialIntervalMoments(weights)
      expect(discrete).toBeGreaterThanOrEqual(sd - 1e-9)
      expect(discrete ** 2).toBeLessThan(sd ** 2 + 0.25)
    }
  })
  test('example', () => {
    const weights = discretiseSerialInterval(2.6, 1.5, 3)
    for (const [k, value] of [0, 0.233_17, 0.358_58, 0.198_11].entries()) expect(weights[k]).toBeCloseTo(value, 5)
    expect(serialIntervalMoments([0, 0.5, 0.5])).toEqual({ mean: 1.5, sd: 0.5 })
  })
  test('needs a mean beyond one day, a spread, and days', () => {
    for (const wrong of [
      () => discretiseSerialInterval(1, 1, 5),
      () => discretiseSerialInterval(2, 0, 5),
      () => discretiseSerialInterval(2, 1, -1),
      () => discretiseSerialInterval(2, 1, 1.5),
    ]) {
      expect(wrong).toThrow(RangeError)
    }
  })
})

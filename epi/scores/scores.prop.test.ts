import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crpsOfQuantiles, crpsOfSample, HUB_LEVELS, weightedIntervalScore } from './index.ts'

const value = fc.double({ min: -1e4, max: 1e4, noNaN: true })
const quantiles = fc.array(value, { minLength: 23, maxLength: 23 }).map((values) => values.toSorted((a, b) => a - b))

test('the weighted interval score is the mean of twice the pinball loss, whatever the quantiles (Bracher et al. 2021, eq. 3)', () => {
  fc.assert(fc.property(quantiles, value, (values, observed) => {
    const pinball = values.reduce((sum, q, i) => {
      const level = HUB_LEVELS[i] as number
      return sum + 2 * (observed >= q ? level * (observed - q) : (1 - level) * (q - observed))
    }, 0) / values.length
    const { score, dispersion, overprediction, underprediction } = weightedIntervalScore(HUB_LEVELS, values, observed)
    expect(score).toBeCloseTo(pinball, 6)
    expect(dispersion + overprediction + underprediction).toBeCloseTo(score, 6)
  }))
})

test('scores move and stretch with their unit', () => {
  fc.assert(fc.property(quantiles, value, value, fc.double({ min: 0.1, max: 10, noNaN: true }), (values, observed, shift, scale) => {
    const moved = values.map((v) => v * scale + shift)
    for (const score of [
      (q: number[], y: number) => weightedIntervalScore(HUB_LEVELS, q, y).score, (q: number[], y: number) => crpsOfQuantiles(HUB_LEVELS, q, y), (q: number[], y: number) => crpsOfSample(q, y),
    ]) expect(Math.abs(score(moved, observed * scale + shift) - scale * score(values, observed))).toBeLessThan(1e-6)
  }))
})

test('the CRPS of draws is E|X − y| − ½E|X − X′|, and never negative', () => {
  fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), value, (draws, observed) => {
    const n = draws.length
    const pairs = draws.reduce((sum, a) => sum + draws.reduce((inner, b) => inner + Math.abs(a - b), 0), 0) / (n * n)
    const distance = draws.reduce((sum, a) => sum + Math.abs(a - observed), 0) / n
    expect(crpsOfSample(draws, observed)).toBeCloseTo(distance - pairs / 2, 6)
    expect(crpsOfSample(draws, observed)).toBeGreaterThan(-1e-8)
  }))
})

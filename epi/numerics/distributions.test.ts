import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  betaCdf,
  betaQuantile,
  binomialCdf,
  binomialLogDensity,
  binomialQuantile,
  chiSquareCdf,
  chiSquareQuantile,
  gammaCdf,
  gammaLogDensity,
  gammaQuantile,
  gammaQuantilesInto,
  negativeBinomialCdf,
  negativeBinomialLogDensity,
  negativeBinomialQuantile,
  normalCdf,
  normalLogDensity,
  normalQuantile,
  poissonCdf,
  poissonLogDensity,
  poissonQuantile,
  quantileOf,
  studentTCdf,
  studentTQuantile,
} from './index.ts'

const read = <T>(name: string): T => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T
const reference = read<{
  gamma: { p: number; shape: number; rate: number; q: number; cdf: number }[]
  nbinom: { p: number; mu: number; size: number; q: number }[]
}>('distributions.fixture.json')
const r = read<Record<string, number[][]>>('r.fixture.json')

const relative = (got: number, expected: number): number => (got === expected ? 0 : Math.abs(got / expected - 1))

describe('agreement with R', () => {
  test('gamma quantiles and shares up to a shape of 1e5', () => {
    expect(reference.gamma.length).toBe(128)
    for (const { p, shape, rate, q, cdf } of reference.gamma) {
      expect(relative(gammaQuantile(p, shape, rate), q)).toBeLessThan(1e-12)
      // The table's shares are those a tenth beyond the quantile.
      expect(relative(gammaCdf(1.1 * q, shape, rate), cdf)).toBeLessThan(1e-12)
    }
  })

  test('negative binomial quantiles', () => {
    expect(reference.nbinom.length).toBe(48)
    for (const { p, mu, size, q } of reference.nbinom)
      expect({ p, mu, size, q: negativeBinomialQuantile(p, mu, size) }).toEqual({ p, mu, size, q })
  })

  const functions: readonly (readonly [string, (...args: readonly never[]) => number, number])[] = [
    ['qt', studentTQuantile, 1e-11],
    ['pt', studentTCdf, 1e-12],
    ['qbeta', betaQuantile, 1e-11],
    ['qchisq', chiSquareQuantile, 1e-12],
    ['qpois', poissonQuantile, 0],
    ['qbinom', binomialQuantile, 0],
    ['pnbinom', negativeBinomialCdf, 1e-12],
  ]
  test.each(functions)('%s', (name, f, tolerance) => {
    const rows = r[name] as number[][]
    expect(rows.length).toBeGreaterThan(15)
    for (const row of rows) {
      const args = row.slice(0, -1)
      const expected = row.at(-1) as number
      const got = f(...(args as never[]))
      // Medians of symmetric distributions: 0 there, and rounding here or there.
      expect({ args, got, close: relative(got, expected) <= tolerance || Math.abs(got - expected) < 1e-15 }).toEqual({
        args,
        got,
        close: true,
      })
    }
  })
})

test('examples', () => {
  expect(normalCdf(1.96)).toBeCloseTo(0.975_002_104_851_779_5, 15)
  expect(normalQuantile(0.975)).toBeCloseTo(1.959_963_984_540_054, 14)
  expect(normalLogDensity(0)).toBeCloseTo(-0.918_938_533_204_672_7, 15)
  expect(gammaCdf(2, 1, 0.5)).toBeCloseTo(0.632_120_558_828_557_7, 15)
  expect(gammaLogDensity(2, 1, 0.5)).toBeCloseTo(-1.693_147_180_559_945_4, 14)
  expect(gammaQuantile(0.5, 1, 2)).toBeCloseTo(Math.LN2 / 2, 15)
  expect(chiSquareCdf(3.841_458_820_694_124, 1)).toBeCloseTo(0.95, 14)
  expect(chiSquareQuantile(0.95, 1)).toBeCloseTo(3.841_458_820_694_124, 13)
  expect(betaCdf(0.5, 2, 3)).toBeCloseTo(0.6875, 15)
  expect(betaQuantile(0.6875, 2, 3)).toBeCloseTo(0.5, 14)
  expect(studentTCdf(12.706_204_736_174_698, 1)).toBeCloseTo(0.975, 14)
  expect(studentTQuantile(0.975, 1)).toBeCloseTo(12.706_204_736_174_698, 11)
  expect(poissonCdf(2, 1)).toBeCloseTo(5 / (2 * Math.E), 15)
  expect(poissonQuantile(0.975, 10)).toBe(17)
  expect(poissonLogDensity(2, 1)).toBeCloseTo(-1 - Math.LN2, 14)
  expect(negativeBinomialCdf(1, 2, 2)).toBeCloseTo(0.5, 15)
  expect(negativeBinomialQuantile(0.975, 50, 0.2)).toBe(378)
  expect(negativeBinomialLogDensity(1, 2, 2)).toBeCloseTo(Math.log(0.25), 14)
  expect(binomialCdf(1, 3, 0.5)).toBeCloseTo(0.5, 15)
  expect(binomialQuantile(0.5, 3, 0.5)).toBe(1)
  expect(binomialLogDensity(1, 3, 0.5)).toBeCloseTo(Math.log(3 / 8), 14)
  expect(quantileOf([1, 2, 4], 0.75)).toBe(3)
})

test('several gamma quantiles at once are those one by one', () => {
  const ps = [0.025, 0.5, 0.975]
  for (const shape of [0.4, 11, 12, 3000]) {
    const into = new Float64Array(4)
    gammaQuantilesInto(into, 1, ps, shape)
    expect(Array.from(into)).toEqual([0, ...ps.map((p) => gammaQuantile(p, shape, 1))])
  }
})

test('gamma quantiles in far tails and at extreme shapes lead back to their share', () => {
  for (const shape of [0.01, 0.3, 1, 7, 12, 500, 1e6]) {
    for (const p of [1e-200, 1e-30, 1e-9, 0.2, 0.5, 0.8, 1 - 1e-9, 1 - 1e-15]) {
      const x = gammaQuantile(p, shape, 1)
      // A shape of 0.01 has quantiles below the smallest number.
      if (x === 0) continue
      expect(relative(gammaCdf(x, shape, 1), p)).toBeLessThan(1e-11 * Math.max(1, -Math.log10(p)))
    }
  }
})

test('ends of the distributions', () => {
  expect([gammaQuantile(0, 2, 1), gammaQuantile(1, 2, 1)]).toEqual([0, Infinity])
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
  expect([studentTQuantile(0, 3), studentTQuantile(1, 3), studentTCdf(-Infinity, 3), studentTCdf(Infinity, 3)]).toEqual([
    -Infinity,
    Infinity,
    0,
    1,
  ])
  expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), betaCdf(-1, 2, 3), betaCdf(2, 2, 3)]).toEqual([0, 1, 0, 1])
  expect([poissonQuantile(0, 3), poissonQuantile(1, 3), poissonQuantile(0.9, 0), poissonCdf(-1, 3)]).toEqual([0, Infinity, 0, 0])
  expect([binomialQuantile(0, 5, 0.2), binomialQuantile(1, 5, 0.2), binomialQuantile(0.3, 5, 1), binomialCdf(5, 5, 0.2)]).toEqual([
    0, 5, 5, 1,
  ])
  expect([negativeBinomialQuantile(0.9, 0, 2), negativeBinomialLogDensity(0, 0, 2), negativeBinomialLogDensity(1, 0, 2)]).toEqual([
    0,
    -0,
    -Infinity,
  ])
  expect([gammaLogDensity(-1, 2, 1), gammaLogDensity(0, 1, 2), gammaLogDensity(0, 0.5, 1)]).toEqual([-Infinity, Math.log(2), Infinity])
  expect([poissonLogDensity(0, 3), poissonLogDensity(1.5, 3), binomialLogDensity(0, 4, 0), binomialLogDensity(4, 4, 0)]).toEqual([
    -3,
    -Infinity,
    0,
    -Infinity,
  ])
})

test('a negative binomial distribution of huge size is a Poisson distribution', () => {
  for (const k of [0, 5, 20, 60]) {
    expect(relative(negativeBinomialCdf(k, 20, 1e12), poissonCdf(k, 20))).toBeLessThan(1e-9)
    expect(Math.abs(negativeBinomialLogDensity(k, 20, 1e12) - poissonLogDensity(k, 20))).toBeLessThan(1e-8)
  }
  expect(negativeBinomialQuantile(0.9, 20, 1e12)).toBe(poissonQuantile(0.9, 20))
})

test('what is no distribution and no probability is refused with a sentence', () => {
  const wrong: readonly (() => unknown)[] = [
    () => gammaCdf(1, 0, 1),
    () => gammaQuantile(0.5, 1, -1),
    () => gammaQuantile(1.1, 1, 1),
    () => gammaLogDensity(1, Number.NaN, 1),
    () => normalCdf(0, 0, 0),
    () => normalQuantile(-0.1),
    () => betaQuantile(0.5, 0, 1),
    () => studentTQuantile(0.5, 0),
    () => studentTCdf(1, Infinity),
    () => poissonCdf(1, -1),
    () => poissonQuantile(2, 1),
    () => negativeBinomialCdf(1, 1, 0),
    () => negativeBinomialQuantile(0.5, Infinity, 1),
    () => binomialCdf(1, 1.5, 0.5),
    () => binomialQuantile(0.5, 2, 1.5),
    () => quantileOf([], 0.5),
    () => quantileOf([1], 2),
  ]
  for (const call of wrong) expect(call).toThrow(RangeError)
})

test('counts beyond 2⁵³, where not every count is a number: the quantile ends, and leads back to its share', () => {
  for (const mean of [2 ** 53, 1e17, 1e20]) {
    const middle = poissonQuantile(0.5, mean)
    expect(Math.abs(middle / mean - 1)).toBeLessThan(1e-8)
    expect(poissonCdf(middle, mean)).toBeGreaterThanOrEqual(0.5 - 1e-9)
    expect(poissonQuantile(0.975, mean)).toBeGreaterThanOrEqual(middle)
    expect(Math.abs(negativeBinomialQuantile(0.5, mean, 10) / mean / (gammaQuantile(0.5, 10, 10)) - 1)).toBeLessThan(1e-6)
  }
  expect(Math.abs(binomialQuantile(0.5, 2 ** 60, 0.5) / 2 ** 59 - 1)).toBeLessThan(1e-8)
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { logShortfall } from './deviance.ts'
import {
  binomialLogDensity,
  digamma,
  erf,
  erfc,
  gammaLogDensity,
  gammaP,
  gammaQ,
  incompleteBeta,
  logBeta,
  logGamma,
  negativeBinomialLogDensity,
  normalCdf,
  normalQuantile,
  poissonLogDensity,
  studentTCdf,
  trigamma,
} from './index.ts'
import { stirlingError } from './log-gamma.ts'

const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'mpmath.fixture.json'), 'utf8')) as Record<string, number[][]>

/** Relative to what is expected, or absolute near zero where the function has a root. */
const error = (got: number, expected: number): number => Math.abs(got - expected) / Math.max(1, Math.abs(expected))
const relative = (got: number, expected: number): number => Math.abs(got / expected - 1)

const FUNCTIONS: readonly (readonly [string, (...args: readonly never[]) => number, (got: number, expected: number) => number, number])[] =
  [
    ['logGamma', logGamma, error, 2e-15],
    ['digamma', digamma, error, 3e-15],
    ['trigamma', trigamma, relative, 1e-15],
    ['stirlingError', stirlingError, error, 6e-15],
    ['logBeta', logBeta, error, 1e-14],
    ['erf', erf, relative, 5e-16],
    ['erfc', erfc, relative, 1e-15],
    ['logShortfall', logShortfall, relative, 1e-15],
    ['normalCdf', normalCdf, relative, 1e-13],
    ['normalQuantile', normalQuantile, relative, 1e-15],
    ['gammaP', gammaP, relative, 1e-12],
    ['gammaQ', gammaQ, relative, 1e-12],
    ['incompleteBeta', incompleteBeta, relative, 1e-13],
    ['studentTCdf', studentTCdf, relative, 1e-13],
    ['gammaLogDensity', gammaLogDensity, error, 1e-14],
    ['poissonLogDensity', poissonLogDensity, error, 1e-14],
    ['negativeBinomialLogDensity', negativeBinomialLogDensity, error, 1e-14],
    ['binomialLogDensity', binomialLogDensity, error, 1e-13],
  ]

describe('agreement with 40 digits', () => {
  test.each(FUNCTIONS)('%s', (name, f, distance, tolerance) => {
    const rows = fixture[name] as number[][]
    expect(rows.length).toBe(20)
    for (const row of rows) {
      const args = row.slice(0, -1)
      expect({ args, close: distance(f(...(args as never[])), row.at(-1) as number) < tolerance }).toEqual({ args, close: true })
    }
  })
})

test('closed forms', () => {
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 14)
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14)
  expect(stirlingError(1)).toBeCloseTo(1 - Math.log(2 * Math.PI) / 2, 14)
  expect(logBeta(2, 3)).toBeCloseTo(-Math.log(12), 14)
  expect(digamma(1)).toBeCloseTo(-0.577_215_664_901_532_9, 14)
  expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 14)
  expect(erf(1)).toBeCloseTo(0.842_700_792_949_714_9, 15)
  expect(relative(erfc(5), 1.537_459_794_428_034_9e-12)).toBeLessThan(1e-15)
  expect(gammaP(1, 1)).toBeCloseTo(1 - Math.exp(-1), 15)
  expect(gammaQ(1, 1)).toBeCloseTo(Math.exp(-1), 15)
  expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(11 / 16, 15)
  expect(logShortfall(1)).toBeCloseTo(1 - Math.LN2, 15)
})

/** P(a, x) for a whole shape is what is left of a Poisson distribution of mean x from a on, summed here from its largest term. */
const poissonTail = (a: number, x: number): number => {
  let term = 1
  let sum = 0
  for (let k = a; term > 1e-18 * sum; k++) {
    sum += term
    term *= x / (k + 1)
  }
  return sum * Math.exp(poissonLogDensity(a, x))
}

test('the incomplete gamma function where its methods meet', () => {
  for (const shape of [1, 2, 11, 12, 13, 40, 300]) {
    for (const share of [0.05, 0.299, 0.309, 0.311, 0.5, 0.9, 0.999, 1, 1.001, 1.3, 2.34, 2.36, 4]) {
      const x = shape * share
      expect(relative(gammaP(shape, x), poissonTail(shape, x))).toBeLessThan(2e-13)
      expect(gammaP(shape, x) + gammaQ(shape, x)).toBeCloseTo(1, 15)
    }
  }
})

test('ends and errors', () => {
  expect([gammaP(2, 0), gammaP(2, -1), gammaP(2, Infinity), gammaQ(2, 0), gammaQ(2, Infinity)]).toEqual([0, 0, 1, 1, 0])
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1])
  expect([erf(-Infinity), erf(Infinity), erfc(Infinity), erfc(-Infinity)]).toEqual([-1, 1, 0, 2])
  for (const wrong of [
    () => logGamma(0),
    () => digamma(-1),
    () => trigamma(Number.NaN),
    () => gammaP(0, 1),
    () => gammaQ(1, Number.NaN),
    () => incompleteBeta(1.1, 1, 1),
    () => incompleteBeta(0.5, 0, 1),
  ]) {
    expect(wrong).toThrow(RangeError)
  }
})

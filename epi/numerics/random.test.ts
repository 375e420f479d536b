import { describe, expect, test } from 'vitest'
import {
  sampleBeta,
  sampleBinomial,
  sampleGamma,
  sampleMultinomial,
  sampleNegativeBinomial,
  sampleNormal,
  samplePoisson,
  seededRandom,
  binomialCdf,
  gammaCdf,
  negativeBinomialCdf,
  normalCdf,
  poissonCdf,
  betaCdf,
  type Random,
} from './index.ts'

test('the same seed gives the same numbers on every machine', () => {
  const first = (seed: number): readonly number[] => {
    const random = seededRandom(seed)
    return [random.uniform(), random.uniform(), random.uniform()]
  }
  // Computed by another implementation, in Python.
  expect(first(1)).toEqual([0.324093449846646, 0.4272565310267945, 0.1979492767403842])
  expect(first(1)).toEqual(first(1))
  // Seeds that differ in the low half, in the high half, or in the sign only.
  expect(new Set([0, 1, 2 ** 32, 2 ** 32 + 1, -1, Number.MAX_SAFE_INTEGER].map((seed) => first(seed)[0])).size).toBe(6)
  expect(() => seededRandom(0.5)).toThrow(RangeError)
})

test('uniform numbers fill 0…1 evenly, bit by bit', () => {
  const random = seededRandom(7)
  const n = 5000
  const ones = new Float64Array(53)
  let sum = 0
  for (let i = 0; i < n; i++) {
    const u = random.uniform()
    expect(u >= 0 && u < 1).toBe(true)
    sum += u
    const bits = BigInt(u * 2 ** 53)
    for (let b = 0; b < 53; b++) if ((bits >> BigInt(b)) & 1n) ones[b] = (ones[b] as number) + 1
  }
  expect(Math.abs(sum / n - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n))
  for (const count of ones) expect(Math.abs(count / n - 0.5)).toBeLessThan(4.5 * Math.sqrt(0.25 / n))
})

const DRAWS = 20_000
/** Kolmogorov's distance of draws from a distribution; beyond 1.95/√n for one set in a thousand. For counts it is smaller still. */
const distance = (draw: (random: Random) => number, cdf: (x: number) => number, seed: number): number => {
  const random = seededRandom(seed)
  const values = Float64Array.from({ length: DRAWS }, () => draw(random)).sort()
  let largest = 0
  for (let i = 0; i < DRAWS; i++) {
    // Among equal values only the last shows the share at or below.
    if (values[i] === values[i + 1]) continue
    largest = Math.max(largest, Math.abs((i + 1) / DRAWS - cdf(values[i] as number)))
  }
  return largest
}

describe('draws follow their distribution', () => {
  const cases: readonly (readonly [string, (random: Random) => number, (x: number) => number])[] = [
    ['normal', (random) => sampleNormal(random, 3, 2), (x) => normalCdf(x, 3, 2)],
    ['gamma, shape 0.3', (random) => sampleGamma(random, 0.3, 2), (x) => gammaCdf(x, 0.3, 2)],
    ['gamma, shape 80', (random) => sampleGamma(random, 80, 2), (x) => gammaCdf(x, 80, 2)],
    ['beta', (random) => sampleBeta(random, 0.5, 3), (x) => betaCdf(x, 0.5, 3)],
    ['Poisson, mean 2', (random) => samplePoisson(random, 2), (x) => poissonCdf(x, 2)],
    ['Poisson, mean 10', (random) => samplePoisson(random, 10), (x) => poissonCdf(x, 10)],
    ['Poisson, mean 5000', (random) => samplePoisson(random, 5000), (x) => poissonCdf(x, 5000)],
    ['binomial, few', (random) => sampleBinomial(random, 12, 0.3), (x) => binomialCdf(x, 12, 0.3)],
    ['binomial, many', (random) => sampleBinomial(random, 1000, 0.02), (x) => binomialCdf(x, 1000, 0.02)],
    ['binomial, likely', (random) => sampleBinomial(random, 400, 0.9), (x) => binomialCdf(x, 400, 0.9)],
    ['negative binomial', (random) => sampleNegativeBinomial(random, 8, 0.4), (x) => negativeBinomialCdf(x, 8, 0.4)],
  ]
  test.each(cases)('%s', (_, draw, cdf) => {
    expect(distance(draw, cdf, 11)).toBeLessThan(1.95 / Math.sqrt(DRAWS))
  })
})

test('ends: no mean, no trials, certain success', () => {
  const random = seededRandom(3)
  expect([
    samplePoisson(random, 0),
    sampleBinomial(random, 0, 0.4),
    sampleBinomial(random, 7, 1),
    sampleBinomial(random, 7, 0),
    sampleNegativeBinomial(random, 0, 0.2),
  ]).toEqual([0, 0, 7, 0, 0])
  expect(Array.from(sampleMultinomial(random, 5, [0, 2]))).toEqual([0, 5])
  for (const wrong of [
    () => samplePoisson(random, -1),
    () => sampleBinomial(random, 2.5, 0.1),
    () => sampleGamma(random, 0, 1),
    () => sampleMultinomial(random, 3, [0, 0]),
    () => sampleMultinomial(random, 3, [-1, 2]),
  ]) {
    expect(wrong).toThrow(RangeError)
  }
})

test('multinomial counts add up and follow the weights', () => {
  const random = seededRandom(5)
  const sums = new Float64Array(3)
  for (let i = 0; i < 2000; i++) {
    const counts = sampleMultinomial(random, 30, [1, 3, 6])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30)
    counts.forEach((count, k) => void (sums[k] = (sums[k] as number) + count))
  }
  const total = 60_000
  for (const [k, p] of [0.1, 0.3, 0.6].entries())
    expect(Math.abs((sums[k] as number) / total - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / total))
})

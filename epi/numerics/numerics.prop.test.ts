import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  betaCdf,
  betaQuantile,
  binomialCdf,
  binomialQuantile,
  choleskySolve,
  gammaCdf,
  gammaP,
  gammaQ,
  gammaQuantile,
  incompleteBeta,
  logGamma,
  negativeBinomialCdf,
  negativeBinomialLogDensity,
  negativeBinomialQuantile,
  normalCdf,
  normalQuantile,
  poissonCdf,
  poissonLogDensity,
  poissonQuantile,
  studentTCdf,
  studentTQuantile,
} from './index.ts'

/** Numbers over several orders of magnitude. */
const spread = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp)
const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true })

test('ln Γ(x + 1) = ln Γ(x) + ln x', () => {
  fc.assert(
    fc.property(spread(1e-3, 1e7), (x) => {
      expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(1e-14 * (10 + Math.abs(logGamma(x + 1))))
    }),
  )
})

test('quantiles lead back to their share', () => {
  fc.assert(
    fc.property(probability, spread(0.05, 1e6), spread(0.05, 1e4), (p, a, b) => {
      const back = (share: number): void => expect(Math.abs(share / p - 1)).toBeLessThan(1e-9)
      back(gammaCdf(gammaQuantile(p, a, b), a, b))
      back(normalCdf(normalQuantile(p)))
      back(studentTCdf(studentTQuantile(p, Math.max(0.5, b)), Math.max(0.5, b)))
      const x = betaQuantile(p, Math.min(a, 1e4), b)
      // Next to 1 a number has no digits left to tell shares apart.
      if (x < 0.999) back(betaCdf(x, Math.min(a, 1e4), b))
    }),
    { numRuns: 300 },
  )
})

test('quantiles of counts are the smallest that reach the share', () => {
  fc.assert(
    fc.property(
      probability,
      spread(0.01, 1e5),
      spread(0.05, 1e5),
      fc.integer({ min: 1, max: 3000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (p, mean, size, n, chance) => {
        const smallest = (k: number, cdf: (k: number) => number): void => {
          expect(cdf(k)).toBeGreaterThanOrEqual(p * (1 - 1e-13))
          if (k > 0) expect(cdf(k - 1)).toBeLessThan(p)
        }
        smallest(poissonQuantile(p, mean), (k) => poissonCdf(k, mean))
        smallest(negativeBinomialQuantile(p, mean, size), (k) => negativeBinomialCdf(k, mean, size))
        smallest(binomialQuantile(p, n, chance), (k) => binomialCdf(k, n, chance))
      },
    ),
    { numRuns: 200 },
  )
})

test('shares grow, and both sides make 1', () => {
  fc.assert(
    fc.property(spread(0.01, 1e6), fc.double({ min: -6, max: 6, noNaN: true }), spread(1e-6, 0.1), (shape, z, step) => {
      const x = Math.max(1e-9, shape + z * Math.sqrt(shape))
      expect(gammaP(shape, x) + gammaQ(shape, x)).toBeCloseTo(1, 14)
      expect(gammaP(shape, x * (1 + step))).toBeGreaterThanOrEqual(gammaP(shape, x))
    }),
  )
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), spread(0.05, 1e4), spread(0.05, 1e4), (x, a, b) => {
      expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 11)
    }),
  )
})

test('shares of counts are the sums of their probabilities', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), spread(0.1, 40), spread(0.1, 100), (k, mean, size) => {
      const sum = (density: (i: number) => number): number =>
        Array.from({ length: k + 1 }, (_, i) => Math.exp(density(i))).reduce((a, b) => a + b, 0)
      expect(poissonCdf(k, mean)).toBeCloseTo(
        sum((i) => poissonLogDensity(i, mean)),
        12,
      )
      expect(negativeBinomialCdf(k, mean, size)).toBeCloseTo(
        sum((i) => negativeBinomialLogDensity(i, mean, size)),
        12,
      )
    }),
  )
})

test('solutions solve', () => {
  const values = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(values, (v) => {
      // B Bᵀ + 1 is positive definite for every B.
      const row = (i: number): readonly number[] => v.slice(3 * i, 3 * i + 3)
      const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0)
      const matrix = [0, 1, 2].map((i) => [0, 1, 2].map((j) => dot(row(i), row(j)) + (i === j ? 1 : 0)))
      const right = v.slice(9)
      const x = Array.from(choleskySolve(matrix, right) ?? [])
      matrix.forEach((one, i) => expect(dot(one, x)).toBeCloseTo(right[i] as number, 9))
    }),
  )
})

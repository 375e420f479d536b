import { binomialLogDensity } from './binomial.ts'
import { demand } from './demand.ts'
import { normalQuantile } from './normal.ts'
import { poissonLogDensity } from './poisson.ts'
import type { Random } from './random.ts'

/** A number in (0, 1): one whose logarithm exists. */
const openUniform = (random: Random): number => {
  for (;;) {
    const u = random.uniform()
    if (u > 0) return u
  }
}

/**
 * One normal value, by inversion: one uniform number each.
 * Throws RangeError unless sd > 0.
 * Example: `sampleNormal(seededRandom(1), 0, 1)` (the same on every machine).
 */
export const sampleNormal = (random: Random, mean = 0, sd = 1): number => normalQuantile(openUniform(random), mean, sd)

/**
 * One gamma value (G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000), 363–372).
 * Throws RangeError unless shape > 0 and rate > 0.
 * Example: `sampleGamma(seededRandom(1), 2, 0.5)` (mean 4, variance 8).
 */
export const sampleGamma = (random: Random, shape: number, rate: number): number => {
  demand(shape > 0 && rate > 0, 'shape and rate of a gamma distribution must be positive')
  // A shape below 1 is raised by one and brought back by a power of a uniform number.
  if (shape < 1) return sampleGamma(random, shape + 1, rate) * openUniform(random) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = sampleNormal(random)
    const v = (1 + c * z) ** 3
    if (v > 0 && Math.log(openUniform(random)) < 0.5 * z * z + d * (1 - v + Math.log(v))) return (d * v) / rate
  }
}

/** Below this mean counts are drawn by adding up probabilities, above it by rejection. */
const BY_SUM_BELOW = 10

/**
 * One Poisson count: by inversion below a mean of 10, above by transformed rejection (W. Hörmann, "The transformed rejection method for
 * generating Poisson random variables", Insurance: Mathematics and Economics 12 (1993), 39–45, algorithm PTRS).
 * Throws RangeError unless mean ≥ 0.
 * Example: `samplePoisson(seededRandom(1), 0) === 0`.
 */
export const samplePoisson = (random: Random, mean: number): number => {
  demand(mean >= 0 && mean < Infinity, 'the mean of a Poisson distribution must not be negative')
  if (mean < BY_SUM_BELOW) return poissonByInversion(random, mean)
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  const accepted = 0.9277 - 3.6224 / (b - 2)
  for (;;) {
    const u = random.uniform() - 0.5
    const v = openUniform(random)
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
    if (us >= 0.07 && v <= accepted) return k
    if (k < 0 || (us < 0.013 && v > us)) continue
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= poissonLogDensity(k, mean)) return k
  }
}

const poissonByInversion = (random: Random, mean: number): number => {
  let probability = Math.exp(-mean)
  let left = random.uniform()
  let k = 0
  while (left >= probability && probability > 0) {
    left -= probability
    k++
    probability *= mean / k
  }
  return k
}

/**
 * One binomial count: by inversion while n·min(p, 1 − p) < 10, above by transformed rejection (W. Hörmann, "The generation of binomial
 * random variates", Journal of Statistical Computation and Simulation 46 (1993), 101–110, algorithm BTRS).
 * Throws RangeError unless n is a whole number ≥ 0 and 0 ≤ p ≤ 1.
 * Example: `sampleBinomial(seededRandom(1), 7, 1) === 7`.
 */
export const sampleBinomial = (random: Random, n: number, p: number): number => {
  demand(Number.isInteger(n) && n >= 0, 'the number of trials of a binomial distribution must be a whole number that is not negative')
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
  if (p > 0.5) return n - sampleBinomial(random, n, 1 - p)
  if (n * p < BY_SUM_BELOW) return binomialByInversion(random, n, p)
  const sd = Math.sqrt(n * p * (1 - p))
  const b = 1.15 + 2.53 * sd
  const a = -0.0873 + 0.0248 * b + 0.01 * p
  const alpha = (2.83 + 5.1 / b) * sd
  const accepted = 0.92 - 4.2 / b
  const atMode = binomialLogDensity(Math.floor((n + 1) * p), n, p)
  for (;;) {
    const u = random.uniform() - 0.5
    const v = openUniform(random)
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us + b) * u + n * p + 0.5)
    if (us >= 0.07 && v <= accepted) return k
    if (k < 0 || k > n) continue
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= binomialLogDensity(k, n, p) - atMode) return k
  }
}

const binomialByInversion = (random: Random, n: number, p: number): number => {
  const odds = p / (1 - p)
  let probability = Math.exp(n * Math.log1p(-p))
  let left = random.uniform()
  let k = 0
  while (left >= probability && k < n) {
    left -= probability
    k++
    probability *= (odds * (n - k + 1)) / k
  }
  return k
}

/**
 * One negative binomial count of variance `mean + mean²/size`: a Poisson count whose mean is gamma distributed.
 * Throws RangeError unless mean ≥ 0 and size > 0.
 * Example: `sampleNegativeBinomial(seededRandom(1), 0, 0.2) === 0`.
 */
export const sampleNegativeBinomial = (random: Random, mean: number, size: number): number => {
  demand(mean >= 0 && mean < Infinity, 'the mean of a negative binomial distribution must not be negative')
  return samplePoisson(random, mean * sampleGamma(random, size, size))
}

/**
 * One beta value: of two gamma values, the share of the first.
 * Throws RangeError unless a > 0 and b > 0.
 * Example: `sampleBeta(seededRandom(1), 2, 3)` (mean 0.4).
 */
export const sampleBeta = (random: Random, a: number, b: number): number => {
  for (;;) {
    const first = sampleGamma(random, a, 1)
    const both = first + sampleGamma(random, b, 1)
    // Both vanish only for shapes so small that the smallest number is too large.
    if (both > 0) return first / both
  }
}

/**
 * Counts of n trials over several outcomes whose chances are as the weights: one binomial count after the other, of what is left.
 * Throws RangeError unless n is a whole number ≥ 0 and the weights are not negative and not all zero.
 * Example: `sampleMultinomial(seededRandom(1), 5, [0, 2])` (0, 5).
 */
export const sampleMultinomial = (random: Random, n: number, weights: ArrayLike<number>): Float64Array => {
  const counts = new Float64Array(weights.length)
  let weightLeft = 0
  for (let i = 0; i < weights.length; i++) {
    demand((weights[i] as number) >= 0, 'the weights of a multinomial distribution must not be negative')
    weightLeft += weights[i] as number
  }
  demand(weightLeft > 0 && weightLeft < Infinity, 'a multinomial distribution needs a positive weight')
  let left = n
  for (let i = 0; i < weights.length && left > 0; i++) {
    const weight = weights[i] as number
    const count = sampleBinomial(random, left, Math.min(1, weight / weightLeft))
    counts[i] = count
    left -= count
    weightLeft -= weight
  }
  return counts
}

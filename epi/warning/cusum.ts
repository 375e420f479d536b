import { demand } from '../numerics/demand.ts'
import { findRoot } from '../numerics/index.ts'
import { demandWeeks, known, numbersOf, weeksFrom, type Counts, type Warning } from './series.ts'

export type CusumTransform = 'standard' | 'rossi' | 'anscombe' | 'pearsonNegBin' | 'anscombeNegBin'

export interface CusumOptions {
  /** Excess of the standardised count that is still normal. Default 1.04. */
  readonly k?: number | undefined
  /** The sum from which on an alarm is given. Default 2.26. */
  readonly h?: number | undefined
  /** Expected counts: one for all weeks tested, or one each. Default: the mean of all counts before the first week tested. */
  readonly expected?: number | readonly number[] | undefined
  /** Default `standard`. */
  readonly transform?: CusumTransform | undefined
  /** Overdispersion of the two negative binomial transforms: variance = mean + alpha·mean². */
  readonly alpha?: number | undefined
  /** Consecutive weeks; the sum starts with 0 before the first of them. Default: all after the first. */
  readonly weeks?: readonly number[] | undefined
}

export interface CusumWarning extends Warning {
  /** The sum after this week. */
  readonly statistic: number | undefined
}

interface Transform {
  /** The count as a variable with mean near 0 and variance near 1. */
  readonly standardise: (count: number, mean: number, alpha: number) => number
  /** The count that has this standardised value; meaningless but small (`rossi`: the other root) where every count is above it. */
  readonly countOf: (z: number, mean: number, alpha: number) => number
}

const negativeBinomialSd = (mean: number, alpha: number): number => Math.sqrt(mean + alpha * mean * mean)

/** ∫₀ʸ (v + αv²)^(−1/3) dv = 3/2·y^⅔·₂F₁(⅓, ⅔; 5/3; −αy), after Pfaff's transformation a series of positive terms that always converges. */
const stabilised = (y: number, alpha: number): number => {
  const ratio = (alpha * y) / (1 + alpha * y)
  let term = 1
  let sum = 1
  for (let n = 0; term > 1e-17 * sum; n++) {
    term *= ((n + 1 / 3) / (n + 5 / 3)) * ratio
    sum += term
  }
  return 1.5 * Math.cbrt((y * y) / (1 + alpha * y)) * sum
}

const anscombeNegBin = (count: number, mean: number, alpha: number): number =>
  (stabilised(count, alpha) - stabilised(mean, alpha)) / Math.cbrt(negativeBinomialSd(mean, alpha))

const TRANSFORMS: Readonly<Record<CusumTransform, Transform>> = {
  standard: {
    standardise: (count, mean) => (count - mean) / Math.sqrt(mean),
    countOf: (z, mean) => Math.max(0, Math.ceil(mean + z * Math.sqrt(mean))),
  },
  rossi: {
    standardise: (count, mean) => (count - 3 * mean + 2 * Math.sqrt(count * mean)) / (2 * Math.sqrt(mean)),
    countOf: (z, mean) => {
      const squared = 4 * mean + 2 * z * Math.sqrt(mean)
      return squared < 0 ? 0 : (Math.sqrt(squared) - Math.sqrt(mean)) ** 2
    },
  },
  anscombe: {
    standardise: (count, mean) => (1.5 * (Math.cbrt(count * count) - Math.cbrt(mean * mean))) / Math.sqrt(Math.cbrt(mean)),
    countOf: (z, mean) => Math.max(0, Math.cbrt(mean * mean) + (z * Math.sqrt(Math.cbrt(mean))) / 1.5) ** 1.5,
  },
  pearsonNegBin: {
    standardise: (count, mean, alpha) => (count - mean) / negativeBinomialSd(mean, alpha),
    countOf: (z, mean, alpha) => Math.max(0, mean + z * negativeBinomialSd(mean, alpha)),
  },
  anscombeNegBin: {
    standardise: anscombeNegBin,
    countOf: (z, mean, alpha) => {
      const misses = (count: number): number => anscombeNegBin(count, mean, alpha) - z
      if (misses(0) >= 0) return 0
      let high = 1 + mean
      while (misses(high) < 0) high *= 2
      return findRoot(misses, 0, high, 1e-9) ?? Number.NaN
    },
  },
}

/**
 * CUSUM of standardised counts: small excesses add up over weeks until they are an alarm.
 *
 *   S(t) = max(0, S(t−1) + z(t) − k), alarm while S(t) ≥ h; no reset after an alarm
 *   standard        z = (y − m)/√m
 *   rossi           z = (y − 3m + 2√(ym)) / (2√m)          Rossi, Lampugnani & Marchi (1999), Stat Med 18:2111–2122
 *   anscombe        z = 3/2·(y^⅔ − m^⅔) / m^(1/6)
 *   pearsonNegBin   z = (y − m)/√V, V = m + alpha·m²
 *   anscombeNegBin  z = ∫ₘʸ V(v)^(−1/3) dv / V(m)^(1/6)    Pierce & Schafer (1986), JASA 81:977–986
 *
 * `upper` is the count it would have taken to give the alarm (`standard`: the next whole one). Conventions of R surveillance::cusum; an unknown count leaves the sum unknown from then on.
 * Units: counts. Errors: `RangeError` for negative counts, expected counts that are not positive, weeks outside the series, a negative binomial transform without alpha.
 * Example: expected 4, k 1, h 2, counts 4 8 8 — z 0 2 2, S 0 1 2: alarm in the third week; 8 cases were needed there.
 */
export const cusum = (counts: Counts, options: CusumOptions = {}): readonly CusumWarning[] => {
  const { k = 1.04, h = 2.26, transform = 'standard', alpha = 0 } = options
  demand(h > 0, 'the boundary h must be positive')
  demand(alpha > 0 || !transform.endsWith('NegBin'), 'a negative binomial transform needs a positive alpha')
  const values = numbersOf(counts)
  const weeks = options.weeks ?? weeksFrom(1, values.length)
  demandWeeks(weeks, 0, values.length)
  const means = expectedCounts(values, weeks, options.expected)
  const { standardise, countOf } = TRANSFORMS[transform]
  let sum = 0
  return weeks.map((week, n) => {
    const mean = means(n)
    const upper = countOf(h + k - sum, mean, alpha)
    sum = Math.max(0, sum + standardise(values[week] as number, mean, alpha) - k)
    return { week, expected: known(mean), upper: known(upper), statistic: known(sum), alarm: Number.isNaN(sum) ? undefined : sum >= h }
  })
}

/** What is expected in the n-th week tested: as given, or the mean of the known counts before the first (if that is 0 or there are none, nothing can be said). */
const expectedCounts = (values: Float64Array, weeks: readonly number[], given: CusumOptions['expected']): ((n: number) => number) => {
  if (given === undefined) {
    const mean = meanBefore(values, weeks[0] ?? 0)
    return () => mean
  }
  const all = typeof given === 'number' ? [given] : given
  demand(all.length === 1 || all.length === weeks.length, 'one expected count is needed for all weeks tested, or one each')
  demand(all.every((mean) => mean > 0 && mean < Infinity), 'expected counts must be positive')
  return (n) => all[all.length === 1 ? 0 : n] as number
}

const meanBefore = (values: Float64Array, week: number): number => {
  const before = values.subarray(0, week).filter((value) => !Number.isNaN(value))
  return before.reduce((sum, value) => sum + value, 0) / before.length
}

import { betaQuantile, normalQuantile } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'

const check = (count: number, total: number, level: number): void => {
  demand(count >= 0 && total > 0 && count <= total, 'a proportion needs a count between 0 and a total above 0')
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
}

/**
 * Wilson's score interval of a proportion: the p that a count does not reject.
 *
 *   (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)
 *
 * Source: Wilson (1927), JASA 22:209–212; Newcombe (1998), Stat Med 17:857–872, method 3. @throws RangeError unless 0 ≤ count ≤ total, total > 0.
 * @example 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I)
 */
export const wilsonInterval = (count: number, total: number, level = 0.95): ConfidenceInterval => {
  check(count, total, level)
  const z = normalQuantile((1 + level) / 2)
  const p = count / total
  const middle = p + (z * z) / (2 * total)
  const half = z * Math.sqrt((p * (1 - p)) / total + ((z / (2 * total)) ** 2))
  const scale = 1 + (z * z) / total
  return { lower: count === 0 ? 0 : (middle - half) / scale, upper: count === total ? 1 : (middle + half) / scale }
}

/**
 * Jeffreys' equal-tailed interval of a proportion: the quantiles of Beta(x + ½, n − x + ½), with 0 below a count of 0 and 1 above a full count.
 *
 * Source: Brown, Cai & DasGupta (2001), Stat Sci 16:101–133, §4.3. Counts need not be whole: weighted counts of a smoothed share are allowed. @throws RangeError as `wilsonInterval`.
 * @example 1 of 10: 0.0110 to 0.3813
 */
export const jeffreysInterval = (count: number, total: number, level = 0.95): ConfidenceInterval => {
  check(count, total, level)
  const tail = (1 - level) / 2
  return {
    lower: count === 0 ? 0 : betaQuantile(tail, count + 0.5, total - count + 0.5),
    upper: count === total ? 1 : betaQuantile(1 - tail, count + 0.5, total - count + 0.5),
  }
}

/**
 * The exact interval of Clopper and Pearson: never covers less than it says, often more.
 *
 *   quantiles of Beta(x, n − x + 1) and Beta(x + 1, n − x)
 *
 * Source: Clopper & Pearson (1934), Biometrika 26:404–413. @throws RangeError as `wilsonInterval`.
 * @example 64 of 135: 0.3875 to 0.5618
 */
export const exactInterval = (count: number, total: number, level = 0.95): ConfidenceInterval => {
  check(count, total, level)
  const tail = (1 - level) / 2
  return {
    lower: count === 0 ? 0 : betaQuantile(tail, count, total - count + 1),
    upper: count === total ? 1 : betaQuantile(1 - tail, count + 1, total - count),
  }
}

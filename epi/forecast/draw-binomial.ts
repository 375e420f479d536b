import type { Random } from '../numerics/index.ts'

/** Below this mean a count is found by adding up probabilities, above it by rejection. */
const BY_SUM_BELOW = 10

/** log k! − ( (k + ½)·log(k + 1) − (k + 1) + ½·log 2π ): a table for small k, Stirling's series above. */
const TAIL = [
  0.08106146679532726, 0.04134069595540929, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119, 0.01387612882307075, 0.01189670994589177, 0.01041126526197209,
  0.009255462182712733, 0.008330563433362871,
]
const stirlingTail = (k: number): number => {
  if (k < TAIL.length) return TAIL[k] as number
  const square = (k + 1) * (k + 1)
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1)
}

/**
 * One binomial count, as `sampleBinomial` of numerics draws it, made for loops of millions: nothing is checked, and what only a rejected first guess needs is computed only then.
 *
 *   n·p < 10: inversion, and 0 at once where the uniform number lies below 1 − n·p ≤ (1 − p)ⁿ;  else transformed rejection with squeeze
 *
 * Exact in distribution. Source: W. Hörmann, "The generation of binomial random variates", J Stat Comput Simul 46 (1993) 101–110, algorithm BTRS. Arguments: n a whole number ≥ 0,
 * p any number, taken as 0 below and as 1 above. Example: `drawBinomial(random, 7, 1) === 7`, and no random number was used.
 */
export const drawBinomial = (random: Random, n: number, p: number): number => {
  if (n === 0 || p <= 0) return 0
  if (p >= 1) return n
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p)
  const mean = n * p
  if (mean < BY_SUM_BELOW) return byInversion(random, n, p, mean)
  const sd = Math.sqrt(mean * (1 - p))
  const b = 1.15 + 2.53 * sd
  const a = -0.0873 + 0.0248 * b + 0.01 * p
  const squeeze = 0.92 - 4.2 / b
  for (;;) {
    const u = random.uniform() - 0.5
    const v = random.uniform()
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.5)
    if (us >= 0.07 && v <= squeeze) return k
    if (k < 0 || k > n) continue
    if (Math.log((v * (2.83 + 5.1 / b) * sd) / (a / (us * us) + b)) <= logRatioToMode(k, n, p)) return k
  }
}

const byInversion = (random: Random, n: number, p: number, mean: number): number => {
  let left = random.uniform()
  if (left < 1 - mean) return 0
  const odds = p / (1 - p)
  let probability = Math.exp(n * Math.log1p(-p))
  let k = 0
  while (left >= probability && k < n) {
    left -= probability
    k++
    probability *= (odds * (n - k + 1)) / k
  }
  return k
}

/** log of P(k)/P(mode). */
const logRatioToMode = (k: number, n: number, p: number): number => {
  const mode = Math.floor((n + 1) * p)
  const odds = p / (1 - p)
  return (
    (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) + (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) + (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1))
    + stirlingTail(mode) + stirlingTail(n - mode) - stirlingTail(k) - stirlingTail(n - k)
  )
}

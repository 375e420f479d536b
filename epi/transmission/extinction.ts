import { demand } from '../numerics/demand.ts'
import type { OffspringDistribution } from './offspring.ts'

/** The probability generating function of the offspring: (1 + R(1 − s)/k)^−k; exp(−R(1 − s)) for k = ∞. */
export const offspringGenerating = (s: number, { reproduction, dispersion }: OffspringDistribution): number =>
  dispersion === Infinity ? Math.exp(-reproduction * (1 - s)) : Math.exp(-dispersion * Math.log1p((reproduction * (1 - s)) / dispersion))

export const checkOffspring = ({ reproduction, dispersion }: OffspringDistribution): void => {
  demand(reproduction >= 0 && Number.isFinite(reproduction), 'the reproduction number must be finite and not negative')
  demand(dispersion > 0, 'the dispersion k must be positive')
}

/**
 * The probability that the chains of transmission started by some cases all die out by themselves, nothing else changing.
 *
 *   q = smallest root of q = g(q),  g(s) = (1 + R(1 − s)/k)^−k;   all chains: q^cases;   1 where R ≤ 1
 *
 * Source: Lloyd-Smith et al. (2005), Nature 438:355–359. Newton's method from 0 climbs to the smallest root without passing it, because g is convex.
 * @throws RangeError for R < 0, k ≤ 0, or fewer than one case.
 * @example extinctionProbability({ reproduction: 1.5, dispersion: 1 }) = 1/1.5 (a geometric offspring distribution dies out with probability 1/R)
 */
export const extinctionProbability = (one: OffspringDistribution, cases = 1): number => {
  checkOffspring(one)
  demand(Number.isInteger(cases) && cases > 0, 'at least one case must start the chain')
  const { reproduction, dispersion } = one
  if (reproduction <= 1) return 1
  let q = 0
  for (let i = 0; i < 200; i++) {
    const value = offspringGenerating(q, one)
    const slope = (reproduction * value) / (dispersion === Infinity ? 1 : 1 + (reproduction * (1 - q)) / dispersion)
    const next = Math.min(1, q + (value - q) / (1 - slope))
    if (!(next - q > 1e-16)) break
    q = next
  }
  return q ** cases
}

/**
 * The probability that a chain started by one case has died out by each generation 0…`generations`: element n is the chance that nobody is infected in generation n + 1.
 *
 *   qₙ = g(qₙ₋₁),  q₋₁ = 0
 *
 * Convention: the first case is generation 0. Source: Farrington & Grant (1999), J Appl Prob 36:771–779.
 * @throws RangeError as `extinctionProbability`, and for a negative number of generations.
 * @example chainLengthDistribution({ reproduction: 1, dispersion: 1 }, 2) = [1/2, 2/3, 3/4]
 */
export const chainLengthDistribution = (one: OffspringDistribution, generations: number): Float64Array => {
  checkOffspring(one)
  demand(Number.isInteger(generations) && generations >= 0, 'the number of generations is a whole number of 0 and more')
  const extinct = new Float64Array(generations + 1)
  let q = 0
  for (let n = 0; n <= generations; n++) extinct[n] = q = offspringGenerating(q, one)
  return extinct
}

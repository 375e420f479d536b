import { gammaQ, gammaQuantile } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import { checkOffspring } from './extinction.ts'
import type { OffspringDistribution } from './offspring.ts'

/**
 * The share of transmission *expected* from the most infectious share of cases, whatever R is: t₂₀ for `topShare` 0.2.
 *
 *   ν ~ Gamma(shape k, mean R);   x: P(ν > x) = topShare;   t = P(Gamma(shape k + 1) > x)
 *
 * Source: Lloyd-Smith et al. (2005), Nature 438:355–359, fig. 1b. k = ∞ gives topShare itself.
 * @throws RangeError for k ≤ 0 or a share outside 0…1.
 * @example k = 0.16 (SARS, Singapore 2003): the top fifth of cases is expected to cause 88 % (ibid.)
 */
export const shareOfTransmission = (dispersion: number, topShare: number): number => {
  demand(dispersion > 0, 'the dispersion k must be positive')
  demand(topShare >= 0 && topShare <= 1, 'a share lies between 0 and 1')
  if (topShare === 0 || topShare === 1 || dispersion === Infinity) return topShare
  return gammaQ(dispersion + 1, gammaQuantile(1 - topShare, dispersion, 1))
}

/**
 * The share of cases that in fact causes a share of all transmission, counting first those who infected most: "x % of cases cause 80 %".
 *
 *   offspring z ~ NB(R, k);  take cases from the largest z downwards until they hold `share` of Σ z;  of the last z only the part needed
 *
 * Source: Endo et al. (2020), Wellcome Open Research 5:67. Unlike the expected share it depends on R: with R small most cases infect nobody by chance alone. `undefined` for R = 0.
 * @throws RangeError for R < 0, k ≤ 0, or a share outside 0…1.
 * @example R 2.5 and k 0.1: about 9 % of cases cause 80 % of transmission (ibid.: about 10 %)
 */
export const shareOfCases = (one: OffspringDistribution, share = 0.8): number | undefined => {
  checkOffspring(one)
  demand(share >= 0 && share <= 1, 'a share lies between 0 and 1')
  const { reproduction } = one
  if (reproduction === 0) return undefined
  // 1e7 is a Poisson distribution to more digits than anyone reads.
  const size = Math.min(one.dispersion, 1e7)
  // From below: the cases left out are those with the fewest offspring, who hold 1 − share of transmission.
  const leave = (1 - share) * reproduction
  let held = 0
  let cases = 0
  let log = -size * Math.log1p(reproduction / size)
  const ratio = Math.log(reproduction / (reproduction + size))
  for (let z = 0; z < 1e6; z++) {
    const probability = Math.exp(log)
    if (z > 0 && held + z * probability >= leave) return Math.max(0, 1 - cases - (leave - held) / z)
    held += z * probability
    cases += probability
    log += ratio + Math.log((size + z) / (z + 1))
  }
  return Math.max(0, 1 - cases)
}

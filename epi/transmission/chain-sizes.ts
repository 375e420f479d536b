import { logGamma } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import { checkOffspring } from './extinction.ts'
import { fitDispersion, type OffspringDistribution, type OffspringFit } from './offspring.ts'

/**
 * The logarithm of the probability that a cluster begun by `primaries` cases has `size` cases in the end, the first ones included.
 *
 *   P(j | m) = m/j · Γ(kj + j − m) / (Γ(kj) (j − m)!) · (R/k)^(j−m) / (1 + R/k)^(kj+j−m)
 *
 * Source: Blumberg & Lloyd-Smith (2013), PLoS Comput Biol 9:e1002993; for one primary case Nishiura et al. (2012), J Theor Biol 294:48–55. Over j it sums to the probability of extinction,
 * so to 1 where R ≤ 1. k = ∞ is the Borel–Tanner distribution.
 * @throws RangeError for R < 0, k ≤ 0, or sizes and primaries that are not whole numbers with size ≥ primaries ≥ 1.
 * @example k = ∞, R = 0.5, size 2: e⁻¹ · 0.5
 */
export const chainSizeLogProbability = (size: number, one: OffspringDistribution, primaries = 1): number => {
  checkOffspring(one)
  demand(Number.isInteger(size) && Number.isInteger(primaries) && primaries >= 1 && size >= primaries, 'a cluster has at least as many cases as it began with, and began with one or more')
  return logProbability(size, primaries, one)
}

const logProbability = (size: number, primaries: number, { reproduction, dispersion }: OffspringDistribution): number => {
  const infected = size - primaries
  if (reproduction === 0) return infected === 0 ? 0 : -Infinity
  const first = Math.log(primaries / size)
  if (dispersion === Infinity) return first + (infected === 0 ? 0 : infected * Math.log(size * reproduction)) - size * reproduction - logGamma(infected + 1)
  return (
    first + logGamma(dispersion * size + infected) - logGamma(dispersion * size) - logGamma(infected + 1) -
    dispersion * size * Math.log1p(reproduction / dispersion) + (infected === 0 ? 0 : infected * Math.log(reproduction / (reproduction + dispersion)))
  )
}

/** The probabilities of the sizes 0…`largest` of a cluster begun by `primaries` cases; element j is that of j cases. What they lack to 1 is larger clusters, and for R > 1 those that never end. */
export const chainSizeDistribution = (one: OffspringDistribution, largest: number, primaries = 1): Float64Array => {
  checkOffspring(one)
  demand(Number.isInteger(largest) && Number.isInteger(primaries) && primaries >= 1 && largest >= primaries, 'the largest cluster has at least as many cases as it began with')
  const probabilities = new Float64Array(largest + 1)
  for (let size = primaries; size <= largest; size++) probabilities[size] = Math.exp(logProbability(size, primaries, one))
  return probabilities
}

export interface ChainSizeOptions {
  /** How many cases each cluster began with; one each where left out. */
  readonly primaries?: readonly number[]
  /** Confidence level of the intervals, 0.95 where left out. */
  readonly level?: number
}

/**
 * Maximum-likelihood R and k from the final sizes of clusters alone, where nobody traced who infected whom; with profile-likelihood intervals.
 *
 *   R̂ = 1 − Σ primaries / Σ sizes (whatever k is);   k̂ maximises Σ log P(jᵢ | mᵢ)
 *
 * Source: Blumberg & Lloyd-Smith (2013), PLoS Comput Biol 9:e1002993. Convention: clusters are over and were found whatever their size; clusters of one count. `undefined` where no cluster grew.
 * @throws RangeError for no clusters, and sizes that are not whole numbers of at least the primaries.
 * @example The 165 measles clusters of the United States 1997–1999 (Gay et al. 2004): R̂ = 1 − 165/336 = 0.51
 */
export const fitChainSizes = (sizes: readonly number[], { primaries, level = 0.95 }: ChainSizeOptions = {}): OffspringFit | undefined => {
  demand(sizes.length > 0, 'at least one cluster is needed')
  demand(primaries === undefined || primaries.length === sizes.length, 'each cluster needs its number of primary cases')
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
  const patterns = new Map<string, { readonly size: number; readonly began: number; times: number }>()
  let cases = 0
  let first = 0
  sizes.forEach((size, i) => {
    const began = primaries?.[i] ?? 1
    demand(Number.isInteger(size) && Number.isInteger(began) && began >= 1 && size >= began, 'a cluster has at least as many cases as it began with, and began with one or more')
    cases += size
    first += began
    const pattern = patterns.get(`${size} ${began}`)
    if (pattern) pattern.times++
    else patterns.set(`${size} ${began}`, { size, began, times: 1 })
  })
  const distinct = [...patterns.values()]
  const logLikelihood = (one: OffspringDistribution): number => {
    let sum = 0
    for (const { size, began, times } of distinct) sum += times * logProbability(size, began, one)
    return sum
  }
  return fitDispersion(logLikelihood, 1 - first / cases, level)
}

import { chiSquareQuantile, logGamma } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'
import { FOR_HEIGHT, fallenBy, highestBetween } from './likelihood.ts'

/**
 * How many people one case infects: negative binomial with mean R and dispersion k, variance R + R²/k. k = ∞ is Poisson (everyone alike), k = 1 geometric,
 * k ≪ 1 a few who infect many. Convention: Lloyd-Smith et al. (2005), Nature 438:355–359.
 */
export interface OffspringDistribution {
  readonly reproduction: number
  readonly dispersion: number
}

export interface OffspringFit extends OffspringDistribution {
  readonly reproductionInterval: ConfidenceInterval
  readonly dispersionInterval: ConfidenceInterval
  readonly logLikelihood: number
}

export interface OffspringOptions {
  /** How many cases share each count: contact tracing often knows only that these two together infected four. One each where left out. */
  readonly infectors?: readonly number[]
  /** Confidence level of the intervals, 0.95 where left out. */
  readonly level?: number
}

/** The logarithm of the probability that `infectors` cases together infect `count` others: their sum is again negative binomial, with mean mR and size mk. */
export const offspringLogProbability = (count: number, infectors: number, { reproduction, dispersion }: OffspringDistribution): number => {
  if (reproduction === 0) return count === 0 ? 0 : -Infinity
  if (dispersion === Infinity) return count * Math.log(infectors * reproduction) - infectors * reproduction - logGamma(count + 1)
  const size = infectors * dispersion
  return logGamma(size + count) - logGamma(size) - logGamma(count + 1) - size * Math.log1p(reproduction / dispersion) + (count === 0 ? 0 : count * Math.log(reproduction / (reproduction + dispersion)))
}

// Beyond these the negative binomial is a Poisson distribution, or one case in ten thousand infects all.
const SMALLEST = Math.log(1e-4)
const LARGEST = Math.log(1e5)
const REPRODUCTION_SPAN = Math.log(1e3)

/**
 * The fit of R and k by a likelihood whose maximum in R does not depend on k (true of counts of offspring and of sizes of chains), with profile-likelihood intervals.
 * `undefined` where R̂ = 0: nobody infected anybody, so that k is not identified and R has no upper limit.
 */
export const fitDispersion = (logLikelihood: (one: OffspringDistribution) => number, reproduction: number, level: number): OffspringFit | undefined => {
  if (reproduction === 0) return undefined
  const drop = chiSquareQuantile(level, 1) / 2
  const ofDispersion = (log: number): number => logLikelihood({ reproduction, dispersion: Math.exp(log) })
  const found = highestBetween(ofDispersion, SMALLEST, LARGEST)
  const poisson = logLikelihood({ reproduction, dispersion: Infinity })
  // Where the likelihood rises all the way, the data vary no more than Poisson counts do.
  const peak = poisson >= found.value - 1e-7 ? { at: LARGEST, value: poisson } : found
  const dispersion = fallenBy(ofDispersion, peak, drop, SMALLEST, LARGEST)
  const ofReproduction = (log: number): number =>
    highestBetween((other) => logLikelihood({ reproduction: Math.exp(log), dispersion: Math.exp(other) }), SMALLEST, LARGEST, FOR_HEIGHT).value
  const centre = Math.log(reproduction)
  const interval = fallenBy(ofReproduction, { at: centre, value: peak.value }, drop, centre - REPRODUCTION_SPAN, centre + REPRODUCTION_SPAN)
  const unlimited = (log: number, end: number): number => (log >= end ? Infinity : Math.exp(log))
  return {
    reproduction,
    reproductionInterval: { lower: Math.exp(interval.lower), upper: unlimited(interval.upper, centre + REPRODUCTION_SPAN) },
    dispersion: unlimited(peak.at, LARGEST),
    dispersionInterval: { lower: Math.exp(dispersion.lower), upper: unlimited(dispersion.upper, LARGEST) },
    logLikelihood: peak.value,
  }
}

/**
 * Maximum-likelihood R and k from how many people each traced case infected (zeros included), with profile-likelihood intervals.
 *
 *   log L(R, k) = Σᵢ log NB(zᵢ; mean mᵢR, size mᵢk),   R̂ = Σ zᵢ / Σ mᵢ,   interval: { θ : 2 (log L̂ − max log L(θ, ·)) ≤ χ²₁(level) }
 *
 * Source: Lloyd-Smith et al. (2005), Nature 438:355–359, supplementary notes 2.2; Lloyd-Smith (2007), PLoS ONE 2:e180. Convention: every case of the outbreak counts once; leaving out the
 * cases that infected nobody raises R and k grossly. Recent cases, who may yet infect, bias R downwards. `undefined`: nobody infected anybody.
 * @throws RangeError for no cases, and counts that are not whole numbers of 0 and more.
 * @example The 152 Ebola cases of Conakry 2014 (Faye et al. 2015) give R 0.95 and k 0.18 (Althaus 2015: 0.95 and 0.18).
 */
export const fitOffspring = (offspring: readonly number[], { infectors, level = 0.95 }: OffspringOptions = {}): OffspringFit | undefined => {
  demand(offspring.length > 0, 'at least one case must be traced')
  demand(infectors === undefined || infectors.length === offspring.length, 'each count of offspring needs its number of infectors')
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
  const patterns = new Map<string, { readonly count: number; readonly sharedBy: number; times: number }>()
  let cases = 0
  let infected = 0
  offspring.forEach((count, i) => {
    const sharedBy = infectors?.[i] ?? 1
    demand(Number.isInteger(count) && count >= 0 && Number.isInteger(sharedBy) && sharedBy > 0, 'offspring and infectors are whole numbers, none negative')
    cases += sharedBy
    infected += count
    const pattern = patterns.get(`${count} ${sharedBy}`)
    if (pattern) pattern.times++
    else patterns.set(`${count} ${sharedBy}`, { count, sharedBy, times: 1 })
  })
  const distinct = [...patterns.values()]
  const logLikelihood = (one: OffspringDistribution): number => {
    let sum = 0
    for (const { count, sharedBy, times } of distinct) sum += times * offspringLogProbability(count, sharedBy, one)
    return sum
  }
  return fitDispersion(logLikelihood, infected / cases, level)
}

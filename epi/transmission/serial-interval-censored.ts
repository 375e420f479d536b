import { demand } from '../numerics/demand.ts'
import { fitDays } from './fit-days.ts'
import { daysDistribution, type DaysDistribution, type SerialIntervalFamily, type SerialIntervalFit } from './serial-interval-family.ts'

/** When each of a pair fell ill, as a window in days from any origin: an onset on day 12 is [12, 13]. The ends may be the same where the moment is known. */
export interface CensoredPair {
  readonly infectorFrom: number
  readonly infectorTo: number
  readonly infecteeFrom: number
  readonly infecteeTo: number
}

/**
 * The likelihood of one pair of which only windows are known: the infector's onset uniform in its window, the infectee's anywhere in its own.
 *
 *   L = 1/(b − a) · ∫ₐᵇ [F(d − s) − F(c − s)] ds = [G(d − a) − G(d − b) − G(c − a) + G(c − b)] / (b − a),   G′ = F
 */
const pairLikelihood = ({ infectorFrom: a, infectorTo: b, infecteeFrom: c, infecteeTo: d }: CensoredPair, days: DaysDistribution): number => {
  if (a === b) return c === d ? Math.exp(days.logDensity(c - a)) : days.cdf(d - a) - days.cdf(c - a)
  if (c === d) return (days.cdf(c - a) - days.cdf(c - b)) / (b - a)
  return (days.cdfIntegral(d - a) - days.cdfIntegral(d - b) - days.cdfIntegral(c - a) + days.cdfIntegral(c - b)) / (b - a)
}

// Less than this is rounding, not probability.
const LEAST = 1e-14

/**
 * The distribution of the serial interval (or an incubation period: exposure in place of the infector's onset) from pairs whose onsets are known to the day or less, by maximum likelihood of
 * doubly interval-censored data, with profile-likelihood intervals.
 *
 * Source: Reich, Lessler, Cummings & Brookmeyer (2009), Stat Med 28:2769–2784. Convention: the first event is uniform within its window. Negative intervals: the normal family.
 * @throws RangeError for fewer than two pairs, windows that end before they begin, and pairs that no positive interval explains where the family is not normal.
 * @example The 151 influenza A incubation periods of Lessler et al. (2009), lognormal: median 1.4 days, dispersion 1.5
 */
export const fitSerialIntervalCensored = (pairs: readonly CensoredPair[], family: SerialIntervalFamily, level = 0.95): SerialIntervalFit => {
  demand(pairs.length >= 2, 'at least two pairs are needed')
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
  const patterns = new Map<string, { readonly pair: CensoredPair; times: number }>()
  for (const pair of pairs) {
    const { infectorFrom, infectorTo, infecteeFrom, infecteeTo } = pair
    demand(infectorFrom <= infectorTo && infecteeFrom <= infecteeTo && Number.isFinite(infecteeTo - infectorFrom) && Number.isFinite(infecteeFrom - infectorTo), 'a window must not end before it begins')
    demand(family === 'normal' || infecteeTo > infectorFrom, 'a pair whose infectee fell ill first needs the normal family')
    const key = [infectorTo - infectorFrom, infecteeFrom - infectorFrom, infecteeTo - infectorFrom].join(' ')
    const pattern = patterns.get(key)
    if (pattern) pattern.times++
    else patterns.set(key, { pair, times: 1 })
  }
  const distinct = [...patterns.values()]
  const logLikelihood = (mean: number, sd: number): number => {
    const days = daysDistribution(family, mean, sd)
    let sum = 0
    for (const { pair, times } of distinct) sum += times * Math.log(Math.max(LEAST, pairLikelihood(pair, days)))
    return sum
  }
  const middles = pairs.map((pair) => (pair.infecteeFrom + pair.infecteeTo - pair.infectorFrom - pair.infectorTo) / 2).map((days) => (family === 'normal' ? days : Math.max(0.25, days)))
  const mean = middles.reduce((sum, days) => sum + days, 0) / middles.length
  const sd = Math.sqrt(middles.reduce((sum, days) => sum + (days - mean) ** 2, 0) / middles.length)
  return fitDays(family, logLikelihood, { mean, sd: Math.max(sd, 0.25) }, pairs.length, level)
}

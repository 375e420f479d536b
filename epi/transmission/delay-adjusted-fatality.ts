import { demand } from '../numerics/demand.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'
import { exactInterval } from './proportion-interval.ts'
import { fallenBy } from './likelihood.ts'
import { chiSquareQuantile } from '../numerics/index.ts'

export interface FatalityInput {
  /** New cases of each day, by the day the delay counts from (onset, or report). */
  readonly cases: ArrayLike<number>
  /** Deaths of each of the same days. */
  readonly deaths: ArrayLike<number>
  /** Probability that the delay from case to death is 0, 1, 2 … days, for those who die. Sums to at most 1. */
  readonly delay: ArrayLike<number>
  readonly level?: number
}

export interface Fatality {
  /** Deaths ÷ cases: too low while cases are young. */
  readonly crude: number
  readonly crudeInterval: ConfidenceInterval
  /** Share of cases whose outcome would be known by now: u. */
  readonly underestimation: number
  /** Deaths ÷ cases with known outcome, at most 1. */
  readonly adjusted: number
  readonly adjustedInterval: ConfidenceInterval
}

/**
 * The risk that a case dies, while the fate of the youngest cases is not yet known.
 *
 *   U = Σᵢ Σ_{d ≤ T − i} cᵢ f(d),   u = U/C;   D ~ Binomial(U, p):  p̂ = D/U;   interval { p : 2 (ℓ(p̂) − ℓ(p)) ≤ χ²₁ },  ℓ = D log p + (U − D) log(1 − p)
 *
 * Source: Nishiura, Klinkenberg, Roberts & Heesterbeek (2009), PLoS ONE 4:e6852; Russell et al. (2020), Euro Surveill 25:2000256. Convention: the risk has not changed; cases that were never found
 * raise it, deaths never attributed lower it. The crude interval is exact (Clopper–Pearson); the adjusted one takes delay and u as known.
 * `undefined`: no cases yet, or none whose outcome could be known. More deaths than known outcomes: 1, with the interval reaching down from it.
 * @throws RangeError for series of unequal length, negative values, more deaths than cases, and a delay that sums to more than 1.
 * @example Cases [3, 1, 3, 2], one death, delay [.2, .4, .3, .1]: U = 6.1, u = 0.68, p̂ = 0.16
 */
export const delayAdjustedFatality = ({ cases, deaths, delay, level = 0.95 }: FatalityInput): Fatality | undefined => {
  const days = cases.length
  demand(deaths.length === days, 'cases and deaths must cover the same days')
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
  let known = 0
  const cumulative = new Float64Array(Math.max(days, delay.length))
  for (let d = 0; d < cumulative.length; d++) {
    demand((delay[d] ?? 0) >= 0, 'probabilities must not be negative')
    known += delay[d] ?? 0
    cumulative[d] = known
  }
  demand(known <= 1 + 1e-9, 'the probabilities of the delay must not sum to more than 1')
  let all = 0
  let dead = 0
  let resolved = 0
  for (let i = 0; i < days; i++) {
    const count = cases[i] as number
    demand(count >= 0 && (deaths[i] as number) >= 0, 'cases and deaths must not be negative')
    all += count
    dead += deaths[i] as number
    resolved += count * (cumulative[days - 1 - i] as number)
  }
  demand(dead <= all, 'there cannot be more deaths than cases')
  if (!(resolved > 0)) return undefined
  const adjusted = Math.min(1, dead / resolved)
  return { crude: dead / all, crudeInterval: exactInterval(dead, all, level), underestimation: resolved / all, adjusted, adjustedInterval: likelihoodInterval(dead, Math.max(resolved, dead), level) }
}

/** The likelihood interval of a proportion whose total need not be whole. */
const likelihoodInterval = (count: number, total: number, level: number): ConfidenceInterval => {
  const logLikelihood = (p: number): number => (count === 0 ? 0 : count * Math.log(p)) + (total === count ? 0 : (total - count) * Math.log1p(-p))
  const at = count / total
  return fallenBy(logLikelihood, { at, value: logLikelihood(at) }, chiSquareQuantile(level, 1) / 2, 0, 1)
}

import { normalQuantile } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'

/** So many of so many. */
export interface Tally {
  readonly count: number
  readonly of: number
}

export interface SeroSurvey {
  readonly positive: Tally
  /** The positive controls the test found positive. */
  readonly sensitivity: Tally
  /** The negative controls the test found negative. */
  readonly specificity: Tally
  readonly level?: number
}

export interface TruePrevalence {
  readonly apparent: number
  /** The Rogan–Gladen estimate, kept within 0…1. */
  readonly prevalence: number
  readonly interval: ConfidenceInterval
}

/**
 * True prevalence from an imperfect test whose sensitivity and specificity were themselves estimated from samples.
 *
 *   P̂ = (AP + Sp − 1)/(Se + Sp − 1)
 *   interval: P′ + dP ± z √var,  with (primes: AP from n + z² with z²/2 more positives, Se and Sp from 2 more controls, 1 each way)
 *   var = [AP′(1 − AP′)/n′ + P′² Se′(1 − Se′)/n′Se + (1 − P′)² Sp′(1 − Sp′)/n′Sp] / (Se′ + Sp′ − 1)²
 *   dP = 2z² [P′ Se′(1 − Se′)/n′Se − (1 − P′) Sp′(1 − Sp′)/n′Sp]
 *
 * Source: Rogan & Gladen (1978), Am J Epidemiol 107:71–76; Lang & Reiczigel (2014), Prev Vet Med 113:13–22, eq. 2, 4, 6, 7, 16, 17 (the sign in eq. 4 corrected). Convention: the survey is a simple random
 * sample. `undefined` where the test tells nothing (Se + Sp ≤ 1).
 * @throws RangeError for counts outside 0…of, or samples of none.
 * @example 51 of 2971 positive, sensitivity 32/33, specificity 20/20: 1.8 %, interval 0 to 5.3 % (Lang & Reiczigel 2014, example 2)
 */
export const roganGladen = ({ positive, sensitivity, specificity, level = 0.95 }: SeroSurvey): TruePrevalence | undefined => {
  for (const { count, of } of [positive, sensitivity, specificity]) demand(of > 0 && count >= 0 && count <= of, 'a count lies between 0 and the sample, and the sample is above 0')
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
  const apparent = positive.count / positive.of
  const power = sensitivity.count / sensitivity.of + specificity.count / specificity.of - 1
  const z = normalQuantile((1 + level) / 2)
  const sample = positive.of + z * z
  const ap = (positive.count + (z * z) / 2) / sample
  const se = (sensitivity.count + 1) / (sensitivity.of + 2)
  const sp = (specificity.count + 1) / (specificity.of + 2)
  const youden = se + sp - 1
  if (power <= 0 || youden <= 0) return undefined
  const p = (ap + sp - 1) / youden
  const ofSe = (se * (1 - se)) / (sensitivity.of + 2)
  const ofSp = (sp * (1 - sp)) / (specificity.of + 2)
  const shift = 2 * z * z * (p * ofSe - (1 - p) * ofSp)
  const reach = (z * Math.sqrt((ap * (1 - ap)) / sample + p * p * ofSe + (1 - p) * (1 - p) * ofSp)) / youden
  const within = (share: number): number => Math.min(1, Math.max(0, share))
  return { apparent, prevalence: within((apparent + specificity.count / specificity.of - 1) / power), interval: { lower: within(p + shift - reach), upper: within(p + shift + reach) } }
}

import { findRoot, normalQuantile } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'

/** One stratum (age, place, month): cases, how many of them were vaccinated, and the share of its population that was. */
export interface ScreeningStratum {
  readonly cases: number
  readonly vaccinatedCases: number
  readonly coverage: number
}

/** 1 − relative risk (or odds ratio). Negative where the vaccinated fare worse. */
export interface VaccineEffectiveness {
  readonly effectiveness: number
  readonly interval: ConfidenceInterval
}

const logit = (p: number): number => Math.log(p / (1 - p))

/**
 * Vaccine effectiveness from the cases alone and the coverage of the population they come from: the screening method, over any number of strata.
 *
 *   logit PCVᵢ = logit PPVᵢ + log RR,   VE = 1 − RR;   score equation Σ (vᵢ − nᵢ pᵢ) = 0,   variance of log RR: 1 / Σ nᵢ pᵢ (1 − pᵢ);   one stratum: RR = PCV/(1 − PCV) · (1 − PPV)/PPV
 *
 * Source: Farrington (1993), Int J Epidemiol 22:742–746; Orenstein et al. (1985), Bull WHO 63:1055–1068. Convention: coverage is known without error and is that of the very population and age;
 * a few points of coverage too low or high change the answer much where coverage is near 1. Wald interval of log RR. `undefined`: no case or every case vaccinated, where log RR has no estimate.
 * @throws RangeError for vaccinated cases beyond the cases, or a coverage of 0 or 1.
 * @example Coverage 90 %, 47 of 100 cases vaccinated: VE = 1 − (47/53)/9 = 90 %
 */
export const screeningEffectiveness = (strata: readonly ScreeningStratum[], level = 0.95): VaccineEffectiveness | undefined => {
  let vaccinated = 0
  let cases = 0
  for (const stratum of strata) {
    demand(stratum.vaccinatedCases >= 0 && stratum.vaccinatedCases <= stratum.cases, 'vaccinated cases lie between 0 and all cases')
    demand(stratum.coverage > 0 && stratum.coverage < 1, 'the screening method needs a coverage between 0 and 1')
    vaccinated += stratum.vaccinatedCases
    cases += stratum.cases
  }
  if (vaccinated === 0 || vaccinated === cases) return undefined
  const share = (stratum: ScreeningStratum, logRisk: number): number => 1 / (1 + Math.exp(-logit(stratum.coverage) - logRisk))
  const logRisk = findRoot((x) => strata.reduce((sum, stratum) => sum + stratum.vaccinatedCases - stratum.cases * share(stratum, x), 0), -60, 60)
  if (logRisk === undefined) return undefined
  const information = strata.reduce((sum, stratum) => sum + stratum.cases * share(stratum, logRisk) * (1 - share(stratum, logRisk)), 0)
  return effectivenessOf(logRisk, 1 / Math.sqrt(information), level)
}

/** VE = 1 − exp(log ratio) with its Wald interval. */
export const effectivenessOf = (logRatio: number, standardError: number, level: number): VaccineEffectiveness => {
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
  const reach = normalQuantile((1 + level) / 2) * standardError
  return { effectiveness: -Math.expm1(logRatio), interval: { lower: -Math.expm1(logRatio + reach), upper: -Math.expm1(logRatio - reach) } }
}

import { demand } from '../numerics/demand.ts'
import { effectivenessOf, type VaccineEffectiveness } from './vaccine-screening.ts'

/** One stratum (week, age, place) of people tested for the same symptoms. */
export interface TestNegativeStratum {
  readonly vaccinatedPositive: number
  readonly unvaccinatedPositive: number
  readonly vaccinatedNegative: number
  readonly unvaccinatedNegative: number
}

export interface TestNegativeResult extends VaccineEffectiveness {
  readonly oddsRatio: number
}

/**
 * Vaccine effectiveness by the test-negative design: the odds of vaccination of those who tested positive against those who tested negative, pooled over strata by Mantel and Haenszel.
 *
 *   OR = Σ aᵢdᵢ/nᵢ ÷ Σ bᵢcᵢ/nᵢ,  VE = 1 − OR   (a vaccinated +, b unvaccinated +, c vaccinated −, d unvaccinated −)
 *   var log OR = ΣPR/(2(ΣR)²) + Σ(PS + QR)/(2ΣRΣS) + ΣQS/(2(ΣS)²),  P = (a+d)/n, Q = (b+c)/n, R = ad/n, S = bc/n;   one stratum: 1/a + 1/b + 1/c + 1/d
 *
 * Source: Mantel & Haenszel (1959), JNCI 22:719–748; Robins, Breslow & Greenland (1986), Biometrics 42:311–323; design: Jackson & Nelson (2013), Vaccine 31:2165–2168. Convention: positives and
 * negatives sought a test for the same reasons; strata by calendar week are the least. `undefined` where a sum is 0. @throws RangeError for negative counts.
 * @example The six departments of Bickel et al. (1975), stratified: OR 0.905 (0.772 to 1.060)
 */
export const testNegativeEffectiveness = (strata: readonly TestNegativeStratum[], level = 0.95): TestNegativeResult | undefined => {
  let [r, s, pr, psqr, qs] = [0, 0, 0, 0, 0]
  for (const { vaccinatedPositive: a, unvaccinatedPositive: b, vaccinatedNegative: c, unvaccinatedNegative: d } of strata) {
    demand([a, b, c, d].every((count) => count >= 0 && Number.isFinite(count)), 'counts must not be negative')
    const n = a + b + c + d
    if (n === 0) continue
    const own = (a * d) / n
    const other = (b * c) / n
    r += own
    s += other
    pr += ((a + d) / n) * own
    psqr += ((a + d) / n) * other + ((b + c) / n) * own
    qs += ((b + c) / n) * other
  }
  if (r === 0 || s === 0) return undefined
  const oddsRatio = r / s
  return { oddsRatio, ...effectivenessOf(Math.log(oddsRatio), Math.sqrt(pr / (2 * r * r) + psqr / (2 * r * s) + qs / (2 * s * s)), level) }
}

import { demand } from '../numerics/demand.ts'
import { normalQuantile } from '../numerics/index.ts'
import { above, demandWeeks, known, numbersOf, weeksFrom, type Convention, type Counts, type Warning } from './series.ts'

export type EarsMethod = 'C1' | 'C2' | 'C3'

export interface EarsOptions {
  readonly method: EarsMethod
  /** Weeks (or days) the mean and spread are taken from. Default 7. */
  readonly baseline?: number | undefined
  /** A smaller standard deviation than this counts as this, so that one case after a quiet time is no alarm. Default 0. */
  readonly minSigma?: number | undefined
  /** One-sided error. Default 0.001; for C3 0.025. */
  readonly alpha?: number | undefined
  /** How C3's bound is built: see below. Default `published`. */
  readonly convention?: Convention | undefined
  /** Default: every week that has its baseline. */
  readonly weeks?: readonly number[] | undefined
}

/** Steps between the tested week and the end of its baseline, and what C3 needs in front of it. */
const GAP: Readonly<Record<EarsMethod, number>> = { C1: 0, C2: 2, C3: 2 }
const SUMMED_BEFORE: Readonly<Record<EarsMethod, number>> = { C1: 0, C2: 0, C3: 2 }

/**
 * EARS C1 (mild), C2 (medium), C3 (high): a week against the mean and standard deviation of the few weeks before; for series without past years.
 *
 *   C1, C2:  U = ȳ + z·s     over the `baseline` values that end one (C1) or three (C2) steps before the week; z the normal quantile of 1 − alpha
 *   C3:      Σ max(0, C₂(i) − 1) over the week and the two before exceeds z, C₂ = (y − ȳ₂)/s₂; with p the part of the two before,
 *            U = ȳ₂ + s₂·(1 + z − p), and 0 where p alone exceeds z (a week without cases is no alarm)
 *
 * An alarm is a count above U. s is never smaller than `minSigma`. Where s is 0 and C3 would divide 0 by it, the bound is undefined.
 * Source: Fricker, Hegler & Dunfee (2008), Stat Med 27:3407–3429; alpha, baseline and minSigma as R surveillance::earsC (Salmon et al. 2016, JSS 70(10)).
 * That package builds C3's bound on the tested count itself, U = max(0, y + s₂·(z − p)), so that only the two weeks before decide; `convention: 'surveillance'` does the same.
 * Units: counts. Errors: `RangeError` for negative counts, weeks without a baseline, baseline < 2, alpha outside 0…1.
 * Example: counts 1 3 1 3 1 3 2 9, method C1 — mean 2, s = 1, U = 2 + 3.0902; 9 is an alarm.
 */
export const ears = (counts: Counts, options: EarsOptions): readonly Warning[] => {
  const { method, baseline = 7, minSigma = 0, alpha = method === 'C3' ? 0.025 : 0.001, convention = 'published' } = options
  demand(Number.isInteger(baseline) && baseline >= 2, 'the baseline must be two weeks long at least')
  demand(minSigma >= 0, 'the smallest standard deviation must not be negative')
  demand(alpha > 0 && alpha < 1, 'alpha must lie between 0 and 1')
  const values = numbersOf(counts)
  const earliest = baseline + GAP[method] + SUMMED_BEFORE[method]
  const weeks = options.weeks ?? weeksFrom(earliest, values.length)
  demandWeeks(weeks, earliest, values.length)
  const z = normalQuantile(1 - alpha)

  const momentsOf = (week: number): { mean: number; sd: number } => moments(values, week - GAP[method] - baseline, baseline, minSigma)
  const discrepancy = (week: number): number => {
    const { mean, sd } = momentsOf(week)
    return Math.max(0, ((values[week] as number) - mean) / sd - 1)
  }
  const boundOf = (week: number, mean: number, sd: number): number => {
    if (method !== 'C3') return mean + z * sd
    const before = discrepancy(week - 1) + discrepancy(week - 2)
    if (convention === 'surveillance') return Math.max(0, (values[week] as number) + sd * (z - before))
    return before > z ? 0 : mean + sd * (1 + z - before)
  }
  return weeks.map((week) => {
    const { mean, sd } = momentsOf(week)
    const upper = boundOf(week, mean, sd)
    return { week, expected: known(mean), upper: known(upper), alarm: above(values[week] as number, upper) }
  })
}

const moments = (values: Float64Array, from: number, length: number, minSigma: number): { mean: number; sd: number } => {
  let sum = 0
  for (let t = from; t < from + length; t++) sum += values[t] as number
  const mean = sum / length
  let squares = 0
  for (let t = from; t < from + length; t++) squares += ((values[t] as number) - mean) ** 2
  return { mean, sd: Math.max(minSigma, Math.sqrt(squares / (length - 1))) }
}

import { choleskySolve, normalQuantile } from '../numerics/index.ts'
import { demand } from '../numerics/demand.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'

export interface LineageCounts {
  /** Day of each sample, a whole number or not, from any origin. */
  readonly days: readonly number[]
  /** counts[i][j]: sequences of lineage j on day i. */
  readonly counts: readonly (readonly number[])[]
  /** The lineage the others are measured against; the first where left out. */
  readonly reference?: number
  /** Widens the intervals by the Pearson dispersion where samples vary more than the multinomial allows (sequences of one outbreak arrive together). */
  readonly quasi?: boolean
  readonly level?: number
}

export interface LineageAdvantage {
  /** Difference of its growth rate to the reference's, a day; 0 for the reference itself. */
  readonly perDay: number
  readonly standardError: number
  readonly interval: ConfidenceInterval
  /** Logarithm of its share over the reference's on day 0. */
  readonly intercept: number
}

export interface LineageGrowth {
  readonly lineages: readonly LineageAdvantage[]
  readonly logLikelihood: number
  /** Pearson's χ² over its degrees of freedom: 1 where the samples are multinomial; `undefined` without degrees of freedom. */
  readonly dispersion: number | undefined
}

const ROUNDS = 60

/**
 * How fast each lineage grows against a reference: multinomial logistic regression of the counts on the day.
 *
 *   log (πⱼ(t)/π_ref(t)) = αⱼ + sⱼ t;   Newton–Raphson; covariance (XᵀWX)⁻¹, times max(1, χ²_Pearson/df) with `quasi`
 *
 * Source: Davies et al. (2021), Science 372:eabg3055, supplementary methods; Campbell et al. (2021), Euro Surveill 26:2100509. sⱼ is the difference of exponential growth rates whatever the epidemic
 * as a whole does. Convention: sequences are a random sample of infections of their day; constant advantage; Wald intervals. `undefined` where the likelihood has no maximum (a lineage entirely before
 * or after the reference).
 * @throws RangeError for fewer than two lineages or days, rows of unequal length, negative counts, or a lineage without a sequence.
 * @example Counts [90, 10] on day 0 and [50, 50] on day 20: s = ln 9/20 = 0.110 a day
 */
export const lineageGrowth = ({ days, counts, reference = 0, quasi = false, level = 0.95 }: LineageCounts): LineageGrowth | undefined => {
  const width = counts[0]?.length ?? 0
  demand(width >= 2 && reference >= 0 && reference < width && Number.isInteger(reference), 'an advantage is measured between two lineages or more')
  demand(days.length === counts.length && new Set(days).size >= 2, 'each day needs a row of counts, and growth needs two days')
  demand(level > 0 && level < 1, 'a confidence level must lie between 0 and 1')
  demand(counts.every((row) => row.length === width && row.every((count) => count >= 0)), 'each day needs a count of each lineage, none negative')
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0))
  const ofLineage = Array.from({ length: width }, (_, j) => counts.reduce((sum, row) => sum + (row[j] as number), 0))
  demand(ofLineage.every((count) => count > 0), 'a lineage without a sequence has no share to follow')
  const others = ofLineage.flatMap((_, j) => (j === reference ? [] : [j]))

  // Centred and scaled days keep the information matrix well conditioned; intercept and slope are carried back at the end.
  const all = totals.reduce((sum, total) => sum + total, 0)
  const centre = days.reduce((sum, day, i) => sum + day * (totals[i] as number), 0) / all
  const scale = Math.sqrt(days.reduce((sum, day, i) => sum + (day - centre) ** 2 * (totals[i] as number), 0) / all)
  if (!(scale > 0)) return undefined
  const x = days.map((day) => (day - centre) / scale)

  const size = 2 * others.length
  const beta = new Float64Array(size)
  others.forEach((j, k) => {
    beta[2 * k] = Math.log((ofLineage[j] as number) / (ofLineage[reference] as number))
  })
  const shares = counts.map(() => new Float64Array(width))
  const evaluate = (): number => {
    let logLikelihood = 0
    for (let i = 0; i < x.length; i++) {
      const share = shares[i] as Float64Array
      let most = 0
      share[reference] = 0
      others.forEach((j, k) => {
        share[j] = (beta[2 * k] as number) + (beta[2 * k + 1] as number) * (x[i] as number)
        most = Math.max(most, share[j] as number)
      })
      let sum = 0
      for (let j = 0; j < width; j++) sum += Math.exp((share[j] as number) - most)
      const log = most + Math.log(sum)
      for (let j = 0; j < width; j++) {
        const count = (counts[i] as readonly number[])[j] as number
        if (count > 0) logLikelihood += count * ((share[j] as number) - log)
        share[j] = Math.exp((share[j] as number) - log)
      }
    }
    return logLikelihood
  }

  let logLikelihood = evaluate()
  let information = informationAt(x, totals, shares, others)
  for (let n = 0; ; n++) {
    const gradient = new Float64Array(size)
    for (let i = 0; i < x.length; i++) {
      others.forEach((j, k) => {
        const left = ((counts[i] as readonly number[])[j] as number) - (totals[i] as number) * ((shares[i] as Float64Array)[j] as number)
        gradient[2 * k] = (gradient[2 * k] as number) + left
        gradient[2 * k + 1] = (gradient[2 * k + 1] as number) + left * (x[i] as number)
      })
    }
    const step = choleskySolve(information, gradient)
    if (!step || n >= ROUNDS) return undefined
    const before = Float64Array.from(beta)
    let half = 1
    for (; half > 1e-4; half /= 2) {
      for (let k = 0; k < size; k++) beta[k] = (before[k] as number) + half * (step[k] as number)
      const now = evaluate()
      if (now >= logLikelihood - 1e-12 * Math.abs(logLikelihood)) {
        logLikelihood = now
        break
      }
    }
    information = informationAt(x, totals, shares, others)
    const moved = step.reduce((most, change) => Math.max(most, Math.abs(change)), 0)
    if (moved < 1e-11 * (1 + Math.max(...beta.map(Math.abs)))) break
  }

  const degrees = counts.filter((_, i) => (totals[i] as number) > 0).length * (width - 1) - size
  const pearson = counts.reduce((sum, row, i) => sum + row.reduce((own, count, j) => {
    const expected = (totals[i] as number) * ((shares[i] as Float64Array)[j] as number)
    return own + (expected > 0 ? (count - expected) ** 2 / expected : 0)
  }, 0), 0)
  const dispersion = degrees > 0 ? pearson / degrees : undefined
  const widen = quasi ? Math.sqrt(Math.max(1, dispersion ?? 1)) : 1
  const z = normalQuantile((1 + level) / 2)
  const lineages: LineageAdvantage[] = Array.from({ length: width }, () => ({ perDay: 0, standardError: 0, interval: { lower: 0, upper: 0 }, intercept: 0 }))
  for (const [k, j] of others.entries()) {
    const unit = new Float64Array(size)
    unit[2 * k + 1] = 1
    const column = choleskySolve(information, unit)
    if (!column) return undefined
    const perDay = (beta[2 * k + 1] as number) / scale
    const standardError = (Math.sqrt(column[2 * k + 1] as number) / scale) * widen
    lineages[j] = { perDay, standardError, interval: { lower: perDay - z * standardError, upper: perDay + z * standardError }, intercept: (beta[2 * k] as number) - perDay * centre }
  }
  return { lineages, logLikelihood, dispersion }
}

/** XᵀWX of the multinomial logit: blocks of the lineages, each of intercept and slope. */
const informationAt = (x: readonly number[], totals: readonly number[], shares: readonly Float64Array[], others: readonly number[]): Float64Array[] => {
  const matrix = Array.from({ length: 2 * others.length }, () => new Float64Array(2 * others.length))
  for (let i = 0; i < x.length; i++) {
    const at = x[i] as number
    const share = shares[i] as Float64Array
    for (let k = 0; k < others.length; k++) {
      for (let l = 0; l <= k; l++) {
        const own = share[others[k] as number] as number
        const weight = (totals[i] as number) * (k === l ? own * (1 - own) : -own * (share[others[l] as number] as number))
        const upper = matrix[2 * k] as Float64Array
        const lower = matrix[2 * k + 1] as Float64Array
        upper[2 * l] = (upper[2 * l] as number) + weight
        upper[2 * l + 1] = (upper[2 * l + 1] as number) + weight * at
        lower[2 * l] = (lower[2 * l] as number) + weight * at
        lower[2 * l + 1] = (lower[2 * l + 1] as number) + weight * at * at
      }
    }
  }
  return matrix
}

/**
 * What an advantage a day means from one generation of infections to the next: the ratio of reproduction numbers, less 1.
 *
 *   exp(s · T) − 1,   T the generation interval, taken as fixed
 *
 * Source: Davies et al. (2021), Science 372:eabg3055. Convention: T does not vary and is the same for both lineages; where it varies, or is shorter for the faster one, the true ratio is smaller.
 * @throws RangeError for a generation interval that is not positive.
 * @example 0.1 a day and 5 days: 65 % more
 */
export const advantagePerGeneration = (perDay: number, generationDays: number): number => {
  demand(generationDays > 0, 'the generation interval must be positive')
  return Math.expm1(perDay * generationDays)
}

/** The expected share of each lineage on a day under a fit: αⱼ + sⱼ t turned back into shares, so that they sum to 1. */
export const lineageShareAt = ({ lineages }: LineageGrowth, day: number): number[] => {
  const logs = lineages.map(({ intercept, perDay }) => intercept + perDay * day)
  const most = Math.max(...logs)
  const sum = logs.reduce((all, log) => all + Math.exp(log - most), 0)
  return logs.map((log) => Math.exp(log - most) / sum)
}

import { demand } from '../numerics/demand.ts'
import { negativeBinomialQuantile } from '../numerics/index.ts'
import { pastOffsets, type PastWeeks } from './past-weeks.ts'
import { above, known, numbersOf, type Counts, type Warning } from './series.ts'

/** The reference values of the system "Bayes 1": the six weeks before. */
export const BAYES_1: PastWeeks = { b: 0, w: 6, thisYear: true }

/**
 * Bayes system: the upper quantile of the predictive distribution of a count, from comparable past weeks.
 *
 *   counts ~ Poisson(λ), λ ~ Gamma(½, 0) (Jeffreys): the next is negative binomial with size Σy + ½ and mean (Σy + ½)/n; U = its quantile at 1 − alpha
 *
 * An alarm is a count above U. Unknown reference values are left out. Source: Riebler (2004); conventions of R surveillance::algo.bayes.
 * Units: counts. Errors: `RangeError` for negative counts, weeks whose reference values begin before the series, alpha outside 0…1.
 * Example: six weeks of 3 cases: size 18.5, mean 3.083, U = 7.
 */
export const bayes = (counts: Counts, weeks: readonly number[], past: PastWeeks = BAYES_1, alpha = 0.05): readonly Warning[] => {
  demand(alpha > 0 && alpha < 1, 'alpha must lie between 0 and 1')
  const values = numbersOf(counts)
  const offsets = pastOffsets(past, weeks, values.length)
  return weeks.map((week) => {
    const reference = offsets.map((offset) => values[week + offset] as number).filter((value) => !Number.isNaN(value))
    const size = reference.reduce((sum, value) => sum + value, 0.5)
    const expected = size / reference.length
    const upper = reference.length === 0 ? Number.NaN : negativeBinomialQuantile(1 - alpha, expected, size)
    return { week, expected: reference.length === 0 ? undefined : expected, upper: known(upper), alarm: above(values[week] as number, upper) }
  })
}

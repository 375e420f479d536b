import { pastOffsets, type PastWeeks } from './past-weeks.ts'
import { above, known, numbersOf, type Counts, type Warning } from './series.ts'

/** The reference values of the system "RKI 1": the six weeks before. */
export const RKI_1: PastWeeks = { b: 0, w: 6, thisYear: true }

/** Upper 95 % confidence limits of a Poisson mean for 0 … 20 events: E. L. Crow and R. S. Gardner, "Confidence intervals for the expectation of a Poisson variable", Biometrika 46 (1959), 441–453. */
const CROW_GARDNER = [
  3.285, 5.323, 6.686, 8.102, 9.598, 11.177, 12.817, 13.765, 14.921, 16.768, 17.633, 19.05, 20.335, 21.364, 22.945, 23.762, 25.4, 26.306, 27.735, 28.966, 30.017,
]

/**
 * RKI system: a count against the mean of comparable past weeks.
 *
 *   mean ȳ ≤ 20: U = Crow and Gardner's upper limit for ⌊ȳ⌋ events;   else U = ȳ + 2·s
 *
 * An alarm is a count above U; where a reference value is unknown there is no answer. Conventions of R surveillance::algo.rki.
 * Units: counts. Errors: `RangeError` for negative counts, weeks whose reference values begin before the series.
 * Example: six weeks of 3 cases: U = 8.102.
 */
export const rki = (counts: Counts, weeks: readonly number[], past: PastWeeks = RKI_1): readonly Warning[] => {
  const values = numbersOf(counts)
  const offsets = pastOffsets(past, weeks, values.length)
  return weeks.map((week) => {
    const reference = offsets.map((offset) => values[week + offset] as number)
    const mean = reference.reduce((sum, value) => sum + value, 0) / reference.length
    const sd = (): number => Math.sqrt(reference.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (reference.length - 1))
    const upper = mean > 20 ? mean + 2 * sd() : (CROW_GARDNER[Math.floor(mean)] ?? Number.NaN)
    return { week, expected: known(mean), upper: known(upper), alarm: above(values[week] as number, upper) }
  })
}

/** People per which rates are stated, as the Ministry's thresholds are. Unit: persons. */
export const PER_HUNDRED_THOUSAND = 100_000

/**
 * Incidence per 100 000 people: `count / population × 100 000`; nothing when the population is zero or less.
 * Example: `ratePerHundredThousand(3, 12_000) === 25`.
 */
export const ratePerHundredThousand = (count: number, population: number): number | undefined =>
  population > 0 ? (count / population) * PER_HUNDRED_THOUSAND : undefined

/** The middle value (mean of the two middle ones when even); nothing for no values. Example: `median([3, 1, 2]) === 2`. */
export const median = (values: readonly number[]): number | undefined => {
  if (values.length === 0) return undefined
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

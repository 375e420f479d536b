import { day, type PlainDate } from '#base'

/** How a population came to be known: read in a cited source, or distributed from a known total. */
export type PopulationConfidence = 'found' | 'distributed'

/** People of one unit on a day, with where the number comes from. */
export interface Population {
  readonly areaId: number
  readonly asOf: PlainDate
  /** `population` is the resident population that adds up over the tree; other metrics stand beside it. */
  readonly metric: string
  /** Persons. */
  readonly value: number
  readonly source: string
  readonly confidence: PopulationConfidence
  readonly estimated: boolean
}

/** Reads the reference file `population.csv` (no quoted fields). Throws on a malformed line: the file is the product's own. */
export const parsePopulations = (csv: string): Population[] =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [areaId, asOf, metric, value, source, confidence, estimated, ...more] = line.split(',')
      if (estimated === undefined || more.length > 0) throw new Error(`not a population: ${line}`)
      return {
        areaId: Number(areaId),
        asOf: day(asOf as string),
        metric: metric as string,
        value: Number(value),
        source: source as string,
        confidence: confidence as PopulationConfidence,
        estimated: estimated === 't',
      }
    })

/**
 * Distributes a whole number by weights so that the parts are whole and sum to it exactly (largest remainder, Hare quota:
 * each part is `total × weight ∕ Σweights` rounded down, then one more for the largest remainders; equal remainders in order).
 * `total` and `weights` are non-negative whole numbers, at least one weight above 0; otherwise throws RangeError.
 * Example: `distribute(10, [1, 1, 1])` is `[4, 3, 3]`.
 */
export const distribute = (total: number, weights: readonly number[]): number[] => {
  if (![total, ...weights].every((n) => Number.isSafeInteger(n) && n >= 0)) throw new RangeError('whole numbers of at least 0 are needed')
  const sum = weights.reduce((a, weight) => a + BigInt(weight), 0n)
  if (sum === 0n) throw new RangeError('at least one weight above 0 is needed')
  // BigInt, because total × weight passes 2^53 and a rounded quotient would lose or invent a person.
  const products = weights.map((weight) => BigInt(total) * BigInt(weight))
  const parts = products.map((product) => Number(product / sum))
  const missing = total - parts.reduce((a, part) => a + part, 0)
  products
    .map((product, index) => ({ index, remainder: product % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))
    .slice(0, missing)
    .forEach(({ index }) => {
      parts[index] = (parts[index] as number) + 1
    })
  return parts
}

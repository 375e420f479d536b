import { sameValue, toPlain, type FeelValue } from './feel.ts'
import type { HitPolicy } from './model.ts'

/** Policies that answer with one row. */
export const answersOnce = (policy: HitPolicy): policy is 'U' | 'A' | 'P' | 'F' =>
  policy === 'U' || policy === 'A' || policy === 'P' || policy === 'F'

/**
 * Ranks of rows by their outputs, for P and O: the place of each value in its column's list, columns from left to right; what no
 * list names comes last. DMN 1.5 clause 8.2.11.
 */
export const compareByPriority = (
  lists: readonly (readonly FeelValue[])[],
): ((a: readonly FeelValue[], b: readonly FeelValue[]) => number) => {
  const rank = (list: readonly FeelValue[], value: FeelValue): number => {
    const place = list.findIndex((listed) => sameValue(listed, value))
    return place < 0 ? list.length : place
  }
  return (a, b) => {
    for (const [column, list] of lists.entries()) {
      const difference = rank(list, a[column]) - rank(list, b[column])
      if (difference !== 0) return difference
    }
    return 0
  }
}

/** The lesser (`sign` −1) or greater (`sign` 1) of comparable values; null when they cannot be compared. */
const extreme = (values: readonly FeelValue[], sign: -1 | 1): FeelValue => {
  const keyed = values.map((value) => ({ value, key: toPlain(value) }))
  const kind = typeof keyed[0]?.key
  if (keyed.some(({ key }) => typeof key !== kind || key === null)) return null
  const best = keyed.reduce((a, b) => ((a.key ?? 0) < (b.key ?? 0) === (sign === 1) && a.key !== b.key ? b : a))
  return best.value
}

/**
 * Joins the outputs of the rows that held under C+, C<, C> or C#. A sum is rounded to 15 significant digits, since FEEL numbers are
 * decimal (0.1 + 0.2 is 0.3). No row: 0 for C#, null for the others. Example: `aggregate('C+', [0.1, 0.2]) === 0.3`.
 */
export const aggregate = (policy: 'C+' | 'C<' | 'C>' | 'C#', values: readonly FeelValue[]): FeelValue => {
  if (policy === 'C#') return values.length
  if (values.length === 0) return null
  if (policy === 'C<') return extreme(values, -1)
  if (policy === 'C>') return extreme(values, 1)
  let sum = 0
  for (const value of values) {
    if (typeof value !== 'number') return null
    sum += value
  }
  return Number(sum.toPrecision(15))
}

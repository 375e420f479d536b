import { demand } from './demand.ts'

/**
 * The quantile of sorted values, by linear interpolation between the values at `(n − 1) p` (Hyndman and Fan 1996, type 7: R's default).
 * Throws RangeError unless there is a value and 0 ≤ p ≤ 1.
 * Example: `quantileOf([1, 2, 4], 0.75) === 3`.
 */
export const quantileOf = (sortedValues: ArrayLike<number>, p: number): number => {
  demand(sortedValues.length > 0, 'a quantile needs at least one value')
  demand(p >= 0 && p <= 1, 'a probability must lie between 0 and 1')
  const at = (sortedValues.length - 1) * p
  const below = Math.floor(at)
  const low = sortedValues[below] as number
  const high = sortedValues[Math.min(below + 1, sortedValues.length - 1)] as number
  return low + (at - below) * (high - low)
}

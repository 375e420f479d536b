import { demand } from './demand.ts'

/** Rows of a matrix. */
export type Matrix = readonly ArrayLike<number>[]

/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's `A = L Lᵀ`; only the lower triangle of A is read.
 * Nothing where A is not positive definite.
 * Throws RangeError unless A is square and as long as b.
 * Example: `choleskySolve([[4, 2], [2, 3]], [2, 5])` ([-0.5, 2]).
 */
export const choleskySolve = (matrix: Matrix, right: ArrayLike<number>): Float64Array | undefined => {
  const size = matrix.length
  demand(
    right.length === size && matrix.every((row) => row.length === size),
    'a system of equations needs as many columns and right-hand sides as rows',
  )
  const lower = matrix.map(() => new Float64Array(size))
  for (let i = 0; i < size; i++) {
    const own = lower[i] as Float64Array
    for (let j = 0; j <= i; j++) {
      const other = lower[j] as Float64Array
      let sum = (matrix[i] as ArrayLike<number>)[j] as number
      for (let k = 0; k < j; k++) sum -= (own[k] as number) * (other[k] as number)
      if (i > j) own[j] = sum / (other[j] as number)
      else if (sum > 0) own[i] = Math.sqrt(sum)
      else return undefined
    }
  }
  const x = Float64Array.from(right)
  for (let i = 0; i < size; i++) {
    const own = lower[i] as Float64Array
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (own[k] as number) * (x[k] as number)
    x[i] = (x[i] as number) / (own[i] as number)
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] = (x[i] as number) - ((lower[k] as Float64Array)[i] as number) * (x[k] as number)
    x[i] = (x[i] as number) / ((lower[i] as Float64Array)[i] as number)
  }
  return x
}

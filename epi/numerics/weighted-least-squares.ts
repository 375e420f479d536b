import type { Matrix } from './cholesky-solve.ts'
import { demand } from './demand.ts'

export interface LeastSquares {
  readonly coefficients: Float64Array
  /** (Xᵀ W X)⁻¹, not yet multiplied by a variance; rows. */
  readonly covariance: readonly Float64Array[]
  readonly fitted: Float64Array
  /** Σ w (y − fitted)². */
  readonly residualSum: number
  /** The diagonal of the hat matrix W^½ X (Xᵀ W X)⁻¹ Xᵀ W^½: how much each observation fits itself. */
  readonly leverages: Float64Array
}

/** A column whose part that the columns before it do not explain is smaller than this share of it counts as explained (R's `lm`: 1e-7). */
const ALIASED = 1e-7

/**
 * The β that minimises `Σ wᵢ (yᵢ − Σⱼ Xᵢⱼ βⱼ)²`, by Gram–Schmidt orthogonalisation done twice, which is as exact as Householder's
 * reflections. Nothing where the columns are not independent.
 * Throws RangeError unless rows, observations and weights are equally many, weights not negative.
 * Example: `weightedLeastSquares([[1, 0], [1, 1], [1, 2]], [1, 3, 5], [1, 1, 1])` (coefficients 1, 2).
 */
export const weightedLeastSquares = (rows: Matrix, y: ArrayLike<number>, weights: ArrayLike<number>): LeastSquares | undefined => {
  const count = rows.length
  const width = rows[0]?.length ?? 0
  demand(width > 0 && y.length === count && weights.length === count, 'least squares need as many observations and weights as rows')
  const roots = Float64Array.from({ length: count }, (_, i) => {
    demand((weights[i] as number) >= 0, 'the weights of least squares must not be negative')
    return Math.sqrt(weights[i] as number)
  })
  const columns = Array.from({ length: width }, (_, j) => roots.map((root, i) => root * ((rows[i] as ArrayLike<number>)[j] as number)))
  const target = roots.map((root, i) => root * (y[i] as number))

  // columns = Q R, in place: R upper triangular, Q orthonormal.
  const upper = columns.map(() => new Float64Array(width))
  for (let j = 0; j < width; j++) {
    const column = columns[j] as Float64Array
    const before = norm(column)
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < j; k++) {
        const share = dot(columns[k] as Float64Array, column)
        const row = upper[k] as Float64Array
        row[j] = (row[j] as number) + share
        subtract(column, columns[k] as Float64Array, share)
      }
    }
    const after = norm(column)
    if (!(after > ALIASED * before)) return undefined
    ;(upper[j] as Float64Array)[j] = after
    for (let i = 0; i < count; i++) column[i] = (column[i] as number) / after
  }

  const explained = columns.map((column) => dot(column, target))
  const inverse = invertUpper(upper)
  const coefficients = Float64Array.from(inverse, (row) => dot(row, explained))
  const fitted = Float64Array.from(rows, (row) => dot(row, coefficients))
  let residualSum = 0
  for (let i = 0; i < count; i++) residualSum += (weights[i] as number) * ((y[i] as number) - (fitted[i] as number)) ** 2
  return {
    coefficients,
    fitted,
    residualSum,
    covariance: inverse.map((row) => Float64Array.from(inverse, (other) => dot(row, other))),
    leverages: Float64Array.from({ length: count }, (_, i) => columns.reduce((sum, column) => sum + (column[i] as number) ** 2, 0)),
  }
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

const norm = (a: Float64Array): number => Math.sqrt(dot(a, a))

const subtract = (from: Float64Array, what: Float64Array, times: number): void => {
  for (let i = 0; i < from.length; i++) from[i] = (from[i] as number) - times * (what[i] as number)
}

/** The inverse of an upper triangular matrix, by rows. */
const invertUpper = (upper: readonly Float64Array[]): readonly Float64Array[] => {
  const size = upper.length
  const inverse = upper.map(() => new Float64Array(size))
  for (let j = 0; j < size; j++) {
    for (let i = j; i >= 0; i--) {
      let sum = i === j ? 1 : 0
      for (let k = i + 1; k <= j; k++) sum -= ((upper[i] as Float64Array)[k] as number) * ((inverse[k] as Float64Array)[j] as number)
      ;(inverse[i] as Float64Array)[j] = sum / ((upper[i] as Float64Array)[i] as number)
    }
  }
  return inverse
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { choleskySolve, findRoot, minimise, weightedLeastSquares } from './index.ts'

const { lm } = JSON.parse(readFileSync(join(import.meta.dirname, 'r.fixture.json'), 'utf8')) as {
  lm: { x: number[][]; y: number[]; w: number[]; coefficients: number[]; covariance: number[][]; leverages: number[]; residualSum: number }
}

test('a weighted regression is that of R: coefficients, covariance, leverages, residuals', () => {
  const fit = weightedLeastSquares(lm.x, lm.y, lm.w)
  lm.coefficients.forEach((value, i) => expect(fit?.coefficients[i]).toBeCloseTo(value, 12))
  lm.covariance.flat().forEach((value, i) => expect(fit?.covariance.flatMap((row) => Array.from(row))[i]).toBeCloseTo(value, 13))
  lm.leverages.forEach((value, i) => expect(fit?.leverages[i]).toBeCloseTo(value, 13))
  expect(fit?.residualSum).toBeCloseTo(lm.residualSum, 11)
})

test('a straight line is found exactly, an ill-conditioned one still to ten digits', () => {
  const line = weightedLeastSquares(
    [
      [1, 0],
      [1, 1],
      [1, 2],
    ],
    [1, 3, 5],
    [1, 1, 1],
  )
  expect(line?.coefficients[0]).toBeCloseTo(1, 14)
  expect(line?.coefficients[1]).toBeCloseTo(2, 14)
  const years = Array.from({ length: 10 }, (_, t) => [1, 20_000 + t])
  const far = weightedLeastSquares(
    years,
    years.map(([, t = 0]) => 7 - 2 * t),
    years.map(() => 1),
  )
  expect((far?.coefficients[1] as number) / -2).toBeCloseTo(1, 10)
})

test('columns that say the same have no regression', () => {
  expect(
    weightedLeastSquares(
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      [1, 2, 3],
      [1, 1, 1],
    ),
  ).toBeUndefined()
  expect(
    weightedLeastSquares(
      [
        [1, 0],
        [1, 1],
      ],
      [1, 2],
      [1, 0],
    ),
  ).toBeUndefined()
  expect(() => weightedLeastSquares([[1]], [1, 2], [1])).toThrow(RangeError)
  expect(() => weightedLeastSquares([[1]], [1], [-1])).toThrow(RangeError)
})

test('systems of equations', () => {
  const x = choleskySolve(
    [
      [4, 2],
      [2, 3],
    ],
    [2, 5],
  )
  expect(x?.[0]).toBeCloseTo(-0.5, 14)
  expect(x?.[1]).toBeCloseTo(2, 14)
  expect(
    choleskySolve(
      [
        [1, 2],
        [2, 1],
      ],
      [1, 1],
    ),
  ).toBeUndefined()
  expect(() => choleskySolve([[1, 2]], [1])).toThrow(RangeError)
})

test('roots', () => {
  expect(findRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 12)
  expect(findRoot((x) => Math.cos(x) - x, 0, 1)).toBeCloseTo(0.739_085_133_215_160_6, 12)
  // Flat, steep and discontinuous ones.
  expect(findRoot((x) => (x - 1) ** 9, 0, 5)).toBeCloseTo(1, 1)
  expect(findRoot((x) => Math.exp(50 * x) - 1, -3, 2)).toBeCloseTo(0, 12)
  expect(findRoot((x) => (x < 0.3 ? -1 : 1), 0, 1)).toBeCloseTo(0.3, 11)
  expect([findRoot((x) => x, 0, 1), findRoot((x) => x - 1, 0, 1)]).toEqual([0, 1])
  expect(findRoot((x) => x * x + 1, -1, 1)).toBeUndefined()
  expect(() => findRoot((x) => x, 1, 0)).toThrow(RangeError)
})

test('minima: a parabola, the valley of Rosenbrock, four dimensions, a border', () => {
  expect(minimise(([x = 0]) => (x - 3) ** 2, [0]).point[0]).toBeCloseTo(3, 4)
  const valley = minimise(([x = 0, y = 0]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2, [-1.2, 1])
  expect(valley.converged).toBe(true)
  expect(valley.point[0]).toBeCloseTo(1, 4)
  expect(valley.point[1]).toBeCloseTo(1, 4)
  // Powell's singular function: minimum 0 at the origin, where its Hessian is singular.
  const powell = minimise(
    ([a = 0, b = 0, c = 0, d = 0]) => (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4,
    [3, -1, 0, 1],
  )
  expect(powell.value).toBeLessThan(1e-7)
  const border = minimise(([x = 0]) => (x < 0 ? Number.NaN : x + 1), [2])
  expect(border.value).toBeCloseTo(1, 4)
  expect(minimise(([x = 0, y = 0]) => x * x + y * y, [5, 5], { maxEvaluations: 10 }).converged).toBe(false)
  expect(() => minimise(() => Number.NaN, [1])).toThrow(RangeError)
})

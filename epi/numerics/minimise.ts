import { demand } from './demand.ts'

export interface MinimiseOptions {
  /** Size of the first simplex along each axis. Default: a tenth of the coordinate, 0.1 at least. */
  readonly step?: ArrayLike<number>
  /** Done when the values at the corners differ by less than this share of them. Default 1e-10. */
  readonly tolerance?: number
  readonly maxEvaluations?: number
}

export interface Minimum {
  readonly point: Float64Array
  readonly value: number
  readonly evaluations: number
  /** Whether the tolerance was reached before the evaluations ran out. */
  readonly converged: boolean
}

/**
 * A local minimum of f, by the simplex of J. A. Nelder and R. Mead (1965) with the coefficients of F. Gao and L. Han (2012), which suit
 * many dimensions; started again from where it ended until that changes nothing, because a simplex may collapse too early. Where f is not
 * finite it counts as infinitely high.
 * Throws RangeError unless the start is a point of one dimension at least where f is finite.
 * Example: `minimise(([x = 0]) => (x - 3) ** 2, [0]).point` (≈ [3]).
 */
export const minimise = (f: (point: Float64Array) => number, start: ArrayLike<number>, options: MinimiseOptions = {}): Minimum => {
  const dimensions = start.length
  demand(dimensions > 0, 'a minimum is looked for in one dimension at least')
  const { tolerance = 1e-10, maxEvaluations = 2000 * dimensions, step } = options
  let evaluations = 0
  const at = (point: Float64Array): Corner => {
    evaluations++
    const value = f(point)
    return { point, value: Number.isFinite(value) ? value : Infinity }
  }
  let best = at(Float64Array.from(start))
  demand(best.value < Infinity, 'a minimum is looked for from a point at which the function is finite')

  for (let scale = 1; ; scale *= 0.25) {
    const before = best.value
    const sides = Float64Array.from(start, (_, i) => scale * (step?.[i] ?? Math.max(0.1, Math.abs(best.point[i] as number) * 0.1)))
    best = descend(at, best, sides, tolerance, () => evaluations < maxEvaluations)
    const converged = before - best.value <= tolerance * (Math.abs(best.value) + tolerance)
    if (converged || evaluations >= maxEvaluations) return { ...best, evaluations, converged }
  }
}

interface Corner {
  readonly point: Float64Array
  readonly value: number
}

/** One simplex, until its corners are level. The best corner. */
const descend = (
  at: (point: Float64Array) => Corner,
  from: Corner,
  sides: Float64Array,
  tolerance: number,
  mayGoOn: () => boolean,
): Corner => {
  const dimensions = sides.length
  const [expansion, contraction, shrinkage] =
    dimensions === 1 ? [2, 0.5, 0.5] : [1 + 2 / dimensions, 0.75 - 0.5 / dimensions, 1 - 1 / dimensions]
  const corners = [from, ...Array.from(sides, (side, i) => at(from.point.map((x, j) => (i === j ? x + side : x))))]
  while (mayGoOn()) {
    corners.sort((a, b) => a.value - b.value)
    const best = corners[0] as Corner
    const second = corners[dimensions - 1] as Corner
    const worst = corners[dimensions] as Corner
    if (worst.value - best.value <= tolerance * (Math.abs(best.value) + tolerance)) return best
    const centre = best.point.map(
      (_, i) => corners.reduce((sum, { point }) => sum + (point[i] as number), -(worst.point[i] as number)) / dimensions,
    )
    const away = (times: number): Corner => at(centre.map((x, i) => x + times * (x - (worst.point[i] as number))))
    const reflected = away(1)
    let next: Corner | undefined = reflected
    if (reflected.value < best.value) {
      const expanded = away(expansion)
      if (expanded.value < reflected.value) next = expanded
    } else if (reflected.value >= second.value) {
      const isOutside = reflected.value < worst.value
      const contracted = away(isOutside ? contraction : -contraction)
      next = contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined
    }
    if (next) corners[dimensions] = next
    else
      for (let k = 1; k <= dimensions; k++)
        corners[k] = at((corners[k] as Corner).point.map((x, i) => (best.point[i] as number) + shrinkage * (x - (best.point[i] as number))))
  }
  return corners.reduce((best, corner) => (corner.value < best.value ? corner : best))
}

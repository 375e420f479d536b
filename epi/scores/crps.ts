import { checkQuantiles } from './quantile-levels.ts'

/**
 * Continuous ranked probability score of a forecast given as draws: the distance between its distribution function and the step at what came.
 *
 *   CRPS = E|X − y| − ½·E|X − X′| = 1/m·Σᵢ|xᵢ − y| − 1/m²·Σᵢ (2i − m − 1)·x₍ᵢ₎      (x₍₁₎ ≤ … ≤ x₍ₘ₎)
 *
 * Source: Gneiting & Raftery (2007), JASA 102:359–378, eq. 21; the sorted form of Jordan, Krüger & Lerch (2019), J Stat Softw 90(12), for the empirical distribution
 * of the draws. Unit: that of the draws. Errors: `RangeError` without draws or for one that is not finite. Example: draws 1, 2, 3, 4 and 2.5 observed: 1 − 0.625 = 0.375.
 */
export const crpsOfSample = (draws: Float64Array | readonly number[], observed: number): number => {
  const count = draws.length
  if (count === 0) throw new RangeError('The CRPS needs at least one draw.')
  const sorted = Float64Array.from(draws).sort()
  let distance = 0
  let spread = 0
  for (let i = 0; i < count; i++) {
    const draw = sorted[i] as number
    if (!Number.isFinite(draw)) throw new RangeError('Draws must be finite.')
    distance += Math.abs(draw - observed)
    spread += (2 * i + 1 - count) * draw
  }
  return distance / count - spread / (count * count)
}

/** ∫ of the square of a line that goes from `from` to `to` over a stretch of this width. */
const squaredLine = (from: number, to: number, width: number): number => ((from * from + from * to + to * to) * width) / 3

/**
 * Continuous ranked probability score of a forecast given as quantiles: exact for the distribution function that is linear between them and keeps what lies beyond the outermost
 * two levels at their values.
 *
 *   CRPS = ∫ ( F(x) − 1{x ≥ y} )² dx
 *
 * Unit: that of the quantiles. It differs from the WIS, which averages the levels given instead of integrating over all of them. Source: Gneiting & Raftery (2007), eq. 20.
 * Errors: `RangeError` for what is not a quantile forecast. Example: levels 0.25 and 0.75 at 0 and 1, 0.5 observed: 2·∫₀^½ (¼ + x/2)² dx = 0.1458.
 */
export const crpsOfQuantiles = (levels: readonly number[], values: readonly number[], observed: number): number => {
  checkQuantiles(levels, values)
  const first = values[0] as number
  const last = values.at(-1) as number
  // Outside the quantiles F is 0 or 1, and the observation is on the other side.
  let sum = Math.max(0, first - observed) + Math.max(0, observed - last)
  for (let i = 1; i < levels.length; i++) {
    const left = values[i - 1] as number
    const right = values[i] as number
    if (right === left) continue
    const low = levels[i - 1] as number
    const high = levels[i] as number
    const cut = Math.min(right, Math.max(left, observed))
    const at = low + ((cut - left) / (right - left)) * (high - low)
    sum += squaredLine(low, at, cut - left) + squaredLine(at - 1, high - 1, right - cut)
  }
  return sum
}

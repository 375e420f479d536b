import { demand } from './demand.ts'

/**
 * A root of f between low and high, by Brent's method (R. P. Brent, "Algorithms for Minimization without Derivatives", 1973, chapter 4).
 * Nothing where f has the same sign at both ends.
 * Throws RangeError unless low < high.
 * Example: `findRoot((x) => x * x - 2, 0, 2) ≈ 1.4142135623730951`.
 */
export const findRoot = (f: (x: number) => number, low: number, high: number, tolerance = 1e-12): number | undefined => {
  demand(low < high, 'a root is looked for between a lower and a higher number')
  let [a, b] = [low, high]
  let [fa, fb] = [f(a), f(b)]
  if (fa === 0) return a
  if (fb === 0) return b
  if (!(fa * fb < 0)) return undefined
  let [c, fc] = [a, fa]
  let step = b - a
  let before = step
  for (;;) {
    if (fb * fc > 0) {
      ;[c, fc] = [a, fa]
      step = b - a
      before = step
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      ;[a, b, c] = [b, c, b]
      ;[fa, fb, fc] = [fb, fc, fb]
    }
    const enough = 2 * Number.EPSILON * Math.abs(b) + 0.5 * tolerance
    const half = 0.5 * (c - b)
    if (Math.abs(half) <= enough || fb === 0) return b
    const interpolated = Math.abs(before) >= enough && Math.abs(fa) > Math.abs(fb) ? interpolate(a, b, c, fa, fb, fc) : undefined
    const isShort =
      interpolated !== undefined &&
      interpolated * half > 0 &&
      Math.abs(interpolated) < Math.min(1.5 * Math.abs(half) - 0.5 * enough, 0.5 * Math.abs(before))
    before = isShort ? step : half
    step = isShort ? interpolated : half
    ;[a, fa] = [b, fb]
    b += Math.abs(step) > enough ? step : Math.sign(half) * enough
    fb = f(b)
  }
}

/** The step from b to where the inverse parabola (or the line, when two points coincide) through the three points meets zero. */
const interpolate = (a: number, b: number, c: number, fa: number, fb: number, fc: number): number => {
  const s = fb / fa
  if (a === c) return ((c - b) * s) / (s - 1)
  const q = fa / fc
  const r = fb / fc
  return -(s * ((c - b) * q * (q - r) - (b - a) * (r - 1))) / ((q - 1) * (r - 1) * (s - 1))
}

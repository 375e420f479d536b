import { findRoot } from '../numerics/index.ts'
import type { ConfidenceInterval } from './confidence-interval.ts'

const GOLDEN = (3 - Math.sqrt(5)) / 2
const SCAN = 12

export interface Peak {
  readonly at: number
  readonly value: number
}

/**
 * The highest point of a likelihood on an interval: a coarse scan finds the hill, Brent's parabolas and golden sections climb it (R. P. Brent 1973, chapter 5), to the given share of
 * the interval. The height itself is right to the square of that.
 */
export const highestBetween = (likelihood: (x: number) => number, lower: number, upper: number, precision = 1e-8): Peak => {
  const step = (upper - lower) / SCAN
  let best: Peak = { at: lower, value: -Infinity }
  for (let i = 0; i <= SCAN; i++) {
    const at = lower + i * step
    const value = likelihood(at)
    if (value > best.value) best = { at, value }
  }
  let [low, high] = [Math.max(lower, best.at - step), Math.min(upper, best.at + step)]
  const least = precision * (upper - lower)
  // The best point so far, the second best, and the second best before that.
  let [x, second, third] = [best, best, best]
  let [move, moveBefore] = [0, 0]
  for (let n = 0; n < 100; n++) {
    const middle = (low + high) / 2
    if (Math.abs(x.at - middle) <= 2 * least - (high - low) / 2) break
    const r = (x.at - second.at) * (x.value - third.value)
    const q = (x.at - third.at) * (x.value - second.value)
    const parabola = ((x.at - third.at) * q - (x.at - second.at) * r) / (2 * (r - q))
    const isInside = Math.abs(parabola) < Math.abs(moveBefore) / 2 && x.at + parabola > low && x.at + parabola < high
    moveBefore = isInside ? move : x.at < middle ? high - x.at : low - x.at
    move = isInside ? parabola : GOLDEN * moveBefore
    const at = x.at + (Math.abs(move) >= least ? move : Math.sign(move || 1) * least)
    const next = { at, value: likelihood(at) }
    if (next.value >= x.value) {
      if (at >= x.at) low = x.at
      else high = x.at
      ;[third, second, x] = [second, x, next]
    } else {
      if (at < x.at) low = at
      else high = at
      if (next.value >= second.value || second.at === x.at) [third, second] = [second, next]
      else if (next.value >= third.value || third.at === x.at || third.at === second.at) third = next
    }
  }
  return x
}

/** Precision enough for the height of a profile. */
export const FOR_HEIGHT = 1e-5

/** Where a profile likelihood has fallen by `drop` on each side of its peak; an end of [lower, upper] where it has not fallen so far by there. */
export const fallenBy = (profile: (x: number) => number, peak: Peak, drop: number, lower: number, upper: number): ConfidenceInterval => {
  const above = (x: number): number => profile(x) - peak.value + drop
  const tolerance = 1e-9 * (upper - lower)
  return {
    lower: (peak.at > lower ? findRoot(above, lower, peak.at, tolerance) : undefined) ?? lower,
    upper: (peak.at < upper ? findRoot(above, peak.at, upper, tolerance) : undefined) ?? upper,
  }
}

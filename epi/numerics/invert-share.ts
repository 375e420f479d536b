/** A tail of a distribution: its share, and how fast the logarithm of that share changes with a coordinate w. */
export interface Tail {
  readonly upper: boolean
  /** The share at w. */
  share: (w: number) => number
  /** |d share/dw| at w. */
  density: (w: number) => number
  /** d ln(density)/dw at w. */
  bend: (w: number) => number
}

/** Below this error of ln(share) one more step of third order is exact to the last bit. */
const CLOSE = 3e-6
const LONGEST_STEP = 2

/**
 * The w at which a tail holds the given share, by Halley's method on ln(share).
 *
 * The logarithms of both tails are concave in ln x (gamma) and in logit x (beta), so that the steps settle whatever the start,
 * also in the far tails, where steps on the share itself stall.
 */
export const invertShare = ({ upper, share, density, bend }: Tail, target: number, start: number): number => {
  const sign = upper ? -1 : 1
  let w = start
  for (let step = 0; step < 200; step++) {
    const held = share(w)
    const error = Math.log(held / target)
    const slope = (sign * density(w)) / held
    const newton = error / slope
    const halley = newton / Math.max(0.5, 1 - 0.5 * newton * (bend(w) - slope))
    w -= Number.isFinite(halley) ? Math.min(LONGEST_STEP, Math.max(-LONGEST_STEP, halley)) : -sign * LONGEST_STEP
    if (Math.abs(error) < CLOSE) return w
  }
  return w
}

/** A tail of a distribution: its share, and how fast the logarithm of that share changes with a coordinate w. */
export interface Tail {
  readonly upper: boolean
  /** The share at w. */
  readonly share: (w: number) => number
  /** |d share/dw| at w. */
  readonly density: (w: number) => number
  /** d ln(density)/dw at w. */
  readonly bend: (w: number) => number
  /** A w in the middle of the distribution. */
  readonly centre: number
}

/** Below this error of ln(share) one more step of third order is exact to the last bit. */
const CLOSE = 3e-6
/** On the far side of the distribution the share is flat, and a step would lead anywhere. */
const LONGEST_STEP = 2

/**
 * The w at which a tail holds the given share, by Halley's method on ln(share).
 *
 * The logarithms of both tails are concave in ln x (gamma) and in logit x (beta), so that steps settle whatever the start,
 * also in the far tails, where steps on the share itself stall.
 */
export const invertShare = ({ upper, share, density, bend, centre }: Tail, target: number, start: number): number => {
  const sign = upper ? -1 : 1
  let w = start
  let within = centre
  for (;;) {
    const held = share(w)
    // Too far out to be a number: half way back.
    if (held === 0 && Math.abs(w - within) > CLOSE) {
      w = 0.5 * (w + within)
      continue
    }
    within = w
    const error = Math.log(held / target)
    const slope = (sign * density(w)) / held
    const newton = error / slope
    const halley = newton / Math.max(0.5, 1 - 0.5 * newton * (bend(w) - slope))
    w -= held > 0.5 ? Math.min(LONGEST_STEP, Math.max(-LONGEST_STEP, halley)) : halley
    if (!(Math.abs(error) >= CLOSE)) return w
  }
}

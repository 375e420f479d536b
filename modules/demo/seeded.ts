/** A seeded source of numbers in 0…1 (mulberry32, T. Ettinger 2017): the same seed gives the same people on every machine. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Where a number between 0 and the last bound falls: the index of the first bound above it. */
export const indexIn = (bounds: ArrayLike<number>, at: number): number => {
  let low = 0
  let high = bounds.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] as number) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** Sums from the left. Example: `sumsOf([2, 3])` is `[2, 5]`. */
export const sumsOf = (weights: Iterable<number>): Float64Array => {
  let sum = 0
  return Float64Array.from(weights, (weight) => (sum += weight))
}

import { demandSerialInterval } from './serial-interval.ts'
import { demandCounts } from './day-window.ts'

/**
 * The total infectiousness of the cases before each day, `Λₜ = Σ_{s ≥ 1} w(s) Iₜ₋ₛ` (Cori et al. 2013): on average Rₜ Λₜ cases
 * are infected on day t. The first day has no cases before it; nothing is known of it, and its place is undefined.
 *
 * Units: cases. Throws RangeError for unknown or negative counts and for a serial interval that does not start with 0 or does not sum to 1.
 * Example: `overallInfectivity([4, 0, 0], [0, 0.75, 0.25])` is undefined, 3, 1.
 */
export const overallInfectivity = (counts: ArrayLike<number>, serialInterval: ArrayLike<number>): readonly (number | undefined)[] => {
  demandCounts(counts)
  demandSerialInterval(serialInterval)
  const infectivity = new Float64Array(counts.length)
  infectivityInto(infectivity, counts, serialInterval)
  return Array.from(infectivity, (value, t) => (t === 0 ? undefined : value))
}

/** Writes Λₜ for every day; 0 for the first. */
export const infectivityInto = (into: Float64Array, counts: ArrayLike<number>, serialInterval: ArrayLike<number>): void => {
  let longest = serialInterval.length - 1
  while (longest > 0 && serialInterval[longest] === 0) longest--
  for (let t = 0; t < counts.length; t++) {
    const most = Math.min(t, longest)
    let sum = 0
    for (let s = 1; s <= most; s++) sum += (serialInterval[s] as number) * (counts[t - s] as number)
    into[t] = sum
  }
}

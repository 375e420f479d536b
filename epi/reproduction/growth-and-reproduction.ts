import { demand } from '../numerics/demand.ts'
import { findRoot } from '../numerics/index.ts'
import { demandSerialInterval } from './serial-interval.ts'

/** `Σ w(k) e^(−r k)`: how many of the cases k days ago there are now for each of today, weighted as they infect. */
const discounted = (perDay: number, weights: ArrayLike<number>): number => {
  let sum = 0
  for (let k = 1; k < weights.length; k++) if (weights[k] !== 0) sum += (weights[k] as number) * Math.exp(-perDay * k)
  return sum
}

/**
 * The reproduction number of an epidemic that grows at a steady rate, `R = 1 / Σ w(k) e^(−r k)` (J. Wallinga and M. Lipsitch, "How
 * generation intervals shape the relationship between growth rates and reproductive numbers", Proc. R. Soc. B 274 (2007), 599–604).
 * Units: per day → cases per case. Throws RangeError for a serial interval that is none.
 * Example: `reproductionFromGrowth(Math.LN2, [0, 1]) === 2`.
 */
export const reproductionFromGrowth = (perDay: number, serialInterval: ArrayLike<number>): number => {
  demandSerialInterval(serialInterval)
  return 1 / discounted(perDay, serialInterval)
}

/**
 * The growth rate that belongs to a reproduction number: the r with `R Σ w(k) e^(−r k) = 1` (Euler and Lotka), the inverse of
 * `reproductionFromGrowth`.
 * Units: cases per case → per day. Throws RangeError unless R > 0, or for a serial interval that is none.
 * Example: `growthFromReproduction(2, [0, 1])` ≈ 0.6931 (ln 2).
 */
export const growthFromReproduction = (reproduction: number, serialInterval: ArrayLike<number>): number => {
  demandSerialInterval(serialInterval)
  demand(reproduction > 0 && reproduction < Infinity, 'a reproduction number must be positive to belong to a growth rate')
  const surplus = (perDay: number): number => Math.log(reproduction * discounted(perDay, serialInterval))
  // Nobody infects sooner than after a day: |r| is at most |ln (R Σ w)|, plus a little for rounding.
  const most = Math.abs(surplus(0)) + 1e-9
  return findRoot(surplus, -most, most, 1e-15) as number
}

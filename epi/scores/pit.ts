import type { Random } from '../numerics/index.ts'

/**
 * Randomised probability integral transform of a count: uniform on 0…1 over many forecasts where they are right; heaped at both ends where intervals are too narrow, in the
 * middle where too wide, at one end where biased.
 *
 *   u = P(y − 1) + v·( P(y) − P(y − 1) ),   v ~ U(0, 1)
 *
 * Arguments: the forecast's distribution function at y and at y − 1. Source: Czado, Gneiting & Held (2009), Biometrics 65:1254–1261; Funk et al. (2019).
 * Errors: `RangeError` unless 0 ≤ P(y − 1) ≤ P(y) ≤ 1. Example: P(y) = 0.6, P(y − 1) = 0.4 and a draw of 0.5: 0.5.
 */
export const randomisedPit = (atObserved: number, belowObserved: number, random: Random): number => {
  if (!(belowObserved >= 0 && belowObserved <= atObserved && atObserved <= 1)) throw new RangeError('A distribution function must rise between 0 and 1.')
  return belowObserved + random.uniform() * (atObserved - belowObserved)
}

/** The same from draws of the forecast. Errors: `RangeError` without draws. Example: draws 1, 2, 3, 4 and 2 observed: between 0.25 and 0.5. */
export const randomisedPitOfSample = (draws: Float64Array | readonly number[], observed: number, random: Random): number => {
  if (draws.length === 0) throw new RangeError('The transform needs at least one draw.')
  let below = 0
  let notAbove = 0
  for (let i = 0; i < draws.length; i++) {
    if ((draws[i] as number) <= observed) notAbove++
    if ((draws[i] as number) < observed) below++
  }
  return randomisedPit(notAbove / draws.length, below / draws.length, random)
}

/**
 * Transforms sorted into equal bins, as shares of all: `1 / bins` in each where the forecasts are right.
 * Result: Float64Array[bins], summing to 1; `undefined` without transforms. Errors: `RangeError` for a transform outside 0…1 or bins below 1.
 * Example: `pitHistogram([0.1, 0.2, 0.9, 1], 2)` is 0.5 and 0.5.
 */
export const pitHistogram = (transforms: readonly number[], bins: number): Float64Array | undefined => {
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError('A histogram needs at least one bin.')
  if (transforms.length === 0) return undefined
  const shares = new Float64Array(bins)
  for (const transform of transforms) {
    if (!(transform >= 0 && transform <= 1)) throw new RangeError('A probability integral transform lies between 0 and 1.')
    const bin = Math.min(bins - 1, Math.floor(transform * bins))
    shares[bin] = (shares[bin] as number) + 1 / transforms.length
  }
  return shares
}

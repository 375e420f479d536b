import { gammaQuantilesInto } from '../numerics/index.ts'

/** The shares at which the posterior of a reproduction number is stated: those of EpiEstim. */
export const REPRODUCTION_QUANTILES = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975] as const

export const QUANTILE_COUNT = REPRODUCTION_QUANTILES.length

/**
 * Writes the quantiles of gamma distributions whose shapes are `priorShape + cases`.
 *
 * A gamma quantile is the scale times the quantile at scale 1, and that depends on the shape only. Cases are counts, so a handful of shapes
 * serves thousands of series: each is solved once and kept. Cases that are not whole (estimated ones) are solved each time.
 */
export const posteriorQuantiles = (priorShape: number): ((into: Float64Array, offset: number, cases: number, scale: number) => void) => {
  const placeOf = new Map<number, number>()
  let known = new Float64Array(256 * QUANTILE_COUNT)
  const single = new Float64Array(QUANTILE_COUNT)

  const placeFor = (cases: number): number => {
    const found = placeOf.get(cases)
    if (found !== undefined) return found
    const place = placeOf.size * QUANTILE_COUNT
    if (place === known.length) {
      const larger = new Float64Array(2 * known.length)
      larger.set(known)
      known = larger
    }
    gammaQuantilesInto(known, place, REPRODUCTION_QUANTILES, priorShape + cases)
    placeOf.set(cases, place)
    return place
  }

  return (into, offset, cases, scale) => {
    const isCount = Number.isInteger(cases)
    const place = isCount ? placeFor(cases) : 0
    if (!isCount) gammaQuantilesInto(single, 0, REPRODUCTION_QUANTILES, priorShape + cases)
    const from = isCount ? known : single
    for (let q = 0; q < QUANTILE_COUNT; q++) into[offset + q] = scale * (from[place + q] as number)
  }
}

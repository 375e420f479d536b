import { gammaP, type Random } from '../numerics/index.ts'
import { checkPlacesAndDays, type Linking } from './find-clusters.ts'
import type { PlaneCoordinates } from './local-plane.ts'
import { eachNearPair } from './near-pairs.ts'

export interface KnoxResult {
  /** Pairs of cases close in both space and time. */
  readonly closeInBoth: number
  readonly closeInSpace: number
  readonly closeInTime: number
  readonly pairs: number
  /** Pairs close in both, were place and time independent: closeInSpace · closeInTime / pairs. */
  readonly expected: number
  /** closeInBoth / expected; `undefined` where none is expected. */
  readonly ratio: number | undefined
  /** P(X ≥ closeInBoth), X Poisson with the expected mean: good where close pairs are few. */
  readonly poissonP: number
  /** (1 + permutations with at least as many) / (1 + permutations). */
  readonly permutationP: number
}

/** Pairs of days at most `days` apart, counted along the sorted list. */
const pairsWithin = (days: ArrayLike<number>, span: number): number => {
  const sorted = Float64Array.from(days).toSorted()
  let pairs = 0
  let first = 0
  for (let i = 0; i < sorted.length; i++) {
    while ((sorted[i] as number) - (sorted[first] as number) > span) first++
    pairs += i - first
  }
  return pairs
}

/**
 * Knox's test of space–time interaction: are cases that are near in space nearer in time than chance would have it?
 *
 *   X = #{i < j : |xᵢ − xⱼ| ≤ d, |tᵢ − tⱼ| ≤ t};   E X = N_space · N_time / N;   null distribution by permuting the days over the places
 *
 * Source: Knox (1964), Appl Stat 13:25–30; permutation: Mantel (1967), Cancer Res 27:209–220. One-sided. Convention: at most d and t counts as close; the same places and the same days are kept, so
 * that dense towns and busy weeks alone are no signal; a population that grew unevenly is (Kulldorff & Hjalmars 1999). Memory: 8 bytes for each pair close in space.
 * @throws RangeError for lists of unequal length and negative distances.
 * @example Knox's leukaemia series: 25 pairs close in space, 152 in time, 5 in both of 4560 — 0.83 expected
 */
export const knoxTest = (places: PlaneCoordinates, days: ArrayLike<number>, linking: Linking, random: Random, permutations = 999): KnoxResult => {
  checkPlacesAndDays(places, days, linking)
  const near: number[] = []
  eachNearPair(places, linking.kilometres, (i, j) => near.push(i, j))
  const pairsNear = Int32Array.from(near)
  const order = Float64Array.from(days)
  const closeNow = (): number => {
    let close = 0
    for (let p = 0; p < pairsNear.length; p += 2) {
      if (Math.abs((order[pairsNear[p] as number] as number) - (order[pairsNear[p + 1] as number] as number)) <= linking.days) close++
    }
    return close
  }
  const closeInBoth = closeNow()
  let asMany = 0
  for (let n = 0; n < permutations; n++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random.uniform() * (i + 1))
      const moved = order[i] as number
      order[i] = order[j] as number
      order[j] = moved
    }
    if (closeNow() >= closeInBoth) asMany++
  }
  return { ...knoxExpectation(pairsNear.length / 2, pairsWithin(days, linking.days), (days.length * (days.length - 1)) / 2, closeInBoth), permutationP: (1 + asMany) / (1 + permutations) }
}

/** The Poisson form of the test from the four counts alone, as papers print them. */
export const knoxExpectation = (closeInSpace: number, closeInTime: number, pairs: number, closeInBoth: number): Omit<KnoxResult, 'permutationP'> => {
  const expected = pairs === 0 ? 0 : (closeInSpace * closeInTime) / pairs
  return {
    closeInBoth, closeInSpace, closeInTime, pairs, expected,
    ratio: expected === 0 ? undefined : closeInBoth / expected,
    // P(Poisson(λ) ≥ k) = P(Gamma(k) ≤ λ): exact in the tail.
    poissonP: closeInBoth === 0 || expected === 0 ? 1 : gammaP(closeInBoth, expected),
  }
}

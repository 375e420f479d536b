import { demand } from '../numerics/demand.ts'
import type { PlaneCoordinates } from './local-plane.ts'
import { eachNearPair } from './near-pairs.ts'

export interface Cluster {
  /** Positions of its cases in the list, in its order. */
  readonly cases: readonly number[]
  readonly fromDay: number
  readonly toDay: number
  readonly eastKm: number
  readonly northKm: number
}

/** Linked cases: at most `kilometres` apart and at most `days` between them. */
export interface Linking {
  readonly kilometres: number
  readonly days: number
}

export const checkPlacesAndDays = ({ eastKm, northKm }: PlaneCoordinates, days: ArrayLike<number>, linking: Linking): void => {
  demand(eastKm.length === northKm.length && eastKm.length === days.length, 'each case needs a place and a day')
  demand(linking.kilometres >= 0 && linking.days >= 0, 'distances in space and time must not be negative')
}

/**
 * Clusters of cases near each other in space and time: the connected components of the graph that links two cases at most d kilometres and t days apart.
 *
 *   i ~ j  ⟺  |xᵢ − xⱼ| ≤ d and |tᵢ − tⱼ| ≤ t;  clusters are the classes of the transitive closure
 *
 * Convention: single linkage, so a long outbreak that moves slowly is one cluster, and where cases are dense everything joins: the Knox test says whether linking means anything. Clusters of at
 * least `smallest` cases, largest first (then earliest); their place is the mean of their cases' places. Distances on the plane of `toPlane`.
 * @throws RangeError for lists of unequal length and negative distances.
 * @example Three cases at 0, 0.8 and 1.6 km on days 0, 3 and 6, with 1 km and 3 days: one cluster of 3
 */
export const findClusters = (places: PlaneCoordinates, days: ArrayLike<number>, linking: Linking, smallest = 2): Cluster[] => {
  checkPlacesAndDays(places, days, linking)
  const parent = Int32Array.from({ length: days.length }, (_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number
      at = parent[at] as number
    }
    return at
  }
  eachNearPair(places, linking.kilometres, (i, j) => {
    if (Math.abs((days[i] as number) - (days[j] as number)) > linking.days) return
    const a = root(i)
    const b = root(j)
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b)
  })
  const members = new Map<number, number[]>()
  for (let i = 0; i < days.length; i++) {
    const own = members.get(root(i))
    if (own) own.push(i)
    else members.set(root(i), [i])
  }
  return [...members.values()].filter((cases) => cases.length >= smallest).map((cases): Cluster => {
    let fromDay = Infinity
    let toDay = -Infinity
    let east = 0
    let north = 0
    for (const i of cases) {
      fromDay = Math.min(fromDay, days[i] as number)
      toDay = Math.max(toDay, days[i] as number)
      east += places.eastKm[i] as number
      north += places.northKm[i] as number
    }
    return { cases, fromDay, toDay, eastKm: east / cases.length, northKm: north / cases.length }
  }).toSorted((a, b) => b.cases.length - a.cases.length || a.fromDay - b.fromDay)
}

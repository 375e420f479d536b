import type { Instant, PlainDate } from '#base'
import type { AreaTree } from '#platform/areas'

/** One reported figure: what an office sent for an area and a day. */
export interface FigureFact {
  readonly areaId: number
  readonly day: PlainDate
  readonly metric: string
  /** Number; the code of a category is given beside it. */
  readonly value: number
  readonly category?: string | undefined
  readonly held: boolean
  readonly source: string
  readonly recordedAt: Instant
  /** Came to this area by an estimated share of a unit that was split. */
  readonly estimated?: boolean | undefined
}

/** A count of the case registry at its lowest known area. */
export interface RegistryCount {
  readonly areaId: number
  readonly day: PlainDate
  readonly metric: string
  readonly value: number
  readonly changedAt: Instant
  readonly estimated?: boolean | undefined
}

export interface PopulationFact {
  readonly areaId: number
  readonly metric: string
  readonly value: number
  readonly source: string
  readonly estimated: boolean
}

/** Everything a run of assessments rests on, for one tree of units. */
export interface EvidenceFacts {
  readonly tree: AreaTree
  /** A day of the tree: units of this day take part. */
  readonly treeDay: PlainDate
  /** First and last day covered, windows included. */
  readonly from: PlainDate
  readonly to: PlainDate
  readonly figures: readonly FigureFact[]
  readonly counts: readonly RegistryCount[]
  /** Metrics the registry counts. */
  readonly registryMetrics: readonly string[]
  /** Report day of the first case in the registry; null while it is not in use. */
  readonly registryFrom: PlainDate | null
  readonly populations: readonly PopulationFact[]
}

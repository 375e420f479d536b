import { addDays, type PlainDate } from '#base'
import { QUIET_DAYS, type Alarm, type Evidence } from './compute/detect.ts'

export const STATUSES = ['open', 'acknowledged', 'investigating', 'dismissed'] as const
export type Status = (typeof STATUSES)[number]

/** An episode that was found before, as far as joining needs it. */
export interface Known {
  readonly id: string
  readonly areaId: number
  readonly method: Alarm['method']
  readonly firstOn: PlainDate
  readonly lastOn: PlainDate
  readonly severity: number
  readonly status: Status
  /** Severity that was decided on; null while nobody has. */
  readonly decidedSeverity: number | null
}

/** What a picture shows, and the day its series end on. */
export type DatedEvidence = Evidence & { readonly on: PlainDate }

/** An alarm on the calendar. */
export interface Found extends Omit<Alarm, 'first' | 'last' | 'evidence'> {
  readonly firstOn: PlainDate
  readonly lastOn: PlainDate
  readonly evidence: DatedEvidence
}

export const foundOn = (on: PlainDate, { first, last, evidence, ...alarm }: Alarm): Found =>
  ({ ...alarm, firstOn: addDays(on, -first), lastOn: addDays(on, -last), evidence: { ...evidence, on } })

export interface Grown {
  readonly known: Known
  readonly found: Found
  readonly firstOn: PlainDate
  readonly lastOn: PlainDate
  readonly severity: number
  /** What it tells is newer than what is known; else only its days are. */
  readonly newer: boolean
  /** Worse than what was decided on: it is open again. */
  readonly reopened: boolean
}

/**
 * What a run found, joined with what earlier runs did: an alarm within eight days of an episode of the same area and method belongs to it. A decided episode stays as it was
 * decided, however long it lasts, until it is worse than it was then.
 */
export const joinEpisodes = (known: readonly Known[], found: readonly Found[]): { readonly fresh: Found[]; readonly grown: Grown[] } => {
  const fresh: Found[] = []
  const grown: Grown[] = []
  const byKey = Map.groupBy(known, ({ areaId, method }) => `${areaId} ${method}`)
  for (const one of found) {
    const near = (byKey.get(`${one.areaId} ${one.method}`) ?? [])
      .filter(({ firstOn, lastOn }) => addDays(lastOn, QUIET_DAYS) >= one.firstOn && addDays(one.lastOn, QUIET_DAYS) >= firstOn)
      .toSorted((a, b) => (a.lastOn < b.lastOn ? 1 : -1))[0]
    if (!near) {
      fresh.push(one)
      continue
    }
    grown.push({
      known: near, found: one, newer: one.lastOn >= near.lastOn,
      firstOn: one.firstOn < near.firstOn ? one.firstOn : near.firstOn, lastOn: one.lastOn > near.lastOn ? one.lastOn : near.lastOn,
      severity: Math.max(near.severity, one.severity),
      reopened: near.status !== 'open' && near.decidedSeverity !== null && one.severity > near.decidedSeverity,
    })
  }
  return { fresh, grown }
}

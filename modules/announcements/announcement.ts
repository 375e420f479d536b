import type { Id, Instant, PlainDate } from '#base'

export const STATUSES = ['proposed', 'confirmed', 'published', 'returned', 'withdrawn'] as const
export type Status = (typeof STATUSES)[number]
export type StepName = Exclude<Status, 'proposed'>

/** One thing that became of a proposal. */
export interface Step {
  readonly step: StepName
  readonly at: Instant
  readonly by: string
  readonly byName: string
  readonly note: string
  readonly document: string | null
  readonly issuedAt: Instant | null
}

/** What a step may follow; none is taken twice (the key of the table). */
const AFTER: Readonly<Record<StepName, readonly Status[]>> = {
  confirmed: ['proposed'], returned: ['proposed', 'confirmed'], withdrawn: ['proposed', 'confirmed'], published: ['confirmed'],
}

/** Steps from the last that may be taken to the first. */
export const LAST_FIRST: readonly StepName[] = ['published', 'withdrawn', 'returned', 'confirmed']

/** The steps taken tell the status: the last of them, or `proposed`. */
export const statusOf = (steps: readonly Pick<Step, 'step'>[]): Status => LAST_FIRST.find((step) => steps.some((one) => one.step === step)) ?? 'proposed'

export const mayFollow = (step: StepName, status: Status): boolean => AFTER[step].includes(status)

/** When something announced may hold at the earliest. Unit of `hours`: hours. */
export const earliest = (issuedAt: Instant, hours: number): Instant => new Date(Date.parse(issuedAt) + hours * 3_600_000).toISOString() as Instant

export interface Announcement {
  readonly id: Id
  readonly areaId: number
  readonly areaPos: number
  readonly disease: string
  readonly assessedOn: PlainDate
  readonly effectiveAt: Instant
  readonly note: string
  readonly knownAt: Instant
  readonly proposedBy: string
  readonly proposedByName: string
  readonly steps: readonly Step[]
}

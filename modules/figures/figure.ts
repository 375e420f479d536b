import type { Id, Instant, PlainDate } from '#base'
import type { Hold } from './hold.ts'

/** Held and rejected figures count as missing (R3). The position in this list is how a series stores the status. */
export const STATUSES = ['accepted', 'held', 'rejected'] as const
export type FigureStatus = (typeof STATUSES)[number]

export const DEFAULT_DISEASE = 'covid-19'

/** What a figure is for; there is one in force for each. */
export interface FigureKey {
  readonly disease: string
  readonly areaId: number
  readonly metric: string
  readonly day: PlainDate
}

/** One image of a figure: as it was reported, and what was decided about it. A correction or a decision makes a new image. */
export interface Figure extends FigureKey {
  readonly id: Id
  readonly areaPos: number
  /** Whole number in the metric's unit; for a category the position of its code, from 0. */
  readonly value: number
  readonly status: FigureStatus
  /** Why it was held; kept after the decision. */
  readonly hold: Hold | null
  readonly source: string
  readonly recordedAt: Instant
  readonly recordedBy: string
  readonly commandId: Id
  readonly importId: Id | null
  readonly decidedAt: Instant | null
  readonly decidedBy: string | null
  readonly decidedReason: string | null
  /** Instant this image came into force. */
  readonly knownFrom: Instant
}

/** An image that is no longer in force. */
export interface SupersededFigure extends Figure {
  readonly supersededAt: Instant
}

export const keyOf = ({ disease, areaId, metric, day }: FigureKey): string => `${disease} ${metric} ${areaId} ${day}`

/** R5: the same value again changes nothing, unless it had been rejected: then it is put forward anew. */
export const isUnchanged = (current: Pick<Figure, 'value' | 'status'> | undefined, value: number): boolean =>
  current !== undefined && current.value === value && current.status !== 'rejected'

import { addDays, type PlainDate } from '#base'

/** Days the slider reaches over, and how far it looks beyond the day it was opened for. */
const SPAN = 91
const AHEAD = 28
/** The day districts ended: a season lies in one tree. */
const TWO_TIERS = '2025-07-01' as PlainDate

export interface Season {
  readonly from: PlainDate
  readonly to: PlainDate
}

/** The season around a day: up to four weeks after it, never beyond today, never across the change of the tree. */
export const seasonAround = (day: PlainDate, last: PlainDate): Season => {
  const before = day < TWO_TIERS
  const latest = [addDays(day, AHEAD), last, ...(before ? [addDays(TWO_TIERS, -1)] : [])].toSorted()[0] as PlainDate
  const to = latest < day ? day : latest
  const from = addDays(to, 1 - SPAN)
  return { from: !before && from < TWO_TIERS ? TWO_TIERS : from, to }
}

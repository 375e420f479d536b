import { addDays, dayNumber, type PlainDate } from '#base'
import type { CaseFacts } from '../case.ts'
import type { DUTIES } from '../terms.ts'

/**
 * Days from the result to the last day a case may be notified on. TT 54/2015/TT-BYT: within 24 hours of the diagnosis; COVID-19 as a new agent
 * (item 20; inferred, REP-05), dengue and most others by name. The registry knows the day of the result, not its hour, so 24 hours have
 * certainly passed only when the day after is over.
 */
export const DUTY_DAYS = 1

export interface Duty {
  readonly state: (typeof DUTIES)[number]
  /** Last day of the duty. */
  readonly dueOn: PlainDate
  /** Days past it: of the report, or until today; 0 in time. */
  readonly daysLate: number
}

/** R17: the clock of a case runs from its result; a confirmed case was notified on its reporting day, an open one with a result still has to be. */
export const dutyOf = (one: Pick<CaseFacts, 'resultOn' | 'reportedOn' | 'diagnosis' | 'outcome'>, today: PlainDate): Duty | undefined => {
  if (one.resultOn === null) return undefined
  const confirmed = one.diagnosis === 'confirmed'
  // A suspicion that ended without being confirmed was no diagnosis.
  if (!confirmed && one.outcome !== null) return undefined
  const dueOn = addDays(one.resultOn, DUTY_DAYS)
  const daysLate = Math.max(0, dayNumber(confirmed ? one.reportedOn : today) - dayNumber(dueOn))
  return { state: confirmed ? (daysLate > 0 ? 'late' : 'met') : daysLate > 0 ? 'overdue' : 'due', dueOn, daysLate }
}

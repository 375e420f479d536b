import { demand } from '../numerics/demand.ts'
import type { Warning } from './series.ts'

/** From 1 (just an alarm) to 3. */
export type Grade = 1 | 2 | 3

export interface GradedAlarm {
  readonly week: number
  /** How far the count lies above what is expected, in lengths from there to the bound; above 1 for an alarm. */
  readonly exceedance: number
  readonly grade: Grade
}

/** Exceedance from which on an alarm has grade 2 and 3. */
const GRADES: readonly [number, number] = [1.5, 2.5]

/**
 * The alarms of a series with how bad they are, so that the worst stand first and the small ones can wait.
 *
 *   exceedance = (y − expected)/(U − expected); grade 1, from 1.5 on 2, from 2.5 on 3
 *
 * Exceedance score: Noufaily et al. (2013), Stat Med 32:1206–1222, §2; the grades are this library's own. Where the bound does not lie above what is expected, the grade is 3.
 * Units: none. Errors: `RangeError` where an alarm's count is missing.
 * Example: 3 expected, bound 7, counts of 8, 9 and 15: exceedances 1.25, 1.5 and 3, grades 1, 2 and 3.
 */
export const gradeAlarms = (counts: readonly (number | undefined)[], warnings: readonly Warning[]): readonly GradedAlarm[] =>
  warnings.filter(({ alarm }) => alarm === true).map(({ week, expected, upper }) => {
    const count = counts[week]
    demand(count !== undefined, 'an alarm must have its count')
    const exceedance = expected === undefined || upper === undefined || upper <= expected ? Infinity : (count - expected) / (upper - expected)
    return { week, exceedance, grade: exceedance < GRADES[0] ? 1 : exceedance < GRADES[1] ? 2 : 3 }
  })

/** Alarms that belong together: one line on the list of warnings, however many weeks it lasts. */
export interface Episode {
  readonly first: number
  readonly last: number
  readonly alarms: readonly GradedAlarm[]
  readonly worst: GradedAlarm
}

/**
 * Joins alarms of consecutive weeks to episodes; `quietWeeks` without alarm may lie between two alarms of one episode.
 * Units: weeks. Errors: `RangeError` unless the alarms are in the order of time and quietWeeks is a whole number ≥ 0.
 * Example: alarms in the weeks 4, 5, 7 and 12 with one quiet week allowed: 4–7 and 12.
 */
export const joinAlarms = (alarms: readonly GradedAlarm[], quietWeeks = 1): readonly Episode[] => {
  demand(Number.isInteger(quietWeeks) && quietWeeks >= 0, 'quietWeeks must be a whole number that is not negative')
  const groups: GradedAlarm[][] = []
  for (const alarm of alarms) {
    const last = groups.at(-1)?.at(-1)
    demand(!last || alarm.week > last.week, 'alarms must be in the order of time')
    if (last && alarm.week - last.week <= quietWeeks + 1) groups.at(-1)?.push(alarm)
    else groups.push([alarm])
  }
  return groups.map((group) => ({
    first: (group[0] as GradedAlarm).week, last: (group.at(-1) as GradedAlarm).week, alarms: group,
    worst: group.reduce((worst, alarm) => (alarm.exceedance > worst.exceedance ? alarm : worst)),
  }))
}

/** Somebody has seen it: up to this week, as bad as this. */
export interface Acknowledgement {
  readonly week: number
  readonly grade: Grade
}

/**
 * Whether an episode still asks for attention: nobody acknowledged it, or a later week was of a higher grade than the acknowledged one. An acknowledgement of an earlier episode
 * does not count.
 * Example: weeks 4 (grade 1), 5 (grade 1), 6 (grade 2), acknowledged in week 4 with grade 1: silent after week 5, not after week 6.
 */
export const asksForAttention = (episode: Episode, acknowledged: Acknowledgement | undefined): boolean =>
  acknowledged === undefined || acknowledged.week < episode.first || episode.alarms.some(({ week, grade }) => week > acknowledged.week && grade > acknowledged.grade)

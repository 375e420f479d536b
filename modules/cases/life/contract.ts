import { z } from 'zod'
import { endpoint } from '#base'
import { caseCorrect, day, DAY_PROBLEMS, OUTCOMES, reason, SEVERITIES, text } from '../terms.ts'

const id = z.object({ id: z.uuid() })
const written = z.object({ version: z.int() })
const CONFLICTS = ['unknown_case', 'case_conflict', 'field_changed']

export const closeCase = endpoint({
  method: 'POST', path: '/api/cases/:id/close', permission: caseCorrect, summary: 'Close a case with its outcome', params: id,
  body: z.strictObject({ version: z.int(), outcome: z.enum(OUTCOMES), outcomeOn: day.nullish(), reason: reason.nullish() }),
  response: written, problems: [...CONFLICTS, 'already_closed', ...DAY_PROBLEMS],
})

export const reopenCase = endpoint({
  method: 'POST', path: '/api/cases/:id/reopen', permission: caseCorrect, summary: 'Take the outcome of a closed case back', params: id,
  body: z.strictObject({ version: z.int(), reason }), response: written, problems: [...CONFLICTS, 'not_closed'],
})

export const courseEntry = z.object({
  id: z.string(), day: z.string(), severity: z.enum(SEVERITIES), place: z.string().nullable(), oxygen: z.boolean().nullable(), note: z.string().nullable(),
  at: z.string(), by: z.string(),
  /** Recorded of a case that was merged into this one: it cannot be taken away here. */
  ofMerged: z.boolean(),
})

export const recordCourse = endpoint({
  method: 'POST', path: '/api/cases/:id/course', permission: caseCorrect, params: id,
  summary: 'How severe a case is on a day and where it is treated; takes the place of what was recorded for that day, and the latest day is the severity of the case',
  body: z.strictObject({ day, severity: z.enum(SEVERITIES), place: text(200).nullish(), oxygen: z.boolean().nullish(), note: text(500).nullish() }),
  response: written.extend({ courseId: z.string() }), problems: ['unknown_case', 'future_day', 'day_too_early', 'course_after_outcome'],
})

export const removeCourse = endpoint({
  method: 'POST', path: '/api/cases/course/:id/remove', permission: caseCorrect, summary: 'Take a day of the clinical course away, with a reason', params: id,
  body: z.strictObject({ reason }), response: written, problems: ['unknown_course'],
})

/** What the case that stands may take from the one merged into it, where it has nothing of its own. */
export const MERGE_FIELDS = [
  'birthOn', 'birthYear', 'sex', 'nationalId', 'phone', 'ethnicity', 'occupation', 'permanentAddress', 'currentAddress', 'workplace', 'onsetOn', 'sampleOn', 'resultOn',
  'testType', 'admittedOn', 'admittedTo', 'detectionSource', 'severity', 'outcome', 'outcomeOn', 'vaccineDoses', 'exposureNote', 'reporter', 'reporterUnit', 'nationalNumber',
] as const

export const mergeCase = endpoint({
  method: 'POST', path: '/api/cases/:id/merge', permission: caseCorrect, params: id,
  summary: 'Say that a case is the duplicate of another: it counts no more, and its numbers lead to the case that stands',
  body: z.strictObject({ version: z.int(), intoId: z.uuid(), intoVersion: z.int(), take: z.array(z.enum(MERGE_FIELDS)).max(MERGE_FIELDS.length), reason }),
  response: z.object({ id: z.string(), number: z.string(), version: z.int() }),
  problems: [...CONFLICTS, 'same_case', 'different_disease', 'others_lead_here', ...DAY_PROBLEMS, 'impossible_age'],
})

export const unmergeCase = endpoint({
  method: 'POST', path: '/api/cases/:id/unmerge', permission: caseCorrect, params: id,
  summary: 'Take a merger back: the case stands again; what the other took from it goes back unless somebody has changed that case since',
  body: z.strictObject({ reason }), response: z.object({ version: z.int(), givenBack: z.boolean() }), problems: ['not_merged'],
})

import { z } from 'zod'
import { permission, type PlainDate } from '#base'

/** A viewer sees counts, never names: the registry is closed to that role. */
export const caseRead = permission('case.read', 'officer', 'epidemiologist', 'commander', 'administrator')
export const caseReport = permission('case.report', 'officer', 'epidemiologist', 'administrator')
export const caseCorrect = permission('case.correct', 'officer', 'epidemiologist', 'administrator')
export const caseTransfer = permission('case.transfer', 'officer', 'epidemiologist', 'administrator')
/** To change many cases at once, and to take that back. */
export const caseBulk = permission('case.bulk', 'officer', 'epidemiologist', 'administrator')
export const caseImport = permission('case.import', 'epidemiologist', 'administrator')
export const caseImportUndo = permission('case.import-undo', 'epidemiologist', 'administrator')

export const DIAGNOSES = ['suspected', 'probable', 'confirmed'] as const
export const TEST_TYPES = ['pcr', 'rapid_antigen', 'serology', 'culture', 'other'] as const
/** Where the case was found; `community` is what the daily bulletin counts apart. */
export const DETECTION_SOURCES = [
  'community', 'contact_tracing', 'quarantine', 'blockade', 'screening', 'health_facility', 'border', 'other',
] as const
export const SEVERITIES = ['asymptomatic', 'mild', 'moderate', 'severe', 'critical'] as const
export const OUTCOMES = ['recovered', 'died', 'other'] as const
/** Active until an outcome is known. */
export const STATUSES = ['active', 'closed'] as const
/**
 * The duty to notify a diagnosis: `met` and `late` for a case notified in time or not; `due` and `overdue` for one with a result that nobody
 * has confirmed yet.
 */
export const DUTIES = ['met', 'late', 'due', 'overdue'] as const
/** What made a version; `merged` and `withdrawn` end a case. */
export const HISTORY_ACTIONS = [
  'reported', 'corrected', 'transferred', 'withdrawn', 'bulk', 'bulk_undone', 'closed', 'reopened', 'merged', 'unmerged', 'course',
] as const
/** The count stops here: beyond it the screens say "10 000+". */
export const COUNT_LIMIT = 10_000

/** Codes any writing of the days of a case may be refused with. */
export const DAY_PROBLEMS = ['onset_after_report', 'future_day', 'day_too_early', 'result_before_sample', 'outcome_before_onset', 'outcome_day_missing']

export const day = z.iso.date().transform((text) => text as PlainDate)
export const text = (max: number) => z.string().trim().min(1).max(max)
export const reason = text(500)

/** Sort keys; a name is ordered by its search key. */
export const CASE_SORTS = ['reported', 'onset', 'name', 'recorded'] as const

const several = <T extends z.ZodType<string>>(choice: T) =>
  z.union([choice, z.array(choice)]).transform((given): z.output<T>[] => (Array.isArray(given) ? given : [given]))
const flag = z.enum(['true', 'false']).transform((given) => given === 'true')

/** Filters of the list, the count and the export alike; those with several choices may be repeated. */
export const filters = {
  disease: z.string().max(40).optional(),
  /** The area and everything beneath it. */
  areaId: z.coerce.number().int().optional(),
  reportedFrom: day.optional(),
  reportedTo: day.optional(),
  onsetFrom: day.optional(),
  onsetTo: day.optional(),
  status: z.enum(STATUSES).optional(),
  diagnosis: several(z.enum(DIAGNOSES)).optional(),
  detectionSource: several(z.enum(DETECTION_SOURCES)).optional(),
  severity: several(z.enum(SEVERITIES)).optional(),
  outcome: several(z.enum(OUTCOMES)).optional(),
  sender: z.string().max(120).optional(),
  importId: z.uuid().optional(),
  /** Only cases of a pair in the duplicate queue. */
  possibleDuplicate: flag.optional(),
  hasNationalNumber: flag.optional(),
  /** How it stands with the duty to notify. */
  duty: several(z.enum(DUTIES)).optional(),
  /** Part of a name, tones or not; or a number: ours, the ministry's, the sender's, the person's. */
  search: z.string().max(200).optional(),
} as const

export const sorted = {
  sort: z.enum(CASE_SORTS).default('reported'),
  direction: z.enum(['asc', 'desc']).default('desc'),
} as const

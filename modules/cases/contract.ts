import { z } from 'zod'
import { endpoint } from '#base'
import { nationalId, sex } from '#people/contract'
import { courseEntry } from './life/contract.ts'
import {
  caseCorrect, caseRead, caseReport, caseTransfer, day, DAY_PROBLEMS, DETECTION_SOURCES, DIAGNOSES, DUTIES, filters, HISTORY_ACTIONS, OUTCOMES, reason, SEVERITIES, sorted, STATUSES,
  TEST_TYPES, text,
} from './terms.ts'

export * from './terms.ts'
export * from './bulk/contract.ts'
export * from './export/contract.ts'
export * from './life/contract.ts'

const none = <T extends z.ZodType>(type: T) => type.nullish()

/** What a reporter writes down of a case, the area apart (REP-07). */
const facts = {
  fullName: text(200),
  birthOn: none(day),
  birthYear: none(z.int()),
  sex: none(sex),
  nationalId: none(nationalId),
  phone: none(text(40)),
  ethnicity: none(text(60)),
  occupation: none(text(120)),
  permanentAddress: none(text(300)),
  currentAddress: none(text(300)),
  workplace: none(text(200)),
  eventAreaId: none(z.int()),
  onsetOn: none(day),
  sampleOn: none(day),
  resultOn: none(day),
  admittedOn: none(day),
  admittedTo: none(text(200)),
  testType: none(z.enum(TEST_TYPES)),
  detectionSource: none(z.enum(DETECTION_SOURCES)),
  severity: none(z.enum(SEVERITIES)),
  outcome: none(z.enum(OUTCOMES)),
  outcomeOn: none(day),
  vaccineDoses: none(z.int().min(0).max(10)),
  infectorNumber: none(text(60)),
  exposureNote: none(text(2000)),
  reporter: none(text(120)),
  reporterUnit: none(text(200)),
  nationalNumber: none(text(60)),
  sender: none(text(120)),
  senderNumber: none(text(60)),
} as const

/** A new case. The residence is the lowest known area: by id, or by its official code on the reporting day. */
export const newCase = z.strictObject({
  ...facts,
  disease: z.string().regex(/^[a-z0-9-]{1,40}$/).default('covid-19'),
  areaId: z.int().optional(),
  areaCode: text(20).optional(),
  /** Age in years on the reporting day, where the year of birth is not known. */
  age: none(z.int()),
  /** Today when left out. */
  reportedOn: day.optional(),
  diagnosis: z.enum(DIAGNOSES).default('confirmed'),
  /** The reporter knows of the earlier case of this person within 90 days and says that this is another infection. */
  reinfection: z.boolean().default(false),
})

/** Fields a correction may change: those that are given, `null` empties one. */
export const caseChanges = z.strictObject({
  ...facts,
  areaId: z.int(),
  reportedOn: day,
  diagnosis: z.enum(DIAGNOSES),
}).partial()

const warning = z.object({ code: z.string(), field: z.string().optional(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
const caseName = z.object({ id: z.string(), number: z.string(), fullName: z.string(), reportedOn: z.string() })

const id = z.object({ id: z.uuid() })

/** Codes any writing of a person may be refused with. */
const PERSON_PROBLEMS = ['impossible_age', 'birth_disagrees', 'bad_national_id']
const DUPLICATE_PROBLEMS = ['duplicate_sender_number', 'duplicate_national_number', 'duplicate_person']

export const reportCase = endpoint({
  method: 'POST', path: '/api/cases', permission: caseReport, summary: 'Report a case', body: newCase,
  response: z.object({
    id: z.string(), number: z.string(), version: z.int(), warnings: z.array(warning),
    /** The earlier case of the same name, birth year and commune; the pair stands in the duplicate queue. */
    possibleDuplicate: z.object({ id: z.string(), number: z.string() }).nullable(),
  }),
  problems: ['unknown_area', 'area_not_of_day', ...DAY_PROBLEMS, ...PERSON_PROBLEMS, ...DUPLICATE_PROBLEMS],
})

export const correctCase = endpoint({
  method: 'POST', path: '/api/cases/:id/correct', permission: caseCorrect, summary: 'Correct a case, with a reason', params: id,
  body: z.strictObject({
    /** The version the corrector saw. Fields changed since by others come back as `case_conflict`, one problem a field. */
    version: z.int(),
    reason,
    changes: caseChanges,
  }),
  response: z.object({ version: z.int(), warnings: z.array(warning) }),
  problems: ['unknown_case', 'nothing_changed', 'case_conflict', 'field_changed', 'unknown_area', 'area_not_of_day', ...DAY_PROBLEMS, ...PERSON_PROBLEMS, ...DUPLICATE_PROBLEMS],
})

export const transferCase = endpoint({
  method: 'POST', path: '/api/cases/:id/transfer', permission: caseTransfer, params: id,
  summary: 'Transfer a case to the commune or province where the person lives; who has no rights there sees it no more',
  body: z.strictObject({
    version: z.int(), toAreaId: z.int(), transferredOn: day, reason,
    /** The address there. */
    currentAddress: none(text(300)),
  }),
  response: z.object({ version: z.int() }),
  problems: ['unknown_case', 'case_conflict', 'field_changed', 'unknown_area', 'area_not_of_day', 'same_area', 'future_day', 'transfer_before_report'],
})

export const caseRow = z.object({
  id: z.string(), number: z.string(), version: z.int(), disease: z.string(),
  nationalNumber: z.string().nullable(), sender: z.string().nullable(), senderNumber: z.string().nullable(),
  fullName: z.string(), birthYear: z.int().nullable(), sex: sex.nullable(),
  areaId: z.int(), areaName: z.string(), districtName: z.string().nullable(),
  reportedOn: z.string(), onsetOn: z.string().nullable(),
  diagnosis: z.enum(DIAGNOSES), detectionSource: z.enum(DETECTION_SOURCES).nullable(), severity: z.enum(SEVERITIES).nullable(),
  status: z.enum(STATUSES), outcome: z.enum(OUTCOMES).nullable(), outcomeOn: z.string().nullable(),
  possibleDuplicate: z.boolean(), importId: z.string().nullable(), recordedAt: z.string(),
  /** How it stands with the duty to notify, and the day it had to be done by; null without a result. */
  duty: z.enum(DUTIES).nullable(), dueOn: z.string().nullable(),
})

export const listCases = endpoint({
  method: 'GET', path: '/api/cases', permission: caseRead, summary: 'Cases, a page at a time',
  query: z.strictObject({
    ...filters, ...sorted,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** `next` of the page before. */
    after: z.string().max(1000).optional(),
  }),
  response: z.object({ cases: z.array(caseRow), next: z.string().nullable() }),
  problems: ['unknown_area', 'bad_cursor'],
})

export const countCases = endpoint({
  method: 'GET', path: '/api/cases/count', permission: caseRead, summary: 'How many cases the filters leave, up to 10 001',
  query: z.strictObject(filters), response: z.object({ count: z.int(), beyond: z.boolean() }), problems: ['unknown_area'],
})

/** A case as its page shows it. */
export const shownCase = caseRow.extend({
  personId: z.string(),
  birthOn: z.string().nullable(),
  /** On the reporting day. */
  age: z.int().nullable(),
  nationalId: z.string().nullable(), phone: z.string().nullable(), ethnicity: z.string().nullable(), occupation: z.string().nullable(),
  permanentAddress: z.string().nullable(), currentAddress: z.string().nullable(), workplace: z.string().nullable(),
  eventAreaId: z.int().nullable(), eventAreaName: z.string().nullable(),
  sampleOn: z.string().nullable(), resultOn: z.string().nullable(), admittedOn: z.string().nullable(), admittedTo: z.string().nullable(),
  testType: z.enum(TEST_TYPES).nullable(), vaccineDoses: z.int().nullable(),
  infectorNumber: z.string().nullable(),
  /** The infector's case when the number is known in the registry; null also when the reader may not see it. */
  infector: caseName.nullable(),
  exposureNote: z.string().nullable(), reporter: z.string().nullable(), reporterUnit: z.string().nullable(),
  reinfection: z.boolean(),
  transferredOn: z.string().nullable(),
  changedAt: z.string(), changedBy: z.string(),
  withdrawn: z.boolean(),
})

const historyEntry = z.object({
  version: z.int(), action: z.enum(HISTORY_ACTIONS), at: z.string(),
  /** Username of who did it. */
  by: z.string(),
  reason: z.string().nullable(),
  /** Empty for the first entry. */
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
})

export const getCase = endpoint({
  method: 'GET', path: '/api/cases/:id', permission: caseRead, summary: 'A case with its history, newest first', params: id,
  response: z.object({
    case: shownCase,
    history: z.array(historyEntry),
    /** Other infections of the same person. */
    otherCases: z.array(caseName),
    /** Cases that name this one as their infector. */
    infected: z.array(caseName),
    /** Days of the clinical course that stand, the earliest first; those of merged cases too. */
    course: z.array(courseEntry),
    /** The case it was merged into; null also when the reader may not see that one. */
    mergedInto: caseName.nullable(),
    /** Cases that were merged into it. */
    merged: z.array(caseName.extend({ reason: z.string(), at: z.string(), by: z.string() })),
    /** Open pairs of the duplicate queue. */
    duplicates: z.array(z.object({ pairId: z.string(), case: caseName })),
  }),
  problems: ['unknown_case'],
})

export const listDuplicates = endpoint({
  method: 'GET', path: '/api/cases/duplicates', permission: caseRead, summary: 'Pairs of the same name, birth year and commune that nobody has looked at, newest first',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50), after: z.string().max(1000).optional() }),
  response: z.object({
    /** `other` is the earlier case; null where the reader may not see it any more. */
    pairs: z.array(z.object({ id: z.string(), foundAt: z.string(), case: caseRow, other: caseRow.nullable() })),
    next: z.string().nullable(),
  }),
  problems: ['bad_cursor'],
})

export const clearDuplicate = endpoint({
  method: 'POST', path: '/api/cases/duplicates/:id/clear', permission: caseCorrect, summary: 'Say that a pair is not a duplicate', params: id,
  body: z.strictObject({ reason: none(reason) }), response: z.null(), problems: ['unknown_pair'],
})

import { z } from 'zod'
import { endpoint } from '#base'
import { caseBulk, day, DETECTION_SOURCES, DIAGNOSES, filters, OUTCOMES, reason, SEVERITIES, TEST_TYPES, text } from '../terms.ts'

/** Rows one command changes at most (architecture §3); also how many rows can be named one by one. */
export const BULK_BATCH = 10_000
/** Rows of the preview that are shown, and refusals that are told one by one. */
export const BULK_SHOWN = 100

/**
 * Fields that many cases can be given at once; `null` empties one. What tells people, numbers, places or reporting days apart is not
 * among them: a transfer and a correction do that, one case at a time.
 */
export const bulkChanges = z.strictObject({
  diagnosis: z.enum(DIAGNOSES),
  detectionSource: z.enum(DETECTION_SOURCES).nullable(),
  severity: z.enum(SEVERITIES).nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  outcomeOn: day.nullable(),
  testType: z.enum(TEST_TYPES).nullable(),
  sampleOn: day.nullable(),
  resultOn: day.nullable(),
  admittedOn: day.nullable(),
  admittedTo: text(200).nullable(),
  vaccineDoses: z.int().min(0).max(10).nullable(),
  reporterUnit: text(200).nullable(),
}).partial().refine((changes) => Object.values(changes).some((value) => value !== undefined), 'nothing_to_change')
export type BulkChanges = z.output<typeof bulkChanges>
export type BulkField = keyof BulkChanges
export const BULK_FIELDS = [
  'severity', 'outcome', 'outcomeOn', 'diagnosis', 'detectionSource', 'testType', 'sampleOn', 'resultOn', 'admittedOn', 'admittedTo', 'vaccineDoses', 'reporterUnit',
] as const satisfies readonly BulkField[]

/** Cases named one by one, or all that the filters of the list leave. */
export const bulkTarget = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(BULK_BATCH) }),
  z.strictObject({ filters: z.strictObject(filters) }),
])
export type BulkTarget = z.output<typeof bulkTarget>

const count = z.int().min(0)
const refusal = z.object({ id: z.string(), number: z.string(), code: z.string(), message: z.string() })

export const previewBulk = endpoint({
  method: 'POST', path: '/api/cases/bulk/preview', permission: caseBulk,
  summary: 'What a bulk edit would do: how many rows, the first of them before and after, which are refused and why; nothing is written',
  body: z.strictObject({ target: bulkTarget, changes: bulkChanges }),
  response: z.object({
    /** Cases the target names or matches, up to 10 001. */
    matched: count, beyond: z.boolean(),
    /** Of how many of them the rest is told: the first 10 000. */
    checked: count, changing: count, unchanged: count, refused: count,
    rows: z.array(z.object({
      id: z.string(), number: z.string(), fullName: z.string(), areaName: z.string(),
      changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    })),
    refusals: z.array(refusal),
    /** Goes with the commit: what somebody changes after it is left out and told. */
    seenAt: z.string(),
  }),
  problems: ['nothing_to_change', 'unknown_area'],
})

export const BULK_STATUSES = ['running', 'done', 'cancelled', 'interrupted', 'undoing', 'undone'] as const

export const bulkShown = z.object({
  id: z.string(), status: z.enum(BULK_STATUSES), reason: z.string(),
  changes: z.record(z.string(), z.unknown()),
  /** Cases it meant, as far as they were counted; walked: those it has come to. */
  matched: count, beyond: z.boolean(), walked: count, changed: count, refused: count,
  refusals: z.array(refusal),
  by: z.string(), at: z.string(), finishedAt: z.string().nullable(),
  undone: count, undoneAt: z.string().nullable(), undoneBy: z.string().nullable(),
})

export const commitBulk = endpoint({
  method: 'POST', path: '/api/cases/bulk', permission: caseBulk,
  summary: 'Edit many cases, in batches of 10 000; answers when it is done or after a second, with the work going on',
  body: z.strictObject({ target: bulkTarget, changes: bulkChanges, reason, seenAt: z.iso.datetime() }),
  response: z.object({ bulk: bulkShown }),
  problems: ['nothing_to_change', 'unknown_area', 'closing'],
})

const id = z.object({ id: z.uuid() })

export const listBulks = endpoint({
  method: 'GET', path: '/api/cases/bulk', permission: caseBulk, summary: 'Bulk edits in the reader’s area, the latest first',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50), before: z.uuid().optional() }),
  response: z.object({ bulks: z.array(bulkShown), next: z.string().nullable() }), problems: [],
})

export const getBulk = endpoint({
  method: 'GET', path: '/api/cases/bulk/:id', permission: caseBulk, summary: 'How a bulk edit stands', params: id,
  response: z.object({ bulk: bulkShown }), problems: ['unknown_bulk'],
})

export const cancelBulk = endpoint({
  method: 'POST', path: '/api/cases/bulk/:id/cancel', permission: caseBulk, summary: 'Stop after the batch being written; what is changed stays until it is undone', params: id,
  body: z.object({}), response: z.object({ bulk: bulkShown }), problems: ['unknown_bulk'],
})

export const undoBulk = endpoint({
  method: 'POST', path: '/api/cases/bulk/:id/undo', permission: caseBulk, params: id,
  summary: 'Give every case what it had before the bulk edit; refused, with the list, for those that were changed since, unless they are to be left as they are',
  body: z.strictObject({ leaveChanged: z.boolean().default(false) }), response: z.object({ bulk: bulkShown }),
  problems: ['unknown_bulk', 'bulk_not_undoable', 'built_upon', 'closing'],
})

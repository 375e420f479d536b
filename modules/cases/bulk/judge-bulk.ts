import { problem, type Instant, type PlainDate, type Problem } from '#base'
import { faultsOf, type CaseRecord } from '../case.ts'
import type { BulkChanges, BulkField } from './contract.ts'

/** What a rule needs of a case, and what its counts depend on. */
export type BulkRow = Pick<
  CaseRecord,
  'id' | 'version' | 'number' | 'disease' | 'fullName' | 'areaId' | 'areaPos' | 'birthOn' | 'birthYear' | 'nationalId' | 'onsetOn' | 'reportedOn' | 'changedAt' | 'changedBy' | BulkField
>

export type Judgement =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'changed'; readonly fields: readonly BulkField[]; readonly after: BulkRow }

/** A case without an outcome has no day of one. */
export const completed = (changes: BulkChanges): BulkChanges =>
  changes.outcome === null ? { ...changes, outcomeOn: null } : changes

/**
 * R13: each case of a bulk edit is judged by the rules of a single correction; what cannot be is refused for that case and the others go on.
 * What somebody changed after the preview was made is left to them.
 */
export const judgeBulk = (before: BulkRow, changes: BulkChanges, today: PlainDate, seenAt?: Instant): Judgement => {
  const after: BulkRow = { ...before, ...(changes as Partial<BulkRow>) }
  const fields = (Object.keys(changes) as BulkField[]).filter((field) => before[field] !== after[field])
  if (fields.length === 0) return { kind: 'unchanged' }
  if (seenAt !== undefined && before.changedAt > seenAt) {
    return { kind: 'refused', problem: problem('changed_since_preview', { params: { by: before.changedBy } }) }
  }
  const [fault] = faultsOf(after, today)
  return fault ? { kind: 'refused', problem: fault } : { kind: 'changed', fields, after }
}

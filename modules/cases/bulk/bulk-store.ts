import type { Id, Instant, Problem } from '#base'
import type { Range } from '#platform/access'
import { sql, type Tx } from '#platform/db'
import { columnOf, COLUMNS, selected } from '../case-columns.ts'
import type { Stamp } from '../case-store.ts'
import { BULK_FIELDS, BULK_SHOWN, type BULK_STATUSES, type BulkChanges, type BulkField } from './contract.ts'
import type { BulkRow } from './judge-bulk.ts'

export interface Refused {
  readonly id: Id
  readonly number: string
  readonly code: string
  readonly params: NonNullable<Problem['params']> | null
}

/** A bulk edit as it stands. */
export interface Bulk {
  readonly id: Id
  readonly areaPos: number
  readonly ranges: readonly Range[]
  readonly changes: BulkChanges
  readonly reason: string
  readonly matched: number
  readonly status: (typeof BULK_STATUSES)[number]
  readonly batches: number
  readonly walked: number
  readonly changed: number
  readonly refused: number
  readonly refusals: readonly Refused[]
  readonly createdBy: string
  readonly createdByName: string
  readonly createdAt: Instant
  readonly finishedAt: Instant | null
  readonly undone: number
  readonly undoneBy: string | null
  readonly undoneAt: Instant | null
}

const BULK = sql`select id, area_pos as "areaPos", ranges, changes, reason, matched_count as matched, status, batch_count as batches, walked_count as walked,
  changed_count as changed, refused_count as refused, refusals, created_by as "createdBy", created_by_name as "createdByName", created_at as "createdAt",
  finished_at as "finishedAt", undone_count as undone, undone_by as "undoneBy", undone_at as "undoneAt" from case_bulk`

export const insertBulk = async (tx: Tx, bulk: Pick<Bulk, 'id' | 'areaPos' | 'ranges' | 'changes' | 'reason' | 'matched' | 'createdBy' | 'createdByName' | 'createdAt'>): Promise<void> => {
  await tx.run(sql`insert into case_bulk (id, area_pos, ranges, changes, reason, matched_count, status, created_by, created_by_name, created_at)
    values (${bulk.id}, ${bulk.areaPos}, ${JSON.stringify(bulk.ranges)}, ${JSON.stringify(bulk.changes)}, ${bulk.reason}, ${bulk.matched}, 'running',
      ${bulk.createdBy}, ${bulk.createdByName}, ${bulk.createdAt})`)
}

export const findBulk = (tx: Tx, id: Id): Promise<Bulk | undefined> => tx.first(sql<Bulk>`${BULK} where id = ${id}`)

/** Kept from every other transaction until this one ends. */
export const lockBulk = (tx: Tx, id: Id): Promise<Bulk | undefined> => tx.first(sql<Bulk>`${BULK} where id = ${id} for update`)

/** The latest first; `before` is the last id of the page above (UUIDv7 sorts by time). */
export const listBulks = (tx: Tx, before: Id | undefined, limit: number): Promise<Bulk[]> =>
  tx.rows(sql<Bulk>`${BULK} where ${before ? sql`id < ${before}` : sql`true`} order by id desc limit ${limit}`)

export const settleBulk = async (tx: Tx, id: Id, status: Bulk['status'], at: Instant): Promise<void> => {
  await tx.run(sql`update case_bulk set status = ${status}, finished_at = coalesce(finished_at, ${at}) where id = ${id}`)
}

/** What an earlier process was in the middle of: it can be undone, or its undo asked for once more. */
export const interruptBulks = (tx: Tx): Promise<number> =>
  tx.run(sql`update case_bulk set status = 'interrupted' where status in ('running', 'undoing')`)

/** Adds a batch to the account of a bulk edit; the first refusals are kept with their reason. */
export const addBatch = async (tx: Tx, bulk: Bulk, batch: { readonly walked: number; readonly changed: number; readonly refused: readonly Refused[] }): Promise<void> => {
  const told = batch.refused.slice(0, Math.max(0, BULK_SHOWN - bulk.refusals.length))
  await tx.run(sql`update case_bulk set batch_count = batch_count + 1, walked_count = walked_count + ${batch.walked}, changed_count = changed_count + ${batch.changed},
    refused_count = refused_count + ${batch.refused.length}, refusals = refusals || ${JSON.stringify(told)}::jsonb where id = ${bulk.id}`)
}

const ROW_FIELDS = [
  'id', 'version', 'number', 'disease', 'fullName', 'areaId', 'areaPos', 'birthOn', 'birthYear', 'nationalId', 'onsetOn', 'reportedOn', 'changedAt', 'changedBy',
  ...BULK_FIELDS,
] as const satisfies readonly (keyof BulkRow)[]
const ROW = sql.raw(selected(ROW_FIELDS))

/** Those of the cases that the reader may see, key by key whatever the statistics say. */
export const bulkRows = (tx: Tx, ids: readonly Id[]): Promise<BulkRow[]> =>
  tx.rows(sql<BulkRow>`select ${ROW} from unnest(${ids}::uuid[]) as k (key) cross join lateral (select * from case_record where id = k.key offset 0) c order by id`)

/** The same, kept from changing until the end of the transaction; always in the order of the key, so that two never wait for each other. */
export const holdBulkRows = (tx: Tx, ids: readonly Id[]): Promise<BulkRow[]> =>
  tx.rows(sql<BulkRow>`select ${sql.raw(selected(ROW_FIELDS).replace(/(^|, )/g, '$1c.'))}
    from unnest(${ids.toSorted()}::uuid[]) as k (key) cross join lateral (select * from case_record where id = k.key for no key update) c`)

const COLUMN = new Map(COLUMNS.map(({ field, column, type }) => [field, { column, type }]))

const imagesOf = (ids: readonly Id[], action: 'bulk' | 'bulk_undone', reason: string | null, bulkId: Id, stamp: Stamp) => sql`
  insert into case_history (case_id, version, area_pos, image, changed_at, superseded_at, superseded_by, action, reason, import_id, command_id, bulk_id)
  select c.id, c.version, c.area_pos, jsonb_strip_nulls(to_jsonb(c)), c.changed_at, ${stamp.at}, ${stamp.by}, ${action}, ${reason}, c.import_id, ${stamp.commandId}, ${bulkId}
  from unnest(${ids}::uuid[]) as k (key) cross join lateral (select * from case_record where id = k.key offset 0) c`

const stampOf = (stamp: Stamp) => sql`version = c.version + 1, changed_at = ${stamp.at}, changed_by = ${stamp.by}, command_id = ${stamp.commandId}`

/** Gives cases the same values; what they had goes into the history. The caller holds them. */
export const writeBulk = async (tx: Tx, ids: readonly Id[], changes: BulkChanges, reason: string, bulkId: Id, stamp: Stamp): Promise<void> => {
  if (ids.length === 0) return
  await tx.run(imagesOf(ids, 'bulk', reason, bulkId, stamp))
  const set = (Object.entries(changes) as [BulkField, BulkChanges[BulkField]][]).map(([field, value]) => sql`${sql.ref(columnOf(field))} = ${value}`)
  await tx.run(sql`update case_record c set ${sql.join(set)}, ${stampOf(stamp)} from unnest(${ids}::uuid[]) as k (key) where c.id = k.key`)
}

/** A case that somebody changed after a bulk edit; `by` is nobody where it left the registry or the reader's sight. */
export interface ChangedSince {
  readonly caseId: Id
  readonly number: string
  readonly by: string | null
}

/** The image of a case that a bulk edit replaced, unless it was given back. */
const imagesLeft = (bulkId: Id) => sql`case_history h where h.bulk_id = ${bulkId} and h.action = 'bulk'
  and not exists (select from case_history u where u.bulk_id = h.bulk_id and u.case_id = h.case_id and u.action = 'bulk_undone')`

/** Cases that do not have any more what the bulk edit gave them: the first of them, and how many there are. */
export const changedSinceBulk = async (tx: Tx, { id, changes }: Bulk): Promise<{ readonly count: number; readonly first: readonly ChangedSince[] }> => {
  const differs = Object.entries(changes).map(([field, value]) => {
    const { column, type } = COLUMN.get(field as BulkField) as { column: string; type: string }
    return sql`c.${sql.ref(column)} is distinct from ${value}::${sql.raw(type)}`
  })
  const rows = await tx.rows(sql<ChangedSince & { count: number }>`
    select h.case_id as "caseId", h.image ->> 'number' as number, c.changed_by as by, count(*) over () as count
    from (select h.case_id, h.image from ${imagesLeft(id)}) h left join lateral (select * from case_record where id = h.case_id offset 0) c on true
    where c.id is null or ${sql.join(differs, sql` or `)} order by 2 limit ${BULK_SHOWN}`)
  return { count: rows[0]?.count ?? 0, first: rows }
}

/** The next cases to give back, in the order of their key. */
export const bulkCasesLeft = async (tx: Tx, bulkId: Id, after: Id | undefined, limit: number): Promise<Id[]> =>
  (await tx.rows(sql<{ id: Id }>`select h.case_id as id from ${imagesLeft(bulkId)} ${after ? sql`and h.case_id > ${after}` : sql``}
    order by h.case_id limit ${limit}`)).map(({ id }) => id)

/** What the cases had before, of the fields of the bulk edit. */
export const bulkImages = async (tx: Tx, { id, changes }: Bulk, ids: readonly Id[]): Promise<Map<Id, Partial<BulkRow>>> => {
  const fields = (Object.keys(changes) as BulkField[]).map((field) => {
    const { column, type } = COLUMN.get(field) as { column: string; type: string }
    return sql`(h.image ->> ${sql.lit(column)})::${sql.raw(type)} as ${sql.id(field)}`
  })
  const rows = await tx.rows(sql<Partial<BulkRow> & { caseId: Id }>`
    select h.case_id as "caseId", ${sql.join(fields)} from unnest(${ids}::uuid[]) as k (key)
    cross join lateral (select case_id, image from case_history where bulk_id = ${id} and case_id = k.key and action = 'bulk' offset 0) h`)
  return new Map(rows.map(({ caseId, ...image }) => [caseId, image as Partial<BulkRow>]))
}

/** Gives cases back what they had before a bulk edit (`bulkImages`); the caller holds them and has seen that nobody changed them since. */
export const restoreBulk = async (tx: Tx, bulk: Bulk, images: ReadonlyMap<Id, Partial<BulkRow>>, stamp: Stamp): Promise<void> => {
  if (images.size === 0) return
  const ids = [...images.keys()]
  const fields = (Object.keys(bulk.changes) as BulkField[]).map((field) => ({ field, ...(COLUMN.get(field) as { column: string; type: string }) }))
  const given = fields.map(({ field, type }) => sql`${[...images.values()].map((image) => image[field] ?? null)}::${sql.raw(type)}[]`)
  await tx.run(imagesOf(ids, 'bulk_undone', null, bulk.id, stamp))
  await tx.run(sql`update case_record c set ${sql.join(fields.map(({ field, column }) => sql`${sql.ref(column)} = k.${sql.id(field)}`))}, ${stampOf(stamp)}
    from unnest(${ids}::uuid[], ${sql.join(given)}) as k (key, ${sql.join(fields.map(({ field }) => sql.id(field)))}) where c.id = k.key`)
}

export const addUndone = async (tx: Tx, id: Id, count: number): Promise<void> => {
  await tx.run(sql`update case_bulk set status = 'undoing', undone_count = undone_count + ${count} where id = ${id}`)
}

export const endUndo = async (tx: Tx, id: Id, by: string, at: Instant): Promise<void> => {
  await tx.run(sql`update case_bulk set status = 'undone', undone_by = ${by}, undone_at = ${at} where id = ${id}`)
}

import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'
import type { CallFacts } from './sequence.ts'
import type { SurveyFacts } from './serosurvey.ts'

/** What every imported row carries beside its facts. One row of a disease, sender and key is in force; the others say what took their place. */
export interface Stamp {
  readonly id: Id
  readonly disease: string
  readonly sender: string
  readonly rowKey: string
  readonly areaId: number
  readonly areaPos: number
  readonly importId: Id
  readonly recordedBy: string
  readonly recordedAt: Instant
  readonly commandId: Id
}
export type Kept<Facts> = Stamp & Facts

/** Where and when a sample was taken; its key is the name of the sequence. */
export interface SampleFacts {
  readonly collectedOn: PlainDate
}
export type DatedCall = CallFacts & SampleFacts

/** A table of this module and the facts it keeps; columns are the same words with underscores. */
export interface KeptTable<Facts> {
  readonly name: 'sequence_sample' | 'lineage_call' | 'serosurvey_result'
  readonly facts: readonly (keyof Facts & string)[]
}
export const SAMPLES: KeptTable<SampleFacts> = { name: 'sequence_sample', facts: ['collectedOn'] }
export const CALLS: KeptTable<DatedCall> = { name: 'lineage_call', facts: ['sequenceId', 'tool', 'toolVersion', 'lineage', 'clade', 'whoLabel', 'quality', 'collectedOn'] }
export const SURVEYS: KeptTable<SurveyFacts> = {
  name: 'serosurvey_result',
  facts: ['survey', 'fromOn', 'toOn', 'ageFrom', 'ageTo', 'tested', 'positive', 'assay', 'sensitivity', 'sensitivityOf', 'specificity', 'specificityOf'],
}

const STAMP: readonly (keyof Stamp)[] = ['id', 'disease', 'sender', 'rowKey', 'areaId', 'areaPos', 'importId', 'recordedBy', 'recordedAt', 'commandId']

const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const fieldsOf = <F>({ facts }: KeptTable<F>): string[] => [...STAMP, ...facts]
const selected = <F>(table: KeptTable<F>) => sql.join(fieldsOf(table).map((field) => sql`t.${sql.ref(columnOf(field))} as ${sql.ref(field)}`))

/** Two imports of one kind go one after the other: what is in force does not change between looking and writing. */
export const lockKept = async <F>(tx: Tx, { name }: KeptTable<F>): Promise<void> => {
  await tx.run(sql`select pg_advisory_xact_lock(2021, hashtext(${name}))`)
}

/** What is in force under these keys. Looked up key by key: a first day has no statistics to plan a join by. */
export const inForce = <F>(tx: Tx, table: KeptTable<F>, disease: string, sender: string, keys: readonly string[]): Promise<Kept<F>[]> =>
  tx.rows(sql<Kept<F>>`
    select ${selected(table)} from unnest(${keys}::text[]) as k (row_key)
    cross join lateral (
      select * from ${sql.table(table.name)} own
      where own.disease = ${disease} and own.sender = ${sender} and own.row_key = k.row_key and own.superseded_at is null limit 1
    ) t`)

/** Takes rows out of force; they stay as they are. */
export const supersede = async <F>(tx: Tx, { name }: KeptTable<F>, ids: readonly Id[], at: Instant, commandId: Id): Promise<void> => {
  if (ids.length > 0) await tx.run(sql`update ${sql.table(name)} set superseded_at = ${at}, superseded_by = ${commandId} where id = any(${ids}::uuid[])`)
}

/** Puts rows in force; the ids of those written. One whose key is in force where the writer may not look is left out. */
export const putInForce = async <F>(tx: Tx, table: KeptTable<F>, rows: readonly Kept<F>[]): Promise<ReadonlySet<Id>> => {
  if (rows.length === 0) return new Set()
  const fields = fieldsOf(table)
  const columns = sql.join(fields.map((field) => sql.ref(columnOf(field))))
  const listed = JSON.stringify(rows.map((row) => Object.fromEntries(fields.map((field) => [columnOf(field), row[field as keyof Kept<F>]]))))
  const written = await tx.rows(sql<{ id: Id }>`
    insert into ${sql.table(table.name)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table.name)}, ${listed}::jsonb)
    on conflict (disease, sender, row_key) where superseded_at is null do nothing returning id`)
  return new Set(written.map(({ id }) => id))
}

/** The rows an import has in force. */
export const importedRows = <F>(tx: Tx, table: KeptTable<F>, importId: Id): Promise<Kept<F>[]> =>
  tx.rows(sql<Kept<F>>`select ${selected(table)} from ${sql.table(table.name)} t where import_id = ${importId} and superseded_at is null order by row_key`)

/** Keys of an import that others have put something in the place of since. */
export const replacedSince = <F>(tx: Tx, { name }: KeptTable<F>, importId: Id): Promise<{ rowKey: string }[]> =>
  tx.rows(sql<{ rowKey: string }>`
    select distinct t.row_key as "rowKey" from ${sql.table(name)} t
    where t.import_id = ${importId} and t.superseded_at is not null and not exists (
      select from ${sql.table(name)} own where own.disease = t.disease and own.sender = t.sender and own.row_key = t.row_key and own.superseded_at is null and own.import_id = ${importId})
    order by 1`)

/** What an import's commands took out of force: an undo puts it back. */
export const supersededBy = <F>(tx: Tx, table: KeptTable<F>, importId: Id): Promise<Kept<F>[]> =>
  tx.rows(sql<Kept<F>>`
    select ${selected(table)} from ${sql.table(table.name)} t
    where t.superseded_by = any(select distinct own.command_id from ${sql.table(table.name)} own where own.import_id = ${importId}) and t.import_id <> ${importId}`)

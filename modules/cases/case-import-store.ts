import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type { Id } from '#base'
import { sql, type Tx } from '#platform/db'
import type { CaseRecord } from './case.ts'
import { COLUMNS } from './case-columns.ts'
import type { Stamp } from './case-store.ts'

/** A case of an import, before it has a number. */
export type StagedCase = Omit<CaseRecord, 'number' | 'version'> & { readonly numberPrefix: string; readonly newPerson: boolean }

const STAGED = COLUMNS.filter(({ field }) => field !== 'number' && field !== 'version')
const NAMES = STAGED.map(({ column }) => column).join(', ')

const STAGE = 'case_stage'

/** Lines of the COPY text format that go to the server at once. */
const CHUNK = 500

const special = /[\\\t\n\r]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

const written = (value: string | number | boolean | null): string =>
  value === null ? '\\N' : typeof value === 'string' && special.test(value) ? value.replace(/[\\\t\n\r]/g, (sign) => escapes[sign] as string) : String(value)

const lineOf = (one: StagedCase): string => {
  let line = one.newPerson ? 't' : 'f'
  line += `\t${one.numberPrefix}`
  for (const { field } of STAGED) line += `\t${written(one[field as keyof StagedCase])}`
  return `${line}\n`
}

function* chunksOf(cases: readonly StagedCase[]): Generator<string> {
  for (let at = 0; at < cases.length; at += CHUNK) yield cases.slice(at, at + CHUNK).map(lineOf).join('')
}

/** Puts the cases of a batch into a temporary table: rows cannot be copied into a table with row security. */
export const stageCases = async (tx: Tx, cases: readonly StagedCase[]): Promise<string> => {
  await tx.run(sql`create temporary table if not exists ${sql.table(STAGE)} on commit delete rows
    as select false as new_person, '' as number_prefix, ${sql.raw(NAMES)} from case_record with no data`)
  await pipeline(Readable.from(chunksOf(cases)), await tx.copyIn(`copy ${STAGE} (new_person, number_prefix, ${NAMES}) from stdin`))
  return STAGE
}

/** Makes cases of what was staged. */
export const insertStagedCases = async (tx: Tx): Promise<void> => {
  await tx.run(sql`insert into case_record (number, ${sql.raw(NAMES)})
    select number_prefix || lpad(n::text, greatest(6, length(n::text)), '0'), ${sql.raw(NAMES)}
    from (select nextval('case_number') as n, * from ${sql.table(STAGE)}) as numbered`)
}

/** Cases of an import that somebody corrected or transferred since: wherever they are now, the image they left is where the import put it. */
export const changedSinceImport = (tx: Tx, importId: Id): Promise<{ number: string }[]> =>
  tx.rows(sql<{ number: string }>`
    select distinct image ->> 'number' as number from case_history where import_id = ${importId} and action <> 'withdrawn' order by 1`)

/** What else stands on an import: cases that name one of its cases as infector, and persons who have other cases. */
export const neededOfImport = (tx: Tx, importId: Id): Promise<{ kind: 'infected' | 'person'; number: string | null; infector: string | null; personId: Id | null }[]> =>
  tx.rows(sql<{ kind: 'infected' | 'person'; number: string | null; infector: string | null; personId: Id | null }>`
    select kind, number, infector, person_id as "personId" from case_import_needed(${importId}) order by 1, 2`)

/** Takes the cases of an import out of the registry; their last images stay in the history. Returns how many. */
export const withdrawImport = async (tx: Tx, importId: Id, stamp: Stamp): Promise<number> => {
  await tx.run(sql`
    with gone as (select id from case_record where import_id = ${importId}), closed as (
      update case_duplicate set cleared_at = ${stamp.at}, cleared_by = ${stamp.by}
      where cleared_at is null and (case_id in (select id from gone) or other_id in (select id from gone)) returning case_id
    )
    update case_record r set possible_duplicate = false
    where r.id in (select case_id from closed) and r.possible_duplicate and r.import_id is distinct from ${importId}
      and not exists (select from case_duplicate d where d.case_id = r.id and d.cleared_at is null and d.other_id not in (select id from gone))`)
  return tx.run(sql`
    with gone as (delete from case_record where import_id = ${importId} returning *)
    insert into case_history (case_id, version, area_pos, image, changed_at, superseded_at, superseded_by, action, import_id, command_id)
    select id, version, area_pos, jsonb_strip_nulls(to_jsonb(gone)), changed_at, ${stamp.at}, ${stamp.by}, 'withdrawn', import_id, ${stamp.commandId}
    from gone`)
}

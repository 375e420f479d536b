import type { Id, Instant, PlainDate, Problem } from '#base'
import { addPerson } from '#people'
import { DRAWN } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { refusalOf, REINFECTION_DAYS, type CaseRecord, type Clash } from './case.ts'
import type { HISTORY_ACTIONS } from './contract.ts'
import { ALL_SELECTED, columnOf, COLUMNS, fromImage, selected } from './case-columns.ts'

/** A case on its way into the registry: it has no number yet, and its person and infector are found as it is written. */
export type NewCase = Omit<CaseRecord, 'number' | 'personId' | 'infectorId' | 'possibleDuplicate' | 'version'>

export interface Admitted {
  /** `DRAWN` where it comes with the end of the transaction. */
  readonly number: string
  readonly drawn?: Promise<string>
  readonly similar: Clash | undefined
  readonly infector: Clash | undefined
}

/** What `case_clash` is asked of a case, and whether it is in the registry already. */
type AskedOf = Omit<CaseRecord, 'number' | 'version' | 'personId' | 'infectorId' | 'possibleDuplicate'>

interface Answer extends Omit<Clash, 'kind'> {
  /** `known`: the person of the national number. `drawn`: the number of the case, when nothing refuses it. */
  readonly kind: Clash['kind'] | 'known' | 'drawn'
}

const ASK = `select kind, case_id as "caseId", number, reported_on as "reportedOn"
from case_clash($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, ${REINFECTION_DAYS}, $13)`

const ask = <A>(tx: Tx, one: AskedOf, personId: Id | null, except: Id | null): Promise<A[]> =>
  tx.prepared<A>('case_ask', ASK, [
    one.disease, one.sender, one.senderNumber, one.nationalNumber, personId, one.nameKey, one.birthYear, one.communeId, one.nationalId, one.infectorNumber,
    one.reportedOn, one.reinfection, except,
  ])

const WRITTEN = COLUMNS.filter(({ field }) => field !== 'version')
const ADD = `insert into case_record (${WRITTEN.map(({ column }) => column).join(', ')})
values (${WRITTEN.map(({ field }, index) => (field === 'number' ? `coalesce($${index + 1}, current_setting('app.drawn', true))` : `$${index + 1}`)).join(', ')})`

const add = (tx: Tx, given: NewCase, number: string | null, personId: Id, similar?: Clash, infector?: Clash): void => {
  const found: Partial<Record<keyof CaseRecord, unknown>> =
    { number, personId, infectorId: infector?.caseId ?? null, possibleDuplicate: similar !== undefined }
  tx.send('case_add', ADD, WRITTEN.map(({ field }) => (field in found ? found[field] : given[field as keyof NewCase])))
}

const DRAW = 'select case_draw_new($1, $2, $3, $4, $5, $6, $7, $8) as number'

/** Writes a case as nearly every one is, known to nobody: all of it travels at once, and the transaction fails where something is known (`LT001`). */
const admitNew = (tx: Tx, given: NewCase, newId: () => Id, prefix: string): Admitted => {
  const drawn = tx.prepared<{ number: string }>('case_draw_new', DRAW, [
    given.disease, given.sender, given.senderNumber, given.nameKey, given.birthYear, given.communeId, given.nationalId, prefix,
  ]).then(([row]) => row?.number ?? '')
  const personId = newId()
  addPerson(tx, personId, given, given.recordedAt)
  add(tx, given, null, personId)
  return { number: DRAWN, drawn, similar: undefined, infector: undefined }
}

/**
 * Writes a reported case, or says the problem that refuses it (R2, R3). Unless it `asks`, it is expected to be new. Otherwise: one question, and
 * what is written travels with the end of the transaction. What is rare takes a statement more: a pair for the duplicate queue, cases that were
 * waiting for this one as their infector.
 */
export const admitCase = async (
  tx: Tx, asks: boolean, given: NewCase, newId: () => Id, prefix: string,
): Promise<{ readonly made: Admitted } | { readonly refusal: Problem }> => {
  if (!asks && given.nationalNumber === null && given.infectorNumber === null) return { made: admitNew(tx, given, newId, prefix) }
  const answers = await ask<Answer>(tx, given, null, null)
  const answer = (kind: Answer['kind']): Answer | undefined => answers.find((one) => one.kind === kind)
  const drawn = answer('drawn')
  const clashes = answers.filter((one): one is Clash => one.kind !== 'known' && one.kind !== 'drawn')
  if (!drawn) {
    const refusal = clashes.map((clash) => refusalOf(clash, given.reinfection)).find((one) => one !== undefined)
    if (!refusal) throw new Error('a case was neither numbered nor refused')
    return { refusal }
  }
  const number = `${prefix}${drawn.number.padStart(6, '0')}`
  const personId = answer('known')?.caseId ?? newId()
  if (!answer('known')) addPerson(tx, personId, given, given.recordedAt)
  const similar = clashes.find((clash) => clash.kind === 'similar')
  const infector = clashes.find((clash) => clash.kind === 'infector')
  add(tx, given, number, personId, similar, infector)
  if (similar) await insertPairs(tx, [{ id: newId(), caseId: given.id, otherId: similar.caseId, areaPos: given.areaPos }], given.recordedAt)
  if (answer('awaited')) await joinInfected(tx, [given])
  return { made: { number, similar, infector } }
}

/** Pairs for the duplicate queue. */
export const insertPairs = async (
  tx: Tx, pairs: readonly { readonly id: Id; readonly caseId: Id; readonly otherId: Id; readonly areaPos: number }[], at: Instant,
): Promise<void> => {
  if (pairs.length === 0) return
  await tx.run(sql`insert into case_duplicate (id, case_id, other_id, area_pos, found_at)
    select *, ${at}::timestamptz from unnest(${pairs.map((p) => p.id)}::uuid[], ${pairs.map((p) => p.caseId)}::uuid[], ${pairs.map((p) => p.otherId)}::uuid[],
      ${pairs.map((p) => p.areaPos)}::int[])`)
}

/** Joins cases that named one of these as infector before it was known. */
export const joinInfected = async (tx: Tx, cases: readonly Pick<CaseRecord, 'id' | 'sender' | 'senderNumber' | 'nationalNumber'>[]): Promise<void> => {
  const numbered = cases.filter(({ senderNumber, nationalNumber }) => senderNumber !== null || nationalNumber !== null)
  if (numbered.length === 0) return
  await tx.run(sql`select case_join_infected(${numbered.map((c) => c.id)}::uuid[], ${numbered.map((c) => c.sender)}::text[],
    ${numbered.map((c) => c.senderNumber)}::text[], ${numbered.map((c) => c.nationalNumber)}::text[])`)
}

/** The case as it is now, if the reader may see it. */
export const findCase = (tx: Tx, id: Id): Promise<CaseRecord | undefined> =>
  tx.first(sql<CaseRecord>`select ${sql.raw(ALL_SELECTED)} from case_record where id = ${id}`)

/** The case as it is now, kept from changing until the end of the transaction. */
export const holdCase = (tx: Tx, id: Id): Promise<CaseRecord | undefined> =>
  tx.first(sql<CaseRecord>`select ${sql.raw(ALL_SELECTED)} from case_record where id = ${id} for update`)

/** What replaced an image. */
export type ReplacedBy = Exclude<(typeof HISTORY_ACTIONS)[number], 'reported'>

/** An earlier image of a case, and what replaced it. */
export interface PastCase {
  readonly image: CaseRecord
  readonly supersededAt: Instant
  readonly supersededBy: string
  readonly action: ReplacedBy
  readonly reason: string | null
}

/** Earlier images, the oldest first. */
export const pastOf = async (tx: Tx, id: Id): Promise<PastCase[]> => {
  const rows = await tx.rows(sql<Omit<PastCase, 'image'> & { image: Record<string, unknown> }>`
    select image, superseded_at as "supersededAt", superseded_by as "supersededBy", action, reason from case_history where case_id = ${id} order by version`)
  return rows.map((row) => ({ ...row, image: fromImage(row.image) }))
}

export interface Stamp {
  readonly at: Instant
  readonly by: string
  readonly commandId: Id
}

/** Puts the present image into the history and the next one in its place. The caller holds the case. */
export const replaceCase = async (tx: Tx, before: CaseRecord, after: CaseRecord, action: ReplacedBy, reason: string | null, stamp: Stamp): Promise<void> => {
  await tx.run(sql`
    insert into case_history (case_id, version, area_pos, image, changed_at, superseded_at, superseded_by, action, reason, import_id, command_id)
    select id, version, area_pos, jsonb_strip_nulls(to_jsonb(c)), changed_at, ${stamp.at}, ${stamp.by}, ${action}, ${reason}, import_id, ${stamp.commandId}
    from case_record c where id = ${before.id}`)
  const next: CaseRecord = { ...after, version: before.version + 1, changedAt: stamp.at, changedBy: stamp.by, commandId: stamp.commandId }
  const changed = COLUMNS.filter(({ field }) => next[field] !== before[field])
  await tx.run(sql`update case_record set ${sql.join(changed.map(({ field, column }) => sql`${sql.ref(column)} = ${next[field]}`))} where id = ${before.id}`)
  if (next.areaPos === before.areaPos) return
  for (const table of ['case_duplicate', 'case_course']) await tx.run(sql`update ${sql.table(table)} set area_pos = ${next.areaPos} where case_id = ${before.id}`)
}

/**
 * What follows moves a case to where the actor has no rights: a transfer, which its command has authorised at the place it leaves.
 * The policy would see the new position and refuse; until the end of this transaction it sees everything.
 */
export const reachEverywhere = async (tx: Tx): Promise<void> => {
  await tx.run(sql`set local app.lo = '0'`)
  await tx.run(sql`set local app.hi = '2147483647'`)
  await tx.run(sql`set local app.ranges = '{}'`)
}

/** Takes the registry for a bulk write: the lock that `case_clash` shares. */
export const lockRegistry = async (tx: Tx): Promise<void> => {
  await tx.run(sql`select pg_advisory_xact_lock(2021, 1)`)
}

/** What the registry has of a case beside itself; its numbers stay locked until the end of the transaction (R2). */
export const findClashes = (tx: Tx, one: AskedOf & Pick<CaseRecord, 'personId'>): Promise<Clash[]> => ask(tx, one, one.personId, one.id)

/** What is asked of the registry for each case of a bulk write. */
export type Asked = Pick<
  CaseRecord,
  'sender' | 'senderNumber' | 'nationalNumber' | 'nameKey' | 'birthYear' | 'communeId' | 'nationalId' | 'infectorNumber' | 'reportedOn'
> & { readonly personId: Id | null }

/** A clash of the case with this ordinal, from 1. */
export type NumberedClash = Clash & { readonly ordinal: number }

const CLASHES = `select ordinal, kind, case_id as "caseId", number, reported_on as "reportedOn" from case_clash_many(
  $1, $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::smallint[], $8::int[], $9::text[], $10::text[], $11::date[], ${REINFECTION_DAYS})`

export const findManyClashes = (tx: Tx, disease: string, asked: readonly Asked[]): Promise<NumberedClash[]> =>
  tx.prepared<NumberedClash>('case_clash_many', CLASHES, [
    disease, asked.map((a) => a.sender), asked.map((a) => a.senderNumber), asked.map((a) => a.nationalNumber), asked.map((a) => a.personId),
    asked.map((a) => a.nameKey), asked.map((a) => a.birthYear), asked.map((a) => a.communeId), asked.map((a) => a.nationalId),
    asked.map((a) => a.infectorNumber), asked.map((a) => a.reportedOn),
  ])

/** Cases of one person, the latest first. */
export const casesOfPerson = (tx: Tx, personId: Id): Promise<NamedCase[]> => namedCases(tx, 'personId', personId)

/** Cases that name this one as their infector. */
export const infectedBy = (tx: Tx, id: Id): Promise<NamedCase[]> => namedCases(tx, 'infectorId', id)

export interface NamedCase {
  readonly id: Id
  readonly number: string
  readonly fullName: string
  readonly reportedOn: PlainDate
}

const NAMED = sql.raw(selected(['id', 'number', 'fullName', 'reportedOn']))

const namedCases = (tx: Tx, field: 'personId' | 'infectorId', id: Id): Promise<NamedCase[]> =>
  tx.rows(sql<NamedCase>`select ${NAMED} from case_record where ${sql.ref(columnOf(field))} = ${id} order by reported_on desc, id desc limit 100`)

/** Those of these cases that the reader may see. */
export const namedByIds = async (tx: Tx, ids: readonly Id[]): Promise<Map<Id, NamedCase>> =>
  new Map((await tx.rows(sql<NamedCase>`select ${NAMED} from case_record where id = any(${ids}::uuid[])`)).map((one) => [one.id, one]))

/** The later case of an open pair of the queue. */
export const openPair = async (tx: Tx, id: Id): Promise<{ readonly caseId: Id; readonly areaPos: number } | undefined> =>
  tx.first(sql<{ caseId: Id; areaPos: number }>`select case_id as "caseId", area_pos as "areaPos" from case_duplicate where id = ${id} and cleared_at is null for update`)

/** Takes a pair from the queue; the case is marked no more when it was its last. */
export const clearPair = async (tx: Tx, id: Id, caseId: Id, by: string, at: Instant, reason: string | null): Promise<void> => {
  await tx.run(sql`update case_duplicate set cleared_at = ${at}, cleared_by = ${by}, reason = ${reason} where id = ${id}`)
  await tx.run(sql`update case_record set possible_duplicate = false
    where id = ${caseId} and not exists (select from case_duplicate where case_id = ${caseId} and cleared_at is null)`)
}

/** Open pairs a case stands in, on either side. */
export const openPairsOf = (tx: Tx, id: Id): Promise<{ pairId: Id; otherId: Id }[]> =>
  tx.rows(sql<{ pairId: Id; otherId: Id }>`
    select id as "pairId", other_id as "otherId" from case_duplicate where case_id = ${id} and cleared_at is null
    union all select id, case_id from case_duplicate where other_id = ${id} and cleared_at is null`)

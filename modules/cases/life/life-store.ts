import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'
import type { CaseRecord } from '../case.ts'
import { COLUMNS, fromImage } from '../case-columns.ts'
import type { NamedCase, Stamp } from '../case-store.ts'

/** A day of the clinical course. */
export interface CourseEntry {
  readonly id: Id
  readonly caseId: Id
  readonly day: PlainDate
  readonly severity: NonNullable<CaseRecord['severity']>
  readonly place: string | null
  readonly oxygen: boolean | null
  readonly note: string | null
  readonly at: Instant
  readonly by: string
}

const ENTRY = sql`select id, case_id as "caseId", day, severity, place, oxygen, note, recorded_at as at, recorded_by as by from case_course`

/** What stands of the course of a case and of those merged into it, the earliest day first. */
export const courseOf = (tx: Tx, caseId: Id): Promise<CourseEntry[]> =>
  tx.rows(sql<CourseEntry>`${ENTRY} where ended_at is null
    and (case_id = ${caseId} or case_id in (select case_id from case_merge where into_id = ${caseId})) order by day, recorded_at`)

export const findCourse = (tx: Tx, id: Id): Promise<CourseEntry | undefined> => tx.first(sql<CourseEntry>`${ENTRY} where id = ${id} and ended_at is null for update`)

/** Puts an entry in the place of what stands for its day. */
export const putCourse = async (tx: Tx, entry: CourseEntry & { readonly areaPos: number; readonly commandId: Id }): Promise<void> => {
  await tx.run(sql`update case_course set ended_at = ${entry.at}, ended_by = ${entry.by} where case_id = ${entry.caseId} and day = ${entry.day} and ended_at is null`)
  await tx.run(sql`insert into case_course (id, case_id, area_pos, day, severity, place, oxygen, note, recorded_at, recorded_by, command_id)
    values (${entry.id}, ${entry.caseId}, ${entry.areaPos}, ${entry.day}, ${entry.severity}, ${entry.place}, ${entry.oxygen}, ${entry.note}, ${entry.at}, ${entry.by}, ${entry.commandId})`)
}

export const endCourse = async (tx: Tx, id: Id, reason: string, stamp: Stamp): Promise<void> => {
  await tx.run(sql`update case_course set ended_at = ${stamp.at}, ended_by = ${stamp.by}, ended_reason = ${reason} where id = ${id}`)
}

/** The severity of the latest day that stands. */
export const latestSeverity = async (tx: Tx, caseId: Id): Promise<CaseRecord['severity'] | undefined> =>
  (await tx.first(sql<{ severity: CaseRecord['severity'] }>`select severity from case_course where case_id = ${caseId} and ended_at is null order by day desc limit 1`))?.severity

/** A merger that stands. */
export interface Merge {
  readonly caseId: Id
  readonly intoId: Id
  readonly intoVersion: number
  readonly taken: readonly string[]
  readonly infectedIds: readonly Id[]
  readonly areaPos: number
}

export const findMerge = (tx: Tx, caseId: Id): Promise<Merge | undefined> =>
  tx.first(sql<Merge>`select case_id as "caseId", into_id as "intoId", into_version as "intoVersion", taken, infected_ids as "infectedIds", area_pos as "areaPos"
    from case_merge where case_id = ${caseId}`)

/** Cases that were merged into this one. */
export const mergedInto = (tx: Tx, id: Id): Promise<(NamedCase & { reason: string; at: Instant; by: string })[]> =>
  tx.rows(sql<NamedCase & { reason: string; at: Instant; by: string }>`
    select m.case_id as id, m.number, h.image ->> 'full_name' as "fullName", m.reported_on as "reportedOn", m.reason, m.merged_at as at, m.merged_by as by
    from case_merge m cross join lateral (select image from case_history where case_id = m.case_id order by version desc limit 1) h
    where m.into_id = ${id} order by m.merged_at`)

/** Cases that a number of a merged case leads to. */
export const leadsTo = async (tx: Tx, number: string): Promise<Id[]> =>
  (await tx.rows(sql<{ id: Id }>`select distinct into_id as id from case_merge where number = ${number.toUpperCase()} or national_number = ${number} or sender_number = ${number}`))
    .map(({ id }) => id)

/** Takes a case out of the registry in favour of another; the caller holds both and reaches everywhere. Returns the cases it had infected. */
export const retireCase = async (tx: Tx, one: CaseRecord, into: CaseRecord, reason: string, stamp: Stamp): Promise<Id[]> => {
  await tx.run(sql`
    insert into case_history (case_id, version, area_pos, image, changed_at, superseded_at, superseded_by, action, reason, import_id, command_id)
    select id, version, area_pos, jsonb_strip_nulls(to_jsonb(c)), changed_at, ${stamp.at}, ${stamp.by}, 'merged', ${reason}, import_id, ${stamp.commandId}
    from case_record c where id = ${one.id}`)
  await tx.run(sql`delete from case_record where id = ${one.id}`)
  // Nobody infects themselves.
  const infected = await tx.rows(sql<{ id: Id }>`update case_record set infector_id = case when id = ${into.id} then null else ${into.id}::uuid end where infector_id = ${one.id} returning id`)
  await tx.run(sql`with closed as (
      update case_duplicate set cleared_at = ${stamp.at}, cleared_by = ${stamp.by}, reason = ${reason}
      where cleared_at is null and (case_id = ${one.id} or other_id = ${one.id}) returning id, case_id
    ) update case_record r set possible_duplicate = false where r.id in (select case_id from closed)
      and not exists (select from case_duplicate d where d.case_id = r.id and d.cleared_at is null and d.id not in (select id from closed))`)
  return infected.map(({ id }) => id)
}

export const insertMerge = async (
  tx: Tx, one: CaseRecord, into: { readonly id: Id; readonly version: number }, taken: readonly string[], infected: readonly Id[], reason: string, stamp: Stamp,
): Promise<void> => {
  await tx.run(sql`insert into case_merge (case_id, into_id, area_pos, number, national_number, sender, sender_number, reported_on, into_version, taken, infected_ids, reason,
      merged_at, merged_by, command_id)
    values (${one.id}, ${into.id}, ${one.areaPos}, ${one.number}, ${one.nationalNumber}, ${one.sender}, ${one.senderNumber}, ${one.reportedOn}, ${into.version},
      ${taken}::text[], ${infected}::uuid[], ${reason}, ${stamp.at}, ${stamp.by}, ${stamp.commandId})`)
}

/** The last image of a case that was merged. */
export const lastImage = async (tx: Tx, caseId: Id): Promise<CaseRecord | undefined> => {
  const row = await tx.first(sql<{ image: Record<string, unknown> }>`select image from case_history where case_id = ${caseId} and action = 'merged' order by version desc limit 1`)
  return row && fromImage(row.image)
}

const ALL = sql.raw(COLUMNS.map(({ column }) => column).join(', '))

/** Puts a merged case back as it was; its history says that it was gone and has come back. */
export const reinstateCase = async (tx: Tx, one: CaseRecord, merge: Merge, reason: string, stamp: Stamp): Promise<void> => {
  // What stands between the merger and now is an image of no duration: nothing was known of it then.
  await tx.run(sql`
    insert into case_history (case_id, version, area_pos, image, changed_at, superseded_at, superseded_by, action, reason, import_id, command_id)
    select case_id, version + 1, area_pos, jsonb_set(image, '{version}', to_jsonb(version + 1)), ${stamp.at}, ${stamp.at}, ${stamp.by}, 'unmerged', ${reason}, import_id, ${stamp.commandId}
    from case_history where case_id = ${one.id} and version = ${one.version}`)
  const next: CaseRecord = { ...one, version: one.version + 2, possibleDuplicate: false, changedAt: stamp.at, changedBy: stamp.by, commandId: stamp.commandId }
  await tx.run(sql`insert into case_record (${ALL}) values (${sql.join(COLUMNS.map(({ field }) => sql`${next[field]}`))})`)
  await tx.run(sql`update case_record set infector_id = ${one.id} where id = any(${merge.infectedIds}::uuid[]) and (infector_id = ${merge.intoId} or id = ${merge.intoId})`)
  await tx.run(sql`delete from case_merge where case_id = ${one.id}`)
}

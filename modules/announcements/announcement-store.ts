import type { Id, Instant } from '#base'
import type { AssessmentShown } from '#levels/contract'
import { sql, type Tx } from '#platform/db'
import { LAST_FIRST, type Announcement, type Status, type Step } from './announcement.ts'

export interface AnnouncementItem {
  readonly areaId: number
  readonly areaPos: number
  readonly level: number
  readonly levelBefore: number | null
  readonly computedLevel: number | null
  readonly reason: string
  readonly clause: string
  readonly assessment: AssessmentShown
}

export interface FullAnnouncement extends Announcement {
  readonly items: readonly AnnouncementItem[]
}

const COLUMNS = sql.raw(`a.id, a.area_id as "areaId", a.area_pos as "areaPos", a.disease, a.assessed_on as "assessedOn", a.effective_at as "effectiveAt", a.note,
  a.known_at as "knownAt", a.proposed_by as "proposedBy", a.proposed_by_name as "proposedByName"`)

type Row = Omit<Announcement, 'steps'>

/** The announcements of some rows, with their steps and the items the reader may see. */
const complete = async (tx: Tx, rows: readonly Row[]): Promise<FullAnnouncement[]> => {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const steps = await tx.rows(sql<Step & { of: Id }>`
    select announcement_id as of, step, recorded_at as at, recorded_by as by, recorded_by_name as "byName", note, document, issued_at as "issuedAt"
    from level_announcement_step where announcement_id = any(${ids}::uuid[]) order by recorded_at`)
  const items = await tx.rows(sql<AnnouncementItem & { of: Id }>`
    select announcement_id as of, area_id as "areaId", area_pos as "areaPos", level, level_before as "levelBefore", computed_level as "computedLevel", reason, clause, assessment
    from level_announcement_item where announcement_id = any(${ids}::uuid[]) order by area_pos`)
  const stepsOf = Map.groupBy(steps, (one) => one.of)
  const itemsOf = Map.groupBy(items, (one) => one.of)
  return rows.map((row) => ({
    ...row,
    steps: (stepsOf.get(row.id) ?? []).map(({ of: _, ...step }) => step),
    items: (itemsOf.get(row.id) ?? []).map(({ of: _, ...item }) => item),
  }))
}

export interface AnnouncementFilter {
  /** Only these; everything when left out. */
  readonly statuses?: readonly Status[] | undefined
  readonly before?: Id | undefined
  readonly limit: number
}

/** Newest first. */
export const listAll = async (tx: Tx, { statuses, before, limit }: AnnouncementFilter): Promise<FullAnnouncement[]> =>
  complete(tx, await tx.rows(sql<Row>`
    select ${COLUMNS} from level_announcement a
    where ${before === undefined ? sql`true` : sql`a.id < ${before}::uuid`}
      and ${statuses === undefined ? sql`true` : sql`coalesce((
        select s.step from level_announcement_step s where s.announcement_id = a.id order by array_position(${LAST_FIRST}::text[], s.step) limit 1), 'proposed') = any(${statuses}::text[])`}
    order by a.id desc limit ${limit}`))

export const findAnnouncement = async (tx: Tx, id: Id): Promise<FullAnnouncement | undefined> =>
  (await complete(tx, await tx.rows(sql<Row>`select ${COLUMNS} from level_announcement a where a.id = ${id}::uuid`)))[0]

/** The same, with every other step on it waiting until this transaction is over. */
export const takeAnnouncement = async (tx: Tx, id: Id): Promise<FullAnnouncement | undefined> => {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('level_announcement ' || ${id}::text, 0))`)
  return findAnnouncement(tx, id)
}

/** The published announcement whose level holds for an area at an instant. */
export const announcedFor = async (tx: Tx, areaId: number, disease: string, at: Instant): Promise<FullAnnouncement | undefined> =>
  (await complete(tx, await tx.rows(sql<Row>`
    select ${COLUMNS} from level_announcement a
      join level_announcement_item i on i.announcement_id = a.id
      join level_announcement_step s on s.announcement_id = a.id and s.step = 'published'
    where i.area_id = ${areaId} and a.disease = ${disease} and a.effective_at <= ${at}::timestamptz
    order by a.effective_at desc, s.recorded_at desc limit 1`)))[0]

export const insertAnnouncement = async (tx: Tx, one: Omit<FullAnnouncement, 'steps'>): Promise<void> => {
  await tx.run(sql`
    insert into level_announcement (id, area_id, area_pos, disease, assessed_on, effective_at, note, known_at, proposed_by, proposed_by_name, command_id)
    values (${one.id}, ${one.areaId}, ${one.areaPos}, ${one.disease}, ${one.assessedOn}, ${one.effectiveAt}, ${one.note}, ${one.knownAt}, ${one.proposedBy},
      ${one.proposedByName}, ${one.id})`)
  await tx.run(sql`
    insert into level_announcement_item (announcement_id, area_id, area_pos, level, level_before, computed_level, reason, clause, assessment)
    select ${one.id}::uuid, "areaId", "areaPos", level, "levelBefore", "computedLevel", reason, clause, assessment
    from jsonb_to_recordset(${JSON.stringify(one.items)}::jsonb)
      as r ("areaId" int, "areaPos" int, level smallint, "levelBefore" smallint, "computedLevel" smallint, reason text, clause text, assessment jsonb)`)
}

export const insertStep = async (tx: Tx, of: Announcement, step: Step, commandId: Id): Promise<void> => {
  await tx.run(sql`
    insert into level_announcement_step (announcement_id, area_pos, step, recorded_at, recorded_by, recorded_by_name, note, document, issued_at, command_id)
    values (${of.id}, ${of.areaPos}, ${step.step}, ${step.at}, ${step.by}, ${step.byName}, ${step.note}, ${step.document}, ${step.issuedAt}, ${commandId})`)
}


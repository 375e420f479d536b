import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'
import type { Frame, Kind } from './frame.ts'

export interface Bulletin {
  readonly id: Id
  readonly kind: Kind
  readonly areaId: number
  readonly areaPos: number
  readonly disease: string
  readonly day: PlainDate
  readonly status: 'draft' | 'issued'
  readonly known: 'latest' | 'closing'
  readonly remarks: string
  readonly effectiveOn: PlainDate | null
  readonly templateAreaId: number | null
  readonly templateVersion: number
  readonly takenAt: Instant
  readonly documentId: Id | null
  readonly createdAt: Instant
  readonly createdBy: string
  readonly changedAt: Instant
  readonly changedBy: string
}

const COLUMNS = sql`id, kind, area_id as "areaId", area_pos as "areaPos", disease, day, status, known, remarks, effective_on as "effectiveOn",
  template_area_id as "templateAreaId", template_version as "templateVersion", taken_at as "takenAt", document_id as "documentId", created_at as "createdAt",
  created_by as "createdBy", changed_at as "changedAt", changed_by as "changedBy"`

export const insertBulletin = async (tx: Tx, one: Bulletin & { readonly figures: string; readonly commandId: Id }): Promise<void> => {
  await tx.run(sql`
    insert into bulletin (id, kind, area_id, area_pos, disease, day, status, known, remarks, effective_on, template_area_id, template_version, figures, taken_at, document_id,
      created_at, created_by, changed_at, changed_by, command_id)
    values (${one.id}, ${one.kind}, ${one.areaId}, ${one.areaPos}, ${one.disease}, ${one.day}, ${one.status}, ${one.known}, ${one.remarks}, ${one.effectiveOn},
      ${one.templateAreaId}, ${one.templateVersion}, ${one.figures}, ${one.takenAt}, ${one.documentId}, ${one.createdAt}, ${one.createdBy}, ${one.changedAt}, ${one.changedBy},
      ${one.commandId})`)
}

export interface Place {
  readonly areaId: number
  readonly kind: Kind
  readonly disease: string
  readonly day: PlainDate
}

/** The draft of an area and day, if there is one. Whoever opens one waits for whoever is opening the same. */
export const draftOf = async (tx: Tx, { areaId, kind, disease, day }: Place): Promise<Bulletin | undefined> => {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`bulletin ${kind} ${disease} ${day}`}), ${areaId}::int)`)
  return tx.first(sql<Bulletin>`
    select ${COLUMNS} from bulletin where area_id = ${areaId} and kind = ${kind} and disease = ${disease} and day = ${day} and status = 'draft'`)
}

/** A bulletin with its figures as they were written. */
export const findBulletin = (tx: Tx, id: Id): Promise<(Bulletin & { readonly figures: string }) | undefined> =>
  tx.first(sql<Bulletin & { figures: string }>`select ${COLUMNS}, figures::text as figures from bulletin where id = ${id}`)

/** The same, held until the command ends. */
export const lockBulletin = (tx: Tx, id: Id): Promise<(Bulletin & { readonly figures: string }) | undefined> =>
  tx.first(sql<Bulletin & { figures: string }>`select ${COLUMNS}, figures::text as figures from bulletin where id = ${id} for update`)

/** The bulletin that was issued as a document. */
export const bulletinOf = async (tx: Tx, documentId: Id): Promise<Id | undefined> =>
  (await tx.first(sql<{ id: Id }>`select id from bulletin where document_id = ${documentId}`))?.id

export interface BulletinFilter {
  /** Positions of the area and everything below it. */
  readonly lo: number
  readonly hi: number
  readonly kind: Kind | undefined
  readonly day: PlainDate | undefined
  readonly before: { readonly day: PlainDate; readonly id: Id } | undefined
  readonly limit: number
}

export const listBulletins = (tx: Tx, { lo, hi, kind, day, before, limit }: BulletinFilter): Promise<Bulletin[]> =>
  tx.rows(sql<Bulletin>`
    select ${COLUMNS} from bulletin where area_pos between ${lo} and ${hi} and ${kind === undefined ? sql`true` : sql`kind = ${kind}`} and ${day === undefined ? sql`true` : sql`day = ${day}`}
      and ${before === undefined ? sql`true` : sql`(day, id) < (${before.day}::date, ${before.id}::uuid)`}
    order by day desc, id desc limit ${limit}`)

export interface BulletinChange {
  readonly remarks: string
  readonly effectiveOn: PlainDate | null
  readonly known: 'latest' | 'closing'
  readonly templateAreaId: number | null
  readonly templateVersion: number
  readonly figures: string
  readonly takenAt: Instant
}

export const changeBulletin = async (tx: Tx, id: Id, to: BulletinChange, stamp: { readonly at: Instant; readonly by: string; readonly commandId: Id }): Promise<void> => {
  await tx.run(sql`
    update bulletin set remarks = ${to.remarks}, effective_on = ${to.effectiveOn}, known = ${to.known}, template_area_id = ${to.templateAreaId},
      template_version = ${to.templateVersion}, figures = ${to.figures}, taken_at = ${to.takenAt}, changed_at = ${stamp.at}, changed_by = ${stamp.by}, command_id = ${stamp.commandId}
    where id = ${id}`)
}

export const markIssued = async (tx: Tx, id: Id, documentId: Id, stamp: { readonly at: Instant; readonly by: string; readonly commandId: Id }): Promise<void> => {
  await tx.run(sql`
    update bulletin set status = 'issued', document_id = ${documentId}, changed_at = ${stamp.at}, changed_by = ${stamp.by}, command_id = ${stamp.commandId} where id = ${id}`)
}

export interface TemplateRow {
  readonly kind: Kind
  readonly areaId: number
  readonly version: number
  readonly body: string
  readonly frame: Frame
  readonly recordedAt: Instant
  readonly recordedByName: string
}

const TEMPLATE = sql`kind, area_id as "areaId", version, body, frame, recorded_at as "recordedAt", recorded_by_name as "recordedByName"`

/** Every version of a kind's wording in some areas, newest first. */
export const templateVersions = (tx: Tx, kind: Kind, areaIds: readonly number[]): Promise<TemplateRow[]> =>
  tx.rows(sql<TemplateRow>`select ${TEMPLATE} from bulletin_template where kind = ${kind} and area_id = any(${areaIds}::int[]) order by version desc`)

export const templateAt = (tx: Tx, kind: Kind, areaId: number, version: number): Promise<TemplateRow | undefined> =>
  tx.first(sql<TemplateRow>`select ${TEMPLATE} from bulletin_template where kind = ${kind} and area_id = ${areaId} and version = ${version}`)

export const insertTemplate = async (
  tx: Tx, one: Omit<TemplateRow, 'version'> & { readonly recordedBy: string; readonly commandId: Id },
): Promise<number> => {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`bulletin_template ${one.kind}`}), ${one.areaId}::int)`)
  const inserted = await tx.first(sql<{ version: number }>`
    insert into bulletin_template (kind, area_id, version, body, frame, recorded_at, recorded_by, recorded_by_name, command_id)
    select ${one.kind}, ${one.areaId}, coalesce(max(version), 0) + 1, ${one.body}, ${JSON.stringify(one.frame)}, ${one.recordedAt}, ${one.recordedBy}, ${one.recordedByName},
      ${one.commandId} from bulletin_template where kind = ${one.kind} and area_id = ${one.areaId}
    returning version`)
  return inserted?.version ?? 0
}

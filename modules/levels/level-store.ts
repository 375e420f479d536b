import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'

export interface PublishedLevel {
  readonly areaId: number
  readonly effectiveFrom: PlainDate
  readonly level: 1 | 2 | 3 | 4
  readonly document: string
}

/** Levels published up to a day, the newest record of each effective day; those recorded by an instant only, when one is given. */
export const publishedLevels = (tx: Tx, disease: string, to: PlainDate, knownAt?: Instant): Promise<PublishedLevel[]> =>
  tx.rows(sql<PublishedLevel>`
    select distinct on (area_id, effective_from) area_id as "areaId", effective_from as "effectiveFrom", level, document from level_published
    where disease = ${disease} and effective_from <= ${to} ${knownAt === undefined ? sql`` : sql`and recorded_at <= ${knownAt}::timestamptz`}
    order by area_id, effective_from, recorded_at desc`)

export interface NewPublishedLevel {
  readonly areaId: number
  readonly areaPos: number
  readonly disease: string
  readonly effectiveFrom: PlainDate
  readonly level: number
  readonly document: string
}

export const insertPublished = async (tx: Tx, rows: readonly NewPublishedLevel[], at: Instant, commandId: Id): Promise<void> => {
  await tx.run(sql`
    insert into level_published (area_id, area_pos, disease, effective_from, level, document, recorded_at, command_id)
    select "areaId", "areaPos", disease, "effectiveFrom", level, document, ${at}, ${commandId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("areaId" int, "areaPos" int, disease text, "effectiveFrom" date, level smallint, document text)`)
}

import { createHash } from 'node:crypto'
import type { Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'

export interface RulebookRow {
  readonly id: string
  readonly version: number
  readonly titleVi: string
  readonly titleEn: string
  readonly document: string
  readonly disease: string
  readonly areaId: number
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly sha256: string
  readonly dmn: string
  readonly loadedAt: Instant
}

/** The last version of every rulebook. */
export const latestRulebooks = (tx: Tx): Promise<RulebookRow[]> =>
  tx.rows(sql<RulebookRow>`
    select distinct on (rulebook_id) rulebook_id as id, version, title_vi as "titleVi", title_en as "titleEn", document, disease,
      area_id as "areaId", valid_from as "validFrom", valid_to as "validTo", encode(sha256, 'hex') as sha256, dmn, loaded_at as "loadedAt"
    from rulebook_version order by rulebook_id, version desc`)

export interface NewRulebook {
  readonly id: string
  readonly title: { readonly vi: string; readonly en: string }
  readonly document: string
  readonly disease: string
  readonly area: { readonly id: number; readonly pos: number }
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly dmn: string
}

/** Adds a version unless the very same file was loaded before; returns whether it was added. */
export const addRulebook = async (tx: Tx, book: NewRulebook, at: Instant, by: string): Promise<boolean> =>
  (await tx.run(sql`
    insert into rulebook_version (rulebook_id, version, title_vi, title_en, document, disease, area_id, area_pos, valid_from, valid_to, sha256, dmn,
      loaded_at, loaded_by)
    select ${book.id}, coalesce((select max(version) from rulebook_version where rulebook_id = ${book.id}), 0) + 1, ${book.title.vi}, ${book.title.en},
      ${book.document}, ${book.disease}, ${book.area.id}, ${book.area.pos}, ${book.validFrom}, ${book.validTo},
      ${createHash('sha256').update(book.dmn).digest()}, ${book.dmn}, ${at}, ${by}
    on conflict (rulebook_id, sha256) do nothing`)) > 0

import { createHash } from 'node:crypto'
import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'

/** `rule` takes the place of the rule before it; `variant` stands beside it, and the higher level counts. */
export type RulebookKind = 'rule' | 'variant'

export interface RulebookRow {
  readonly id: string
  readonly version: number
  readonly kind: RulebookKind
  readonly titleVi: string
  readonly titleEn: string
  readonly document: string
  readonly disease: string
  readonly areaId: number
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  /** Last day in force: of the text itself, or of the withdrawal where that is earlier; null while open. */
  readonly lastOn: PlainDate | null
  /** Document that withdrew it. */
  readonly withdrawnBy: string | null
  readonly basedOn: string | null
  readonly sha256: string
  readonly loadedAt: Instant
  readonly loadedBy: string
}

/**
 * Every version known at an instant (now, when left out), with what was known then of its withdrawal; the newest version of each rulebook first. What
 * ships with the product is the law of the land, known before the product was there.
 */
export const rulebookVersions = (tx: Tx, knownAt?: Instant): Promise<RulebookRow[]> =>
  tx.rows(sql<RulebookRow>`
    select v.rulebook_id as id, v.version, v.kind, v.title_vi as "titleVi", v.title_en as "titleEn", v.document, v.disease, v.area_id as "areaId",
      v.valid_from as "validFrom", v.valid_to as "validTo", least(v.valid_to, w.last_on) as "lastOn", w.document as "withdrawnBy",
      v.based_on as "basedOn", encode(v.sha256, 'hex') as sha256, v.loaded_at as "loadedAt", v.loaded_by as "loadedBy"
    from rulebook_version v
    left join lateral (
      select last_on, document from rulebook_withdrawal w
      where w.rulebook_id = v.rulebook_id and w.version = v.version and (${knownAt ?? null}::timestamptz is null or w.recorded_at <= ${knownAt ?? null})
      order by w.recorded_at desc limit 1) w on true
    where ${knownAt ?? null}::timestamptz is null or v.command_id is null or v.loaded_at <= ${knownAt ?? null}
    order by v.rulebook_id, v.version desc`)

/** Files by the hash of their content. */
export const rulebookFiles = (tx: Tx, sha256: readonly string[]): Promise<{ sha256: string; dmn: string }[]> =>
  tx.rows(sql<{ sha256: string; dmn: string }>`
    select distinct on (sha256) encode(sha256, 'hex') as sha256, dmn from rulebook_version
    where sha256 = any(select decode(h, 'hex') from unnest(${sha256}::text[]) as h)`)

export interface NewRulebook {
  readonly id: string
  readonly kind: RulebookKind
  readonly title: { readonly vi: string; readonly en: string }
  readonly document: string
  readonly disease: string
  readonly area: { readonly id: number; readonly pos: number }
  readonly validFrom: PlainDate
  readonly validTo: PlainDate | null
  readonly dmn: string
  readonly basedOn: string | null
  readonly draftId: Id | null
  readonly commandId: Id | null
}

/** Adds a version unless the very same file was loaded before; its number, or nothing. One writer of a rulebook at a time. */
export const addRulebook = async (tx: Tx, book: NewRulebook, at: Instant, by: string): Promise<number | undefined> => {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`rulebook ${book.id}`}, 0))`)
  const added = await tx.first(sql<{ version: number }>`
    insert into rulebook_version (rulebook_id, version, kind, title_vi, title_en, document, disease, area_id, area_pos, valid_from, valid_to, sha256, dmn,
      loaded_at, loaded_by, based_on, draft_id, command_id)
    select ${book.id}, coalesce((select max(version) from rulebook_version where rulebook_id = ${book.id}), 0) + 1, ${book.kind}, ${book.title.vi}, ${book.title.en},
      ${book.document}, ${book.disease}, ${book.area.id}, ${book.area.pos}, ${book.validFrom}, ${book.validTo},
      ${createHash('sha256').update(book.dmn).digest()}, ${book.dmn}, ${at}, ${by}, ${book.basedOn}, ${book.draftId}, ${book.commandId}
    on conflict (rulebook_id, sha256) do nothing
    returning version`)
  return added?.version
}

export interface NewWithdrawal {
  readonly id: string
  readonly version: number
  readonly lastOn: PlainDate
  readonly document: string
  readonly commandId: Id
}

export const addWithdrawal = async (tx: Tx, one: NewWithdrawal, at: Instant, by: string): Promise<void> => {
  await tx.run(sql`
    insert into rulebook_withdrawal (rulebook_id, version, last_on, document, recorded_at, recorded_by, command_id)
    values (${one.id}, ${one.version}, ${one.lastOn}, ${one.document}, ${at}, ${by}, ${one.commandId})`)
}

import type { Id, Instant } from '#base'
import { sql, type Tx } from '#platform/db'
import type { RulebookKind } from './rulebook-store.ts'

export interface DraftRow {
  readonly id: Id
  readonly revision: number
  readonly status: 'open' | 'enacted' | 'discarded'
  readonly kind: RulebookKind
  readonly rulebookId: string
  readonly basedOn: string | null
  readonly areaId: number
  readonly titleVi: string
  readonly titleEn: string
  readonly createdAt: Instant
  readonly createdBy: string
  readonly changedAt: Instant
  readonly changedBy: string
}

const COLUMNS = sql`id, revision, status, kind, rulebook_id as "rulebookId", based_on as "basedOn", area_id as "areaId", title_vi as "titleVi", title_en as "titleEn",
  created_at as "createdAt", created_by as "createdBy", changed_at as "changedAt", changed_by as "changedBy"`

/** Open drafts in the reader's areas, last changed first. */
export const openDrafts = (tx: Tx): Promise<DraftRow[]> =>
  tx.rows(sql<DraftRow>`select ${COLUMNS} from rulebook_draft where status = 'open' order by changed_at desc, id desc`)

export const draftOf = (tx: Tx, id: Id): Promise<(DraftRow & { readonly dmn: string }) | undefined> =>
  tx.first(sql<DraftRow & { readonly dmn: string }>`select ${COLUMNS}, dmn from rulebook_draft where id = ${id}`)

/** The draft, kept from others until the transaction ends. */
export const holdDraft = (tx: Tx, id: Id): Promise<(DraftRow & { readonly dmn: string }) | undefined> =>
  tx.first(sql<DraftRow & { readonly dmn: string }>`select ${COLUMNS}, dmn from rulebook_draft where id = ${id} for update`)

export interface NewDraft extends Pick<DraftRow, 'id' | 'kind' | 'rulebookId' | 'basedOn' | 'titleVi' | 'titleEn'> {
  readonly area: { readonly id: number; readonly pos: number }
  readonly dmn: string
}

export const addDraft = async (tx: Tx, one: NewDraft, at: Instant, by: string): Promise<void> => {
  await tx.run(sql`
    insert into rulebook_draft (id, revision, status, kind, rulebook_id, based_on, area_id, area_pos, title_vi, title_en, dmn, created_at, created_by, changed_at, changed_by)
    values (${one.id}, 1, 'open', ${one.kind}, ${one.rulebookId}, ${one.basedOn}, ${one.area.id}, ${one.area.pos}, ${one.titleVi}, ${one.titleEn}, ${one.dmn}, ${at}, ${by}, ${at}, ${by})`)
}

export const replaceDraft = async (
  tx: Tx, id: Id, one: Pick<DraftRow, 'revision' | 'status' | 'titleVi' | 'titleEn'> & { readonly dmn: string }, at: Instant, by: string,
): Promise<void> => {
  await tx.run(sql`
    update rulebook_draft set revision = ${one.revision}, status = ${one.status}, title_vi = ${one.titleVi}, title_en = ${one.titleEn}, dmn = ${one.dmn},
      changed_at = ${at}, changed_by = ${by}
    where id = ${id}`)
}

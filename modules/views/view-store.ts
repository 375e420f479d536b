import type { Id, Instant } from '#base'
import type { Range } from '#platform/access'
import { sql, type Tx } from '#platform/db'

export interface View {
  readonly id: Id
  readonly list: string
  readonly name: string
  readonly search: Readonly<Record<string, string>>
  readonly columns: { readonly table: string; readonly shown: string[] } | null
  readonly areaId: number | null
  readonly areaPos: number | null
  readonly areaPosEnd: number | null
  readonly owner: string
  readonly ownerName: string
  readonly changedAt: Instant
}

const VIEW = sql`select id, list, name, search, columns, area_id as "areaId", area_pos as "areaPos", area_pos_end as "areaPosEnd", owner, owner_name as "ownerName",
  changed_at as "changedAt" from saved_view`

/** A reader sees their own views, and those shared to an area that meets where they work. */
const seenBy = (actor: string, ranges: readonly Range[]) => sql`(owner = ${actor} or area_id is not null and exists (
  select from unnest(${ranges.map(({ lo }) => lo)}::int[], ${ranges.map(({ hi }) => hi)}::int[]) as r (lo, hi) where r.lo <= area_pos_end and area_pos <= r.hi))`

export const viewsOf = (tx: Tx, list: string, actor: string, ranges: readonly Range[]): Promise<View[]> =>
  tx.rows(sql<View>`${VIEW} where list = ${list} and ${seenBy(actor, ranges)} order by name, changed_at`)

export const findView = (tx: Tx, id: Id, actor: string, ranges: readonly Range[]): Promise<View | undefined> =>
  tx.first(sql<View>`${VIEW} where id = ${id} and ${seenBy(actor, ranges)}`)

/** Saves a view; its owner's earlier one of the same name keeps its key. */
export const putView = async (tx: Tx, view: View): Promise<Id> =>
  (await tx.first(sql<{ id: Id }>`
    insert into saved_view (id, list, name, search, columns, area_id, area_pos, area_pos_end, owner, owner_name, changed_at)
    values (${view.id}, ${view.list}, ${view.name}, ${JSON.stringify(view.search)}, ${view.columns && JSON.stringify(view.columns)}, ${view.areaId}, ${view.areaPos}, ${view.areaPosEnd},
      ${view.owner}, ${view.ownerName}, ${view.changedAt})
    on conflict (owner, list, name) do update set search = excluded.search, columns = excluded.columns, area_id = excluded.area_id, area_pos = excluded.area_pos,
      area_pos_end = excluded.area_pos_end, changed_at = excluded.changed_at
    returning id`) as { id: Id }).id

export const deleteView = async (tx: Tx, id: Id): Promise<void> => {
  await tx.run(sql`delete from saved_view where id = ${id}`)
}

export const defaultOf = async (tx: Tx, list: string, actor: string): Promise<Id | null> =>
  (await tx.first(sql<{ id: Id }>`select view_id as id from saved_view_default where list = ${list} and actor = ${actor}`))?.id ?? null

export const putDefault = async (tx: Tx, list: string, actor: string, viewId: Id | null): Promise<void> => {
  if (viewId === null) await tx.run(sql`delete from saved_view_default where list = ${list} and actor = ${actor}`)
  else {
    await tx.run(sql`insert into saved_view_default (actor, list, view_id) values (${actor}, ${list}, ${viewId})
      on conflict (actor, list) do update set view_id = excluded.view_id`)
  }
}

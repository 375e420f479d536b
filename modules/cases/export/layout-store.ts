import type { Id, Instant } from '#base'
import type { Range } from '#platform/access'
import { sql, type Tx } from '#platform/db'
import type { LayoutField } from './contract.ts'

export interface CaseLayout {
  readonly id: Id
  readonly name: string
  readonly fileName: string
  readonly sheet: string | null
  readonly headerRow: number
  readonly columns: { readonly column: number; readonly field: LayoutField }[]
  readonly areaPos: number
  readonly areaPosEnd: number
  readonly owner: string
  readonly ownerName: string
  readonly changedAt: Instant
}

const LAYOUT = sql`id, name, file_name as "fileName", sheet, header_row as "headerRow", columns, area_pos as "areaPos", area_pos_end as "areaPosEnd", owner,
  owner_name as "ownerName", changed_at as "changedAt"`

/** Of an area that meets where the reader works. */
const metBy = (ranges: readonly Range[]) => sql`exists (select from unnest(${ranges.map(({ lo }) => lo)}::int[], ${ranges.map(({ hi }) => hi)}::int[]) as r (lo, hi)
  where r.lo <= area_pos_end and area_pos <= r.hi)`

export const listLayouts = (tx: Tx, ranges: readonly Range[]): Promise<CaseLayout[]> =>
  tx.rows(sql<CaseLayout>`select ${LAYOUT} from case_layout where ${metBy(ranges)} order by name`)

export const findLayout = (tx: Tx, id: Id, ranges: readonly Range[]): Promise<(CaseLayout & { readonly file: Buffer }) | undefined> =>
  tx.first(sql<CaseLayout & { file: Buffer }>`select ${LAYOUT}, file from case_layout where id = ${id} and ${metBy(ranges)}`)

/** Keeps a layout; its owner's earlier one of the same name keeps its key. */
export const putLayout = async (tx: Tx, one: CaseLayout & { readonly file: Buffer }): Promise<Id> =>
  (await tx.first(sql<{ id: Id }>`
    insert into case_layout (id, name, file_name, file, sheet, header_row, columns, area_pos, area_pos_end, owner, owner_name, changed_at)
    values (${one.id}, ${one.name}, ${one.fileName}, ${one.file}, ${one.sheet}, ${one.headerRow}, ${JSON.stringify(one.columns)}, ${one.areaPos}, ${one.areaPosEnd}, ${one.owner},
      ${one.ownerName}, ${one.changedAt})
    on conflict (owner, name) do update set file_name = excluded.file_name, file = excluded.file, sheet = excluded.sheet, header_row = excluded.header_row,
      columns = excluded.columns, area_pos = excluded.area_pos, area_pos_end = excluded.area_pos_end, changed_at = excluded.changed_at
    returning id`) as { id: Id }).id

export const deleteLayout = async (tx: Tx, id: Id): Promise<void> => {
  await tx.run(sql`delete from case_layout where id = ${id}`)
}

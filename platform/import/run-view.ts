import { ok, type Language, type Result } from '#base'
import type { App } from '#platform/http'
import { badRowsWorkbook, type RejectedRow } from './bad-rows.ts'
import { rowKind, type RowKind } from './header.ts'
import { faultSentence, type Fault } from './run.ts'
import type { Layout } from './run-layout.ts'
import type { TableSource } from './table.ts'

/** A row as it looks in the sender's sheet. */
export interface SheetRow {
  readonly row: number
  /** `header` above or in the header; what is not `data` is passed over. */
  readonly kind: RowKind | 'header'
  readonly cells: readonly string[]
}

export interface SheetPage {
  readonly rows: readonly SheetRow[]
  /** Row to go on from; nothing at the end. */
  readonly next: number | null
}

/** Characters of a cell that a sheet shows; the rest is for the case itself. */
const LONGEST_SHOWN = 500

/** A page of the sheet from a row on; with `only`, of those rows alone (in order). */
export const sheetPage = async (table: TableSource, layout: Layout, from: number, limit: number, only?: readonly number[]): Promise<Result<SheetPage>> => {
  const wanted = only && new Set(only)
  const last = only ? (only.at(-1) ?? 0) : Infinity
  const width = Math.max(0, ...layout.header.columns.map(({ index }) => index)) + 1
  const rows: SheetRow[] = []
  for await (const piece of table.batches()) {
    if (!piece.ok) return piece
    for (const row of piece.value) {
      if (row.number < from || (wanted && !wanted.has(row.number))) continue
      if (row.number > last) return ok({ rows, next: null })
      if (rows.length === limit) return ok({ rows, next: row.number })
      rows.push({
        row: row.number,
        kind: row.number <= layout.header.lastRow ? 'header' : rowKind(row, layout.header),
        cells: Array.from({ length: width }, (_, index) => (row.cells[index]?.text ?? '').slice(0, LONGEST_SHOWN)),
      })
    }
  }
  return ok({ rows, next: null })
}

const NOT_LISTED: RejectedRow = { row: { number: 0, cells: [] }, reasons: [] }

/**
 * The refused rows as a workbook to correct and send again. `faults` are those of the first rows that may be listed,
 * `rejected` says how many rows were refused in all.
 */
export const badRowsOf = async (
  table: TableSource, layout: Layout, faults: readonly Fault[], rejected: number, sentence: App['sentence'], language: Language,
): Promise<Result<Uint8Array>> => {
  const byRow = Map.groupBy(faults, ({ row }) => row)
  const last = faults.at(-1)?.row ?? 0
  const listed: RejectedRow[] = []
  reading: for await (const piece of table.batches()) {
    if (!piece.ok) return piece
    for (const row of piece.value) {
      if (row.number > last) break reading
      const reasons = byRow.get(row.number)?.map((one) => ({ column: one.label ?? undefined, sentence: faultSentence(sentence, language, one) }))
      if (reasons) listed.push({ row, reasons })
    }
  }
  // The workbook says how many more there are than it lists.
  const more = Array.from({ length: Math.max(0, rejected - listed.length) }, () => NOT_LISTED)
  return ok(badRowsWorkbook(layout.header, table.merges, [...listed, ...more], language))
}

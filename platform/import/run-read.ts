import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import { ok, type Result } from '#base'
import { rowKind } from './header.ts'
import type { Importer, NumberedRow, ReadContext, RowRemark } from './importer.ts'
import { BATCH_ROWS, severityOf, type Fault } from './run.ts'
import { cellPicker, faultMaker, type Layout } from './run-layout.ts'
import type { Row, TableSource } from './table.ts'

/** Rows of a file as they go into one command. */
export interface ReadBatch {
  /** From 0. */
  readonly number: number
  readonly firstRow: number
  readonly lastRow: number
  /** Data rows in it, readable or not. */
  readonly count: number
  readonly rows: readonly NumberedRow<unknown>[]
  readonly faults: readonly Fault[]
  /** Remarks as the importer made them, for the choices they offer. */
  readonly remarks: readonly (RowRemark & { readonly row: number })[]
  /** SHA-256 of the rows' numbers and cells as they stand in the file. */
  readonly digest: string
}

/** Text is hashed in pieces of this length: a call for each of a million rows would cost more than the hashing. */
const PIECE = 65_536

/** SHA-256 over rows' numbers and cells, told apart by separators no cell holds. */
class RowDigest {
  readonly #hash = createHash('sha256')
  #text = ''

  add(row: Row): void {
    let text = `${row.number}`
    for (const cell of row.cells) text += `\u001f${cell.text}`
    this.#text += `${text}\u001e`
    if (this.#text.length > PIECE) {
      this.#hash.update(this.#text)
      this.#text = ''
    }
  }

  hex(): string {
    return this.#hash.update(this.#text).digest('hex')
  }
}

/**
 * Reads a file in batches of `BATCH_ROWS` data rows, always cut at the same places, from the batch `from` on: those
 * before it are in already and only counted. Titles, totals and repeated headers are no rows. Memory holds one batch.
 */
export async function* readBatches(
  importer: Importer, context: ReadContext, table: TableSource, layout: Layout, from = 0,
): AsyncGenerator<Result<ReadBatch>> {
  const pick = cellPicker(layout.mapping)
  const toFault = faultMaker(layout)
  let number = 0
  let count = 0
  let firstRow = 0
  let lastRow = 0
  let rows: NumberedRow<unknown>[] = []
  let faults: Fault[] = []
  let remarks: (RowRemark & { readonly row: number })[] = []
  let digest = new RowDigest()

  const close = (): ReadBatch => {
    const batch = { number, firstRow, lastRow, count, rows, faults, remarks, digest: digest.hex() }
    number++
    count = 0
    rows = []
    faults = []
    remarks = []
    digest = new RowDigest()
    return batch
  }
  const note = (row: number, remark: RowRemark, refuses: boolean): void => {
    faults.push(toFault(row, remark, refuses ? severityOf(remark.problem.code) : 'warning'))
    if (remark.choice) remarks.push({ ...remark, row })
  }
  const take = (row: Row): void => {
    if (count === 0) firstRow = row.number
    lastRow = row.number
    count++
    if (number < from) return
    digest.add(row)
    const reading = importer.readRow(pick(row), context)
    if (reading.ok) {
      rows.push({ row: row.number, value: reading.value })
      for (const warning of reading.warnings ?? []) note(row.number, warning, false)
    } else {
      for (const fault of reading.faults) note(row.number, fault, true)
    }
  }

  for await (const piece of table.batches()) {
    if (!piece.ok) {
      yield piece
      return
    }
    for (const row of piece.value) {
      if (row.number <= layout.header.lastRow || rowKind(row, layout.header) !== 'data') continue
      take(row)
      if (count === BATCH_ROWS) {
        const batch = close()
        if (batch.number >= from) yield ok(batch)
      }
    }
    // Rows that lie in memory already come without waiting: others must have their turn.
    await breathe()
  }
  if (count > 0) {
    const batch = close()
    if (batch.number >= from) yield ok(batch)
  }
}

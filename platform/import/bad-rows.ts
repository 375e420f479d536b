import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx'
import { fill, type Language } from '#base'
import type { Header } from './header.ts'
import { text } from './text.ts'
import type { Cell, Merge, Row } from './table.ts'

export interface RejectedRow {
  readonly row: Row
  /** What is wrong, as sentences in the sender's language; `column` is the sender's own header, when one cell is at fault. */
  readonly reasons: readonly { readonly column?: string | undefined; readonly sentence: string }[]
}

/** More rejected rows than this are not worth correcting by hand, and would take the server's memory. */
export const MOST_BAD_ROWS = 50_000

/**
 * The rejected rows as an XLSX file to correct and send again: the sender's header and cells as they were, at their
 * places, and two columns at the end — the row's number in the original file, and why it was refused, naming the cells.
 * `findHeader` knows the two columns again and leaves them out.
 */
export const badRowsWorkbook = (
  header: Header,
  merges: readonly Merge[],
  rejected: readonly RejectedRow[],
  language: Language,
): Uint8Array => {
  const words = text[language]
  const added = header.columns.find(({ role }) => role === 'added')?.index
  const listed = rejected.slice(0, MOST_BAD_ROWS)
  const width = added ?? Math.max(...[...header.rows, ...listed.map(({ row }) => row)].map(({ cells }) => cells.length))
  const top = header.rows[0]?.number ?? 1
  const data: CellObject[][] = header.rows.map((row, level) => [
    ...sheetCells(row, width),
    ...(level === 0 ? [plain(words['column.row']), plain(words['column.reason'])] : []),
  ])
  for (const { row, reasons } of listed) {
    const sentences = reasons.map(({ column, sentence }) => (column === undefined ? sentence : `${column}: ${sentence}`))
    data.push([...sheetCells(row, width), { t: 'n', v: row.number }, plain(sentences.join('\n'))])
  }
  if (rejected.length > listed.length) data.push([plain(fill(words['rows.more'], { count: rejected.length - listed.length }))])
  const last = header.rows.length - 1
  const sheet: WorkSheet = {
    '!type': 'sheet',
    '!data': data,
    '!ref': utils.encode_range({ s: { r: 0, c: 0 }, e: { r: data.length - 1, c: width + 1 } }),
    '!merges': [
      ...merges
        .filter(({ firstRow, lastRow }) => firstRow >= top && lastRow <= header.lastRow)
        .map((one) => ({ s: { r: one.firstRow - top, c: one.firstColumn }, e: { r: one.lastRow - top, c: one.lastColumn } })),
      ...(last > 0 ? [width, width + 1].map((column) => ({ s: { r: 0, c: column }, e: { r: last, c: column } })) : []),
    ],
    '!cols': [...Array.from({ length: width }, () => ({ wch: 16 })), { wch: 8 }, { wch: 80 }],
  }
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, words['column.reason'])
  // A serial only means the same day under the same count of days.
  const dates1904 = listed.some(({ row }) => row.cells.some((cell) => cell.dates1904))
  if (dates1904) book.Workbook = { WBProps: { date1904: true } }
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true, bookSST: true })
}

const plain = (value: string): CellObject => ({ t: 's', v: value })

const sheetCells = (row: Row, width: number): CellObject[] =>
  Array.from({ length: width }, (_, index) => {
    const cell = row.cells[index]
    return cell === undefined || cell.kind === 'empty' ? { t: 'z' } : sheetCell(cell)
  })

const sheetCell = (cell: Cell): CellObject => {
  // A formula without its result, or an error, is shown as the text it was: there is nothing behind it to keep.
  if (cell.number === undefined || cell.kind === 'text' || cell.kind === 'error') return plain(cell.text)
  if (cell.kind === 'boolean') return { t: 'b', v: cell.number === 1 }
  return { t: 'n', v: cell.number, ...(cell.format === undefined ? {} : { z: cell.format }) }
}

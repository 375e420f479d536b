import { parentPort, workerData } from 'node:worker_threads'
import { read, SSF, type CellObject, type ParsingOptions, type WorkSheet } from '@e965/xlsx'
import { ok, problem, refuse, vietnameseDate, type Result } from '#base'
import { serialDate } from './dates.ts'
import type { Workbook, WorkerMessage } from './read-workbook.ts'
import { checkZip } from './read-zip.ts'
import { EMPTY, textCell, type Cell, type Merge, type Row } from './table.ts'

/** Rows in one message: small enough for the receiving thread to take between two requests. */
const ROWS_A_MESSAGE = 500

const options: ParsingOptions = { type: 'buffer', dense: true, cellNF: true, cellText: false, cellHTML: false, cellDates: false, raw: true }

const send = (message: WorkerMessage): void => parentPort?.postMessage(message)

const readBook = (bytes: Buffer, wanted: string | undefined): Result<Omit<Workbook, 'rows'>> => {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    const zip = checkZip(bytes)
    if (!zip.ok) return zip
  }
  let book = read(bytes, { ...options, sheets: wanted ?? 0 })
  const names = book.SheetNames
  const sheets = names.filter((_, index) => !book.Workbook?.Sheets?.[index]?.Hidden)
  if (wanted !== undefined && !names.includes(wanted)) return refuse(problem('unknown_sheet', { params: { sheet: wanted } }))
  for (const name of wanted === undefined ? sheets : [wanted]) {
    if (!book.Sheets[name]) book = read(bytes, { ...options, sheets: name })
    const sheet = book.Sheets[name]
    const merges = sheet ? mergesOf(sheet) : []
    if (sheet && sendRows(sheet, merges, book.Workbook?.WBProps?.date1904 ?? false)) return ok({ sheets, sheet: name, merges })
  }
  return refuse(problem('empty_file'))
}

const mergesOf = (sheet: WorkSheet): Merge[] =>
  (sheet['!merges'] ?? []).map(({ s, e }) => ({ firstRow: s.r + 1, lastRow: e.r + 1, firstColumn: s.c, lastColumn: e.c }))

/** Sends the rows that hold anything and says whether there were any. */
const sendRows = (sheet: WorkSheet, merges: readonly Merge[], dates1904: boolean): boolean => {
  const data: ((CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? []
  fillDown(data, merges)
  let rows: Row[] = []
  let any = false
  for (const [index, source] of data.entries()) {
    if (!source) continue
    const cells = Array.from(source, (cell) => cellOf(cell, dates1904))
    if (cells.every((cell) => cell.kind === 'empty')) continue
    any = true
    rows.push({ number: index + 1, cells })
    if (rows.length === ROWS_A_MESSAGE) {
      send({ rows })
      rows = []
    }
  }
  if (rows.length > 0) send({ rows })
  return any
}

/** A text merged down several rows (a commune beside its cases) holds for each; a number merged so is their total and is not repeated. */
const fillDown = (data: ((CellObject | undefined)[] | undefined)[], merges: readonly Merge[]): void => {
  for (const { firstRow, lastRow, firstColumn, lastColumn } of merges) {
    const cell = data[firstRow - 1]?.[firstColumn]
    if (firstColumn !== lastColumn || cell?.t !== 's') continue
    for (let row = firstRow; row < lastRow; row++) {
      const below = data[row]
      if (below) below[firstColumn] = cell
    }
  }
}

const cellOf = (cell: CellObject | undefined, dates1904: boolean): Cell => {
  if (!cell) return EMPTY
  if (cell.v === undefined || cell.v === null) return cell.f === undefined ? EMPTY : { kind: 'error', text: `=${cell.f}` }
  if (cell.t === 's') return textCell(String(cell.v))
  if (cell.t === 'b') return { kind: 'boolean', text: cell.v ? 'TRUE' : 'FALSE', number: Number(cell.v) }
  if (cell.t !== 'n') return { kind: 'error', text: cell.t === 'e' ? (errorTexts[Number(cell.v)] ?? '#ERROR!') : String(cell.v) }
  const number = Number(cell.v)
  const format = cell.z === undefined || cell.z === 'General' ? undefined : String(cell.z)
  const isDate = format !== undefined && SSF.is_date(format)
  const shown = isDate ? serialDate(number + (dates1904 ? 1462 : 0)) : undefined
  return {
    kind: isDate ? 'date' : 'number',
    text: shown ? vietnameseDate(shown) : numberText(number, format),
    number,
    ...(format === undefined ? {} : { format }),
    ...(dates1904 ? { dates1904 } : {}),
  }
}

/** The number in full; zeros that only its format adds (a phone as `0000000000`) are part of what the sender sees. */
const numberText = (number: number, format: string | undefined): string =>
  format !== undefined && /^0[0\s.-]+$/.test(format) && !format.includes('.')
    ? SSF.format(format, number)
    : String(Number(number.toPrecision(15)))

const errorTexts: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
  0x2b: '#GETTING_DATA',
}

const { bytes, sheet }: { bytes: Uint8Array; sheet?: string } = workerData

try {
  send({ end: readBook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), sheet) })
} catch (error) {
  // SheetJS throws for every file that is not what it begins as.
  const protectedFile = error instanceof Error && /password|encrypt/i.test(error.message)
  send({ end: refuse(problem(protectedFile ? 'password_protected' : 'not_a_spreadsheet')) })
}

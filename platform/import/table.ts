import type { Result } from '#base'
import type { Encoding } from './decode.ts'

export type CellKind = 'empty' | 'text' | 'number' | 'date' | 'boolean' | 'error'

/** A cell as the sender's file has it. Nothing is interpreted yet: a date cell of a spreadsheet is still a serial number. */
export interface Cell {
  readonly kind: CellKind
  /** What to show: text as it stands, a number in full (never `9.1E+11`), a date cell as dd/mm/yyyy. */
  readonly text: string
  /** The number of a number or date cell (an Excel serial, as stored); 1 or 0 of a boolean. */
  readonly number?: number
  /** The cell's workbook counts days from 1904 (old Excel for Mac): serials are 1462 lower than elsewhere. */
  readonly dates1904?: true
  /** The spreadsheet's number format, kept so that a refused cell goes back as it came. */
  readonly format?: string
}

export interface Row {
  /** The row's number in the sender's file, from 1, as Excel would show it. */
  readonly number: number
  readonly cells: readonly Cell[]
}

/** A merged area: row numbers from 1, column indexes from 0, all inclusive. */
export interface Merge {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstColumn: number
  readonly lastColumn: number
}

export type Format = 'workbook' | 'text' | 'json'

/** A table opened for reading; rows that are wholly empty are left out, their numbers are not. */
export interface TableSource {
  readonly format: Format
  /** Of a text file. */
  readonly encoding?: Encoding
  /** Of a text file. */
  readonly delimiter?: string
  /** Visible sheets of a workbook, else empty. */
  readonly sheets: readonly string[]
  readonly sheet?: string
  readonly merges: readonly Merge[]
  /** The first rows, enough to find the header and show a preview. */
  readonly head: readonly Row[]
  /**
   * All rows, a few hundred at a time: a million rows one by one would cost more in waiting than in reading.
   * May be called again, except when the source was a stream. A refusal is the last item.
   */
  readonly batches: () => AsyncIterable<Result<readonly Row[]>>
}

/** How many rows `head` holds at most. */
export const HEAD_ROWS = 200

export const EMPTY: Cell = { kind: 'empty', text: '' }

export const textCell = (text: string): Cell => (text === '' ? EMPTY : { kind: 'text', text })

/** Whether a cell shows nothing. Runs for every cell: most begin with a plain letter or digit. */
export const isBlank = (cell: Cell | undefined): boolean => {
  if (cell === undefined || cell.kind === 'empty') return true
  const first = cell.text.charCodeAt(0)
  return !(first > 0x20 && first < 0x7f) && cell.text.trim() === ''
}

/** The letters a spreadsheet shows above a column. Example: `columnLetters(27) === 'AB'`. */
export const columnLetters = (index: number): string =>
  (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

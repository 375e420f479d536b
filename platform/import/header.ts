import { nameKey, ok, problem, refuse, type Result } from '#base'
import { text } from './text.ts'
import { columnLetters, isBlank, type Cell, type Merge, type Row, type TableSource } from './table.ts'

export interface Column {
  /** From 0. */
  readonly index: number
  /** As a spreadsheet names it: A, B … AA. */
  readonly letters: string
  /**
   * The header text, levels joined by a blank ("Ngày" over "khởi phát" is "Ngày khởi phát"); a repeated one gets ` (2)`.
   * Empty where the sender left it out.
   */
  readonly label: string
  /** Its lowest level alone ('Xã' of 'Nơi cư trú Xã'); the same as the label in a header of one row. */
  readonly own: string
  /** The counting column (STT) and the two columns this product added when it sent bad rows back: never data. */
  readonly role: 'data' | 'ordinal' | 'added'
}

export interface Header {
  readonly columns: readonly Column[]
  /** The rows that make the header, with those of units and column numbers under it: data start after the last. */
  readonly rows: readonly Row[]
  readonly lastRow: number
}

/** What a row below the header is; only `data` is imported. */
export type RowKind = 'data' | 'total' | 'repeated_header' | 'note'

/** Rows a title and letterhead may take before the header is given up. */
const SEARCHED_ROWS = 60
const MOST_LEVELS = 4

/** Finds the header of a table under its titles, of one to four rows. Problem `no_header`. */
export const findHeader = (table: Pick<TableSource, 'format' | 'head' | 'merges'>): Result<Header> => {
  const rows = table.head
  const width = Math.max(0, ...rows.map(filled))
  const [first] = rows
  if (table.format === 'json' && first) return ok({ columns: columnsOf([first], [], rows.slice(1)), rows: [first], lastRow: first.number })
  const start = headerStart(rows, width)
  if (start === undefined) return refuse(problem('no_header'))
  let top = start
  while (top > 0 && start - top < MOST_LEVELS && follows(rows[top - 1], rows[top])) top--
  let bottom = start
  while (bottom - top < MOST_LEVELS && follows(rows[bottom], rows[bottom + 1])) bottom++
  const levels = rows.slice(top, bottom + 1)
  let last = bottom
  while (rows[last + 1]?.number === (rows[last]?.number ?? 0) + 1 && isAside(rows[last + 1], width)) last++
  return ok({
    columns: columnsOf(levels, table.merges, rows.slice(last + 1)),
    rows: rows.slice(top, last + 1),
    lastRow: rows[last]?.number ?? 0,
  })
}

const filled = (row: Row): number => row.cells.reduce((count, cell) => count + (isBlank(cell) ? 0 : 1), 0)

const figures = /^[\d\s.,/:%+-]*\d[\d\s.,/:%+-]*$/
const dateLike = /^(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d{2}-\d{2})$/

const isDateLike = (cell: Cell | undefined): boolean => cell?.kind === 'date' || (cell?.kind === 'text' && dateLike.test(cell.text.trim()))

const isFigure = (cell: Cell): boolean => !isBlank(cell) && (cell.kind !== 'text' || figures.test(cell.text))

/** The first row at least half as wide as the table that reads as labels; a row of data before it means that there is none. */
const headerStart = (rows: readonly Row[], width: number): number | undefined => {
  const least = Math.max(width === 1 ? 1 : 2, Math.ceil(width / 2))
  for (const [index, row] of rows.slice(0, SEARCHED_ROWS).entries()) {
    const count = filled(row)
    if (count < least) continue
    const numbers = row.cells.filter(isFigure).length
    return numbers <= count * 0.2 || isDateHeader(row, rows[index + 1]) ? index : undefined
  }
  return undefined
}

/** Days across the top ("Xã | 01/10 | 02/10"): dates over cells that are none, after a label. */
const isDateHeader = (row: Row, below: Row | undefined): boolean =>
  row.cells.some((cell) => !isBlank(cell) && !isFigure(cell)) &&
  row.cells.every((cell, index) => !isFigure(cell) || (isDateLike(cell) && !isDateLike(below?.cells[index])))

const textAt = (row: Row | undefined, index: number): string => {
  const cell = row?.cells[index]
  return cell === undefined ? '' : cell.text.replace(/\s+/g, ' ').trim()
}

/**
 * Whether a row is the next level of the header above it: each of its labels stands under a group (a label with nothing
 * to its right, or the blank beside one), and some label above stands alone — merged down, so blank or repeated here.
 */
const follows = (upper: Row | undefined, lower: Row | undefined): boolean => {
  if (!upper || !lower || lower.number !== upper.number + 1 || filled(upper) < 2 || lower.cells.some(isFigure)) return false
  let underBlank = false
  let alone = false
  const under = new Map<string, number>()
  for (let index = 0; index < Math.max(upper.cells.length, lower.cells.length); index++) {
    const above = textAt(upper, index)
    const here = textAt(lower, index)
    if (above !== '' && (here === '' || here === above)) alone = true
    else if (above === '' && here !== '') underBlank = true
    else if (here !== '' && textAt(upper, index + 1) !== '') return false
    if (here !== '') under.set(here, (under.get(here) ?? 0) + 1)
  }
  // Labels that repeat mean nothing without the group above them ("Mũi 1: ngày, loại | Mũi 2: ngày, loại").
  return underBlank && (alone || Math.max(...under.values()) > 1)
}

const units = new Set(['nguoi', 'ca', 'lieu', 'giuong', 'ha', 'km2', 'tuoi', 'nam', 'ngay', 'thang', 'ho', 'dd mm yyyy', 'nam nu', ''])

/** A row under the header that names units, formats or column numbers: (người) (%) · (1) (2) (3) · A B 1 2. */
const isAside = (row: Row | undefined, width: number): boolean => {
  const cells = row?.cells.filter((cell) => !isBlank(cell)).map((cell) => cell.text.trim()) ?? []
  if (cells.length === 0) return false
  if (cells.every((cell) => (/^\(.*\)$/.test(cell) && !/^\(\d+\)$/.test(cell)) || (!/\d/.test(cell) && units.has(nameKey(cell)))))
    return true
  const numbers = cells.map((cell) => /^[([]?(\d{1,2})[)\]]?$/.exec(cell)?.[1]).filter((number) => number !== undefined)
  const letters = cells.filter((cell) => /^[([]?[A-Za-z][)\]]?$/.test(cell)).length
  return (
    numbers.length >= 3 &&
    cells.length >= width * 0.6 &&
    numbers.length + letters === cells.length &&
    numbers.every((number, index) => Number(number) === index + 1)
  )
}

const ordinals = new Set(['stt', 'tt', 'so tt', 'so thu tu'])

const columnsOf = (levels: readonly Row[], merges: readonly Merge[], below: readonly Row[]): Column[] => {
  const width = Math.max(0, ...levels.map((row) => row.cells.length), ...below.map((row) => row.cells.length))
  const spread = levels.map((row, level) => spreadLabels(row, levels[level + 1], merges, width))
  const columns: { index: number; label: string; own: string }[] = []
  for (let index = 0; index < width; index++) {
    const parts = spread.map((labels) => labels[index] ?? '').filter((part, level, all) => part !== '' && part !== all[level - 1])
    if (parts.length > 0 || below.some((row) => !isBlank(row.cells[index]))) columns.push({ index, label: parts.join(' '), own: parts.at(-1) ?? '' })
  }
  const times = new Map<string, number>()
  return columns.map(({ index, label, own }, position) => {
    const time = (times.get(label) ?? 0) + 1
    times.set(label, time)
    const isAdded = position >= columns.length - 2 && addedLabels.has(`${columns.at(-2)?.label}\n${columns.at(-1)?.label}`)
    const role = isAdded ? 'added' : ordinals.has(nameKey(label)) ? 'ordinal' : 'data'
    return { index, letters: columnLetters(index), label: label !== '' && time > 1 ? `${label} (${time})` : label, own, role }
  })
}

const addedLabels = new Set([text.vi, text.en].map((words) => `${words['column.row']}\n${words['column.reason']}`))

/** A group label over all the columns it was merged across; without merges (CSV), over the labelled blanks to its right. */
const spreadLabels = (row: Row, below: Row | undefined, merges: readonly Merge[], width: number): string[] => {
  const labels = Array.from({ length: width }, (_, index) => textAt(row, index))
  for (let index = 0; index < width; index++) {
    if (labels[index] === '') continue
    const merge = merges.find((one) => one.firstRow <= row.number && one.lastRow >= row.number && one.firstColumn === index)
    for (let right = index + 1; right < width && textAt(row, right) === ''; right++) {
      const covered = merge ? right <= merge.lastColumn : below !== undefined && textAt(below, index) !== '' && textAt(below, right) !== ''
      if (!covered) break
      labels[right] = labels[index] as string
    }
  }
  return labels
}

/** With its tones: "Tống Công" is how a person may be called. */
const total = /^(?:(?:tổng|cộng|tong|cong|total|tong cong|tong so)[^\p{L}\p{N}]*$|(?:tổng cộng|tổng số|grand total)(?!\p{L}))/u

/** What a row below the header is. Runs for every row of a file. */
export const rowKind = (row: Row, header: Header): RowKind => {
  const first = firstText(row)
  const initial = first.charCodeAt(0) | 0x20
  // t, c, g: no other row needs the second look.
  if ((initial === 0x74 || initial === 0x63 || initial === 0x67) && total.test(first.slice(0, 60).toLowerCase().normalize('NFC')))
    return 'total'
  if (header.columns.length >= 4 && standsAlone(row)) return 'note'
  return repeatsHeader(row, header, first) ? 'repeated_header' : 'data'
}

/** One text and nothing beside it; a lone figure or day is rather a row that lacks the rest. */
const standsAlone = (row: Row): boolean => {
  let only: Cell | undefined
  for (const cell of row.cells) {
    if (isBlank(cell)) continue
    if (only !== undefined) return false
    only = cell
  }
  return only !== undefined && !isFigure(only)
}

const firstText = (row: Row): string => {
  for (const cell of row.cells) if (!isBlank(cell)) return cell.text.trim()
  return ''
}

/** Printed lists repeat their header on every page. */
const repeatsHeader = (row: Row, header: Header, first: string): boolean =>
  header.rows.some((one) => first === firstText(one) && one.cells.every((_, index) => textAt(one, index) === textAt(row, index)))

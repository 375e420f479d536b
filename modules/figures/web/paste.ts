import { nameKey } from '#base'
import type { MetricNames } from '../metric.ts'

export interface PasteRow {
  readonly areaId: number
  readonly code: string
  /** With its kind: 'Phường Vĩnh Bảo'. */
  readonly name: string
  readonly parentName: string
}

export interface PasteTarget {
  readonly rows: readonly PasteRow[]
  /** Codes of the columns. */
  readonly columns: readonly string[]
  /** The cell with the cursor. */
  readonly row: number
  readonly column: number
}

export interface Pasted {
  readonly cells: readonly { readonly areaId: number; readonly metric: string; readonly text: string }[]
  /** Names that are no commune here, or several. */
  readonly unknown: readonly string[]
  /** Cells that lie beyond the last row or column. */
  readonly beyond: number
  /** How rows were found. */
  readonly by: 'place' | 'name'
}

/** Cells as a spreadsheet puts them on the clipboard: tabs and line ends, quoted where a cell holds one. */
export const cellsOf = (text: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1)
      while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
      const close = end < 0 ? text.length : end
      cell = text.slice(at + 1, close).replaceAll('""', '"')
      at = close + 1
    } else {
      const end = /[\t\n]/g
      end.lastIndex = at
      const stop = end.exec(text)?.index ?? text.length
      cell = text.slice(at, stop)
      at = stop
    }
    row.push(cell.replace(/\r$/, '').trim())
    if (text[at] === '\r') at++
    if (text[at] !== '\t') {
      rows.push(row)
      row = []
    } else if (at === text.length - 1) {
      row.push('')
      rows.push(row)
    }
    at++
  }
  return rows
}

/** Names a row may be called by: code, full name, name without its kind. */
const KINDS = /^(?:phuong|xa|thi tran|dac khu|huyen|thanh pho|thi xa|quan|ap|khu pho|to|p|x|tt|tp|h) (?=.)/

const bare = (name: string): string => nameKey(name).replace(KINDS, '')

/** Numbered wards are named by their number alone, which a column of figures is too: a bare number is no name. */
const isName = (text: string): boolean => /\p{L}/u.test(text) || /^\d{5}$/.test(text)

/** Rows by every name they have; several rows may share one. */
const indexRows = (rows: readonly PasteRow[]): Map<string, PasteRow[]> => {
  const index = new Map<string, PasteRow[]>()
  for (const row of rows) {
    for (const key of new Set([nameKey(row.name), bare(row.name), row.code])) {
      const same = index.get(key)
      if (same) same.push(row)
      else index.set(key, [row])
    }
  }
  return index
}

const rowNamed = (index: ReadonlyMap<string, readonly PasteRow[]>, name: string, beside: readonly string[]): PasteRow | undefined => {
  const found = index.get(nameKey(name)) ?? index.get(bare(name)) ?? []
  if (found.length <= 1) return found[0]
  const wider = new Set(beside.filter((text) => text !== '').map(bare))
  const fitting = found.filter((row) => wider.has(bare(row.parentName)))
  return fitting.length === 1 ? fitting[0] : undefined
}

/**
 * R16: where the cells of a pasted block go. When the first column names communes, each row goes to its commune and the
 * columns follow their headings, or begin at the cursor; else the block lands from the cursor on, cell by cell.
 */
export const placePaste = (block: readonly (readonly string[])[], target: PasteTarget, metrics: MetricNames): Pasted => {
  const index = indexRows(target.rows)
  const headed = headingOf(block[0], metrics)
  const body = headed ? block.slice(1) : block
  const names = body.map((row) => row[0] ?? '').filter((text) => text !== '')
  const known = names.filter((name) => isName(name) && (index.has(nameKey(name)) || index.has(bare(name))))
  if (known.length === 0 || known.length * 2 < names.length) return byPlace(headed ? body : block, target, headed)

  const cells: { areaId: number; metric: string; text: string }[] = []
  const unknown: string[] = []
  let beyond = 0
  // Columns of words between the name and the figures (code, district) are no figures.
  const words = (column: number): boolean => body.some((row) => isName(row[column] ?? '')) && body.every((row) => (row[column] ?? '') === '' || isName(row[column] ?? ''))
  const width = Math.max(...body.map((row) => row.length))
  let first = 1
  while (first < width && words(first)) first++
  for (const row of body) {
    const [name = ''] = row
    if (name === '') continue
    const place = rowNamed(index, name, row.slice(1))
    if (!place) {
      unknown.push(name)
      continue
    }
    for (let column = headed ? 0 : first; column < row.length; column++) {
      const text = row[column] ?? ''
      if (text === '') continue
      const metric = headed ? headed[column] : target.columns[target.column + column - first]
      if (metric !== undefined && target.columns.includes(metric)) cells.push({ areaId: place.areaId, metric, text })
      else if (!headed || metric !== undefined) beyond++
    }
  }
  return { cells, unknown, beyond, by: 'name' }
}

/** The metric of each column, when the first row names some. */
const headingOf = (row: readonly string[] | undefined, metrics: MetricNames): (string | undefined)[] | undefined => {
  const headings = row?.map((text) => (isName(text) ? metrics.find(text)?.code : undefined)) ?? []
  return headings.some((code) => code !== undefined) ? headings : undefined
}

const byPlace = (block: readonly (readonly string[])[], target: PasteTarget, headed: readonly (string | undefined)[] | undefined): Pasted => {
  const cells: { areaId: number; metric: string; text: string }[] = []
  let beyond = 0
  for (const [down, row] of block.entries()) {
    for (const [right, text] of row.entries()) {
      if (text === '') continue
      const place = target.rows[target.row + down]
      const metric = headed ? headed[right] : target.columns[target.column + right]
      if (place && metric !== undefined && target.columns.includes(metric)) cells.push({ areaId: place.areaId, metric, text })
      else beyond++
    }
  }
  return { cells, unknown: [], beyond, by: 'place' }
}

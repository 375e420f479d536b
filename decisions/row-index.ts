import { dayText, type FeelValue } from './feel.ts'
import { compileCell, constantsOf, type Cell } from './unary-test.ts'

/** Which rows hold, one bit a row, the first row the lowest; undefined when a list must be searched. */
export type RowIndex = (values: readonly FeelValue[]) => number | undefined

type ColumnIndex = (value: FeelValue) => number | undefined

/** Bits of a number that are safe to shift. */
const maxRows = 30
const maxRemembered = 5_000

/** The rows whose cell in this column admits a value: looked up between the cuts for a number, remembered for anything else. */
const indexColumn = (cells: readonly Cell[]): ColumnIndex => {
  const matchers = cells.map((cell) => (cell.kind === 'tests' ? compileCell(cell) : () => true))
  const maskOf = (value: FeelValue): number => matchers.reduce((mask, matches, row) => (matches(value) ? mask | (1 << row) : mask), 0)
  const cuts = [
    ...new Set(cells.flatMap(constantsOf).flatMap((constant) => (constant.kind === 'number' ? [constant.value] : []))),
  ].toSorted((a, b) => a - b)
  const at = cuts.map(maskOf)
  const below = cuts.map((cut, i) => maskOf(i === 0 ? cut - 1 : ((cuts[i - 1] ?? 0) + cut) / 2))
  const above = maskOf((cuts.at(-1) ?? 0) + 1)
  const remembered = new Map<FeelValue, number>()
  const days = new Map<FeelValue, number>()
  const recall = (table: Map<FeelValue, number>, key: FeelValue, value: FeelValue): number => {
    const known = table.get(key)
    if (known !== undefined) return known
    const mask = maskOf(value)
    if (table.size > maxRemembered) table.clear()
    table.set(key, mask)
    return mask
  }
  return (value) => {
    if (typeof value === 'number') {
      let i = 0
      for (const cut of cuts) {
        if (value === cut) return at[i]
        if (value < cut) return below[i]
        i += 1
      }
      return above
    }
    if (typeof value !== 'object' || value === null) return recall(remembered, value, value)
    if (Array.isArray(value)) return undefined
    const day = dayText(value)
    return day === undefined ? maskOf(value) : recall(days, day, value)
  }
}

/**
 * An index over the rows of a table, column by column: a year of levels asks a table 50 000 times, and trying row after row costs
 * several times as much. Undefined for tables with FEEL cells or more than 30 rows, whose rows are tried. `cells` are by column, then row.
 */
export const indexRows = (cells: readonly (readonly Cell[])[], rowCount: number): RowIndex | undefined => {
  if (rowCount > maxRows || cells.some((column) => column.some((cell) => cell.kind === 'feel'))) return undefined
  const columns = cells.map((column) => (column.every((cell) => cell.kind === 'any') ? null : indexColumn(column)))
  const all = 2 ** rowCount - 1
  return (values) => {
    let rows = all
    let i = 0
    for (const column of columns) {
      const held = column ? column(values[i]) : all
      if (held === undefined) return undefined
      rows &= held
      i += 1
    }
    return rows
  }
}

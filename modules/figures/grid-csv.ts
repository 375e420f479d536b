import type { Language } from '#base'
import type { GridShown } from './contract.ts'

type Say = (key: string) => string

/** A spreadsheet runs what begins with these as a formula; a hamlet's name is typed by people. */
const FORMULA = /^[=+\-@\t\r]/

const csvCell = (value: string | number): string => {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * The grid as CSV with a byte order mark, so that Excel reads Vietnamese. Only accepted values stand in their columns (R3);
 * the last column names the metrics that are held. It can be filled in and imported again.
 */
export const gridCsv = (grid: GridShown, language: Language, say: Say): string => {
  const nameOf = (metric: GridShown['metrics'][number]): string => (language === 'vi' ? metric.nameVi : metric.nameEn)
  const head = [say('figures.csv_code'), say('figures.csv_commune'), say('figures.csv_district'), say('figures.csv_day'), ...grid.metrics.map(nameOf), say('figures.csv_held')]
  const lines = grid.rows.map((row) => [
    row.code, row.name, row.parentName, grid.day,
    ...grid.metrics.map(({ code }) => (row.cells[code]?.status === 'accepted' ? row.cells[code].value : '')),
    grid.metrics.filter(({ code }) => row.cells[code]?.status === 'held').map(nameOf).join('; '),
  ])
  return `\ufeff${[head, ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`
}

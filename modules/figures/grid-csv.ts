import { csvOf, type Language } from '#base'
import type { GridShown } from './contract.ts'

type Say = (key: string) => string

/**
 * The grid as CSV. Only accepted values stand in their columns (R3);
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
  return csvOf([head, ...lines])
}

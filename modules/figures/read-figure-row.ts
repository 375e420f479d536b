import { ok, problem, refuse, vietnameseDate, type PlainDate, type Result } from '#base'
import type { Area } from '#platform/areas'
import { isBlank, readCount, readDate, readName, readPlace, type Cell, type FieldDefinition, type ReadContext, type RowReading, type RowRemark } from '#platform/import'
import { readValue, type Metric, type MetricNames } from './metric.ts'

/** Figures of one row of a file: one in a long table, several in a wide one. */
export interface FigureRow {
  readonly figures: readonly FigureInFile[]
}

export interface FigureInFile {
  /** Key of the field it was read from. */
  readonly field: string
  readonly area: Area
  readonly day: PlainDate
  readonly metric: Metric
  readonly value: number
  readonly source: string | undefined
}

const METRIC_COLUMN = 'metric:'
const DAY_COLUMN = 'day:'

export const VALUE_FIELDS: readonly FieldDefinition[] = [
  { key: 'day', kind: 'date', labels: { vi: ['Ngày', 'Ngày báo cáo', 'Ngày số liệu'], en: ['Day', 'Date', 'Report date'] } },
  { key: 'metric', kind: 'text', labels: { vi: ['Chỉ tiêu', 'Chỉ số', 'Tên chỉ tiêu'], en: ['Metric', 'Indicator'] } },
  { key: 'value', kind: 'number', labels: { vi: ['Giá trị', 'Số liệu', 'Số lượng'], en: ['Value', 'Figure', 'Number'] } },
  { key: 'source', kind: 'text', labels: { vi: ['Nguồn', 'Nguồn số liệu'], en: ['Source'] } },
]

export const metricField = (metric: Metric): FieldDefinition => ({
  key: METRIC_COLUMN + metric.code,
  kind: metric.kind === 'category' ? 'text' : 'count',
  labels: { vi: [metric.nameVi, ...metric.aliases], en: [metric.nameEn, metric.code] },
})

/** A column headed by a day: a table with one column a day. */
export const dayField = (header: string): FieldDefinition | undefined => {
  const day = readDate({ kind: 'text', text: header })
  return day.ok && day.value !== undefined ? { key: DAY_COLUMN + day.value, kind: 'number', labels: { vi: [header], en: [header] } } : undefined
}

type Cells = Readonly<Record<string, Cell | undefined>>

const fault = (field: string, code: string, params: Record<string, string | number> = {}): RowRemark => ({ field, problem: problem(code, { params }) })

/** Reads one row of a long or a wide table. R7 (area of the day, no future day) and R14 (own area) are faults of the row. */
export const readFigureRow = (cells: Cells, context: ReadContext<MetricNames>): RowReading<FigureRow> => {
  const metrics = context.known
  const faults: RowRemark[] = []
  const figures: FigureInFile[] = []
  const rowDay = readDate(cells['day'])
  if (!rowDay.ok) faults.push({ field: 'day', problem: rowDay.problem })
  const given = (rowDay.ok ? rowDay.value : undefined) ?? (context.options['day'] as PlainDate | undefined)
  const named = readMetricName(cells['metric'], metrics)
  if (!named.ok) faults.push({ field: 'metric', problem: named.problem })
  const source = readName(cells['source'])
  const places = new Map<PlainDate, Area>()
  let failedPlace = false

  const add = (field: string, day: PlainDate | undefined, metric: Metric): void => {
    const cell = cells[field]
    const value = readCell(metric, cell)
    if (!value.ok) {
      faults.push({ field, problem: value.problem })
      return
    }
    if (value.value === undefined || failedPlace) return
    if (day === undefined) {
      if (rowDay.ok && !faults.some((one) => one.field === 'day')) faults.push(fault('day', 'missing_day'))
      return
    }
    if (day > context.today) {
      faults.push(fault(field.startsWith(DAY_COLUMN) ? field : 'day', 'future_day', { day: vietnameseDate(day) }))
      return
    }
    let area = places.get(day)
    if (!area) {
      const place = readPlace(cells, day, context)
      if (!place.ok || !context.permits(place.value.pos, place.value.posEnd)) {
        faults.push(place.ok ? fault('area', 'outside_own_area', { area: place.value.name }) : place.problem)
        failedPlace = true
        return
      }
      places.set(day, (area = place.value))
    }
    figures.push({ field, area, day, metric, value: value.value, source: source.ok ? source.value : undefined })
  }

  for (const field in cells) {
    if (field.startsWith(METRIC_COLUMN)) {
      const metric = metrics.byCode(field.slice(METRIC_COLUMN.length))
      if (metric) add(field, given, metric)
    } else if (field.startsWith(DAY_COLUMN) && named.ok) {
      if (named.value) add(field, field.slice(DAY_COLUMN.length) as PlainDate, named.value)
      else if (!isBlank(cells[field]) && faults.length === 0) faults.push(fault('metric', 'missing_metric'))
    } else if (field === 'value' && named.ok && !isBlank(cells[field])) {
      if (named.value) add(field, given, named.value)
      else faults.push(fault('metric', 'missing_metric'))
    }
  }
  if (faults.length > 0) return { ok: false, faults }
  return figures.length > 0 ? { ok: true, value: { figures } } : { ok: true, value: { figures }, warnings: [{ problem: problem('no_figure_in_row') }] }
}

/** The metric a row names. Problem `unknown_metric`. */
const readMetricName = (cell: Cell | undefined, metrics: MetricNames): Result<Metric | undefined> => {
  const name = readName(cell)
  if (!name.ok) return name
  if (name.value === undefined) return ok(undefined)
  const metric = metrics.find(name.value)
  return metric ? ok(metric) : refuse(problem('unknown_metric', { params: { metric: name.value } }))
}

const readCell = (metric: Metric, cell: Cell | undefined): Result<number | undefined> => {
  const read = metric.kind === 'category' ? readName(cell) : readCount(cell)
  if (!read.ok || read.value === undefined) return read.ok ? ok(undefined) : read
  return readValue(metric, read.value)
}

import { ok, problem, vietnameseDate, type Id, type Result } from '#base'
import type { CommandContext } from '#platform/commands'
import type { Tx } from '#platform/db'
import { PLACE_FIELDS, type BatchOutcome, type Importer, type NumberedRow, type ReadContext, type RowRemark } from '#platform/import'
import { figureReport } from './contract.ts'
import { figuresOfKeys } from './figure-store.ts'
import { DEFAULT_DISEASE, keyOf, type FigureKey } from './figure.ts'
import type { Hold, HoldReason } from './hold.ts'
import { loadMetricNames } from './metric-store.ts'
import { shownValue, type MetricNames } from './metric.ts'
import { dayField, metricField, readFigureRow, VALUE_FIELDS, type FigureInFile, type FigureRow } from './read-figure-row.ts'
import { holdsOf, recordFigures, type Entry } from './record-figures.ts'
import { undoImport } from './undo-import.ts'

interface Placed {
  readonly row: number
  readonly figure: FigureInFile
  readonly entry: Entry
}

type Reading = ReadContext<MetricNames>
type RowFault = RowRemark & { readonly row: number }

const entryOf = (figure: FigureInFile, context: Reading): Entry => ({
  area: figure.area, day: figure.day, metric: figure.metric, value: figure.value, disease: context.options['disease'] ?? DEFAULT_DISEASE,
  source: figure.source ?? (context.sender === '' ? context.fileName : context.sender),
})

const keyOfEntry = ({ area, day, disease, metric }: Entry): FigureKey => ({ areaId: area.id, day, disease, metric: metric.code })

/** R9: an area, day and metric that an earlier row of the file gave is a duplicate, whatever its value. */
const withoutDuplicates = (rows: readonly NumberedRow<FigureRow>[], context: Reading, given: ReadonlySet<string>): { placed: Placed[]; faults: RowFault[] } => {
  const first = new Map<string, number>()
  const placed: Placed[] = []
  const faults: RowFault[] = []
  for (const { row, value } of rows) {
    const entries = value.figures.map((figure) => ({ row, figure, entry: entryOf(figure, context) }))
    const keys = entries.map(({ entry }) => keyOf(keyOfEntry(entry)))
    const twice = keys.findIndex((key, index) => first.has(key) || given.has(key) || keys.indexOf(key) < index)
    if (twice < 0) {
      for (const key of keys) first.set(key, row)
      placed.push(...entries)
    } else {
      const earlier = first.get(keys[twice] as string) ?? (given.has(keys[twice] as string) ? EARLIER_BATCH : row)
      faults.push({ row, field: (entries[twice] as Placed).figure.field, problem: problem('duplicate_figure', { params: { row: earlier } }) })
    }
  }
  return { placed, faults }
}

/** Which row of an earlier batch it was is no longer at hand. */
const EARLIER_BATCH = '…'

const HELD: Readonly<Record<HoldReason, string>> = { jump: 'held_jump', negative: 'held_negative', above_population: 'held_above_population' }

const heldWarning = ({ row, figure }: Placed, hold: Hold): RowFault => ({
  row, field: figure.field, problem: problem(HELD[hold.reason], { params: {
    area: figure.area.name, day: vietnameseDate(figure.day), metric: figure.metric.code, value: shownValue(figure.metric, figure.value), limit: hold.limit,
  } }),
})

const correctionWarning = ({ row, figure }: Placed, before: number): RowFault => ({
  row, field: figure.field, problem: problem('figure_corrected', { params: {
    area: figure.area.name, day: vietnameseDate(figure.day), metric: figure.metric.code, before: shownValue(figure.metric, before),
    value: shownValue(figure.metric, figure.value),
  } }),
})

const check = async (tx: Tx, rows: readonly NumberedRow<FigureRow>[], context: Reading): Promise<BatchOutcome> => {
  const placed = rows.flatMap(({ row, value }) => value.figures.map((figure): Placed => ({ row, figure, entry: entryOf(figure, context) })))
  const current = new Map((await figuresOfKeys(tx, placed.map(({ entry }) => keyOfEntry(entry)))).map((figure) => [keyOf(figure), figure]))
  const holds = await holdsOf(tx, placed.map(({ entry }) => entry))
  const warnings = placed.flatMap((one, index): RowFault[] => {
    const hold = holds[index]
    const before = current.get(keyOf(keyOfEntry(one.entry)))
    return [
      ...(before === undefined || before.value === one.entry.value ? [] : [correctionWarning(one, before.value)]),
      ...(hold ? [heldWarning(one, hold)] : []),
    ]
  })
  return { accepted: rows.length, faults: [], warnings }
}

const write = async (
  context: CommandContext, rows: readonly NumberedRow<FigureRow>[], reading: Reading, importId: Id,
): Promise<Result<BatchOutcome>> => {
  const keys = rows.flatMap(({ value }) => value.figures.map((figure) => keyOfEntry(entryOf(figure, reading))))
  // An earlier batch of this file may have given a figure already.
  const given = new Set((await figuresOfKeys(context.tx, keys)).filter((figure) => figure.importId === importId).map(keyOf))
  const { placed, faults } = withoutDuplicates(rows, reading, given)
  const recorded = await recordFigures(context, placed.map(({ entry }) => entry), importId)
  if (!recorded.ok) return recorded
  const warnings = recorded.value.flatMap(({ figure }, index) =>
    figure.status === 'held' && figure.hold ? [heldWarning(placed[index] as Placed, figure.hold)] : [])
  return ok({ accepted: rows.length - faults.length, faults, warnings })
}

/**
 * `luytre import figures`: long tables (area, day, metric, value, source) and wide ones (a column a metric, or a column a
 * day). Options: `disease`, `area` (the area the file is for), `day` where the file has no such column.
 */
export const figuresImporter: Importer<FigureRow, MetricNames> = {
  kind: 'figures',
  permission: figureReport,
  undoPermission: figureReport,
  fields: [...PLACE_FIELDS, ...VALUE_FIELDS],
  options: ['disease', 'area', 'day'],
  prepare: loadMetricNames,
  moreFields: (metrics) => metrics.all.map(metricField),
  extraField: dayField,
  readRow: readFigureRow,
  keysOf: ({ figures }) => figures.map(({ area, day, metric, field }) => ({ key: `${metric.code} ${area.id} ${day}`, field, code: 'duplicate_figure' })),
  check,
  write,
  undo: undoImport,
}

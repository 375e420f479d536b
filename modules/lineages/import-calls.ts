import { ok, parseDate, problem, refuse, type PlainDate, type Result } from '#base'
import type { Tx } from '#platform/db'
import { readCode, readDate, type FieldDefinition, type Importer, type NumberedRow, type ReadContext, type RowReading, type RowRemark } from '#platform/import'
import { lineageImport } from './contract.ts'
import { DEFAULT_DISEASE, keptImporter, type KeptRow } from './kept-importer.ts'
import { CALLS, inForce, SAMPLES, type DatedCall, type Kept, type SampleFacts } from './kept-store.ts'
import { placeRow, remark, SAMPLE_PLACE_FIELDS, type Cells } from './place-row.ts'
import { callSentence, dayInName, isOlder, labelIn, nameOf, qualityOf, type CallFacts, type Tool } from './sequence.ts'

const SEQUENCE: FieldDefinition = { key: 'sequence', kind: 'code', required: true, labels: {
  vi: ['Mã trình tự', 'Tên trình tự', 'Mã mẫu', 'Số hiệu mẫu'], en: ['Sequence', 'seqName', 'taxon', 'strain', 'Virus name', 'Sequence name', 'Sequence ID', 'Sample', 'Sample ID', 'ID'],
} }
const DAY: FieldDefinition = { key: 'day', kind: 'date', labels: { vi: ['Ngày lấy mẫu', 'Ngày thu mẫu', 'Ngày lấy bệnh phẩm'], en: ['Collection date', 'Date', 'Sampling date', 'Date collected'] } }

const text = (key: string, vi: readonly string[], en: readonly string[]): FieldDefinition => ({ key, kind: 'text', labels: { vi, en } })

/** A row of a file about sequences; its day and place may stand elsewhere. */
interface SequenceRow<Facts> {
  readonly sequence: string
  readonly facts: Facts
  readonly day: PlainDate | undefined
  readonly cells: Cells
}

/** Reads the name and the day of a sequence; a day at the end of a GISAID name counts where no column gives one. Problem `missing_sequence`. */
const readSequence = (cells: Cells, faults: RowRemark[]): { readonly sequence: string; readonly day: PlainDate | undefined } => {
  const name = readCode(cells['sequence'])
  if (!name.ok) faults.push({ field: 'sequence', problem: name.problem })
  else if (name.value === undefined) faults.push({ field: 'sequence', problem: problem('missing_sequence') })
  const sequence = (name.ok ? name.value : undefined) ?? ''
  const day = readDate(cells['day'])
  if (!day.ok) faults.push({ field: 'day', problem: day.problem })
  const within = parseDate(dayInName(sequence) ?? '')
  return { sequence, day: (day.ok ? day.value : undefined) ?? (within.ok ? within.value : undefined) }
}

const CALL_FIELDS = ['lineage', 'nextclade_pango', 'clade', 'clade_display', 'who', 'scorpio', 'version', 'qc'] as const

/** Reads one row of Nextclade's or pangolin's table, or of an office's own with a lineage column. Problem `missing_lineage` where neither a lineage nor a clade stands. */
export const readCallRow = (cells: Cells): RowReading<SequenceRow<CallFacts>> => {
  const faults: RowRemark[] = []
  const { sequence, day } = readSequence(cells, faults)
  const given: Partial<Record<(typeof CALL_FIELDS)[number], string>> = {}
  for (const field of CALL_FIELDS) {
    const cell = readCode(cells[field])
    if (!cell.ok) faults.push({ field, problem: cell.problem })
    else if (cell.value !== undefined) given[field] = cell.value
  }
  if (given.lineage === undefined && given.nextclade_pango === undefined && given.clade === undefined) {
    faults.push(remark('lineage' in cells ? 'lineage' : 'clade', 'missing_lineage', { name: sequence }))
  }
  if (faults.length > 0) return { ok: false, faults }
  const tool: Tool = given.lineage === undefined ? 'nextclade' : given.version !== undefined || given.scorpio !== undefined ? 'pangolin' : 'other'
  return { ok: true, value: { sequence, day, cells, facts: {
    sequenceId: sequence, tool, toolVersion: given.version ?? null, lineage: nameOf(given.lineage ?? given.nextclade_pango), clade: nameOf(given.clade),
    whoLabel: labelIn(given.who, given.scorpio, given.clade_display, given.clade), quality: qualityOf(given.qc),
  } } }
}

/** Gives a row its day and area: its own, else those of the sample list, else what was chosen for the file. Problem `missing_sample_day`, those of `placeRow`. */
const placed = <F>({ sequence, day, cells }: SequenceRow<F>, context: ReadContext, sample: Kept<SampleFacts> | undefined): Result<{ day: PlainDate; area: KeptRow<F>['area'] }, RowRemark> => {
  const on = day ?? sample?.collectedOn ?? (context.options['day'] as PlainDate | undefined)
  if (on === undefined) return refuse(remark('day', 'missing_sample_day', { name: sequence }))
  const area = placeRow(cells, on, context, { dayField: 'day', name: sequence, known: sample && context.areas.byId(sample.areaId) })
  return area.ok ? ok({ day: on, area: area.value }) : area
}

const complete = async <F, G>(
  rows: readonly NumberedRow<SequenceRow<F>>[], context: ReadContext, samples: ReadonlyMap<string, Kept<SampleFacts>>, kept: (row: SequenceRow<F>, day: PlainDate) => Pick<KeptRow<G>, 'key' | 'facts'>,
) => {
  const done: NumberedRow<KeptRow<G>>[] = []
  const faults: (RowRemark & { readonly row: number })[] = []
  for (const { row, value } of rows) {
    const at = placed(value, context, samples.get(value.sequence))
    if (at.ok) done.push({ row, value: { ...kept(value, at.value.day), area: at.value.area } })
    else faults.push({ ...at.problem, row })
  }
  return { rows: done, faults }
}

const samplesOf = async (tx: Tx, rows: readonly NumberedRow<SequenceRow<unknown>>[], context: ReadContext): Promise<Map<string, Kept<SampleFacts>>> =>
  new Map((await inForce(tx, SAMPLES, context.options['disease'] ?? DEFAULT_DISEASE, context.sender, rows.map(({ value }) => value.sequence))).map((sample) => [sample.rowKey, sample]))

const callKey = ({ facts: { tool, sequenceId } }: SequenceRow<CallFacts>): string => `${tool} ${sequenceId}`

/** `luytre import lineages`: the tables of Nextclade (CSV with semicolons, TSV) and pangolin (CSV), and any with a lineage column. */
export const lineagesImporter: Importer<SequenceRow<CallFacts>> = keptImporter<DatedCall, SequenceRow<CallFacts>>({
  kind: 'lineages', permission: lineageImport, table: CALLS, keyField: 'sequence',
  fields: [
    SEQUENCE, DAY, ...SAMPLE_PLACE_FIELDS,
    text('lineage', ['Dòng', 'Dòng biến thể', 'Biến thể'], ['Lineage', 'Pango lineage', 'pangolin_lineage']),
    text('nextclade_pango', ['Dòng (Nextclade)'], ['Nextclade_pango']),
    text('clade', ['Nhánh'], ['Clade', 'clade_nextstrain', 'Nextstrain_clade']),
    text('clade_display', ['Nhánh (hiển thị)'], ['clade_display', 'clade_legacy']),
    text('who', ['Tên WHO', 'Tên theo WHO'], ['clade_who', 'WHO label', 'WHO']),
    text('scorpio', ['Biến thể (scorpio)'], ['scorpio_call']),
    text('version', ['Phiên bản'], ['version']),
    // One field: Nextclade's qc.missingData.status and its like are near to pangolin's qc_status, and far from nothing else.
    text('qc', ['Chất lượng'], ['qc.overallStatus', 'qc_overallStatus', 'qc_status', 'status', 'QC']),
  ],
  readRow: readCallRow,
  keyOf: callKey,
  complete: async (tx, rows, context) =>
    complete(rows, context, await samplesOf(tx, rows, context), (row, collectedOn) => ({ key: callKey(row), facts: { ...row.facts, collectedOn } })),
  older: (before, now) => (isOlder(now.toolVersion, before.toolVersion) ? { known: before.toolVersion ?? '', given: now.toolVersion ?? '' } : undefined),
  sentence: (facts, area) => `${callSentence(facts)} (${facts.collectedOn}, ${area})`,
})

/** `luytre import sequence-samples`: where and when samples were taken, for files of calls that do not say it. */
export const samplesImporter: Importer<SequenceRow<null>> = keptImporter<SampleFacts, SequenceRow<null>>({
  kind: 'sequence-samples', permission: lineageImport, table: SAMPLES, keyField: 'sequence',
  fields: [SEQUENCE, DAY, ...SAMPLE_PLACE_FIELDS],
  readRow: (cells) => {
    const faults: RowRemark[] = []
    const { sequence, day } = readSequence(cells, faults)
    return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { sequence, day, cells, facts: null } }
  },
  keyOf: ({ sequence }) => sequence,
  complete: (_tx, rows, context) => complete(rows, context, new Map(), ({ sequence }, collectedOn) => ({ key: sequence, facts: { collectedOn } })),
  sentence: ({ collectedOn }, area) => `${collectedOn}, ${area}`,
})

import { problem, type PlainDate } from '#base'
import {
  PLACE_FIELDS, readCount, readDate, readName, readProportion, type Cell, type FieldDefinition, type Importer, type NumberedRow, type RowReading, type RowRemark,
} from '#platform/import'
import { lineageImport } from './contract.ts'
import { keptImporter, type KeptRow } from './kept-importer.ts'
import { SURVEYS } from './kept-store.ts'
import { placeRow, remark, type Cells } from './place-row.ts'
import { ageGroup, readAges, type SurveyFacts } from './serosurvey.ts'

const FIELDS: readonly FieldDefinition[] = [
  { key: 'survey', kind: 'text', labels: { vi: ['Đợt khảo sát', 'Tên khảo sát', 'Khảo sát', 'Điều tra'], en: ['Survey', 'Survey name', 'Study'] } },
  ...PLACE_FIELDS,
  { key: 'from', kind: 'date', labels: { vi: ['Từ ngày', 'Ngày bắt đầu'], en: ['From', 'From day', 'Start date'] } },
  { key: 'to', kind: 'date', labels: { vi: ['Đến ngày', 'Ngày kết thúc', 'Ngày', 'Ngày lấy máu', 'Ngày lấy mẫu'], en: ['To', 'To day', 'End date', 'Date', 'Collection date'] } },
  { key: 'ages', kind: 'text', labels: { vi: ['Nhóm tuổi', 'Lứa tuổi', 'Tuổi'], en: ['Age group', 'Ages', 'Age'] } },
  { key: 'age_from', kind: 'count', labels: { vi: ['Từ tuổi', 'Tuổi từ'], en: ['Age from', 'Min age'] } },
  { key: 'age_to', kind: 'count', labels: { vi: ['Đến tuổi', 'Tuổi đến'], en: ['Age to', 'Max age'] } },
  { key: 'tested', kind: 'count', required: true, labels: { vi: ['Số xét nghiệm', 'Số người xét nghiệm', 'Số mẫu', 'Cỡ mẫu'], en: ['Tested', 'Number tested', 'n', 'Sample size'] } },
  { key: 'positive', kind: 'count', required: true, labels: { vi: ['Số dương tính', 'Dương tính', 'Số có kháng thể'], en: ['Positive', 'Number positive', 'Seropositive'] } },
  { key: 'assay', kind: 'text', labels: { vi: ['Sinh phẩm', 'Bộ xét nghiệm', 'Kit'], en: ['Assay', 'Test kit', 'Kit'] } },
  { key: 'sensitivity', kind: 'proportion', labels: { vi: ['Độ nhạy'], en: ['Sensitivity', 'Se'] } },
  { key: 'sensitivity_of', kind: 'count', labels: { vi: ['Số mẫu chứng dương', 'Độ nhạy trên số mẫu', 'n độ nhạy'], en: ['Sensitivity n', 'Positive controls'] } },
  { key: 'specificity', kind: 'proportion', labels: { vi: ['Độ đặc hiệu'], en: ['Specificity', 'Sp'] } },
  { key: 'specificity_of', kind: 'count', labels: { vi: ['Số mẫu chứng âm', 'Độ đặc hiệu trên số mẫu', 'n độ đặc hiệu'], en: ['Specificity n', 'Negative controls'] } },
]

const OLDEST = 120

interface SurveyRow {
  readonly facts: Omit<SurveyFacts, 'fromOn' | 'toOn'>
  /** Where no column says the day, that of the file counts. */
  readonly fromOn: PlainDate | undefined
  readonly toOn: PlainDate | undefined
  readonly cells: Cells
}

/** Sensitivity and specificity as validation tables write them: `95 %`, `0,95`, or so many of so many, `178/179`. */
const readAccuracy = (cell: Cell | undefined): { readonly share: number | undefined; readonly of: number | undefined } | RowRemark['problem'] => {
  const counts = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(cell?.text ?? '')
  const [count, of] = [Number(counts?.[1]), Number(counts?.[2])]
  if (counts && of > 0 && count <= of) return { share: count / of, of }
  const share = readProportion(cell)
  return share.ok ? { share: share.value, of: undefined } : share.problem
}

/**
 * Reads one row of a serosurvey's table. Problems: `missing_counts`, `positive_above_tested`, `ages_unreadable`, `ages_crossed`, `missing_survey_day`, `days_crossed`, `half_an_assay`,
 * those of cells; warning `assay_tells_nothing`.
 */
export const readSurveyRow = (cells: Cells): RowReading<SurveyRow> => {
  const faults: RowRemark[] = []
  const read = <T>(field: string, reader: (cell: Cell | undefined) => { ok: true; value: T | undefined } | { ok: false; problem: RowRemark['problem'] }): T | undefined => {
    const reading = reader(cells[field])
    if (reading.ok) return reading.value
    faults.push({ field, problem: reading.problem })
    return undefined
  }
  const tested = read('tested', readCount)
  const positive = read('positive', readCount)
  const counted = faults.length === 0
  if (counted && (tested === undefined || positive === undefined || tested < 1 || positive < 0)) faults.push(remark(tested === undefined || tested < 1 ? 'tested' : 'positive', 'missing_counts'))
  else if (counted && (positive as number) > (tested as number)) faults.push(remark('positive', 'positive_above_tested', { positive: positive as number, tested: tested as number }))

  const written = read('ages', readName)
  const group = written === undefined ? undefined : readAges(written)
  if (written !== undefined && !group) faults.push(remark('ages', 'ages_unreadable', { text: written }))
  const ageFrom = read('age_from', readCount) ?? group?.from ?? 0
  const ageTo = read('age_to', readCount) ?? group?.to ?? null
  if (ageFrom < 0 || ageFrom > OLDEST || (ageTo !== null && (ageTo < ageFrom || ageTo > OLDEST))) faults.push(remark(group ? 'ages' : 'age_to', 'ages_crossed', { from: ageFrom, to: ageTo ?? '' }))

  const last = read('to', readDate)
  const first = read('from', readDate)
  if (first !== undefined && last !== undefined && first > last) faults.push(remark('from', 'days_crossed'))

  const accuracy = (field: 'sensitivity' | 'specificity'): { share: number | null; of: number | null } => {
    const found = readAccuracy(cells[field])
    if ('code' in found) faults.push({ field, problem: found })
    const given = read(`${field}_of`, readCount)
    if (given !== undefined && given < 1) faults.push(remark(`${field}_of`, 'half_an_assay'))
    return 'code' in found ? { share: null, of: null } : { share: found.share ?? null, of: found.share === undefined ? null : (given ?? found.of ?? null) }
  }
  const se = accuracy('sensitivity')
  const sp = accuracy('specificity')
  if ((se.share === null) !== (sp.share === null) && faults.length === 0) faults.push(remark(se.share === null ? 'sensitivity' : 'specificity', 'half_an_assay'))
  const survey = read('survey', readName) ?? ''
  const assay = read('assay', readName) ?? ''
  if (faults.length > 0) return { ok: false, faults }
  const useless = se.share !== null && sp.share !== null && se.share + sp.share <= 1
  return {
    ok: true,
    value: { cells, fromOn: first ?? last, toOn: last ?? first, facts: {
      survey, ageFrom, ageTo, tested: tested as number, positive: positive as number, assay, sensitivity: se.share, sensitivityOf: se.of, specificity: sp.share, specificityOf: sp.of,
    } },
    warnings: useless ? [{ field: 'specificity', problem: problem('assay_tells_nothing') }] : [],
  }
}

const sentence = (facts: SurveyFacts, area: string): string => `${facts.positive}/${facts.tested} (${ageGroup(facts)}, ${area})`

/** What makes two results the same one: not the counts, nor how good the assay is. */
const keyOf = ({ survey, fromOn, toOn, ageFrom, ageTo, assay }: SurveyRow['facts'] & Pick<SurveyRow, 'fromOn' | 'toOn'>, area: string): string =>
  [survey, area, fromOn ?? '', toOn ?? '', ageFrom, ageTo ?? '', assay].join('|')

/** `luytre import serology`: one row an area, age group and assay of a serosurvey. */
export const serologyImporter: Importer<SurveyRow> = keptImporter<SurveyFacts, SurveyRow>({
  kind: 'serology', permission: lineageImport, table: SURVEYS, keyField: 'tested', fields: FIELDS,
  readRow: readSurveyRow,
  keyOf: ({ facts, fromOn, toOn, cells }) => keyOf({ ...facts, fromOn, toOn }, PLACE_FIELDS.map(({ key }) => cells[key]?.text ?? '').join(',')),
  complete: async (_tx, rows, context) => {
    const done: NumberedRow<KeptRow<SurveyFacts>>[] = []
    const faults: (RowRemark & { readonly row: number })[] = []
    for (const { row, value: { facts, fromOn, toOn, cells } } of rows) {
      const day = toOn ?? (context.options['day'] as PlainDate | undefined)
      const area = day && placeRow(cells, day, context, { dayField: 'to', name: ageGroup(facts) })
      if (!area) faults.push({ ...remark('to', 'missing_survey_day'), row })
      else if (!area.ok) faults.push({ ...area.problem, row })
      else {
        const dated: SurveyFacts = { ...facts, toOn: day, fromOn: fromOn ?? day }
        done.push({ row, value: { key: keyOf(dated, String(area.value.id)), area: area.value, facts: dated } })
      }
    }
    return { rows: done, faults }
  },
  sentence,
})

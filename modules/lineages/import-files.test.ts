import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { day, type Instant } from '#base'
import { AreaTree, parseAreas } from '#platform/areas'
import { findHeader, openTable, recogniseColumns, textCell, type Cell, type FieldDefinition, type ReadContext } from '#platform/import'
import { lineagesImporter, readCallRow, samplesImporter } from './import-calls.ts'
import { readSurveyRow, serologyImporter } from './import-surveys.ts'
import { addressOf, placeRow } from './place-row.ts'
import { text } from './text.ts'

/** Rows of a file as the engine gives them to an importer: keyed by the fields its columns were recognised as. */
const rowsOf = async (fields: readonly FieldDefinition[], content: string): Promise<{ mapping: Record<string, string>; rows: Record<string, Cell | undefined>[] }> => {
  const table = await openTable({ bytes: Buffer.from(content), name: 'a.csv' })
  if (!table.ok) throw new Error(table.problem.code)
  const header = findHeader(table.value)
  if (!header.ok) throw new Error(header.problem.code)
  const { mapping } = recogniseColumns(header.value, fields, table.value.head)
  const labels = new Map(header.value.columns.map(({ index, label }) => [index, label]))
  const rows: Record<string, Cell | undefined>[] = []
  for await (const piece of table.value.batches()) {
    if (piece.ok) for (const row of piece.value) if (row.number > header.value.lastRow) rows.push(Object.fromEntries(Object.entries(mapping).map(([field, column]) => [field, row.cells[column]])))
  }
  return { mapping: Object.fromEntries(Object.entries(mapping).map(([field, column]) => [field, labels.get(column) ?? ''])), rows }
}

// Columns as Nextclade 3 and 2 write them; the rows are two of GISAID’s, shortened (Bangladesh, EPI_ISL_8146772, EPI_ISL_9594569).
const NEXTCLADE_COLUMNS = 'index;seqName;clade;Nextclade_pango;partiallyAliased;clade_nextstrain;clade_who;clade_legacy;qc.overallScore;qc.overallStatus;totalSubstitutions;totalMissing;coverage;substitutions;qc.missingData.score;qc.missingData.status;qc.mixedSites.status;qc.frameShifts.status;pcrPrimerChanges;failedGenes;warnings;errors'
const NEXTCLADE = [
  NEXTCLADE_COLUMNS,
  '3;hCoV-19/Bangladesh/IEDCR-ideSHi-OIS-0634/2021|EPI_ISL_8146772|2021-12-19;21K;BA.1;BA.1;21K;Omicron;21K (Omicron);1279.340278;bad;45;6;0.9957529344881785;C106T,C241T,A2832G;0;good;good;good;"Charité_E_F:C26270T,ChinaCDC_N_F:G28881A;G28882A;G28883C";;;',
  '7;hCoV-19/Bangladesh/CHRF-0966/2022|EPI_ISL_9594569|2022-01-10;21K;BA.1.17.2;BA.1.17.2;21K;Omicron;21K (Omicron);0.694444;good;63;9;0.9967561783098686;C241T,C2399T;0;good;good;good;;;;',
  '8;hong;;;;;;;;;;;;;;;;;;;;"In sequence ""hong"": unable to align"',
].join('\r\n')
// pangolin 4 and 3.
const PANGOLIN = [
  'taxon,lineage,conflict,ambiguity_score,scorpio_call,scorpio_support,scorpio_conflict,scorpio_notes,version,pangolin_version,scorpio_version,constellation_version,is_designated,qc_status,qc_notes,note',
  'KG-001,AY.57,0.0,,Delta (B.1.617.2-like),1.0,0.0,scorpio call: Alt alleles 13; Ref alleles 0,PUSHER-v1.23,4.3.1,0.3.19,v0.1.12,False,pass,Ambiguous_content:0.02,Usher placements: AY.57(1/1)',
  'KG-002,Unassigned,,,,,,,PUSHER-v1.23,4.3.1,0.3.19,v0.1.12,False,fail,Ambiguous_content:0.91,',
].join('\n')
const PANGOLIN_3 = [
  'taxon,lineage,conflict,ambiguity_score,scorpio_call,scorpio_support,scorpio_conflict,version,pangolin_version,pangoLEARN_version,pango_version,status,note',
  'BCN-SEARCH-104071,AY.13,,,Delta (B.1.617.2-like),1.0,0.0,PANGO-v1.2.66,3.1.11,2021-08-24,v1.2.66,passed_qc,scorpio call: Alt alleles 13',
  'BCN-SEARCH-102791,None,,,,,,PANGO-v1.2.66,3.1.11,2021-08-24,v1.2.66,fail,seq_len:0',
].join('\n')

const calls = async (content: string) => {
  const { mapping, rows } = await rowsOf(lineagesImporter.fields, content)
  return { mapping, calls: rows.map((row) => readCallRow(row)).map((row) => (row.ok ? { ...row.value.facts, day: row.value.day } : row.faults.map(({ field, problem }) => `${field}: ${problem.code}`))) }
}

describe('tables of Nextclade and pangolin', () => {
  test('R1 Nextclade’s CSV with semicolons, CRLF and a byte order mark; its day from the GISAID name; a sequence it could not read is refused', async () => {
    for (const content of [NEXTCLADE, `\ufeff${NEXTCLADE}`]) {
      const found = await calls(content)
      expect(found.mapping).toMatchObject({ sequence: 'seqName', clade: 'clade', nextclade_pango: 'Nextclade_pango', who: 'clade_who', qc: 'qc.overallStatus', clade_display: 'clade_legacy' })
      expect(found.calls).toEqual([
        {
          sequenceId: 'hCoV-19/Bangladesh/IEDCR-ideSHi-OIS-0634/2021|EPI_ISL_8146772|2021-12-19', tool: 'nextclade', toolVersion: null, lineage: 'BA.1', clade: '21K', whoLabel: 'Omicron', quality: 'bad',
          day: '2021-12-19',
        },
        expect.objectContaining({ lineage: 'BA.1.17.2', quality: 'good', day: '2022-01-10' }),
        ['clade: missing_lineage'],
      ])
    }
  })
  test('R1 Nextclade’s TSV, older columns, with the collection day and the commune in columns of their own', async () => {
    const found = await calls('seqName\tclade\tqc.overallScore\tqc.overallStatus\tNgày lấy mẫu\tXã\tHuyện\nKG-7\t21J (Delta)\t1.2\tmediocre\t19/08/2021\tVĩnh Bảo\tRạch Giá\n')
    expect(found.mapping).toEqual({ sequence: 'seqName', clade: 'clade', qc: 'qc.overallStatus', day: 'Ngày lấy mẫu', commune: 'Xã', district: 'Huyện' })
    expect(found.calls).toEqual([{ sequenceId: 'KG-7', tool: 'nextclade', toolVersion: null, lineage: null, clade: '21J (Delta)', whoLabel: 'Delta', quality: 'mediocre', day: '2021-08-19' }])
  })
  test('R1 pangolin’s CSV of versions 4 and 3', async () => {
    const four = await calls(PANGOLIN)
    expect(four.mapping).toMatchObject({ sequence: 'taxon', lineage: 'lineage', scorpio: 'scorpio_call', version: 'version', qc: 'qc_status' })
    expect(four.mapping['day']).toBeUndefined()
    expect(four.calls).toEqual([
      { sequenceId: 'KG-001', tool: 'pangolin', toolVersion: 'PUSHER-v1.23', lineage: 'AY.57', clade: null, whoLabel: 'Delta', quality: 'good', day: undefined },
      { sequenceId: 'KG-002', tool: 'pangolin', toolVersion: 'PUSHER-v1.23', lineage: null, clade: null, whoLabel: null, quality: 'bad', day: undefined },
    ])
    expect((await calls(PANGOLIN_3)).calls).toEqual([
      expect.objectContaining({ sequenceId: 'BCN-SEARCH-104071', lineage: 'AY.13', whoLabel: 'Delta', quality: 'good', toolVersion: 'PANGO-v1.2.66' }),
      expect.objectContaining({ lineage: null, quality: 'bad' }),
    ])
  })
  test('R1 an office’s own table; a row without a name or a lineage is refused', async () => {
    expect((await calls('Mã mẫu,Ngày lấy mẫu,Huyện,Biến thể\nKG-1,19/08/2021,Rạch Giá,AY.57\n,19/08/2021,Rạch Giá,AY.57\nKG-3,19/08/2021,Rạch Giá,\nKG-4,2021,Rạch Giá,AY.57\n')).calls).toEqual([
      expect.objectContaining({ sequenceId: 'KG-1', tool: 'other', lineage: 'AY.57', day: '2021-08-19' }), ['sequence: missing_sequence'], ['lineage: missing_lineage'], ['day: year_only'],
    ])
  })
  test('the template’s columns are recognised, in both languages', async () => {
    for (const language of ['vi', 'en'] as const) {
      const head = (key: 'lineages.template_head' | 'serology.template_head'): string => text[language][key].split('|').join(',')
      const blank = (key: 'lineages.template_head' | 'serology.template_head'): string => `${head(key)}\n${head(key).replace(/[^,]+/g, 'x')}\n`
      expect(Object.keys((await rowsOf(lineagesImporter.fields, blank('lineages.template_head'))).mapping).toSorted()).toEqual(['clade', 'commune', 'day', 'district', 'lineage', 'qc', 'sequence', 'who'])
      expect(Object.keys((await rowsOf(serologyImporter.fields, blank('serology.template_head'))).mapping).toSorted())
        .toEqual(['ages', 'assay', 'commune', 'district', 'from', 'positive', 'sensitivity', 'sensitivity_of', 'specificity', 'specificity_of', 'survey', 'tested', 'to'])
    }
  })
})

const tree = new AreaTree(parseAreas(readFileSync(join(import.meta.dirname, '../../db/reference/areas.csv'), 'utf8')))
const kienGiang = tree.resolve('91', day('2021-10-12'))
const context: ReadContext = {
  areas: tree, today: day('2021-11-01'), at: '2021-11-01T02:00:00.000Z' as Instant, sender: 'Pasteur', fileName: 'a.csv', options: {}, known: undefined, permits: () => true,
  ...(kienGiang ? { home: () => kienGiang } : {}),
}

describe('where a sample comes from', () => {
  const place = (cells: Record<string, string>, more: Partial<ReadContext> = {}) => {
    const found = placeRow(Object.fromEntries(Object.entries(cells).map(([key, value]) => [key, textCell(value)])), day('2021-10-12'), { ...context, ...more }, { dayField: 'day', name: 'KG-1' })
    return found.ok ? found.value.name : `${found.problem.field}: ${found.problem.problem.code}`
  }
  test('R2 by code, by names, by a laboratory’s location', () => {
    expect(place({ area_code: '30742' })).toBe('Phường Vĩnh Bảo')
    expect(place({ commune: 'Vĩnh Bảo', district: 'Rạch Giá' })).toBe('Phường Vĩnh Bảo')
    expect(addressOf('Asia / Vietnam / Kien Giang / Rach Gia')).toBe('Rach Gia, Kien Giang')
    expect(place({ location: 'Asia / Vietnam / Kien Giang / Rach Gia' })).toBe('Thành phố Rạch Giá')
    expect(place({ location: 'Asia / Vietnam / Kien Giang' })).toBe('Tỉnh Kiên Giang')
  })
  test('R2 refused where nothing says it, the name is unknown, the account may not, or the day has not come', () => {
    expect(place({})).toBe('area: missing_sample_area')
    expect(place({ location: 'Asia / Vietnam' })).toBe('area: missing_sample_area')
    expect(place({}, { options: { area: String(kienGiang?.id) } })).toBe('Tỉnh Kiên Giang')
    expect(place({ location: 'North America / USA / California' })).toBe('location: unknown_area')
    expect(place({ area_code: '30742' }, { permits: () => false })).toBe('area: outside_own_area')
    expect(place({ area_code: '30742' }, { today: day('2021-10-11') })).toBe('day: future_day')
  })
  test('a list of samples needs names, not lineages', async () => {
    const { mapping, rows } = await rowsOf(samplesImporter.fields, '\ufeffstrain,date,division\nKG-001,2021-08-19,Kien Giang\n,2021-08-19,Kien Giang\n')
    expect(mapping).toEqual({ sequence: 'strain', day: 'date', location: 'division' })
    expect(rows.map((row) => samplesImporter.readRow(row, context)).map((row) => (row.ok ? [row.value.sequence, row.value.day] : row.faults[0]?.problem.code))).toEqual([['KG-001', '2021-08-19'], 'missing_sequence'])
  })
})

describe('tables of serosurveys', () => {
  const read = (cells: Record<string, string>) => {
    const row = readSurveyRow(Object.fromEntries(Object.entries(cells).map(([key, value]) => [key, textCell(value)])))
    return row.ok ? { ...row.value.facts, from: row.value.fromOn, to: row.value.toOn, remarks: row.warnings?.map(({ problem }) => problem.code) } : row.faults.map(({ field, problem }) => `${field}: ${problem.code}`)
  }
  const good = { tested: '150', positive: '23', ages: '20-29', to: '05/10/2021' }
  test('R8 a whole row, with an assay validated on so many of so many', () => {
    expect(read({ ...good, from: '01/10/2021', survey: 'KG 2021', assay: 'ELISA', sensitivity: '178/179', specificity: '99,7 %', specificity_of: '359' })).toEqual({
      survey: 'KG 2021', ageFrom: 20, ageTo: 29, tested: 150, positive: 23, assay: 'ELISA', sensitivity: 178 / 179, sensitivityOf: 179, specificity: 0.997, specificityOf: 359,
      from: '2021-10-01', to: '2021-10-05', remarks: [],
    })
  })
  test('R8 one day, ages in two columns or for all, an assay that tells nothing is remarked on', () => {
    expect(read({ tested: '150', positive: '23', to: '05/10/2021', age_from: '20', age_to: '29' })).toMatchObject({ ageFrom: 20, ageTo: 29, from: '2021-10-05', to: '2021-10-05', sensitivity: null })
    expect(read({ tested: '150', positive: '23' })).toMatchObject({ ageFrom: 0, ageTo: null, from: undefined, to: undefined })
    expect(read({ ...good, sensitivity: '0,4', specificity: '0,5' })).toMatchObject({ remarks: ['assay_tells_nothing'] })
  })
  test.each<[string, Record<string, string>]>([
    ['tested: missing_counts', { tested: '' }], ['tested: missing_counts', { tested: '0', positive: '0' }], ['positive: missing_counts', { positive: '' }], ['positive: positive_above_tested', { positive: '151' }],
    ['tested: unreadable_number', { tested: 'nhiều' }], ['ages: ages_unreadable', { ages: 'trẻ em' }], ['ages: ages_crossed', { ages: '29-20' }], ['from: days_crossed', { from: '06/10/2021' }],
    ['to: two_digit_year', { to: '05/10/21' }], ['specificity: half_an_assay', { sensitivity: '95%' }], ['sensitivity: not_a_proportion', { sensitivity: '195%', specificity: '99%' }],
    ['sensitivity_of: half_an_assay', { sensitivity: '95%', sensitivity_of: '0', specificity: '99%' }],
  ])('R8 %s', (code, cells) => {
    expect(read({ ...good, ...cells })).toEqual([code])
  })
})

import { describe, expect, test } from 'vitest'
import { headerFingerprint, recogniseColumns, type FieldDefinition, type Mapping } from './columns.ts'
import { findHeader, type Header } from './header.ts'
import { textCell, type Row } from './table.ts'

const fields: FieldDefinition[] = [
  {
    key: 'caseNumber',
    labels: { vi: ['Số ca', 'Mã ca bệnh', 'Mã bệnh nhân'], en: ['Case number', 'Case id'] },
    required: true,
    kind: 'code',
  },
  { key: 'name', labels: { vi: ['Họ và tên', 'Họ tên', 'Tên bệnh nhân'], en: ['Full name', 'Name'] }, required: true, kind: 'name' },
  { key: 'sex', labels: { vi: ['Giới tính', 'Giới'], en: ['Sex', 'Gender'] }, kind: 'sex' },
  { key: 'birth', labels: { vi: ['Ngày sinh', 'Năm sinh'], en: ['Date of birth', 'Year of birth'] }, kind: 'birth' },
  { key: 'age', labels: { vi: ['Tuổi'], en: ['Age'] }, kind: 'age' },
  { key: 'phone', labels: { vi: ['Số điện thoại', 'Điện thoại'], en: ['Phone'] }, kind: 'phone' },
  { key: 'commune', labels: { vi: ['Xã/phường', 'Xã', 'Phường'], en: ['Commune', 'Ward'] }, kind: 'name' },
  { key: 'district', labels: { vi: ['Huyện/quận', 'Huyện', 'Quận'], en: ['District'] }, kind: 'name' },
  { key: 'onsetOn', labels: { vi: ['Ngày khởi phát'], en: ['Onset date', 'Symptom onset'] }, kind: 'date' },
  { key: 'reportedOn', labels: { vi: ['Ngày báo cáo'], en: ['Report date'] }, required: true, kind: 'date' },
]

const rowsOf = (lines: readonly string[]): Row[] =>
  lines.map((line, index) => ({ number: index + 1, cells: line.split('|').map(textCell) }))

const headerOf = (line: string): Header => {
  const found = findHeader({ format: 'text', head: rowsOf([line]), merges: [] })
  if (!found.ok) throw new Error(found.problem.code)
  return found.value
}

const recognise = (...lines: string[]) => recogniseColumns(headerOf(lines[0] ?? ''), fields, rowsOf(lines))

describe('headers are recognised', () => {
  for (const [line, expected] of [
    [
      'STT|Số ca|Họ và tên|Giới tính|Năm sinh|Xã/phường|Ngày khởi phát|Ngày báo cáo',
      { caseNumber: 1, name: 2, sex: 3, birth: 4, commune: 5, onsetOn: 6, reportedOn: 7 },
    ],
    [
      'so ca|HO TEN|gioi|nam sinh|xa, phuong|ngay khoi phat|ngay bao cao',
      { caseNumber: 0, name: 1, sex: 2, birth: 3, commune: 4, onsetOn: 5, reportedOn: 6 },
    ],
    [
      'Mã BN|Họ & tên|GT|NS|SĐT|P/X|Q/H|Ngày KP|Ngày BC',
      { caseNumber: 0, name: 1, sex: 2, birth: 3, phone: 4, commune: 5, district: 6, onsetOn: 7, reportedOn: 8 },
    ],
    ['case_id|gender|age|symptom_onset|report_date|full_name', { caseNumber: 0, sex: 1, age: 2, onsetOn: 3, reportedOn: 4, name: 5 }],
    [
      'Số ca (*)|Họ và tên bệnh nhân|Ngày khởi phat bệnh (dd/mm/yyyy)|Ngày báo cáo ca',
      { caseNumber: 0, name: 1, onsetOn: 2, reportedOn: 3 },
    ],
    ['Số ca|Họ tên|Ngày khơi phátt|Ngày báo cáo', { caseNumber: 0, name: 1, onsetOn: 2, reportedOn: 3 }],
    ['Số ca|Họ tên|Ngày phát hiện|Ngày báo cáo', { caseNumber: 0, name: 1, reportedOn: 3 }],
  ] as const satisfies readonly (readonly [string, Mapping])[]) {
    test(line, () => expect(recognise(line).mapping).toEqual(expected))
  }

  test('what is left over and what is lacking is said', () => {
    const found = recognise('STT|Họ tên|Nghề nghiệp|Ngày báo cáo')
    expect(found.unmatched).toEqual([2])
    expect(found.missing).toEqual(['caseNumber'])
  })
})

describe('doubts', () => {
  test('two columns of the same name are shown to a person', () => {
    const found = recognise('Số ca|Họ tên|Ngày báo cáo|Ngày báo cáo')
    expect(found.mapping.reportedOn).toBe(2)
    expect(found.ambiguous).toEqual([{ field: 'reportedOn', columns: [2, 3] }])
  })

  test('what the cells hold decides between them', () => {
    const rows = ['x|An|ghi sau|05/09/2021', 'y|Bé|ghi sau|06/09/2021', 'z|Cúc|ghi sau|07/09/2021']
    const found = recognise('Số ca|Họ tên|Ngày báo cáo|Ngày báo cáo', ...rows)
    expect(found.mapping.reportedOn).toBe(3)
    expect(found.ambiguous).toEqual([])
  })

  test('a header without doubt stands although its cells are bad', () => {
    const rows = ['x|An|hôm qua', 'y|Bé|hôm kia', 'z|Cúc|?']
    expect(recognise('Số ca|Họ tên|Ngày báo cáo', ...rows).mapping.reportedOn).toBe(2)
  })
})

describe('a remembered mapping', () => {
  test('goes before recognition, and what it left out stays out', () => {
    const header = headerOf('Số ca|Họ tên|Ngày báo cáo|Tuổi')
    const kept: Mapping = { caseNumber: 0, name: 1, onsetOn: 2 }
    const found = recogniseColumns(header, fields, [], (fingerprint) =>
      fingerprint === headerFingerprint(header.columns) ? kept : undefined,
    )
    expect(found.mapping).toEqual(kept)
    expect(found.remembered).toBe(true)
    expect(found.missing).toEqual(['reportedOn'])
    expect(found.unmatched).toEqual([3])
  })

  test('belongs to the header, not to its tones', () => {
    const fingerprint = (line: string) => headerFingerprint(headerOf(line).columns)
    expect(fingerprint('Số ca|Họ tên')).toBe(fingerprint('SO CA|ho ten'))
    expect(fingerprint('Số ca|Họ tên')).not.toBe(fingerprint('Họ tên|Số ca'))
  })
})

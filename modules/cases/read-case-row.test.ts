import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { day, type Instant } from '#base'
import { AreaTree, parseAreas, type Area } from '#platform/areas'
import { recogniseColumns, textCell, type Column, type ReadContext } from '#platform/import'
import { CASE_FIELDS, readDoses } from './case-fields.ts'
import { readCaseRow } from './read-case-row.ts'

const tree = new AreaTree(parseAreas(readFileSync(`${import.meta.dirname}/../../db/reference/areas.csv`, 'utf8')))
const on = day('2021-10-12')
const id = (code: string): number => tree.resolve(code, on)?.id as number
const context = (more: Partial<ReadContext> = {}): ReadContext => ({
  areas: tree, home: (at) => tree.resolve('91', at) as Area, today: day('2021-10-20'), at: '2021-10-20T02:00:00.000Z' as Instant, sender: 'CDC', fileName: 'ca.csv', options: {}, permits: () => true,
  known: undefined, ...more,
})
const cells = (row: Record<string, string>) => Object.fromEntries(Object.entries(row).map(([key, text]) => [key, textCell(text)]))
const base = { fullName: 'Trần Văn Bé', reportedOn: '12/10/2021', commune: 'Vĩnh Thanh Vân', district: 'Rạch Giá' }
const read = (row: Record<string, string>, more: Partial<ReadContext> = {}) => readCaseRow(cells({ ...base, ...row }), context(more))
const value = (row: Record<string, string>, more: Partial<ReadContext> = {}) => {
  const reading = read(row, more)
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return reading.value
}
const faults = (row: Record<string, string>, more: Partial<ReadContext> = {}) => {
  const reading = read(row, more)
  return reading.ok ? [] : reading.faults.map(({ field, problem }) => `${field}: ${problem.code}`)
}

/** A header of one row. */
const header = (labels: readonly string[]) => ({
  rows: [], lastRow: 1,
  columns: labels.map((label, index): Column => ({ index, label, own: label, role: 'data', letters: String.fromCharCode(65 + index) })),
})
const mapped = (labels: readonly string[]): Record<string, string | undefined> => {
  const { mapping } = recogniseColumns(header(labels), CASE_FIELDS)
  return Object.fromEntries(Object.entries(mapping).map(([field, column]) => [field, labels[column]]))
}

describe('headers', () => {
  test('of a province’s line list', () => {
    expect(mapped(['Họ và tên', 'Năm sinh', 'Giới tính', 'Số CCCD', 'SĐT', 'Địa chỉ', 'Ấp/Khu phố', 'Xã/Phường', 'Quận/Huyện', 'Tỉnh', 'Ngày khởi phát', 'Ngày lấy mẫu',
      'Ngày có kết quả', 'Ngày báo cáo', 'Mã BN', 'Mã ca', 'Nguồn phát hiện', 'Mức độ', 'Kết cục', 'Số mũi vắc xin', 'Mã người lây'])).toEqual({
      fullName: 'Họ và tên', birth: 'Năm sinh', sex: 'Giới tính', nationalId: 'Số CCCD', phone: 'SĐT', currentAddress: 'Địa chỉ', hamlet: 'Ấp/Khu phố',
      commune: 'Xã/Phường', district: 'Quận/Huyện', province: 'Tỉnh', onsetOn: 'Ngày khởi phát', sampleOn: 'Ngày lấy mẫu', resultOn: 'Ngày có kết quả',
      reportedOn: 'Ngày báo cáo', nationalNumber: 'Mã BN', senderNumber: 'Mã ca', detectionSource: 'Nguồn phát hiện', severity: 'Mức độ', outcome: 'Kết cục',
      vaccineDoses: 'Số mũi vắc xin', infectorNumber: 'Mã người lây',
    })
  })
  test('without tones, and in English', () => {
    expect(mapped(['HO VA TEN', 'NGAY SINH', 'XA/PHUONG', 'HUYEN', 'NGAY BAO CAO', 'NGAY TU VONG'])).toEqual({
      fullName: 'HO VA TEN', birth: 'NGAY SINH', commune: 'XA/PHUONG', district: 'HUYEN', reportedOn: 'NGAY BAO CAO', diedOn: 'NGAY TU VONG',
    })
    expect(mapped(['Case ID', 'Full name', 'Age', 'Sex', 'Commune', 'District', 'Onset date', 'Report date', 'Outcome'])).toEqual({
      senderNumber: 'Case ID', fullName: 'Full name', age: 'Age', sex: 'Sex', commune: 'Commune', district: 'District', onsetOn: 'Onset date',
      reportedOn: 'Report date', outcome: 'Outcome',
    })
  })
})

describe('rows', () => {
  test('a full row', () => {
    const { facts, residence, disease } = value({
      birth: '02/03/1985', sex: 'Nữ', nationalId: '091185001234', phone: '+84 912 345 678', onsetOn: '10/10/2021', sampleOn: '2021-10-11', severity: 'Nhẹ',
      detectionSource: 'Ngoài cộng đồng', outcome: 'Đang điều trị', vaccineDoses: '2 mũi', senderNumber: 'RG-17', nationalNumber: 'BN880001', infectorNumber: 'RG-3',
    })
    expect(facts).toMatchObject({
      fullName: 'Trần Văn Bé', birthOn: '1985-03-02', birthYear: 1985, sex: 'female', nationalId: '091185001234', phone: '0912345678', onsetOn: '2021-10-10',
      sampleOn: '2021-10-11', reportedOn: '2021-10-12', severity: 'mild', detectionSource: 'community', outcome: null, vaccineDoses: 2, sender: 'CDC',
      senderNumber: 'RG-17', nationalNumber: 'BN880001', infectorNumber: 'RG-3', diagnosis: 'confirmed', areaId: id('30730'),
    })
    expect(residence).toMatchObject({ communeId: id('30730'), districtId: id('899'), provinceId: id('91'), hamletId: null })
    expect(disease).toBe('covid-19')
    expect(value({}, { options: { disease: 'dengue' } }).disease).toBe('dengue')
  })
  test('R4 the lowest known area; a hamlet that is not on file stays in the address', () => {
    expect(value({ hamlet: 'Khu phố 3' })).toMatchObject({ residence: { communeId: id('30730'), hamletId: null }, facts: { currentAddress: 'Khu phố 3' } })
    expect(value({ commune: '', district: 'Phú Quốc' }).residence).toMatchObject({ areaId: id('911'), communeId: null })
    expect(value({ commune: '', district: '', province: 'Kiên Giang' }).residence).toMatchObject({ areaId: id('91'), districtId: null })
    expect(value({ commune: '', district: '', areaCode: '30730' }).facts.areaId).toBe(id('30730'))
    expect(value({ commune: '', district: '', currentAddress: '12 Nguyễn Trãi, phường Vĩnh Thanh Vân, thành phố Rạch Giá' }).facts.areaId).toBe(id('30730'))
  })
  test('R4 an area that is not found is a fault, never the wider one; an ambiguous one is offered', () => {
    expect(faults({ commune: 'Xã Không Có' })).toEqual(['commune: unknown_area'])
    expect(faults({ commune: 'Bình An', district: '', province: 'Kiên Giang' })).toEqual(['commune: ambiguous_area'])
    const reading = read({ commune: 'Bình An', district: '' })
    const choice = reading.ok ? undefined : reading.faults[0]?.choice
    expect(choice?.areaIds).toHaveLength(2)
    const chosen = choice?.areaIds[1] as number
    expect(value({ commune: 'Bình An', district: '' }, { options: { [choice?.option as string]: String(chosen) } }).facts.areaId).toBe(chosen)
    expect(faults({ commune: '', district: '' })).toEqual(['commune: missing_area'])
    expect(faults({ areaCode: '30742' })).toEqual(['commune: area_mismatch'])
    expect(faults({}, { permits: () => false })).toEqual(['commune: area_outside'])
  })
  test('R12 a list of another place is refused row by row, unless the area of the whole file is given', () => {
    expect(faults({ commune: '', district: '', currentAddress: 'Shangri-La Rasa Sentosa' })).toEqual(['currentAddress: unknown_area'])
    expect(value({ commune: '', district: '', currentAddress: 'Shangri-La Rasa Sentosa' }, { options: { area: String(id('91')) } }).facts).toMatchObject({
      areaId: id('91'), currentAddress: 'Shangri-La Rasa Sentosa',
    })
  })
  test('R12 the reporting day is the row’s, else the file’s, else the day of the result', () => {
    expect(faults({ reportedOn: '' })).toEqual(['reportedOn: missing_report_day'])
    expect(value({ reportedOn: '', resultOn: '09/10/2021' }).facts.reportedOn).toBe('2021-10-09')
    expect(value({ reportedOn: '', resultOn: '09/10/2021' }, { options: { day: '2021-10-11' } }).facts.reportedOn).toBe('2021-10-11')
    expect(faults({ reportedOn: '12/10/21' })).toEqual(['reportedOn: two_digit_year'])
  })
  test('R12 without a name a case is known by its number', () => {
    expect(value({ fullName: '', nationalNumber: 'BN1' }).facts.fullName).toBe('BN1')
    expect(faults({ fullName: '' })).toEqual(['fullName: missing_name'])
  })
  test('R1 impossible and unreadable values, at the column they came from', () => {
    expect(faults({ onsetOn: '13/10/2021' })).toEqual(['onsetOn: onset_after_report'])
    expect(faults({ sampleOn: '21/10/2021' })).toEqual(['sampleOn: future_day'])
    expect(faults({ birth: '1890' })).toEqual(['birth: impossible_age'])
    expect(faults({ age: '125' })).toEqual(['age: impossible_age'])
    expect(faults({ age: '-3' })).toEqual(['age: unreadable_age'])
    expect(faults({ sex: 'Không biết nữa' })).toEqual(['sex: unknown_sex'])
    expect(faults({ severity: 'Hơi nặng', vaccineDoses: '12 mũi' })).toEqual(['severity: unknown_choice', 'vaccineDoses: bad_dose_count'])
    expect(faults({ outcome: 'Tử vong' })).toEqual(['outcomeOn: outcome_day_missing'])
  })
  test('birth from an age, and from the form with a column for each sex', () => {
    expect(value({ age: '36' }).facts.birthYear).toBe(1985)
    expect(value({ age: '11 tháng' }).facts.birthYear).toBe(2020)
    expect(value({ birthFemale: '1990' }).facts).toMatchObject({ birthYear: 1990, sex: 'female' })
    expect(value({ birthMale: '01/02/1991' }).facts).toMatchObject({ birthOn: '1991-02-01', sex: 'male' })
  })
  test('the outcome in words or by its day', () => {
    expect(value({ diedOn: '15/10/2021' }).facts).toMatchObject({ outcome: 'died', outcomeOn: '2021-10-15' })
    expect(value({ recoveredOn: '15/10/2021' }).facts).toMatchObject({ outcome: 'recovered', outcomeOn: '2021-10-15' })
    expect(value({ outcome: 'Xuất viện', outcomeOn: '16/10/2021' }).facts).toMatchObject({ outcome: 'recovered', outcomeOn: '2021-10-16' })
  })
  test('remarks do not refuse', () => {
    const reading = read({ nationalId: '91085001234', birth: '1990' })
    expect(reading.ok && reading.warnings?.map(({ field, problem }) => `${field}: ${problem.code}`)).toEqual([
      'nationalId: zeros_restored', 'nationalId: national_id_birth',
    ])
  })
})

test('vaccine doses as offices write them', () => {
  const doses = (text: string) => {
    const reading = readDoses(textCell(text))
    return reading.ok ? reading.value : reading.problem.code
  }
  expect(['2', '02', '3 mũi', 'Mũi 2', 'Đã tiêm 1 mũi', 'Chưa tiêm', ''].map(doses)).toEqual([2, 2, 3, 2, 1, 0, undefined])
  expect(['11', 'Moderna'].map(doses)).toEqual(['bad_dose_count', 'bad_dose_count'])
})

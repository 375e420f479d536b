import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { firstReports, realTotals, syntheticCare } from './synthetic-figures.ts'
import { isReal, REAL_SOURCE, REAL_UNTIL, SEASON, seasonTotals } from './kien-giang-2021.ts'
import { SYNTHETIC_HEADER, SYNTHETIC_SOURCE, syntheticCases, syntheticFigures, type SyntheticCommune } from './index.ts'

const communes: SyntheticCommune[] = [
  { code: '30730', name: 'Phường Vĩnh Thanh Vân', district: 'Thành phố Rạch Giá', population: 30_000 },
  { code: '30763', name: 'Phường Vĩnh Hiệp', district: 'Thành phố Rạch Giá', population: 10_000 },
]
const season = { communes, count: 4_000, seed: 7, from: day('2021-09-01'), days: 90 }
const column = (name: (typeof SYNTHETIC_HEADER)[number]): number => SYNTHETIC_HEADER.indexOf(name)
const iso = (text: string): string => text.split('/').toReversed().join('-')

describe('the line list', () => {
  const rows = [...syntheticCases(season)]
  test('R1 the same seed gives the same people, another seed others', () => {
    expect([...syntheticCases(season)]).toEqual(rows)
    expect([...syntheticCases({ ...season, seed: 8 })]).not.toEqual(rows)
  })

  test('R2 rows are such as an office sends', () => {
    expect(rows).toHaveLength(4_000)
    for (const row of rows) {
      const at = (name: (typeof SYNTHETIC_HEADER)[number]): string => row[column(name)] as string
      expect(row).toHaveLength(SYNTHETIC_HEADER.length)
      expect(iso(at('Ngày khởi phát')) < iso(at('Ngày báo cáo'))).toBe(true)
      expect(iso(at('Ngày sinh')) < iso(at('Ngày khởi phát'))).toBe(true)
      for (const end of ['Ngày tử vong', 'Ngày khỏi bệnh'] as const) if (at(end) !== '') expect(iso(at(end)) > iso(at('Ngày báo cáo'))).toBe(true)
      expect(at('Số CCCD')).toMatch(/^\d{12}$/)
      expect(at('Số CCCD').slice(4, 6)).toBe(at('Ngày sinh').slice(8))
      expect(Number(at('Số CCCD')[3]) % 2).toBe(at('Giới tính') === 'Nam' ? 0 : 1)
      expect(['0', '1', '2']).toContain(at('Số mũi vắc xin'))
    }
    // Three quarters of the people live in the first; clusters make it more or less, never all or none.
    const first = rows.filter((row) => row[column('Xã/Phường')] === 'Phường Vĩnh Thanh Vân').length
    expect(first).toBeGreaterThan(2_000)
    expect(first).toBeLessThan(3_900)
  })

  test('R4 infections at home are told of', () => {
    const byNumber = new Map(rows.map((row, index) => [row[column('Mã ca')], { row, index }]))
    const later = rows.flatMap((row, index) => (row[column('Mã ca lây')] ? [{ row, index, infector: byNumber.get(row[column('Mã ca lây')] as string) }] : []))
    expect(later.length).toBeGreaterThan(400)
    for (const { row, index, infector } of later) {
      expect(infector?.index).toBeLessThan(index)
      expect(infector?.row[column('Địa chỉ hiện tại')]).toBe(row[column('Địa chỉ hiện tại')])
    }
  })

  test('R5 nobody falls ill twice', () => {
    expect(new Set(rows.map((row) => row[column('Số CCCD')])).size).toBe(rows.length)
    // More than a million people: numbers of the second million begin otherwise.
    const many = [...syntheticCases({ ...season, count: 2_000, persons: 6_000_000 })]
    expect(new Set(many.map((row) => row[column('Số CCCD')])).size).toBe(many.length)
    expect(() => [...syntheticCases({ ...season, persons: 7_999 })]).toThrow(RangeError)
  })
})

test('R3 patients and free beds of a day are together the beds there are, and say that they are made up', () => {
  const rows = [...syntheticCare('91', 1)]
  expect([...syntheticCare('91', 1)]).toEqual(rows)
  const value = (on: string, metric: string): number => Number(rows.find((row) => row[1] === on && row[2] === metric)?.[3])
  for (const on of ['2021-07-20', '2021-09-15', '2022-03-20']) {
    expect(value(on, 'patients_hospital') + value(on, 'beds_free')).toBe(2_400)
    expect(value(on, 'patients_icu')).toBeLessThanOrEqual(value(on, 'patients_hospital'))
  }
  expect(rows.every((row) => row[4] === SYNTHETIC_SOURCE && Number(row[3]) >= 0)).toBe(true)
})

describe('the season', () => {
  test('R3 published days are as published', () => {
    const totals = seasonTotals()
    expect(totals.map(({ on }) => on).at(0)).toBe(SEASON.from)
    expect(totals.at(-1)?.on).toBe('2022-06-30')
    const real = totals.filter(({ on }) => isReal(on))
    expect(real).toHaveLength(182)
    expect(real.reduce((sum, { cases }) => sum + cases, 0)).toBe(7_728)
    expect(real.find(({ on }) => on === '2021-09-05')?.cases).toBe(345)
    expect([isReal(REAL_UNTIL), isReal(day('2021-10-26'))]).toEqual([true, false])
    expect(totals.every(({ cases }) => Number.isInteger(cases) && cases >= 0)).toBe(true)
    const rows = [...realTotals('91')]
    expect(rows).toHaveLength(182)
    expect(rows.every((row) => row[4] === REAL_SOURCE)).toBe(true)
    // What comes before a correction is made up, and is corrected.
    for (const [area, on, metric, value, source] of firstReports('91')) {
      expect(source).toBe(SYNTHETIC_SOURCE)
      const published = rows.find((row) => row[0] === area && row[1] === on && row[2] === metric)
      expect(Number(published?.[3])).toBeGreaterThan(Number(value))
    }
  })

  test('R3 with as many cases as the totals say, each day has its own', () => {
    const totals = seasonTotals()
    const count = totals.reduce((sum, { cases }) => sum + cases, 0)
    const reported = Map.groupBy(syntheticCases({ communes, count, seed: 1, from: SEASON.from, days: totals.length, curve: totals.map(({ cases }) => cases) }),
      (row) => iso(row[column('Ngày báo cáo')] as string))
    expect(totals.map(({ on }) => reported.get(on)?.length ?? 0)).toEqual(totals.map(({ cases }) => cases))
  })

  test('R2 figures stay within the people there are', () => {
    for (const [code, , metric, value] of syntheticFigures(communes, day('2021-09-01'), 90, 1)) {
      const people = communes.find((commune) => commune.code === code)?.population as number
      if (metric?.endsWith('capacity')) continue
      expect(Number(value)).toBeLessThanOrEqual(people)
    }
  })
})

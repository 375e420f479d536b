import { expect, test } from 'vitest'
import { day } from '#base'
import { SYNTHETIC_HEADER, syntheticCases, syntheticFigures, type SyntheticCommune } from './index.ts'

const communes: SyntheticCommune[] = [
  { code: '30730', name: 'Phường Vĩnh Thanh Vân', district: 'Thành phố Rạch Giá', population: 30_000 },
  { code: '30763', name: 'Phường Vĩnh Hiệp', district: 'Thành phố Rạch Giá', population: 10_000 },
]
const season = { communes, count: 2_000, seed: 7, from: day('2021-09-01'), days: 90 }

test('R1 the same seed gives the same people, another seed others', () => {
  const list = (seed: number): string => JSON.stringify([...syntheticCases({ ...season, seed })])
  expect(list(7)).toBe(list(7))
  expect(list(8)).not.toBe(list(7))
})

test('R2 rows are such as an office sends', () => {
  const rows = [...syntheticCases(season)]
  expect(rows).toHaveLength(2_000)
  const iso = (text: string): string => text.split('/').toReversed().join('-')
  for (const row of rows) {
    expect(row).toHaveLength(SYNTHETIC_HEADER.length)
    expect(iso(row[8] as string) < iso(row[9] as string)).toBe(true)
    expect((row[4] as string).slice(4, 6)).toBe((row[2] as string).slice(8))
    expect(Number((row[4] as string)[3]) % 2).toBe(row[3] === 'Nam' ? 0 : 1)
  }
  const first = rows.filter((row) => row[7] === 'Phường Vĩnh Thanh Vân').length
  expect(first).toBeGreaterThan(1_400)
  expect(first).toBeLessThan(1_600)
})

test('R2 figures stay within the people there are', () => {
  for (const [code, , metric, value] of syntheticFigures(communes, day('2021-09-01'), 90, 1)) {
    const people = communes.find((commune) => commune.code === code)?.population as number
    if (metric?.endsWith('capacity')) continue
    expect(Number(value)).toBeLessThanOrEqual(people)
  }
})

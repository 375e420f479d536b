import { expect, test } from 'vitest'
import { day } from '#base'
import type { AssessmentShown } from '../contract.ts'
import { filtered, lacking, rowsOf, sorted, summaryOf, weightOf } from './level-rows.ts'
import { seasonAround } from './season.ts'

const unit = (areaId: number, more: Partial<AssessmentShown> = {}): AssessmentShown => ({
  area: String(areaId), areaId, name: `Xã ${areaId}`, kind: 'Xã', level_of_area: 'commune', parentId: 1, on: '2021-11-22', rulebook: 'qd-4800-2021', level: 1,
  possible: [1], state: 'assessed', missing: [], decisive: [], held: [], estimated: false, population: 9_000, smallPopulation: true, because: [], inputs: {}, ...more,
})
const answer = [
  unit(1, { level_of_area: 'district', name: 'Thành phố Rạch Giá', kind: 'Thành phố', parentId: null }),
  unit(2, { name: 'Phường Vĩnh Bảo' }),
  unit(3, { name: 'Phường An Hòa', level: 3, possible: [3], held: ['cases_count'] }),
  unit(4, { name: 'Xã Phi Thông', level: null, possible: [2, 4], state: 'incomplete', decisive: ['dose1_18plus_share'], estimated: true }),
  unit(5, { name: 'Phường Rạch Sỏi', level: null, possible: [1, 2, 3, 4], state: 'no_data', decisive: ['dose1_18plus_share', 'community_cases_rate'] }),
]
const rows = rowsOf(answer, 'commune', '2021-11-22', () => undefined)
const names = (some: readonly { unit: { name: string } }[]): string[] => some.map((row) => row.unit.name)

test('rows are the units of one level, with the name of the unit above without its kind', () => {
  expect(rows).toHaveLength(4)
  expect(rows[0]).toMatchObject({ above: 'Rạch Giá', level: 1, settled: true })
})

test('on another day of the season the level is known at once, the figures are not yet', () => {
  const moved = rowsOf(answer, 'commune', '2021-11-23', (id) => (id === 2 ? { level: 2, possible: [2], state: 'assessed' } : undefined))
  expect(moved[0]).toMatchObject({ level: 2, settled: false })
  expect(moved[1]).toMatchObject({ level: 3, settled: false })
})

test('the summary counts each level and what is unknown', () => {
  expect(summaryOf(rows)).toEqual({ units: 4, byLevel: { 1: 1, 2: 0, 3: 1, 4: 0 }, unknown: 2 })
})

test('search ignores tones and case; level, district and mark narrow', () => {
  const all = { text: '', level: '', above: '', mark: '' }
  expect(names(filtered(rows, { ...all, text: 'vinh bao' }))).toEqual(['Phường Vĩnh Bảo'])
  expect(filtered(rows, { ...all, text: 'rach gia' })).toHaveLength(4)
  expect(names(filtered(rows, { ...all, level: '3' }))).toEqual(['Phường An Hòa'])
  expect(filtered(rows, { ...all, level: 'unknown' })).toHaveLength(2)
  expect(names(filtered(rows, { ...all, mark: 'held' }))).toEqual(['Phường An Hòa'])
  expect(names(filtered(rows, { ...all, mark: 'estimated' }))).toEqual(['Xã Phi Thông'])
  expect(filtered(rows, { ...all, above: 'Châu Thành' })).toEqual([])
})

test('an open level stands just below the highest it may be, an unknown one last', () => {
  expect(names(sorted(rows, weightOf, true))).toEqual(['Xã Phi Thông', 'Phường An Hòa', 'Phường Vĩnh Bảo', 'Phường Rạch Sỏi'])
  expect(names(sorted(rows, weightOf, false)).at(-1)).toBe('Phường Rạch Sỏi')
})

test('what most units lack comes first', () => {
  expect(lacking(rows)).toEqual([{ input: 'dose1_18plus_share', units: 2 }, { input: 'community_cases_rate', units: 1 }])
})

test('a season ends four weeks after its day, or today, and never crosses the change of the tree', () => {
  expect(seasonAround(day('2021-11-22'), day('2026-01-01'))).toEqual({ from: '2021-09-21', to: '2021-12-20' })
  expect(seasonAround(day('2025-06-20'), day('2026-01-01'))).toMatchObject({ to: '2025-06-30' })
  expect(seasonAround(day('2025-07-10'), day('2025-07-12'))).toEqual({ from: '2025-07-01', to: '2025-07-12' })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { day, type Instant } from '#base'
import { AreaTree, parseAreas } from '#platform/areas'
import { textCell, type ReadContext } from '#platform/import'
import { MetricNames } from './metric.ts'
import { dayField, metricField, readFigureRow } from './read-figure-row.ts'
import { SHIPPED_METRICS } from './shipped-metrics.ts'

const tree = new AreaTree(parseAreas(readFileSync(join(import.meta.dirname, '../../db/reference/areas.csv'), 'utf8')))
const kienGiang = tree.resolve('91', day('2021-10-12'))
const context: ReadContext<MetricNames> = {
  areas: tree, today: day('2021-11-01'), at: '2021-11-01T02:00:00.000Z' as Instant, sender: 'CDC', fileName: 'a.csv', options: {},
  known: new MetricNames(SHIPPED_METRICS), permits: () => true,
}
const read = (cells: Record<string, string>, more: Partial<ReadContext<MetricNames>> = {}) =>
  readFigureRow(Object.fromEntries(Object.entries(cells).map(([key, text]) => [key, textCell(text)])), { ...context, ...more })
const figuresOf = (cells: Record<string, string>, more?: Partial<ReadContext<MetricNames>>) => {
  const row = read(cells, more)
  return row.ok ? row.value.figures.map(({ area, day: on, metric, value }) => `${area.name} ${on} ${metric.code} ${value}`) : row.faults.map(({ field, problem }) => `${field}: ${problem.code}`)
}
const here = { options: { area: String(kienGiang?.id) } }

describe('long and wide tables', () => {
  test('a metric named in the row', () => {
    expect(figuresOf({ area_code: '30742', day: '12/10/2021', metric: 'Ca mắc mới', value: '1.234' })).toEqual(['Phường Vĩnh Bảo 2021-10-12 cases_new 1234'])
    expect(figuresOf({ area_code: '30742', day: '2021-10-12', metric: 'khả năng đáp ứng', value: 'Trung bình' })).toEqual(['Phường Vĩnh Bảo 2021-10-12 response_capacity 1'])
  })
  test('a column a metric, empty cells left out', () => {
    expect(figuresOf({ area_code: '91', province: 'Tỉnh Kiên Giang', day: '2021-10-12', 'metric:cases_new': '76', 'metric:deaths': '', 'metric:tests': '-1' }))
      .toEqual(['Tỉnh Kiên Giang 2021-10-12 cases_new 76', 'Tỉnh Kiên Giang 2021-10-12 tests -1'])
    expect(metricField(context.known.byCode('deaths') as (typeof SHIPPED_METRICS)[number]).labels.vi[0]).toBe('Tử vong')
  })
  test('a column a day', () => {
    expect(dayField('12/10/2021')?.key).toBe('day:2021-10-12')
    expect(dayField('Ghi chú')).toBeUndefined()
    expect(figuresOf({ area: 'Huyện Kiên Lương', metric: 'ca mac moi', 'day:2021-10-11': '3', 'day:2021-10-12': '' }, here)).toEqual(['Huyện Kiên Lương 2021-10-11 cases_new 3'])
    expect(figuresOf({ area: 'Huyện Kiên Lương', 'day:2021-10-11': '3' }, here)).toEqual(['metric: missing_metric'])
  })
  test('the day of the whole file, where the file has no such column', () => {
    expect(figuresOf({ area_code: '30742', 'metric:deaths': '1' }, { options: { day: '2021-10-12' } })).toEqual(['Phường Vĩnh Bảo 2021-10-12 deaths 1'])
    expect(figuresOf({ area_code: '30742', 'metric:deaths': '1' })).toEqual(['day: missing_day'])
  })
  test('a row without figures is remarked on, not refused', () => {
    expect(read({ area_code: '30742', day: '12/10/2021', 'metric:deaths': '' })).toMatchObject({ ok: true, warnings: [{ problem: { code: 'no_figure_in_row' } }] })
  })
})

describe('places', () => {
  const on = { day: '12/10/2021', 'metric:deaths': '1' }
  test('by name with and without tones, told apart by the district', () => {
    expect(figuresOf({ commune: 'vinh bao', district: 'Rạch Giá', ...on }, here)).toEqual(['Phường Vĩnh Bảo 2021-10-12 deaths 1'])
    expect(figuresOf({ commune: 'Bình An', district: 'Kiên Lương', ...on }, here)).toEqual(['Xã Bình An 2021-10-12 deaths 1'])
    expect(figuresOf({ district: 'Kiên Lương', ...on }, here)).toEqual(['Huyện Kiên Lương 2021-10-12 deaths 1'])
    expect(figuresOf({ province: 'Thành phố Hà Nội', ...on }, here)).toEqual(['Thành phố Hà Nội 2021-10-12 deaths 1'])
  })
  test('an ambiguous name is offered for choice, and the answer holds', () => {
    const row = read({ commune: 'Bình An', ...on }, here)
    const choice = row.ok ? undefined : row.faults[0]?.choice
    expect(row).toMatchObject({ ok: false, faults: [{ field: 'commune', problem: { code: 'ambiguous_area' } }] })
    expect(choice?.areaIds.map((id) => tree.parent(id)?.code).toSorted()).toEqual(['902', '905'])
    const chosen = String(choice?.areaIds[1])
    expect(figuresOf({ commune: 'Bình An', ...on }, { options: { ...here.options, [choice?.option ?? '']: chosen } })).toEqual(['Xã Bình An 2021-10-12 deaths 1'])
  })
  test('R7 a code is read on its day: 91 is Kiên Giang in 2021', () => {
    expect(figuresOf({ area_code: '91', day: '30/06/2021', 'metric:deaths': '1' })).toEqual(['Tỉnh Kiên Giang 2021-06-30 deaths 1'])
    expect(figuresOf({ area_code: '91', day: '01/07/2025', 'metric:deaths': '1' }, { today: day('2025-08-01') })).toEqual(['Tỉnh An Giang 2025-07-01 deaths 1'])
    expect(figuresOf({ area_code: '1', ...on })).toEqual(['Thành phố Hà Nội 2021-10-12 deaths 1'])
  })
  test('a code and a name of two areas, an unknown one, a hamlet that is not on file, none at all', () => {
    expect(figuresOf({ area_code: '91', province: 'Tỉnh Hà Giang', ...on })).toEqual(['province: area_mismatch'])
    expect(figuresOf({ area_code: '4242x', ...on })).toEqual(['area_code: unknown_area'])
    expect(figuresOf({ hamlet: 'Ấp Không Có', commune: 'Xã Bình An', district: 'Kiên Lương', ...on }, here)).toEqual(['hamlet: unknown_area'])
    expect(figuresOf(on)).toEqual(['area: missing_area'])
  })
  test('R14 an area that is not one’s own is a fault of the row', () => {
    expect(figuresOf({ area_code: '01', ...on }, { permits: () => false })).toEqual(['area: outside_own_area'])
  })
})

test('R7 a day that has not come, one that cannot be read, and faulty values are faults at their cells', () => {
  expect(figuresOf({ area_code: '30742', day: '02/11/2021', 'metric:deaths': '1' })).toEqual(['day: future_day'])
  expect(figuresOf({ area_code: '30742', day: '12/10/21', 'metric:deaths': '1' })).toContain('day: two_digit_year')
  expect(figuresOf({ area_code: '30742', day: '12/10/2021', 'metric:deaths': 'ba', 'metric:tests': '1,5' })).toEqual(['metric:deaths: unreadable_number', 'metric:tests: not_whole'])
  expect(figuresOf({ area_code: '30742', day: '12/10/2021', metric: 'Chỉ tiêu lạ', value: '1' })).toEqual(['metric: unknown_metric'])
  expect(figuresOf({ area_code: '30742', day: '12/10/2021', value: '1' })).toEqual(['metric: missing_metric'])
})

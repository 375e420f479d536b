import { describe, expect, test } from 'vitest'
import { nameKey } from '#base'
import { MetricNames, readValue, refuseMetric, shownValue, type Metric } from './metric.ts'
import { SHIPPED_METRICS } from './shipped-metrics.ts'

const names = new MetricNames(SHIPPED_METRICS)
const metric = (code: string): Metric => names.byCode(code) as Metric
const problemOf = (result: ReturnType<typeof readValue>): string | undefined => (result.ok ? undefined : result.problem.code)

describe('shipped metrics', () => {
  test('hold every code the rulebooks and the issue name', () => {
    for (const code of [
      'cases_new', 'cases_community', 'deaths', 'patients_oxygen', 'dose1_18plus', 'full_50plus', 'full_65plus', 'full_total', 'full_highrisk', 'population',
      'population_18plus', 'population_50plus', 'population_65plus', 'population_highrisk', 'beds_free', 'icu_free', 'patients_hospital', 'patients_icu', 'response_capacity', 'care_capacity', 'tests', 'positives',
    ]) expect(names.byCode(code)?.code).toBe(code)
  })
  test('no name or alias means two of them', () => {
    const owners = new Map<string, string>()
    for (const { code, nameVi, nameEn, aliases } of SHIPPED_METRICS) {
      for (const name of new Set([code, nameVi, nameEn, ...aliases].map(nameKey))) {
        expect(owners.get(name) ?? code, name).toBe(code)
        owners.set(name, code)
      }
    }
  })
  test('are found by code, by name with and without tones, and by what public files call them', () => {
    expect(names.find('CA MAC MOI')?.code).toBe('cases_new')
    expect(names.find('Ca mắc mới')?.code).toBe('cases_new')
    expect(names.find('confirmed')?.code).toBe('cases_new')
    expect(names.find('tu vong')?.code).toBe('deaths')
    expect(names.find('ghi chú')).toBeUndefined()
  })
})

describe('values', () => {
  test('whole numbers, negative ones too: they are held, not refused', () => {
    expect(readValue(metric('cases_new'), 12)).toEqual({ ok: true, value: 12 })
    expect(readValue(metric('cases_new'), -3)).toEqual({ ok: true, value: -3 })
    expect(problemOf(readValue(metric('cases_new'), 1.5))).toBe('not_whole_number')
    expect(problemOf(readValue(metric('cases_new'), 'mười'))).toBe('not_a_number')
    expect(problemOf(readValue({ ...metric('deaths'), minimum: 0, maximum: 5 }, 6))).toBe('value_out_of_range')
  })
  test('categories by code or by the word an office writes', () => {
    expect(readValue(metric('response_capacity'), 'high')).toEqual({ ok: true, value: 2 })
    expect(readValue(metric('response_capacity'), 'Trung bình')).toEqual({ ok: true, value: 1 })
    expect(readValue(metric('care_capacity'), 'không đạt')).toEqual({ ok: true, value: 0 })
    expect(shownValue(metric('care_capacity'), 1)).toBe('met')
    expect(problemOf(readValue(metric('response_capacity'), 'tuyệt vời'))).toBe('unknown_category')
  })
})

test('R13 a new metric must be its own, and sound', () => {
  const wanted = { code: 'oxygen_litres', nameVi: 'Ô xy còn lại', nameEn: 'Oxygen left', kind: 'stock', categories: [], minimum: 0, maximum: null } as const
  expect(refuseMetric(wanted, names)).toBeUndefined()
  expect(refuseMetric({ ...wanted, code: 'deaths' }, names)?.code).toBe('metric_exists')
  expect(refuseMetric({ ...wanted, nameVi: 'Tu vong' }, names)).toMatchObject({ code: 'metric_name_taken', field: 'nameVi' })
  expect(refuseMetric({ ...wanted, kind: 'category', categories: ['one'] }, names)?.code).toBe('categories_needed')
  expect(refuseMetric({ ...wanted, categories: ['one', 'two'] }, names)?.code).toBe('categories_not_wanted')
  expect(refuseMetric({ ...wanted, minimum: 5, maximum: 4 }, names)?.code).toBe('bounds_crossed')
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  checkModel,
  compileModel,
  describeModel,
  nearestChanges,
  possible,
  readModel,
  type CompiledModel,
  type DecisionModel,
} from '#decisions'

const load = (name: string): { model: DecisionModel; compiled: CompiledModel } => {
  const model = readModel(readFileSync(join(import.meta.dirname, 'rulebook', `${name}.dmn`), 'utf8'))
  if (!model.ok) throw new Error(JSON.stringify(model.problem))
  const compiled = compileModel(model.value)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problem))
  return { model: model.value, compiled: compiled.value }
}
const qd4800 = load('qd-4800-2021')
const qd218 = load('qd-218-2022')

const decide = (book: CompiledModel, inputs: Record<string, unknown>, decision = 'level'): unknown => {
  const evaluated = book.evaluate(inputs, decision)
  return evaluated.ok ? evaluated.value.result : evaluated.problem
}

describe('every shipped rulebook', () => {
  test.each([
    ['qd-4800-2021', qd4800],
    ['qd-218-2022', qd218],
  ])('%s is without fault, gap or overlap', (id, { model, compiled }) => {
    expect(checkModel(model)).toEqual([])
    expect(model.rulebook).toMatchObject({ id, disease: 'covid-19', area: 'VN' })
    expect(compiled.tops).toEqual(['level'])
  })

  test.each([
    ['qd-4800-2021', qd4800],
    ['qd-218-2022', qd218],
  ])('%s: every row says its clause and how sure it is, and found rows their source', (_, { model }) => {
    const rows = describeModel(model).tables.flatMap((table) => table.rows)
    expect(rows.length).toBeGreaterThanOrEqual(30)
    for (const row of rows) {
      expect(row.confidence).not.toBeNull()
      expect(row.clause).toMatch(/^QĐ (4800|218)\/QĐ-BYT, /)
      if (row.confidence === 'found') expect(row.source).toMatch(/^https?:/)
      expect(row.annotations['Giải thích']).toMatch(/\.$/)
      expect(row.annotations['Explanation']).toMatch(/\.$/)
    }
  })

  test('one follows the other without a day between', () => {
    expect(qd4800.model.rulebook).toMatchObject({ validFrom: '2021-10-12', validTo: '2022-01-26' })
    expect(qd218.model.rulebook).toMatchObject({ validFrom: '2022-01-27', validTo: '2023-10-19' })
  })

  test('evidence is asked in the metrics the province reports', () => {
    const metrics = [qd4800, qd218].flatMap(({ model }) =>
      model.inputs.flatMap(({ evidence }) => [...(evidence?.numerator ?? []), ...(evidence?.denominator ? [evidence.denominator] : [])]),
    )
    expect([...new Set(metrics)].toSorted()).toEqual([
      'care_capacity',
      'cases_community',
      'cases_new',
      'deaths',
      'dose1_18plus',
      'full_50plus',
      'full_65plus',
      'full_highrisk',
      'full_total',
      'patients_oxygen',
      'population',
      'population_18plus',
      'population_50plus',
      'population_65plus',
      'population_highrisk',
      'response_capacity',
    ])
    expect(qd4800.model.inputs.find((one) => one.name === 'community_cases_rate')?.evidence).toMatchObject({
      kind: 'rate',
      numerator: ['cases_community'],
      denominator: 'population',
      per: 100_000,
      measure: 'sum',
      windowDays: 7,
      dayBasis: 'report',
      cutoffHour: 24,
    })
    expect(qd4800.model.inputs.filter((one) => one.evidence?.optional).map((one) => one.name)).toEqual(['previous_level'])
  })
})

describe('Decision 4800', () => {
  const october = {
    assessed_on: '2021-10-25',
    community_cases_rate: 73.5,
    dose1_18plus_share: 0.99,
    full_65plus_share: 0.9,
    full_50plus_share: null,
    cases_count: 6_600,
    care_capacity: 'met',
    previous_level: null,
  }
  const level = (more: Record<string, unknown> = {}): unknown => decide(qd4800.compiled, { ...october, ...more })

  test('published levels: HCMC 73.5 per 100,000 and 99 % is 2 (25/10/2021), 150 and 98 % is 3 (15/10/2021)', () => {
    expect(level()).toBe(2)
    expect(level({ assessed_on: '2021-10-15', community_cases_rate: 150, dose1_18plus_share: 0.98 })).toBe(3)
  })

  test('classes of new community cases, cut at 20, 50 and 150', () => {
    const classes = [0, 19.99, 20, 49.99, 50, 149.99, 150, 900].map((community_cases_rate) =>
      decide(qd4800.compiled, { community_cases_rate }, 'transmission'),
    )
    expect(classes).toEqual([1, 1, 2, 2, 3, 3, 4, 4])
  })

  test('the matrix of classes and vaccination', () => {
    const row = (dose1_18plus_share: number): unknown[] =>
      [10, 30, 100, 200].map((community_cases_rate) => level({ community_cases_rate, dose1_18plus_share }))
    expect(row(0.7)).toEqual([1, 1, 2, 3])
    expect(row(0.6999)).toEqual([1, 2, 3, 4])
  })

  test('too few old people vaccinated: one level up, 65+ in October and 50+ from November', () => {
    expect(level({ full_65plus_share: 0.79, full_50plus_share: 0.9 })).toBe(3)
    expect(level({ full_65plus_share: 0.8, full_50plus_share: 0.1 })).toBe(2)
    expect(level({ assessed_on: '2021-10-31', full_65plus_share: 0.79, full_50plus_share: 0.9 })).toBe(3)
    expect(level({ assessed_on: '2021-11-01', full_65plus_share: 0.79, full_50plus_share: 0.9 })).toBe(2)
    expect(level({ assessed_on: '2021-11-01', full_65plus_share: 0.9, full_50plus_share: 0.79 })).toBe(3)
  })

  test('no raise at level 4, nor where there are no cases', () => {
    const missed = { full_65plus_share: 0.5 }
    expect(level({ ...missed, community_cases_rate: 200, dose1_18plus_share: 0.5 })).toBe(4)
    expect(level({ ...missed, community_cases_rate: 0, cases_count: 0 })).toBe(1)
    expect(level({ ...missed, community_cases_rate: 0, cases_count: 1 })).toBe(2)
  })

  test('criterion 3 missed: the level may not go down, but may stay or rise', () => {
    const after = (previous_level: number | null, more = {}): unknown => level({ care_capacity: 'not_met', previous_level, ...more })
    expect([1, 2, 3, 4].map((previous) => after(previous))).toEqual([2, 2, 3, 4])
    expect(after(null)).toBe(2)
    expect([1, 2, 3, 4].map((previous) => after(previous, { community_cases_rate: 200, dose1_18plus_share: 0.5 }))).toEqual([4, 4, 4, 4])
    expect([1, 2, 3, 4].map((previous) => level({ previous_level: previous }))).toEqual([2, 2, 2, 2])
  })

  test('missing evidence tells what it leaves open', () => {
    const open = (more: Record<string, unknown>): unknown => {
      const found = possible(qd4800.compiled, { ...october, ...more }, { decision: 'level' })
      return found.ok ? found.value : found.problem
    }
    expect(open({ full_65plus_share: null })).toMatchObject({ results: [2, 3], decisive: ['full_65plus_share'] })
    expect(open({ assessed_on: '2021-11-02', full_65plus_share: null })).toMatchObject({ results: [2, 3], decisive: ['full_50plus_share'] })
    expect(open({ care_capacity: null })).toMatchObject({
      results: [2],
      decisive: [],
      missing: ['full_50plus_share', 'care_capacity', 'previous_level'],
    })
    expect(open({ care_capacity: null, previous_level: 3 })).toMatchObject({ results: [2, 3], decisive: ['care_capacity'] })
    expect(possible(qd4800.compiled, { assessed_on: '2021-10-25' })).toMatchObject({ value: { results: [1, 2, 3, 4] } })
  })

  test('the nearest change up and down', () => {
    expect(nearestChanges(qd4800.compiled, october, 'level')).toMatchObject({
      value: [
        { input: 'community_cases_rate', direction: 'up', to: 150, inclusive: true, result: 3 },
        { input: 'community_cases_rate', direction: 'down', to: 50, inclusive: false, result: 1 },
        { input: 'dose1_18plus_share', direction: 'down', to: 0.7, inclusive: false, result: 3 },
        { input: 'full_65plus_share', direction: 'down', to: 0.8, inclusive: false, result: 3 },
      ],
    })
  })
})

describe('Decision 218', () => {
  const calm = {
    cases_rate: 100,
    oxygen_rate: 0,
    deaths_rate: 0,
    full_total_share: 0.9,
    full_highrisk_share: 0.95,
    response_capacity: 'high',
  }
  const level = (more: Record<string, unknown> = {}): unknown => decide(qd218.compiled, { ...calm, ...more })

  test('classes of new cases, cut at 90, 450 and 600', () => {
    const classes = [0, 89.9, 90, 449.9, 450, 600, 600.1].map((cases_rate) => decide(qd218.compiled, { cases_rate }, 'transmission_cases'))
    expect(classes).toEqual([1, 1, 2, 2, 3, 3, 4])
  })

  test('published in Hà Nội, 4–5/3/2022: capacity high gives 1, 1, 2, 3; in HCMC class 2 with medium capacity is 2', () => {
    expect([10, 100, 500, 700].map((cases_rate) => level({ cases_rate }))).toEqual([1, 1, 2, 3])
    expect(level({ cases_rate: 100, response_capacity: 'medium' })).toBe(2)
  })

  test('the whole matrix', () => {
    const row = (response_capacity: string): unknown[] => [10, 100, 500, 700].map((cases_rate) => level({ cases_rate, response_capacity }))
    expect([row('high'), row('medium'), row('low')]).toEqual([
      [1, 1, 2, 3],
      [1, 2, 3, 4],
      [2, 3, 4, 4],
    ])
  })

  test('the higher of cases and oxygen counts, and the oxygen thresholds show as the province’s', () => {
    expect(decide(qd218.compiled, { ...calm, cases_rate: 10, oxygen_rate: 16 }, 'transmission')).toBe(3)
    expect(decide(qd218.compiled, { ...calm, cases_rate: 500, oxygen_rate: 8 }, 'transmission')).toBe(3)
    const oxygen = describeModel(qd218.model).tables.find((table) => table.name === 'transmission_oxygen')
    expect(oxygen?.rows.map((row) => row.confidence)).toEqual(['province', 'province', 'province', 'province'])
  })

  test('vaccination missed: one class up before the matrix, so not always one level', () => {
    for (const missed of [{ full_total_share: 0.7499 }, { full_highrisk_share: 0.8999 }]) {
      expect(level({ ...missed, cases_rate: 10 })).toBe(1)
      expect(level({ ...missed, cases_rate: 100 })).toBe(2)
      expect(level({ ...missed, cases_rate: 700 })).toBe(3)
    }
    expect(level({ full_total_share: 0.75, full_highrisk_share: 0.9, cases_rate: 100 })).toBe(1)
  })

  test('more than 6 deaths per 100,000: one level up after the matrix, 4 at most', () => {
    expect(level({ deaths_rate: 6 })).toBe(1)
    expect(level({ deaths_rate: 6.01 })).toBe(2)
    // One death in a ward of fewer than 16 667 people is enough (HCMC, 2022).
    expect([16_666, 16_667].map((population) => level({ deaths_rate: (1 * 100_000) / population }))).toEqual([2, 1])
    expect(level({ cases_rate: 700, response_capacity: 'low', deaths_rate: 10 })).toBe(4)
  })

  test('missing evidence may still leave one level', () => {
    const open = (more: Record<string, unknown>): unknown => {
      const found = possible(qd218.compiled, { ...calm, ...more }, { decision: 'level' })
      return found.ok ? found.value : found.problem
    }
    expect(open({ oxygen_rate: null })).toMatchObject({ results: [1, 2, 3], decisive: ['oxygen_rate'] })
    expect(open({ cases_rate: 700, oxygen_rate: null })).toMatchObject({ results: [3], decisive: [] })
    expect(open({ full_total_share: null, full_highrisk_share: 0.5 })).toMatchObject({ results: [2], decisive: [] })
  })
})

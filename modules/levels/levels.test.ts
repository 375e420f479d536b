import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addDays, day, type Instant, type PlainDate } from '#base'
import { compileModel, readModel } from '#decisions'
import { AreaTree, parseAreas, type Area } from '#platform/areas'
import type { Rulebook } from '#rulebooks'
import { assessorOf, changesOf, copyOf, type PreviousLevel } from './assess.ts'
import { EvidenceBase } from './evidence.ts'
import type { EvidenceFacts, FigureFact, RegistryCount } from './evidence-facts.ts'
import { assessInTurn, assessPeriod, type Ground } from './run-levels.ts'
import { stricterOf } from './stricter.ts'

const home = join(import.meta.dirname, '../..')
const tree = new AreaTree(parseAreas(readFileSync(join(home, 'db/reference/areas.csv'), 'utf8')))
const on = day('2021-11-22')
const unit = (code: string): Area => {
  const area = tree.resolve(code, on)
  if (!area) throw new Error(code)
  return area
}
const district = unit('899')
const ward = unit('30730')
const wards = tree.children(district.id, on)

const book = (id: string, amended: (dmn: string) => string = (dmn) => dmn): Rulebook => {
  const model = readModel(amended(readFileSync(join(home, `modules/rulebooks/rulebook/${id}.dmn`), 'utf8')))
  if (!model.ok) throw new Error(JSON.stringify(model.problem))
  const compiled = compileModel(model.value)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problem))
  return { row: { id } as Rulebook['row'], model: model.value, compiled: compiled.value }
}
const qd4800 = book('qd-4800-2021')
const qd218 = book('qd-218-2022')

const at = '2021-11-22T05:00:00.000Z' as Instant
const figure = (metric: string, value: number, more: Partial<FigureFact> = {}): FigureFact => ({
  areaId: ward.id, day: on, metric, value, held: false, source: 'trạm y tế', recordedAt: at, ...more,
})
const daily = (metric: string, values: readonly number[], more: Partial<FigureFact> = {}): FigureFact[] =>
  values.map((value, i) => figure(metric, value, { day: `2021-11-${String(22 - values.length + 1 + i).padStart(2, '0')}` as PlainDate, ...more }))
const base = (figures: readonly FigureFact[], more: Partial<EvidenceFacts> = {}): EvidenceBase =>
  new EvidenceBase({
    tree, treeDay: on, from: day('2021-11-01'), to: on, figures, counts: [], registryMetrics: ['cases_new', 'cases_community', 'deaths'], registryFrom: null,
    populations: [], ...more,
  })
const people = (population = 20_000): FigureFact[] => [
  figure('population', population), figure('population_18plus', 14_000), figure('dose1_18plus', 13_860), figure('population_50plus', 4_000),
  figure('full_50plus', 3_600), figure('population_65plus', 1_500), figure('full_65plus', 1_400),
]
const met: FigureFact = figure('care_capacity', 1, { category: 'met' })
const levelOf = (rulebook: Rulebook, evidence: EvidenceBase, area = ward, previous?: PreviousLevel) => {
  const assessed = assessorOf(rulebook, evidence, area)(on, previous)
  if (!assessed.ok) throw new Error(JSON.stringify(assessed.problem))
  return assessed.value
}

describe('levels under QĐ 4800', () => {
  test('R1 a level is decided with the rows and clauses that decided it', () => {
    // 73.5 per 100 000 and 99 % with a dose is level 2: Ho Chi Minh City, 25/10/2021 (04-rules §1.3).
    const assessed = levelOf(qd4800, base([...people(), met, ...daily('cases_community', [2, 2, 2, 2, 2, 2, 2.7]), ...daily('cases_new', [3, 3, 3, 3, 3, 3, 3])]))
    expect(assessed.inputs['community_cases_rate']?.value).toBeCloseTo(73.5, 6)
    expect(assessed).toMatchObject({ level: 2, possible: [2], missing: ['previous_level'], held: [] })
    expect(assessed.because.map((step) => step.table)).toContain('matrix_level')
    expect(assessed.because.every((step) => step.row !== null)).toBe(true)
  })
  test('R2 missing evidence is never zero: the levels it leaves open are listed', () => {
    const nothing = levelOf(qd4800, base([]))
    expect(nothing.level).toBeNull()
    expect(nothing.possible).toEqual([1, 2, 3, 4])
    expect(nothing.missing).toContain('community_cases_rate')
    const noCoverage = levelOf(qd4800, base([figure('population', 20_000), met, ...daily('cases_community', [4, 4, 4, 4, 4, 4, 4]), ...daily('cases_new', [4, 4, 4, 4, 4, 4, 4])]))
    // 140 per 100 000: 2 with the first dose at 70 %, 3 below it, one more each where the old are not covered.
    expect(noCoverage.possible).toEqual([2, 3, 4])
    expect(noCoverage.decisive).toContain('dose1_18plus_share')
  })
  test('R3 days that were reported are a lower bound for the week', () => {
    const partial = levelOf(qd4800, base([...people(), met, ...daily('cases_community', [30, 30, 30]), ...daily('cases_new', [30, 30, 30])]))
    expect(partial.inputs['community_cases_rate']).toMatchObject({ value: null, missingDays: 4, atLeast: 450 })
    expect(partial).toMatchObject({ level: 3, possible: [3] })
  })
  test('R4 a held figure counts as missing and is shown as held', () => {
    const quiet = [...people(), met, ...daily('cases_new', [0, 0, 0, 0, 0, 0, 0])]
    const held = levelOf(qd4800, base([...quiet, ...daily('cases_community', [0, 0, 0, 0, 0, 0, 0]), figure('cases_community', 5000, { held: true })]))
    expect(held.level).toBeNull()
    expect(held.held).toEqual(['community_cases_rate'])
    expect(held.inputs['community_cases_rate']?.missingDays).toBe(1)
  })
  test('R5 a figure goes before the registry, the registry before the sum of the parts', () => {
    const counts: RegistryCount[] = [{ areaId: ward.id, day: on, metric: 'cases_community', value: 3, changedAt: at }]
    const registry = { counts, registryFrom: day('2021-11-01') }
    expect(base([], registry).input(ward.id, on, evidenceOf('community_cases_rate')).numerator).toBe(3)
    expect(base([figure('cases_community', 8)], registry).input(ward.id, on, evidenceOf('community_cases_rate')).numerator).toBe(8)
    expect(base([], registry).input(district.id, on, evidenceOf('community_cases_rate')).numerator).toBe(3)
    expect(base([figure('cases_community', 8)], registry).input(district.id, on, evidenceOf('community_cases_rate'))).toMatchObject({ numerator: 8, sources: ['figures', 'registry'] })
  })
  test('R6 before its first case the registry says nothing', () => {
    const early = base([], { counts: [], registryFrom: day('2021-12-01') }).input(ward.id, on, evidenceOf('community_cases_rate'))
    expect(early).toMatchObject({ missing: true, numerator: null })
  })
  test('R7 a district is the sum of its communes when every one reported, else at least what is known', () => {
    const all = wards.flatMap((area) => daily('cases_community', [1, 1, 1, 1, 1, 1, 1], { areaId: area.id }))
    const rate = evidenceOf('community_cases_rate')
    expect(base(all).input(district.id, on, rate)).toMatchObject({ numerator: 7 * wards.length, missingDays: 0 })
    const some = all.filter((fact) => fact.areaId !== ward.id)
    const input = base([...some, figure('population', 228_416, { areaId: district.id })]).input(district.id, on, rate)
    expect(input).toMatchObject({ numerator: null, missingDays: 7 })
    expect(input.atLeast).toBeCloseTo((7 * (wards.length - 1) * 100_000) / 228_416, 9)
  })
  test('R8 a category holds below the area it was reported for until a unit below reports its own', () => {
    const evidence = base([figure('care_capacity', 0, { areaId: district.id, category: 'not_met' }), figure('care_capacity', 1, { areaId: wards[1]?.id ?? 0, category: 'met' })])
    const capacity = evidenceOf('care_capacity')
    expect(evidence.input(ward.id, on, capacity)).toMatchObject({ value: 'not_met', sources: ['inherited'] })
    expect(evidence.input(wards[1]?.id ?? 0, on, capacity)).toMatchObject({ value: 'met', sources: ['figures'] })
  })
  test('R9 without care capacity the level may not go down from the one before', () => {
    const quiet = [...people(), ...daily('cases_community', [0, 0, 0, 0, 0, 0, 0]), ...daily('cases_new', [0, 0, 0, 0, 0, 0, 0])]
    const before: PreviousLevel = { level: 3, day: day('2021-11-15'), published: true }
    expect(levelOf(qd4800, base([...quiet, met]), ward, before).level).toBe(1)
    expect(levelOf(qd4800, base([...quiet, { ...met, category: 'not_met' }]), ward, before).level).toBe(3)
    expect(levelOf(qd4800, base([...quiet, { ...met, category: 'not_met' }]))).toMatchObject({ level: 1, missing: ['previous_level'] })
    expect(levelOf(qd4800, base(quiet), ward, before).possible).toEqual([1, 3])
  })
  test('R10 the nearest change is told in cases', () => {
    const assessed = levelOf(qd4800, base([...people(), met, ...daily('cases_community', [2, 2, 2, 2, 2, 2, 2]), ...daily('cases_new', [2, 2, 2, 2, 2, 2, 2])]))
    const changes = changesOf(assessed)
    const up = changes.ok && changes.value.find((change) => change.input === 'community_cases_rate' && change.direction === 'up')
    // 14 cases now; 150 per 100 000 of 20 000 people are 30.
    expect(up).toMatchObject({ to: 150, level: 3, counts: 16 })
    // Too few of the old are covered: one level up as long as there is a case. A count is told as it is.
    const raised = changesOf(levelOf(qd4800, base([
      ...people().filter(({ metric }) => metric !== 'full_50plus'), figure('full_50plus', 2_000), met,
      ...daily('cases_community', [2, 2, 2, 2, 2, 2, 2]), ...daily('cases_new', [2, 2, 2, 2, 2, 2, 2]),
    ])))
    const down = raised.ok && raised.value.find((change) => change.input === 'cases_count' && change.direction === 'down')
    expect(down).toMatchObject({ to: 0, counts: -14 })
  })
  test('R10 beside a stricter variant it is the higher of both that changes', () => {
    // The variant raises from 100 on, and stays at the level down to 40.
    const variant = book('qd-4800-2021', (dmn) => dmn.replace('[50..150)', '[40..100)').replace('&gt;= 150', '&gt;= 100').replace('[20..50)', '[20..40)'))
    const evidence = base([...people(), met, ...daily('cases_community', [2, 2, 2, 2, 2, 2, 2]), ...daily('cases_new', [2, 2, 2, 2, 2, 2, 2])])
    const both = stricterOf(levelOf(qd4800, evidence), levelOf(variant, evidence))
    const byRate = (changes: ReturnType<typeof changesOf>) => changes.ok && changes.value.filter(({ input }) => input === 'community_cases_rate')
    expect(both.level).toBe(2)
    expect(byRate(changesOf(both))).toMatchObject([{ direction: 'up', to: 100, level: 3, counts: 6 }, { direction: 'down', to: 40, level: 1, counts: -7 }])
    // Of a variant that lacks its evidence nothing is known: the level rises all the same, but no fall is promised.
    const dark = copyOf(levelOf(variant, base([])), { level: 1, possible: [1, 2] })
    expect(byRate(changesOf(stricterOf(levelOf(qd4800, evidence), dark)))).toMatchObject([{ direction: 'up', to: 150, level: 3 }])
  })
  test('R11 no rulebook in force is said, not guessed', () => {
    const assessed = assessorOf(undefined, base([]), ward)(day('2021-09-01'))
    expect(assessed.ok && assessed.value).toMatchObject({ rulebook: null, level: null, possible: [] })
  })
})

test('R15 a long question lets others be answered in between, and says the same as at once', async () => {
  const days = Array.from({ length: 120 }, (_, n) => addDays(day('2021-10-15'), n))
  const ground: Ground = { days, areas: [district, ...wards], base: base([...people(), met, ...daily('cases_community', [2, 2, 2, 2, 2, 2, 2])], { from: day('2021-10-01'), to: day('2022-07-01') }), published: [], publishedBy: new Map() }
  const law = { books: [qd4800], at: () => ({ rule: qd4800, variants: [] }) }
  let answered = 0
  let over = false
  const others = (): void => {
    if (over) return
    answered += 1
    setImmediate(others)
  }
  setImmediate(others)
  const inTurn = await assessInTurn(ground, law, 'run')
  over = true
  // Five units of 120 days at once, of thirteen.
  expect(answered).toBeGreaterThan(1)
  const said = (made: typeof inTurn) => made.ok && made.value.map((units) => units.map(({ area, on: date, level, possible, inputs }) => [area.code, date, level, possible, inputs['cases_count']?.value]))
  expect(said(inTurn)).toEqual(said(assessPeriod(ground, law, 'run')))
})

test('R12 under QĐ 218 one death in a small commune raises the level (ADM-11)', () => {
  const zero = [0, 0, 0, 0, 0, 0, 0]
  const facts = (deaths: readonly number[]): FigureFact[] => [
    figure('population', 12_000), figure('full_total', 10_000), figure('population_highrisk', 2_000), figure('full_highrisk', 1_900),
    figure('response_capacity', 3, { category: 'high' }), ...daily('cases_new', zero), ...daily('patients_oxygen', zero), ...daily('deaths', deaths),
  ]
  expect(levelOf(qd218, base(facts(zero))).level).toBe(1)
  expect(levelOf(qd218, base(facts([0, 0, 1, 0, 0, 0, 0]))).level).toBe(2)
})

function evidenceOf(name: string) {
  const evidence = qd4800.model.inputs.find((input) => input.name === name)?.evidence
  if (!evidence) throw new Error(name)
  return evidence
}

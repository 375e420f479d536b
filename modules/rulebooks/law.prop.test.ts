import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, day, type Instant, type PlainDate } from '#base'
import { AreaTree, parseAreas } from '#platform/areas'
import { findRulebook, lawOf, type Rulebook } from './law.ts'
import { rulesBetween } from './never-laxer.ts'

const tree = new AreaTree(parseAreas(readFileSync(join(import.meta.dirname, '../../db/reference/areas.csv'), 'utf8')))
const START = day('2021-10-12')
const areaOf = (code: string): number => tree.resolve(code, START)?.id ?? 0
const [NATION, PROVINCE, DISTRICT, WARD, OTHER_DISTRICT] = ['VN', '91', '899', '30730', '900'].map(areaOf) as [number, number, number, number, number]
const areas = [NATION, PROVINCE, DISTRICT, WARD, OTHER_DISTRICT]

const version = (id: string, number: number, kind: 'rule' | 'variant', areaId: number, from: number, lasts: number | null): Rulebook => ({
  row: {
    id, version: number, kind, areaId, disease: 'covid-19', validFrom: addDays(START, from), validTo: null, lastOn: lasts === null ? null : addDays(START, from + lasts),
    loadedAt: `2021-10-01T00:00:${String(number).padStart(2, '0')}.000Z` as Instant,
  } as Rulebook['row'],
  model: {} as Rulebook['model'], compiled: { tops: ['level'] as readonly string[] } as Rulebook['compiled'],
})
const one = fc.record({
  id: fc.constantFrom('a', 'b', 'c'), kind: fc.constantFrom<'rule' | 'variant'>('rule', 'rule', 'variant'), area: fc.constantFrom(...areas), from: fc.integer({ min: 0, max: 30 }),
  lasts: fc.option(fc.integer({ min: 0, max: 20 })),
})
const books = fc.array(one, { maxLength: 8 }).map((all) => all.map(({ id, kind, area, from, lasts }, i) => version(`${kind}-${id}`, i + 1, kind, area, from, lasts)))
const where = fc.constantFrom(...areas)
const when = fc.integer({ min: -2, max: 55 }).map((n): PlainDate => addDays(START, n))
const holds = ({ row }: Rulebook, areaId: number, on: PlainDate): boolean =>
  row.validFrom <= on && (row.lastOn === null || on <= row.lastOn) && tree.isWithin(areaId, row.areaId)

test('R5 the rule is in force there and then, no other is nearer, and none of its own was decided later', () => {
  fc.assert(fc.property(books, where, when, (all, areaId, on) => {
    const { rule, variants } = lawOf(all, tree, 'covid-19').at(areaId, on)
    const candidates = all.filter((book) => book.row.kind === 'rule' && holds(book, areaId, on))
    expect(rule === undefined).toBe(candidates.length === 0)
    if (rule) {
      expect(candidates).toContain(rule)
      for (const other of candidates) {
        expect(tree.isWithin(rule.row.areaId, other.row.areaId)).toBe(true)
        if (other.row.id === rule.row.id && other.row.areaId === rule.row.areaId) expect(other.row.version).toBeLessThanOrEqual(rule.row.version)
      }
    }
    for (const variant of variants) expect(variant.row.kind === 'variant' && holds(variant, areaId, on)).toBe(true)
  }))
})

test('R9 a version that begins on a day changes nothing before it, nothing after its last, and nothing in other areas', () => {
  fc.assert(fc.property(books, one, where, when, (all, { id, kind, area, from, lasts }, areaId, on) => {
    const added = version(`${kind}-${id}`, all.length + 1, kind, area, from, lasts)
    fc.pre(!holds(added, areaId, on))
    expect(lawOf([...all, added], tree, 'covid-19').at(areaId, on)).toEqual(lawOf(all, tree, 'covid-19').at(areaId, on))
  }))
})

test('R9 on its days, in its area, the version decided last is the rule', () => {
  fc.assert(fc.property(books, fc.constantFrom(...areas), fc.integer({ min: 0, max: 30 }), (all, areaId, from) => {
    const same = all.filter((book) => book.row.kind === 'variant' || book.row.id === 'rule-a')
    const added = version('rule-a', 99, 'rule', areaId, from, null)
    expect(lawOf([...same, added], tree, 'covid-19').at(areaId, addDays(START, from)).rule).toBe(added)
  }))
})

test('R11 the rules between two days are those of each day', () => {
  fc.assert(fc.property(books, where, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 20 }), (all, areaId, from, lasts) => {
    const law = lawOf(all, tree, 'covid-19')
    const daily = new Set(Array.from({ length: lasts + 1 }, (_, i) => law.at(areaId, addDays(START, from + i)).rule).filter((rule) => rule !== undefined))
    expect(new Set(rulesBetween(law, areaId, addDays(START, from), addDays(START, from + lasts)))).toEqual(daily)
  }))
})

test('a version by name: the last, or the one numbered', () => {
  const all = [version('qd-1', 1, 'rule', NATION, 0, null), version('qd-1', 2, 'rule', PROVINCE, 5, null), version('qd-1-899', 1, 'variant', DISTRICT, 0, null)]
  expect(['qd-1', 'qd-1@1', 'qd-1@3', 'qd-1-899', 'qd'].map((name) => findRulebook(all, name)?.row.version)).toEqual([2, 1, undefined, 1, undefined])
})

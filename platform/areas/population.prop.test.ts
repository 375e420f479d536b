import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { AreaTree, parseAreas, type Area } from './area.ts'
import { distribute, parsePopulations } from './population.ts'

describe('distribution by weights', () => {
  test('known cases', () => {
    expect(distribute(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(distribute(0, [3, 0])).toEqual([0, 0])
    expect(distribute(7, [0, 5, 0])).toEqual([0, 7, 0])
    // Largest remainder: 21 × (41, 29, 30) ∕ 100 = 8.61, 6.09, 6.30.
    expect(distribute(21, [41, 29, 30])).toEqual([9, 6, 6])
  })

  test('what cannot be distributed is a bug', () => {
    expect(() => distribute(1, [0, 0])).toThrow(RangeError)
    expect(() => distribute(1, [])).toThrow(RangeError)
    expect(() => distribute(-1, [1])).toThrow(RangeError)
    expect(() => distribute(1.5, [1])).toThrow(RangeError)
    expect(() => distribute(1, [-1, 2])).toThrow(RangeError)
  })

  const weights = fc.array(fc.nat(2_000_000_000), { minLength: 1, maxLength: 200 }).filter((list) => list.some((weight) => weight > 0))

  test('the parts are whole, sum to the total, and none is a person away from its quota', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), weights, (total, list) => {
        const parts = distribute(total, list)
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total)
        const sum = list.reduce((a, weight) => a + BigInt(weight), 0n)
        parts.forEach((part, i) => {
          expect(Number.isInteger(part) && part >= 0).toBe(true)
          const away = BigInt(part) * sum - BigInt(total) * BigInt(list[i] as number)
          expect(away < sum && away > -sum).toBe(true)
        })
      }),
    )
  })

  test('a larger weight never gets less', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), weights, (total, list) => {
        const parts = distribute(total, list)
        const order = list.map((weight, i) => ({ weight, part: parts[i] as number })).sort((a, b) => a.weight - b.weight || a.part - b.part)
        order.slice(1).forEach((entry, i) => expect(entry.part).toBeGreaterThanOrEqual((order[i] as { part: number }).part))
      }),
    )
  })
})

describe('reference populations', () => {
  const reference = (name: string): string => readFileSync(join(import.meta.dirname, '../../db/reference', name), 'utf8')
  const tree = new AreaTree(parseAreas(reference('areas.csv')))
  const rows = parsePopulations(reference('population.csv'))
  const in2021 = day('2021-10-12')
  const kienGiang = tree.resolve('91', in2021) as Area
  const people = new Map(rows.filter((row) => row.metric === 'population').map((row) => [row.areaId, row]))
  const sum = (areas: readonly Area[]): number => areas.reduce((total, area) => total + (people.get(area.id)?.value ?? Number.NaN), 0)

  test('63 provinces, 15 districts, 144 communes, each once', () => {
    expect(rows.filter((row) => row.metric === 'population')).toHaveLength(63 + 15 + 144)
    expect(new Set(rows.map((row) => `${row.areaId} ${row.metric} ${row.asOf}`)).size).toBe(rows.length)
  })

  test('districts sum to the province, communes to their district, exactly', () => {
    expect(people.get(kienGiang.id)?.value).toBe(1_728_900)
    const districts = tree.children(kienGiang.id, in2021)
    expect(sum(districts)).toBe(1_728_900)
    for (const district of districts) expect(sum(tree.children(district.id, in2021))).toBe(people.get(district.id)?.value)
  })

  test('found values are as found, distributed ones are marked', () => {
    const of = (code: string): unknown => {
      const row = people.get((tree.resolve(code, in2021) as Area).id)
      return [row?.value, row?.estimated]
    }
    expect([of('899'), of('914'), of('31024'), of('30787'), of('30895')]).toEqual([
      [228_416, false],
      [29_882, false],
      [20_747, false],
      [30_917, false],
      [20_195, false],
    ])
    const estimated = tree
      .children(kienGiang.id, in2021)
      .filter((area) => people.get(area.id)?.estimated)
      .map((area) => area.code)
    expect(estimated).toEqual(['900', '905', '910', '911'])
    for (const row of rows) {
      expect(row.estimated).toBe(row.confidence === 'distributed')
      expect(row.source).not.toBe('')
      expect(row.value).toBeGreaterThan(0)
    }
    expect(rows.filter((row) => row.metric === 'population_with_temporary').map((row) => row.value)).toEqual([81_576, 179_480])
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { AreaTree, parseAreas, type Area } from './area.ts'
import { Crosswalk, parseSuccessors } from './crosswalk.ts'

const reference = (name: string): string => readFileSync(join(import.meta.dirname, '../../db/reference', name), 'utf8')
const areas = parseAreas(reference('areas.csv'))
const tree = new AreaTree(areas)
const successors = parseSuccessors(reference('area-successors.csv'))
const crosswalk = new Crosswalk(tree, successors)
const byFrom = Map.groupBy(successors, (link) => link.fromId)
const twoTiers = day('2025-07-01')
const unit = (code: string, on: string): Area => tree.resolve(code, day(on)) as Area
const targets = (code: string, from: string, to: string): unknown[] =>
  crosswalk.targets(unit(code, from).id, day(to)).map((target) => [tree.byId(target.areaId)?.name, target.share, target.estimated])

describe('reference successors', () => {
  test('the shares of every unit sum to exactly 1', () => {
    for (const links of byFrom.values()) expect(links.reduce((sum, link) => sum + Math.round(link.share * 1e6), 0)).toBe(1_000_000)
  })

  test('a link leads from a unit that ended to one that began the day after', () => {
    for (const { fromId, toId } of successors) {
      const [from, to] = [tree.byId(fromId) as Area, tree.byId(toId) as Area]
      expect((from.validTo as string) < to.validFrom).toBe(true)
    }
  })

  test('every commune of Kiên Giang and An Giang has successors; elsewhere three have none', () => {
    const without = tree.atDay(day('2025-06-30')).filter((area) => area.level === 'commune' && !byFrom.has(area.id))
    expect(without.map((area) => area.code).sort()).toEqual(['01304', '07144', '07150'])
    expect(
      tree
        .below(unit('91', '2021-10-12').id, 'commune', day('2021-10-12'))
        .every((area) => crosswalk.targets(area.id, twoTiers).length > 0),
    ).toBe(true)
  })

  test('every commune since 01/07/2025 comes from somewhere, within its province', () => {
    const made = new Set(successors.map((link) => link.toId))
    expect(tree.atDay(twoTiers).filter((area) => area.level === 'commune' && !made.has(area.id))).toEqual([])
    const provinceOf = new Map(successors.filter((link) => link.basis === 'whole province').map((link) => [link.fromId, link.toId]))
    for (const { fromId, toId } of successors) {
      if (tree.byId(toId)?.level !== 'commune' || tree.byId(toId)?.validFrom !== twoTiers) continue
      expect(provinceOf.get(tree.atLevel(fromId, 'province')?.id as number)).toBe(tree.byId(toId)?.parentId)
    }
  })
})

describe('conversion', () => {
  test('Rạch Giá through both mergers', () => {
    expect(targets('30742', '2021-10-12', '2025-03-01')).toEqual([['Phường Vĩnh Thanh Vân', 1, false]])
    expect(targets('30730', '2021-10-12', '2025-07-01')).toEqual([['Phường Rạch Giá', 1, false]])
    const { values } = crosswalk.convert(
      [
        { areaId: unit('30742', '2021-10-12').id, value: 2 },
        { areaId: unit('30730', '2021-10-12').id, value: 3 },
      ],
      twoTiers,
    )
    expect(values).toEqual([{ areaId: unit('30742', '2025-07-01').id, value: 5, estimated: false }])
  })

  test('a split unit goes by share, marked', () => {
    expect(targets('30334', '2021-10-12', '2025-07-01')).toEqual([
      ['Phường Châu Đốc', 0.5, true],
      ['Phường Vĩnh Tế', 0.5, true],
    ])
  })

  test('a unit that stands stays itself; a province and a district go to the new province; a whole district to its one unit', () => {
    expect(targets('30733', '2021-10-12', '2025-06-30')).toEqual([['Phường Vĩnh Thanh', 1, false]])
    expect(targets('91', '2021-10-12', '2025-07-01')).toEqual([['Tỉnh An Giang', 1, false]])
    expect(targets('902', '2021-10-12', '2025-07-01')).toEqual([['Tỉnh An Giang', 1, false]])
    expect(targets('912', '2021-10-12', '2025-07-01')).toEqual([['Đặc khu Kiên Hải', 1, false]])
    expect(targets('498', '2021-10-12', '2025-07-01')).toEqual([['Đặc khu Hoàng Sa', 1, false]])
  })

  test('a hamlet left open goes with its commune', () => {
    const commune = unit('30808', '2021-10-12')
    const hamlet: Area = {
      ...commune,
      id: 1_000_000,
      code: 'a1',
      level: 'hamlet',
      kind: 'Ấp',
      name: 'Ấp Hòa Lập',
      parentId: commune.id,
      validTo: null,
    }
    const wider = new Crosswalk(new AreaTree([...areas, hamlet]), successors)
    expect(wider.targets(hamlet.id, day('2021-10-12'))).toEqual([{ areaId: hamlet.id, share: 1, estimated: false }])
    expect(wider.targets(hamlet.id, twoTiers)).toEqual([{ areaId: unit('30787', '2025-07-01').id, share: 1, estimated: false }])
  })

  test('what has no way is handed back', () => {
    const later = { areaId: unit('30742', '2025-07-01').id, value: 4 }
    const unknown = { areaId: 9_999_999, value: 1 }
    expect(crosswalk.convert([later, unknown], day('2021-10-12'))).toEqual({ values: [], unconverted: [later, unknown] })
  })

  const former = tree.atDay(day('2021-10-12'))
  const someValues = fc.array(fc.record({ areaId: fc.nat(former.length - 1).map((i) => (former[i] as Area).id), value: fc.nat(100_000) }), {
    maxLength: 60,
  })

  test('nothing is lost and nothing added, on any later day', () => {
    fc.assert(
      fc.property(
        someValues,
        fc.constantFrom('2021-10-12', '2024-12-31', '2025-01-01', '2025-06-30', '2025-07-01', '2030-01-01'),
        (values, on) => {
          const converted = crosswalk.convert(values, day(on))
          expect(converted.unconverted).toEqual([])
          const before = values.reduce((sum, entry) => sum + entry.value, 0)
          const after = converted.values.reduce((sum, entry) => sum + entry.value, 0)
          expect(Math.abs(after - before)).toBeLessThanOrEqual(1e-9 * Math.max(1, before))
          const here = new Set(tree.atDay(day(on)).map((area) => area.id))
          for (const entry of converted.values) expect(here.has(entry.areaId)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('where no estimate took part, the numbers are whole and exact', () => {
    fc.assert(
      fc.property(someValues, (values) => {
        const { values: converted } = crosswalk.convert(values, twoTiers)
        for (const entry of converted) if (!entry.estimated) expect(Number.isInteger(entry.value)).toBe(true)
        const whole = values.filter(({ areaId }) => crosswalk.targets(areaId, twoTiers).every((target) => !target.estimated))
        const exact = crosswalk.convert(whole, twoTiers).values
        expect(exact.reduce((sum, entry) => sum + entry.value, 0)).toBe(whole.reduce((sum, entry) => sum + entry.value, 0))
        expect(exact.every((entry) => !entry.estimated)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

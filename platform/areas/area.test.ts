import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { AreaTree, bareName, COMMUNE_BLOCK, parseAreas, standsOn, type Area } from './area.ts'

const reference = (name: string): string => readFileSync(join(import.meta.dirname, '../../db/reference', name), 'utf8')
const areas = parseAreas(reference('areas.csv'))
const tree = new AreaTree(areas)
const unit = (code: string, on: string): Area => tree.resolve(code, day(on)) as Area
const count = (level: Area['level'], on: string): number => tree.atDay(day(on)).filter((area) => area.level === level).length

describe('reference units', () => {
  test('three tiers to 30/06/2025, two from 01/07/2025', () => {
    expect([count('country', '2025-06-30'), count('province', '2025-06-30'), count('district', '2025-06-30')]).toEqual([1, 63, 696])
    expect(count('commune', '2025-06-30')).toBe(10_035)
    expect([count('province', '2025-07-01'), count('district', '2025-07-01'), count('commune', '2025-07-01')]).toEqual([34, 0, 3_321])
  })

  test('Kiên Giang has 144 communes in 2021 and 143 from 01/01/2025', () => {
    const communes = (on: string): Area[] => tree.below(unit('91', on).id, 'commune', day(on))
    expect(communes('2021-11-01')).toHaveLength(144)
    expect(communes('2024-12-31')).toHaveLength(144)
    expect(communes('2025-01-01')).toHaveLength(143)
    expect(tree.children(unit('91', '2021-11-01').id, day('2021-11-01'))).toHaveLength(15)
    expect(tree.below(unit('899', '2021-11-01').id, 'commune', day('2021-11-01'))).toHaveLength(12)
    expect(communes('2021-11-01').every((area) => !area.standsIn)).toBe(true)
    expect(
      Object.fromEntries(
        Map.groupBy(communes('2021-11-01'), (area) => area.kind)
          .entries()
          .map(([kind, list]) => [kind, list.length]),
      ),
    ).toEqual({ Phường: 18, Xã: 116, 'Thị trấn': 10 })
  })

  test('a code means nothing without its day', () => {
    expect(unit('91', '2025-06-30').name).toBe('Tỉnh Kiên Giang')
    expect(unit('91', '2025-07-01').name).toBe('Tỉnh An Giang')
    expect(unit('30742', '2021-10-12').name).toBe('Phường Vĩnh Bảo')
    expect(unit('30742', '2025-03-01').name).toBe('Phường Vĩnh Thanh Vân')
    expect(unit('30742', '2025-07-01').name).toBe('Phường Rạch Giá')
    expect(unit('31078', '2021-10-12').name).toBe('Phường Dương Đông')
    expect(unit('31078', '2026-01-01').name).toBe('Đặc khu Phú Quốc')
    expect(tree.resolve('30730', day('2025-01-01'))).toBeUndefined()
    expect(tree.resolve('899', day('2025-07-01'))).toBeUndefined()
  })

  test('a unit that did not change in Kiên Giang has one row through 30/06/2025', () => {
    const rows = areas.filter((area) => area.code === '30733')
    expect(rows.map(({ name, validTo }) => [name, validTo])).toEqual([['Phường Vĩnh Thanh', '2025-06-30']])
  })

  test('no code stands for two units of one level on one day', () => {
    for (const on of ['2021-10-12', '2025-03-01', '2025-07-01']) {
      const keys = tree.atDay(day(on)).map((area) => `${area.level} ${area.code}`)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  test('parents stand while their children stand', () => {
    for (const area of areas) {
      const parent = tree.parent(area.id)
      if (parent) expect(standsOn(parent, area.validFrom) && standsOn(parent, area.validTo ?? area.validFrom)).toBe(true)
    }
  })
})

describe('positions', () => {
  test.each(['2021-10-12', '2025-03-01', '2025-07-01'])('on %s parents span their children, siblings do not meet, all fits int4', (on) => {
    for (const parent of tree.atDay(day(on))) {
      let end = parent.pos
      for (const child of tree.children(parent.id, day(on))) {
        expect(child.pos > end && child.posEnd <= parent.posEnd).toBe(true)
        end = child.posEnd
      }
      expect(parent.posEnd).toBeLessThan(2 ** 31)
    }
  })

  test('units of two trees in one district have positions of their own', () => {
    const inRachGia = areas.filter((area) => area.parentId === unit('899', '2021-10-12').id)
    expect(inRachGia).toHaveLength(13)
    inRachGia.slice(1).forEach((area, i) => expect(area.pos).toBeGreaterThan((inRachGia[i] as Area).posEnd))
  })

  test('every commune has room for 99 hamlets', () => {
    for (const area of areas) if (area.level === 'commune') expect(area.posEnd - area.pos + 1).toBe(COMMUNE_BLOCK)
  })

  test('the range of new An Giang holds the facts of Kiên Giang and of old An Giang', () => {
    const after = unit('91', '2025-07-01')
    for (const before of [unit('91', '2025-06-30'), unit('89', '2025-06-30')])
      expect(after.pos < before.pos && before.posEnd <= after.posEnd).toBe(true)
    const other = unit('92', '2025-06-30')
    expect(other.pos > after.posEnd || other.posEnd < after.pos).toBe(true)
  })
})

describe('tree', () => {
  const commune = unit('30808', '2021-10-12')

  test('ancestors, levels and containment', () => {
    expect(tree.ancestors(commune.id).map((area) => area.name)).toEqual(['Huyện Kiên Lương', 'Tỉnh Kiên Giang', 'Việt Nam'])
    expect(tree.atLevel(commune.id, 'province')?.name).toBe('Tỉnh Kiên Giang')
    expect(tree.isWithin(commune.id, unit('902', '2021-10-12').id)).toBe(true)
    expect(tree.isWithin(commune.id, unit('905', '2021-10-12').id)).toBe(false)
    expect(tree.isWithin(commune.id, commune.id)).toBe(true)
  })

  test('two days of one period share a number, a change of the tree starts another', () => {
    expect(tree.period(day('2021-01-01'))).toBe(tree.period(day('2024-12-31')))
    expect(tree.period(day('2025-01-01'))).toBe(tree.period(day('2024-12-31')) + 1)
    expect(tree.period(day('2025-07-01'))).toBe(tree.period(day('2025-06-30')) + 1)
  })

  test('bare names', () => {
    expect(bareName(commune)).toBe('Bình An')
    expect(bareName({ kind: 'Phường', name: 'Phường 6' })).toBe('6')
  })

  test('rows that contradict are refused', () => {
    expect(() => new AreaTree([commune])).toThrow('has no parent')
    expect(() => new AreaTree([...areas, commune])).toThrow('stands twice')
    expect(() => parseAreas('id\n1,VN,planet,Nước,Việt Nam,Viet Nam,,2010-01-01,,f,0,9')).toThrow('not an area')
  })
})

describe('boundaries', () => {
  const files = ['districts-2021', 'communes-2021', 'communes-2025', 'provinces']
  type Feature = {
    id: number
    properties: { validFrom: string; validTo: string | null }
    geometry: { type: string; coordinates: number[][][] | number[][][][] }
  }
  const features = (name: string): Feature[] => (JSON.parse(reference(`boundaries/${name}.geojson`)) as { features: Feature[] }).features
  const ringsOf = ({ geometry }: Feature): number[][][] =>
    geometry.type === 'Polygon' ? (geometry.coordinates as number[][][]) : (geometry.coordinates as number[][][][]).flat()

  test('each shape is a unit, closed and of at least four points', () => {
    expect(files.map((name) => features(name).length)).toEqual([15, 145, 102, 97])
    for (const feature of files.flatMap(features)) {
      expect(tree.byId(feature.id)?.validTo).toBe(feature.properties.validTo)
      for (const ring of ringsOf(feature)) {
        expect(ring.length).toBeGreaterThanOrEqual(4)
        expect(ring.at(-1)).toEqual(ring[0])
      }
    }
  })

  test('every commune of 2021 and every unit of its day has a shape', () => {
    for (const [name, province, level, on] of [
      ['communes-2021', '91', 'commune', '2021-10-12'],
      ['communes-2021', '91', 'commune', '2025-03-01'],
      ['districts-2021', '91', 'district', '2021-10-12'],
      ['communes-2025', '91', 'commune', '2025-07-01'],
    ] as const) {
      const drawn = new Set(features(name).map((feature) => feature.id))
      expect(tree.below(unit(province, on).id, level, day(on)).filter((area) => !drawn.has(area.id))).toEqual([])
    }
  })

  test('Kiên Giang lies where it lies, and Hoàng Sa and Trường Sa are drawn', () => {
    for (const [lon, lat] of features('communes-2021').flatMap(ringsOf).flat() as [number, number][]) {
      expect(lon > 103.1 && lon < 105.6 && lat > 9.2 && lat < 10.6).toBe(true)
    }
    const reach = (code: string, on: string): number =>
      Math.max(
        ...ringsOf(features('provinces').find((feature) => feature.id === unit(code, on).id) as Feature)
          .flat()
          .map(([lon]) => lon as number),
      )
    for (const on of ['2025-06-30', '2025-07-01']) {
      expect(reach('48', on)).toBeGreaterThan(112)
      expect(reach('56', on)).toBeGreaterThan(117)
    }
  })
})

import { describe, expect, test } from 'vitest'
import { samplePoisson, seededRandom, type Random } from '../numerics/index.ts'
import { distanceKm, nearestPlaces, scan, type ScanData } from './index.ts'

const line = (count: number): readonly (readonly number[])[] => nearestPlaces(Array.from({ length: count }, (_, n) => ({ latitude: n, longitude: 0 })))
const even = (areas: number, days: number, value = 1): readonly (readonly number[])[] => Array.from({ length: areas }, () => Array.from({ length: days }, () => value))

const epidemic = (random: Random, areas: number, days: number, mean: number): ScanData => {
  const places = Array.from({ length: areas }, () => ({ latitude: 9 + random.uniform(), longitude: 105 + random.uniform() }))
  const weights = places.map(() => 0.5 + random.uniform())
  return {
    nearest: nearestPlaces(places),
    expected: weights.map((weight) => Array.from({ length: days }, () => weight)),
    cases: weights.map((weight) => Array.from({ length: days }, () => samplePoisson(random, mean * weight))),
  }
}

/** All cylinders one by one from the definition: slow, and nothing in common with the search but the formula. */
const bruteForce = ({ cases, expected, nearest }: ScanData, longest: number): { ratio: number; areas: readonly number[]; days: number } => {
  const sum = (rows: readonly ArrayLike<number>[], areas: readonly number[], last: number): number =>
    areas.reduce((total, area) => total + Array.from(rows[area] as ArrayLike<number>).slice(-last).reduce((one, value) => one + value, 0), 0)
  const everywhere = nearest.map((_, area) => area)
  const days = cases[0]?.length ?? 0
  const C = sum(cases, everywhere, days)
  const E = sum(expected, everywhere, days)
  let best = { ratio: 0, areas: [] as readonly number[], days: 0 }
  for (const order of nearest) {
    for (let size = 1; size <= order.length; size++) {
      const areas = order.slice(0, size)
      if (size > 1 && sum(expected, areas, days) > E / 2) break
      for (let last = 1; last <= longest; last++) {
        const c = sum(cases, areas, last)
        const e = (sum(expected, areas, last) / E) * C
        if (c < 2 || c <= e) continue
        const ratio = c * Math.log(c / e) + (c === C ? 0 : (C - c) * Math.log((C - c) / (C - e)))
        if (ratio > best.ratio) best = { ratio, areas, days: last }
      }
    }
  }
  return best
}

test('the example: nine cases in one area on the last day', () => {
  const cases = even(10, 10, 0).map((row, area) => row.map((_, day) => (area === 3 ? (day === 9 ? 9 : 0) : day === 0 ? 1 : 0)))
  const [first, ...others] = scan({ cases, expected: even(10, 10), nearest: line(10) }, seededRandom(1))
  expect(first).toMatchObject({ centre: 3, areas: [3], days: 1, cases: 9, expected: expect.closeTo(0.18, 12), relativeRisk: expect.closeTo(99, 9), p: 0.001 })
  expect(first?.logLikelihoodRatio).toBeCloseTo(9 * Math.log(50) + 9 * Math.log(9 / 17.82), 12)
  expect(others).toEqual([])
})

describe('the search', () => {
  test('finds what trying all cylinders finds', () => {
    const random = seededRandom(5)
    for (let n = 0; n < 8; n++) {
      const data = epidemic(random, 12, 10, 0.4)
      const [found] = scan(data, seededRandom(n), { replicates: 9 })
      const best = bruteForce(data, 5)
      expect(found?.logLikelihoodRatio).toBeCloseTo(best.ratio, 10)
      expect([found?.areas, found?.days]).toEqual([best.areas, best.days])
    }
  })

  test('two outbreaks far apart are two clusters without a common area', () => {
    const cases = even(40, 20).map((row, area) => row.map((count, day) => (day >= 16 && (Math.abs(area - 8) <= 1 || Math.abs(area - 30) <= 2) ? 8 : count)))
    const clusters = scan({ cases, expected: even(40, 20), nearest: line(40) }, seededRandom(1), { replicates: 199 })
    expect(clusters.map(({ areas, days }) => [areas.toSorted((a, b) => a - b), days])).toEqual([[[28, 29, 30, 31, 32], 4], [[7, 8, 9], 4]])
    expect(clusters.every(({ p }) => p === 1 / 200)).toBe(true)
  })

  test('the same seed gives the same answer', () => {
    const data = epidemic(seededRandom(2), 20, 14, 0.5)
    expect(scan(data, seededRandom(3), { replicates: 99 })).toEqual(scan(data, seededRandom(3), { replicates: 99 }))
  })
})

test('without an outbreak p is spread evenly', () => {
  const random = seededRandom(17)
  const ps = Array.from({ length: 60 }, () => scan(epidemic(random, 10, 8, 1), random, { replicates: 99 })[0]?.p ?? 1)
  expect(ps.filter((p) => p <= 0.1).length / 60).toBeLessThan(0.2)
  expect(ps.filter((p) => p <= 0.5).length / 60).toBeGreaterThan(0.33)
  expect(ps.filter((p) => p <= 0.5).length / 60).toBeLessThan(0.67)
})

test('too few cases, or none beyond what is expected: no cluster', () => {
  expect(scan({ cases: [[0, 1]], expected: [[1, 1]], nearest: [[0]] }, seededRandom(1))).toEqual([])
  expect(scan({ cases: even(2, 4), expected: even(2, 4), nearest: line(2) }, seededRandom(1))).toEqual([])
  expect(scan({ cases: [], expected: [], nearest: [] }, seededRandom(1))).toEqual([])
})

test('data that do not fit are an error', () => {
  const good = { cases: even(3, 4), expected: even(3, 4), nearest: line(3) }
  const run = (change: Partial<ScanData>, options = {}): (() => unknown) => () => scan({ ...good, ...change }, seededRandom(1), options)
  expect(run({ cases: even(2, 4) })).toThrow('one entry for each area')
  expect(run({ cases: [[1], [1, 2], [3]] })).toThrow('same days')
  expect(run({ cases: even(3, 4, 0.5) })).toThrow('whole numbers')
  expect(run({ expected: even(3, 4, -1) })).toThrow('negative')
  expect(run({ expected: even(3, 4, 0) })).toThrow('something must be expected')
  expect(run({ nearest: [[1], [1], [2]] })).toThrow('area itself')
  expect(run({}, { longest: 5 })).toThrow('longest window')
  expect(run({}, { replicates: 0 })).toThrow('replicate')
  expect(run({}, { largestShare: 0 })).toThrow('share')
})

test('distances on the globe; the nearest first', () => {
  expect(distanceKm({ latitude: 0, longitude: 0 }, { latitude: 1, longitude: 0 })).toBeCloseTo(111.195, 3)
  // Hà Nội – Thành phố Hồ Chí Minh, about 1 140 km.
  expect(distanceKm({ latitude: 21.0285, longitude: 105.8542 }, { latitude: 10.7769, longitude: 106.7009 })).toBeCloseTo(1143.5, -1)
  expect(nearestPlaces([{ latitude: 0, longitude: 0 }, { latitude: 2, longitude: 0 }, { latitude: 1, longitude: 0 }])[0]).toEqual([0, 2, 1])
  expect(() => nearestPlaces([{ latitude: Number.NaN, longitude: 0 }])).toThrow('coordinates')
})

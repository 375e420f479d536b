import { describe, expect, test } from 'vitest'
import { dayPoints, detect, episodesOf, severityOf, weekPoints, type Alarm, type AreaCounts, type Commune, type Effect, type Point } from './detect.ts'

const area = (counts: readonly (number | null)[], sensitivity: AreaCounts['sensitivity'] = 'standard'): AreaCounts => ({ areaId: 1, counts, sensitivity })

describe('days against the week before', () => {
  // Mean 2, standard deviation 1; C2 leaves two days between: U = 2 + 3.0902.
  const quiet = [1, 3, 1, 3, 1, 3, 2, 2, 2]
  test('a count above the bound of EARS C2 sounds', () => {
    expect(dayPoints(area([...quiet, 9]), 1)).toEqual([{ back: 0, observed: 9, expected: 2, bound: expect.closeTo(5.0902, 4), alarm: true }])
    expect(dayPoints(area([...quiet, 5]), 1)).toMatchObject([{ alarm: false }])
  })
  test('R4 below the least count of the sensitivity nothing sounds, whatever the bound', () => {
    const none = Array.from({ length: 9 }, () => 0)
    expect((['low', 'standard', 'high'] as const).map((one) => [2, 3, 4, 5, 7, 8, 9].find((count) => dayPoints(area([...none, count], one), 1)[0]?.alarm))).toEqual([9, 5, 3])
  })
  test('an unknown day is no alarm and spoils only what rests on it', () => {
    expect(dayPoints(area([...quiet, null]), 1)).toMatchObject([{ observed: null, alarm: false }])
    expect(dayPoints(area([null, ...quiet.slice(1), 9]), 1)).toMatchObject([{ bound: null, alarm: false }])
    expect(dayPoints(area([1, 2, 3]), 5)).toEqual([])
  })
})

describe('weeks against past years', () => {
  const years = (count: number, last: number): number[] => Array.from({ length: count * 7 }, (_, n) => (n < (count - 1) * 7 ? 1 + (n % 2) : last))
  test('a week far above three steady years sounds, one like them does not', () => {
    const high = weekPoints(area(years(172, 9)), 4)
    expect(high.map(({ back, alarm }) => [back, alarm])).toEqual([[21, false], [14, false], [7, false], [0, true]])
    expect(high.at(-1)).toMatchObject({ observed: 63 })
    expect(high.at(-1)?.expected).toBeCloseTo(10.5, 0)
    expect(weekPoints(area(years(172, 2)), 4).some(({ alarm }) => alarm)).toBe(false)
  })
  test('with less than two years nothing is said', () => {
    expect(weekPoints(area(years(90, 9)), 4)).toEqual([])
    expect(weekPoints(area([...Array.from({ length: 100 * 7 }, () => null), ...years(72, 9)]), 4)).toEqual([])
  })
})

test('severity counts how many times the way from expected to bound', () => {
  expect([severityOf(6, 2, 5), severityOf(8, 2, 5), severityOf(14, 2, 5), severityOf(3, 2, 2)]).toEqual([1, 2, 3, 3])
})

test('R1 alarms at most seven days apart are one episode', () => {
  const points = [30, 29, 21, 14, 7].map((back): Point => ({ back, observed: 9, expected: 1, bound: 2, alarm: back !== 29 }))
  expect(episodesOf(points).map((episode) => episode.map(({ back }) => back))).toEqual([[30], [21, 14, 7]])
})

describe('clusters in space and time', () => {
  // Nine communes in a square, two cases a day each; the middle one and its right neighbour have ten a day in the last three days.
  const communes = Array.from({ length: 9 }, (_, n): Commune => ({
    areaId: n, sensitivity: 'standard', latitude: 10 + 0.1 * Math.floor(n / 3), longitude: 105 + 0.1 * (n % 3),
    counts: Array.from({ length: 60 }, (_, day) => (day >= 57 && (n === 4 || n === 5) ? 10 : 2)),
  }))
  const [found, ...more] = detect({ kind: 'clusters', communes, seed: 7 }) as Alarm[]
  test('the communes and days that stand out are found, judged by p', () => {
    expect(more).toEqual([])
    expect(found?.evidence.cluster?.areaIds.toSorted()).toEqual([4, 5])
    expect(found).toMatchObject({ method: 'scan', first: 2, last: 0, observed: 60, bound: null, severity: 2 })
    expect(found?.evidence.cluster).toMatchObject({ days: 3, p: 0.001 })
    expect(found?.evidence.observed.slice(-4)).toEqual([4, 20, 20, 20])
  })
  test('R3 the same inputs and seed give the same findings', () => {
    expect(detect({ kind: 'clusters', communes, seed: 7 })).toEqual([found])
  })
  test('a week that is bad everywhere, and a commune that always has more, are no cluster', () => {
    const everywhere = communes.map((one, n) => ({ ...one, counts: one.counts.map((_, day) => (n === 0 ? 5 : 1) * (day >= 53 ? 4 : 1)) }))
    expect(detect({ kind: 'clusters', communes: everywhere, seed: 7 })).toEqual([])
  })
})

test('R7 a higher sensitivity never means fewer episodes of a single outbreak', () => {
  const outbreak = Array.from({ length: 100 }, (_, day) => (day === 90 ? 6 : day === 60 ? 4 : 1))
  const effects = detect({ kind: 'effect', areas: [area(outbreak), area(outbreak.map(() => 1))] }) as Effect[]
  expect(effects).toEqual([{ sensitivity: 'low', episodes: 0, areas: 0 }, { sensitivity: 'standard', episodes: 1, areas: 1 }, { sensitivity: 'high', episodes: 2, areas: 1 }])
})

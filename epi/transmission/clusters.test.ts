import { describe, expect, test } from 'vitest'
import { findClusters, knoxExpectation, knoxTest, seededRandom, toPlane } from '../index.ts'

// Sixty made-up cases, [east km, north km, day]; the first eight near each other in space and time.
const CASES: readonly (readonly [number, number, number])[] = [[10.34,11.63,40],[11.62,10.12,41],[10.77,11.61,42],[10.66,10.21,43],[11.2,11.53,44],[11.21,10.61,45],[10.25,11.54,46],[10.59,11.08,47],[17.33,10.87,56],[18.93,2.78,90],[15.36,22.79,8],[15.15,22.82,10],[16.02,27.1,90],[16.72,28.99,68],[26.04,15.46,14],[24.89,16.48,57],[3.34,4.91,77],[21.11,4.94,57],[26.92,23.59,6],[8.39,22.53,16],[6.85,23.53,93],[0.46,19.63,57],[3.87,11.34,76],[2.8,0.26,8],[7.11,28.66,97],[23.73,25.16,49],[17.99,6.4,54],[27.3,14.84,44],[16.81,19.09,92],[22.67,27.63,2],[11.38,0.35,11],[11.2,8.02,92],[5.11,13.07,64],[13.6,24.88,37],[7.75,26.13,37],[10.09,7.53,60],[26.69,9.73,43],[6.06,9.19,87],[17.38,5.53,32],[6.23,20.4,88],[8.44,22.99,89],[23.59,20.46,52],[5.19,6.27,54],[17.12,21.36,12],[12.58,18.16,44],[8.03,10.22,1],[1.43,1.24,13],[3.1,12.05,84],[9.42,2.37,50],[24.02,9.38,61],[6.88,9.75,43],[6.39,2.35,34],[26.31,4.51,57],[29.8,4.57,18],[25.33,27.4,76],[27.31,21.07,99],[14.14,24.62,41],[6.73,19.97,7],[3.83,6.49,1],[8.39,13.89,18]]
const places = { eastKm: Float64Array.from(CASES, ([east]) => east), northKm: Float64Array.from(CASES, ([, north]) => north) }
const days = CASES.map(([, , day]) => day)

describe('Knox’s test', () => {
  test('as R’s surveillance 1.20 knox(): 31 pairs close in both of 75 and 231, 9.788 expected', () => {
    const found = knoxTest(places, days, { kilometres: 3, days: 5 }, seededRandom(1))
    expect([found.closeInBoth, found.closeInSpace, found.closeInTime, found.pairs]).toEqual([31, 75, 231, 1770])
    expect(found.expected).toBeCloseTo(9.78813559322, 10)
    // P(X ≥ 31) by scipy 1.17; R's 1.52e-8 is P(X > 31).
    expect((found.poissonP / 5.033915761000293e-8).toFixed(10)).toBe('1.0000000000')
    expect(found.permutationP).toBe(1 / 1000)
  })
  test('Knox (1964): 96 cases of childhood leukaemia, 25 pairs within a kilometre, 152 within 60 days, 5 in both', () => {
    const { expected, ratio, poissonP } = knoxExpectation(25, 152, 4560, 5)
    expect(expected).toBeCloseTo(0.83, 2)
    expect(ratio).toBeCloseTo(6, 1)
    expect(poissonP).toBeLessThan(0.002)
  })
  test('days at random are no signal; nothing near is no signal either', () => {
    const random = seededRandom(5)
    const shuffled = days.map(() => Math.floor(random.uniform() * 100))
    expect(knoxTest(places, shuffled, { kilometres: 3, days: 5 }, random, 199).permutationP).toBeGreaterThan(0.05)
    expect(knoxTest(places, days, { kilometres: 0, days: 0 }, random, 9)).toMatchObject({ closeInBoth: 0, ratio: undefined, poissonP: 1, permutationP: 1 })
  })
})

describe('clusters', () => {
  test('the eight planted cases are one, in place and time', () => {
    const [first] = findClusters(places, days, { kilometres: 2, days: 3 }, 3)
    expect(first?.cases).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect([first?.fromDay, first?.toDay]).toEqual([40, 47])
    expect(first?.eastKm).toBeCloseTo(10.83, 2)
  })
  test('links chain, and both distances count as close when equal', () => {
    const line = { eastKm: Float64Array.of(0, 1, 2, 9), northKm: new Float64Array(4) }
    expect(findClusters(line, [0, 3, 6, 6], { kilometres: 1, days: 3 }).map(({ cases }) => cases)).toEqual([[0, 1, 2]])
    expect(findClusters(line, [0, 3, 7, 7], { kilometres: 1, days: 3 }).map(({ cases }) => cases)).toEqual([[0, 1]])
    expect(findClusters(line, [5, 5, 5, 5], { kilometres: 0, days: 0 }, 1)).toHaveLength(4)
    expect(() => findClusters(line, [1], { kilometres: 1, days: 1 })).toThrow(RangeError)
    expect(() => findClusters(line, [1, 1, 1, 1], { kilometres: -1, days: 1 })).toThrow(RangeError)
  })
})

test('degrees to kilometres: Rạch Giá to Hà Tiên and across Phú Quốc, within 0.5 % of the great circle', () => {
  const points = [[105.085, 10.012], [104.488, 10.383], [103.97, 10.22], [104.03, 10.0]] as const
  const plane = toPlane(points.map(([longitude]) => longitude), points.map(([, latitude]) => latitude))
  const radian = Math.PI / 180
  for (const [a, b] of [[0, 1], [2, 3], [0, 2]] as const) {
    const [one, two] = [points[a], points[b]]
    const [dLat, dLon] = [(two[1] - one[1]) * radian, (two[0] - one[0]) * radian]
    const great = 2 * 6371.0088 * Math.asin(Math.sqrt(Math.sin(dLat / 2) ** 2 + Math.cos(one[1] * radian) * Math.cos(two[1] * radian) * Math.sin(dLon / 2) ** 2))
    const flat = Math.hypot((plane.eastKm[a] as number) - (plane.eastKm[b] as number), (plane.northKm[a] as number) - (plane.northKm[b] as number))
    expect(Math.abs(flat / great - 1)).toBeLessThan(0.005)
  }
  expect(toPlane([0, 0], [0, 1]).northKm[1]).toBeCloseTo(111.195, 3)
  expect(() => toPlane([0], [91])).toThrow(RangeError)
})

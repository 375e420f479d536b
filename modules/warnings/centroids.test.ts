import { expect, test } from 'vitest'
import { day } from '#base'
import { centreOf, communeCentres } from './centroids.ts'

test('the middle of a square, and of two islands by their size', () => {
  const square = (x: number, side: number) => [[[x, 0], [x + side, 0], [x + side, side], [x, side], [x, 0]] as const]
  expect(centreOf({ type: 'Polygon', coordinates: square(0, 2) })).toEqual({ longitude: 1, latitude: 1 })
  expect(centreOf({ type: 'MultiPolygon', coordinates: [square(0, 2), square(10, 1)] })).toEqual({ longitude: (4 * 1 + 1 * 10.5) / 5, latitude: (4 * 1 + 1 * 0.5) / 5 })
  expect(centreOf({ type: 'Polygon', coordinates: [[[0, 0], [1, 1], [0, 0]]] })).toBeUndefined()
})

test('every commune of Kiên Giang of 2021 lies in its part of the country', () => {
  const centres = [...communeCentres(day('2021-10-12')).values()]
  expect(centres.length).toBeGreaterThanOrEqual(140)
  for (const { latitude, longitude } of centres) expect([latitude > 9 && latitude < 11, longitude > 103 && longitude < 106]).toEqual([true, true])
})

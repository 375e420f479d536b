import type { Geometry } from 'geojson'
import { expect, test } from 'vitest'
import { boundsOf, labelPoint } from './label-point.ts'

const square = (x: number, y: number, side: number) => [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]

test('a label stands in the middle of a square', () => {
  const [x, y] = labelPoint({ type: 'Polygon', coordinates: square(0, 0, 24) }) ?? []
  expect(Math.abs((x ?? 0) - 12)).toBeLessThanOrEqual(0.5)
  expect(Math.abs((y ?? 0) - 12)).toBeLessThanOrEqual(0.5)
})

test('of several parts the largest carries it', () => {
  const islands: Geometry = { type: 'MultiPolygon', coordinates: [square(0, 0, 1), square(10, 10, 6), square(30, 0, 2)] }
  const [x = 0, y = 0] = labelPoint(islands) ?? []
  expect(x).toBeGreaterThan(10)
  expect(x).toBeLessThan(16)
  expect(y).toBeGreaterThan(10)
})

test('in a bent shape it stays inside, not in the bend', () => {
  // An L: two long arms along the axes, 2 wide; its middle is outside.
  const bent: Geometry = { type: 'Polygon', coordinates: [[[0, 0], [20, 0], [20, 2], [2, 2], [2, 20], [0, 20], [0, 0]]] }
  const [x = 9, y = 9] = labelPoint(bent) ?? []
  expect(x < 2 || y < 2).toBe(true)
})

test('bounds of several geometries; nothing for none', () => {
  expect(boundsOf([{ type: 'Polygon', coordinates: square(1, 2, 3) }, { type: 'Polygon', coordinates: square(-1, 0, 1) }])).toEqual([-1, 0, 4, 5])
  expect(boundsOf([])).toBeUndefined()
  expect(labelPoint({ type: 'Point', coordinates: [0, 0] })).toBeUndefined()
})

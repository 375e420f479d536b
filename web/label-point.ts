import type { Geometry, Position } from 'geojson'

type Ring = readonly Position[]

/** The outer rings of a geometry; nothing for points and lines. */
export const outerRings = (geometry: Geometry): readonly Ring[] => {
  if (geometry.type === 'Polygon') return geometry.coordinates.slice(0, 1)
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1))
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(outerRings)
  return []
}

/** West, south, east, north of all the geometries. */
export const boundsOf = (geometries: readonly Geometry[]): [number, number, number, number] | undefined => {
  let bounds: [number, number, number, number] | undefined
  for (const ring of geometries.flatMap(outerRings)) {
    for (const [x = 0, y = 0] of ring) {
      bounds = bounds ? [Math.min(bounds[0], x), Math.min(bounds[1], y), Math.max(bounds[2], x), Math.max(bounds[3], y)] : [x, y, x, y]
    }
  }
  return bounds
}

const GRID = 24

type Place = readonly [number, number] | undefined

/** Colours change at every step of a slider, places do not: each is looked for once. */
const places = new WeakMap<Geometry, { readonly at: Place }>()

/**
 * Where a label of an area stands: inside its largest part (the mainland, not an islet), as far from the edge as a
 * 24 × 24 grid over it can tell.
 */
export const labelPoint = (geometry: Geometry): Place => {
  let place = places.get(geometry)
  if (!place) places.set(geometry, (place = { at: placeIn(geometry) }))
  return place.at
}

const placeIn = (geometry: Geometry): Place => {
  const rings = outerRings(geometry)
  const ring = rings.toSorted((a, b) => ringArea(b) - ringArea(a))[0]
  const bounds = ring && boundsOf([{ type: 'Polygon', coordinates: [[...ring]] }])
  if (!ring || !bounds) return undefined
  const [west, south, east, north] = bounds
  let best: readonly [number, number] | undefined
  let clearance = -1
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const x = west + ((column + 0.5) / GRID) * (east - west)
      const y = south + ((row + 0.5) / GRID) * (north - south)
      const distance = inside(ring, x, y) ? edgeDistance(ring, x, y) : -1
      if (distance > clearance) {
        clearance = distance
        best = [x, y]
      }
    }
  }
  return best ?? [(west + east) / 2, (south + north) / 2]
}

/** Calls back for each edge of the ring. */
const edges = (ring: Ring, each: (x1: number, y1: number, x2: number, y2: number) => void): void => {
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1 = 0, y1 = 0] = ring[j] ?? []
    const [x2 = 0, y2 = 0] = ring[i] ?? []
    each(x1, y1, x2, y2)
  }
}

const ringArea = (ring: Ring): number => {
  let twice = 0
  edges(ring, (x1, y1, x2, y2) => {
    twice += x1 * y2 - x2 * y1
  })
  return Math.abs(twice) / 2
}

const inside = (ring: Ring, x: number, y: number): boolean => {
  let odd = false
  edges(ring, (x1, y1, x2, y2) => {
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd
  })
  return odd
}

const edgeDistance = (ring: Ring, x: number, y: number): number => {
  let least = Infinity
  edges(ring, (x1, y1, x2, y2) => {
    const [dx, dy] = [x2 - x1, y2 - y1]
    const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    least = Math.min(least, Math.hypot(x - x1 - along * dx, y - y1 - along * dy))
  })
  return least
}

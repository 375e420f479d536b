import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlainDate } from '#base'

interface Centre {
  readonly latitude: number
  readonly longitude: number
}

type Ring = readonly (readonly [number, number])[]
interface Feature {
  readonly id: number
  readonly properties: { readonly validFrom: string; readonly validTo: string | null }
  readonly geometry: { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] } | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] }
}

const BOUNDARIES = join(import.meta.dirname, '../../db/reference/boundaries')

/** Area of a ring (shoelace formula), and its centre times that area; in square degrees, which is good enough to find a middle. */
const momentsOf = (ring: Ring): { readonly area: number; readonly x: number; readonly y: number } => {
  let area = 0
  let x = 0
  let y = 0
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1] as readonly [number, number]
    const [x1, y1] = ring[i] as readonly [number, number]
    const cross = x0 * y1 - x1 * y0
    area += cross / 2
    x += ((x0 + x1) * cross) / 6
    y += ((y0 + y1) * cross) / 6
  }
  return area < 0 ? { area: -area, x: -x, y: -y } : { area, x, y }
}

/** The middle of a unit's land; of one on several islands weighted by their size. Undefined for a boundary without an inside. */
export const centreOf = (geometry: Feature['geometry']): Centre | undefined => {
  const outer = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap(([ring]) => (ring ? [momentsOf(ring)] : []))
  const area = outer.reduce((sum, one) => sum + one.area, 0)
  if (area === 0) return undefined
  return { longitude: outer.reduce((sum, one) => sum + one.x, 0) / area, latitude: outer.reduce((sum, one) => sum + one.y, 0) / area }
}

const layers = new Map<string, readonly Feature[]>()

/** The middles of the communes of a day, by area. */
export const communeCentres = (on: PlainDate): ReadonlyMap<number, Centre> => {
  const layer = on < '2025-07-01' ? 'communes-2021' : 'communes-2025'
  let features = layers.get(layer)
  if (!features) layers.set(layer, (features = (JSON.parse(readFileSync(join(BOUNDARIES, `${layer}.geojson`), 'utf8')) as { features: Feature[] }).features))
  return new Map(features.flatMap(({ id, properties: { validFrom, validTo }, geometry }) => {
    const centre = validFrom <= on && (validTo === null || on <= validTo) ? centreOf(geometry) : undefined
    return centre ? [[id, centre] as const] : []
  }))
}

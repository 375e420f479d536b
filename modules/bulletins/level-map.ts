import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlainDate } from '#base'
import { rectangle, rounded, type Label, type Path, type Picture, type Point } from '#platform/documents'
import type { UnitLevel } from './figures.ts'

/** The law's colours as the screens have them: they differ in lightness too, and the number stands in every unit. */
const COLOURS: Readonly<Record<number, { readonly fill: string; readonly ink: string }>> = {
  1: { fill: '#3fae8c', ink: '#07211a' }, 2: { fill: '#f5dc5f', ink: '#2b2400' }, 3: { fill: '#ea8a2f', ink: '#2a1400' }, 4: { fill: '#a81e2c', ink: '#ffffff' },
}
const UNKNOWN = { fill: '#ffffff', ink: '#333333' }
const EDGE = '#4a4a4a'

type Ring = readonly (readonly [number, number])[]
interface Shape {
  readonly id: number
  readonly validFrom: string
  readonly validTo: string | null
  /** Outer rings, the largest first. */
  readonly rings: readonly Ring[]
}

const BOUNDARIES = join(import.meta.dirname, '../../db/reference/boundaries')
const layers = new Map<string, readonly Shape[]>()

interface Feature {
  readonly id: number
  readonly properties: { readonly validFrom: string; readonly validTo: string | null }
  readonly geometry: { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] } | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] }
}

const shapesOf = (on: PlainDate): readonly Shape[] => {
  const layer = on < '2025-07-01' ? 'communes-2021' : 'communes-2025'
  let shapes = layers.get(layer)
  if (!shapes) {
    const { features } = JSON.parse(readFileSync(join(BOUNDARIES, `${layer}.geojson`), 'utf8')) as { features: Feature[] }
    shapes = features.map(({ id, properties, geometry }) => ({
      id, ...properties,
      rings: (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).map((polygon) => polygon[0] as Ring).toSorted((a, b) => Math.abs(area(b)) - Math.abs(area(a))),
    }))
    layers.set(layer, shapes)
  }
  return shapes
}

const area = (ring: readonly (readonly [number, number])[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length] as readonly [number, number]
    return sum + x * ny - nx * y
  }, 0) / 2

/** Room of a point inside a ring to its nearest edge; negative outside. */
const room = (ring: readonly Point[], [x, y]: Point): number => {
  let inside = false
  let nearest = Infinity
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j] as Point
    const [bx, by] = ring[i] as Point
    if (by > y !== ay > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx) inside = !inside
    const length = (bx - ax) ** 2 + (by - ay) ** 2
    const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    nearest = Math.min(nearest, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)))
  }
  return inside ? nearest : -nearest
}

/** Where a number has most room, found on a grid of 12 by 12. */
const widest = (ring: readonly Point[]): { readonly at: Point; readonly room: number } => {
  const xs = ring.map(([x]) => x)
  const ys = ring.map(([, y]) => y)
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top]
  let best = { at: [left + width / 2, top + height / 2] as Point, room: -Infinity }
  for (let i = 1; i < 12; i++) {
    for (let j = 1; j < 12; j++) {
      const at: Point = [left + (width * i) / 12, top + (height * j) / 12]
      const free = room(ring, at)
      if (free > best.room) best = { at, room: free }
    }
  }
  return best
}

const MOST_HEIGHT = 330
const LEGEND = 18

/** The communes of a day coloured by level, the number in each that has room; nothing where no boundary is known. */
export const levelMap = (units: readonly (Pick<UnitLevel, 'areaId' | 'level'>)[], on: PlainDate, width: number, alt: string): Picture | undefined => {
  const levels = new Map(units.map((unit) => [unit.areaId, unit.level]))
  const drawn = shapesOf(on).filter(({ id, validFrom, validTo }) => levels.has(id) && validFrom <= on && (validTo === null || on <= validTo))
  if (drawn.length === 0) return undefined
  const points = drawn.flatMap(({ rings }) => rings.flat())
  const [west, east] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))]
  const [south, north] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))]
  // Degrees of longitude are shorter than those of latitude, by the cosine: right to 0.1 % over one province.
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min(width / ((east - west) * squeeze), MOST_HEIGHT / (north - south))
  const shift = (width - (east - west) * squeeze * scale) / 2
  const place = ([x, y]: readonly [number, number]): Point => [rounded(shift + (x - west) * squeeze * scale), rounded((north - y) * scale)]
  const height = Math.ceil((north - south) * scale)
  const areas: Path[] = []
  const labels: Label[] = []
  for (const { id, rings } of drawn) {
    const level = levels.get(id) ?? null
    const { fill, ink } = COLOURS[level ?? 0] ?? UNKNOWN
    const projected = rings.map((ring) => ring.slice(0, -1).map(place))
    areas.push({ kind: 'path', closed: true, rings: projected, fill, stroke: EDGE, width: 0.4 })
    const spot = widest(projected[0] as Point[])
    if (spot.room < 2.6) continue
    const size = Math.min(8, rounded(spot.room * 1.7))
    labels.push({ kind: 'label', at: [rounded(spot.at[0]), rounded(spot.at[1] + size * 0.34)], text: level === null ? '?' : String(level), size, anchor: 'middle', bold: true, fill: ink })
  }
  const legend: (Path | Label)[] = [1, 2, 3, 4, null].flatMap((level, i): (Path | Label)[] => {
    const x = 6 + i * 62
    const { fill } = COLOURS[level ?? 0] ?? UNKNOWN
    return [
      rectangle(x, height + 6, 10, 10, { fill, stroke: EDGE, width: 0.4 }),
      { kind: 'label', at: [x + 14, height + 14], text: level === null ? '? chưa đủ số liệu' : `Cấp độ ${level}`, size: 9, anchor: 'start' },
    ]
  })
  return { width, height: height + LEGEND, alt, shapes: [...areas, ...labels, ...legend] }
}

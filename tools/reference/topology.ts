/** A longitude and latitude, degrees. */
export type Point = readonly [number, number]
/** Closed: the last point is the first. */
export type Ring = readonly Point[]
/** Outer ring, then holes. */
export type Polygon = readonly Ring[]

/** What the tool reads of a TopoJSON file (https://github.com/topojson/topojson-specification, version 1.0). */
export interface Topology {
  readonly arcs: readonly (readonly (readonly [number, number])[])[]
  readonly transform: { readonly scale: readonly [number, number]; readonly translate: readonly [number, number] }
  readonly objects: Readonly<Record<string, { readonly geometries: readonly Shape[] }>>
}

interface Shape {
  readonly type: 'Polygon' | 'MultiPolygon'
  /** Arc numbers; `~i` is arc i backwards. One more nesting for a MultiPolygon. */
  readonly arcs: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[]
  readonly properties: Readonly<Record<string, string | number | null>>
}

/** A topology with its arcs in degrees and its shapes as lists of polygons of arc numbers. */
export interface Shapes {
  readonly arcs: readonly Ring[]
  readonly shapes: readonly { readonly polygons: readonly (readonly (readonly number[])[])[]; readonly properties: Shape['properties'] }[]
}

/** Decodes the deltas and the grid of a topology with one object; `simplify` may thin each arc, which keeps neighbours joined. */
export const decode = (topology: Topology, simplify = (arc: Ring): Ring => arc): Shapes => {
  const { scale, translate } = topology.transform
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0]
    return simplify(
      arc.map(([dx, dy]): Point => {
        x += dx
        y += dy
        return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
      }),
    )
  })
  const shapes = Object.values(topology.objects)
    .flatMap((object) => object.geometries)
    .map((shape) => ({
      polygons: (shape.type === 'Polygon' ? [shape.arcs] : shape.arcs) as readonly (readonly (readonly number[])[])[],
      properties: shape.properties,
    }))
  return { arcs, shapes }
}

const arcOf = (arcs: readonly Ring[], i: number): Ring => (i >= 0 ? (arcs[i] as Ring) : (arcs[~i] as Ring).toReversed())

/** Polygons of arc numbers as polygons of points. */
export const polygonsOf = ({ arcs }: Shapes, polygons: readonly (readonly (readonly number[])[])[]): Polygon[] =>
  polygons.map((polygon) => polygon.map((ring) => joined(ring.map((i) => arcOf(arcs, i)))))

const joined = (pieces: readonly Ring[]): Ring => pieces.flatMap((piece, index) => (index === 0 ? piece : piece.slice(1)))

/** The union of shapes of one topology: borders they share, which run once each way, fall away; the rest is put together again. */
export const union = ({ arcs }: Shapes, polygons: readonly (readonly (readonly number[])[])[]): Polygon[] => {
  const numbers = new Set(polygons.flat(2))
  const outer = [...numbers].filter((i) => !numbers.has(~i))
  const starting = Map.groupBy(outer, (i) => place(arcOf(arcs, i)[0] as Point))
  const used = new Set<number>()
  const rings = outer.flatMap((first): Ring[] => {
    if (used.has(first)) return []
    const pieces: Ring[] = []
    const start = place(arcOf(arcs, first)[0] as Point)
    let next: number | undefined = first
    while (next !== undefined) {
      used.add(next)
      const piece: Ring = arcOf(arcs, next)
      pieces.push(piece)
      const end = place(piece.at(-1) as Point)
      next = end === start ? undefined : starting.get(end)?.find((i) => !used.has(i))
    }
    return [joined(pieces)]
  })
  return nested(rings)
}

const place = ([x, y]: Point): string => `${x.toFixed(7)} ${y.toFixed(7)}`

/** Sorts rings into outer rings and the holes that lie in them. */
const nested = (rings: readonly Ring[]): Polygon[] => {
  const bySize = rings.toSorted((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)))
  const polygons: Ring[][] = []
  for (const ring of bySize) {
    const holder = polygons.find(([outer]) => outer && contains(outer, ring[0] as Point))
    if (holder) holder.push(ring)
    else polygons.push([ring])
  }
  return polygons
}

/** Half the sum of cross products, square degrees; positive when counter-clockwise. */
export const signedArea = (ring: Ring): number =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i] as Point)[0] * y - x * (ring[i] as Point)[1], 0) / 2

const contains = (ring: Ring, [x, y]: Point): boolean =>
  ring.slice(1).reduce((inside, [bx, by], i) => {
    const [ax, ay] = ring[i] as Point
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside
  }, false)

/** Area of polygons near 10° north, hectares: enough to compare neighbouring islands. */
export const hectares = (polygons: readonly Polygon[]): number => {
  const kilometresPerDegree = 111.32
  const squareDegrees = polygons.reduce(
    (sum, [outer, ...holes]) => sum + Math.abs(signedArea(outer as Ring)) - holes.reduce((s, hole) => s + Math.abs(signedArea(hole)), 0),
    0,
  )
  return squareDegrees * kilometresPerDegree ** 2 * Math.cos((10 * Math.PI) / 180) * 100
}

/** Thins an arc so that no point left out lies farther than `tolerance` degrees from the line (Douglas and Peucker 1973). */
export const thin = (arc: Ring, tolerance: number): Ring => {
  const [first, last] = [arc[0] as Point, arc.at(-1) as Point]
  const distances = arc.map((point) => distance(point, first, last))
  const farthest = distances.reduce((best, d, i) => (d > (distances[best] as number) ? i : best), 0)
  if (farthest === 0 || (distances[farthest] as number) <= tolerance) return place(first) === place(last) ? arc : [first, last]
  const thinned = [...thin(arc.slice(0, farthest + 1), tolerance), ...thin(arc.slice(farthest), tolerance).slice(1)]
  // An island may not be thinned to a line.
  return place(first) === place(last) && thinned.length < 4 ? arc : thinned
}

const distance = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [bx - ax, by - ay]
  const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - ax - along * dx, y - ay - along * dy)
}

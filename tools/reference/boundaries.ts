import { nameKey } from '#base'
import { bareName, type Area } from '#platform/areas'
import type { Sources } from './source-files.ts'
import { decode, polygonsOf, signedArea, thin, union, type Point, type Polygon, type Ring, type Shapes } from './topology.ts'
import { idOf, provinceSuccessors } from './units.ts'

type ArcPolygons = Shapes['shapes'][number]['polygons']

/** Provinces are drawn small: half a kilometre is not seen. Small islands stay whole, Hoàng Sa and Trường Sa among them. */
const PROVINCE_TOLERANCE = 0.006

export interface Boundaries {
  /** File name → GeoJSON text, one feature a line. */
  readonly files: Readonly<Record<string, string>>
  /** What did not match one to one, a sentence each. */
  readonly notes: readonly string[]
}

/** Borders of Kiên Giang's districts and communes, of new An Giang's communes and of the provinces before and after. */
export const buildBoundaries = (areas: readonly Area[], sources: Sources): Boundaries => {
  const notes: string[] = []
  const byId = new Map(areas.map((area) => [area.id, area]))
  const known = (id: number): number => {
    if (!byId.has(id)) throw new Error(`no unit ${id}`)
    return id
  }

  const districts = decode(sources.topologies.kienGiangDistricts)
  const districtFeatures = districts.shapes.map(({ polygons, properties }) =>
    feature(known(idOf.district(String(properties['gso_district']))), polygonsOf(districts, polygons), 4),
  )

  const communes = decode(sources.topologies.kienGiangCommunes)
  const matched = matchCommunes2009(
    areas,
    communes.shapes.map(({ properties }) => ({
      district: String(properties['gso_district']),
      code: String(properties['gso_commune'] ?? ''),
      name: String(properties['commune_2009']),
    })),
  )
  const parts = new Map<number, ArcPolygons[number][]>()
  for (const [index, { polygons, properties }] of communes.shapes.entries()) {
    const area = matched[index]
    if (!area) notes.push(`No commune of 2021 for the shape ${properties['commune_2009']} (district ${properties['gso_district']}).`)
    else parts.set(area.id, [...(parts.get(area.id) ?? []), ...polygons])
  }
  const merged = byId.get(idOf.commune2025('30742')) as Area
  const before = [idOf.oldCommune('30730'), idOf.oldCommune('30742')].flatMap((id) => parts.get(id) ?? [])
  const communeFeatures = [...parts].map(([id, polygons]) => feature(id, polygonsOf(communes, polygons), 4))
  communeFeatures.push(feature(merged.id, union(communes, before), 4))
  const kienGiang = idOf.oldProvince('91')
  const drawn = new Set(parts.keys())
  for (const area of areas) {
    const in2021 = area.level === 'commune' && byId.get(area.parentId as number)?.parentId === kienGiang && area.id !== merged.id
    if (in2021 && !drawn.has(area.id)) notes.push(`No shape for ${area.name} (${area.code}).`)
  }

  const anGiang = decode(sources.topologies.anGiangCommunes)
  const anGiangFeatures = anGiang.shapes.map(({ polygons, properties }) =>
    feature(known(idOf.newCommune(String(properties['code']))), polygonsOf(anGiang, polygons), 4),
  )
  const newAnGiang = areas.filter((area) => area.parentId === idOf.newProvince('91') && area.level === 'commune')
  if (newAnGiang.length !== anGiangFeatures.length)
    notes.push(`${newAnGiang.length} communes of An Giang but ${anGiangFeatures.length} shapes.`)

  const provinces = decode(sources.topologies.provinces, (arc) => thin(arc, PROVINCE_TOLERANCE))
  const oldByName = new Map(
    areas.filter((area) => area.level === 'province' && area.validTo !== null).map((area) => [nameKey(bareName(area)), area]),
  )
  const successors = provinceSuccessors(sources)
  const groups = new Map<number, ArcPolygons[number][]>()
  const provinceFeatures = provinces.shapes.map(({ polygons, properties }) => {
    const name = nameKey(String(properties['province']))
    const area = oldByName.get(name === 'thua thien hue' ? 'hue' : name)
    if (!area) throw new Error(`no province ${name}`)
    const to = idOf.newProvince(successors.get(area.code) as string)
    groups.set(to, [...(groups.get(to) ?? []), ...polygons])
    return feature(area.id, polygonsOf(provinces, polygons), 3)
  })
  const newProvinceFeatures = [...groups].map(([id, polygons]) => feature(known(id), union(provinces, polygons), 3))

  const collection = (features: readonly Feature[]): string => geoJson(features, byId)
  return {
    files: {
      'districts-2021.geojson': collection(districtFeatures),
      'communes-2021.geojson': collection(communeFeatures),
      'communes-2025.geojson': collection(anGiangFeatures),
      'provinces.geojson': collection([...provinceFeatures, ...newProvinceFeatures]),
    },
    notes,
  }
}

/** An island commune that became part of a ward in 2021, so that the later unit takes its people and its shape. */
const HON_THOM = { district: '911', name: 'Xã Hòn Thơm', within: '31081' }

/**
 * The commune of 2021 for each commune of 2009: by name within the district first, since code 30742 was given to another
 * unit meanwhile, by code second.
 */
export const matchCommunes2009 = (
  areas: readonly Area[],
  rows: readonly { district: string; code: string; name: string }[],
): (Area | undefined)[] => {
  const of2021 = areas.filter(
    (area) => area.level === 'commune' && area.validFrom < '2021-11-01' && (area.validTo ?? '9999') > '2021-11-01',
  )
  return rows.map(({ district, code, name }) => {
    const inDistrict = of2021.filter((area) => area.parentId === idOf.district(district))
    if (district === HON_THOM.district && name === HON_THOM.name) return inDistrict.find((area) => area.code === HON_THOM.within)
    const byName = inDistrict.filter((area) => nameKey(area.name) === nameKey(name))
    const byBareName = inDistrict.filter((area) => nameKey(bareName(area)) === nameKey(name.replace(/^(Phường|Xã|Thị trấn) /, '')))
    return byName[0] ?? (byBareName.length === 1 ? byBareName[0] : undefined) ?? inDistrict.find((area) => area.code === code)
  })
}

interface Feature {
  readonly id: number
  readonly polygons: readonly Polygon[]
}

const feature = (id: number, polygons: readonly Polygon[], decimals: number): Feature => ({
  id,
  polygons: polygons.map((polygon) => polygon.map((ring, index) => oriented(rounded(ring, decimals), index === 0))),
})

/** Rounded, without points that fell together; a ring too small for the grid keeps its own coordinates. */
const rounded = (ring: Ring, decimals: number): Ring => {
  const round = (n: number, to: number): number => Number(n.toFixed(to))
  const points = ring.map(([x, y]): Point => [round(x, decimals), round(y, decimals)])
  const distinct = points.filter(([x, y], i) => i === 0 || x !== points[i - 1]?.[0] || y !== points[i - 1]?.[1])
  return distinct.length >= 4 ? distinct : ring.map(([x, y]): Point => [round(x, 5), round(y, 5)])
}

/** Outer rings counter-clockwise, holes clockwise (RFC 7946 §3.1.6). */
const oriented = (ring: Ring, outer: boolean): Ring => (signedArea(ring) > 0 === outer ? ring : ring.toReversed())

/** Properties say when the unit stood, since one file may hold units of different days. */
const geoJson = (features: readonly Feature[], byId: ReadonlyMap<number, Area>): string =>
  '{"type":"FeatureCollection","features":[\n' +
  features
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, polygons }) => {
      const { validFrom, validTo } = byId.get(id) as Area
      const geometry =
        polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0] } : { type: 'MultiPolygon', coordinates: polygons }
      return JSON.stringify({ type: 'Feature', id, properties: { validFrom, validTo }, geometry })
    })
    .join(',\n') +
  '\n]}\n'

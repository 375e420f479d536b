import { distribute, type Area, type Population } from '#platform/areas'
import { matchCommunes2009 } from './boundaries.ts'
import type { Sources } from './source-files.ts'
import { decode, hectares, polygonsOf } from './topology.ts'
import { idOf, KIEN_GIANG } from './units.ts'

const YEAR_2020 = '2020-07-01' as Population['asOf']

/** Found commune populations of 2020, with the page each stands on: district → source and [code, persons]. */
const FOUND_COMMUNES: readonly { source: string; rows: readonly (readonly [string, number])[] }[] = [
  {
    source: 'https://kampuspedia.com/vi/An_Minh',
    rows: [
      ['31018', 6_770],
      ['31024', 20_747],
      ['31033', 10_007],
      ['31036', 7_646],
      ['31039', 9_861],
      ['31030', 10_736],
      ['31031', 10_644],
      ['31021', 14_581],
      ['31042', 10_772],
      ['31045', 8_489],
      ['31048', 5_964],
    ],
  },
  {
    source: 'http://vi.wikipedia.org/wiki/U_Minh_Th%C6%B0%E1%BB%A3ng',
    rows: [
      ['31027', 10_980],
      ['31057', 9_803],
      ['31066', 19_233],
      ['31012', 9_752],
      ['31015', 6_895],
      ['31054', 6_953],
    ],
  },
  {
    source: 'vi.wikipedia.org; pages of thị trấn Hòn Đất; thị trấn Kiên Lương; xã Minh Hòa',
    rows: [
      ['30817', 12_676],
      ['30787', 30_917],
      ['30895', 20_195],
    ],
  },
]

/** Figures of establishment dossiers: they count temporary and converted residents, so they do not add up with the others. */
const WITH_TEMPORARY = ['900', '911']

/** Island communes counted with no one in 2009: weighed by their area and the density of the island commune beside them. */
const UNCOUNTED_ISLANDS = [
  ['30781', '30814'],
  ['30811', '30814'],
  ['31115', '31114'],
] as const

/** Provinces, and Kiên Giang's districts and communes, in 2020: whole persons, every level adding up to the one above. */
export const buildPopulations = (areas: readonly Area[], sources: Sources): Population[] => {
  const provinces = sources.provincePopulation.map((row): Population =>
    found(idOf.oldProvince(row.gso_code), Number(row.population_2020_average), 'GSO: average population 2020'),
  )
  const province = provinces.find((row) => row.areaId === idOf.oldProvince(KIEN_GIANG)) as Population
  const districts = districtPopulations(province.value, sources)
  return [...provinces, ...districts, ...communePopulations(areas, districts, sources)].sort(
    (a, b) => a.areaId - b.areaId || (a.metric < b.metric ? -1 : 1),
  )
}

const row = (
  areaId: number,
  value: number,
  source: string,
  confidence: Population['confidence'],
  metric = 'population',
  asOf = YEAR_2020,
): Population => ({ areaId, asOf, metric, value, source, confidence, estimated: confidence === 'distributed' })

const found = (areaId: number, value: number, source: string): Population => row(areaId, value, source, 'found')

/**
 * Eleven districts as found. Châu Thành and Vĩnh Thuận, not found, are their 2009 count times the growth of those eleven.
 * Hà Tiên and Phú Quốc are what remains of the province, in the proportion of their dossier figures, which stand beside it
 * under their own metric.
 */
const districtPopulations = (total: number, sources: Sources): Population[] => {
  const census = new Map(sources.districtCensus2009.map((r) => [r.district_code, Number(r.population_2009_census)]))
  const weight = (codes: readonly string[]): number[] => codes.map((code) => census.get(code) as number)
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
  const given = sources.districtPopulation.map((r) => ({ ...r, code: r.district_code, source: r.source.replaceAll(',', '%2C') }))
  const dossiers = given.filter((r) => WITH_TEMPORARY.includes(r.code))
  const comparable = given.filter((r) => r.population && !WITH_TEMPORARY.includes(r.code))
  const missing = given.filter((r) => !r.population).map((r) => r.code)

  const comparablePeople = sum(comparable.map((r) => Number(r.population)))
  const growth = comparablePeople / sum(weight(comparable.map((r) => r.code)))
  const missingPeople = distribute(Math.round(sum(weight(missing)) * growth), weight(missing))
  const dossierPeople = distribute(
    total - comparablePeople - sum(missingPeople),
    dossiers.map((r) => Number(r.population)),
  )
  return [
    ...comparable.map((r) => found(idOf.district(r.code), Number(r.population), r.year === '2020' ? r.source : `${r.source} (${r.year})`)),
    ...missing.map((code, i) =>
      row(idOf.district(code), missingPeople[i] as number, '2009 census times the growth of the 11 districts found', 'distributed'),
    ),
    ...dossiers.map((r, i) =>
      row(idOf.district(r.code), dossierPeople[i] as number, 'rest of the province (GSO 2020) by dossier figures', 'distributed'),
    ),
    ...dossiers.map((r) =>
      row(
        idOf.district(r.code),
        Number(r.population),
        r.source,
        'found',
        'population_with_temporary',
        `${r.year.slice(0, 4)}-07-01` as Population['asOf'],
      ),
    ),
  ]
}

/** Communes as found; the others share what their district has left, in the proportion of the 2009 census. */
const communePopulations = (areas: readonly Area[], districts: readonly Population[], sources: Sources): Population[] => {
  const foundIn = new Map(
    FOUND_COMMUNES.flatMap(({ source, rows }) => rows.map(([code, value]) => [idOf.oldCommune(code), { value, source }] as const)),
  )
  const weights = communeWeights(areas, sources)
  const of2021 = [...weights.keys()].map((id) => areas.find((area) => area.id === id) as Area)
  return districts
    .filter((district) => district.metric === 'population')
    .flatMap((district) => {
      const communes = of2021.filter((area) => area.parentId === district.areaId).map((area) => area.id)
      const open = communes.filter((id) => !foundIn.has(id))
      const left = communes.reduce((rest, id) => rest - (foundIn.get(id)?.value ?? 0), district.value)
      if (left < 0 || (open.length === 0 && left !== 0)) throw new Error(`communes of ${district.areaId} do not add up: ${left} left`)
      const shares =
        open.length === 0
          ? []
          : distribute(
              left,
              open.map((id) => weights.get(id) as number),
            )
      return communes.map((id) => {
        const known = foundIn.get(id)
        return known
          ? found(id, known.value, known.source)
          : row(id, shares[open.indexOf(id)] as number, 'rest of the district by the 2009 census', 'distributed')
      })
    })
}

const communeWeights = (areas: readonly Area[], sources: Sources): Map<number, number> => {
  const census = sources.communeCensus2009
  const matched = matchCommunes2009(
    areas,
    census.map((r) => ({ district: r.district_code, code: r.commune_code, name: r.commune_2009 })),
  )
  const weights = new Map<number, number>()
  for (const [index, { population_2009_census }] of census.entries()) {
    const area = matched[index]
    if (!area) throw new Error(`no commune for ${census[index]?.commune_2009}`)
    weights.set(area.id, (weights.get(area.id) ?? 0) + Number(population_2009_census))
  }
  const shapes = decode(sources.topologies.kienGiangCommunes)
  const size = (code: string): number => {
    const shape = shapes.shapes.find(({ properties }) => properties['gso_commune'] === code)
    if (!shape) throw new Error(`no shape ${code}`)
    return hectares(polygonsOf(shapes, shape.polygons))
  }
  for (const [island, beside] of UNCOUNTED_ISLANDS) {
    weights.set(idOf.oldCommune(island), Math.round((size(island) * (weights.get(idOf.oldCommune(beside)) as number)) / size(beside)))
  }
  return weights
}

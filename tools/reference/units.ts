import { addDays, day, nameKey, type PlainDate } from '#base'
import { bareName, COMMUNE_BLOCK, type Area, type AreaLevel } from '#platform/areas'
import type { Sources } from './source-files.ts'

export const KIEN_GIANG = '91'
/** First day the tables answer for: the 63 provinces stand since 2008; nothing older is asked of an epidemic platform. */
export const FIRST_DAY = day('2010-01-01')
/** Phường Vĩnh Bảo and the old phường Vĩnh Thanh Vân of Rạch Giá became one. */
export const RACH_GIA_MERGER = day('2025-01-01')
/** Two tiers, 34 provinces. */
export const TWO_TIERS = day('2025-07-01')
const LAST_DAY_OF_THREE_TIERS = addDays(TWO_TIERS, -1)

/** Spare blocks left after the last child, for units to come. */
const SPARE = { district: 5, province: 100 } as const
const COUNTRY_END = 2_000_000_000

/**
 * Ids say where they come from: 1 the country; 100 + code a province of the three-tier tree, 200 + code of the two-tier one;
 * 1 000 + code a district; 100 000 + code a commune of the three-tier tree (Kiên Giang: of 2021), 200 000 + code where
 * Kiên Giang's tree of 2025 has another unit under the code; 300 000 + code a commune since 01/07/2025.
 */
export const idOf = {
  country: 1,
  oldProvince: (code: string) => 100 + Number(code),
  newProvince: (code: string) => 200 + Number(code),
  district: (code: string) => 1_000 + Number(code),
  oldCommune: (code: string) => 100_000 + Number(code),
  commune2025: (code: string) => 200_000 + Number(code),
  newCommune: (code: string) => 300_000 + Number(code),
}

interface Unit extends Omit<Area, 'pos' | 'posEnd'> {
  readonly children: Unit[]
  /** Units of the tree before that lie in this one's range though they are not its children. */
  readonly enclosed: Unit[]
}

const ENGLISH: Readonly<Record<string, string>> = {
  Tỉnh: 'Province',
  'Thành phố': 'City',
  Quận: 'District',
  Huyện: 'District',
  'Thị xã': 'Town',
  Phường: 'Ward',
  Xã: 'Commune',
  'Thị trấn': 'Township',
}

const latin = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').normalize('NFC')

const englishName = (kind: string, bare: string): string => `${latin(bare)} ${ENGLISH[kind] ?? kind}`

/** 'Thị Trấn Giồng Riềng' is 'Thị trấn Giồng Riềng': the kind as the law writes it, the name as the source does. */
const wellWritten = (name: string): { kind: string; name: string } => {
  const kind = ['Thành phố', 'Thị trấn', 'Thị xã', 'Đặc khu', 'Tỉnh', 'Quận', 'Huyện', 'Phường', 'Xã'].find(
    (k) => nameKey(name).startsWith(`${nameKey(k)} `) && name.toLowerCase().startsWith(k.toLowerCase()),
  )
  if (!kind) throw new Error(`no kind in ${name}`)
  return { kind, name: `${kind}${name.slice(kind.length)}` }
}

const unit = (
  id: number,
  code: string,
  level: AreaLevel,
  fullName: string,
  parentId: number,
  validFrom: PlainDate,
  validTo: PlainDate | null,
  standsIn: boolean,
  nameEn = '',
): Unit => {
  const { kind, name } = wellWritten(fullName)
  return {
    id,
    code,
    level,
    kind,
    name,
    nameEn: nameEn || englishName(kind, bareName({ kind, name })),
    parentId,
    validFrom,
    validTo,
    standsIn,
    children: [],
    enclosed: [],
  }
}

/** Which new province took in each old one, found by the codes that communes kept. */
export const provinceSuccessors = (sources: Sources): Map<string, string> => {
  const oldProvinceOf = new Map(sources.oldCommunes.map((row) => [row.commune_code, row.province_code]))
  const votes = new Map<string, Map<string, number>>()
  for (const row of sources.newCommunes) {
    const from = oldProvinceOf.get(row.commune_code)
    if (!from) continue
    const count = votes.get(from) ?? new Map<string, number>()
    count.set(row.province_code, (count.get(row.province_code) ?? 0) + 1)
    votes.set(from, count)
  }
  return new Map(
    [...votes].map(([from, count]) => {
      if (count.size !== 1) throw new Error(`province ${from} would be split: ${[...count.keys()].join(' ')}`)
      return [from, [...count.keys()][0] as string]
    }),
  )
}

const oldProvinces = (sources: Sources): Map<string, Unit> => {
  const provinces = new Map<string, Unit>()
  const districts = new Map<string, Unit>()
  const end = LAST_DAY_OF_THREE_TIERS
  const kienGiang = new Map(sources.kienGiang2021.map((row) => [row.commune_code, row]))
  for (const row of sources.oldCommunes) {
    const standsIn = row.province_code !== KIEN_GIANG
    const province = getOrMake(provinces, row.province_code, () =>
      unit(
        idOf.oldProvince(row.province_code),
        row.province_code,
        'province',
        row.province,
        idOf.country,
        FIRST_DAY,
        end,
        row.province_code === HUE,
      ),
    )
    const district = getOrMake(districts, row.district_code, () => {
      const made = unit(
        idOf.district(row.district_code),
        row.district_code,
        'district',
        row.district,
        province.id,
        FIRST_DAY,
        end,
        standsIn,
      )
      province.children.push(made)
      return made
    })
    if (!row.commune_code) continue
    const commune = (id: number, from: PlainDate, to: PlainDate, name = row.commune): Unit =>
      unit(id, row.commune_code, 'commune', name, district.id, from, to, standsIn, name === row.commune ? row.commune_en : '')
    const of2021 = kienGiang.get(row.commune_code)
    if (standsIn) district.children.push(commune(idOf.oldCommune(row.commune_code), FIRST_DAY, end))
    else if (of2021 && sameName(of2021.commune_name, row.commune)) {
      district.children.push(commune(idOf.oldCommune(row.commune_code), FIRST_DAY, end, row.commune))
    } else district.children.push(commune(idOf.commune2025(row.commune_code), RACH_GIA_MERGER, end))
  }
  for (const row of sources.kienGiang2021) {
    const district = districts.get(row.district_code) as Unit
    if (district.children.some((child) => child.code === row.commune_code && child.validFrom === FIRST_DAY)) continue
    district.children.push(
      unit(
        idOf.oldCommune(row.commune_code),
        row.commune_code,
        'commune',
        row.commune_name,
        district.id,
        FIRST_DAY,
        addDays(RACH_GIA_MERGER, -1),
        false,
      ),
    )
  }
  return provinces
}

/** Codes whose names differ only in where a tone is written are the same unit. */
const sameName = (a: string, b: string): boolean => nameKey(a) === nameKey(b)

/** A city since 01/01/2025, tỉnh Thừa Thiên Huế before; the source knows the city only. */
const HUE = '46'
/** Ward or city of today that may not have been one on 01/07/2025: the two-tier file is of July 2026. */
const DONG_NAI = '75'

const newProvinces = (sources: Sources): Map<string, Unit> => {
  const provinces = new Map<string, Unit>()
  for (const row of sources.newCommunes) {
    const province = getOrMake(provinces, row.province_code, () =>
      unit(
        idOf.newProvince(row.province_code),
        row.province_code,
        'province',
        row.province,
        idOf.country,
        TWO_TIERS,
        null,
        row.province_code === DONG_NAI,
      ),
    )
    province.children.push(
      unit(
        idOf.newCommune(row.commune_code),
        row.commune_code,
        'commune',
        row.commune,
        province.id,
        TWO_TIERS,
        null,
        row.province_code === DONG_NAI && row.commune_type === 'Phường',
        row.commune_en,
      ),
    )
  }
  return provinces
}

const getOrMake = (map: Map<string, Unit>, key: string, make: () => Unit): Unit => {
  const unit = map.get(key) ?? make()
  map.set(key, unit)
  return unit
}

/**
 * Gives out positions depth first, a block for every district and commune, spare blocks after the last child. The range of
 * a new province encloses those of the provinces it was made of, so one range covers the facts of both trees.
 */
const placed = (unit: Unit, start: number, into: Area[]): number => {
  const slot = into.length
  into.push({ ...withoutChildren(unit), pos: start, posEnd: start })
  let next = start + COMMUNE_BLOCK
  for (const child of [...byCode(unit.children), ...byCode(unit.enclosed)]) next = placed(child, next, into)
  if (unit.level === 'province' || unit.level === 'district') next += SPARE[unit.level] * COMMUNE_BLOCK
  into[slot] = { ...(into[slot] as Area), posEnd: unit.level === 'country' ? COUNTRY_END : next - 1 }
  return next
}

const byCode = (units: readonly Unit[]): Unit[] => units.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.id - b.id))

const withoutChildren = ({ children: _, enclosed: __, ...unit }: Unit): Omit<Area, 'pos' | 'posEnd'> => unit

/** Every unit of every period, in the order of positions. */
export const buildUnits = (sources: Sources): Area[] => {
  const before = oldProvinces(sources)
  const since = newProvinces(sources)
  for (const [from, to] of provinceSuccessors(sources)) (since.get(to) as Unit).enclosed.push(before.get(from) as Unit)
  const country: Unit = {
    id: idOf.country,
    code: 'VN',
    level: 'country',
    kind: 'Nước',
    name: 'Việt Nam',
    nameEn: 'Viet Nam',
    parentId: null,
    validFrom: FIRST_DAY,
    validTo: null,
    standsIn: false,
    children: [...since.values()],
    enclosed: [],
  }
  const areas: Area[] = []
  placed(country, 0, areas)
  return areas
}

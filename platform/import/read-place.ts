import { nameKey, ok, problem, refuse, type PlainDate, type Result } from '#base'
import { standsOn, type Area, type AreaLevel, type AreaTree } from '#platform/areas'
import { readCode, readName } from './cells.ts'
import type { FieldDefinition } from './columns.ts'
import { findArea } from './find-area.ts'
import type { ReadContext, RowRemark } from './importer.ts'
import type { Cell } from './table.ts'

type Cells = Readonly<Record<string, Cell | undefined>>

/** The parts of a place, from the narrow to the wide; the narrowest given is what the row is for. */
const PLACES: readonly { readonly key: string; readonly level: AreaLevel | undefined }[] = [
  { key: 'hamlet', level: 'hamlet' }, { key: 'commune', level: 'commune' }, { key: 'area', level: undefined }, { key: 'district', level: 'district' },
  { key: 'province', level: 'province' },
]

/** The columns that may say where a row belongs. */
export const PLACE_FIELDS: readonly FieldDefinition[] = [
  { key: 'area_code', kind: 'code', labels: {
    vi: ['Mã địa bàn', 'Mã đơn vị', 'Mã xã', 'Mã huyện', 'Mã tỉnh', 'Mã ĐVHC', 'Mã'], en: ['Area code', 'GSO code', 'Commune code', 'District code', 'Province code', 'Code'],
  } },
  { key: 'area', kind: 'name', labels: { vi: ['Địa bàn', 'Đơn vị', 'Địa phương', 'Tên đơn vị'], en: ['Area', 'Unit', 'Place', 'Area name'] } },
  { key: 'hamlet', kind: 'name', labels: { vi: ['Ấp, khu phố', 'Ấp', 'Khu phố', 'Thôn', 'Khóm'], en: ['Hamlet', 'Hamlet name'] } },
  { key: 'commune', kind: 'name', labels: {
    vi: ['Xã, phường', 'Xã, phường, thị trấn', 'Xã', 'Phường', 'Tên xã', 'Phường/xã'], en: ['Commune', 'Ward', 'Commune name'],
  } },
  { key: 'district', kind: 'name', labels: { vi: ['Huyện', 'Quận, huyện', 'Huyện, thành phố', 'Tên huyện'], en: ['District', 'District name'] } },
  { key: 'province', kind: 'name', labels: { vi: ['Tỉnh', 'Tỉnh, thành phố', 'Tỉnh, thành', 'Tên tỉnh'], en: ['Province', 'Province name'] } },
]

const fault = (field: string, code: string, params: Record<string, string | number> = {}): RowRemark => ({ field, problem: problem(code, { params }) })

/**
 * The area of a row on its day, by code, by name, or both: a name that is another area than the code is a fault, for one of
 * the two is wrong and nobody can say which. Problems: `missing_area`, `unknown_area`, `ambiguous_area`, `area_mismatch`.
 */
export const readPlace = (cells: Cells, day: PlainDate, context: ReadContext): Result<Area, RowRemark> => {
  const code = readCode(cells['area_code'])
  if (!code.ok) return refuse({ field: 'area_code', problem: code.problem })
  const parts: { readonly key: string; readonly level: AreaLevel | undefined; readonly text: string }[] = []
  for (const place of PLACES) {
    const name = readName(cells[place.key])
    if (!name.ok) return refuse({ field: place.key, problem: name.problem })
    if (name.value !== undefined) parts.push({ ...place, text: name.value })
  }
  const byCode = code.value === undefined ? undefined : resolveCode(context.areas, code.value, day)
  if (code.value !== undefined && !byCode) return refuse(fault('area_code', 'unknown_area', { area: code.value }))
  const [finest] = parts
  if (!finest) return byCode ? ok(byCode) : refuse(fault('area', 'missing_area'))

  const text = parts.map((part) => part.text).join(', ')
  const option = `area:${nameKey(text)}`
  const chosen = context.options[option]
  const chosenArea = chosen === undefined ? undefined : context.areas.byId(Number(chosen))
  if (chosenArea && standsOn(chosenArea, day)) return ok(chosenArea)
  const match = findArea(context, text, { day, ...(finest.level === undefined ? {} : { level: finest.level }) })
  if (byCode) {
    const agrees = match.kind === 'none' || (match.kind === 'exact' ? match.area.id === byCode.id : match.areas.some((area) => area.id === byCode.id))
    return agrees ? ok(byCode) : refuse(fault(finest.key, 'area_mismatch', { code: code.value ?? '', area: byCode.name, name: text }))
  }
  if (match.kind === 'none' || match.rest !== '') return refuse(fault(finest.key, 'unknown_area', { area: text }))
  if (match.kind === 'exact') return ok(match.area)
  return refuse({
    ...fault(finest.key, 'ambiguous_area', { text, choices: match.areas.map((area) => described(context.areas, area)).join('; ') }),
    choice: { option, text, areaIds: match.areas.map((area) => area.id) },
  })
}

/** Spreadsheets take the zeros before a code away: 01 is Hà Nội, and 1 is what is left of it. */
const resolveCode = (tree: AreaTree, code: string, day: PlainDate): Area | undefined =>
  tree.resolve(code, day) ?? (/^\d$/.test(code) ? tree.resolve(`0${code}`, day) : /^\d{2,4}$/.test(code) ? tree.resolve(code.padStart(5, '0'), day) : undefined)

const described = (tree: AreaTree, area: Area): string => `${area.name} (${area.code}), ${tree.parent(area.id)?.name ?? ''}`

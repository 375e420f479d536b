import { ok, problem, refuse, vietnameseDate, type PlainDate, type Result } from '#base'
import type { Area } from '#platform/areas'
import { isBlank, PLACE_FIELDS, readPlace, textCell, type Cell, type FieldDefinition, type ReadContext, type RowRemark } from '#platform/import'

export type Cells = Readonly<Record<string, Cell | undefined>>

/** Where a sample comes from: the columns of every file, and the one of laboratories, `Asia / Vietnam / Kien Giang / Rach Gia`. */
export const SAMPLE_PLACE_FIELDS: readonly FieldDefinition[] = [
  ...PLACE_FIELDS, { key: 'location', kind: 'text', labels: { vi: ['Nơi lấy mẫu', 'Địa điểm lấy mẫu', 'Địa điểm'], en: ['Location', 'Division', 'Sampling place'] } },
]

export const remark = (field: string, code: string, params: Readonly<Record<string, string | number>> = {}): RowRemark => ({ field, problem: problem(code, { params }) })

const WIDER_THAN_A_PROVINCE = /^(asia|south-?east asia|vietnam|viet nam|việt nam|châu á|vn)$/iu

/** `Asia / Vietnam / Kien Giang / Rach Gia` as an address, the narrow first: `Rach Gia, Kien Giang`. */
export const addressOf = (location: string): string => location.split('/').map((part) => part.trim()).filter((part) => part !== '' && !WIDER_THAN_A_PROVINCE.test(part)).toReversed().join(', ')

const places = new WeakMap<ReadContext, Map<string, Result<Area, RowRemark> | undefined>>()

/** The area a row names, nothing where it names none. A file repeats its few hundred places in every row: each is looked for once. */
const placeNamed = (cells: Cells, named: boolean, day: PlainDate, context: ReadContext): Result<Area, RowRemark> | undefined => {
  let known = places.get(context)
  if (!known) places.set(context, (known = new Map()))
  const key = `${context.areas.period(day)}|${SAMPLE_PLACE_FIELDS.map((field) => cells[field.key]?.text ?? '').join('|')}`
  if (!known.has(key)) known.set(key, named ? readPlace(cells, day, context) : placeOfLocation(cells['location'], day, context))
  return known.get(key)
}

const placeOfLocation = (location: Cell | undefined, day: PlainDate, context: ReadContext): Result<Area, RowRemark> | undefined => {
  const address = addressOf(location?.text ?? '')
  if (address === '') return undefined
  const place = readPlace({ area: textCell(address) }, day, context)
  return place.ok ? place : refuse({ ...place.problem, field: 'location' })
}

/**
 * The area a row names on its day, else what else is known of it; one the account may write in. A day to come is a fault.
 * Problems: `future_day`, `missing_sample_area`, `outside_own_area`, those of `readPlace`.
 */
export const placeRow = (cells: Cells, day: PlainDate, context: ReadContext, about: { readonly dayField: string; readonly known?: Area | undefined; readonly name: string }): Result<Area, RowRemark> => {
  if (day > context.today) return refuse(remark(about.dayField, 'future_day', { day: vietnameseDate(day) }))
  const named = PLACE_FIELDS.some(({ key }) => !isBlank(cells[key]))
  const place = placeNamed(cells, named, day, context)
  if (place && !place.ok) return place
  const area = place?.value ?? about.known ?? context.areas.byId(Number(context.options['area'] ?? NaN))
  if (!area) return refuse(remark('area', 'missing_sample_area', { name: about.name }))
  return context.permits(area.pos, area.posEnd) ? ok(area) : refuse(remark(named ? 'area' : 'location', 'outside_own_area', { area: area.name }))
}

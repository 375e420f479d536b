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

/**
 * The area a row names on its day, else what else is known of it; one the account may write in. A day to come is a fault.
 * Problems: `future_day`, `missing_sample_area`, `outside_own_area`, those of `readPlace`.
 */
export const placeRow = (cells: Cells, day: PlainDate, context: ReadContext, about: { readonly dayField: string; readonly known?: Area | undefined; readonly name: string }): Result<Area, RowRemark> => {
  if (day > context.today) return refuse(remark(about.dayField, 'future_day', { day: vietnameseDate(day) }))
  const location = cells['location']
  const named = PLACE_FIELDS.some(({ key }) => !isBlank(cells[key]))
  const place = named ? readPlace(cells, day, context)
    : location && addressOf(location.text) !== '' ? readPlace({ area: textCell(addressOf(location.text)) }, day, context)
      : undefined
  if (place && !place.ok) return named ? place : refuse({ ...place.problem, field: 'location' })
  const area = place?.value ?? about.known ?? context.areas.byId(Number(context.options['area'] ?? NaN))
  if (!area) return refuse(remark('area', 'missing_sample_area', { name: about.name }))
  return context.permits(area.pos, area.posEnd) ? ok(area) : refuse(remark(named ? 'area' : 'location', 'outside_own_area', { area: area.name }))
}

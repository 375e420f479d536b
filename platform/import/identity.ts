import { problem, type PlainDate } from '#base'
import { nothing, refuseCell, saysUnknown, type Reading } from './cells.ts'
import { readDate } from './dates.ts'
import type { Cell } from './table.ts'

/** An age in completed years; months as well where they were written (infants). */
export interface Age {
  readonly years: number
  readonly months?: number
}

/** The oldest age taken for true. Unit: years. */
const OLDEST = 130
const DAYS_A_MONTH = 30.4375

const ages: readonly Reading<Age>[] = Array.from({ length: OLDEST + 1 }, (_, years) => ({ ok: true, value: { years } }))

/** Years, months and days, each of them optional. */
const agePattern = new RegExp(
  '^' +
    String.raw`(?:(\d{1,4}(?:[.,]\d)?)(?!\d) ?(?:tuoi|t|y|yo|yrs?|years?(?: old)?)?)?` +
    String.raw`(?: ?(\d{1,3}) ?(?:thang(?: tuoi)?|th|m|mo|months?(?: old)?))?` +
    String.raw`(?: ?(\d{1,3}) ?(?:ngay(?: tuoi)?|d|days?(?: old)?))?` +
    '$',
)

/** An age: `45`, `45 tuổi`, `8 tháng`, `2 tuổi 3 tháng`, `20 ngày`. Problems `unreadable_age`, `impossible_age`, `year_in_age`. */
export const readAge = (cell: Cell | undefined): Reading<Age> => {
  if (cell === undefined || cell.kind === 'empty') return nothing
  if (cell.kind === 'date' || cell.kind === 'error') return refuseCell(cell, 'unreadable_age')
  const plain = cell.kind === 'number' ? (cell.number ?? Number.NaN) : shortWhole(cell.text)
  if (Number.isInteger(plain) && plain >= 0 && plain <= OLDEST) return ages[plain] as Reading<Age>
  // Letters are keyed apart from the digits, which keep their decimal sign.
  const key = cell.text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim()
  if (saysUnknown(key)) return nothing
  const parts = agePattern.exec(key)
  if (!parts || key === '') return refuseCell(cell, 'unreadable_age')
  const years = Number((parts[1] ?? '0').replace(',', '.'))
  if (years >= 1900 && years <= 2100) return refuseCell(cell, 'year_in_age')
  const months = Math.floor(years * 12 + Number(parts[2] ?? 0) + Number(parts[3] ?? 0) / DAYS_A_MONTH)
  if (months > OLDEST * 12) return refuseCell(cell, 'impossible_age')
  const inMonths = parts[2] !== undefined || parts[3] !== undefined || !Number.isInteger(years)
  return { ok: true, value: inMonths ? { years: Math.floor(months / 12), months } : { years } }
}

const shortWhole = (text: string): number => (/^\d{1,3}$/.test(text) ? Number(text) : Number.NaN)

/** When a person was born, as far as it is known. */
export interface Birth {
  readonly year: number
  readonly date?: PlainDate
}

const yearsOfBirth = new Map<number, Reading<Birth>>()

const bornIn = (year: number): Reading<Birth> | undefined => {
  if (!(year >= 1880 && year <= 2100)) return undefined
  let reading = yearsOfBirth.get(year)
  if (!reading) yearsOfBirth.set(year, (reading = { ok: true, value: { year } }))
  return reading
}

/**
 * A year of birth (`1985`, `09/1985`, `00/00/1985`) or a date of birth in any form that `readDate` takes; a year typed
 * into a date cell is a year. Problems `two_digit_year`, `unreadable_birth` and those of `readDate`.
 */
export const readBirth = (cell: Cell | undefined): Reading<Birth> => {
  if (cell === undefined || cell.kind === 'empty') return nothing
  const year = cell.kind === 'text' ? yearIn(cell.text) : cell.kind === 'boolean' ? undefined : cell.number
  const yearOnly = year !== undefined && Number.isInteger(year) ? bornIn(year) : undefined
  if (yearOnly) return yearOnly
  if (/^'?\d{1,2}$/.test(cell.text)) return refuseCell(cell, 'two_digit_year')
  const reading = readDate(cell)
  if (!reading.ok) return reading.problem.code === 'unreadable_date' ? refuseCell(cell, 'unreadable_birth') : reading
  return reading.value === undefined ? nothing : { ok: true, value: { year: Number(reading.value.slice(0, 4)), date: reading.value } }
}

const yearIn = (text: string): number | undefined => {
  if (text.length === 4) return Number(text)
  const loose = /^\s*(?:(?:0?0[/.-])?(?:\d{1,2}[/.-]))?(\d{4})\s*$/.exec(text)
  return loose ? Number(loose[1]) : undefined
}

/** The digits of a text, leaving out what people put between them; nothing when anything else is there. */
const digitsOf = (text: string): string | undefined => {
  if (/^\d+$/.test(text)) return text
  const digits = text.replace(/[\s\u00a0.\-()'’`]/g, '')
  return /^\+?\d+$/.test(digits) ? digits : undefined
}

const inPowers = /^\d+(?:[.,]\d+)?e\+?\d+$/i

/**
 * A Vietnamese telephone number as ten or eleven digits from 0: `+84` becomes 0, and the 0 that a spreadsheet ate is put
 * back. Of several numbers the first is taken, with the warning `several_phones`. Problems `bad_phone`, `digits_lost`.
 */
export const readPhone = (cell: Cell | undefined): Reading<string> => {
  if (cell === undefined || cell.kind === 'empty') return nothing
  const phone = phoneOf(cell.text)
  if (phone) return { ok: true, value: phone }
  if (inPowers.test(cell.text)) return refuseCell(cell, 'digits_lost')
  if (saysUnknown(cell.text)) return nothing
  const [first = '', ...others] = cell.text.split(/[;,/\n]|\s-\s|\s{2,}/).filter((text) => /\d/.test(text))
  const several = others.length > 0 ? phoneOf(first) : undefined
  return several
    ? { ok: true, value: several, warning: problem('several_phones', { params: { text: cell.text, phone: several } }) }
    : refuseCell(cell, 'bad_phone')
}

const phoneOf = (text: string): string | undefined => {
  let digits = digitsOf(text)
  if (digits === undefined) return undefined
  if (digits.startsWith('+84')) digits = `0${digits.slice(3).replace(/^0/, '')}`
  else if (/^84\d{9,10}$/.test(digits)) digits = `0${digits.slice(2)}`
  // Mobile numbers have nine digits after the 0, landlines with an area code from 2 have ten.
  else if (/^(?:[1-9]\d{8}|2\d{9})$/.test(digits)) digits = `0${digits}`
  return /^0\d{9,10}$/.test(digits) ? digits : undefined
}

/**
 * A personal number as text: twelve digits; nine are an old identity card (warning `old_identity_number`). Leading zeros
 * that a spreadsheet ate are put back with the warning `zeros_restored`: province codes start at 001, so at most two were
 * lost of twelve, one of nine. Problems `bad_national_id`, `digits_lost` (shown as 9.1E+10: the last digits are gone).
 */
export const readNationalId = (cell: Cell | undefined): Reading<string> => {
  if (cell === undefined || cell.kind === 'empty') return nothing
  const digits = digitsOf(cell.text)
  if (digits === undefined || cell.kind === 'date' || cell.kind === 'boolean') {
    if (inPowers.test(cell.text)) return refuseCell(cell, 'digits_lost')
    return saysUnknown(cell.text) ? nothing : refuseCell(cell, 'bad_national_id')
  }
  if (digits.length === 12) return { ok: true, value: digits }
  if (digits.length === 9) return { ok: true, value: digits, warning: problem('old_identity_number', { params: { text: digits } }) }
  const value = digits.padStart(digits.length <= 9 ? 9 : 12, '0')
  if (![8, 10, 11].includes(digits.length)) return refuseCell(cell, 'bad_national_id')
  return { ok: true, value, warning: problem('zeros_restored', { params: { text: cell.text, value } }) }
}

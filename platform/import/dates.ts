import { addDays, dateOf, fromDayNumber, nameKey, type PlainDate } from '#base'
import { nothing, refuseCell, saysUnknown, type Reading } from './cells.ts'
import type { Cell } from './table.ts'

/** 1899-12-30: what a serial counts from after Excel's invented 29/02/1900 (serial 60). */
const SERIAL_ZERO = -25569
const DAYS_1904 = 1462
/** 1927-05-18: below it a bare number in a date column is rather a year or a count. */
const LEAST_BARE_SERIAL = 10_000
/** 2100-12-31 */
const LAST_SERIAL = 73_415

const EARLIEST_YEAR = 1900
const LATEST_YEAR = 2100

/** The day of an Excel serial (1900 system), or nothing for 29/02/1900, which never was, and for days outside 1900–2100. */
export const serialDate = (serial: number): PlainDate | undefined => {
  const whole = Math.floor(serial)
  if (!(whole >= 1 && whole <= LAST_SERIAL) || whole === 60) return undefined
  return fromDayNumber(SERIAL_ZERO + (whole < 60 ? whole + 1 : whole))
}

/** Days already made: a file names a few hundred different ones, a million times. */
const days = new Map<number, Reading<PlainDate>>()

const readDay = (year: number, month: number, dayOfMonth: number): Reading<PlainDate> | undefined => {
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) return undefined
  const key = year * 512 + month * 32 + dayOfMonth
  const known = dayOfMonth < 32 && month < 16 ? days.get(key) : undefined
  if (known) return known
  const value = dateOf(year, month, dayOfMonth)
  if (value === undefined) return undefined
  const reading = { ok: true, value } as const
  days.set(key, reading)
  return reading
}

/**
 * Reads a day: dd/mm/yyyy with `/`, `-` or `.`, ISO yyyy-mm-dd, both with or without a time, `ngày 5 tháng 9 năm 2021`,
 * `05-Sep-2021`, yyyymmdd, Excel serials and date cells. A moment in UTC counts as the day it is in Vietnam.
 * Problems `two_digit_year`, `month_first_date`, `impossible_date`, `year_only`, `unreadable_date`.
 */
export const readDate = (cell: Cell | undefined): Reading<PlainDate> => {
  if (cell === undefined || cell.kind === 'empty') return nothing
  if (cell.kind === 'text') return readDateText(cell)
  if (cell.number === undefined || cell.kind === 'boolean') return refuseCell(cell, 'unreadable_date')
  // A year typed into a cell that is formatted as a date shows as a day of 1905.
  if (cell.number >= EARLIEST_YEAR && cell.number <= LATEST_YEAR) return refuseCell(cell, 'year_only', { year: cell.number })
  return cell.kind === 'date' || cell.number >= LEAST_BARE_SERIAL ? readSerial(cell, cell.number) : refuseCell(cell, 'unreadable_date')
}

const readSerial = (cell: Cell, serial: number): Reading<PlainDate> => {
  if (serial > LAST_SERIAL && cell.kind === 'number') return readCompact(cell, String(serial)) ?? refuseCell(cell, 'unreadable_date')
  const value = serialDate(serial + (cell.dates1904 ? DAYS_1904 : 0))
  return value === undefined ? refuseCell(cell, 'impossible_date') : { ok: true, value }
}

/** Two digits as a number, NaN when either is none. */
const twoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

const SLASH = 47
const HYPHEN = 45

/** dd/mm/yyyy and yyyy-mm-dd to the letter: nearly every date of a million, read without a regular expression. */
const readCommonForm = (text: string): Reading<PlainDate> | undefined => {
  if (text.length !== 10) return undefined
  if (text.charCodeAt(2) === SLASH && text.charCodeAt(5) === SLASH) {
    return readDay(twoDigits(text, 6) * 100 + twoDigits(text, 8), twoDigits(text, 3), twoDigits(text, 0))
  }
  if (text.charCodeAt(4) === HYPHEN && text.charCodeAt(7) === HYPHEN) {
    return readDay(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8))
  }
  return undefined
}

const inFigures = /^(\d{1,4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,4})(?!\d)(.*)$/s

const readDateText = (cell: Cell): Reading<PlainDate> => {
  const common = readCommonForm(cell.text)
  if (common) return common
  const text = cell.text.trim()
  const figures = inFigures.exec(text)
  const shift = figures ? dayShift(figures[4] ?? '') : undefined
  if (!figures || shift === undefined) return readOtherForms(cell, text)
  const reading = readParts(cell, figures[1], figures[2], figures[3])
  return shift === 0 || !reading.ok || reading.value === undefined ? reading : { ok: true, value: addDays(reading.value, shift) }
}

const readParts = (cell: Cell, first = '', second = '', third = ''): Reading<PlainDate> => {
  if (first.length === 4 && third.length <= 2) return readDay(+first, +second, +third) ?? refuseCell(cell, 'impossible_date')
  if (first.length <= 2 && third.length === 2) return refuseCell(cell, 'two_digit_year')
  if (first.length > 2 || third.length !== 4) return refuseCell(cell, 'unreadable_date')
  const reading = readDay(+third, +second, +first)
  if (reading) return reading
  const monthFirst = +second > 12 && dateOf(+third, +first, +second) !== undefined
  return refuseCell(cell, monthFirst ? 'month_first_date' : 'impossible_date', { month: second })
}

const timeOfDay = /^(?:T|,?\s+|\s*-\s*)(\d{1,2})[:hg](\d{2})?(?::(\d{2})(?:[.,]\d+)?)?\s*(?:am|pm|sa|ch)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/** Indochina time. Unit: minutes. */
const VIETNAM_OFFSET = 7 * 60

/** What follows a day: a time shifts it by whole days when it names another zone than Vietnam's; anything else is no time. */
const dayShift = (rest: string): number | undefined => {
  if (rest.trim() === '') return 0
  const time = timeOfDay.exec(rest)
  if (!time) return undefined
  const hours = Number(time[1])
  if (hours > 24) return undefined
  const zone = time[4]
  if (zone === undefined) return 0
  const sign = zone.startsWith('-') ? -1 : 1
  const offset = zone.toUpperCase() === 'Z' ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
  return Math.floor((hours * 60 + Number(time[2] ?? 0) - offset + VIETNAM_OFFSET) / 1440)
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The rarer forms; they may take their time. */
const readOtherForms = (cell: Cell, text: string): Reading<PlainDate> => {
  if (saysUnknown(text)) return nothing
  if (/^\d{5}(?:[.,]\d+)?$/.test(text)) return readSerial(cell, Number(text.replace(',', '.')))
  if (/^\d{4}$/.test(text) && +text >= EARLIEST_YEAR && +text <= LATEST_YEAR) return refuseCell(cell, 'year_only', { year: text })
  const compact = readCompact(cell, text)
  if (compact) return compact
  const afterTime = /^\d{1,2}[:hg]\d{0,2}(?::\d{2})?,?\s+(.+)$/i.exec(text)?.[1]
  if (afterTime) return readDateText({ ...cell, text: afterTime })
  const key = nameKey(text)
  const spoken = /^(?:ngay )?(\d{1,2}) (?:(?:thang|thg|th) ?)?(\d{1,2}) (?:nam )?(\d{2,4})$/.exec(key)
  if (spoken) return readParts(cell, spoken[1], spoken[2], spoken[3])
  const dayFirst = /^(\d{1,2}) ([a-z]{3,9}) (\d{2,4})$/.exec(key)
  if (dayFirst) return readNamedMonth(cell, dayFirst[1], dayFirst[2], dayFirst[3])
  const monthFirst = /^([a-z]{3,9}) (\d{1,2}) (\d{2,4})$/.exec(key)
  if (monthFirst) return readNamedMonth(cell, monthFirst[2], monthFirst[1], monthFirst[3])
  return refuseCell(cell, 'unreadable_date')
}

const readNamedMonth = (cell: Cell, dayOfMonth?: string, name = '', year?: string): Reading<PlainDate> => {
  const month = months.indexOf(name.slice(0, 3)) + 1
  return month === 0 ? refuseCell(cell, 'unreadable_date') : readParts(cell, dayOfMonth, String(month), year)
}

/** yyyymmdd (ISO 8601 basic form); ddmmyyyy loses its first zero in every spreadsheet and is not guessed. */
const readCompact = (cell: Cell, text: string): Reading<PlainDate> | undefined => {
  if (!/^(?:19\d\d|20\d\d|2100)\d{4}$/.test(text)) return undefined
  return readDay(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8))) ?? refuseCell(cell, 'impossible_date')
}

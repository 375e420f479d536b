import { ok, refuse, type Result } from './result.ts'
import { problem } from './problem.ts'

declare const plainDate: unique symbol
declare const instant: unique symbol

/** A calendar day `YYYY-MM-DD` in the proleptic Gregorian calendar, without a time or a zone. */
export type PlainDate = string & { readonly [plainDate]: true }

/** A moment in UTC, ISO 8601 with `Z`. */
export type Instant = string & { readonly [instant]: true }

const shape = /^(\d{4})-(\d{2})-(\d{2})$/

/** Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil). Example: `dayNumber(day('1970-01-02')) === 1`. */
export const dayNumber = (date: PlainDate): number =>
  daysFromCivil(twoDigits(date, 0) * 100 + twoDigits(date, 2), twoDigits(date, 5), twoDigits(date, 8))

/** A season of a province names its days some hundred thousand times: no text is cut out of the text. */
const twoDigits = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528

const daysFromCivil = (year: number, month: number, dayOfMonth: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0')

/** The day of a day number: the inverse of `dayNumber` (Hinnant, civil_from_days). Example: `fromDayNumber(1) === '1970-01-02'`. */
export const fromDayNumber = (number: number): PlainDate => {
  const z = number + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfYear - Math.floor((153 * mp + 2) / 5) + 1, 2)}` as PlainDate
}

/** Reads an ISO day; refuses days that do not exist. Problem `bad_date`. Example: `parseDate('2021-02-29').ok === false`. */
export const parseDate = (text: string): Result<PlainDate> => {
  const parts = shape.exec(text)
  if (parts && isRealDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))) return ok(text as PlainDate)
  return refuse(problem('bad_date', { params: { text } }))
}

/** Whether the calendar has this day. Example: `isRealDay(2024, 2, 29) === true`. */
export const isRealDay = (year: number, month: number, dayOfMonth: number): boolean =>
  Number.isInteger(year) && year >= 1 && year <= 9999 && month >= 1 && month <= 12 && dayOfMonth >= 1 &&
  dayOfMonth <= daysInMonth(year, month)

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** A day known to be good (a literal in code or a column of type date). Throws on a bad one: that is a bug. Example: `day('2021-10-12')`. */
export const day = (text: string): PlainDate => {
  const parsed = parseDate(text)
  if (!parsed.ok) throw new Error(`not a day: ${text}`)
  return parsed.value
}

/** Makes a day from its parts, or nothing if the calendar has no such day. Example: `dateOf(2021, 2, 30) === undefined`. */
export const dateOf = (year: number, month: number, dayOfMonth: number): PlainDate | undefined =>
  isRealDay(year, month, dayOfMonth) ? (`${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}` as PlainDate) : undefined

/** The day `days` later (earlier when negative). Example: `addDays(day('2021-12-31'), 1) === '2022-01-01'`. */
export const addDays = (date: PlainDate, days: number): PlainDate => fromDayNumber(dayNumber(date) + days)

/** Days from `from` to `to`, negative when `to` is earlier. Example: `daysBetween(day('2021-10-01'), day('2021-10-08')) === 7`. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => dayNumber(to) - dayNumber(from)

/** Every day from `from` to `to`, both included. */
export const eachDay = (from: PlainDate, to: PlainDate): PlainDate[] => {
  const first = dayNumber(from)
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, i) => fromDayNumber(first + i))
}

/** ISO weekday, 1 Monday … 7 Sunday. Example: `weekday(day('2021-11-22')) === 1`. */
export const weekday = (date: PlainDate): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1

/** The day as an office writes it, `dd/mm/yyyy`. Example: `vietnameseDate(day('2021-10-12')) === '12/10/2021'`. */
export const vietnameseDate = (date: PlainDate): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`

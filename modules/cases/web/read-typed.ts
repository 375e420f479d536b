import { dateOf, ok, problem, refuse, type PlainDate, type Result } from '#base'

const WITH_YEAR = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const ONLY_DIGITS = /^(\d{2})(\d{2})(\d{4})$/
const SHORT_YEAR = /^\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{1,3}$|^\d{6}$/
const NO_YEAR = /^\d{1,2}[/.-]\d{1,2}$/

/**
 * A day as a keyboard types it: `5/9/2021`, `05-09-2021`, `05092021`, ISO; nothing typed is nothing known.
 * Problems: `two_digit_year`, `day_without_year`, `no_such_day`, `unreadable_day`. Example: `readDay('05092021')` is 2021-09-05.
 */
export const readDay = (typed: string): Result<PlainDate | null> => {
  const text = typed.trim()
  if (text === '') return ok(null)
  const office = WITH_YEAR.exec(text) ?? ONLY_DIGITS.exec(text)
  const iso = ISO.exec(text)
  if (office || iso) {
    const [year, month, dayOfMonth] = (iso ? [iso[1], iso[2], iso[3]] : [office?.[3], office?.[2], office?.[1]]).map(Number) as [number, number, number]
    const day = dateOf(year, month, dayOfMonth)
    return day ? ok(day) : refuse(problem('no_such_day', { params: { text } }))
  }
  if (SHORT_YEAR.test(text)) return refuse(problem('two_digit_year', { params: { text } }))
  return refuse(problem(NO_YEAR.test(text) ? 'day_without_year' : 'unreadable_day', { params: { text } }))
}

/** A day of birth, or only its year. Problems: those of a day. Example: `readBirth('1985')` is `{ birthOn: null, birthYear: 1985 }`. */
export const readBirth = (typed: string): Result<{ readonly birthOn: PlainDate | null; readonly birthYear: number | null }> => {
  const text = typed.trim()
  if (/^\d{4}$/.test(text)) return ok({ birthOn: null, birthYear: Number(text) })
  if (/^\d{2}$/.test(text)) return refuse(problem('two_digit_year', { params: { text } }))
  const day = readDay(text)
  if (!day.ok) return day
  return ok({ birthOn: day.value, birthYear: day.value === null ? null : Number(day.value.slice(0, 4)) })
}

/** A whole number from 0. Problem `not_whole`. */
export const readWhole = (typed: string): Result<number | null> => {
  const text = typed.trim()
  if (text === '') return ok(null)
  return /^\d{1,9}$/.test(text) ? ok(Number(text)) : refuse(problem('not_whole', { params: { text } }))
}

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** Days before each month of a year that begins in March, so that the leap day is the last. */
const daysBefore = (month: number): number => Math.floor((153 * ((month + 9) % 12) + 2) / 5)

/**
 * A calendar day `YYYY-MM-DD` as days since 1970-01-01, undefined where there is no such day (Gregorian; years begin in March, so that 400 of them are 146 097 days).
 * Example: `dayNumber('2011-06-02') === 15127`.
 */
export const dayNumber = (text: string): number | undefined => {
  const [, year = 0, month = 0, dayOfMonth = 0] = (ISO_DAY.exec(text) ?? []).map(Number)
  if (month < 1 || month > 12 || dayOfMonth < 1) return undefined
  const marchYear = month <= 2 ? year - 1 : year
  const day = 365 * marchYear + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400) + daysBefore(month) + dayOfMonth - 719469
  return isoDay(day) === text ? day : undefined
}

/** The other way. Example: `isoDay(15127) === '2011-06-02'`. */
export const isoDay = (day: number): string => {
  const sinceMarch = day + 719468
  let marchYear = Math.floor((400 * sinceMarch + 591) / 146097)
  const yearDay = (): number => sinceMarch - (365 * marchYear + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400))
  if (yearDay() < 0) marchYear--
  const rest = yearDay()
  const shifted = Math.floor((5 * rest + 2) / 153)
  const month = ((shifted + 2) % 12) + 1
  const year = month <= 2 ? marchYear + 1 : marchYear
  const pad = (value: number, width: number): string => String(value).padStart(width, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(rest - daysBefore(month) + 1, 2)}`
}

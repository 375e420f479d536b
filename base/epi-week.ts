import { addDays, dateOf, dayNumber, weekday, type PlainDate } from './plain-date.ts'

/** An ISO 8601 week (Monday to Sunday; week 1 holds 4 January), the week Vietnam's reports use. */
export interface EpiWeek {
  readonly year: number
  readonly week: number
}

/** The ISO week of a day (ISO 8601-1:2019 §4.3.4). Example: `epiWeek(day('2021-01-03'))` is week 53 of 2020. */
export const epiWeek = (date: PlainDate): EpiWeek => {
  const thursday = addDays(date, 4 - weekday(date))
  const year = Number(thursday.slice(0, 4))
  return { year, week: Math.floor((dayNumber(thursday) - dayNumber(dateOf(year, 1, 1) as PlainDate)) / 7) + 1 }
}

import { dayNumber, type Instant, type PlainDate } from '#base'

/** Many provinces close the day at 18:00; an area that has set no hour keeps this one. */
export const DEFAULT_HOUR = 18

/** Indochina time, UTC+7 without daylight saving. Unit: hours. */
const PROVINCE_OFFSET = 7

/** The instant by which the figures of a day are due. Example: `deadlineOf(day('2021-10-12'), 18) === '2021-10-12T11:00:00.000Z'`. */
export const deadlineOf = (day: PlainDate, hour: number): Instant =>
  new Date((dayNumber(day) * 24 + hour - PROVINCE_OFFSET) * 3_600_000).toISOString() as Instant

/** The hour of the nearest area that has set one, from an area upwards. `path`: the area, its parent, … up to the country. */
export const hourOf = (hours: ReadonlyMap<number, number>, path: readonly { readonly id: number }[]): number => {
  for (const { id } of path) {
    const hour = hours.get(id)
    if (hour !== undefined) return hour
  }
  return DEFAULT_HOUR
}

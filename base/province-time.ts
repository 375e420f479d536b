import { addDays, type Instant, type PlainDate } from './plain-date.ts'

/** Vietnam keeps Indochina time, UTC+7 without daylight saving since 1975. Unit: hours. */
const AHEAD = 7

const hourOf = (at: Instant): number => Number(at.slice(11, 13)) + AHEAD

/** The province's day of an instant, whatever zone the machine stands in. Example: `provinceDay('2021-10-12T17:00:00.000Z') === '2021-10-13'`. */
export const provinceDay = (at: Instant): PlainDate => addDays(at.slice(0, 10) as PlainDate, hourOf(at) >= 24 ? 1 : 0)

/** What the province's clock shows at an instant. Example: `provinceTime('2021-10-12T17:05:00.000Z') === '00:05'`. */
export const provinceTime = (at: Instant): string => `${String(hourOf(at) % 24).padStart(2, '0')}${at.slice(13, 16)}`

import { parseDate, uuidV7, type Id, type Instant, type PlainDate } from '#base'

/** Where the browser reads its clock and its randomness; nothing else in `web` folders does. */
export const now = (): Instant => new Date().toISOString() as Instant

/** Indochina time, UTC+7 without daylight saving since 1975. Unit: milliseconds. */
const PROVINCE_OFFSET = 7 * 3_600_000

/** What the province's clock shows at a moment, whatever zone the browser stands in: `2021-10-20T07:05:00.000Z`, its letter aside. */
export const provinceClock = (at: Instant): string => new Date(Date.parse(at) + PROVINCE_OFFSET).toISOString()

/** The province's day. */
export const today = (): PlainDate => provinceClock(now()).slice(0, 10) as PlainDate

/** The day an address names, the province's today by default. */
export const dayIn = (given: string | undefined): PlainDate => {
  const parsed = parseDate(given ?? '')
  return parsed.ok ? parsed.value : today()
}

/** A UUIDv7: the id of a command or of a row made in the browser. */
export const newId = (): Id => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))

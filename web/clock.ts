import { parseDate, provinceDay, uuidV7, type Id, type Instant, type PlainDate } from '#base'

/** Where the browser reads its clock and its randomness; nothing else in `web` folders does. */
export const now = (): Instant => new Date().toISOString() as Instant

/** The province's day. */
export const today = (): PlainDate => provinceDay(now())

/** The day an address names, the province's today by default. */
export const dayIn = (given: string | undefined): PlainDate => {
  const parsed = parseDate(given ?? '')
  return parsed.ok ? parsed.value : today()
}

/** A UUIDv7: the id of a command or of a row made in the browser. */
export const newId = (): Id => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))

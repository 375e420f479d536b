import { uuidV7, type Id, type Instant, type PlainDate } from '#base'

/** Where the browser reads its clock and its randomness; nothing else in `web` folders does. */
export const now = (): Instant => new Date().toISOString() as Instant

const provinceDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh', year: 'numeric', month: '2-digit', day: '2-digit' })

/** The province's day (Asia/Ho_Chi_Minh), whatever zone the browser stands in. */
export const today = (): PlainDate => provinceDay.format(new Date()) as PlainDate

/** A UUIDv7: the id of a command or of a row made in the browser. */
export const newId = (): Id => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))

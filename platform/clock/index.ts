import { randomFillSync } from 'node:crypto'
import { provinceDay, uuidV7, type Id, type Instant, type PlainDate } from '#base'

/** Where the product takes the time from; tests put their own in (the only place `Date` is asked for now). */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly milliseconds: () => number
}

export const systemClock: Clock = { milliseconds: () => Date.now() }

/** This moment in UTC. */
export const now = (clock: Clock = systemClock): Instant => new Date(clock.milliseconds()).toISOString() as Instant

/** The province's day, Asia/Ho_Chi_Minh. */
export const today = (clock: Clock = systemClock): PlainDate => provinceDay(now(clock))

const pool = new Uint8Array(10 * 512)
let used = pool.length

/** A new UUIDv7. Random bytes are drawn in blocks: one system call for 512 ids. */
export const newId = (clock: Clock = systemClock): Id => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return uuidV7(clock.milliseconds(), pool.subarray(used, (used += 10)))
}

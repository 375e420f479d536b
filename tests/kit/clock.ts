import type { Instant } from '#base'
import type { Clock } from '#platform/clock'

/** A clock that stands still until it is moved. */
export interface StoppedClock extends Clock {
  set(instant: string): void
  advance(milliseconds: number): void
}

/** Example: `stoppedClock('2021-10-12T02:00:00Z')` is nine o'clock in the province. */
export const stoppedClock = (instant: Instant | string): StoppedClock => {
  let at = Date.parse(instant)
  return {
    milliseconds: () => at,
    set: (to) => {
      at = Date.parse(to)
    },
    advance: (milliseconds) => {
      at += milliseconds
    },
  }
}

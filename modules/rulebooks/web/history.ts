/** What was edited, and what was taken back. */
export interface History<T> {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
}

/** Steps that can be taken back. */
const MOST = 200

export const startHistory = <T>(now: T): History<T> => ({ past: [], now, future: [] })

/** A step further; what was taken back before is gone. A step that changes nothing is none. */
export const step = <T>(history: History<T>, next: T): History<T> =>
  next === history.now ? history : { past: [...history.past, history.now].slice(-MOST), now: next, future: [] }

export const undo = <T>({ past, now, future }: History<T>): History<T> =>
  past.length === 0 ? { past, now, future } : { past: past.slice(0, -1), now: past.at(-1) as T, future: [now, ...future] }

export const redo = <T>({ past, now, future }: History<T>): History<T> =>
  future.length === 0 ? { past, now, future } : { past: [...past, now], now: future[0] as T, future: future.slice(1) }

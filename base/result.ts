import type { Problem } from './problem.ts'

/** The outcome of anything that may be refused: a value, or the problem that says why not. Exceptions are bugs. */
export type Result<T, P = Problem> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P }

/** Wraps a value as a success. Example: `ok(3).ok === true`. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

/** Wraps a problem as a refusal. Example: `refuse(problem('unknown_area')).ok === false`. */
export const refuse = <P>(problem: P): { readonly ok: false; readonly problem: P } => ({ ok: false, problem })

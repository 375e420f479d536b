import type { App } from '#platform/http'

/** Where other processes write too, what they did is told here within this time. Unit: milliseconds. */
const TOLD_WITHIN = 2_000
/** Answers kept at once. */
const KEPT = 16

interface Kept {
  readonly topics: readonly string[] | undefined
  readonly version: number
  readonly at: number
  readonly answer: Promise<unknown>
}
const kept = new WeakMap<App, Map<string, Kept>>()

/** What was made under a key, until something of these topics (of anything when left out) is committed: those who ask while it is being made wait for the same one. */
export const remembered = <T>(app: App, key: string, topics: readonly string[] | undefined, make: () => Promise<T>): Promise<T> => {
  let all = kept.get(app)
  if (!all) kept.set(app, (all = new Map()))
  const at = performance.now()
  // What nobody can be given any more is some megabytes each.
  for (const [old, one] of all) if (one.version !== app.live.version(one.topics)) all.delete(old)
  const known = all.get(key)
  const standing = app.database.describe().kind === 'embedded' ? Infinity : TOLD_WITHIN
  if (known && at - known.at < standing) return known.answer as Promise<T>
  const version = app.live.version(topics)
  const answer = make()
  // A reading that failed is no answer for the next one.
  answer.catch(() => {
    if (all.get(key)?.answer === answer) all.delete(key)
  })
  all.delete(key)
  all.set(key, { topics, version, at, answer })
  const [oldest] = all.keys()
  if (all.size > KEPT && oldest !== undefined) all.delete(oldest)
  return answer
}

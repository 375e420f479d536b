import type { Permission, Role } from '#base'
import type { Scope } from '#platform/db'

/** Positions `lo … hi` of an area and everything below it. */
export interface Range {
  readonly lo: number
  readonly hi: number
}

/** A role in an area: its subtree, and the units that were merged into it. */
export interface Grant {
  readonly role: Role
  readonly areaId: number
  readonly ranges: readonly Range[]
}

/** Who is acting: a signed-in account, or a person at the shell of the server (`shell:<os user>`). */
export interface Actor {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly grants: readonly Grant[]
}

/** Whether the actor holds the permission over the whole span of positions. */
export const permits = (actor: Actor, permission: Permission, lo: number, hi: number = lo): boolean =>
  actor.grants.some((grant) => permission.roles.includes(grant.role) && grant.ranges.some((range) => range.lo <= lo && hi <= range.hi))

/** Ranges in order, those that touch or overlap joined. */
export const joinRanges = (ranges: readonly Range[]): Range[] => {
  const joined: Range[] = []
  for (const range of ranges.toSorted((a, b) => a.lo - b.lo || a.hi - b.hi)) {
    const last = joined.at(-1)
    if (last && range.lo <= last.hi + 1) joined[joined.length - 1] = { lo: last.lo, hi: Math.max(last.hi, range.hi) }
    else joined.push(range)
  }
  return joined
}

/** Where the actor may use a permission, as ranges of area positions in order; empty when nowhere. */
export const rangesOf = (actor: Actor, permission: Permission): readonly Range[] => {
  let known = memory.get(actor)
  if (!known) memory.set(actor, (known = new Map()))
  let ranges = known.get(permission)
  if (!ranges) {
    ranges = joinRanges(actor.grants.filter((grant) => permission.roles.includes(grant.role)).flatMap((grant) => grant.ranges))
    known.set(permission, ranges)
  }
  return ranges
}
const memory = new WeakMap<Actor, Map<Permission, readonly Range[]>>()

/** The row-level-security scope of an actor under a permission; nothing when it holds it nowhere. The same object each time: the database keeps what it made of it. */
export const scopeOf = (actor: Actor, permission: Permission): Scope | undefined => {
  const ranges = rangesOf(actor, permission)
  let scope = scopes.get(ranges)
  if (!scope) {
    scope = scopeOfRanges(ranges)
    if (scope) scopes.set(ranges, scope)
  }
  return scope
}
const scopes = new WeakMap<readonly Range[], Scope>()

/** The scope of ranges in order; nothing for none. */
export const scopeOfRanges = (ranges: readonly Range[]): Scope | undefined => {
  const first = ranges[0]
  const last = ranges.at(-1)
  if (!first || !last) return undefined
  return { lo: first.lo, hi: last.hi, ranges: ranges.length === 1 ? '' : `{${ranges.map(({ lo, hi }) => `[${lo},${hi}]`).join(',')}}` }
}

import type { Role } from '#base'
import type { Areas } from '#platform/areas'
import { sql, type Tx } from '#platform/db'
import { joinRanges, type Actor, type Grant, type Range } from './actor.ts'

/** Positions an area stands for: its subtree, and units of other trees that lie wholly within it (mergers, the two-tier tree of 07/2025). */
export const rangesOfArea = (areas: Areas, areaId: number): Range[] => joinRanges(areas.wholly(areaId).map(({ pos, posEnd }) => ({ lo: pos, hi: posEnd })))

/** A grant as it is acted on. */
export const grantOf = (areas: Areas, role: Role, areaId: number): Grant => ({ role, areaId, ranges: rangesOfArea(areas, areaId) })

/** The account as an actor, unless it is unknown or switched off. */
export const loadActor = async (tx: Tx, areas: Areas, userId: string): Promise<Actor | undefined> => {
  const rows = await tx.rows(sql<{ name: string; username: string; role: Role | null; area_id: number | null }>`
    select u.name, u.username, g.role, g.area_id from auth."user" u
    left join account_grant g on g.user_id = u.id
    where u.id = ${userId} and not exists (select 1 from account_status s where s.user_id = u.id and s.disabled_at is not null)
    order by g.area_id, g.role`)
  const first = rows[0]
  if (!first) return undefined
  const grants = rows.flatMap(({ role, area_id }) => (role && area_id !== null ? [grantOf(areas, role, area_id)] : []))
  return { id: userId, username: first.username, name: first.name, grants }
}

/** The person at the shell of the server: administrator everywhere, under the name of the operating system's user. */
export const shellActor = (areas: Areas, osUser: string): Actor => ({
  id: `shell:${osUser}`, username: osUser, name: osUser, grants: [grantOf(areas, 'administrator', areas.country().id)],
})

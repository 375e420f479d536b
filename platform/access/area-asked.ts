import { ok, problem, refuse, type Permission, type PlainDate, type Result } from '#base'
import type { Area, Areas } from '#platform/areas'
import { permits, type Actor } from './actor.ts'

/** The area a code means on a day, the province without one, if the actor holds the permission over all of it. Problems `unknown_area`, `forbidden`. */
export const areaAsked = (areas: Areas, actor: Actor, permission: Permission, code: string | undefined, on: PlainDate): Result<Area> => {
  const area = code === undefined ? areas.root(on) : areas.tree().resolve(code, on)
  if (!area) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: code ?? '' } }))
  return permits(actor, permission, area.pos, area.posEnd) ? ok(area) : refuse(problem('forbidden', { status: 403, field: 'area' }))
}

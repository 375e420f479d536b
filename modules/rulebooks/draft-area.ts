import { ok, problem, refuse, type Result } from '#base'
import type { Area } from '#platform/areas'
import type { CommandContext } from '#platform/commands'
import { rulebookDraft } from './contract.ts'

/** The area a draft shall hold in: the one wanted, or as much of it as the drafter answers for. A text of the nation is drafted for the own province. */
export const draftAreaOf = ({ actor, areas, permits }: CommandContext, wanted: Area): Result<Area> => {
  if (permits(wanted.pos, wanted.posEnd)) return ok(wanted)
  const own = actor.grants
    .filter(({ role }) => rulebookDraft.roles.includes(role))
    .flatMap(({ areaId }) => areas.byId(areaId) ?? [])
    .filter((area) => areas.isWithin(area.id, wanted.id))
    .toSorted((a, b) => b.posEnd - b.pos - (a.posEnd - a.pos))[0]
  return own ? ok(own) : refuse(problem('forbidden', { status: 403, field: 'area' }))
}

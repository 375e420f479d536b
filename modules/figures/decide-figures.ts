import { ok, problem, refuse, type Id, type Result } from '#base'
import { newId } from '#platform/clock'
import { command, type CommandContext } from '#platform/commands'
import { confirmFigures, figureConfirm, rejectFigures } from './contract.ts'
import { lockFiguresById, putInForce, supersede } from './figure-store.ts'
import type { Figure } from './figure.ts'
import { commonArea } from './report-figures.ts'

/**
 * R6: an epidemiologist decides about figures; each gets a new image with who, when and why, the old one goes to the
 * history (R4). All or none. Problems: `unknown_figure` (none such in force, or another has replaced it), `already_decided`, `forbidden`.
 */
const decide = async (context: CommandContext, ids: readonly Id[], status: 'accepted' | 'rejected', reason: string): Promise<Result<number>> => {
  const { tx, at, actor, areas } = context
  const wanted = [...new Set(ids)]
  const figures = await lockFiguresById(tx, wanted)
  if (figures.length < wanted.length) {
    const known = new Set(figures.map((figure) => figure.id))
    return refuse(problem('unknown_figure', { status: 404, problems: wanted.flatMap((id, index) =>
      known.has(id) ? [] : [problem('unknown_figure', { status: 404, field: `ids/${index}`, params: { id } })]) }))
  }
  const decided = figures.filter((figure) => figure.status === status)
  if (decided.length > 0) return refuse(problem('already_decided', { status: 409, params: { count: decided.length } }))
  const places = figures.flatMap((figure) => areas.byId(figure.areaId) ?? [])
  if (!places.every((area) => context.permits(area.pos, area.posEnd))) return refuse(problem('forbidden', { status: 403 }))
  context.areaPos = commonArea(areas, places)?.pos ?? 0
  for (const area of places) context.touched.add('figures', area)
  await supersede(tx, figures.map((figure) => figure.id), at, context.commandId)
  await putInForce(tx, figures.map((figure): Figure => (
    { ...figure, id: newId(), status, decidedAt: at, decidedBy: actor.username, decidedReason: reason, knownFrom: at }
  )))
  return ok(figures.length)
}

export const confirmCommand = command({
  name: 'figures.confirm',
  permission: figureConfirm,
  body: confirmFigures.body as NonNullable<typeof confirmFigures.body>,
  perform: async (context, { ids, reason }): Promise<Result<{ confirmed: number }>> => {
    const done = await decide(context, ids, 'accepted', reason)
    return done.ok ? ok({ confirmed: done.value }) : done
  },
})

export const rejectCommand = command({
  name: 'figures.reject',
  permission: figureConfirm,
  body: rejectFigures.body as NonNullable<typeof rejectFigures.body>,
  perform: async (context, { ids, reason }): Promise<Result<{ rejected: number }>> => {
    const done = await decide(context, ids, 'rejected', reason)
    return done.ok ? ok({ rejected: done.value }) : done
  },
})

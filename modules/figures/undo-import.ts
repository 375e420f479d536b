import { ok, problem, refuse, vietnameseDate, type Id, type Result } from '#base'
import { newId } from '#platform/clock'
import type { CommandContext } from '#platform/commands'
import { correctedSince, lockImported, putInForce, supersede, supersededByImport } from './figure-store.ts'
import { keyOf, type Figure, type FigureKey } from './figure.ts'
import { commonArea } from './report-figures.ts'

/** At most so many are listed in a refusal. */
const LISTED = 200

/**
 * R10: takes back what an import wrote; what it had superseded is in force again. Refused, with the list, when others have
 * corrected or confirmed figures of it since. Problem `built_upon`, with one entry a figure.
 */
export const undoImport = async (context: CommandContext, importId: Id): Promise<Result<{ readonly undone: number }>> => {
  const { tx, at, commandId, areas } = context
  const imported = await lockImported(tx, importId)
  const confirmed = imported.filter((figure) => figure.status === 'accepted' && figure.decidedAt !== null)
  const built: FigureKey[] = [...(await correctedSince(tx, importId)), ...confirmed]
  if (built.length > 0) {
    return refuse(problem('built_upon', { status: 409, params: { count: built.length }, problems: built.slice(0, LISTED).map(({ areaId, day, metric }) =>
      problem('figure_built_upon', { status: 409, params: { area: areas.byId(areaId)?.name ?? areaId, day: vietnameseDate(day), metric } })) }))
  }
  const before = await supersededByImport(tx, importId, [...new Set(imported.map((figure) => figure.commandId))])
  const keys = new Set(imported.map(keyOf))
  await supersede(tx, imported.map((figure) => figure.id), at, commandId)
  await putInForce(tx, before.filter((figure) => keys.has(keyOf(figure))).map((figure): Figure => ({ ...figure, id: newId(), knownFrom: at })))
  const places = imported.flatMap((figure) => areas.byId(figure.areaId) ?? [])
  context.areaPos = commonArea(areas, places)?.pos ?? 0
  for (const area of places) context.touched.add('figures', area)
  return ok({ undone: imported.length })
}

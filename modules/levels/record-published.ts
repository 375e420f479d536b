import { ok, problem, refuse, type PlainDate, type Result } from '#base'
import { command } from '#platform/commands'
import { levelRecord, recordPublished } from './contract.ts'
import { insertPublished, type NewPublishedLevel } from './level-store.ts'

/** Records levels as they stand in a published decision; they are the "previous level" of later assessments. */
export const recordPublishedCommand = command({
  name: 'levels.record-published',
  permission: levelRecord,
  body: recordPublished.body as NonNullable<typeof recordPublished.body>,
  perform: async (context, { document, effectiveFrom, disease, levels }): Promise<Result<{ recorded: number }>> => {
    const rows: NewPublishedLevel[] = []
    for (const [index, { area: code, level }] of levels.entries()) {
      const area = context.areas.resolve(code, effectiveFrom as PlainDate)
      if (!area) return refuse(problem('unknown_area', { field: `levels/${index}/area`, params: { area: code } }))
      if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403, field: `levels/${index}/area` }))
      context.areaPos = area.pos
      rows.push({ areaId: area.id, areaPos: area.pos, disease, effectiveFrom: effectiveFrom as PlainDate, level, document })
    }
    await insertPublished(context.tx, rows, context.at, context.commandId)
    return ok({ recorded: rows.length })
  },
})

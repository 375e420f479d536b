import { ok, problem, refuse, vietnameseDate, type Result } from '#base'
import type { Area } from '#platform/areas'
import { command } from '#platform/commands'
import { deadlineSet, figureReport, newDeadline, reminder } from './contract.ts'
import { insertReminders, upsertDeadline } from './desk-store.ts'
import { commonArea } from './report-figures.ts'

/** Records that areas were reminded; whoever looks at the list next sees it. */
export const remindCommand = command({
  name: 'figures.remind',
  permission: figureReport,
  body: reminder,
  perform: async (context, { areaIds, day }): Promise<Result<{ reminded: number }>> => {
    if (day > context.today) return refuse(problem('future_day', { field: 'day', params: { day: vietnameseDate(day) } }))
    const areas: Area[] = []
    for (const [index, id] of [...new Set(areaIds)].entries()) {
      const area = context.areas.byId(id)
      if (!area) return refuse(problem('unknown_area', { field: `areaIds/${index}`, params: { area: id } }))
      if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403, field: `areaIds/${index}` }))
      areas.push(area)
    }
    context.areaPos = commonArea(context.areas, areas)?.pos ?? 0
    await insertReminders(context.tx, areas, day, context.actor.username, context.at, context.commandId)
    return ok({ reminded: areas.length })
  },
})

export const setDeadlineCommand = command({
  name: 'figures.set-deadline',
  permission: deadlineSet,
  body: newDeadline,
  perform: async (context, { areaId, hour }): Promise<Result<null>> => {
    const area = context.areas.byId(areaId)
    if (!area) return refuse(problem('unknown_area', { field: 'areaId', params: { area: areaId } }))
    if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = area.pos
    await upsertDeadline(context.tx, area, hour, context.actor.username, context.at, context.commandId)
    return ok(null)
  },
})

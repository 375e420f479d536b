import { ok, problem, refuse, type PlainDate, type Result } from '#base'
import { command } from '#platform/commands'
import { setSensitivity, warningTune } from './contract.ts'
import type { Sensitivity } from './sensitivity.ts'
import { insertSensitivity } from './warning-store.ts'

/** R7: how readily warnings sound in an area and everything below it, from the next run on. */
export const setSensitivityCommand = command({
  name: 'warnings.set-sensitivity',
  permission: warningTune,
  body: setSensitivity.body as NonNullable<typeof setSensitivity.body>,
  perform: async (context, { area: code, on, sensitivity }): Promise<Result<{ area: string; sensitivity: Sensitivity | null }>> => {
    const area = context.areas.resolve(code, (on ?? context.today) as PlainDate)
    if (!area) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: code } }))
    if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403, field: 'area' }))
    context.areaPos = area.pos
    await insertSensitivity(context.tx, { areaId: area.id, areaPos: area.pos, sensitivity, by: context.actor.username, at: context.at, commandId: context.commandId })
    return ok({ area: code, sensitivity })
  },
})

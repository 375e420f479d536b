import { ok, problem, refuse, type PlainDate, type Problem, type Result } from '#base'
import { command } from '#platform/commands'
import { checkTemplate } from '#platform/documents'
import type { App } from '#platform/http'
import { insertTemplate } from './bulletin-store.ts'
import { BLOCKS, PLACEHOLDERS } from './compose.ts'
import { templateChange, wording } from './contract.ts'
import type { Frame } from './frame.ts'

const placeholders = new Set<string>(PLACEHOLDERS)
const blocks = new Set<string>(BLOCKS)

/** R7: a wording that names what nobody knows is refused, line by line. Problem `template_faulty`. */
export const faultOf = ({ body, frame }: { readonly body: string; readonly frame: Frame }): Problem | undefined => {
  const problems = [
    ...checkTemplate(body, placeholders, blocks).map((one) => ({ ...one, field: 'body' })),
    ...checkTemplate(frame.subject, placeholders, new Set()).map((one) => ({ ...one, field: 'frame/subject' })),
  ]
  return problems.length === 0 ? undefined : problem('template_faulty', { field: 'body', problems })
}

export const saveTemplateCommand = (app: App) => command({
  name: 'bulletins.save-template',
  permission: templateChange,
  body: wording,
  perform: async (context, { kind, area: code, on, body, frame }): Promise<Result<{ version: number }>> => {
    const day = (on ?? context.today) as PlainDate
    const area = code === undefined ? app.areas.root(day) : context.areas.resolve(code, day)
    if (!area) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: code ?? '' } }))
    if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403, field: 'area' }))
    const given = { body, frame }
    const fault = faultOf(given)
    if (fault) return refuse(fault)
    context.areaPos = area.pos
    const version = await insertTemplate(context.tx, {
      ...given, kind, areaId: area.id, recordedAt: context.at, recordedBy: context.actor.id, recordedByName: context.actor.name, commandId: context.commandId,
    })
    return ok({ version })
  },
})

import { z } from 'zod'
import { ok, problem, refuse, type AnswerOf, type Result } from '#base'
import { permits, rangesOf } from '#platform/access'
import { command, type CommandContext } from '#platform/commands'
import { removeView, saveView, setDefaultView, viewShare, viewUse } from './contract.ts'
import { deleteView, findView, putDefault, putView, type View } from './view-store.ts'

type Body<E extends { body?: z.ZodType }> = NonNullable<E['body']>

/** R1, R2: saves a view, the reader's own or shared to an area they work in. */
export const saveViewCommand = command({
  name: 'views.save',
  permission: viewUse,
  body: saveView.body as Body<typeof saveView>,
  perform: async (context, { list, name, search, columns, areaId }): Promise<Result<AnswerOf<typeof saveView>>> => {
    const { tx, at, commandId, actor, areas } = context
    const area = areaId === null ? undefined : areas.byId(areaId)
    if (areaId !== null && !area) return refuse(problem('unknown_area', { field: 'areaId', params: { area: areaId } }))
    if (area && !permits(actor, viewShare, area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403, field: 'areaId' }))
    context.areaPos = area?.pos ?? 0
    const id = await putView(tx, {
      id: commandId, list, name, search, columns, areaId, areaPos: area?.pos ?? null, areaPosEnd: area?.posEnd ?? null, owner: actor.id, ownerName: actor.username, changedAt: at,
    })
    return ok({ id })
  },
})

/** R3: one's own view, or a shared one of an area one administers. */
export const mayRemove = (actor: CommandContext['actor'], view: View): boolean =>
  view.owner === actor.id
  || (view.areaPos !== null && view.areaPosEnd !== null
    && actor.grants.some(({ role, ranges }) => role === 'administrator' && ranges.some(({ lo, hi }) => lo <= (view.areaPos as number) && (view.areaPosEnd as number) <= hi)))

export const removeViewCommand = command({
  name: 'views.remove',
  permission: viewUse,
  body: z.object({ id: z.uuid() }).extend((removeView.body as Body<typeof removeView>).shape),
  perform: async ({ tx, actor }, { id }): Promise<Result<null>> => {
    const view = await findView(tx, id, actor.id, rangesOf(actor, viewUse))
    if (!view) return refuse(problem('unknown_view', { status: 404 }))
    if (!mayRemove(actor, view)) return refuse(problem('forbidden', { status: 403 }))
    await deleteView(tx, id)
    return ok(null)
  },
})

/** R4: the view a list opens with is each reader's own choice among those they see. */
export const setDefaultViewCommand = command({
  name: 'views.default',
  permission: viewUse,
  body: setDefaultView.body as Body<typeof setDefaultView>,
  perform: async ({ tx, actor }, { list, viewId }): Promise<Result<null>> => {
    const view = viewId === null ? undefined : await findView(tx, viewId, actor.id, rangesOf(actor, viewUse))
    if (viewId !== null && view?.list !== list) return refuse(problem('unknown_view', { status: 404, field: 'viewId' }))
    await putDefault(tx, list, actor.id, viewId)
    return ok(null)
  },
})

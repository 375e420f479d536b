import { ok, problem, refuse, vietnameseDate, type Id, type PlainDate, type Problem, type Result } from '#base'
import { command, type CommandContext } from '#platform/commands'
import type { App } from '#platform/http'
import { z } from 'zod'
import { changeBulletin, draftOf, insertBulletin, lockBulletin, type Bulletin } from './bulletin-store.ts'
import { bulletinDraft, editing, opening, refreshing } from './contract.ts'
import type { Figures } from './figures.ts'
import { sameFigures, takeFigures } from './take-figures.ts'
import { templateFor } from './templates.ts'

export const unknownBulletin = (id: string): Problem => problem('unknown_bulletin', { status: 404, params: { id } })

const stampOf = ({ at, actor, commandId }: CommandContext) => ({ at, by: actor.id, commandId })

/** Opens the draft of an area and day (R1): the one there is, else a new one with the figures of now. */
export const openCommand = (app: App) => command({
  name: 'bulletins.open',
  permission: bulletinDraft,
  body: opening,
  perform: async (context, body): Promise<Result<{ id: Id; opened: 'new' | 'existing' }>> => {
    const { tx, areas, at, actor, commandId } = context
    const day = body.day as PlainDate
    if (day > context.today) return refuse(problem('future_day', { field: 'day', params: { day: vietnameseDate(day) } }))
    const area = body.area === undefined ? app.areas.root(day) : areas.resolve(body.area, day)
    if (!area) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: body.area ?? '' } }))
    if (area.level !== 'province' && area.level !== 'district') return refuse(problem('no_bulletin_of_commune', { field: 'area', params: { area: area.name } }))
    if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403, field: 'area' }))
    context.areaPos = area.pos
    const draft = await draftOf(tx, { areaId: area.id, kind: body.kind, disease: body.disease, day })
    if (draft) return ok({ id: draft.id, opened: 'existing' })
    const { areaId: templateAreaId, version: templateVersion, frame } = await templateFor(tx, areas, body.kind, area.id)
    const figures = await takeFigures(app, actor, { area, disease: body.disease, day, known: body.known, countFrom: frame.countFrom })
    if (!figures.ok) return figures
    await insertBulletin(tx, {
      id: commandId, kind: body.kind, areaId: area.id, areaPos: area.pos, disease: body.disease, day, status: 'draft', known: body.known, remarks: '', effectiveOn: null,
      templateAreaId, templateVersion, takenAt: figures.value.takenAt, figures: JSON.stringify(figures.value), documentId: null, createdAt: at, createdBy: actor.id,
      changedAt: at, changedBy: actor.id, commandId,
    })
    return ok({ id: commandId, opened: 'new' })
  },
})

/** A draft for a change, if the actor may change it (R2). Problems `unknown_bulletin`, `bulletin_issued`, `forbidden`. */
export const draftFor = async (context: CommandContext, id: Id): Promise<Result<Bulletin & { readonly figures: string }>> => {
  const bulletin = await lockBulletin(context.tx, id)
  const area = bulletin && context.areas.byId(bulletin.areaId)
  if (!bulletin || !area) return refuse(unknownBulletin(id))
  if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403 }))
  if (bulletin.status === 'issued') return refuse(problem('bulletin_issued', { status: 409 }))
  context.areaPos = area.pos
  return ok(bulletin)
}

export const editCommand = command({
  name: 'bulletins.edit',
  permission: bulletinDraft,
  body: editing.extend({ id: z.uuid() }),
  perform: async (context, { id, remarks, effectiveOn }): Promise<Result<{ id: Id }>> => {
    const draft = await draftFor(context, id)
    if (!draft.ok) return draft
    await changeBulletin(context.tx, id, { ...draft.value, remarks, effectiveOn: draft.value.kind === 'levels' ? (effectiveOn as PlainDate | null) : null }, stampOf(context))
    return ok({ id })
  },
})

/** Takes the figures anew (R4), and the wording in its newest version. */
export const refreshCommand = (app: App) => command({
  name: 'bulletins.refresh',
  permission: bulletinDraft,
  body: refreshing.extend({ id: z.uuid() }),
  perform: async (context, { id, known }): Promise<Result<{ id: Id; changed: boolean }>> => {
    const draft = await draftFor(context, id)
    if (!draft.ok) return draft
    const { areaId, kind, disease, day } = draft.value
    const area = context.areas.byId(areaId)
    if (!area) return refuse(unknownBulletin(id))
    const { areaId: templateAreaId, version: templateVersion, frame } = await templateFor(context.tx, context.areas, kind, areaId)
    const taken = await takeFigures(app, context.actor, { area, disease, day, known: known ?? draft.value.known, countFrom: frame.countFrom })
    if (!taken.ok) return taken
    await changeBulletin(context.tx, id, {
      ...draft.value, known: taken.value.known, templateAreaId, templateVersion, figures: JSON.stringify(taken.value), takenAt: taken.value.takenAt,
    }, stampOf(context))
    return ok({ id, changed: !sameFigures(JSON.parse(draft.value.figures) as Figures, taken.value) })
  },
})

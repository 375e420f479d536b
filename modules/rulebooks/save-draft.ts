import { z } from 'zod'
import { ok, problem, refuse, type Id, type Problem, type Result } from '#base'
import { command, type CommandContext } from '#platform/commands'
import { discardDraft, rulebookDraft, saveDraft } from './contract.ts'
import { fileWith, readDescribed } from './draft.ts'
import { holdDraft, replaceDraft, type DraftRow } from './draft-store.ts'

/** The open draft, held until the end of the command. Problems: `unknown_draft`, `draft_closed`, and `draft_changed` when others saved it since. */
export const openDraft = async (context: CommandContext, id: Id, revision?: number): Promise<Result<DraftRow & { readonly dmn: string }>> => {
  const draft = await holdDraft(context.tx, id)
  const area = draft && context.areas.byId(draft.areaId)
  if (!draft || !area) return refuse(problem('unknown_draft', { status: 404 }))
  if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403 }))
  context.areaPos = area.pos
  if (draft.status !== 'open') return refuse(problem('draft_closed', { status: 409 }))
  return revision === undefined || revision === draft.revision ? ok(draft) : refuse(changed(draft))
}

const changed = ({ changedBy }: DraftRow): Problem => problem('draft_changed', { status: 409, params: { by: changedBy } })

/** R8: saves a draft; it may have faults, but stays the rulebook of the area it was begun for. */
export const saveDraftCommand = command({
  name: 'rulebooks.save-draft',
  permission: rulebookDraft,
  body: z.object({ id: z.uuid() }).extend((saveDraft.body as NonNullable<typeof saveDraft.body>).shape),
  perform: async (context, { id, revision, dmn }): Promise<Result<{ revision: number }>> => {
    const draft = await openDraft(context, id, revision)
    if (!draft.ok) return draft
    const model = readDescribed(dmn)
    if (!model.ok) return model
    const { rulebookId, areaId } = draft.value
    const file = fileWith(model.value, { id: rulebookId, area: context.areas.byId(areaId)?.code ?? model.value.rulebook.area })
    if (!file.ok) return file
    const { title } = model.value.rulebook
    await replaceDraft(context.tx, id, { revision: revision + 1, status: 'open', titleVi: title.vi, titleEn: title.en, dmn: file.value.dmn }, context.at, context.actor.username)
    return ok({ revision: revision + 1 })
  },
})

/** Puts a draft away; it is kept, and asked for no more. */
export const discardDraftCommand = command({
  name: 'rulebooks.discard-draft',
  permission: rulebookDraft,
  body: discardDraft.params as NonNullable<typeof discardDraft.params>,
  perform: async (context, { id }): Promise<Result<{ revision: number }>> => {
    const draft = await openDraft(context, id)
    if (!draft.ok) return draft
    const revision = draft.value.revision + 1
    await replaceDraft(context.tx, id, { ...draft.value, revision, status: 'discarded' }, context.at, context.actor.username)
    return ok({ revision })
  },
})

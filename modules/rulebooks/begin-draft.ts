import { ok, problem, refuse, type Result } from '#base'
import { command } from '#platform/commands'
import { beginDraft, rulebookDraft } from './contract.ts'
import { draftAreaOf } from './draft-area.ts'
import { draftFrom, fileWith, readDescribed } from './draft.ts'
import { addDraft } from './draft-store.ts'
import { findRulebook } from './law.ts'
import { compiledRulebooks, fileOf } from './rulebooks.ts'

/** R6: begins a draft from a version: an amendment of it, or a stricter variant of an area. */
export const beginDraftCommand = command({
  name: 'rulebooks.begin-draft',
  permission: rulebookDraft,
  body: beginDraft.body as NonNullable<typeof beginDraft.body>,
  perform: async (context, { rulebook, kind, area: code }): Promise<Result<{ id: string }>> => {
    const { tx, at, actor, commandId, areas, today } = context
    const base = findRulebook(await compiledRulebooks(tx), rulebook)
    if (!base) return refuse(problem('unknown_rulebook', { status: 404, field: 'rulebook', params: { rulebook } }))
    const wanted = code === undefined ? areas.byId(base.row.areaId) : areas.resolve(code, base.row.validFrom)
    if (!wanted) return refuse(problem('unknown_area', { field: 'area', params: { area: code ?? '' } }))
    const area = draftAreaOf(context, wanted)
    if (!area.ok) return area
    context.areaPos = area.value.pos
    const model = readDescribed(fileOf(base))
    if (!model.ok) return model
    const { id, info } = draftFrom(base, kind, area.value, today)
    const file = fileWith(model.value, info)
    if (!file.ok) return file
    const { title } = file.value.model.rulebook
    await addDraft(tx, {
      id: commandId, kind: base.row.kind === 'variant' ? 'variant' : kind, rulebookId: id, basedOn: `${base.row.id}@${base.row.version}`, area: area.value,
      titleVi: title.vi, titleEn: title.en, dmn: file.value.dmn,
    }, at, actor.username)
    return ok({ id: commandId })
  },
})

import { ok, problem, refuse, type Result } from '#base'
import { command } from '#platform/commands'
import { rulebookDraft, uploadDraft } from './contract.ts'
import { draftAreaOf } from './draft-area.ts'
import { fileWith, readDescribed } from './draft.ts'
import { addDraft } from './draft-store.ts'
import { findRulebook } from './law.ts'
import { compiledRulebooks } from './rulebooks.ts'

/** R7: begins a draft from a file. It says itself which rulebook it is; one we know is the base it is compared with. */
export const uploadDraftCommand = command({
  name: 'rulebooks.upload-draft',
  permission: rulebookDraft,
  body: uploadDraft.body as NonNullable<typeof uploadDraft.body>,
  perform: async (context, { dmn }): Promise<Result<{ id: string }>> => {
    const { tx, at, actor, commandId, areas } = context
    const model = readDescribed(dmn)
    if (!model.ok) return model
    const info = model.value.rulebook
    const wanted = areas.resolve(info.area, info.validFrom)
    if (!wanted) return refuse(problem('bad_extension', { params: { element: 'rulebook', attribute: 'area', text: info.area } }))
    const area = draftAreaOf(context, wanted)
    if (!area.ok) return area
    context.areaPos = area.value.pos
    const base = findRulebook(await compiledRulebooks(tx), info.id)
    const file = fileWith(model.value, { area: area.value.code })
    if (!file.ok) return file
    await addDraft(tx, {
      id: commandId, kind: base?.row.kind ?? 'rule', rulebookId: info.id, basedOn: base ? `${base.row.id}@${base.row.version}` : null, area: area.value,
      titleVi: info.title.vi, titleEn: info.title.en, dmn: file.value.dmn,
    }, at, actor.username)
    return ok({ id: commandId })
  },
})

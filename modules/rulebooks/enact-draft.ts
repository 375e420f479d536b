import { z } from 'zod'
import { ok, problem, refuse, type PlainDate, type Result } from '#base'
import { checkModel, compileModel, isWarning } from '#decisions'
import { command } from '#platform/commands'
import { enactDraft, rulebookEnact } from './contract.ts'
import { fileWith, readDescribed } from './draft.ts'
import { replaceDraft } from './draft-store.ts'
import { findRulebook, lawOf } from './law.ts'
import { neverLaxer, rulesBetween } from './never-laxer.ts'
import { addRulebook } from './rulebook-store.ts'
import { compiledRulebooks } from './rulebooks.ts'
import { openDraft } from './save-draft.ts'

/** R9–R11: puts a draft in force from a day, under a document number; it becomes a version, and versions never change. */
export const enactDraftCommand = command({
  name: 'rulebooks.enact-draft',
  permission: rulebookEnact,
  body: z.object({ id: z.uuid() }).extend((enactDraft.body as NonNullable<typeof enactDraft.body>).shape),
  perform: async (context, { id, revision, document, ...days }): Promise<Result<{ id: string; version: number }>> => {
    const { tx, at, actor, areas, commandId } = context
    const [validFrom, validTo] = [days.validFrom as PlainDate, days.validTo as PlainDate | null]
    const draft = await openDraft(context, id, revision)
    if (!draft.ok) return draft
    const { kind, rulebookId, basedOn, areaId } = draft.value
    const area = areas.byId(areaId)
    if (!area) throw new Error(`no area ${areaId}`)
    if (validTo !== null && validTo < validFrom) return refuse(problem('validity_reversed', { field: 'validTo' }))
    const model = readDescribed(draft.value.dmn)
    if (!model.ok) return model
    const faults = checkModel(model.value).filter((fault) => !isWarning(fault))
    if (faults.length > 0) return refuse(problem('model_faulty', { params: { count: faults.length }, problems: faults }))
    const compiled = compileModel(model.value)
    if (!compiled.ok) return compiled

    const books = await compiledRulebooks(tx)
    const base = basedOn === null ? undefined : findRulebook(books, basedOn)
    const lost = base?.compiled.tops.find((name) => !model.value.decisions.some((decision) => decision.name === name))
    if (lost !== undefined) return refuse(problem('unknown_decision', { params: { decision: lost } }))
    const { disease } = model.value.rulebook
    if (kind === 'variant') {
      const rules = rulesBetween(lawOf(books, areas, disease, compiled.value.tops[0]), areaId, validFrom, validTo)
      if (rules.length === 0) return refuse(problem('no_rule_in_force', { field: 'validFrom', params: { area: area.name } }))
      for (const rule of rules) {
        const proven = neverLaxer(rule, { model: model.value, compiled: compiled.value })
        if (!proven.ok) return proven
      }
    }
    const file = fileWith(model.value, { id: rulebookId, area: area.code, document, validFrom, validTo })
    if (!file.ok) return file
    const { title } = model.value.rulebook
    const version = await addRulebook(tx, {
      id: rulebookId, kind, title, document, disease, area, validFrom, validTo, dmn: file.value.dmn, basedOn, draftId: id, commandId,
    }, at, actor.username)
    if (version === undefined) return refuse(problem('rulebook_unchanged', { status: 409 }))
    await replaceDraft(tx, id, { revision: revision + 1, status: 'enacted', titleVi: title.vi, titleEn: title.en, dmn: file.value.dmn }, at, actor.username)
    return ok({ id: rulebookId, version })
  },
})

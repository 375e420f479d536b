import { ok, problem, refuse, type AnswerOf, type PlainDate, type Result } from '#base'
import { diffModels, type DecisionModel } from '#decisions'
import type { Actor } from '#platform/access'
import type { App } from '#platform/http'
import { bookOf } from './book.ts'
import type { compareRulebooks } from './contract.ts'
import { readDescribed } from './draft.ts'
import { findRulebook, lawOf } from './law.ts'
import { readDraft } from './read-laws.ts'
import { allRulebooks } from './rulebooks.ts'

type Compared = AnswerOf<typeof compareRulebooks>
type Side = Compared['a'] & { readonly model: DecisionModel }

/** One side of a comparison: `id`, `id@version`, `draft:ID`, or the rule in force on a day, `day:DATE`. */
const sideOf = async (app: App, actor: Actor, reference: string, area: string | undefined, disease: string): Promise<Result<Side>> => {
  const tree = app.areas.tree()
  const [, how, what = ''] = /^(draft|day):(.+)$/.exec(reference) ?? []
  if (how === 'draft') {
    const draft = await readDraft(app.database, actor, what)
    const model = draft.ok ? readDescribed(draft.value.dmn) : draft
    if (!draft.ok) return draft
    if (!model.ok) return model
    const { document, validFrom, validTo } = model.value.rulebook
    const { titleVi, titleEn, areaId } = draft.value
    return ok({ reference, titleVi, titleEn, document, validFrom, validTo, areaName: tree.byId(areaId)?.name ?? '', ...bookOf(model.value), model: model.value })
  }
  const books = await allRulebooks(app.database)
  const on = what as PlainDate
  const unit = area === undefined ? app.areas.root(on) : tree.resolve(area, on)
  if (how === 'day' && !unit) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: area ?? '' } }))
  const book = how === 'day' && unit ? lawOf(books, tree, disease).at(unit.id, on).rule : findRulebook(books, reference)
  if (!book) {
    return refuse(how === 'day'
      ? problem('no_rule_in_force', { status: 404, params: { area: unit?.name ?? '' } })
      : problem('unknown_rulebook', { status: 404, params: { rulebook: reference } }))
  }
  const { id, version, titleVi, titleEn, document, validFrom, validTo, areaId } = book.row
  return ok({
    reference: `${id}@${version}`, titleVi, titleEn, document, validFrom, validTo, areaName: tree.byId(areaId)?.name ?? '', ...bookOf(book.model), model: book.model,
  })
}

/** R13: two rulebooks side by side, with every cell that differs. */
export const compareSides = async (app: App, actor: Actor, query: { a: string; b: string; area?: string | undefined; disease: string }): Promise<Result<Compared>> => {
  const a = await sideOf(app, actor, query.a, query.area, query.disease)
  if (!a.ok) return a
  const b = await sideOf(app, actor, query.b, query.area, query.disease)
  if (!b.ok) return b
  const [{ model: before, ...left }, { model: after, ...right }] = [a.value, b.value]
  return ok({ a: left, b: right, diff: diffModels(before, after) as Compared['diff'] })
}

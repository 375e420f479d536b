import { ok, problem, refuse, type PlainDate, type Result } from '#base'
import { describeModel, writeModel } from '#decisions'
import { file, serve, serveCommand, type App } from '#platform/http'
import { beginDraftCommand } from './begin-draft.ts'
import { bookOf } from './book.ts'
import { compareSides } from './compare-rulebooks.ts'
import * as contract from './contract.ts'
import { readDescribed } from './draft.ts'
import { openDrafts, type DraftRow } from './draft-store.ts'
import { enactDraftCommand } from './enact-draft.ts'
import { findRulebook, lawOf, type Rulebook } from './law.ts'
import { readDraft } from './read-laws.ts'
import { allRulebooks, fileOf } from './rulebooks.ts'
import { discardDraftCommand, saveDraftCommand } from './save-draft.ts'
import { uploadDraftCommand } from './upload-draft.ts'
import { withdrawRulebookCommand } from './withdraw-rulebook.ts'

const XML = 'application/xml'

export const routes = (app: App): void => {
  const areaOf = (areaId: number): { areaName: string; areaCode: string } => {
    const area = app.areas.tree().byId(areaId)
    return { areaName: area?.name ?? '', areaCode: area?.code ?? '' }
  }
  const shown = ({ row: { areaId, ...row }, model, compiled }: Rulebook) => ({
    ...row, decides: [...compiled.tops], ...areaOf(areaId), article: model.rulebook?.article ?? null, url: model.rulebook?.url ?? null, confidence: describeModel(model).confidence,
  })
  const draftShown = ({ areaId, ...row }: DraftRow) => ({ ...row, ...areaOf(areaId) })
  const find = async (id: string, version: number | undefined): Promise<Result<{ book: Rulebook; books: Rulebook[] }>> => {
    const reference = version === undefined ? id : `${id}@${version}`
    const books = await allRulebooks(app.database)
    const book = findRulebook(books, reference)
    return book ? ok({ book, books: books.filter(({ row }) => row.id === book.row.id) }) : refuse(problem('unknown_rulebook', { status: 404, params: { rulebook: reference } }))
  }

  serve(app, contract.listRulebooks, async ({ query }) => {
    const books = await allRulebooks(app.database)
    const tree = app.areas.tree()
    const on = query.on as PlainDate | undefined
    const unit = on && (query.area === undefined ? app.areas.root(on) : tree.resolve(query.area, on))
    if (on && !unit) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: query.area ?? '' } }))
    const found = on && unit && lawOf(books, tree, query.disease).at(unit.id, on)
    const inForce = found ? { rule: found.rule ? shown(found.rule) : null, variants: found.variants.map(shown) } : null
    const last = books.filter(({ row }) => findRulebook(books, row.id)?.row.version === row.version)
    return ok({ rulebooks: last.map(shown).toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1)), inForce })
  })
  serve(app, contract.compareRulebooks, ({ actor, query }) => compareSides(app, actor, query))
  serve(app, contract.getRulebook, async ({ params, query }) => {
    const found = await find(params.id, query.version)
    if (!found.ok) return found
    return ok({ rulebook: shown(found.value.book), versions: found.value.books.map(shown), ...bookOf(found.value.book.model) })
  })
  serve(app, contract.getRulebookFile, async ({ params, query }) => {
    const found = await find(params.id, query.version)
    if (!found.ok) return found
    const { book } = found.value
    const dmn = query.dmn === undefined ? ok(fileOf(book)) : writeModel(book.model, query.dmn)
    return dmn.ok ? ok(file(XML, dmn.value, `${book.row.id}.dmn`)) : dmn
  })
  serveCommand(app, contract.withdrawRulebook, withdrawRulebookCommand, (body, { id }) => ({ ...(body as object), id }))

  serve(app, contract.listDrafts, async ({ scope }) => ok({ drafts: (await app.database.read(scope, openDrafts)).map(draftShown) }))
  serveCommand(app, contract.beginDraft, beginDraftCommand)
  serveCommand(app, contract.uploadDraft, uploadDraftCommand)
  serve(app, contract.getDraft, async ({ actor, params }) => {
    const draft = await readDraft(app.database, actor, params.id)
    if (!draft.ok) return draft
    const { dmn, ...row } = draft.value
    const base = row.basedOn === null ? undefined : findRulebook(await allRulebooks(app.database), row.basedOn)
    return ok({ draft: draftShown(row), dmn, base: base ? fileOf(base) : null })
  })
  serve(app, contract.getDraftFile, async ({ actor, params, query }) => {
    const draft = await readDraft(app.database, actor, params.id)
    if (!draft.ok) return draft
    const model = readDescribed(draft.value.dmn)
    const dmn = model.ok ? writeModel(model.value, query.dmn) : model
    return dmn.ok ? ok(file(XML, dmn.value, `${draft.value.rulebookId}.dmn`)) : dmn
  })
  serveCommand(app, contract.saveDraft, saveDraftCommand, (body, { id }) => ({ ...(body as object), id }))
  serveCommand(app, contract.discardDraft, discardDraftCommand, (_, { id }) => ({ id }))
  serveCommand(app, contract.enactDraft, enactDraftCommand, (body, { id }) => ({ ...(body as object), id }))
}

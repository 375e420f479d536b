import { isId, ok, problem, refuse, type Id, type Instant, type PlainDate, type Result } from '#base'
import { compileModel, readModel, type DecisionModel } from '#decisions'
import { scopeOf, type Actor } from '#platform/access'
import type { AreaTree } from '#platform/areas'
import type { Database } from '#platform/db'
import { rulebookDraft } from './contract.ts'
import { readDescribed } from './draft.ts'
import { draftOf, type DraftRow } from './draft-store.ts'
import { findRulebook, lawOf, lawOfOne, type Law, type Rulebook } from './law.ts'
import type { RulebookRow } from './rulebook-store.ts'
import { allRulebooks } from './rulebooks.ts'

/** A law to assess by: what is in force when nothing is named; one rulebook everywhere; what is in force with a draft in it; a file everywhere. */
export interface LawWanted {
  /** `id` or `id@version`. */
  readonly rulebook?: string | undefined
  readonly draft?: Id | undefined
  /** A DMN file. */
  readonly dmn?: string | undefined
}

export interface LawQuery {
  readonly disease: string
  /** Days a draft or file counts as in force; its own when left out. */
  readonly during?: { readonly from: PlainDate; readonly to: PlainDate } | undefined
}

/** A draft the actor may see. Problem `unknown_draft`. */
export const readDraft = async (database: Database, actor: Actor, id: Id): Promise<Result<DraftRow & { readonly dmn: string }>> => {
  const scope = scopeOf(actor, rulebookDraft)
  if (!scope) return refuse(problem('forbidden', { status: 403 }))
  const draft = isId(id) ? await database.read(scope, (tx) => draftOf(tx, id)) : undefined
  return draft ? ok(draft) : refuse(problem('unknown_draft', { status: 404 }))
}

/** Later than every version: a draft is looked at as if it were decided now. */
const NEXT_VERSION = Number.MAX_SAFE_INTEGER
const LATEST = '9999-12-31T00:00:00.000Z' as Instant

const asBook = (model: DecisionModel, row: Partial<RulebookRow>): Result<Rulebook> => {
  const compiled = compileModel(model)
  if (!compiled.ok) return compiled
  const info = model.rulebook
  return ok({
    model, compiled: compiled.value,
    row: {
      id: info?.id ?? model.name, version: NEXT_VERSION, kind: 'rule', titleVi: info?.title.vi ?? model.name, titleEn: info?.title.en ?? model.name,
      document: info?.document ?? '', disease: info?.disease ?? '', areaId: 0, validFrom: info?.validFrom ?? ('0001-01-01' as PlainDate), validTo: info?.validTo ?? null,
      lastOn: info?.validTo ?? null, withdrawnBy: null, basedOn: null, sha256: '', loadedAt: LATEST, loadedBy: '', ...row,
    },
  })
}

/** Reads several laws from one state of the rulebooks, so that what they share is the same. Problems: `unknown_rulebook`, `unknown_draft`, those of files. */
export const readLaws = async (
  database: Database, tree: AreaTree, actor: Actor, wanted: readonly LawWanted[], { disease, during }: LawQuery,
): Promise<Result<Law[]>> => {
  const books = await allRulebooks(database)
  const laws: Law[] = []
  const inForce = lawOf(books, tree, disease)
  for (const one of wanted) {
    if (one.rulebook !== undefined) {
      const book = findRulebook(books, one.rulebook)
      if (!book) return refuse(problem('unknown_rulebook', { status: 404, params: { rulebook: one.rulebook } }))
      laws.push(lawOfOne(book))
    } else if (one.dmn !== undefined) {
      const model = readModel(one.dmn)
      const book = model.ok ? asBook(model.value, {}) : model
      if (!book.ok) return book
      laws.push(lawOfOne(book.value))
    } else if (one.draft !== undefined) {
      const draft = await readDraft(database, actor, one.draft)
      if (!draft.ok) return draft
      const { kind, areaId, rulebookId } = draft.value
      const model = readDescribed(draft.value.dmn)
      const days = during ? { validFrom: during.from, validTo: during.to, lastOn: during.to } : {}
      const book = model.ok ? asBook(model.value, { kind, areaId, id: rulebookId, ...days }) : model
      if (!book.ok) return book
      laws.push(lawOf([...books, book.value], tree, disease))
    } else laws.push(inForce)
  }
  return ok(laws)
}

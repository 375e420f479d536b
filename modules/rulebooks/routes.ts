import { ok, problem, refuse, type Result } from '#base'
import { describeModel } from '#decisions'
import { file, serve, type App } from '#platform/http'
import * as contract from './contract.ts'
import { findRulebook, type Rulebook } from './law.ts'
import { allRulebooks, fileOf } from './rulebooks.ts'

export const routes = (app: App): void => {
  const shown = ({ row, model }: Rulebook) => {
    const { areaId, ...rest } = row
    return { ...rest, article: model.rulebook?.article ?? null, url: model.rulebook?.url ?? null, areaName: app.areas.tree().byId(areaId)?.name ?? '', confidence: describeModel(model).confidence }
  }
  const find = async (id: string): Promise<Result<Rulebook>> => {
    const book = findRulebook(await allRulebooks(app.database), id)
    return book ? ok(book) : refuse(problem('unknown_rulebook', { status: 404, params: { rulebook: id } }))
  }

  serve(app, contract.listRulebooks, async () => {
    const books = await allRulebooks(app.database)
    return ok({ rulebooks: books.map(shown).toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1)) })
  })
  serve(app, contract.getRulebook, async ({ params }) => {
    const book = await find(params.id)
    if (!book.ok) return book
    const { inputs, tables, expressions } = describeModel(book.value.model)
    return ok({
      rulebook: shown(book.value),
      inputs: inputs.map(({ name, label, evidence }) => ({
        name, label, labelEn: evidence?.labelEn ?? null, kind: evidence?.kind ?? null, numerator: [...(evidence?.numerator ?? [])],
        denominator: evidence?.denominator ?? null, per: evidence?.per ?? 1, measure: evidence?.measure ?? null,
        windowDays: evidence?.windowDays ?? null, dayBasis: evidence?.dayBasis ?? null, cutoffHour: evidence?.cutoffHour ?? null, optional: evidence?.optional ?? false,
      })),
      tables: tables.map((table) => ({
        ...table, inputs: [...table.inputs], outputs: [...table.outputs], annotations: [...table.annotations],
        rows: table.rows.map((row) => ({ ...row, when: [...row.when], gives: [...row.gives], annotations: { ...row.annotations } })),
      })),
      expressions: [...expressions],
    })
  })
  serve(app, contract.getRulebookFile, async ({ params }) => {
    const book = await find(params.id)
    return book.ok ? ok(file('application/xml', fileOf(book.value), `${params.id}.dmn`)) : book
  })
}

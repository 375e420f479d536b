import { day, type Id, type Language, type Problem } from '#base'
import type { Area } from '#platform/areas'
import type { App } from '#platform/http'
import { mayArrange, mayCommit, mayUndo, type Analysis, type Run, type RunEngine, type RunProgress } from '#platform/import'
import type { AnalysisShown, RunShown } from './contract.ts'

const saidOf = (app: App, language: Language, fault: Problem) => ({ code: fault.code, message: app.sentence(language, `problem.${fault.code}`, fault.params) })

/** An import as the screens see it; `under` is what was being worked on before the import was read. */
export const shownRun = (app: App, engine: RunEngine, language: Language, run: Run, under: ReadonlyMap<Id, RunProgress>): RunShown => {
  const progress = under.get(run.id)
  const why = run.problem ?? engine.refusal(run.id)
  return {
    id: run.id, kind: run.kind, sender: run.sender, fileName: run.fileName, fileBytes: run.bytes, status: run.status, counts: run.counts,
    batches: run.batches, rowReached: run.rowReached, by: run.createdByName, createdAt: run.createdAt, changedAt: run.changedAt,
    finishedAt: run.finishedAt, undoneAt: run.undoneAt, problem: why ? saidOf(app, language, why) : null, progress: progress ?? null,
    mayArrange: mayArrange(run) && (!progress || progress.phase === 'check'), mayCommit: mayCommit(run) && !progress, mayUndo: mayUndo(run) && !progress,
  }
}

/** How a file is understood, as the wizard sees it. */
export const shownAnalysis = (app: App, engine: RunEngine, run: Run, { table, layout, sameFile }: Analysis): AnalysisShown => {
  const { header, mapping, recognition } = layout
  const fieldOf = new Map(Object.entries(mapping).map(([field, column]) => [column, field]))
  const chosen = run.mapping !== null
  const tree = app.areas.tree()
  // A name is more likely one of the own province than of the rest of the country.
  const home = app.areas.root(day('0001-01-01'))
  const isHome = (area: Area): number => Number(app.areas.wholly(home.id).some(({ pos, posEnd }) => pos <= area.pos && area.posEnd <= posEnd))
  return {
    format: table.format, encoding: table.encoding ?? null, encodingChosen: run.encoding !== null, sheets: [...table.sheets], sheet: table.sheet ?? null,
    columns: header.columns.map(({ index, letters, label, role }) => {
      const field = fieldOf.get(index) ?? null
      return {
        index, letters, label, role, field,
        score: field === null || chosen ? null : recognition.scores[field] ?? 1,
        doubtful: !chosen && recognition.ambiguous.some((one) => one.field === field),
      }
    }),
    fields: layout.fields.map(({ key, labels, required }) => ({ key, vi: labels.vi[0] ?? key, en: labels.en[0] ?? key, required: required ?? false })),
    missing: layout.missing.map(({ key }) => key),
    remembered: !chosen && recognition.remembered,
    sameFile: sameFile ? { id: sameFile.id, by: sameFile.createdByName, createdAt: sameFile.createdAt, accepted: sameFile.counts.accepted } : null,
    fileOptions: [...(engine.importer(run.kind)?.options ?? [])],
    options: { ...run.options },
    choices: run.choices.map(({ option, text, rows, areaIds }) => ({
      option, text, rows, chosen: run.options[option] === undefined ? null : Number(run.options[option]),
      areas: areaIds.flatMap((id) => tree.byId(id) ?? []).toSorted((a, b) => isHome(b) - isHome(a) || a.pos - b.pos).map((area) => ({
        id: area.id, code: area.code, name: [area, ...tree.ancestors(area.id).slice(0, -1)].map(({ name }) => name).join(', '),
      })),
    })),
  }
}

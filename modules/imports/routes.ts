import { ok, problem, refuse, type Id, type PlainDate, type Result } from '#base'
import { today } from '#platform/clock'
import { file, serve, type App, type Asked } from '#platform/http'
import {
  badRowsOf, faultSentence, knownSenders, listFaults, listRuns, MOST_BAD_ROWS, refusedRows, reportOf, sheetPage, type Run, type RunEngine, type RunProgress, type Severity,
} from '#platform/import'
import * as contract from './contract.ts'
import { receiveFile, takeFiles } from './receive-file.ts'
import { shownAnalysis, shownRun } from './show-import.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const REFUSED: readonly Severity[] = ['fault', 'duplicate']

type About = Pick<Asked<unknown>, 'actor' | 'language'> & { readonly params: { readonly id: Id } }

type Sent = Pick<Asked<typeof contract.uploadImport>, 'actor' | 'query' | 'raw' | 'commandId'>

export const routes = (app: App, engine: RunEngine): void => {
  takeFiles(app)

  const understood = async ({ actor, language }: Pick<About, 'actor' | 'language'>, run: Run, under: ReadonlyMap<Id, RunProgress>) => {
    const analysed = await engine.analyse(actor, run)
    return {
      run: shownRun(app, engine, language, run, under),
      analysis: analysed.ok ? shownAnalysis(app, engine, run, analysed.value) : null,
      problem: analysed.ok ? null : { code: analysed.problem.code, message: app.sentence(language, `problem.${analysed.problem.code}`, analysed.problem.params) },
    }
  }
  const shown = async ({ actor, params, language }: About) => {
    const under = engine.underWay()
    const run = await engine.find(actor, params.id)
    return run.ok ? ok({ run: shownRun(app, engine, language, run.value, under) }) : run
  }

  /** Takes the file of a request in. */
  const upload = async ({ actor, query, raw, commandId }: Sent): Promise<Result<Run>> => {
    const options: Record<string, string> = {}
    if (query.disease) options['disease'] = query.disease
    if (query.day) options['day'] = query.day
    if (query.area) {
      const tree = app.areas.tree()
      const area = tree.resolve(query.area, (query.day as PlainDate | undefined) ?? today(app.clock)) ?? tree.byId(Number(query.area))
      if (!area) return refuse(problem('unknown_area', { field: 'area', params: { area: query.area } }))
      options['area'] = String(area.id)
    }
    const received = await receiveFile(raw, query.name)
    if (!received.ok) return received
    return engine.upload(actor, { id: commandId, kind: query.kind, sender: query.sender, sheet: query.sheet ?? null, encoding: query.encoding ?? null, options, ...received.value })
  }

  serve(app, contract.uploadImport, async (asked) => {
    const under = engine.underWay()
    const run = await upload(asked)
    return run.ok ? ok(await understood(asked, run.value, under)) : run
  })

  serve(app, contract.runImport, async (asked) => {
    const run = await upload(asked)
    if (!run.ok) return run
    const work = await engine.commit(asked.actor, run.value)
    if (!work.ok) return work
    const done = await work.value.done
    if (!done.ok) return done
    const { id, status, rowReached, problem: why } = done.value
    if (status === 'failed' && why) return refuse(why)
    if (status === 'cancelled') return refuse(problem('import_cancelled', { status: 409, params: { id, row: rowReached ?? 0 } }))
    if (status !== 'done') return refuse(problem('import_interrupted', { status: 503, params: { id, row: rowReached ?? 0 } }))
    const faults = await app.database.read(asked.scope, (tx) => listFaults(tx, id, { severities: REFUSED, limit: contract.MOST_ERRORS }))
    return ok(reportOf(done.value, faults, app.sentence, asked.language))
  })

  serve(app, contract.listImports, async ({ actor, scope, query, language }) => {
    const kinds = engine.kindsOf(actor).map(({ kind }) => kind)
    const wanted = query.kind === undefined ? kinds : kinds.filter((kind) => kind === query.kind)
    const under = engine.underWay()
    const { runs, senders } = await app.database.read(scope, async (tx) => ({
      runs: await listRuns(tx, { kinds: wanted, status: query.status, before: query.before, limit: query.limit + 1 }), senders: await knownSenders(tx, kinds),
    }))
    const page = runs.slice(0, query.limit)
    return ok({
      imports: page.map((run) => shownRun(app, engine, language, run, under)), next: runs.length > query.limit ? page.at(-1)?.id ?? null : null, kinds, senders,
    })
  })

  serve(app, contract.getImport, shown)

  serve(app, contract.getAnalysis, async (asked) => {
    const under = engine.underWay()
    const run = await engine.find(asked.actor, asked.params.id)
    return run.ok ? ok(await understood(asked, run.value, under)) : run
  })

  serve(app, contract.arrangeImport, async (asked) => {
    const found = await engine.find(asked.actor, asked.params.id)
    if (!found.ok) return found
    const run = found.value
    const { options, ...to } = asked.body
    const elsewhere = (to.sheet !== undefined && to.sheet !== run.sheet) || (to.encoding !== undefined && to.encoding !== run.encoding)
    const arranged = await engine.arrange(asked.actor, run, {
      sender: to.sender ?? run.sender,
      encoding: to.encoding === undefined ? run.encoding : to.encoding,
      sheet: to.sheet === undefined ? run.sheet : to.sheet,
      // Columns chosen in one sheet mean nothing in another.
      mapping: to.mapping === undefined ? (elsewhere ? null : run.mapping) : to.mapping,
      options: Object.fromEntries(Object.entries({ ...run.options, ...options }).filter(([, value]) => value !== '')),
    })
    return arranged.ok ? ok(await understood(asked, arranged.value, new Map())) : arranged
  })

  serve(app, contract.checkImport, async (asked) => {
    const run = await engine.find(asked.actor, asked.params.id)
    const work = run.ok ? await engine.check(asked.actor, run.value) : run
    return work.ok ? shown(asked) : work
  })
  serve(app, contract.commitImport, async (asked) => {
    const run = await engine.find(asked.actor, asked.params.id)
    const work = run.ok ? await engine.commit(asked.actor, run.value) : run
    return work.ok ? shown(asked) : work
  })
  serve(app, contract.cancelImport, async (asked) => {
    const run = await engine.find(asked.actor, asked.params.id)
    const cancelled = run.ok ? await engine.cancel(asked.actor, run.value) : run
    return cancelled.ok ? shown(asked) : cancelled
  })
  serve(app, contract.undoImport, async (asked) => {
    const run = await engine.find(asked.actor, asked.params.id)
    const undone = run.ok ? await engine.undo(asked.actor, run.value) : run
    return undone.ok ? shown(asked) : undone
  })

  serve(app, contract.listFaults, async ({ actor, scope, params, query, language }) => {
    const run = await engine.find(actor, params.id)
    if (!run.ok) return run
    const [row, id] = query.after?.split('-').map(Number) ?? []
    const faults = await app.database.read(scope, (tx) => listFaults(tx, params.id, {
      severities: query.severity ? [query.severity] : contract.SEVERITIES, limit: query.limit + 1,
      after: row === undefined || id === undefined ? undefined : { row, id },
    }))
    const page = faults.slice(0, query.limit)
    const last = page.at(-1)
    return ok({
      faults: page.map((fault) => ({
        row: fault.row, column: fault.column, label: fault.label, severity: fault.severity, code: fault.code, params: fault.params,
        message: faultSentence(app.sentence, language, fault),
      })),
      next: faults.length > query.limit && last ? `${last.row}-${last.id}` : null,
    })
  })

  serve(app, contract.getRows, async ({ actor, scope, params, query, language }) => {
    const run = await engine.find(actor, params.id)
    const analysed = run.ok ? await engine.analyse(actor, run.value) : run
    if (!analysed.ok) return analysed
    const { table, layout } = analysed.value
    const only = query.only && (await app.database.read(scope, (tx) => refusedRows(tx, params.id, query.from, query.limit + 1)))
    const page = await sheetPage(table, layout, query.from, query.limit, only)
    if (!page.ok) return page
    const { rows, next } = page.value
    const first = rows[0]
    const faults = first === undefined ? [] : await app.database.read(scope, (tx) =>
      listFaults(tx, params.id, { severities: contract.SEVERITIES, fromRow: first.row, toRow: rows.at(-1)?.row, limit: contract.MOST_ERRORS }))
    const byRow = Map.groupBy(faults, (fault) => fault.row)
    return ok({
      next,
      rows: rows.map((row) => ({
        ...row, cells: [...row.cells],
        marks: (byRow.get(row.row) ?? []).map((fault) => ({
          column: fault.column, severity: fault.severity, code: fault.code, message: faultSentence(app.sentence, language, fault),
        })),
      })),
    })
  })

  serve(app, contract.getBadRows, async ({ actor, scope, params, language }) => {
    const run = await engine.find(actor, params.id)
    const analysed = run.ok ? await engine.analyse(actor, run.value) : run
    if (!run.ok || !analysed.ok) return analysed.ok ? refuse(problem('unknown_import', { status: 404 })) : analysed
    const rejected = run.value.counts.rejected
    if (rejected === 0) return refuse(problem('no_bad_rows', { status: 409 }))
    const { table, layout } = analysed.value
    const faults = await app.database.read(scope, async (tx) => {
      const listed = await refusedRows(tx, params.id, 0, MOST_BAD_ROWS)
      return listFaults(tx, params.id, { severities: REFUSED, toRow: listed.at(-1) ?? 0, limit: MOST_BAD_ROWS * 10 })
    })
    const workbook = await badRowsOf(table, layout, faults, rejected, app.sentence, language)
    if (!workbook.ok) return workbook
    const name = run.value.fileName.replace(/\.[^.]+$/, '')
    return ok(file(XLSX, Buffer.from(workbook.value), `${name || run.value.kind} - ${language === 'vi' ? 'dòng lỗi' : 'rejected rows'}.xlsx`))
  })
}

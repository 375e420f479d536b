import { ok, type PlainDate, type Result } from '#base'
import { areaAsked } from '#platform/access'
import { file, serve, serveCommand, type App } from '#platform/http'
import * as contract from './contract.ts'
import { outcomeOf, stampOf } from './run-scenarios.ts'
import { renameCommand, restoreCommand, save, withdrawCommand } from './save-scenario.ts'
import { csvOfScenario, pageOfScenarios, showScenario, showStart } from './show-scenarios.ts'

/** Aborted when the caller goes away before the answer: who moves a slider again wants the newer answer only. */
const whileAsked = async <T>(reply: { readonly raw: NodeJS.EventEmitter & { readonly writableFinished: boolean } }, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const abort = new AbortController()
  const stop = (): void => abort.abort()
  reply.raw.on('close', stop)
  try {
    return await work(abort.signal)
  } finally {
    reply.raw.off('close', stop)
  }
}

const joined = (body: unknown, { id }: { id: string }): unknown => ({ ...(body as object), id })

export const routes = (app: App): void => {
  serve(app, contract.startScenario, ({ actor, query }) => showStart(app, actor, query))
  serve(app, contract.runScenarios, ({ actor, body, reply }) => whileAsked(reply, async (signal): Promise<Result<{ stamp: ReturnType<typeof stampOf>; outcome: contract.Outcome }>> => {
    const area = areaAsked(app.areas, actor, contract.scenarioRun, body.ground.area, body.ground.on as PlainDate)
    if (!area.ok) return area
    const outcome = await outcomeOf(body, signal)
    return outcome.ok ? ok({ stamp: stampOf(body.ground, [body.before, body.variant, body.runs]), outcome: outcome.value }) : outcome
  }))
  serve(app, contract.saveScenario, ({ actor, body, commandId, reply }) => whileAsked(reply, (signal) => save(app, actor, body, commandId, signal)))
  serve(app, contract.listScenarios, ({ actor, scope, query }) => pageOfScenarios(app, actor, scope, query))
  serve(app, contract.getScenario, ({ actor, scope, params }) => showScenario(app, actor, scope, params.id))
  serve(app, contract.exportScenario, async ({ actor, scope, params, language }) => {
    const made = await csvOfScenario(app, actor, scope, params.id, language)
    return made.ok ? ok(file('text/csv; charset=utf-8', made.value.csv, `${made.value.name}.csv`)) : made
  })
  serveCommand(app, contract.renameScenario, renameCommand, joined)
  serveCommand(app, contract.withdrawScenario, withdrawCommand, joined)
  serveCommand(app, contract.restoreScenario, restoreCommand, joined)
}

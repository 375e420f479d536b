import { ok } from '#base'
import { today } from '#platform/clock'
import { file, serve, serveCommand, type App } from '#platform/http'
import * as contract from './contract.ts'
import { decideCommand, undoCommand } from './decide-warnings.ts'
import { startRunCommand } from './run-warnings.ts'
import { setSensitivityCommand } from './set-sensitivity.ts'
import { csvOfWarnings, pageOfWarnings, showSensitivity, showWarning } from './show-warnings.ts'

export const routes = (app: App): void => {
  serve(app, contract.listWarnings, ({ actor, scope, query }) => pageOfWarnings(app, actor, scope, query))
  serve(app, contract.exportWarnings, async ({ actor, scope, query, language }) => {
    const csv = await csvOfWarnings(app, actor, scope, query, language)
    return csv.ok ? ok(file('text/csv; charset=utf-8', csv.value, `canh-bao-${today(app.clock)}.csv`)) : csv
  })
  serve(app, contract.getSensitivity, ({ actor, query }) => showSensitivity(app, actor, query))
  serve(app, contract.getWarning, ({ scope, params }) => showWarning(app, scope, params.id))
  serveCommand(app, contract.decideWarnings, decideCommand)
  serveCommand(app, contract.undoDecision, undoCommand)
  serveCommand(app, contract.startRun, startRunCommand(app))
  serveCommand(app, contract.setSensitivity, setSensitivityCommand)
}

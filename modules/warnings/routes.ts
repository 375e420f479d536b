import { serve, serveCommand, type App } from '#platform/http'
import * as contract from './contract.ts'
import { decideCommand, undoCommand } from './decide-warnings.ts'
import { startRunCommand } from './run-warnings.ts'
import { setSensitivityCommand } from './set-sensitivity.ts'
import { pageOfWarnings, showSensitivity, showWarning } from './show-warnings.ts'

export const routes = (app: App): void => {
  serve(app, contract.listWarnings, ({ actor, scope, query }) => pageOfWarnings(app, actor, scope, query))
  serve(app, contract.getSensitivity, ({ actor, query }) => showSensitivity(app, actor, query))
  serve(app, contract.getWarning, ({ scope, params }) => showWarning(app, scope, params.id))
  serveCommand(app, contract.decideWarnings, decideCommand)
  serveCommand(app, contract.undoDecision, undoCommand)
  serveCommand(app, contract.startRun, startRunCommand(app))
  serveCommand(app, contract.setSensitivity, setSensitivityCommand)
}

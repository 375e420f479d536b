import { ok, type Result } from '#base'
import { file, serve, type App } from '#platform/http'
import * as contract from './contract.ts'
import { csvOfLineages, showLineages } from './show-lineages.ts'
import { csvOfSerology, showSerology } from './show-serology.ts'

const sheet = (made: Result<{ name: string; text: string }>) => (made.ok ? ok(file('text/csv; charset=utf-8', made.value.text, made.value.name)) : made)

export const routes = (app: App): void => {
  serve(app, contract.getLineages, ({ actor, scope, query }) => showLineages(app, actor, scope, query))
  serve(app, contract.exportLineages, async ({ actor, scope, query, language }) => sheet(await csvOfLineages(app, actor, scope, query, language)))
  serve(app, contract.getSerology, ({ actor, scope, query }) => showSerology(app, actor, scope, query))
  serve(app, contract.exportSerology, async ({ actor, scope, query, language }) => sheet(await csvOfSerology(app, actor, scope, query, language)))
}

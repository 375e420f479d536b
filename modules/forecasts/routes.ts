import { ok } from '#base'
import { file, serve, serveCommand, type App } from '#platform/http'
import * as contract from './contract.ts'
import { startForecastsCommand } from './run-forecasts.ts'
import { csvOfForecast, listForecastsOf, showForecast } from './show-forecasts.ts'

export const routes = (app: App): void => {
  serve(app, contract.getForecast, ({ actor, scope, query }) => showForecast(app, actor, scope, query))
  serve(app, contract.listForecasts, ({ actor, scope, query }) => listForecastsOf(app, actor, scope, query))
  serve(app, contract.exportForecast, async ({ actor, scope, query, language }) => {
    const csv = await csvOfForecast(app, actor, scope, query, language)
    return csv.ok ? ok(file('text/csv; charset=utf-8', csv.value, `du-bao-${query.area ?? 'tinh'}-${query.on ?? ''}.csv`)) : csv
  })
  serveCommand(app, contract.startForecasts, startForecastsCommand(app))
}

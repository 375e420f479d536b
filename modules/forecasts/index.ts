import type { Module } from '#platform/http'
import { runJobs } from '#platform/jobs'
import { routes } from './routes.ts'
import { forecastJob } from './run-forecasts.ts'
import { text } from './text.ts'

export { runAndShow, type ForecastClient } from './run-and-show.ts'

export const forecasts: Module = { name: 'forecasts', text, routes, start: async (app) => runJobs(app, [forecastJob(app)]) }

import type { Module } from '#platform/http'
import { runJobs } from '#platform/jobs'
import { routes } from './routes.ts'
import { warningRun } from './run-warnings.ts'
import { text } from './text.ts'

export { readCaseSeries, watchedAreas, type CaseSeries, type SeriesQuery } from './case-series.ts'

export const warnings: Module = { name: 'warnings', text, routes, start: async (app) => runJobs(app, [warningRun(app)]) }

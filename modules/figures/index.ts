import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { text } from './text.ts'

export { deadlineOf, hourOf } from './deadline.ts'
export { deadlineHours } from './desk-store.ts'
export { countHeld } from './figure-store.ts'
export { figuresFor, latestFigures, newestFigureDay, readNames, type FactQuery, type FigureFact, type LatestQuery } from './fact-store.ts'
export { figuresImporter } from './figures-importer.ts'
export { loadMetrics } from './metric-store.ts'
export { readMissing, type Missing } from './read-grid.ts'
export type { Metric, MetricKind, MetricUnit } from './metric.ts'

export const figures: Module = { name: 'figures', text, routes }

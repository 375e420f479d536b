import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { text } from './text.ts'

export { areasImporter } from './areas-importer.ts'
export { populationsOf, type PopulationMetricRow } from './area-store.ts'

export const areas: Module = { name: 'areas', text, routes }

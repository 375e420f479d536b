import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { text } from './text.ts'

export { casesImporter } from './cases-importer.ts'
export { recountCases, type Miscount } from './indicators.ts'
export { registryCounts, REGISTRY_METRICS } from './registry-store.ts'

export const cases: Module = { name: 'cases', text, routes }

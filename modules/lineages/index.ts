import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { text } from './text.ts'

export { lineagesImporter, samplesImporter } from './import-calls.ts'
export { serologyImporter } from './import-surveys.ts'

export const lineages: Module = { name: 'lineages', text, routes }

import type { Module } from '#platform/http'
import { text } from './text.ts'

export { csvLine, SYNTHETIC_HEADER, syntheticCases } from './synthetic-cases.ts'
export { FIGURES_HEADER, SYNTHETIC_SOURCE, syntheticFigures } from './synthetic-figures.ts'
export { loadDemo } from './load-demo.ts'
export { showDemo } from './show-demo.ts'
export type { SyntheticCommune } from './households.ts'

export const demo: Module = { name: 'demo', text, routes: () => {} }

export { csvLine, seeded, SYNTHETIC_HEADER, syntheticCases, type SyntheticCommune } from './synthetic-cases.ts'
export { FIGURES_HEADER, SYNTHETIC_SOURCE, syntheticFigures } from './synthetic-figures.ts'

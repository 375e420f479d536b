import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { text } from './text.ts'

export { changesOf, SMALL_POPULATION, type Assessment } from './assess.ts'
export { EvidenceBase } from './evidence.ts'
export type { InputValue } from './input-value.ts'
export type { EvidenceFacts } from './evidence-facts.ts'
export { insertPublished, publishedLevels, type PublishedLevel } from './level-store.ts'
export { showAssessment, stateOf } from './show-assessment.ts'
export { factsOf, loadCounts, loadFacts, loadFigures, PEOPLE, type Asking } from './load-facts.ts'
export { compareLaws, type Comparison } from './compare-laws.ts'
export { changesByDay } from './show-comparison.ts'
export { assessPeriod, runLevels, type Ground, type Run } from './run-levels.ts'

export const levels: Module = { name: 'levels', text, routes }

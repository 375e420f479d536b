import { joinTexts } from '#base'
import { text as decisionsText } from '#decisions'
import type { Module } from '#platform/http'
import { routes } from './routes.ts'
import { loadShipped } from './rulebooks.ts'
import { text } from './text.ts'

export { allRulebooks, compiledRulebooks, loadShipped } from './rulebooks.ts'
export { readLaws, type LawWanted } from './read-laws.ts'
export { findRulebook, lawOf, lawOfOne, rulebookInForce, type InForce, type Law, type Rulebook } from './law.ts'

export const rulebooks: Module = {
  name: 'rulebooks',
  text: joinTexts(decisionsText, text),
  routes,
  start: async ({ database, areas, clock, log }) => {
    const added = await loadShipped(database, areas, clock)
    if (added.length > 0) log(`Đã nạp bộ quy tắc: ${added.join(', ')}`)
    return async () => {}
  },
}

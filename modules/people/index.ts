import type { Module } from '#platform/http'
import { text } from './text.ts'

export { isNationalId, remarksOnNationalId } from './national-id.ts'
export { addPerson, admitPerson, correctPerson, insertStagedPeople, knownPeople, removeImportedPeople, type PersonFacts } from './person-store.ts'

/** People have no desk of their own yet: other modules write them through this door. */
export const people: Module = { name: 'people', text, routes: () => {} }

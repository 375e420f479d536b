import { expect, test } from 'vitest'
import type { Variant } from '../contract.ts'
import { differences, heldDays } from './differences.ts'

const baseline: Variant = {
  name: '', fromDay: 0, contacts: { home: 1, school: 1, work: 1, other: 1 }, dosesPerDay: 0, tracingShare: 0, tracingDelayDays: 2, importedPerDay: 0, beds: { ward: 100, oxygen: null, intensive: 10 },
}

test('R6 what drives a variant is what differs, and nothing that has no effect', () => {
  expect(differences(baseline, { ...baseline, name: 'Tên khác', fromDay: 30, tracingDelayDays: 1 })).toEqual([])
  expect(differences(baseline, { ...baseline, fromDay: 30, contacts: { ...baseline.contacts, school: 0.25 }, tracingShare: 0.5, tracingDelayDays: 1, beds: { ward: 100, oxygen: 40, intensive: 20 } })).toEqual([
    { kind: 'contacts', setting: 'school', from: 0, to: 0.75 }, { kind: 'fromDay', to: 30 }, { kind: 'tracingShare', from: 0, to: 0.5 }, { kind: 'tracingDelayDays', from: 2, to: 1 },
    { kind: 'beds', tier: 'oxygen', from: null, to: 40 }, { kind: 'beds', tier: 'intensive', from: 10, to: 20 },
  ])
})

test('R5 held against what came: days known since the start, and those inside', () => {
  const band = { median: [10, 10, 10], lower50: [8, 8, 8], upper50: [12, 12, 12], lower95: [5, 5, 5], upper95: [15, 15, 15] }
  expect(heldDays(band, { from: '2021-10-11', counts: [99, 99, 5, null, 16, 7] }, 2)).toEqual({ days: 2, inside: 1 })
})

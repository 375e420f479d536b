import { expect, test } from 'vitest'
import { DISEASE_PROFILES } from '#epi'
import type { Ground, Variant } from '../contract.ts'
import { parametersOf, peopleByAge } from './parameters.ts'

const ground: Ground = { area: '91', on: '2021-10-12', profile: 'covidDelta', population: 1_000_000, casesPerDay: 40, reportedShare: 0.4, immuneShare: 0.1, onceShare: 0.2, twiceShare: 0.1 }
const variant: Variant = {
  name: '', fromDay: 30, contacts: { home: 1, school: 0, work: 0.5, other: 0.5 }, dosesPerDay: 1000, tracingShare: 0.2, tracingDelayDays: 2, importedPerDay: 1, beds: { ward: null, oxygen: null, intensive: null },
}
const before = { home: 1, school: 1, work: 1, other: 1 }

test('people by age are whole and add up', () => {
  for (const population of [1000, 12_345, 1_720_000]) expect(peopleByAge(population).reduce((sum, people) => sum + people, 0)).toBe(population)
  expect(peopleByAge(1_000_000)[8]).toBe(17_000)
})

test('40 cases a day at 40 % reported are 100 infected a day, latent for 2.2 days and infectious for 2.5', () => {
  expect(DISEASE_PROFILES.covidDelta.latentDays.value).toBe(2.2)
  expect(parametersOf(ground, before, variant).initial).toMatchObject({ infected: expect.closeTo(220, 9), infectious: expect.closeTo(250, 9) })
})

test('contacts are the baseline’s until the variant begins; doses given are shared among adults, whole', () => {
  const { contactChanges, vaccination, population } = parametersOf(ground, before, variant)
  expect(contactChanges).toEqual([{ fromDay: 0, left: before }, { fromDay: 30, left: variant.contacts }])
  const given = [1, 2].map((state) => vaccination.initial.reduce((sum, shares, a) => sum + (shares[state] as number) * (population[a] as number), 0))
  expect(given[0]).toBeCloseTo(200_000, 6)
  expect(given[1]).toBeCloseTo(100_000, 6)
  expect(vaccination.initial[1]).toEqual([1, 0, 0, 0])
  // More doses than adults: everybody has one.
  const full = parametersOf({ ...ground, onceShare: 0.5, twiceShare: 0.5 }, before, variant).vaccination.initial[4]
  expect(full?.map((share) => Math.round(share * 1000) / 1000)).toEqual([0, 0.5, 0.5, 0])
})

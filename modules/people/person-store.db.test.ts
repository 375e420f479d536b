import { expect, test } from 'vitest'
import { ok, type Id, type Instant } from '#base'
import { newId } from '#platform/clock'
import { EVERYWHERE, sql, type Scope } from '#platform/db'
import { openTestDb } from '#tests/kit'
import { admitPerson, knownPeople, type PersonFacts } from './person-store.ts'

const database = await openTestDb('empty')
const at = '2021-10-20T02:00:00.000Z' as Instant
const facts = (more: Partial<PersonFacts> = {}): PersonFacts => ({
  fullName: 'Trần Thị Bé', nameKey: 'tran thi be', birthOn: null, birthYear: 1985, sex: 'female', nationalId: null, phone: null, ethnicity: null, occupation: null,
  areaId: 1, areaPos: 100, ...more,
})
const admit = async (scope: Scope, person: PersonFacts): Promise<Id> => {
  const made = await database.write(scope, async (tx) => ok(await admitPerson(tx, newId(), person, at)))
  if (!made.ok) throw new Error('refused')
  return made.value
}
const near: Scope = { lo: 100, hi: 199, ranges: '' }
const far: Scope = { lo: 200, hi: 299, ranges: '' }

test('R2 one person a national number, also where the reporter may not look; without a number a new one', async () => {
  const first = await admit(near, facts({ nationalId: '091185000001' }))
  expect(await admit(far, facts({ nationalId: '091185000001', areaPos: 200 }))).toBe(first)
  expect(await database.read(far, (tx) => knownPeople(tx, ['091185000001', '091185000002']))).toEqual(new Map([['091185000001', first]]))
  expect(await admit(near, facts())).not.toBe(await admit(near, facts()))
})

test('R2 two at the same moment are one', async () => {
  const made = await Promise.all(Array.from({ length: 6 }, () => admit(near, facts({ nationalId: '091185000003' }))))
  expect(new Set(made).size).toBe(1)
})

test('a person is seen where they live and made where one has rights', async () => {
  const id = await admit(near, facts({ nationalId: '091185000004' }))
  const seen = (scope: Scope) => database.read(scope, (tx) => tx.rows(sql<{ id: Id }>`select id from person where id = ${id}`))
  expect([await seen(near), await seen(far), await seen(EVERYWHERE)]).toEqual([[{ id }], [], [{ id }]])
  await expect(admit(near, facts({ areaPos: 200 }))).rejects.toThrow(/row-level security/)
})

import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ok, permission, problem, refuse, type Instant, type PlainDate } from '#base'
import { grantOf, type Actor } from '#platform/access'
import { openAreas } from '#platform/areas'
import { sealAudit, verifyAudit, beginEpoch } from '#platform/audit'
import { newId, systemClock } from '#platform/clock'
import { EVERYWHERE, sql } from '#platform/db'
import { readIndicators } from '#platform/indicators'
import { openTestDb } from '#tests/kit'
import { command, perform } from './index.ts'

const database = await openTestDb()
const areas = await openAreas(database)
const door = { database, areas, clock: systemClock }
const on = '2021-10-12' as PlainDate
const unit = (code: string) => {
  const area = areas.tree().resolve(code, on)
  if (!area) throw new Error(code)
  return area
}
const officer = (code: string): Actor => ({ id: `officer-${code}`, username: 'o', name: 'O', grants: [grantOf(areas, 'officer', unit(code).id)] })

let performed = 0
const count = command({
  name: 'test.count',
  permission: permission('test.count', 'officer'),
  body: z.object({ area: z.string(), delta: z.int(), fail: z.enum(['refuse', 'throw']).optional() }),
  perform: async (context, { area: code, delta, fail }) => {
    const area = unit(code)
    if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = area.pos
    context.indicators.add({ areaId: area.id, areaPos: area.pos, day: on, disease: 'test', metric: 'counted', delta })
    if (fail === 'refuse') return refuse(problem('told_to'))
    if (fail === 'throw') throw new Error('a bug')
    return ok({ turn: ++performed })
  },
})

const counted = async (knownAt?: Instant): Promise<number> =>
  (await database.read(EVERYWHERE, (tx) => readIndicators(tx, { disease: 'test', metrics: ['counted'], from: on, to: on, knownAt }))).reduce((sum, row) => sum + row.value, 0)

describe('the one door', () => {
  test('the same id and body gives the same answer, once', async () => {
    const id = newId()
    const call = { actor: officer('899'), id, body: { area: '30730', delta: 2 } }
    const first = await perform(door, count, call)
    const again = await perform(door, count, { ...call, body: { delta: 2, area: '30730' } })
    expect(again).toEqual(first)
    expect(await counted()).toBe(2)
  })
  test('the same id with another body or actor is a conflict', async () => {
    const id = newId()
    await perform(door, count, { actor: officer('899'), id, body: { area: '30730', delta: 1 } })
    const body = await perform(door, count, { actor: officer('899'), id, body: { area: '30730', delta: 5 } })
    const actor = await perform(door, count, { actor: officer('91'), id, body: { area: '30730', delta: 1 } })
    expect([body, actor].map((result) => !result.ok && result.problem.code)).toEqual(['command_conflict', 'command_conflict'])
    expect(await counted()).toBe(3)
  })
  test('the same id gives the same answer although the rules would now refuse it, to nobody else', async () => {
    const once = command({
      ...count,
      name: 'test.once',
      perform: async (context, { area: code }) => {
        const area = unit(code)
        const before = await readIndicators(context.tx, { disease: 'test', metrics: ['once'], from: on, to: on })
        if (before.length > 0) return refuse(problem('told_to'))
        context.indicators.add({ areaId: area.id, areaPos: area.pos, day: on, disease: 'test', metric: 'once', delta: 1 })
        return ok({ turn: ++performed })
      },
    })
    const call = { actor: officer('899'), id: newId(), body: { area: '30730', delta: 1 } }
    const first = await perform(door, once, call)
    expect(first.ok).toBe(true)
    expect(await perform(door, once, call)).toEqual(first)
    const codes = [await perform(door, once, { ...call, actor: officer('91') }), await perform(door, once, { ...call, id: newId() })]
    expect(codes.map((result) => !result.ok && result.problem.code)).toEqual(['command_conflict', 'told_to'])
  })
  test('two clicks at once count once', async () => {
    const id = newId()
    const before = await counted()
    const results = await Promise.all(Array.from({ length: 8 }, () => perform(door, count, { actor: officer('899'), id, body: { area: '30733', delta: 1 } })))
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
    expect(await counted()).toBe(before + 1)
  })
  test('a refusal and a bug leave nothing behind', async () => {
    const before = await counted()
    const refused = await perform(door, count, { actor: officer('899'), id: newId(), body: { area: '30730', delta: 1, fail: 'refuse' } })
    expect(!refused.ok && refused.problem.code).toBe('told_to')
    await expect(perform(door, count, { actor: officer('899'), id: newId(), body: { area: '30730', delta: 1, fail: 'throw' } })).rejects.toThrow('a bug')
    expect(await counted()).toBe(before)
  })
  test('a bad body is refused at its field, a wrong role and a wrong area altogether', async () => {
    const bad = await perform(door, count, { actor: officer('899'), body: { area: 5, delta: 1.5 } })
    expect(!bad.ok && bad.problem.problems?.map((one) => one.field)).toEqual(['area', 'delta'])
    const viewer: Actor = { ...officer('899'), grants: [grantOf(areas, 'viewer', unit('899').id)] }
    const role = await perform(door, count, { actor: viewer, body: { area: '30730', delta: 1 } })
    const place = await perform(door, count, { actor: officer('900'), body: { area: '30730', delta: 1 } })
    expect([role, place].map((result) => !result.ok && result.problem.status)).toEqual([403, 403])
  })
  test('row-level security stands behind the command: a rule that forgets to ask writes nothing either', async () => {
    const careless = command({
      ...count,
      name: 'test.careless',
      perform: async (context) => {
        const area = unit('30730')
        context.indicators.add({ areaId: area.id, areaPos: area.pos, day: on, disease: 'test', metric: 'counted', delta: 100 })
        return ok(null)
      },
    })
    await expect(perform(door, careless, { actor: officer('900'), body: { area: '30730', delta: 1 } })).rejects.toThrow(/row-level security/)
  })
  test('history answers as known then', async () => {
    const before = await counted()
    const then = new Date().toISOString() as Instant
    await new Promise((resolve) => setTimeout(resolve, 5))
    await perform(door, count, { actor: officer('899'), body: { area: '30730', delta: 7 } })
    expect(await counted()).toBe(before + 7)
    expect(await counted(then)).toBe(before)
  })
})

/** A transaction of any other test on the same server holds the horizon back: until it ends, what came after it stays unsealed. */
const sealAll = async (): Promise<void> => {
  while ((await verifyAudit(database)).unsealed > 0) {
    await sealAudit(database, systemClock)
    await wait(20)
  }
}

describe('the audit chain', () => {
  test('is sealed in batches and agrees; the application cannot touch what was written', async () => {
    await sealAll()
    const verdict = await verifyAudit(database)
    expect(verdict).toMatchObject({ intact: true, unsealed: 0 })
    expect(verdict.entries).toBe(5)
    await expect(database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`update audit_entry set actor = 'x'`)))).rejects.toThrow(/permission denied/)
    await expect(database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`delete from audit_entry`)))).rejects.toThrow(/permission denied/)
  })
  test('goes on after a restore, when transaction numbers start anew', async () => {
    await database.owner(beginEpoch)
    await perform(door, count, { actor: officer('899'), body: { area: '30730', delta: 1 } })
    await sealAll()
    expect(await verifyAudit(database)).toMatchObject({ intact: true, unsealed: 0 })
  })
  test('orders transactions by number, not by the text of it', async () => {
    await database.owner(beginEpoch)
    const numbers = [98, 99, 100, 101]
    const ids = numbers.map(() => newId())
    await database.owner((tx) => tx.run(sql`insert into audit_entry (command_id, name, actor, area_pos, body_sha256, recorded_at, xid)
      select id, 'test.numbered', 'test', 0, '', now(), number::text::xid8 from unnest(${ids}::uuid[], ${numbers}::int[]) as n (id, number)`))
    await sealAll()
    // By text the batch would end with 99, and verification would look for half of it only.
    await database.owner((tx) => tx.run(sql`insert into audit_entry (command_id, name, actor, area_pos, body_sha256, recorded_at, xid)
      values (${newId()}, 'test.numbered', 'test', 0, '', now(), '102')`))
    await sealAll()
    expect(await verifyAudit(database)).toMatchObject({ intact: true, unsealed: 0 })
  })
  test('names the batch in which an entry was changed, or one was taken away', async () => {
    const batches = (await verifyAudit(database)).batches
    const [last] = await database.owner((tx) => tx.rows(sql<{ id: string }>`select command_id as id from audit_entry order by epoch desc, xid desc limit 1`))
    await database.owner((tx) => tx.run(sql`update audit_entry set actor = 'somebody else' where command_id = ${last?.id}`))
    expect(await verifyAudit(database)).toMatchObject({ intact: false, brokenAt: batches })
    await database.owner((tx) => tx.run(sql`delete from audit_entry where command_id = ${last?.id}`))
    expect(await verifyAudit(database)).toMatchObject({ intact: false, brokenAt: batches })
  })
})

import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, inject, test } from 'vitest'
import { ok, type Id } from '#base'
import { newId, now } from '#platform/clock'
import { EVERYWHERE, sql } from '#platform/db'
import { doorsTo, openTestDb } from '#tests/kit'
import { enqueue, findJob, type Job } from './job-store.ts'

const database = await openTestDb('empty')
const { admin, description } = inject('server')
const [{ name: databaseName } = { name: '' }] = await database.read(EVERYWHERE, (tx) => tx.rows(sql<{ name: string }>`select current_database() as name`))

interface Worker {
  readonly child: ChildProcess
  readonly said: string[]
}
const workers: Worker[] = []
afterAll(() => {
  for (const { child } of workers) child.kill('SIGKILL')
})

const start = (name: string, ...kinds: readonly string[]): Worker => {
  const child = fork(join(import.meta.dirname, 'worker.fixture.ts'), [JSON.stringify({ name, kinds, doors: doorsTo(admin, databaseName), description })], { execArgv: [] })
  const said: string[] = []
  child.on('message', (message) => said.push(String(message)))
  workers.push({ child, said })
  return { child, said }
}
const ask = async (kind: string): Promise<Id> => {
  const job = { id: newId(), kind, key: 'k', areaPos: 7, body: {}, attempts: 3, askedBy: 'an', askedAt: now() }
  const asked = await database.write(EVERYWHERE, async (tx) => ok(await enqueue(tx, job)))
  if (!asked.ok) throw new Error('refused')
  return asked.value.id
}
const see = async (id: Id): Promise<Job> => (await database.read(EVERYWHERE, (tx) => findJob(tx, id))) as Job
const beatOf = async (id: Id): Promise<unknown> => (await database.read(EVERYWHERE, (tx) => tx.rows(sql<{ at: string }>`select beat_at::text as at from job where id = ${id}`)))[0]?.at
const until = async (is: () => Promise<boolean> | boolean): Promise<void> => {
  for (let tries = 0; tries < 1600; tries++) {
    if (await is()) return
    await wait(25)
  }
  throw new Error(`never: ${is.toString()}`)
}

test('work of a killed process, and of one that froze, is taken up once after the silence; what the frozen one brings when it wakes is not kept', async () => {
  const [killed, frozen] = [await ask('test.killed'), await ask('test.frozen')]
  const [dying, freezing] = [start('dying', 'test.killed'), start('freezing', 'test.frozen')]
  await until(() => dying.said.includes('begun') && freezing.said.includes('begun'))
  await until(async () => (await see(killed)).done === 1 && (await see(frozen)).done === 1)
  // Two rivals look for work all the time; while the first two give signs of life they get none.
  const rivals = [start('rival', 'test.killed', 'test.frozen'), start('other rival', 'test.killed', 'test.frozen')]
  const ofRivals = (word: string): number => rivals.flatMap(({ said }) => said).filter((one) => one === word).length
  await wait(4_000)
  expect(ofRivals('begun')).toBe(0)

  // Right after a sign of life: nothing of it hangs in the database.
  const before = await beatOf(frozen)
  await until(async () => (await beatOf(frozen)) !== before)
  freezing.child.kill('SIGSTOP')
  dying.child.kill('SIGKILL')
  await until(() => dying.child.signalCode === 'SIGKILL')
  const dead = performance.now()
  expect([(await see(killed)).state, (await see(killed)).attempts]).toEqual(['running', 1])
  await until(() => ofRivals('begun') === 2)
  expect(performance.now() - dead).toBeGreaterThan(15_000)
  expect([(await see(killed)).attempts, (await see(frozen)).attempts]).toEqual([2, 2])

  // The frozen one wakes and ends its work while another has it.
  freezing.child.kill('SIGCONT')
  freezing.child.send('finish')
  await until(() => freezing.said.includes('finished'))
  await wait(2_000)
  expect(await see(frozen)).toMatchObject({ state: 'running', result: null })

  for (const { child } of rivals) child.send('finish')
  await until(async () => (await see(killed)).state === 'done' && (await see(frozen)).state === 'done')
  const ends = [await see(killed), await see(frozen)]
  for (const end of ends) expect(end).toMatchObject({ state: 'done', attempts: 2, fault: null, result: { by: expect.stringMatching(/rival/) } })
  expect(ends.map(({ result }) => (result as { by: string }).by).toSorted()).toEqual(['other rival', 'rival'])
  await wait(2_000)
  expect([ofRivals('begun'), ofRivals('finished')]).toEqual([2, 2])
  expect([await see(killed), await see(frozen)]).toEqual(ends)
})

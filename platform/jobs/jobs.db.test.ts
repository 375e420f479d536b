import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { ok, problem, refuse, type Id } from '#base'
import { newId, now } from '#platform/clock'
import { EVERYWHERE } from '#platform/db'
import { openTestDb, stoppedClock } from '#tests/kit'
import { cancelJob, claimJob, enqueue, findJob, latestJobs, type Job, type NewJob } from './job-store.ts'
import { codeVersion, inputsDigest, seedOf } from './code-version.ts'
import { runJobs, type JobKind } from './run-jobs.ts'

const database = await openTestDb('empty')
const clock = stoppedClock('2021-10-12T03:00:00Z')
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

let kinds = 0
const newKind = (): string => `test.${++kinds}`
const ask = async (kind: string, more: Partial<NewJob> = {}): Promise<Id> => {
  const job = { id: newId(clock), kind, key: 'k', areaPos: 7, body: { of: 1 }, attempts: 3, askedBy: 'an', askedAt: now(clock), ...more }
  const asked = await database.write(EVERYWHERE, async (tx) => ok(await enqueue(tx, job)))
  if (!asked.ok) throw new Error('refused')
  return asked.value.id
}
const see = async (id: Id): Promise<Job> => (await database.read(EVERYWHERE, (tx) => findJob(tx, id))) as Job
const until = async (id: Id, is: (job: Job) => boolean): Promise<Job> => {
  for (let tries = 0; tries < 2400; tries++) {
    const job = await see(id)
    if (is(job)) return job
    await wait(25)
  }
  throw new Error(`never: ${JSON.stringify(await see(id))}`)
}
const start = (kind: JobKind): (() => Promise<void>) => {
  const stop = runJobs({ database, clock, log: () => {} }, [kind])
  stops.push(stop)
  return stop
}

describe('asking', () => {
  test('work asked for in a refused command does not exist; of one kind and key only one waits', async () => {
    const kind = newKind()
    const id = newId(clock)
    await database.write(EVERYWHERE, async (tx) => {
      await enqueue(tx, { id, kind, key: 'k', areaPos: 7, body: {}, attempts: 1, askedBy: 'an', askedAt: now(clock) })
      return refuse(problem('no'))
    })
    expect(await see(id)).toBeUndefined()
    const first = await ask(kind)
    expect(await ask(kind)).toBe(first)
    expect(await ask(kind, { key: 'other' })).not.toBe(first)
    expect(await database.read({ lo: 8, hi: 9, ranges: '' }, (tx) => latestJobs(tx, kind, 5))).toEqual([])
    expect(await database.read({ lo: 7, hi: 9, ranges: '' }, (tx) => latestJobs(tx, kind, 5))).toHaveLength(2)
  })
})

describe('doing', () => {
  test('the work is given its body, tells how far it is and leaves a result', async () => {
    const kind = newKind()
    const id = await ask(kind)
    let go = (): void => {}
    const gate = new Promise<void>((open) => (go = open))
    start({
      name: kind, attempts: 3, run: async ({ body, progress }) => {
        progress(3, 10)
        await gate
        progress(10, 10)
        return ok(body)
      },
    })
    const halfway = await until(id, ({ done }) => done === 3)
    expect([halfway.state, halfway.total]).toEqual(['running', 10])
    go()
    expect(await until(id, ({ state }) => state === 'done')).toMatchObject({ result: { of: 1 }, done: 10, attempts: 1, fault: null })
  })

  test('a throw is tried again after a while, n times at most; a refusal is not', async () => {
    const kind = newKind()
    const id = await ask(kind, { attempts: 2 })
    let tries = 0
    start({ name: kind, attempts: 2, run: () => Promise.reject(new Error(`try ${++tries}`)) })
    await until(id, ({ state, attempts }) => state === 'queued' && attempts === 1)
    await wait(700)
    expect(tries).toBe(1)
    clock.advance(10_001)
    expect(await until(id, ({ state }) => state === 'failed')).toMatchObject({ attempts: 2, fault: { code: 'job_crashed', params: { reason: 'Error: try 2' } } })

    const refused = newKind()
    const other = await ask(refused)
    start({ name: refused, attempts: 5, run: async () => refuse(problem('no_data')) })
    expect(await until(other, ({ state }) => state === 'failed')).toMatchObject({ attempts: 1, fault: { code: 'no_data' } })
  })

  test('cancelled while it waits it never begins, under way it is told to end', async () => {
    const kind = newKind()
    const waiting = await ask(kind)
    expect((await database.write(EVERYWHERE, async (tx) => ok(await cancelJob(tx, waiting, 'binh', now(clock))))).ok).toBe(true)
    expect((await see(waiting)).state).toBe('cancelled')
    const id = await ask(kind)
    start({ name: kind, attempts: 3, run: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))) })
    await until(id, ({ state }) => state === 'running')
    await database.write(EVERYWHERE, async (tx) => ok(await cancelJob(tx, id, 'binh', now(clock))))
    expect(await until(id, ({ state }) => state !== 'running')).toMatchObject({ state: 'cancelled', stopping: true, fault: null })
    expect(await database.write(EVERYWHERE, async (tx) => ok(await cancelJob(tx, id, 'binh', now(clock))))).toEqual(ok(false))
  })

  test('what a killed worker left is taken up after it was silent, and given up after its last attempt', async () => {
    const kind = newKind()
    const id = await ask(kind, { attempts: 2 })
    const claim = (silent: string) => database.write(EVERYWHERE, async (tx) => ok(await claimJob(tx, newId(clock), [kind], now(clock), silent as ReturnType<typeof now>)))
    expect(await claim('2021-10-12T00:00:00.000Z')).toMatchObject({ value: { id, attempt: 1 } })
    expect(await claim('2021-10-12T00:00:00.000Z')).toEqual(ok(undefined))
    const begun: number[] = []
    start({ name: kind, attempts: 2, run: async ({ signal }) => {
      begun.push(1)
      return signal.aborted ? refuse(problem('stopped')) : ok('again')
    } })
    await wait(700)
    expect(begun).toEqual([])
    clock.advance(21_000)
    expect(await until(id, ({ state }) => state === 'done')).toMatchObject({ attempts: 2, result: 'again' })

    const dead = newKind()
    const lost = await ask(dead, { attempts: 1 })
    await database.write(EVERYWHERE, async (tx) => ok(await claimJob(tx, newId(clock), [dead], now(clock), '2021-10-12T00:00:00.000Z' as ReturnType<typeof now>)))
    clock.advance(21_000)
    start({ name: dead, attempts: 1, run: async () => ok(1) })
    expect(await until(lost, ({ state }) => state === 'failed')).toMatchObject({ attempts: 1, fault: { code: 'job_worker_lost' } })
  })

  test('a stop of the product puts the work back as if it had not begun', async () => {
    const kind = newKind()
    const id = await ask(kind, { attempts: 1 })
    const stop = start({ name: kind, attempts: 1, run: ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(refuse(problem('stopped'))))) })
    await until(id, ({ state }) => state === 'running')
    await stop()
    expect(await see(id)).toMatchObject({ state: 'queued', attempts: 0 })
    start({ name: kind, attempts: 1, run: async () => ok('done') })
    expect((await until(id, ({ state }) => state === 'done')).attempts).toBe(1)
  })
})

test('every night once, at the hour of the province; a night that was missed is made up for by day', async () => {
  const kind = newKind()
  const at = stoppedClock('2021-10-12T18:00:00Z')
  const nights = async (): Promise<string[]> => (await database.read(EVERYWHERE, (tx) => latestJobs(tx, kind, 9))).map(({ body }) => String(body)).toSorted()
  const nightly: JobKind = { name: kind, attempts: 1, run: async () => ok(null), nightly: { at: '02:30', ask: (on) => ({ areaPos: 7, body: on }) } }
  const run = (): (() => Promise<void>) => runJobs({ database, clock: at, log: () => {} }, [nightly])
  const untilNights = async (many: number): Promise<string[]> => {
    for (let tries = 0; tries < 2400 && (await nights()).length < many; tries++) await wait(25)
    await wait(600)
    return nights()
  }
  let stop = run()
  expect(await untilNights(0)).toEqual([])
  at.set('2021-10-12T19:31:00Z')
  expect(await untilNights(1)).toEqual(['2021-10-13'])
  at.advance(60_000)
  expect(await untilNights(1)).toEqual(['2021-10-13'])
  await stop()
  at.set('2021-10-14T05:00:00Z')
  stop = run()
  expect(await untilNights(2)).toEqual(['2021-10-13', '2021-10-14'])
  await stop()
})

test('the version of the code changes with its sources only, the seed with the inputs only', () => {
  expect(codeVersion('epi')).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/)
  expect(codeVersion('epi')).not.toBe(codeVersion('base'))
  // SHA-256 of the two bytes [].
  expect(inputsDigest([])).toBe('4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945')
  expect(seedOf(inputsDigest([]))).toBe(0x4f53cda1)
})

import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ok } from '#base'
import { environmentWith, readConfig } from '#platform/config'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { EVERYWHERE, openDatabase, sql, type Database } from './index.ts'

const HOME = resolve(import.meta.dirname, '../..')
const NODE = join(HOME, 'node_modules/.bin/node')

/** Most tests go on with the same data: what they stop, the next one starts. */
let data: string

interface Held {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<number>
}
const held: Held[] = []

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-server-'))
  chmodSync(folder, 0o755)
  return folder
}
beforeAll(() => {
  data = newFolder()
})
afterEach(async () => {
  for (const { child, ended } of held.splice(0)) {
    if (child.exitCode === null) child.kill('SIGKILL')
    await ended
  }
  // What a failed test left running is adopted, to be stopped.
  if (serverPid() !== undefined) await (await open()).close()
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

/** Runs a test in a data folder of its own. */
const elsewhere = async (work: () => Promise<void>): Promise<void> => {
  const usual = data
  data = newFolder()
  try {
    await work()
  } finally {
    rmSync(data, { recursive: true, force: true })
    data = usual
  }
}

const serverPid = (): number | undefined => {
  const file = join(data, 'pg/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

/** Another process that opens the same data; resolves once it holds the database or has given up. */
const hold = async (environment: Record<string, string> = {}): Promise<Held> => {
  const child = spawn(NODE, [join(HOME, 'tests/kit/hold-database.ts')], {
    env: environmentWith({ LUYTRE_DATA: data, DATABASE_URL: undefined, ...environment }), stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? -1)))
  const process = { child, said: () => said, ended }
  held.push(process)
  for (let waited = 0; waited < 30_000 && !said.includes('holding') && child.exitCode === null; waited += 20) await wait(20)
  return process
}

const open = async (log: (line: string) => void = () => {}): Promise<Database> => {
  const config = readConfig({ LUYTRE_DATA: data })
  const opened = config.ok ? await openDatabase(config.value, log) : config
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
  return opened.value
}

const remember = async (database: Database, name: string): Promise<void> => {
  await database.owner((tx) => tx.run(sql`create table if not exists mark (name text primary key)`))
  await database.owner((tx) => tx.run(sql`insert into mark values (${name})`))
}
const marks = (database: Database): Promise<string[]> =>
  database.owner(async (tx) => (await tx.rows(sql<{ name: string }>`select name from mark order by name`)).map((row) => row.name))

const answersAgain = async (database: Database): Promise<void> => {
  for (let waited = 0; ; waited += 50) {
    try {
      await database.read(EVERYWHERE, (tx) => tx.run(sql`select 1`))
      return
    } catch (error) {
      if (waited > 15_000) throw error
      await wait(50)
    }
  }
}

describe.skipIf(inject('server').description.kind === 'external')('the embedded server', () => {
  test('starts, stops, and the second start is quick', async () => {
    const first = await open()
    await remember(first, 'a')
    await first.close()
    expect(serverPid()).toBeUndefined()
    expect(existsSync(join(data, 'luytre.lock'))).toBe(false)
    const began = performance.now()
    const second = await open()
    expect(performance.now() - began).toBeLessThan(15_000)
    expect(await marks(second)).toContain('a')
    await second.close()
  })

  test('refuses a second process and names the first', async () => {
    const first = await hold({ PORT: '8093' })
    const second = await hold()
    expect(await second.ended).toBe(1)
    expect(second.said()).toContain(`process ${first.child.pid}`)
    expect(second.said()).toContain('http://127.0.0.1:8093')
    expect(second.said()).toMatch(/since 20\d\d-\d\d-\d\dT/)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    expect(serverPid()).toBeUndefined()
  })

  test('of two processes that start together one gets the data', async () => {
    const both = await Promise.all([hold(), hold()])
    const holding = both.filter(({ said }) => said().includes('holding'))
    expect(holding).toHaveLength(1)
    expect(both.filter(({ said }) => said().includes('in use by process'))).toHaveLength(1)
    holding[0]?.child.kill('SIGTERM')
    await holding[0]?.ended
  })

  test('outlives a killed process, is adopted by the next and stopped by it', async () => {
    const first = await hold()
    const pid = serverPid()
    first.child.kill('SIGKILL')
    await first.ended
    const lines: string[] = []
    const database = await open((line) => lines.push(line))
    expect(serverPid()).toBe(pid)
    expect(lines.join('\n')).toContain(`pid ${pid} (adopted)`)
    await database.close()
    expect(serverPid()).toBeUndefined()
  })

  test('Ctrl-C in the terminal reaches it only through its process', async () => {
    const first = await hold()
    // The terminal signals every process of the foreground group.
    process.kill(-(first.child.pid ?? 0), 'SIGINT')
    expect(await first.ended).toBe(0)
    expect(first.said()).toContain('(stopped)')
    expect(first.said()).not.toMatch(/lost|died/)
    expect(serverPid()).toBeUndefined()
  })

  test('comes back when it is killed, with everything acknowledged', async () => {
    const database = await open()
    await remember(database, 'before')
    const underway = database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`select pg_sleep(30)`)))
    const failed = expect(underway).rejects.toThrow(/terminated|closed/)
    await wait(100)
    process.kill(serverPid() ?? 0, 'SIGKILL')
    await failed
    await answersAgain(database)
    await remember(database, 'after')
    expect(await marks(database)).toEqual(expect.arrayContaining(['after', 'before']))
    expect(await database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`select 1`)))).toEqual(ok(1))
    await database.close()
  })

  test('recovers after both were killed', async () => {
    const database = await open()
    await remember(database, 'kept')
    await database.close()
    const first = await hold()
    const pid = serverPid() ?? 0
    first.child.kill('SIGKILL')
    await first.ended
    process.kill(pid, 'SIGKILL')
    const again = await open()
    expect(serverPid()).not.toBe(pid)
    expect(await marks(again)).toContain('kept')
    await again.close()
  })

  test('a lock and a pid file whose numbers went to other programs are stale', async () => {
    const database = await open()
    await database.close()
    writeFileSync(join(data, 'luytre.lock'), JSON.stringify({ pid: process.pid, since: '2021-10-12T00:00:00Z', address: 'x', born: 'another boot' }))
    writeFileSync(join(data, 'pg/postmaster.pid'), `${process.pid}\n${join(data, 'pg')}\n1\n5432\n${join(data, 'run')}\n\n0 0\nready   \n`)
    const again = await open()
    expect(serverPid()).not.toBe(process.pid)
    await again.close()
  })

  test('a start that was cut off while the cluster was made leaves nothing half made', () =>
    elsewhere(async () => {
      mkdirSync(join(data, 'pg.new'))
      writeFileSync(join(data, 'pg.new/PG_VERSION'), '18\n')
      await (await open()).close()
      expect(existsSync(join(data, 'pg.new'))).toBe(false)
      expect(existsSync(join(data, 'pg/PG_VERSION'))).toBe(true)
    }))

  test('a data folder with a long name still gets a socket', () =>
    elsewhere(async () => {
      const folder = data
      data = join(data, 'thu-muc-du-lieu-cua-trung-tam-kiem-soat-benh-tat-tinh-kien-giang-nam-hai-nghin-khong-tram-hai-muoi-mot')
      const database = await open()
      await answersAgain(database)
      await database.close()
      data = folder
    }))

  test.runIf(process.getuid?.() === 0)('as root, what the server cannot reach is kept elsewhere, and said', () =>
    elsewhere(async () => {
      chmodSync(data, 0o700)
      const lines: string[] = []
      const database = await open((line) => lines.push(line))
      const { place } = database.describe()
      await database.close()
      rmSync(place, { recursive: true, force: true })
      expect(place).toMatch(/^\/var\/lib\/luytre\//)
      expect(lines.join('\n')).toContain(place)
    }))
})

import { createHash } from 'node:crypto'
import { fill } from '#base'
import { readConfig } from '#platform/config'
import { attach, createDatabase, doorsOf, dropDatabase, startScratchServer, text, type Database, type DatabaseDescription, type Doors } from '#platform/db'
import type { TestProject } from 'vitest/node'
import { doorsTo } from './doors.ts'
import { loadTemplate } from './reference.ts'

/** Where the databases of one test run are made. Plain data: it travels to the workers. */
export interface TestServer {
  /** Any database of the server, to make and drop others from. */
  readonly admin: Doors
  /** Begins the name of every database of this run. */
  readonly prefix: string
  readonly description: DatabaseDescription
}

declare module 'vitest' {
  export interface ProvidedContext {
    server: TestServer
  }
}

interface Found {
  readonly admin: Doors
  readonly kind: DatabaseDescription['kind']
  readonly password: string | undefined
  readonly stop: () => Promise<void>
}

/** The server tests run on: the one TEST_DATABASE_URL names, else a temporary one of our own. */
const findServer = async (): Promise<Found> => {
  const config = readConfig()
  if (!config.ok) throw new Error(JSON.stringify(config.problem))
  const url = config.value.secrets.testDatabaseUrl
  if (url !== undefined) {
    // A role outlives the run that made it, so the next run must know its password: only who knows the URL does.
    const password = createHash('sha256').update(`luytre_app ${url}`).digest('base64url')
    return { admin: doorsOf(url, password), kind: 'external', password, stop: async () => {} }
  }
  const scratch = must(await startScratchServer(console.log))
  return { admin: scratch.doors('postgres'), kind: 'embedded', password: undefined, stop: scratch.stop }
}

const must = <T>(result: { ok: true; value: T } | { ok: false; problem: { code: string; params?: Readonly<Record<string, string | number>> } }): T => {
  if (result.ok) return result.value
  const key = `problem.${result.problem.code}`
  throw new Error(key in text.en ? fill(text.en[key as keyof typeof text.en], result.problem.params) : key)
}

/** Once a run: a server and two migrated templates, `…_empty` and `…_full` with the reference data. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const found = await findServer()
  const prefix = `luytre_test_${process.pid}_${project.name}`
  const open = async (name: string): Promise<Database> =>
    must(await attach(doorsTo(found.admin, name), { kind: found.kind, place: 'tests' }, found.password, () => {}))
  try {
    await createDatabase(found.admin.owner, `${prefix}_empty`)
    const empty = await open(`${prefix}_empty`)
    await empty.close()
    await createDatabase(found.admin.owner, `${prefix}_full`, `${prefix}_empty`)
    const full = await open(`${prefix}_full`)
    await loadTemplate(full)
    await full.close()
    project.provide('server', { admin: found.admin, prefix, description: full.describe() })
  } catch (error) {
    await found.stop()
    throw error
  }
  return async () => {
    for (const name of ['full', 'empty']) await dropDatabase(found.admin.owner, `${prefix}_${name}`)
    await found.stop()
  }
}

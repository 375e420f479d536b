import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Result } from '#base'
import pg from 'pg'
import type { Capabilities } from './backends.ts'
import { txOn, type Tx } from './tx.ts'

/** The rows a transaction may see and write: positions of areas, from `lo` to `hi`, and within them only `ranges`. */
export interface Scope {
  readonly lo: number
  readonly hi: number
  /** '' for the single range lo…hi, else an int4multirange such as `{[1,10],[20,31]}`. */
  readonly ranges: string
}

/** Every area: for what the product does on its own behalf. */
export const EVERYWHERE: Scope = { lo: 0, hi: 2_147_483_647, ranges: '' }

/** What is at the other end. */
export interface DatabaseDescription {
  /** As PostgreSQL tells it, e.g. `18.4`. */
  readonly version: string
  readonly kind: 'embedded' | 'external'
  /** Folder or host, without a password. */
  readonly place: string
  readonly can: Capabilities
}

export interface Database {
  /** A read-only transaction as luytre_app: one snapshot, rows of the scope only. */
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * A transaction as luytre_app: commits when the work says ok, rolls back on a refusal or a throw.
   * After a deadlock or a serialisation failure the work runs again, so it may touch nothing but its transaction. Unless `asks`, it may write what it
   * expects to hold instead of asking first, with statements that fail where it does not: then it runs again and asks.
   */
  write<T, P>(scope: Scope, work: (tx: Tx, asks: boolean) => Promise<Result<T, P>>): Promise<Result<T, P>>
  /** A transaction as the owner, outside row security: migrations, reference data, sealing; never for an action of a module. */
  owner<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Connections as luytre_app for better-auth: schema `auth` first, instants as `Date`. */
  readonly appPool: pg.Pool
  describe(): DatabaseDescription
  close(): Promise<void>
}

/** Where to connect as the owner and as luytre_app. */
export interface Doors {
  readonly owner: pg.PoolConfig
  readonly app: pg.PoolConfig
}

/** Connections for commands and queries; PostgreSQL works best with a few a core. */
const APP_CONNECTIONS = 10
const AUTH_CONNECTIONS = 4
const OWNER_CONNECTIONS = 3
/** How often a transaction that lost a deadlock or a serialisation conflict is tried again. */
const RETRIES = 4

const begins = new WeakMap<Scope, Beginnings>()

/**
 * The scope of a transaction, until its end; one statement, parsed once a connection. Its answer has no columns to be read. (`is not null` looks at every
 * setting, `is null` would stop at the first.)
 */
const SETTINGS = "select where (set_config('app.lo', $1, true), set_config('app.hi', $2, true), set_config('app.ranges', $3, true)) is not null"

const BEGIN = { name: 'begin', text: 'begin' }

interface Beginnings {
  readonly read: readonly pg.QueryConfig[]
  readonly write: readonly pg.QueryConfig[]
}

/** The statements that open a transaction in a scope; built once a scope. */
const beginOf = (scope: Scope): Beginnings => {
  let begin = begins.get(scope)
  if (!begin) {
    if (!Number.isInteger(scope.lo) || !Number.isInteger(scope.hi)) throw new Error('a scope needs whole positions')
    if (!/^(\{\[\d+,\d+\](,\[\d+,\d+\])*\})?$/.test(scope.ranges)) throw new Error('a scope needs an int4multirange')
    // The planner casts the setting to int4multirange whether or not the policy needs it: '' would not do, '{}' does.
    const settings = { name: 'scope', text: SETTINGS, values: [String(scope.lo), String(scope.hi), scope.ranges || '{}'] }
    begin = { read: [{ name: 'begin read', text: 'begin isolation level repeatable read read only' }, settings], write: [BEGIN, settings] }
    begins.set(scope, begin)
  }
  return begin
}

/** Serialization failure and deadlock: PostgreSQL rolled the transaction back and nothing of it happened. */
const isRetryable = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01')

/** What was expected does not hold: a function of ours says so, or a unique index, where somebody else was sooner. */
const isUnexpected = (error: unknown): boolean => error instanceof pg.DatabaseError && (error.code === 'LT001' || error.code === '23505')

/**
 * Runs work between `begin` and its end. `keeps` says from the outcome whether to commit. The beginning travels with the first statement,
 * the end with what was sent before it. A connection whose end is uncertain is thrown away, never handed to the next caller.
 */
const transaction = async <T>(pool: pg.Pool, begin: readonly pg.QueryConfig[], work: (tx: Tx) => Promise<T>, keeps: (outcome: T) => boolean): Promise<T> => {
  const client = await pool.connect()
  let healthy = false
  try {
    const tx = txOn(client, begin)
    try {
      const outcome = await work(tx)
      const commits = keeps(outcome)
      const ended = await tx.end(commits ? 'commit' : 'rollback')
      healthy = true
      await tx.heard()
      // PostgreSQL answers a commit after a failed statement with ROLLBACK and no error.
      if (commits && ended !== 'COMMIT') throw new Error('a statement failed inside the transaction and the failure was swallowed')
      return outcome
    } catch (error) {
      if (!healthy) healthy = await tx.end('rollback').then(() => true, () => false)
      // What failed first is the reason; the statements after it only say that the transaction is over.
      await tx.heard()
      throw error
    }
  } finally {
    client.release(!healthy)
  }
}

const retrying = async <T>(run: (asks: boolean) => Promise<T>): Promise<T> => {
  let asks = false
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(asks)
    } catch (error) {
      if (!asks && isUnexpected(error)) asks = true
      else if (!isRetryable(error) || attempt > RETRIES) throw error
      else await wait(randomInt(5, 20) * attempt)
    }
  }
}

const poolOf = (config: pg.PoolConfig, max: number, lost: (error: Error) => void, more: pg.PoolConfig = {}): pg.Pool => {
  const pool = new pg.Pool({ ...config, max, idleTimeoutMillis: 30_000, application_name: 'luytre', ...more })
  // A server that goes away ends every connection: idle ones are replaced, and work on the others fails by its own statement.
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}

/** Tells of lost connections once, however many went at the same time. */
const tellOnce = (log: (line: string) => void): ((error: Error) => void) => {
  let told = false
  return (error) => {
    if (told) return
    told = true
    setTimeout(() => (told = false), 1000).unref()
    log(`Mất kết nối cơ sở dữ liệu, sẽ nối lại (connection lost): ${error.message}`)
  }
}

/** The tables of better-auth lie in `auth` and their instants are `Date` objects. */
const AUTH: pg.PoolConfig = {
  options: '-c search_path=auth',
  types: {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === pg.types.builtins.TIMESTAMPTZ && format !== 'binary'
        ? (text: string) => new Date(text)
        : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  },
}

/** A database over its two doors. `ended` runs after the last connection is closed. */
export const connect = (
  doors: Doors, description: DatabaseDescription, log: (line: string) => void, ended: () => Promise<void> = async () => {},
): Database => {
  const lost = tellOnce(log)
  const app = poolOf(doors.app, APP_CONNECTIONS, lost)
  const owner = poolOf(doors.owner, OWNER_CONNECTIONS, lost)
  const appPool = poolOf(doors.app, AUTH_CONNECTIONS, lost, AUTH)
  let closing: Promise<void> | undefined
  return {
    read: async (scope, work) => transaction(app, beginOf(scope).read, work, () => true),
    write: async (scope, work) => retrying((asks) => transaction(app, beginOf(scope).write, (tx) => work(tx, asks), (outcome) => outcome.ok)),
    owner: (work) => transaction(owner, [BEGIN], work, () => true),
    appPool,
    describe: () => description,
    close: () =>
      (closing ??= (async () => {
        await Promise.all([app.end(), owner.end(), appPool.end()])
        await ended()
      })()),
  }
}

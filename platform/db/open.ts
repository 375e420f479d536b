import { ok, problem, refuse, type Result } from '#base'
import { keptSecret, originOf, type Config } from '#platform/config'
import pg from 'pg'
import { capabilitiesOf } from './backends.ts'
import { connect, type Database, type DatabaseDescription, type Doors } from './database.ts'
import { takeLock } from './lock.ts'
import { migrate, readMigrations } from './migrate.ts'
import { placeOf, type Place } from './place.ts'
import { makeLikeLeakproof, provision, rightsMissing } from './provision.ts'
import { APP, OWNER, startServer, type Server } from './server.ts'
import { productSettings } from './settings.ts'
import { txOn } from './tx.ts'

type Log = (line: string) => void

/** Name of the product's database in its own server. */
const DATABASE = 'luytre'

/**
 * Opens the product's database, migrated and ready: its own server in the data folder, or the one DATABASE_URL names.
 * Problems: `data_in_use`, those of `placeOf`, `startServer`, `provision` and `migrate`, `database_unreachable`, `app_role_unusable`.
 */
export const openDatabase = (config: Config, log: Log): Promise<Result<Database>> =>
  config.secrets.databaseUrl === undefined ? openEmbedded(config, log) : openExternal(config, config.secrets.databaseUrl, log)

const openEmbedded = async (config: Config, log: Log): Promise<Result<Database>> => {
  const lock = takeLock(config.dataFolder, originOf(config))
  if (!lock.ok) return lock
  const place = placeOf(config.dataFolder, log)
  const started = place.ok ? await startServer(place.value, productSettings(), log) : place
  if (!place.ok || !started.ok) {
    lock.value()
    return started as Result<never>
  }
  const keeper = keepAlive(place.value, started.value, log)
  const stop = async (): Promise<void> => {
    await keeper.stop()
    log('Đã dừng PostgreSQL (stopped)')
    lock.value()
  }
  try {
    if (started.value.adopted) log(`Nhận lại PostgreSQL đang chạy, pid ${started.value.pid} (adopted)`)
    const owner = started.value.door(OWNER, 'postgres')
    if (!(await hasDatabase(owner, DATABASE))) await createDatabase(owner, DATABASE)
    const doors = { owner: started.value.door(OWNER, DATABASE), app: started.value.door(APP, DATABASE) }
    const database = await attach(doors, { kind: 'embedded', place: place.value.folder }, undefined, log, stop)
    if (!database.ok) await stop()
    return database
  } catch (error) {
    await stop()
    throw error
  }
}

const withClient = async <T>(door: pg.PoolConfig, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(door)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

const hasDatabase = (owner: pg.PoolConfig, name: string): Promise<boolean> =>
  withClient(owner, async (client) => (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1)

/** Makes a database as a copy of another of the same server. */
export const createDatabase = (owner: pg.PoolConfig, name: string, template = 'template0'): Promise<void> =>
  withClient(owner, async (client) => {
    await client.query(`create database ${client.escapeIdentifier(name)} template ${client.escapeIdentifier(template)}`)
  })

/** Drops a database and whoever is still connected to it. */
export const dropDatabase = (owner: pg.PoolConfig, name: string): Promise<void> =>
  withClient(owner, async (client) => {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`)
  })

/** Starts the server again when it dies while we live: connections are made anew, what was committed is there. */
const keepAlive = (place: Place, first: Server, log: Log): { stop: () => Promise<void> } => {
  let server = first
  let work: Promise<void> = Promise.resolve()
  let busy = false
  const restart = async (): Promise<void> => {
    log('PostgreSQL đã dừng ngoài ý muốn, khởi động lại (server died, starting it again)…')
    const again = await startServer(place, productSettings(), log)
    if (again.ok) server = again.value
    else log(`PostgreSQL không khởi động lại được (not restarted): ${String(again.problem.params?.['reason'] ?? again.problem.code)}`)
  }
  const timer = setInterval(() => {
    if (busy || server.isAlive()) return
    busy = true
    work = restart().finally(() => (busy = false))
  }, 250)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await work
      await server.stop()
    },
  }
}

const openExternal = async (config: Config, url: string, log: Log): Promise<Result<Database>> => {
  const password = keptSecret(config.dataFolder, APP)
  const doors = doorsOf(url, password)
  const { hostname, pathname } = new URL(url)
  return attach(doors, { kind: 'external', place: `${hostname}${pathname}` }, password, log)
}

/** Both doors of a database given by a URL: its own role owns the tables, luytre_app works in them. */
export const doorsOf = (url: string, appPassword: string): Doors => {
  const app = new URL(url)
  app.username = APP
  app.password = appPassword
  return { owner: { connectionString: url }, app: { connectionString: app.href } }
}

/** Prepares a database behind two doors and connects to it; `ended` runs after the last connection is closed. */
export const attach = async (
  doors: Doors, at: Pick<DatabaseDescription, 'kind' | 'place'>, appPassword: string | undefined, log: Log, ended?: () => Promise<void>,
): Promise<Result<Database>> => {
  const described = await prepare(doors, at, appPassword, log)
  return described.ok ? ok(connect(doors, described.value, log, ended)) : described
}

/** Role, rights, migrations and flags of a database; what is at the other end. */
const prepare = async (
  doors: Doors, at: Pick<DatabaseDescription, 'kind' | 'place'>, appPassword: string | undefined, log: Log,
): Promise<Result<DatabaseDescription>> => {
  const client = new pg.Client(doors.owner)
  try {
    await client.connect()
  } catch (error) {
    return refuse(problem('database_unreachable', { params: { place: at.place, reason: String(error) } }))
  }
  try {
    const ready = await provision(client, appPassword)
    if (!ready.ok) return ready
    const usable = await tryApp(doors.app, client, appPassword)
    if (!usable.ok) return usable
    const migrated = await migrate(client, await readMigrations())
    if (!migrated.ok) return migrated
    if (migrated.value.length > 0) log(`Đã cập nhật cấu trúc dữ liệu: ${migrated.value.length} bước (migrations applied)`)
    await makeLikeLeakproof(client)
    const can = await capabilitiesOf(txOn(client))
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    const version = rows[0]?.server_version.split(' ')[0] ?? ''
    log(`PostgreSQL ${version} sẵn sàng (${at.kind === 'embedded' ? 'nhúng' : 'máy chủ riêng'}, ${at.place})`)
    return ok({ ...at, version, can })
  } finally {
    await client.end()
  }
}

/** Whether the product gets in as luytre_app; a role of that name may be there with a password we do not know. */
const tryApp = async (door: pg.PoolConfig, owner: pg.ClientBase, password: string | undefined): Promise<Result<void>> => {
  const client = new pg.Client(door)
  try {
    await client.connect()
    return ok(undefined)
  } catch (error) {
    if (password === undefined) throw error
    if (error instanceof pg.DatabaseError && error.code?.startsWith('28')) {
      return refuse(rightsMissing([`alter role ${APP} login password ${owner.escapeLiteral(password)}`]))
    }
    return refuse(problem('app_role_unusable', { params: { reason: String(error) } }))
  } finally {
    await client.end().catch(() => {})
  }
}

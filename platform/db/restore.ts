import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { ok, problem, refuse, type Problem, type Result } from '#base'
import pg from 'pg'
import {
  FORMAT, foreignKeysOf, HEADER, MANIFEST, migrationsOf, rowsIn, tableOfPart, tablesOf, type Header, type Manifest, type Table,
} from './archive.ts'
import type { Database } from './database.ts'
import { tarEntries, type TarEntry } from './tar.ts'
import { sql, type Tx } from './tx.ts'

export interface RestoreReport {
  readonly tables: number
  readonly rows: number
  readonly takenAt: string
}

/** Carries a refusal out of the transaction, which is rolled back on the way. */
class Refused extends Error {
  readonly problem: Problem
  constructor(refused: Problem) {
    super(refused.code)
    this.problem = refused
  }
}

const damaged = (reason: string): Refused => new Refused(problem('backup_damaged', { params: { reason } }))

/**
 * Loads a backup into a database that is migrated and otherwise empty, in one transaction: wholly or not at all.
 * `afterwards` ends that transaction, for what a module must set right in another cluster.
 * Problems: `not_a_backup`, `backup_damaged`, `backup_other_version`, `database_not_empty`.
 */
export const restore = async (database: Database, file: string, afterwards: (tx: Tx) => Promise<void> = async () => {}): Promise<Result<RestoreReport>> => {
  try {
    return ok(await database.owner(async (tx) => {
      const report = await load(tx, entriesOf(file))
      await afterwards(tx)
      return report
    }))
  } catch (error) {
    if (error instanceof Refused) return refuse(error.problem)
    throw error
  }
}

async function* entriesOf(file: string): AsyncGenerator<TarEntry> {
  const source = createReadStream(file)
  const unpacked = createGunzip()
  // An error of either side ends the iteration below, which reports it.
  const flow = pipeline(source, unpacked).catch((error: unknown) => error)
  let first = true
  try {
    for await (const entry of tarEntries(unpacked as AsyncIterable<Buffer>)) {
      first = false
      yield entry
    }
  } catch (error) {
    throw first ? new Refused(problem('not_a_backup', { params: { file, reason: (error as Error).message } })) : damaged((error as Error).message)
  } finally {
    source.destroy()
    await flow
  }
}

const load = async (tx: Tx, entries: AsyncGenerator<TarEntry>): Promise<RestoreReport> => {
  try {
    let next = await entries.next()
    const header = headerOf(next.value)
    await checkVersion(tx, header)
    const tables = new Map((await tablesOf(tx)).map((table) => [table.name, table]))
    await checkEmpty(tx, [...tables.values()])
    const keys = await foreignKeysOf(tx)
    for (const key of keys) await tx.run(sql`alter table ${sql.raw(key.table)} drop constraint ${sql.raw(key.name)}`)

    const loaded = new Map<string, { rows: number; sha256: string }>()
    next = await entries.next()
    while (!next.done && next.value.name !== MANIFEST) {
      const name = tableOfPart(next.value.name)
      const table = name === undefined ? undefined : tables.get(name)
      if (!table || loaded.has(table.name)) throw damaged(next.value.name)
      const hash = createHash('sha256')
      let rows = 0
      const parts = async function* (): AsyncGenerator<Buffer> {
        while (!next.done && tableOfPart(next.value.name) === table.name) {
          hash.update(next.value.content)
          rows += rowsIn(next.value.content)
          yield next.value.content
          next = await entries.next()
        }
      }
      await copyTable(tx, table, header, parts())
      loaded.set(table.name, { rows, sha256: hash.digest('hex') })
    }
    if (next.done) throw damaged(`${MANIFEST} ?`)
    const manifest = JSON.parse(next.value.content.toString()) as Manifest
    const rows = compare(manifest, loaded)
    for (const { name, value } of manifest.sequences) await tx.run(sql`select setval(${name}::regclass, ${value})`)
    for (const key of keys) await tx.run(sql`alter table ${sql.raw(key.table)} add constraint ${sql.raw(key.name)} ${sql.raw(key.definition)}`)
    await tx.run(sql`analyze`)
    return { tables: manifest.tables.length, rows, takenAt: header.takenAt }
  } finally {
    await entries.return(undefined)
  }
}

const headerOf = (entry: TarEntry | undefined): Header => {
  const header = entry?.name === HEADER ? (JSON.parse(entry.content.toString()) as Header) : undefined
  if (header?.format !== FORMAT) throw new Refused(problem('not_a_backup', { params: { file: entry?.name ?? '', reason: HEADER } }))
  return header
}

/** A backup fits the tables of the version that took it: the same migrations, no more and no fewer. */
const checkVersion = async (tx: Tx, header: Header): Promise<void> => {
  const here = await migrationsOf(tx)
  const names = new Set([...Object.keys(here), ...Object.keys(header.migrations)])
  for (const name of names) {
    if (here[name] !== header.migrations[name]) {
      throw new Refused(problem('backup_other_version', { params: { version: header.product, migration: name } }))
    }
  }
}

const checkEmpty = async (tx: Tx, tables: readonly Table[]): Promise<void> => {
  for (const table of tables) {
    const some = await tx.first(sql`select from ${sql.raw(table.quoted)} limit 1`)
    if (some) throw new Refused(problem('database_not_empty', { status: 409, params: { table: table.name } }))
  }
}

const copyTable = async (tx: Tx, table: Table, header: Header, parts: AsyncGenerator<Buffer>): Promise<void> => {
  const columns = header.tables.find(({ name }) => name === table.name)?.columns
  if (columns !== table.columns) throw damaged(table.name)
  try {
    await pipeline(Readable.from(parts), await tx.copyIn(`copy ${table.quoted} (${columns}) from stdin`))
  } catch (error) {
    // The server reads the text before its checksum is known.
    throw error instanceof pg.DatabaseError ? damaged(`${table.name}: ${error.message}`) : error
  }
}

/** What was read against what was written; the number of rows. */
const compare = (manifest: Manifest, loaded: ReadonlyMap<string, { rows: number; sha256: string }>): number => {
  const nothing = { rows: 0, sha256: createHash('sha256').digest('hex') }
  for (const { table, rows, sha256 } of manifest.tables) {
    const read = loaded.get(table) ?? nothing
    if (read.rows !== rows || read.sha256 !== sha256) throw damaged(table)
  }
  if (loaded.size > manifest.tables.length) throw damaged(MANIFEST)
  return manifest.tables.reduce((sum, { rows }) => sum + rows, 0)
}

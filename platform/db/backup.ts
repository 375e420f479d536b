import { createHash } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { ok, problem, refuse, type Result } from '#base'
import { now } from '#platform/clock'
import { FORMAT, HEADER, MANIFEST, migrationsOf, partName, rowsIn, sequencesOf, tablesOf, type Header, type Manifest, type Table } from './archive.ts'
import type { Database } from './database.ts'
import { TAR_END, tarFile } from './tar.ts'
import { sql, type Tx } from './tx.ts'

export interface BackupReport {
  readonly tables: number
  readonly rows: number
  readonly bytes: number
}

/** Table text is written in parts of this size, the most a backup holds in memory. Unit: bytes. */
const PART = 4 * 1024 * 1024

/**
 * Writes the whole database, as it is at one moment, to a compressed tar archive (0600) that appears whole or not at all.
 * Problems: `backup_exists`, `backup_not_written`.
 */
export const backup = async (database: Database, file: string): Promise<Result<BackupReport>> => {
  if (existsSync(file)) return refuse(problem('backup_exists', { params: { file } }))
  const draft = `${file}.part`
  try {
    const manifest = await database.owner(async (tx) => {
      await tx.run(sql`set transaction isolation level repeatable read read only`)
      const tables: Manifest['tables'][number][] = []
      await pipeline(Readable.from(contents(tx, database, tables)), createGzip({ level: 3 }), createWriteStream(draft, { mode: 0o600 }))
      return tables
    })
    await settle(draft)
    await rename(draft, file)
    await settle(dirname(file))
    return ok({ tables: manifest.length, rows: manifest.reduce((sum, table) => sum + table.rows, 0), bytes: (await stat(file)).size })
  } catch (error) {
    await rm(draft, { force: true })
    const { code, message } = error as NodeJS.ErrnoException
    // What the file system refuses is told; anything else is a bug.
    if (code !== undefined && /^E[A-Z]+$/.test(code)) return refuse(problem('backup_not_written', { params: { file, reason: message } }))
    throw error
  }
}

/** Waits until the disk has it. */
const settle = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const json = (name: string, value: Header | Manifest): Buffer => tarFile(name, Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`))

async function* contents(tx: Tx, database: Database, done: Manifest['tables'][number][]): AsyncGenerator<Buffer> {
  const tables = await tablesOf(tx)
  yield json(HEADER, {
    format: FORMAT, product: await productVersion(), postgresql: database.describe().version, takenAt: now(), migrations: await migrationsOf(tx), tables,
  })
  for (const table of tables) yield* tableParts(tx, table, done)
  yield json(MANIFEST, { tables: done, sequences: await sequencesOf(tx) })
  yield TAR_END
}

async function* tableParts(tx: Tx, table: Table, done: Manifest['tables'][number][]): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let rows = 0
  let part = 0
  let held: Buffer[] = []
  let size = 0
  const flush = (): Buffer => {
    const content = Buffer.concat(held, size)
    hash.update(content)
    rows += rowsIn(content)
    held = []
    size = 0
    return tarFile(partName(table.name, ++part), content)
  }
  for await (const chunk of (await tx.copyOut(`copy ${table.quoted} (${table.columns}) to stdout`)) as AsyncIterable<Buffer>) {
    held.push(chunk)
    size += chunk.length
    if (size >= PART) yield flush()
  }
  if (size > 0) yield flush()
  done.push({ table: table.name, rows, sha256: hash.digest('hex') })
}

const productVersion = async (): Promise<string> => {
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }
  return version
}

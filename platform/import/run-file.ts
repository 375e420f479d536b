import { createHash } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ok, problem, refuse, type Id, type Result } from '#base'
import { openTable } from './read-table.ts'
import type { Run } from './run.ts'
import type { TableSource } from './table.ts'

/** Largest file taken: 1 M cases are about 150 MB of CSV. Unit: bytes. */
const LARGEST_FILE = 1024 * 1024 * 1024

/** A workbook takes seconds to parse and much memory: the last ones looked at are kept, not for long. */
const KEPT_TABLES = 2
/** Unit: milliseconds. */
const KEPT_FOR = 5 * 60_000

export interface StoredFile {
  readonly sha256: string
  readonly bytes: number
}

/** The files that were sent, in the data folder, readable by the product alone: they hold people's names. */
export class RunFiles {
  readonly #folder: string
  readonly #tables = new Map<string, { readonly table: Promise<Result<TableSource>>; readonly timer: NodeJS.Timeout }>()

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'imports')
  }

  path(id: Id): string {
    return join(this.#folder, id)
  }

  /** Keeps what was sent; half a file never has the name of a whole one. Problem `file_too_large`. */
  async store(id: Id, content: AsyncIterable<Uint8Array | string>): Promise<Result<StoredFile>> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const draft = `${this.path(id)}.part`
    const hash = createHash('sha256')
    let bytes = 0
    const measure = new Transform({
      transform: (piece: Buffer, _encoding, done) => {
        bytes += piece.length
        hash.update(piece)
        done(bytes > LARGEST_FILE ? new TooLarge() : null, piece)
      },
    })
    try {
      await pipeline(content, measure, createWriteStream(draft, { mode: 0o600 }))
    } catch (error) {
      await rm(draft, { force: true })
      if (error instanceof TooLarge) return refuse(problem('file_too_large', { status: 413 }))
      throw error
    }
    await rename(draft, this.path(id))
    return ok({ sha256: hash.digest('hex'), bytes })
  }

  async drop(id: Id): Promise<void> {
    this.forget()
    await rm(this.path(id), { force: true })
  }

  /** The table in the file, under the sheet and encoding chosen. Problems: `import_file_gone` and those of `openTable`. */
  async open(run: Pick<Run, 'id' | 'fileName' | 'encoding' | 'sheet'>): Promise<Result<TableSource>> {
    const path = this.path(run.id)
    if (!existsSync(path)) return refuse(problem('import_file_gone', { status: 410, params: { name: run.fileName } }))
    const key = `${run.id} ${run.encoding ?? ''} ${run.sheet ?? ''}`
    const kept = this.#tables.get(key)
    if (kept) return kept.table
    const table = openTable({ name: run.fileName, path, encoding: run.encoding ?? undefined, sheet: run.sheet ?? undefined })
    this.#keep(key, table)
    const opened = await table
    // Text is read from the disk each time; only what was parsed as a whole is worth its memory.
    if (!opened.ok || opened.value.format === 'text') this.#let(key)
    return opened
  }

  /** Lets go of every parsed table. */
  forget(): void {
    for (const key of this.#tables.keys()) this.#let(key)
  }

  #keep(key: string, table: Promise<Result<TableSource>>): void {
    const oldest = this.#tables.size >= KEPT_TABLES ? this.#tables.keys().next().value : undefined
    if (oldest !== undefined) this.#let(oldest)
    this.#tables.set(key, { table, timer: setTimeout(() => this.#let(key), KEPT_FOR).unref() })
  }

  #let(key: string): void {
    clearTimeout(this.#tables.get(key)?.timer)
    this.#tables.delete(key)
  }
}

class TooLarge extends Error {}

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, problem, refuse, type Result } from '#base'
import type { ClientBase } from 'pg'

/** Plain SQL, forward only, in order of name. */
export const MIGRATIONS = join(import.meta.dirname, '../../db/migrations')

export interface Migration {
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** The migrations of a folder, in order. */
export const readMigrations = async (folder: string = MIGRATIONS): Promise<Migration[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  return Promise.all(files.map(async (file) => {
    const text = await readFile(join(folder, file), 'utf8')
    return { name: file.slice(0, -'.sql'.length), sql: text, sha256: createHash('sha256').update(text).digest('hex') }
  }))
}

/** Any number, the same in every process: one of them migrates, the others wait for it. */
const LOCK = 4_800_218

/**
 * Applies what a database lacks, each migration in a transaction of its own. Returns the names applied.
 * Problems: `database_newer` (it has a migration this program does not know), `migration_changed` (a file differs from what was applied).
 */
export const migrate = async (client: ClientBase, migrations: readonly Migration[]): Promise<Result<string[]>> => {
  await client.query('select pg_advisory_lock($1)', [LOCK])
  try {
    const applied = await appliedTo(client)
    const known = new Map(migrations.map((migration) => [migration.name, migration]))
    for (const [name, sha256] of applied) {
      const migration = known.get(name)
      if (!migration) return refuse(problem('database_newer', { params: { migration: name } }))
      if (migration.sha256 !== sha256) return refuse(problem('migration_changed', { params: { migration: name } }))
    }
    const missing = migrations.filter((migration) => !applied.has(migration.name))
    for (const migration of missing) await apply(client, migration)
    return ok(missing.map((migration) => migration.name))
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

/** Name and SHA-256 of every migration a database has. */
export const appliedTo = async (client: ClientBase): Promise<Map<string, string>> => {
  const table = await client.query<{ present: boolean }>(`select to_regclass('public.luytre_migration') is not null as present`)
  if (!table.rows[0]?.present) return new Map()
  const rows = await client.query<{ name: string; sha256: string }>('select name, sha256 from public.luytre_migration order by name')
  return new Map(rows.rows.map((row) => [row.name, row.sha256]))
}

const apply = async (client: ClientBase, migration: Migration): Promise<void> => {
  try {
    await client.query('begin')
    await client.query(migration.sql)
    await client.query('insert into public.luytre_migration (name, sha256) values ($1, $2)', [migration.name, migration.sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${migration.name}: ${String(error)}`, { cause: error })
  }
}

import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { createDatabase, dropDatabase } from './index.ts'
import { migrate, type Migration } from './migrate.ts'

const { admin, prefix } = inject('server')
const migration = (name: string, sql: string): Migration => ({ name, sql, sha256: `sha of ${sql}` })
const first = migration('0001-a', 'create table luytre_migration (name text primary key, sha256 text not null, applied_at timestamptz default now())')
const second = migration('0002-b', 'create table b ()')
const broken = migration('0003-c', 'create table c (); select 1 / 0')

/** Connections to a new, empty database. */
const withClients = async (count: number, work: (clients: pg.Client[]) => Promise<void>): Promise<void> => {
  const name = `${prefix}_migrate`
  await createDatabase(admin.owner, name)
  const to = (door: pg.PoolConfig): pg.ClientConfig =>
    door.connectionString === undefined ? { ...door, database: name } : { connectionString: Object.assign(new URL(door.connectionString), { pathname: `/${name}` }).href }
  const clients = Array.from({ length: count }, () => new pg.Client(to(admin.owner)))
  try {
    for (const client of clients) await client.connect()
    await work(clients)
  } finally {
    for (const client of clients) await client.end()
    await dropDatabase(admin.owner, name)
  }
}

test('applies what is missing, in order, once, whoever comes together', () =>
  withClients(3, async (clients) => {
    const applied = await Promise.all(clients.map((client) => migrate(client, [first, second])))
    expect(applied.flatMap((result) => (result.ok ? result.value : ['refused']))).toEqual(['0001-a', '0002-b'])
  }))

test('a migration that fails leaves nothing of itself', () =>
  withClients(1, async ([client]) => {
    if (!client) throw new Error('no client')
    await expect(migrate(client, [first, second, broken])).rejects.toThrow('0003-c')
    expect((await client.query(`select to_regclass('c') as c, to_regclass('b')::text as b`)).rows).toEqual([{ c: null, b: 'b' }])
    expect(await migrate(client, [first, second])).toEqual({ ok: true, value: [] })
  }))

test('a database of a newer version, or with another text of a migration, is refused', () =>
  withClients(1, async ([client]) => {
    if (!client) throw new Error('no client')
    await migrate(client, [first, second])
    expect(await migrate(client, [first])).toMatchObject({ ok: false, problem: { code: 'database_newer', params: { migration: '0002-b' } } })
    expect(await migrate(client, [first, { ...second, sha256: 'other' }])).toMatchObject({ ok: false, problem: { code: 'migration_changed' } })
  }))

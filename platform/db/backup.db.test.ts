import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { hostPostgres, openTestDb } from '#tests/kit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Manifest } from './archive.ts'
import { attach, backup, createDatabase, restore, sql, startScratchServer, type Database } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'luytre-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Tables of every kind that matters: they refer to each other in a circle and to themselves, and hold what is hard to write down. */
const prepare = async (database: Database): Promise<void> => {
  await database.owner((tx) => tx.run(sql`create table tree (id int generated always as identity primary key, parent_id int references tree, note text)`))
  await database.owner((tx) => tx.run(sql`
    create table "Odd one" (id uuid primary key, tree_id int references tree, body text, double numeric generated always as (3 * 2) stored, picture bytea,
      more jsonb, days date[], at timestamptz, xid xid8, ratio double precision)`))
  await database.owner((tx) => tx.run(sql`alter table tree add column odd_id uuid references "Odd one"`))
}

const fillIn = async (database: Database): Promise<void> => {
  await database.owner(async (tx) => {
    await tx.run(sql`insert into tree (parent_id, note) select nullif(i - 1, 0), 'nút ' || i from generate_series(1, 1000) i`)
    await tx.run(sql`
      insert into "Odd one" (id, tree_id, body, picture, more, days, at, xid, ratio)
      select gen_random_uuid(), 1 + i % 1000, E'tab\t newline\n return\r slash\\ ngọc — ' || i, decode(md5(i::text), 'hex'), jsonb_build_object('a', i, 'b', E'\n'),
        array[date '2021-10-12' + i], now(), (1000000000000 + i)::text::xid8, random()
      from generate_series(1, 60000) i`)
    await tx.run(sql`insert into "Odd one" (id, body) values (gen_random_uuid(), null), (gen_random_uuid(), ''), (gen_random_uuid(), E'\\.')`)
    await tx.run(sql`update tree set odd_id = (select id from "Odd one" where tree_id = tree.id limit 1)`)
  })
}

const manifestOf = (file: string): Manifest => JSON.parse(execFileSync('tar', ['-xzOf', file, 'manifest.json'], { encoding: 'utf8' })) as Manifest
const file = join(folder, 'first.tar.gz')

const source = await openTestDb('empty')
beforeAll(async () => {
  await prepare(source)
  await fillIn(source)
  expect(await backup(source, file)).toMatchObject({ ok: true, value: { rows: 61_003 } })
})
const target = async (): Promise<Database> => {
  const database = await openTestDb('empty')
  await prepare(database)
  return database
}
const rowsOf = async (database: Database): Promise<number> =>
  (await database.owner((tx) => tx.first(sql<{ n: number }>`select (select count(*) from tree) + (select count(*) from "Odd one") as n`)))?.n ?? -1

describe('a backup', () => {
  test('is a compressed tar that only its owner reads', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).split('\n')).toEqual(expect.arrayContaining(['luytre.json', 'data/public.Odd one/000001', 'manifest.json']))
  })
  test('restored and taken again is the same, row for row', async () => {
    const copy = await target()
    expect(await restore(copy, file)).toMatchObject({ ok: true, value: { rows: 61_003 } })
    const second = join(folder, 'second.tar.gz')
    await backup(copy, second)
    expect(manifestOf(second)).toEqual(manifestOf(file))
  })
  test('keeps foreign keys and goes on counting', async () => {
    const copy = await target()
    await restore(copy, file)
    await expect(copy.owner((tx) => tx.run(sql`insert into tree (parent_id) values (5000)`))).rejects.toThrow(/foreign key/)
    const next = await copy.owner((tx) => tx.first(sql<{ id: number }>`insert into tree (note) values ('next') returning id`))
    expect(next?.id).toBeGreaterThan(1000)
  })
  test('never overwrites a file, and says when it cannot be written', async () => {
    expect(await backup(source, file)).toMatchObject({ ok: false, problem: { code: 'backup_exists' } })
    expect(await backup(source, join(folder, 'nowhere/x.tar.gz'))).toMatchObject({ ok: false, problem: { code: 'backup_not_written' } })
  })
})

describe('a restore is refused, and leaves nothing behind,', () => {
  test('when the file ends early, wherever it was cut', async () => {
    const whole = readFileSync(file)
    const copy = await target()
    for (const part of [0.1, 0.5, 0.9, 0.9999]) {
      const cut = join(folder, `cut-${part}`)
      writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * part)))
      expect(await restore(copy, cut)).toMatchObject({ ok: false, problem: { code: 'backup_damaged' } })
      expect(await rowsOf(copy)).toBe(0)
    }
    expect(await restore(copy, file)).toMatchObject({ ok: true })
  })
  test('when one value was changed, though the archive is well formed', async () => {
    const bytes = gunzipSync(readFileSync(file))
    const at = bytes.indexOf('nút 500')
    bytes.write('nut', at)
    const changed = join(folder, 'changed')
    writeFileSync(changed, gzipSync(bytes, { level: 1 }))
    const copy = await target()
    expect(await restore(copy, changed)).toMatchObject({ ok: false, problem: { code: 'backup_damaged', params: { reason: 'public.tree' } } })
    expect(await rowsOf(copy)).toBe(0)
  })
  test('when the file is something else, or not there', async () => {
    const copy = await target()
    const other = join(folder, 'other')
    for (const content of [Buffer.from('xin chào'), gzipSync('xin chào'), gzipSync(Buffer.alloc(5000)), Buffer.alloc(0)]) {
      writeFileSync(other, content)
      expect(await restore(copy, other)).toMatchObject({ ok: false, problem: { code: 'not_a_backup' } })
    }
    expect(await restore(copy, join(folder, 'none'))).toMatchObject({ ok: false, problem: { code: 'not_a_backup' } })
  })
  test('when the database has rows', async () => {
    expect(await restore(source, file)).toMatchObject({ ok: false, problem: { code: 'database_not_empty' } })
  })
  test('when its tables are of another version', async () => {
    const copy = await target()
    await copy.owner((tx) => tx.run(sql`insert into luytre_migration (name, sha256) values ('9999-later', 'x')`))
    expect(await restore(copy, file)).toMatchObject({ ok: false, problem: { code: 'backup_other_version', params: { migration: '9999-later' } } })
  })
  test('when what a module does afterwards fails', async () => {
    const copy = await target()
    await expect(restore(copy, file, async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await rowsOf(copy)).toBe(0)
  })
})

test('a freshly migrated database has no rows: migrations insert none', async () => {
  const fresh = await openTestDb('empty')
  const taken = await backup(fresh, join(folder, 'fresh.tar.gz'))
  expect(taken).toMatchObject({ ok: true, value: { rows: 0 } })
})

const host = hostPostgres()
test.runIf(host !== undefined && inject('server').description.kind === 'embedded')('crosses versions of PostgreSQL, there and back', async () => {
  const scratch = await startScratchServer(() => {}, host?.folder)
  if (!scratch.ok) throw new Error(scratch.problem.code)
  try {
    await createDatabase(scratch.value.doors('postgres').owner, 'other')
    const other = await attach(scratch.value.doors('other'), { kind: 'external', place: '' }, undefined, () => {})
    if (!other.ok) throw new Error(other.problem.code)
    expect(other.value.describe().version).not.toBe(source.describe().version)
    await prepare(other.value)
    expect(await restore(other.value, file)).toMatchObject({ ok: true })
    const back = join(folder, 'back.tar.gz')
    await backup(other.value, back)
    await other.value.close()
    const copy = await target()
    expect(await restore(copy, back)).toMatchObject({ ok: true })
    expect(manifestOf(back)).toEqual(manifestOf(file))
  } finally {
    await scratch.value.stop()
  }
})

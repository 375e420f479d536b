import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MIGRATIONS, readMigrations } from './migrate.ts'

test('every migration is frozen: a released one never changes (npm run gen adds new ones)', async () => {
  const frozen = JSON.parse(readFileSync(join(MIGRATIONS, 'frozen.json'), 'utf8')) as Record<string, string>
  const migrations = await readMigrations()
  expect(migrations.length).toBeGreaterThan(0)
  expect(Object.fromEntries(migrations.map(({ name, sha256 }) => [name, sha256]))).toEqual(frozen)
})

test('names are numbered, and no number is used twice', async () => {
  const names = (await readMigrations()).map(({ name }) => name)
  for (const name of names) expect(name).toMatch(/^\d{4}-[a-z0-9-]+$/)
  expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length)
})

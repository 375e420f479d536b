import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openTestApp, openTestDb } from '#tests/kit'
import { modules } from '../modules/index.ts'
import { generatedFiles } from '../tools/generate/documents.ts'
import { readSchema, undescribed } from '../tools/generate/schema.ts'

const database = await openTestDb()
const { app } = await openTestApp(database, modules)
const files = await generatedFiles(database, app)

describe('generated files are fresh (npm run gen writes them)', () => {
  test.each(Object.keys(files))('%s', (path) => {
    const file = join(import.meta.dirname, '..', path)
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(files[path])
  })
})

test('every table and column has its sentence', async () => {
  expect(undescribed(await readSchema(database))).toEqual([])
})

test('every table with an area position is under row-level security', async () => {
  const { tables } = await readSchema(database)
  const bare = tables.filter((table) => table.columns.some(({ name }) => name === 'area_pos') && !table.rowSecurity).map(({ name }) => name)
  // The law is public (rulebook_version).
  expect(bare).toEqual(['rulebook_version'])
})

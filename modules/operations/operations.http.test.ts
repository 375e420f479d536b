import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestApp, openTestDb } from '#tests/kit'
import { operations } from './index.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [operations, (await import('#accounts')).accounts])

test('R1 a backup is for the shell alone, and never over another file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-backup-'))
  const file = join(folder, 'a.backup')
  const admin = await signedIn('administrator', '91')
  expect((await admin('POST', '/api/operations/backup', { file })).body.code).toBe('shell_only')
  const officer = await signedIn('officer', '91')
  expect((await officer('POST', '/api/operations/backup', { file })).status).toBe(403)
  const shell = { authorization: `Bearer ${app.shellToken}`, 'x-luytre-shell-user': 'root' }
  const written = await ask('POST', '/api/operations/backup', { file }, shell)
  expect(written.status).toBe(200)
  expect(written.body.rows).toBeGreaterThan(10_000)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect((await ask('POST', '/api/operations/backup', { file }, shell)).body.code).toBe('backup_exists')
  expect((await ask('POST', '/api/operations/backup', { file: join(folder, 'none', 'b') }, shell)).body.code).toBe('backup_not_written')
  expect((await ask('POST', '/api/operations/backup', { file }, { authorization: 'Bearer wrong' })).status).toBe(401)
  rmSync(folder, { recursive: true })
})

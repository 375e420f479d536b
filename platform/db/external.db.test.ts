import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem, Result } from '#base'
import { readConfig } from '#platform/config'
import { hostPostgres } from '#tests/kit'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, expect, inject, test } from 'vitest'
import { EVERYWHERE, openDatabase, sql, startScratchServer, type Database } from './index.ts'

// A server as others run it: roles sign in with a password. The administrator of it is played by `admin`.
const binaries = inject('server').description.kind === 'external' ? hostPostgres()?.folder : undefined
const started = await startScratchServer(() => {}, binaries)
if (!started.ok) throw new Error(started.problem.code)
const scratch = started.value
const { owner } = scratch.doors('postgres')
writeFileSync(join(scratch.folder, 'pg/pg_hba.conf'), `local all ${owner.user} peer map=luytre\nlocal all all scram-sha-256\n`)

const admin = async (statements: string, database = 'postgres'): Promise<void> => {
  const client = new pg.Client({ ...owner, database })
  await client.connect()
  for (const statement of statements.split(';')) if (statement.trim()) await client.query(statement)
  await client.end()
}
await admin('select pg_reload_conf()')

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'luytre-external-'))
})
afterEach(async () => {
  await admin('drop database if exists province with (force); drop role if exists luytre_app; drop role if exists office')
  rmSync(data, { recursive: true, force: true })
})
afterAll(() => scratch.stop())

const open = async (user: string, password = 'office'): Promise<Result<Database>> => {
  const url = `postgresql://${user}:${password}@localhost:${owner.port}/province?host=${encodeURIComponent(owner.host ?? '')}`
  const config = readConfig({ LUYTRE_DATA: data, DATABASE_URL: url })
  return config.ok ? openDatabase(config.value, () => {}) : config
}
const opened = (result: Result<Database>): Database => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
const refusal = (result: Result<Database>): Problem => {
  if (result.ok) throw new Error('it was opened')
  return result.problem
}
const sqlOf = (problem: Problem): string => String(problem.params?.['sql'])

test('an owner who may create roles needs nothing else', async () => {
  await admin(`create role office login createrole password 'office'; create database province owner office template template0`)
  const first = opened(await open('office'))
  expect(first.describe()).toMatchObject({ kind: 'external', can: { superuser: false, trigramSearch: false } })
  expect(await first.read(EVERYWHERE, (tx) => tx.first(sql`select current_user::text as who`))).toEqual({ who: 'luytre_app' })
  await first.close()
  await opened(await open('office')).close()
})

test('missing rights are printed as SQL, and typing it is enough', async () => {
  await admin(`create role office login password 'office'; create database province template template0`)
  const refused = refusal(await open('office'))
  expect(refused.code).toBe('rights_missing')
  expect(sqlOf(refused)).toContain('create role luytre_app login nosuperuser nobypassrls password')
  expect(sqlOf(refused)).toContain('grant create on database "province" to "office"')
  expect(sqlOf(refused)).toContain('grant create on schema public to "office"')
  await admin(sqlOf(refused), 'province')
  await opened(await open('office')).close()
})

test('a role luytre_app of another installation is not taken over', async () => {
  await admin(`create role office login createrole password 'office'; create database province owner office template template0`)
  await admin(`create role luytre_app login password 'of somebody else'`)
  const refused = refusal(await open('office'))
  expect(sqlOf(refused)).toMatch(/alter role luytre_app login password '.{40,}'/)
  await admin(sqlOf(refused))
  await opened(await open('office')).close()
})

test('luytre_app may not be above row security', async () => {
  await admin(`create role office login createrole password 'office'; create database province owner office template template0`)
  await admin('create role luytre_app login superuser')
  expect(sqlOf(refusal(await open('office')))).toContain('alter role luytre_app nosuperuser nobypassrls')
})

test('what cannot be used is refused with the reason', async () => {
  await admin(`create role office login createrole password 'office'; create database province owner office template template0 encoding 'LATIN1'`)
  expect(refusal(await open('office'))).toMatchObject({ code: 'server_not_utf8', params: { encoding: 'LATIN1' } })
  expect(refusal(await open('office', 'wrong'))).toMatchObject({ code: 'database_unreachable' })
  await admin(`drop database province; create role luytre_app login password 'office'; create database province owner luytre_app template template0`)
  expect(refusal(await open('luytre_app'))).toMatchObject({ code: 'owner_is_app' })
})

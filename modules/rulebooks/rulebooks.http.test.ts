import { expect, test } from 'vitest'
import { accounts } from '#accounts'
import { readModel } from '#decisions'
import { openTestApp, openTestDb } from '#tests/kit'
import { EVERYWHERE, sql } from '#platform/db'
import { ok } from '#base'
import { allRulebooks, lawOf, loadShipped, rulebookInForce, rulebooks } from './index.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts, rulebooks])
const viewer = await signedIn('viewer', '30730')

const withoutRights = async (): Promise<string> => {
  await database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`insert into auth."user" (id, name, email, "emailVerified", username) values ('x', 'X', 'x@luytre.invalid', true, 'x')`)))
  return 'x'
}

test('R1 shipped files are loaded once, by content', async () => {
  expect(await loadShipped(database, app.areas)).toEqual([])
  const books = (await viewer('GET', '/api/rulebooks')).body.rulebooks
  expect(books.map((book: { id: string; version: number; validFrom: string; validTo: string }) => [book.id, book.version, book.validFrom, book.validTo])).toEqual([
    ['qd-218-2022', 1, '2022-01-27', '2023-10-19'], ['qd-4800-2021', 1, '2021-10-12', '2022-01-26'], ['nq-128-2021', 1, '2021-10-11', null],
  ])
})

test('R2 the law is public to everyone with an account, and to nobody without', async () => {
  expect((await viewer('GET', '/api/rulebooks/qd-4800-2021')).status).toBe(200)
  for (const path of ['/api/rulebooks', '/api/rulebooks/qd-4800-2021', '/api/rulebooks/qd-4800-2021/file']) expect((await ask('GET', path)).status).toBe(401)
  // An account whose rights were taken away has no role left that could read.
  const { status } = await ask('GET', '/api/rulebooks', undefined, { authorization: `Bearer ${app.shellToken}`, 'x-luytre-as': await withoutRights() })
  expect(status).toBe(403)
})

test('R3 every row shows its clause, and what is not found in the text says so', async () => {
  const { tables, rulebook } = (await viewer('GET', '/api/rulebooks/qd-218-2022')).body
  const rows = tables.flatMap((table: { rows: object[] }) => table.rows) as { clause: string | null; confidence: string; gives: object[] }[]
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter((row) => !row.clause)).toEqual([])
  expect(new Set(rows.map((row) => row.confidence))).toEqual(new Set(['found', 'recalled', 'province']))
  expect(rulebook.confidence).toBe('province')
})

test('R4 the file comes back as it was', async () => {
  const file = await viewer('GET', '/api/rulebooks/qd-4800-2021/file')
  expect(file.headers['content-disposition']).toContain('qd-4800-2021.dmn')
  const model = readModel(file.text)
  expect(model.ok && model.value.rulebook?.id).toBe('qd-4800-2021')
})

test('R5 the rulebook in force is that of the nearest area above, on its days only', async () => {
  const books = await allRulebooks(database)
  const tree = app.areas.tree()
  const inForce = (day: string) => rulebookInForce(books, tree, tree.resolve('30730', '2021-10-12' as never)?.id ?? 0, day as never, 'covid-19')?.row.id
  expect(['2021-10-11', '2021-10-12', '2022-01-26', '2022-01-27', '2023-10-20'].map(inForce)).toEqual([undefined, 'qd-4800-2021', 'qd-4800-2021', 'qd-218-2022', undefined])
})

test('R14 a law is about one decision: what decides levels and what decides notice and measures stand side by side', async () => {
  const books = await allRulebooks(database)
  const tree = app.areas.tree()
  const at = (decision: string) => lawOf(books, tree, 'covid-19', decision).at(tree.resolve('30730', '2021-10-12' as never)?.id ?? 0, '2021-11-01' as never).rule?.row.id
  expect(['level', 'notice_hours', 'measure', 'khong'].map(at)).toEqual(['qd-4800-2021', 'nq-128-2021', 'nq-128-2021', undefined])
})

test('an unknown rulebook', async () => {
  expect((await viewer('GET', '/api/rulebooks/khong')).body.code).toBe('unknown_rulebook')
  expect((await viewer('GET', '/api/rulebooks/khong/file')).body.code).toBe('unknown_rulebook')
})

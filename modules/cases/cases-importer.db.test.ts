import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { day, type Id, type Result } from '#base'
import { newId, now, today } from '#platform/clock'
import { command, perform } from '#platform/commands'
import { EVERYWHERE, sql } from '#platform/db'
import { textCell, type BatchOutcome, type NumberedRow, type ReadContext } from '#platform/import'
import { people } from '#people'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'
import { casesImporter } from './cases-importer.ts'
import { correctCaseCommand } from './correct-case.ts'
import { cases, recountCases } from './index.ts'
import { readCaseRow, type CaseRow } from './read-case-row.ts'
import { reportCaseCommand } from './report-case.ts'
import { transferCaseCommand } from './transfer-case.ts'

const database = await openTestDb()
const clock = stoppedClock('2021-10-20T02:00:00Z')
const { app, actor } = await openTestApp(database, [people, cases], clock)
const on = day('2021-10-12')
const area = (code: string): number => app.areas.tree().resolve(code, on)?.id as number
const province = actor('epidemiologist', '91')

const reading = (sender: string): ReadContext => ({
  areas: app.areas.tree(), today: today(clock), at: now(clock), sender, fileName: 'ca.csv', options: {}, permits: () => true, known: undefined,
})
const rowsOf = (sender: string, rows: readonly Record<string, string>[]): NumberedRow<CaseRow>[] =>
  rows.map((row, index) => {
    const cells = { fullName: `Người số ${index}`, reportedOn: '12/10/2021', areaCode: '30730', ...row }
    const read = readCaseRow(Object.fromEntries(Object.entries(cells).map(([key, text]) => [key, textCell(text)])), reading(sender))
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    return { row: index + 2, value: read.value }
  })
const write = (sender: string, rows: readonly Record<string, string>[], importId: Id = newId()): Promise<Result<BatchOutcome>> => {
  clock.advance(1000)
  const numbered = rowsOf(sender, rows)
  return perform(app, command({
    name: 'test.import', permission: casesImporter.permission, body: z.object({}),
    perform: (context) => casesImporter.write(context, numbered, reading(sender), importId),
  }), { actor: province, body: {} })
}
const undo = (importId: Id): Promise<Result<{ undone: number }>> => {
  clock.advance(1000)
  return perform(app, command({
    name: 'test.undo', permission: casesImporter.undoPermission, body: z.object({}), perform: (context) => casesImporter.undo(context, importId),
  }), { actor: province, body: {} })
}
const written = async (...given: Parameters<typeof write>): Promise<BatchOutcome> => {
  const outcome = await write(...given)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem))
  return outcome.value
}
const said = (list: BatchOutcome['faults']) => list.map(({ row, field, problem }) => [row, field, problem.code])
const one = <R>(query: ReturnType<typeof sql<R>>): Promise<R | undefined> => database.read(EVERYWHERE, (tx) => tx.first(query))
const total = async (): Promise<number> => (await one(sql<{ n: number }>`select coalesce(sum(value), 0)::int as n from indicator_sum where metric = 'cases_new'`))?.n ?? 0

describe('a batch', () => {
  test('becomes cases, persons, counts; nothing is lost of what the row said', async () => {
    const importId = newId()
    const before = await total()
    const outcome = await written('CDC', [
      { fullName: 'Trần\tVăn "Bé"\\n', birth: '1985', nationalId: '091085100001', senderNumber: 'A1', currentAddress: 'Số 1\nKhu phố 2', detectionSource: 'Cộng đồng' },
      { senderNumber: 'A2', diagnosis: 'Nghi ngờ' },
      { senderNumber: 'A3', district: 'Phú Quốc', areaCode: '' },
    ], importId)
    expect(outcome).toEqual({ accepted: 3, faults: [], warnings: [] })
    const first = await one(sql<Record<string, unknown>>`select c.*, p.import_id as person_import, p.name_key as person_key from case_record c join person p on p.id = c.person_id where c.sender_number = 'A1'`)
    expect(first).toMatchObject({
      full_name: 'Trần Văn "Bé"\\n', name_key: 'tran van be n', current_address: 'Số 1\nKhu phố 2', import_id: importId, person_import: importId, person_key: 'tran van be n',
      version: 1, sender: 'CDC', commune_id: area('30730'),
    })
    expect(first?.['number']).toMatch(/^KG-2021-\d{6}$/)
    expect(await one(sql<object>`select area_id, commune_id from case_record where sender_number = 'A3'`)).toEqual({ area_id: area('911'), commune_id: null })
    expect(await total()).toBe(before + 2)
    expect(await database.read(EVERYWHERE, recountCases)).toEqual([])
  })
  test('R2 R3 duplicates in the registry and in the batch are refused row by row', async () => {
    await written('CDC', [{ senderNumber: 'B1', nationalNumber: 'BN-B1', nationalId: '091085200001' }])
    const outcome = await written('CDC', [
      { senderNumber: 'B1' }, { nationalNumber: 'BN-B1' }, { nationalId: '091085200001' }, { nationalId: '091085200001', reinfection: 'Có' },
      { nationalId: '091085200001', reportedOn: '13/07/2021' },
      { senderNumber: 'B2' }, { senderNumber: 'B2' }, { nationalId: '091085200002' }, { nationalId: '091085200002', reportedOn: '01/10/2021' },
      { nationalId: '091085200002', reportedOn: '01/07/2021' },
    ])
    expect(said(outcome.faults)).toEqual([
      [2, 'senderNumber', 'duplicate_sender_number'], [3, 'nationalNumber', 'duplicate_national_number'], [4, 'nationalId', 'duplicate_person'],
      [8, 'senderNumber', 'duplicate_in_file'], [10, 'nationalId', 'duplicate_in_file'],
    ])
    expect(outcome.accepted).toBe(5)
    expect(await one(sql<object>`select count(distinct person_id) as persons, count(*) as cases from case_record where national_id = '091085200002'`)).toEqual({ persons: 1, cases: 2 })
    expect(await one(sql<object>`select count(distinct person_id) as persons, count(*) as cases from case_record where national_id = '091085200001'`)).toEqual({ persons: 1, cases: 3 })
  })
  test('a person of two rows is made once, also when the first of them is refused', async () => {
    await written('CDC', [{ senderNumber: 'C1' }])
    const outcome = await written('CDC', [{ senderNumber: 'C1', nationalId: '091085300001' }, { senderNumber: 'C2', nationalId: '091085300001' }])
    expect(said(outcome.faults)).toEqual([[2, 'senderNumber', 'duplicate_sender_number']])
    expect(await one(sql<object>`select count(*) as n from person where national_id = '091085300001'`)).toEqual({ n: 1 })
  })
  test('R5 R6 likenesses and infectors not found are remarks; infectors of the same file are joined', async () => {
    const outcome = await written('CDC', [
      { fullName: 'Danh Sà Vên', birth: '1950', senderNumber: 'D1', infectorNumber: 'D2' }, { fullName: 'Danh Sà Vên', birth: '1950', senderNumber: 'D2', infectorNumber: 'D9' },
      { fullName: 'Danh Sà Vên', birth: '1950', areaCode: '30742', senderNumber: 'D3' },
    ])
    expect(outcome.faults).toEqual([])
    expect(said(outcome.warnings)).toEqual([[3, 'fullName', 'possible_duplicate_in_file'], [3, 'infectorNumber', 'infector_not_found']])
    expect(await one(sql<object>`select i.sender_number from case_record c join case_record i on i.id = c.infector_id where c.sender_number = 'D1'`)).toEqual({ sender_number: 'D2' })
    const later = await written('CDC', [{ fullName: 'DANH SA VEN', birth: '1950', senderNumber: 'D9' }])
    expect(said(later.warnings)).toEqual([[2, 'fullName', 'possible_duplicate']])
    expect(await one(sql<object>`select i.sender_number from case_record c join case_record i on i.id = c.infector_id where c.sender_number = 'D2'`)).toEqual({ sender_number: 'D9' })
    expect(await one(sql<object>`select count(*) as n from case_duplicate where cleared_at is null and case_id in (select id from case_record where name_key = 'danh sa ven')`)).toEqual({ n: 2 })
  })
  test('the preview says the same and writes nothing', async () => {
    const before = await one(sql<object>`select count(*) as cases, (select count(*) from person) as persons from case_record`)
    const rows = rowsOf('CDC', [{ senderNumber: 'B1' }, { senderNumber: 'E1', infectorNumber: 'X' }])
    const outcome = await database.read(EVERYWHERE, (tx) => casesImporter.check(tx, rows, reading('CDC')))
    expect([outcome.accepted, said(outcome.faults), said(outcome.warnings)]).toEqual([
      1, [[2, 'senderNumber', 'duplicate_sender_number']], [[3, 'infectorNumber', 'infector_not_found']],
    ])
    expect(await one(sql<object>`select count(*) as cases, (select count(*) from person) as persons from case_record`)).toEqual(before)
    expect(rows.flatMap(({ value }) => casesImporter.keysOf?.(value) ?? []).map(({ key }) => key)).toEqual(['senderNumber B1', 'senderNumber E1'])
  })
})

describe('undo', () => {
  test('R10 takes everything back; the last images stay in the history', async () => {
    const importId = newId()
    const before = await total()
    const like = await written('CDC', [{ fullName: 'Mã Thị Hoàn', birth: '1955', senderNumber: 'U0' }])
    expect(like.accepted).toBe(1)
    await written('CDC', [
      { fullName: 'Mã Thị Hoàn', birth: '1955', senderNumber: 'U1', nationalId: '091085400001', diedOn: '15/10/2021' }, { senderNumber: 'U2', infectorNumber: 'U1' },
    ], importId)
    expect(await total()).toBe(before + 3)
    expect(await undo(importId)).toEqual({ ok: true, value: { undone: 2 } })
    expect(await total()).toBe(before + 1)
    expect(await database.read(EVERYWHERE, recountCases)).toEqual([])
    expect(await one(sql<object>`select count(*) as n from case_record where import_id = ${importId}`)).toEqual({ n: 0 })
    expect(await one(sql<object>`select count(*) as n from person where national_id = '091085400001'`)).toEqual({ n: 0 })
    expect(await one(sql<object>`select count(*) as n, min(action) as action, min(image ->> 'full_name') as name from case_history where import_id = ${importId} and image ->> 'sender_number' = 'U1'`))
      .toEqual({ n: 1, action: 'withdrawn', name: 'Mã Thị Hoàn' })
    expect(await one(sql<object>`select count(*) as n from case_duplicate d where cleared_at is null and not exists (select from case_record c where c.id = d.case_id)`)).toEqual({ n: 0 })
    // The same file may come again.
    expect((await written('CDC', [{ senderNumber: 'U1' }])).accepted).toBe(1)
  })
  test('R10 is refused, with the list, for what others have built on', async () => {
    const importId = newId()
    await written('CDC', [{ senderNumber: 'V1' }, { senderNumber: 'V2' }, { senderNumber: 'V3' }, { senderNumber: 'V4' }], importId)
    const ids = await database.read(EVERYWHERE, (tx) => tx.rows(sql<{ id: string; number: string }>`select id, number from case_record where import_id = ${importId} order by sender_number`))
    const [first, second, third] = ids as [typeof ids[0], typeof ids[0], typeof ids[0]]
    await perform(app, correctCaseCommand, { actor: province, body: { id: first.id, version: 1, reason: 'x', changes: { severity: 'mild' } } })
    await perform(app, transferCaseCommand, { actor: province, body: { id: second.id, version: 1, reason: 'x', toAreaId: area('92'), transferredOn: '2021-10-20' } })
    const named = await perform(app, reportCaseCommand, { actor: province, body: { fullName: 'Người bị lây', areaId: area('30730'), infectorNumber: third.number } })
    const refused = await undo(importId)
    expect(refused).toMatchObject({ ok: false, problem: { code: 'built_upon', status: 409, params: { count: 3 } } })
    expect(!refused.ok && refused.problem.problems?.map(({ code, params }) => [code, params?.['number'], params?.['infected']])).toEqual([
      ['case_built_upon', first.number, undefined], ['case_built_upon', second.number, undefined],
      ['case_named_infector', third.number, named.ok && named.value.number],
    ])
    expect(await one(sql<object>`select count(*) as n from case_record where import_id = ${importId}`)).toEqual({ n: 4 })
  })
  test('R10 a person with cases beside the import stays', async () => {
    const importId = newId()
    await written('CDC', [{ senderNumber: 'W1', nationalId: '091085500001', reportedOn: '01/05/2021' }], importId)
    await written('CDC', [{ senderNumber: 'W2', nationalId: '091085500001' }])
    expect(await undo(importId)).toEqual({ ok: true, value: { undone: 1 } })
    expect(await one(sql<object>`select p.import_id from case_record c join person p on p.id = c.person_id where c.sender_number = 'W2'`)).toEqual({ import_id: null })
  })
})

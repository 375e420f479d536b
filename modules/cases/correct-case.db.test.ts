import { describe, expect, test } from 'vitest'
import { day, type AnswerOf, type Problem, type Result } from '#base'
import { scopeOf, type Actor } from '#platform/access'
import { today } from '#platform/clock'
import { perform, type Command } from '#platform/commands'
import { EVERYWHERE, sql, type Scope } from '#platform/db'
import { readIndicators } from '#platform/indicators'
import { people } from '#people'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'
import { clearDuplicateCommand } from './clear-duplicate.ts'
import { caseRead, type getCase } from './contract.ts'
import { correctCaseCommand } from './correct-case.ts'
import { cases, recountCases } from './index.ts'
import { reportCaseCommand } from './report-case.ts'
import { showCase } from './show-case.ts'
import { transferCaseCommand } from './transfer-case.ts'

const database = await openTestDb()
const clock = stoppedClock('2021-10-20T02:00:00Z')
const { app, actor } = await openTestApp(database, [people, cases], clock)
const tree = app.areas.tree()
const on = day('2021-10-12')
const area = (code: string): number => tree.resolve(code, on)?.id as number
const vinhThanhVan = area('30730')
const vinhBao = area('30742')
const province = actor('epidemiologist', '91')
const officer = actor('officer', '30730')
const neighbour = actor('officer', '30742')

const told = async <R>(result: Promise<Result<R>>): Promise<R> => {
  const outcome = await result
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem))
  return outcome.value
}
const act = (command: Command, body: object, by: Actor): Promise<Result<unknown>> => {
  clock.advance(1000)
  return perform(app, command, { actor: by, body })
}
const report = (body: object = {}, by = province) => told(perform(app, reportCaseCommand, { actor: by, body: { fullName: 'Trần Thị Bé', areaId: vinhThanhVan, ...body } }))
const correct = (id: string, version: number, changes: object, by = province) =>
  act(correctCaseCommand, { id, version, reason: 'Điều tra lại', changes }, by) as Promise<Result<{ version: number; warnings: { code: string }[] }>>
const transfer = (id: string, version: number, toAreaId: number, by = province, more: object = {}) =>
  act(transferCaseCommand, { id, version, toAreaId, transferredOn: '2021-10-20', reason: 'Đang ở nơi khác', ...more }, by) as Promise<Result<{ version: number }>>
const page = async (id: string, by: Actor = province): Promise<Result<AnswerOf<typeof getCase>>> =>
  database.read(scopeOf(by, caseRead) as Scope, (tx) => showCase(tx, app.areas.tree(), today(clock), id))
const code = (outcome: Result<unknown>): string => (outcome.ok ? 'ok' : outcome.problem.code)
const faults = (outcome: Result<unknown>): [string, string | undefined][] =>
  outcome.ok ? [] : (outcome.problem.problems ?? [outcome.problem]).map((one: Problem) => [one.code, one.field])
const counts = (metric: string) => database.read(EVERYWHERE, async (tx) => new Map((await readIndicators(tx, {
  disease: 'covid-19', metrics: [metric], from: day('2021-01-01'), to: day('2021-12-31'),
})).map((one) => [`${one.areaId} ${one.day}`, one.value])))

describe('correction', () => {
  test('R8 keeps the old image with who, when and why, and moves the counts', async () => {
    const { id } = await report({ reportedOn: '2021-10-01', detectionSource: 'community', severity: 'mild' })
    const done = await told(correct(id, 1, { reportedOn: '2021-10-02', detectionSource: 'quarantine', severity: 'severe' }, officer))
    expect(done).toEqual({ version: 2, warnings: [] })
    const { case: now, history } = await told(page(id))
    expect(now).toMatchObject({ version: 2, reportedOn: '2021-10-02', severity: 'severe', changedBy: 'officer', withdrawn: false })
    expect(history.map(({ version, action, by, reason }) => [version, action, by, reason])).toEqual([
      [2, 'corrected', 'officer', 'Điều tra lại'], [1, 'reported', 'epidemiologist', null],
    ])
    expect(history[0]?.changes.toSorted((a, b) => (a.field < b.field ? -1 : 1))).toEqual([
      { field: 'detectionSource', before: 'community', after: 'quarantine' }, { field: 'reportedOn', before: '2021-10-01', after: '2021-10-02' },
      { field: 'severity', before: 'mild', after: 'severe' },
    ])
    expect((await counts('cases_new')).get(`${vinhThanhVan} 2021-10-01`)).toBeUndefined()
    expect((await counts('cases_new')).get(`${vinhThanhVan} 2021-10-02`)).toBe(1)
    expect((await counts('cases_community')).size).toBe(0)
    expect(await database.read(EVERYWHERE, recountCases)).toEqual([])
  })
  test('R8 what others changed meanwhile is a conflict at its field; other fields are merged', async () => {
    const { id } = await report({ phone: '0911000001', severity: 'mild' })
    await told(correct(id, 1, { phone: '0911000002' }, officer))
    const late = await correct(id, 1, { phone: '0911000003', severity: 'severe' })
    expect([code(late), !late.ok && late.problem.params]).toEqual(['case_conflict', { by: 'officer' }])
    expect(!late.ok && late.problem.problems).toEqual([
      { code: 'field_changed', status: 409, field: 'changes/phone', params: { before: '0911000001', now: '0911000002' } },
    ])
    expect(await told(correct(id, 1, { severity: 'severe' }))).toMatchObject({ version: 3 })
    expect((await told(page(id))).case).toMatchObject({ phone: '0911000002', severity: 'severe' })
    expect(code(await correct(id, 99, { severity: 'mild' }))).toBe('case_conflict')
    expect(code(await correct(id, 3, { severity: 'severe' }))).toBe('nothing_changed')
    expect(code(await correct('01890000-0000-7000-8000-000000000000', 1, { severity: 'mild' }))).toBe('unknown_case')
  })
  test('R1 the corrected case must be possible, each fault at its field', async () => {
    const { id } = await report({ reportedOn: '2021-10-10', onsetOn: '2021-10-08' })
    expect(faults(await correct(id, 1, { reportedOn: '2021-10-07', birthYear: 1800 }))).toEqual([
      ['onset_after_report', 'changes/onsetOn'], ['impossible_age', 'changes/birthYear'],
    ])
    expect(faults(await correct(id, 1, { areaId: 99_999_999 }))).toEqual([['unknown_area', 'changes/areaId']])
    expect(faults(await correct(id, 1, { eventAreaId: 99_999_999 }))).toEqual([['unknown_area', 'changes/eventAreaId']])
    expect(faults(await correct(id, 1, { areaId: vinhBao }, officer))).toEqual([['forbidden', 'changes/areaId']])
    expect(faults(await correct(id, 1, { birthYear: 1985, birthOn: '1984-01-01' }))).toEqual([['birth_disagrees', 'changes/birthYear']])
  })
  test('R2 only what a correction changes can make it a duplicate', async () => {
    await report({ nationalNumber: 'BN1', sender: 'CDC', senderNumber: 'S1' })
    const { id } = await report({ nationalNumber: 'BN2', sender: 'CDC', senderNumber: 'S2' })
    expect(faults(await correct(id, 1, { nationalNumber: 'BN1' }))).toEqual([['duplicate_national_number', 'changes/nationalNumber']])
    expect(faults(await correct(id, 1, { senderNumber: 'S1' }))).toEqual([['duplicate_sender_number', 'changes/senderNumber']])
    const twice = await report({ nationalId: '091185000031', reportedOn: '2021-10-01' })
    const again = await report({ nationalId: '091185000031', reportedOn: '2021-10-05', reinfection: true })
    expect(code(await correct(again.id, 1, { severity: 'mild' }))).toBe('ok')
    expect(code(await correct(twice.id, 1, { phone: '0911000009' }))).toBe('ok')
    expect(faults(await correct(twice.id, 2, { reportedOn: '2021-10-02' }))).toEqual([['duplicate_person', 'changes/nationalId']])
  })
  test('a corrected day of birth brings its year; a national number joins the person who has it', async () => {
    const known = await report({ fullName: 'Phạm Thị Lan', nationalId: '091190000001', reportedOn: '2021-01-05', birthYear: 1990 })
    const { id } = await report({ fullName: 'Phạm Thị Lan', birthYear: 1991, reportedOn: '2021-10-05' })
    await told(correct(id, 1, { birthOn: '1990-05-06', nationalId: '091190000001' }))
    const { case: now, otherCases } = await told(page(id))
    expect(now).toMatchObject({ birthOn: '1990-05-06', birthYear: 1990, age: 31 })
    expect(otherCases.map((one) => one.id)).toEqual([known.id])
    const alone = await report({ fullName: 'Lý Thị Mai', nationalId: '091190000008', birthYear: 1990 })
    await told(correct(alone.id, 1, { nationalId: '091190000009', fullName: 'Lý Thị Mai Em' }))
    const person = await database.read(EVERYWHERE, (tx) => tx.rows(sql<object>`select full_name, national_id from person where national_id like '09119000000_' order by national_id`))
    expect(person).toEqual([{ full_name: 'Phạm Thị Lan', national_id: '091190000001' }, { full_name: 'Lý Thị Mai Em', national_id: '091190000009' }])
  })
  test('R6 an infector’s number corrected later is joined', async () => {
    const infector = await report({ sender: 'CDC', senderNumber: 'I1' })
    const { id } = await report({ sender: 'CDC', senderNumber: 'I2' })
    expect((await told(correct(id, 1, { infectorNumber: 'I9' }))).warnings.map((one) => one.code)).toEqual(['infector_not_found'])
    await told(correct(id, 2, { infectorNumber: 'I1' }))
    expect((await told(page(id))).case.infector?.id).toBe(infector.id)
    expect((await told(page(infector.id))).infected.map((one) => one.id)).toEqual([id])
    await told(correct(infector.id, 1, { nationalNumber: 'BN-I1' }))
    const third = await report({ infectorNumber: 'BN-I7' })
    await told(correct(infector.id, 2, { nationalNumber: 'BN-I7' }))
    expect((await told(page(third.id))).case.infector?.id).toBe(infector.id)
  })
})

describe('transfer', () => {
  test('R9 hands the case over: counts move, the giver sees what was, the receiver what is', async () => {
    const { id } = await report({ fullName: 'Danh Thị Chuyển', reportedOn: '2021-10-03', nationalId: '091185000055' }, officer)
    expect(code(await page(id, neighbour))).toBe('unknown_case')
    await told(transfer(id, 1, vinhBao, officer, { currentAddress: '5 Lê Lợi' }))
    expect(code(await page(id, officer))).toBe('unknown_case')
    const { case: now, history } = await told(page(id, neighbour))
    expect(now).toMatchObject({ areaId: vinhBao, areaName: 'Phường Vĩnh Bảo', transferredOn: '2021-10-20', currentAddress: '5 Lê Lợi', version: 2 })
    expect(history[0]).toMatchObject({ action: 'transferred', by: 'officer', reason: 'Đang ở nơi khác' })
    expect((await counts('cases_new')).get(`${vinhThanhVan} 2021-10-03`)).toBeUndefined()
    expect((await counts('cases_new')).get(`${vinhBao} 2021-10-03`)).toBe(1)
    const person = await database.read(EVERYWHERE, (tx) => tx.first(sql<object>`select area_id from person where national_id = '091185000055'`))
    expect(person).toEqual({ area_id: vinhBao })
    expect(await database.read(EVERYWHERE, recountCases)).toEqual([])
    expect(code(await correct(id, 2, { severity: 'mild' }, officer))).toBe('unknown_case')
    expect(code(await correct(id, 2, { severity: 'mild' }, neighbour))).toBe('ok')
  })
  test('R9 to another province, and what cannot be', async () => {
    const { id } = await report({ reportedOn: '2021-10-03' })
    expect(faults(await transfer(id, 1, vinhThanhVan))).toEqual([['same_area', 'toAreaId']])
    expect(faults(await transfer(id, 1, 99_999_999))).toEqual([['unknown_area', 'toAreaId']])
    expect(faults(await transfer(id, 1, vinhBao, province, { transferredOn: '2021-10-21' }))).toEqual([['future_day', 'transferredOn']])
    expect(faults(await transfer(id, 1, vinhBao, province, { transferredOn: '2021-10-02' }))).toEqual([['transfer_before_report', 'transferredOn']])
    expect(code(await transfer('01890000-0000-7000-8000-000000000000', 1, vinhBao))).toBe('unknown_case')
    await told(transfer(id, 1, area('92')))
    expect(code(await page(id))).toBe('unknown_case')
    const other = await report({ reportedOn: '2021-10-03' })
    await told(transfer(other.id, 1, vinhBao))
    expect(faults(await transfer(other.id, 1, area('92')))).toEqual([['field_changed', 'changes/areaId']])
  })
})

describe('duplicate queue', () => {
  test('R5 somebody says that a pair is no duplicate', async () => {
    const first = await report({ fullName: 'Thị Sa Rươne', birthYear: 1960 })
    const second = await report({ fullName: 'Thị Sa Rươne', birthYear: 1960 })
    const [pair] = (await told(page(second.id))).duplicates
    expect(pair?.case.id).toBe(first.id)
    expect((await told(page(second.id))).case.possibleDuplicate).toBe(true)
    expect(code(await act(clearDuplicateCommand, { id: pair?.pairId, reason: 'Hai người khác nhau' }, neighbour))).toBe('unknown_pair')
    expect(code(await act(clearDuplicateCommand, { id: pair?.pairId, reason: 'Hai người khác nhau' }, officer))).toBe('ok')
    expect(code(await act(clearDuplicateCommand, { id: pair?.pairId }, officer))).toBe('unknown_pair')
    expect((await told(page(second.id))).case).toMatchObject({ possibleDuplicate: false, version: 1 })
    expect((await told(page(first.id))).duplicates).toEqual([])
  })
})

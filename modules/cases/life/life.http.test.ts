import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { accounts } from '#accounts'
import { newId } from '#platform/clock'
import { EVERYWHERE } from '#platform/db'
import { people } from '#people'
import { openTestApp, openTestDb, stoppedClock, type Answer } from '#tests/kit'
import { cases, recountCases } from '../index.ts'

const database = await openTestDb()
const clock = stoppedClock(new Date().toISOString())
const { app, signedIn } = await openTestApp(database, [accounts, people, cases], clock)
const on = day('2021-10-12')
const area = (code: string): number => app.areas.tree().resolve(code, on)?.id as number
const [vinhThanhVan, vinhBao] = [area('30730'), area('30742')]
const officer = await signedIn('officer', '30730')
const province = await signedIn('epidemiologist', '91')
const commander = await signedIn('commander', '91')
const neighbour = await signedIn('officer', '30742')
// The sign-in library has a clock of its own: accounts are opened in its time, cases in theirs.
clock.set('2021-10-20T02:00:00Z')

const report = async (body: object = {}): Promise<{ id: string; number: string }> => {
  clock.advance(1000)
  const answer = await province('POST', '/api/cases', { fullName: 'Trần Thị Bé', areaId: vinhThanhVan, reportedOn: '2021-10-12', ...body })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body
}
const page = async (id: string) => (await province('GET', `/api/cases/${id}`)).body
const act = (id: string, what: string, body: object, by = province): Promise<Answer> => {
  clock.advance(1000)
  return by('POST', `/api/cases/${id}/${what}`, body)
}
const refused = ({ status, body }: Answer): unknown[] => [status, body.code, body.field]
const miscounts = () => database.read(EVERYWHERE, (tx) => recountCases(tx))
const deaths = async (): Promise<number> => (await province('GET', '/api/cases/count?outcome=died')).body.count

describe('closing and reopening', () => {
  test('R15 a case is closed by its outcome and opened again with a reason; a death counts only while it stands', async () => {
    const { id } = await report({ onsetOn: '2021-10-10' })
    expect(refused(await act(id, 'close', { version: 1, outcome: 'died', outcomeOn: '2021-10-09' }))).toEqual([422, 'outcome_before_onset', 'outcomeOn'])
    expect(refused(await act(id, 'close', { version: 1, outcome: 'died' }))).toEqual([422, 'outcome_day_missing', 'outcomeOn'])
    expect(refused(await act(id, 'close', { version: 1, outcome: 'recovered', outcomeOn: '2999-01-01' }))).toEqual([422, 'future_day', 'outcomeOn'])
    expect(refused(await act(id, 'close', { version: 1, outcome: 'recovered', outcomeOn: '1900-01-01' })).slice(0, 1)).toEqual([422])
    expect(refused(await act(id, 'reopen', { version: 1, reason: 'x' }))).toEqual([409, 'not_closed', undefined])
    const before = await deaths()
    expect((await act(id, 'close', { version: 1, outcome: 'died', outcomeOn: '2021-10-15' }, officer)).body).toEqual({ version: 2 })
    expect(await deaths()).toBe(before + 1)
    expect(await miscounts()).toEqual([])
    expect(refused(await act(id, 'close', { version: 2, outcome: 'died', outcomeOn: '2021-10-15' }))).toEqual([409, 'already_closed', undefined])
    expect(refused(await act(id, 'reopen', { version: 1, reason: 'Nhầm người' })).slice(0, 2)).toEqual([409, 'case_conflict'])
    expect((await act(id, 'reopen', { version: 2, reason: 'Nhầm người' })).body).toEqual({ version: 3 })
    expect(await deaths()).toBe(before)
    expect(await miscounts()).toEqual([])
    expect((await page(id)).history.map(({ action, reason }: { action: string; reason: string | null }) => [action, reason])).toEqual([
      ['reopened', 'Nhầm người'], ['closed', null], ['reported', null],
    ])
  })
  test('who may not, and which case', async () => {
    const { id } = await report()
    for (const [what, body] of [
      ['close', { version: 1, outcome: 'recovered' }], ['reopen', { version: 1, reason: 'x' }], ['course', { day: '2021-10-12', severity: 'mild' }],
      ['merge', { version: 1, intoId: newId(), intoVersion: 1, take: [], reason: 'x' }], ['unmerge', { reason: 'x' }],
    ] as const) expect(refused(await act(id, what, body, commander))).toEqual([403, 'forbidden', undefined])
    expect(refused(await commander('POST', `/api/cases/course/${newId()}/remove`, { reason: 'x' }))).toEqual([403, 'forbidden', undefined])
    for (const [what, body] of [['close', { version: 1, outcome: 'recovered' }], ['reopen', { version: 1, reason: 'x' }], ['course', { day: '2021-10-12', severity: 'mild' }]] as const) {
      expect(refused(await act(newId(), what, body))).toEqual([404, 'unknown_case', undefined])
    }
  })
})

describe('the clinical course', () => {
  const course = (id: string, body: object) => act(id, 'course', body)
  test('R16 the severity of a case is that of the latest day; a day recorded again takes the place of the first', async () => {
    const { id } = await report({ severity: 'mild' })
    const second = await course(id, { day: '2021-10-15', severity: 'severe', place: 'Bệnh viện Đa khoa tỉnh', oxygen: true })
    expect(second.body.version).toBe(2)
    // An earlier day tells of what was; the case stays severe.
    expect((await course(id, { day: '2021-10-13', severity: 'moderate' })).body.version).toBe(2)
    expect((await page(id)).case.severity).toBe('severe')
    expect((await course(id, { day: '2021-10-15', severity: 'critical', oxygen: true })).body.version).toBe(3)
    const shown = await page(id)
    expect(shown.course.map((one: { day: string; severity: string; oxygen: boolean | null }) => [one.day, one.severity, one.oxygen])).toEqual([
      ['2021-10-13', 'moderate', null], ['2021-10-15', 'critical', true],
    ])
    expect(shown.history[0]).toMatchObject({ action: 'course', changes: [{ field: 'severity', before: 'severe', after: 'critical' }] })
    const last = shown.course[1].id
    expect((await province('POST', `/api/cases/course/${last}/remove`, { reason: 'Nhầm giường' })).body.version).toBe(4)
    expect((await page(id)).case.severity).toBe('moderate')
    expect(refused(await province('POST', `/api/cases/course/${last}/remove`, { reason: 'Nhầm giường' }))).toEqual([404, 'unknown_course', undefined])
  })
  test('R16 days to come and days after the outcome are refused; the course goes with a transfer', async () => {
    const { id } = await report({ outcome: 'recovered', outcomeOn: '2021-10-16' })
    expect(refused(await course(id, { day: '2021-10-17', severity: 'mild' }))).toEqual([422, 'course_after_outcome', 'day'])
    expect(refused(await course(id, { day: '2021-10-21', severity: 'mild' }))).toEqual([422, 'future_day', 'day'])
    expect(refused(await course(id, { day: '1949-12-31', severity: 'mild' }))).toEqual([422, 'day_too_early', 'day'])
    await course(id, { day: '2021-10-14', severity: 'mild' })
    const { version } = (await page(id)).case
    await act(id, 'transfer', { version, toAreaId: vinhBao, transferredOn: '2021-10-18', reason: 'Về nhà' })
    expect((await neighbour('GET', `/api/cases/${id}`)).body.course).toHaveLength(1)
  })
})

describe('merging', () => {
  const merge = (id: string, intoId: string, more: object = {}, by = province) =>
    act(id, 'merge', { version: 1, intoId, intoVersion: 1, take: [], reason: 'Cùng một người', ...more }, by)
  test('R18 one stands with what it lacked, the other counts no more, its numbers lead there and stay taken', async () => {
    const stands = await report({ fullName: 'Lê Thị Gộp', birthYear: 1980, sender: 'Trạm A', senderNumber: 'A-1', phone: '0911111111' })
    const other = await report({ fullName: 'Le Thi Gop', birthYear: 1980, sender: 'Trạm B', senderNumber: 'B-77', phone: '0922222222', onsetOn: '2021-10-11', areaId: vinhBao, nationalId: '091180000177' })
    const infected = await report({ fullName: 'Con Lê Thị Gộp', sender: 'Trạm B', senderNumber: 'B-78', infectorNumber: 'B-77' })
    const done = await merge(other.id, stands.id, { take: ['phone', 'onsetOn', 'nationalId'] })
    expect(done.body).toEqual({ id: stands.id, number: stands.number, version: 2 })
    expect(await miscounts()).toEqual([])
    const shown = await page(stands.id)
    expect(shown.case).toMatchObject({ phone: '0911111111', onsetOn: '2021-10-11', nationalId: '091180000177' })
    expect(shown.merged).toMatchObject([{ number: other.number, fullName: 'Le Thi Gop', reason: 'Cùng một người' }])
    expect((await page(infected.id)).case.infector).toMatchObject({ number: stands.number })
    const gone = await page(other.id)
    expect([gone.mergedInto.number, gone.case.withdrawn, gone.history[0].action]).toEqual([stands.number, false, 'merged'])
    for (const number of [other.number, 'B-77']) {
      expect((await province('GET', `/api/cases?search=${number}`)).body.cases.map((one: { number: string }) => one.number)).toEqual([stands.number])
    }
    const again = await province('POST', '/api/cases', { fullName: 'Ai Đó', areaId: vinhThanhVan, reportedOn: '2021-10-13', sender: 'Trạm B', senderNumber: 'B-77' })
    expect([...refused(again), again.body.params.number]).toEqual([409, 'duplicate_sender_number', 'senderNumber', stands.number])

    // Taken back: both as they were.
    expect((await act(other.id, 'unmerge', { reason: 'Hai chị em' })).body).toEqual({ version: 3, givenBack: true })
    expect(await miscounts()).toEqual([])
    expect((await page(stands.id)).case).toMatchObject({ onsetOn: null, nationalId: null, version: 3 })
    const back = await page(other.id)
    expect(back.case).toMatchObject({ number: other.number, senderNumber: 'B-77', phone: '0922222222', areaId: vinhBao })
    expect(back.history.map(({ action }: { action: string }) => action)).toEqual(['unmerged', 'merged', 'reported'])
    expect((await page(infected.id)).case.infector).toMatchObject({ number: other.number })
    expect(refused(await act(other.id, 'unmerge', { reason: 'Hai chị em' }))).toEqual([404, 'not_merged', undefined])
  })
  test('R18 what the case that stands took stays with it when somebody has changed it since', async () => {
    const [stands, other] = [await report({ fullName: 'Một' }), await report({ fullName: 'Hai', phone: '0933333333' })]
    await merge(other.id, stands.id, { take: ['phone'] })
    await act(stands.id, 'correct', { version: 2, reason: 'Bổ sung', changes: { occupation: 'Ngư dân' } })
    expect((await act(other.id, 'unmerge', { reason: 'Không phải' })).body).toMatchObject({ givenBack: false })
    expect((await page(stands.id)).case).toMatchObject({ phone: '0933333333', occupation: 'Ngư dân' })
    expect(await miscounts()).toEqual([])
  })
  test('what cannot be merged', async () => {
    const [one, two, dengue] = [await report({ fullName: 'Một' }), await report({ fullName: 'Hai', onsetOn: '2021-10-11' }), await report({ fullName: 'Ba', disease: 'dengue' })]
    expect(refused(await merge(one.id, one.id))).toEqual([422, 'same_case', 'intoId'])
    expect(refused(await merge(one.id, newId()))).toEqual([404, 'unknown_case', 'intoId'])
    expect(refused(await merge(newId(), one.id))).toEqual([404, 'unknown_case', undefined])
    expect(refused(await merge(one.id, dengue.id))).toEqual([422, 'different_disease', 'intoId'])
    expect(refused(await merge(one.id, two.id, { version: 7 })).slice(0, 2)).toEqual([409, 'case_conflict'])
    expect(refused(await merge(one.id, two.id, { intoVersion: 7 })).slice(0, 2)).toEqual([409, 'case_conflict'])
    // A result that cannot be: the outcome taken lies before the onset.
    const early = await report({ fullName: 'Bốn', outcome: 'recovered', outcomeOn: '2021-10-10' })
    expect(refused(await merge(early.id, two.id, { take: ['outcome', 'outcomeOn'] }))).toEqual([422, 'outcome_before_onset', 'outcomeOn'])
    await merge(one.id, two.id)
    expect(refused(await merge(two.id, early.id))).toEqual([409, 'others_lead_here', undefined])
  })
})

describe('the duty to notify', () => {
  test('R17 in time by the day after the result; an open case with a result is due, then overdue; the list filters by it', async () => {
    const sender = 'Trạm hạn báo'
    await report({ sender, fullName: 'Đúng Hạn', resultOn: '2021-10-11' })
    await report({ sender, fullName: 'Trễ Hạn', resultOn: '2021-10-10' })
    await report({ sender, fullName: 'Không Kết Quả' })
    await report({ sender, fullName: 'Còn Hạn', diagnosis: 'suspected', resultOn: '2021-10-19' })
    await report({ sender, fullName: 'Quá Hạn', diagnosis: 'probable', resultOn: '2021-10-18' })
    await report({ sender, fullName: 'Đã Loại', diagnosis: 'suspected', resultOn: '2021-10-10', outcome: 'other' })
    const of = async (duty: string): Promise<string[]> =>
      (await province('GET', `/api/cases?${new URLSearchParams({ sender, duty })}`)).body.cases.map((one: { fullName: string }) => one.fullName)
    // The province's today is 20/10/2021.
    expect([await of('met'), await of('late'), await of('due'), await of('overdue')]).toEqual([['Đúng Hạn'], ['Trễ Hạn'], ['Còn Hạn'], ['Quá Hạn']])
    const rows = (await province('GET', `/api/cases?${new URLSearchParams({ sender })}`)).body.cases as { fullName: string; duty: string | null; dueOn: string | null }[]
    expect(Object.fromEntries(rows.map((one) => [one.fullName, [one.duty, one.dueOn]]))).toEqual({
      'Đúng Hạn': ['met', '2021-10-12'], 'Trễ Hạn': ['late', '2021-10-11'], 'Không Kết Quả': [null, null], 'Còn Hạn': ['due', '2021-10-20'],
      'Quá Hạn': ['overdue', '2021-10-19'], 'Đã Loại': [null, null],
    })
  })
})

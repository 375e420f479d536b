import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { accounts } from '#accounts'
import { addDays, day, eachDay, type PlainDate } from '#base'
import { cases } from '#cases'
import { figures } from '#figures'
import { jobs } from '#jobs'
import { today } from '#platform/clock'
import { openTestApp, openTestDb, type Answer, type TestApp } from '#tests/kit'
import { warnings } from './index.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts, cases, figures, jobs, warnings])
const COMMUNE = '30742'
const last = day('2021-10-12')
let epidemiologist: TestApp['ask']
let officer: TestApp['ask']
let neighbour: TestApp['ask']
let viewer: TestApp['ask']

const report = async (on: PlainDate, value: number): Promise<void> => {
  const sent = await epidemiologist('POST', '/api/figures', { area: COMMUNE, day: on, figures: [{ metric: 'cases_new', value }] })
  expect([on, sent.status, sent.body.figures?.[0]?.status]).toEqual([on, 200, 'accepted'])
}
const run = async (on: string): Promise<Answer['body']> => {
  const asked = await epidemiologist('POST', '/api/warnings/run', { on })
  expect([asked.status, asked.body]).toEqual([200, { job: expect.any(String) }])
  for (;;) {
    const { body } = await epidemiologist('GET', `/api/jobs/${asked.body.job}`)
    if (body.state !== 'queued' && body.state !== 'running') return body
    await wait(50)
  }
}
const list = async (query: string, as = epidemiologist): Promise<Answer['body']> => (await as('GET', `/api/warnings?on=2021-10-12&${query}`)).body
const ofCommune = (body: Answer['body']): Answer['body'] => body.warnings.filter((one: { area: { code: string } }) => one.area.code === COMMUNE)

beforeAll(async () => {
  epidemiologist = await signedIn('epidemiologist', '91')
  officer = await signedIn('officer', COMMUNE)
  neighbour = await signedIn('officer', '902')
  viewer = await signedIn('viewer', '91')
  for (const on of eachDay(addDays(last, -20), last)) await report(on, on === last ? 14 : 2 + (Number(on.slice(8)) % 2))
}, 60_000)

describe('a run', () => {
  test('R8 of a day that is over, by who may, once for all who ask', async () => {
    expect(await list('')).toEqual({ warnings: [], next: null, checked: null })
    expect((await officer('POST', '/api/warnings/run', {})).status).toBe(403)
    expect((await viewer('POST', '/api/warnings/run', {})).status).toBe(403)
    expect((await epidemiologist('POST', '/api/warnings/run', { on: today(app.clock) })).body).toMatchObject({ status: 422, code: 'day_not_over' })
    expect(await run('2021-10-12')).toMatchObject({ state: 'done', fault: null, result: { on: '2021-10-12', areas: 160, fresh: 1, grown: 0 } })
  })

  test('R3 and R10 the same again finds the same, with what it rests on', async () => {
    const first = ofCommune(await list(`area=${COMMUNE}`))
    expect(first).toMatchObject([{
      method: 'ears', firstOn: '2021-10-12', lastOn: '2021-10-12', observed: 14, status: 'open', severity: 2, sensitivity: 'standard', decision: null, cluster: null,
      area: { name: 'Phường Vĩnh Bảo', level: 'commune', within: 'Thành phố Rạch Giá' },
    }])
    const before = (await epidemiologist('GET', `/api/warnings/${first[0].id}`)).body
    expect(before.series.days.at(-1)).toBe('2021-10-12')
    expect(before.series.observed.slice(-3)).toEqual([2, 3, 14])
    // Seven days of 2 and 3 that end three days before: mean 17/7 or 18/7, spread below the least one of 1 case.
    expect(before.series.bound.at(-1)).toBeCloseTo(before.series.expected.at(-1) + 3.0902, 3)
    expect(await run('2021-10-12')).toMatchObject({ state: 'done', result: { fresh: 0, grown: 1, reopened: 0 } })
    const after = (await epidemiologist('GET', `/api/warnings/${first[0].id}`)).body
    expect({ ...after, warning: { ...after.warning, changedAt: '' } }).toEqual({ ...before, warning: { ...before.warning, changedAt: '' } })
    expect(after.codeVersion).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/)
    expect((await list('')).checked).toEqual({ on: '2021-10-12', at: expect.any(String) })
  })

  test('R9 others do not see it; nobody without an account', async () => {
    const [one] = ofCommune(await list(''))
    expect((await epidemiologist('GET', '/api/warnings?area=khong-co')).body.code).toBe('unknown_area')
    expect(ofCommune(await list(`area=${COMMUNE}`, neighbour))).toEqual([])
    expect((await neighbour('GET', `/api/warnings/${one.id}`)).body).toMatchObject({ status: 404, code: 'unknown_warning' })
    expect((await ask('GET', '/api/warnings')).status).toBe(401)
    expect((await list('area=khong-co')).code).toBe('unknown_area')
    expect(ofCommune(await list('status=dismissed'))).toEqual([])
    expect(ofCommune(await list('method=scan'))).toEqual([])
    expect(ofCommune(await list('to=2021-10-11'))).toEqual([])
  })
})

describe('decisions', () => {
  test('R5 named, with a reason where it is dismissed, all or none', async () => {
    const [one] = ofCommune(await list(''))
    const decide = (as: TestApp['ask'], body: object): Promise<Answer> => as('POST', '/api/warnings/decide', { ids: [one.id], ...body })
    expect((await decide(viewer, { status: 'acknowledged' })).status).toBe(403)
    expect((await decide(neighbour, { status: 'acknowledged' })).body.code).toBe('unknown_warning')
    expect((await decide(officer, { status: 'dismissed', reason: '  ' })).body).toMatchObject({ code: 'reason_missing', field: 'reason' })
    expect((await decide(officer, { status: 'acknowledged' })).body).toEqual({ decided: 1 })
    expect((await decide(officer, { status: 'acknowledged' })).body).toMatchObject({ status: 409, code: 'already_so' })
    expect((await decide(epidemiologist, { status: 'investigating', reason: 'Chợ Vĩnh Bảo' })).body).toEqual({ decided: 1 })
    const shown = (await officer('GET', `/api/warnings/${one.id}`)).body
    expect(shown.warning).toMatchObject({ status: 'investigating', decision: { by: expect.stringContaining('epidemiologist'), reason: 'Chợ Vĩnh Bảo' } })
    expect(shown.decisions.map(({ status, undoneBy }: { status: string; undoneBy: string | null }) => [status, undoneBy])).toEqual([['acknowledged', null], ['investigating', null]])
  })

  test('R6 taken back, what stood before stands again; both stay in the history', async () => {
    const [one] = ofCommune(await list('status=all'))
    const undo = (as: TestApp['ask']): Promise<Answer> => as('POST', '/api/warnings/undo', { ids: [one.id] })
    expect((await undo(viewer)).status).toBe(403)
    expect((await undo(neighbour)).body.code).toBe('unknown_warning')
    expect((await undo(officer)).body).toEqual({ undone: 1 })
    expect((await list('status=acknowledged')).warnings).toHaveLength(1)
    expect((await undo(officer)).body).toEqual({ undone: 1 })
    expect((await undo(officer)).body).toMatchObject({ status: 409, code: 'nothing_decided' })
    expect((await officer('GET', `/api/warnings/${one.id}`)).body).toMatchObject({ warning: { status: 'open', decision: null }, decisions: [{ undoneBy: expect.any(String) }, { undoneBy: expect.any(String) }] })
  })

  test('R2 acknowledged it stays quiet as it goes on, and is open again when it is worse', async () => {
    const [one] = ofCommune(await list(''))
    await epidemiologist('POST', '/api/warnings/decide', { ids: [one.id], status: 'dismissed', reason: 'Nhập dồn ba ngày' })
    await report(addDays(last, 1), 14)
    await run('2021-10-13')
    expect(ofCommune(await list(''))).toEqual([])
    expect(ofCommune(await list('status=all'))).toMatchObject([{ id: one.id, status: 'dismissed', firstOn: '2021-10-12', lastOn: '2021-10-13', worseAt: null }])
    await report(addDays(last, 2), 30)
    expect(await run('2021-10-14')).toMatchObject({ result: { fresh: 0, grown: 1, reopened: 1 } })
    expect(ofCommune(await list(''))).toMatchObject([{ id: one.id, status: 'open', severity: 3, lastOn: '2021-10-14', observed: 30, worseAt: expect.any(String), decision: null }])
    await epidemiologist('POST', '/api/warnings/decide', { ids: [one.id], status: 'dismissed', reason: 'Nhập dồn ba ngày' })
  })
})

describe('sensitivity', () => {
  test('R7 an area takes it from the nearest one above that has one, and the effect is told before', async () => {
    const see = async (area: string): Promise<Answer['body']> => (await epidemiologist('GET', `/api/warnings/sensitivity?on=2021-10-14&area=${area}`)).body
    const before = await see(COMMUNE)
    expect(before).toMatchObject({ own: null, inForce: 'standard', from: null, weeks: 12, areas: 1 })
    expect(before.effects).toEqual([{ sensitivity: 'low', episodes: 1, areas: 1 }, { sensitivity: 'standard', episodes: 1, areas: 1 }, { sensitivity: 'high', episodes: 1, areas: 1 }])
    const set = (as: TestApp['ask'], area: string, sensitivity: string | null): Promise<Answer> => as('POST', '/api/warnings/sensitivity', { area, on: '2021-10-12', sensitivity })
    expect((await set(officer, COMMUNE, 'low')).status).toBe(403)
    expect((await set(epidemiologist, 'khong-co', 'low')).body.code).toBe('unknown_area')
    expect((await set(epidemiologist, '899', 'high')).body).toEqual({ area: '899', sensitivity: 'high' })
    expect(await see(COMMUNE)).toMatchObject({ own: null, inForce: 'high', from: { code: '899', name: 'Thành phố Rạch Giá' } })
    await set(epidemiologist, COMMUNE, 'low')
    expect(await see(COMMUNE)).toMatchObject({ own: 'low', inForce: 'low' })
    await set(epidemiologist, COMMUNE, null)
    expect(await see(COMMUNE)).toMatchObject({ own: null, inForce: 'high' })
    expect((await neighbour('GET', `/api/warnings/sensitivity?on=2021-10-12&area=${COMMUNE}`)).status).toBe(403)
    expect((await see('khong-co')).code).toBe('unknown_area')
  })
})

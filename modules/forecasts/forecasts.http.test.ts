import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { accounts } from '#accounts'
import { addDays, day, eachDay, type PlainDate } from '#base'
import { cases } from '#cases'
import { figures } from '#figures'
import { jobs } from '#jobs'
import { now } from '#platform/clock'
import { warnings } from '#warnings'
import { openTestApp, openTestDb, stoppedClock, type Answer, type TestApp } from '#tests/kit'
import { forecasts, runAndShow } from './index.ts'

// The days of the province pass in a product that has no nights; then the one that forecasts is opened. Accounts are made at the machine's day, in the evening: no night begins by itself.
const clock = stoppedClock(now())
const database = await openTestDb()
const reporting = await openTestApp(database, [accounts, cases, figures], clock)
const FIRST = day('2021-07-01')
const ON = day('2021-10-12')
/** What a day has when all is reported: rising by 1 % a day, less on Sundays. */
const finalOf = (on: PlainDate): number => Math.round(60 * 1.01 ** eachDay(FIRST, on).length * (eachDay(day('2021-07-04'), on).length % 7 === 1 ? 0.8 : 1))
/** Seven tenths are known in the evening, the rest an evening later. */
const evening = (on: PlainDate): number => Math.round(0.7 * finalOf(on))

/** One reported case in five lies in hospital, for eight days. */
const inHospital = (on: PlainDate): number => Math.round(0.2 * eachDay(addDays(on, -50), on).reduce((sum, before, back, all) => sum + finalOf(before) * Math.exp((back + 1 - all.length) / 8), 0))

const report = async (on: PlainDate, value: number, more: Readonly<Record<string, number>> = {}): Promise<void> => {
  const told = Object.entries({ cases_new: value, ...more }).map(([metric, count]) => ({ metric, value: count }))
  const sent = await reporting.ask('POST', '/api/figures', { area: '91', day: on, figures: told }, { authorization: `Bearer ${reporting.app.shellToken}` })
  expect([on, sent.status, sent.body.figures?.[0]?.status]).toEqual([on, 200, 'accepted'])
}
const pass = async (from: PlainDate, to: PlainDate): Promise<void> => {
  for (const on of eachDay(from, to)) {
    clock.set(`${on}T13:00:00Z`)
    if (on > FIRST) await report(addDays(on, -1), finalOf(addDays(on, -1)))
    await report(on, evening(on), { patients_hospital: inHospital(on), ...(on > addDays(ON, -3) ? { patients_icu: 9 } : {}), ...(on === ON ? { beds_free: 60 } : {}) })
  }
}
await pass(FIRST, ON)
clock.set(`${now().slice(0, 10)}T16:00:00Z`)
const { app, ask, signedIn } = await openTestApp(database, [accounts, cases, figures, jobs, warnings, forecasts], clock)
const [epidemiologist, officer, viewer] = [await signedIn('epidemiologist', '91'), await signedIn('officer', '30742'), await signedIn('viewer', '91')]
clock.set(`${ON}T20:00:00Z`)
const shell: TestApp['ask'] = (method, url, body) => ask(method, url, body, { authorization: `Bearer ${app.shellToken}` })

const ended = async (id: string): Promise<Answer['body']> => {
  for (;;) {
    const { body } = await shell('GET', `/api/jobs/${id}`)
    if (body.state !== 'queued' && body.state !== 'running') return body
    await wait(50)
  }
}
const run = async (body: object): Promise<Answer['body']> => {
  const asked = await shell('POST', '/api/forecasts/run', body)
  expect([asked.status, asked.body]).toEqual([200, { job: expect.any(String) }])
  return ended(asked.body.job)
}
const see = async (query: string, as = shell): Promise<Answer['body']> => (await as('GET', `/api/forecasts?${query}`)).body

test('R3 before anything was forecast, and where there is too little, the state says so', async () => {
  expect(await see('area=91&on=2021-10-12')).toMatchObject({ state: 'not_made', forecast: null, past: [], trust: { level: 'unknown', forecasts: 0 } })
  expect(await see('area=91&on=2021-07-01')).toMatchObject({ state: 'too_few' })
  expect(await see('area=899&on=2021-10-12')).toMatchObject({ state: 'no_data' })
  expect(await see('area=khong-co&on=2021-10-12')).toMatchObject({ code: 'unknown_area' })
  expect((await shell('GET', '/api/forecasts/export?area=91&on=2021-10-12')).body).toMatchObject({ status: 404, code: 'no_forecast' })
})

test('R6 asked for by who may, of a day that is over', async () => {
  const start = (as: TestApp['ask'], body: object): Promise<Answer> => as('POST', '/api/forecasts/run', body)
  expect((await start(viewer, {})).status).toBe(403)
  expect((await start(officer, {})).status).toBe(403)
  expect((await start(epidemiologist, { on: '2021-10-13' })).body).toMatchObject({ code: 'day_not_over' })
  expect((await start(epidemiologist, { on: '2021-10-12', area: 'khong-co' })).body).toMatchObject({ code: 'unknown_area' })
})

describe('a run', () => {
  test('R1 R5 the forecast of the province, its late reports estimated from how they came in, once for the same inputs', async () => {
    expect(await run({ on: ON, area: '91' })).toMatchObject({ state: 'done', fault: null, result: { on: ON, areas: 1, recorded: 13 } })
    const shown = await see('area=91&on=2021-10-12')
    expect(shown).toMatchObject({ state: 'made', forecast: { retrospective: false, knownAt: `${ON}T20:00:00.000Z`, codeVersion: expect.stringMatching(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/) } })
    const newest = shown.forecast.nowcast.at(-1)
    expect(newest).toMatchObject({ day: ON, reported: evening(ON) })
    expect(Math.abs(newest.median / finalOf(ON) - 1)).toBeLessThan(0.1)
    expect([newest.lower < finalOf(ON), newest.upper > finalOf(ON)]).toEqual([true, true])
    const lastWeek = eachDay(addDays(ON, -6), ON).reduce((sum, on) => sum + finalOf(on), 0)
    const [next] = shown.forecast.weeks
    expect(next).toMatchObject({ from: '2021-10-13', to: '2021-10-19', observed: null })
    expect([next.shown.lower95 < lastWeek * 1.07, next.shown.upper95 > lastWeek * 1.07]).toEqual([true, true])
    expect(shown.forecast.reproduction.at(-1).median).toBeCloseTo(1.05, 1)
    expect(await run({ on: ON, area: '91' })).toMatchObject({ result: { recorded: 0 } })
    expect(await see('area=91&on=2021-10-12')).toEqual(shown)
  })

  test('R8 beds follow from reported cases and the area’s own patients; which figure is missing is said', async () => {
    const { forecast } = await see('area=91&on=2021-10-12')
    const [hospital, oxygen, intensive] = forecast.demand
    expect(hospital).toMatchObject({ tier: 'hospital', knownDays: 28, patients: inHospital(ON), free: 60, made: { exceeded: expect.any(Number) } })
    expect(Math.abs(hospital.made.share - 0.2)).toBeLessThan(0.03)
    expect(hospital.made.days).toHaveLength(28)
    expect(hospital.made.days[0]).toMatchObject({ day: '2021-10-13' })
    for (const { lower95, lower50, median, upper50, upper95 } of hospital.made.days) expect([lower95, lower50, median, upper50, upper95]).toEqual([lower95, lower50, median, upper50, upper95].toSorted((a, b) => a - b))
    // Cases rise by a tenth in four weeks and more; the beds of now and sixty more hold that in some draws only.
    expect([hospital.made.days[6].lower95 < inHospital(addDays(ON, 7)), hospital.made.days[6].upper95 > inHospital(addDays(ON, 7))]).toEqual([true, true])
    expect([hospital.made.exceeded > 0.02, hospital.made.exceeded < 0.98]).toEqual([true, true])
    expect(oxygen).toEqual({ tier: 'oxygen', knownDays: 0, patients: null, free: null, made: null })
    expect(intensive).toMatchObject({ tier: 'intensive', knownDays: 3, patients: 9, free: null, made: null })
  })

  test('R4 it is judged by twelve weeks before, made from days up to theirs', async () => {
    const shown = await see('area=91&on=2021-10-12')
    expect(shown.past).toHaveLength(48)
    expect(shown.past[0]).toMatchObject({ on: '2021-07-20', horizon: 1, to: '2021-07-27', retrospective: true })
    expect(shown.past[0].observed).toBe(eachDay(day('2021-07-21'), day('2021-07-27')).reduce((sum, on) => sum + finalOf(on), 0))
    expect(shown.scores.map(({ forecasts: count }: { forecasts: number }) => count)).toEqual([12, 11, 10, 9])
    expect(shown.trust).toMatchObject({ forecasts: 42, better: expect.any(Number) })
    expect(shown.trust.inside95).toBeGreaterThan(30)
  })

  test('R2 what came later does not change it, and is held against it', async () => {
    const before = await see('area=91&on=2021-10-12')
    await pass(addDays(ON, 1), addDays(ON, 8))
    expect(await run({ on: ON, area: '91' })).toMatchObject({ state: 'done' })
    const once = await see('area=91&on=2021-10-12')
    await pass(addDays(ON, 9), addDays(ON, 15))
    expect(await run({ on: ON, area: '91' })).toMatchObject({ result: { recorded: 0 } })
    const later = await see('area=91&on=2021-10-12')
    expect(later.forecast.weeks.map(({ quantiles }: { quantiles: number[] }) => quantiles)).toEqual(once.forecast.weeks.map(({ quantiles }: { quantiles: number[] }) => quantiles))
    expect(later.past.map(({ shown }: { shown: object }) => shown)).toEqual(before.past.map(({ shown }: { shown: object }) => shown))
    expect(later.forecast.weeks[0].observed).toBe(eachDay(addDays(ON, 1), addDays(ON, 7)).reduce((sum, on) => sum + finalOf(on), 0))
    expect(later.forecast.weeks[2].observed).toBeNull()
  })
})

test('R7 a reader sees the own area only', async () => {
  expect((await officer('GET', '/api/forecasts?area=91&on=2021-10-12')).status).toBe(403)
  expect((await officer('GET', '/api/forecasts/areas?area=91&on=2021-10-12')).status).toBe(403)
  expect((await officer('GET', '/api/forecasts/export?area=91&on=2021-10-12')).status).toBe(403)
  expect((await ask('GET', '/api/forecasts')).status).toBe(401)
  expect(await see('area=30742&on=2021-10-12', officer)).toMatchObject({ state: 'no_data', area: { name: 'Phường Vĩnh Bảo' } })
  expect((await viewer('GET', '/api/forecasts/areas?area=91&on=2021-10-12')).body).toEqual({ on: ON, areas: [] })
  expect((await viewer('GET', '/api/forecasts/areas?area=khong-co&on=2021-10-12')).body.code).toBe('unknown_area')
})

test('the quantiles as a sheet, in the layout of the hubs', async () => {
  const csv = await viewer('GET', '/api/forecasts/export?area=91&on=2021-10-12')
  const lines = csv.text.trim().split('\r\n')
  expect(lines[0]).toContain('Mã địa bàn,Địa bàn,Ngày dự báo,Trước (tuần),Tuần đến hết ngày,Mô hình,Phân vị,Số ca')
  expect(lines).toHaveLength(1 + 2 * 4 * 23)
  expect(lines[1]).toMatch(/^91,Tỉnh Kiên Giang,2021-10-12,1,2021-10-19,dự báo,0\.01,\d/)
  expect((await viewer('GET', '/api/forecasts/export?area=khong-co&on=2021-10-12')).body.code).toBe('unknown_area')
})

test('the shell runs and shows in one go; a run that was stopped says so', async () => {
  const cancelled = addDays(ON, -1)
  const client = {
    json: async <T>(method: string, path: string, body?: unknown) => {
      const answer = await shell(method, path, body)
      if ((body as { on?: string } | undefined)?.on === cancelled) expect((await shell('POST', `/api/jobs/${answer.body.job}/cancel`, {})).status).toBe(200)
      return answer.status === 200 ? { ok: true as const, value: answer.body as T } : { ok: false as const, problem: answer.body }
    },
  }
  expect(await runAndShow(client, { area: '91', on: ON })).toMatchObject({ ok: true, value: { state: 'made', area: { code: '91' }, on: ON } })
  expect(await runAndShow(client, { area: 'khong-co', on: ON })).toMatchObject({ ok: false, problem: { code: 'unknown_area' } })
  expect(await runAndShow(client, { area: '91', on: cancelled })).toMatchObject({ ok: false, problem: { code: 'run_cancelled' } })
})

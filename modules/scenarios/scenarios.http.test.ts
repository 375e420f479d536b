import { expect, test } from 'vitest'
import { accounts } from '#accounts'
import { addDays, day, eachDay } from '#base'
import { cases } from '#cases'
import { figures } from '#figures'
import { forecasts } from '#forecasts'
import { newId, now } from '#platform/clock'
import { openTestApp, openTestDb, stoppedClock, type Answer } from '#tests/kit'
import { outcomeOf } from './run-scenarios.ts'
import { scenarios } from './index.ts'

const clock = stoppedClock(now())
const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts, cases, figures, forecasts, scenarios], clock)
const [epidemiologist, commander, officer, viewer] = [await signedIn('epidemiologist', '91'), await signedIn('commander', '91'), await signedIn('officer', '30742'), await signedIn('viewer', '91')]
const local = await signedIn('epidemiologist', '899')
const ON = day('2021-10-12')
clock.set(`${addDays(ON, 4)}T03:00:00Z`)
for (const on of eachDay(addDays(ON, -9), addDays(ON, 3))) {
  const sent = await ask('POST', '/api/figures', {
    area: '91', day: on, figures: [
      { metric: 'cases_new', value: on <= ON ? 70 : 90 }, ...(on === ON ? [{ metric: 'beds_free', value: 800 }, { metric: 'icu_free', value: 25 }, { metric: 'dose1_18plus', value: 900_000 }, { metric: 'full_total', value: 400_000 }] : []),
    ],
  }, { authorization: `Bearer ${app.shellToken}` })
  expect([on, sent.status]).toEqual([on, 200])
}

const ground = { area: '91', on: ON as string, profile: 'covidDelta', population: 1_720_000, casesPerDay: 70, reportedShare: 0.4, immuneShare: 0.05, onceShare: 0.29, twiceShare: 0.23 }
const variant = {
  name: '', fromDay: 0, contacts: { home: 1, school: 0, work: 0.6, other: 0.5 }, dosesPerDay: 5000, tracingShare: 0.2, tracingDelayDays: 2, importedPerDay: 2, beds: { ward: 800, oxygen: null, intensive: 25 },
}
const stricter = { ...variant, name: 'Giãn cách', fromDay: 10, contacts: { home: 1, school: 0, work: 0.3, other: 0.2 } }
const staff = { ward: 8, oxygen: null, intensive: 1.5 }
const run = (as: typeof ask, body: object): Promise<Answer> => as('POST', '/api/scenarios/run', { ground, before: variant.contacts, variant, runs: 60, ...body })

test('R1 what the product knows of an area fills the start: people, cases a day, doses, beds, what was counted', async () => {
  const { body } = await viewer('GET', '/api/scenarios/start?area=91&on=2021-10-12')
  expect(body).toMatchObject({ area: { code: '91', name: 'Tỉnh Kiên Giang' }, on: ON, casesPerDay: 70, beds: { ward: 800, intensive: 25 }, population: { value: expect.any(Number), source: expect.any(String) } })
  expect(body.doses.twiceShare).toBeCloseTo(400_000 / body.population.value, 9)
  expect(body.doses.onceShare).toBeCloseTo(500_000 / body.population.value, 9)
  expect(body.counted.counts.slice(-4)).toEqual([70, 90, 90, 90])
  expect((await viewer('GET', '/api/scenarios/start?area=91&on=2020-01-01')).body).toMatchObject({ casesPerDay: null, doses: null, beds: { ward: null, intensive: null } })
  expect((await viewer('GET', '/api/scenarios/start?area=khong-co')).body).toMatchObject({ status: 404, code: 'unknown_area' })
  expect((await officer('GET', '/api/scenarios/start?area=91')).status).toBe(403)
})

test('R2 the same inputs give the same outcome, whoever asks; fewer contacts, fewer infections, fewer beds, later or never out of them', async () => {
  const first = await run(epidemiologist, {})
  expect(first.status).toBe(200)
  expect(first.body.stamp).toMatchObject({ codeVersion: expect.stringMatching(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/), inputsSha256: expect.stringMatching(/^[0-9a-f]{64}$/), seed: expect.any(Number) })
  expect((await run(commander, {})).body).toEqual(first.body)
  const { outcome } = first.body
  expect(outcome.runs).toBe(60)
  for (const band of Object.values(outcome.bands) as Record<string, number[]>[]) {
    expect(band.median).toHaveLength(180)
    expect(band.median?.every((value, n) => (band.lower95?.[n] as number) <= value && value <= (band.upper95?.[n] as number))).toBe(true)
  }
  // It starts where the province stands: about as many reports a day as were counted.
  expect(Math.abs(outcome.bands.reported.median[0] / 70 - 1)).toBeLessThan(0.25)
  expect(outcome.crossings.oxygen).toBeNull()
  const less = (await run(epidemiologist, { variant: stricter })).body.outcome
  expect(less.totals.infections.median).toBeLessThan(outcome.totals.infections.median)
  expect(less.peaks.intensive.median).toBeLessThanOrEqual(outcome.peaks.intensive.median)
  expect(less.crossings.intensive.probability).toBeLessThanOrEqual(outcome.crossings.intensive.probability)
})

test('R4 runs are for who may run forecasts, in the own area; nonsense is refused; a caller who goes away is not computed for', async () => {
  expect((await run(viewer, {})).status).toBe(403)
  expect((await run(officer, {})).status).toBe(403)
  expect((await run(local, {})).status).toBe(403)
  expect((await run(epidemiologist, { ground: { ...ground, area: 'khong-co' } })).body).toMatchObject({ code: 'unknown_area' })
  expect((await run(epidemiologist, { ground: { ...ground, onceShare: 0.9 } })).body).toMatchObject({ status: 422, code: 'invalid_input' })
  expect(await outcomeOf({ ground: { ...ground, profile: 'measles' }, before: variant.contacts, variant, runs: 60 }, AbortSignal.abort())).toMatchObject({ ok: false, problem: { code: 'run_given_up' } })
})

test('R3 R5 saved under a name, found again, opened with what was counted since, told as a sheet', async () => {
  const id = newId(clock)
  const body = { name: 'Họp 12/10: giãn cách', ground, variants: [variant, stricter], staff }
  const saved = await epidemiologist('POST', '/api/scenarios', body, { 'idempotency-key': id })
  expect([saved.status, saved.body]).toEqual([200, { id }])
  expect((await epidemiologist('POST', '/api/scenarios', body, { 'idempotency-key': id })).body).toEqual({ id })
  expect((await viewer('POST', '/api/scenarios', body)).status).toBe(403)
  expect((await epidemiologist('POST', '/api/scenarios', { ...body, ground: { ...ground, area: 'khong-co' } })).body).toMatchObject({ code: 'unknown_area' })
  clock.set(`${addDays(ON, 4)}T03:01:00Z`)
  await commander('POST', '/api/scenarios', { ...body, name: 'Mở cửa trường học', variants: [variant] })
  expect((await viewer('GET', '/api/scenarios')).body.scenarios.map(({ name, variants, mayChange }: { name: string; variants: number; mayChange: boolean }) => [name, variants, mayChange])).toEqual([
    ['Mở cửa trường học', 1, false], ['Họp 12/10: giãn cách', 2, false],
  ])
  expect((await viewer('GET', '/api/scenarios?q=gian%20CACH')).body.scenarios).toMatchObject([{ id, area: { code: '91' }, on: ON, profile: 'covidDelta' }])
  const shown = (await viewer('GET', `/api/scenarios/${id}`)).body
  expect(shown).toMatchObject({ ground, variants: [variant, stricter], staff, outcomes: [{ runs: 1000 }, { runs: 1000 }], scenario: { name: body.name, mayChange: false } })
  expect(shown.counted.counts.slice(-3)).toEqual([90, 90, 90])
  const sheet = (await viewer('GET', `/api/scenarios/${id}/export`)).text.split('\r\n')
  expect(sheet[0]).toMatch(/^\ufeff?Phương án,Ngày,Số nhiễm mỗi ngày trung vị/)
  expect(sheet).toHaveLength(1 + 2 * 180 + 1)
  expect(sheet[1]).toMatch(/^Cơ sở,2021-10-13,\d+,.*,90$/)
  expect(sheet[181]).toMatch(/^Giãn cách,2021-10-13,/)
})

test('R4 R7 renamed, withdrawn and brought back by its owner or an epidemiologist of its area; seen where its area is seen', async () => {
  const [newest] = (await epidemiologist('GET', '/api/scenarios?q=mo%20cua')).body.scenarios
  const path = `/api/scenarios/${newest.id}`
  expect((await epidemiologist('POST', `${path}/rename`, { name: 'Mở cửa trường học từ 01/11' })).status).toBe(200)
  expect((await officer('GET', path)).body).toMatchObject({ status: 404, code: 'unknown_scenario' })
  expect((await officer('GET', `${path}/export`)).body).toMatchObject({ code: 'unknown_scenario' })
  expect((await officer('GET', '/api/scenarios')).body.scenarios).toEqual([])
  expect((await local('POST', `${path}/withdraw`, {})).body).toMatchObject({ code: 'unknown_scenario' })
  expect((await viewer('POST', `${path}/withdraw`, {})).status).toBe(403)
  const [other] = (await epidemiologist('GET', '/api/scenarios?q=hop')).body.scenarios
  for (const step of ['withdraw', 'rename']) expect((await commander('POST', `/api/scenarios/${other.id}/${step}`, step === 'rename' ? { name: 'x' } : {})).status).toBe(403)
  expect((await commander('POST', `${path}/restore`, {})).body).toMatchObject({ code: 'unknown_scenario' })
  expect((await commander('POST', `${path}/withdraw`, {})).status).toBe(200)
  expect((await viewer('GET', path)).body).toMatchObject({ code: 'unknown_scenario' })
  expect((await commander('POST', `${path}/rename`, { name: 'x' })).body).toMatchObject({ code: 'unknown_scenario' })
  expect((await commander('POST', `${path}/restore`, {})).status).toBe(200)
  expect((await viewer('GET', path)).body).toMatchObject({ scenario: { name: 'Mở cửa trường học từ 01/11' } })
  for (const endpoint of [path, `${path}/export`, '/api/scenarios', '/api/scenarios/start']) expect([endpoint, (await ask('GET', endpoint)).status]).toEqual([endpoint, 401])
})

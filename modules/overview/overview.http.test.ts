import { beforeAll, describe, expect, test } from 'vitest'
import { accounts } from '#accounts'
import { cases } from '#cases'
import { figures } from '#figures'
import { imports } from '#imports'
import { levels } from '#levels'
import { people } from '#people'
import { rulebooks } from '#rulebooks'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'
import { overview } from './index.ts'

const database = await openTestDb()
const clock = stoppedClock(new Date().toISOString())
const { ask, signedIn } = await openTestApp(database, [accounts, people, figures, cases, imports([]), rulebooks, levels, overview], clock)
// Accounts are opened in the time of the machine; then it is twenty past eight in the evening of 20/10/2021 in the province.
const epidemiologist = await signedIn('epidemiologist', '91')
const ward = await signedIn('viewer', '30730')
clock.set('2021-10-20T13:20:00Z')
const ON = '2021-10-20'
const DISTRICT = '899'
const [WARD, OTHER] = ['30730', '30733']
const get = async (path: string, who = epidemiologist) => {
  const { status, body } = await who('GET', path)
  return { status, body }
}
const overviewOf = async (area: string, on = ON) => (await get(`/api/overview?on=${on}&area=${area}`)).body
const report = async (area: string, day: string, values: Record<string, unknown>) => {
  const sent = await epidemiologist('POST', '/api/figures', { area, day, figures: Object.entries(values).map(([metric, value]) => ({ metric, value })) })
  expect([sent.status, sent.body]).toEqual([200, expect.anything()])
}
const dayBefore = (days: number): string => new Date(Date.parse(`${ON}T00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

test('R1 a fresh installation says that nothing is known, not that there is nothing', async () => {
  const body = await overviewOf('91')
  expect(body).toMatchObject({ newestDay: null, until: null, on: ON, own: { area: '91', level: null, state: 'no_data' }, due: { hour: 18, passed: true } })
  expect(body.counts.cases_new.day).toMatchObject({ value: null, atLeast: null, missingDays: 1, sources: [] })
  expect(body.levels.today).toEqual({ known: [0, 0, 0, 0], open: 144 })
  expect(body.parts).toHaveLength(15)
  expect(body.communes).toHaveLength(144)
  expect(body.curve).toHaveLength(56)
  const duties = (await get(`/api/overview/duties?on=${ON}`)).body
  expect(duties).toEqual({ reports: { inUse: false, communes: 144, silent: [], partial: [] }, held: 0, near: [], differing: [], since: [], imports: { interrupted: 0, failed: 0 } })
})

describe('with the figures of two weeks', () => {
  beforeAll(async () => {
    // 14 days of 4 community cases a day among 20 000 people: 140 per 100 000 and week, class 3; one more case of the last day makes it no other.
    for (let back = 13; back >= 0; back--) {
      await report(WARD, dayBefore(back), { cases_new: 5, cases_community: 4, deaths: back === 0 ? 1 : 0 })
      if (back > 0) await report(OTHER, dayBefore(back), { cases_new: back > 6 ? 1 : 3, cases_community: 0, deaths: 0 })
    }
    await report(WARD, dayBefore(13), {
      population: 20_000, population_18plus: 14_000, dose1_18plus: 13_900, population_65plus: 1_500, full_65plus: 1_400, population_50plus: 4_000, full_50plus: 3_600, care_capacity: 'met',
    })
  })

  test('R2 counts of the day, of the day before, of the week and the one before, with rate, source and freshness', async () => {
    const { own, counts, until, newestDay, curve } = await overviewOf(WARD)
    expect(counts.cases_new).toMatchObject({ day: { value: 5 }, dayBefore: { value: 5 }, week: { value: 35, missingDays: 0, sources: ['figures'], freshness: '2021-10-20T13:20:00.000Z' }, weekBefore: { value: 35 } })
    expect(counts.deaths).toMatchObject({ day: { value: 1 }, dayBefore: { value: 0 }, week: { value: 1 } })
    expect(own).toMatchObject({ area: WARD, name: 'Phường Vĩnh Thanh Vân', rate: 175, rateBefore: 175, population: 20_000, smallPopulation: false, level: 2 })
    expect(own.trend).toEqual([...Array.from({ length: 14 }, () => null), ...Array.from({ length: 14 }, () => 5)])
    expect([until, newestDay]).toEqual(['2021-10-20T13:20:00.000Z', ON])
    expect(curve.slice(-2)).toEqual([{ day: dayBefore(1), value: 5, atLeast: null, incomplete: false }, { day: ON, value: 5, atLeast: null, incomplete: false }])
    expect(curve[0]).toEqual({ day: dayBefore(55), value: null, atLeast: null, incomplete: true })
  })

  test('R3 the level of every unit is the one the level desk tells, with the one of the day before', async () => {
    const { communes, parts, levels: counted } = await overviewOf(DISTRICT)
    const told = (await get(`/api/levels?on=${ON}&area=${DISTRICT}`)).body.slice(1)
    const before = (await get(`/api/levels?on=${dayBefore(1)}&area=${DISTRICT}`)).body.slice(1)
    const shown = (rows: { areaId: number; level: number | null; possible: number[]; state: string }[]) => rows.map(({ areaId, level, possible, state }) => ({ areaId, level, possible, state }))
    expect(shown(communes)).toEqual(shown(told))
    expect(communes.map((one: { before: number | null }) => one.before)).toEqual(before.map((one: { level: number | null }) => one.level))
    expect(shown(parts)).toEqual(shown(told))
    expect(counted.today.known.reduce((a: number, b: number) => a + b, counted.today.open)).toBe(told.length)
  })

  test('R4 the level stands since its first day without a break', async () => {
    // The first full week ends six days after the first report.
    const sinceIn = async (area: string) => (await get(`/api/overview/duties?on=${ON}&area=${area}`)).body.since
    expect(await sinceIn(WARD)).toEqual([{ areaId: expect.any(Number), day: dayBefore(7), earlier: false }])
    expect(await sinceIn(OTHER)).toEqual([])
  })

  test('R5 what is missing leaves what is known, and the day open', async () => {
    const { counts, curve } = await overviewOf(OTHER)
    expect(counts.cases_new).toMatchObject({ day: { value: null, atLeast: null, missingDays: 1 }, week: { value: null, atLeast: 18, missingDays: 1 }, weekBefore: { value: 7 } })
    expect(curve.at(-1)).toMatchObject({ value: null, incomplete: true })
    clock.set('2021-10-20T10:00:00Z')
    expect((await overviewOf(WARD)).curve.at(-1)).toMatchObject({ value: 5, incomplete: true })
    clock.set('2021-10-20T13:20:00Z')
  })

  test('R6 who has not reported, and only where somebody reports', async () => {
    const district = (await get(`/api/overview/duties?on=${ON}&area=${DISTRICT}`)).body
    expect(district.reports.inUse).toBe(true)
    expect(district.reports.silent).toContainEqual(expect.objectContaining({ area: OTHER, name: 'Phường Vĩnh Thanh' }))
    expect(district.reports.silent.length + 1).toBe(district.reports.communes)
    // Nobody of another district sends figures here, on this day or those looked back to.
    expect((await get(`/api/overview/duties?on=${ON}&area=911`)).body.reports).toMatchObject({ inUse: false, silent: [] })
  })

  test('R7 units near a threshold are told with how many cases it takes', async () => {
    const duties = (await get(`/api/overview/duties?on=${ON}&area=${WARD}`)).body
    // 28 community cases of 20 000 people; class 4 begins at 150 per 100 000, 30 cases.
    expect(duties.near).toEqual([expect.objectContaining({ area: WARD, level: 2, to: 3, input: 'community_cases_rate', counts: 2 })])
    const changes = (await get(`/api/levels/why?on=${ON}&area=${WARD}`)).body.changes
    expect(changes).toContainEqual(expect.objectContaining({ input: 'community_cases_rate', direction: 'up', counts: 2, level: 3 }))
  })

  test('R8 held figures wait, and a published level that is not the computed one is told', async () => {
    await report(OTHER, dayBefore(1), { cases_new: 9_000 })
    await epidemiologist('POST', '/api/levels/published', { document: 'QĐ 7/QĐ-UBND', effectiveFrom: dayBefore(3), levels: [{ area: WARD, level: 3 }] })
    const duties = (await get(`/api/overview/duties?on=${ON}&area=${DISTRICT}`)).body
    expect(duties.held).toBe(1)
    expect(duties.differing).toEqual([expect.objectContaining({ area: WARD, level: 2, published: { level: 3, effectiveFrom: dayBefore(3), document: 'QĐ 7/QĐ-UBND' } })])
    const { communes, own } = await overviewOf(DISTRICT)
    expect(communes.find((one: { area: string }) => one.area === OTHER)).toMatchObject({ held: true })
    expect(own.published).toBeNull()
    expect((await overviewOf(WARD)).own.published).toEqual({ level: 3, effectiveFrom: dayBefore(3), document: 'QĐ 7/QĐ-UBND' })
  })

  test('R9 what is committed is in the next answer', async () => {
    const before = (await overviewOf(WARD)).counts.cases_new.day.value
    await report(WARD, ON, { cases_new: before + 2 })
    expect((await overviewOf(WARD)).counts.cases_new.day.value).toBe(before + 2)
  })
})

test('R10 only who may see the whole of an area is told of it, by default the widest one: 403, and 401 without an account', async () => {
  expect((await get(`/api/overview?on=${ON}&area=${WARD}`, ward)).status).toBe(200)
  expect((await get(`/api/overview?on=${ON}`, ward)).body.own.area).toBe(WARD)
  expect((await get(`/api/overview?on=${ON}`)).body.own.area).toBe('91')
  expect((await get(`/api/overview/duties?on=${ON}&area=${WARD}`, ward)).body.imports).toBeNull()
  for (const path of ['/api/overview', '/api/overview/duties']) {
    expect((await get(`${path}?on=${ON}&area=${DISTRICT}`, ward)).status).toBe(403)
    expect((await ask('GET', `${path}?on=${ON}`)).status).toBe(401)
    expect((await get(`${path}?on=${ON}&area=khong`)).body.code).toBe('unknown_area')
    expect((await get(`${path}?on=20-10-2021`)).body.code).toBe('invalid_input')
  }
})

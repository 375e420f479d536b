import { beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '#base'
import { accounts } from '#accounts'
import { areas } from '#areas'
import { newId, now, today } from '#platform/clock'
import { openTestApp, openTestDb, stoppedClock, type TestApp } from '#tests/kit'
import { figures } from './index.ts'

// Sign-in keeps the machine's time, so this clock starts from it.
const clock = stoppedClock(now())
const tomorrow = addDays(today(clock), 1)
const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts, areas, figures], clock)
const idOf = (code: string): number => app.areas.tree().resolve(code, '2021-10-12' as never)?.id as number
const vinhBao = idOf('30742')
const day = '2021-10-12'

let officer: TestApp['ask']
let neighbour: TestApp['ask']
let epidemiologist: TestApp['ask']
let viewer: TestApp['ask']
beforeAll(async () => {
  officer = await signedIn('officer', '30742')
  neighbour = await signedIn('officer', '902')
  epidemiologist = await signedIn('epidemiologist', '91')
  viewer = await signedIn('viewer', '899')
})

const report = (more: object = {}) => ({ area: '30742', day, figures: [{ metric: 'cases_new', value: 3 }], ...more })
const codes = (body: { problems?: { code: string; field: string }[] }) => body.problems?.map(({ code, field }) => [field, code])

describe('POST /api/figures', () => {
  test('an officer reports for the own area, by code or by key', async () => {
    const answer = await officer('POST', '/api/figures', report())
    expect(answer.status).toBe(200)
    expect(answer.body.figures).toMatchObject([{ metric: 'cases_new', status: 'accepted', hold: null, outcome: 'new' }])
    const again = await officer('POST', '/api/figures', report({ area: undefined, areaId: vinhBao, figures: [{ metric: 'cases_new', value: 4 }] }))
    expect(again.body.figures).toMatchObject([{ outcome: 'corrected' }])
  })
  test('the same key and body is done once; another body is a conflict', async () => {
    const key = { 'idempotency-key': newId() }
    const body = report({ figures: [{ metric: 'deaths', value: 1 }] })
    const first = await officer('POST', '/api/figures', body, key)
    expect((await officer('POST', '/api/figures', body, key)).body).toEqual(first.body)
    expect((await officer('POST', '/api/figures', report({ figures: [{ metric: 'deaths', value: 2 }] }), key)).body.code).toBe('command_conflict')
  })
  test('R14 not for another area, and not as a viewer', async () => {
    expect((await neighbour('POST', '/api/figures', report())).status).toBe(403)
    expect((await viewer('POST', '/api/figures', report())).status).toBe(403)
    expect((await officer('POST', '/api/figures', report({ area: '899' }))).status).toBe(403)
  })
  test('R7 the area stood on the day, and the day has come', async () => {
    expect((await epidemiologist('POST', '/api/figures', report({ area: '99999' }))).body).toMatchObject({ status: 422, code: 'unknown_area', field: 'area' })
    expect((await epidemiologist('POST', '/api/figures', report({ area: undefined, areaId: app.areas.tree().resolve('30742', '2025-08-01' as never)?.id }))).body.code).toBe('area_not_of_day')
    expect((await officer('POST', '/api/figures', report({ day: tomorrow }))).body).toMatchObject({ code: 'future_day', field: 'day' })
    expect((await officer('POST', '/api/figures', report({ area: undefined }))).body.problems[0].code).toBe('one_area_needed')
  })
  test('every faulty value is named', async () => {
    const answer = await officer('POST', '/api/figures', report({ figures: [
      { metric: 'cases_new', value: 1.5 }, { metric: 'khong_co', value: 1 }, { metric: 'deaths', value: 'ba' }, { metric: 'response_capacity', value: 'rất cao' },
      { metric: 'tests', value: 5 }, { metric: 'tests', value: 5 },
    ] }))
    expect(answer.status).toBe(422)
    expect(codes(answer.body)).toEqual([
      ['figures/0/value', 'not_whole_number'], ['figures/1/value', 'unknown_metric'], ['figures/2/value', 'not_a_number'],
      ['figures/3/value', 'unknown_category'], ['figures/5/metric', 'metric_twice'],
    ])
    expect(answer.body.problems[1].title).toBe('Không có chỉ tiêu “khong_co”.')
  })
})

describe('the grid', () => {
  test('communes × metrics asked daily, with the day before, the deadline and who may write', async () => {
    await officer('POST', '/api/figures', report({ day: '2021-10-11', figures: [{ metric: 'cases_new', value: 7 }] }))
    const grid = await officer('GET', `/api/figures/grid?area=91&day=${day}`)
    expect(grid.body.rows.map((row: { code: string }) => row.code)).toEqual(['30742'])
    expect(grid.body.rows[0]).toMatchObject({ areaId: vinhBao, parentName: 'Thành phố Rạch Giá', writable: true, yesterday: { cases_new: 7 }, cells: { cases_new: { value: 4, status: 'accepted' } } })
    expect(grid.body.deadline).toEqual({ hour: 18, at: '2021-10-12T11:00:00.000Z', isDefault: true })
    expect(grid.body.metrics.map((metric: { code: string }) => metric.code)).toEqual(['cases_new', 'cases_community', 'deaths', 'patients_oxygen', 'tests', 'positives'])
    const province = await epidemiologist('GET', `/api/figures/grid?day=${day}&metrics=deaths,beds_free`)
    expect(province.body.rows).toHaveLength(144)
    expect(province.body.metrics).toHaveLength(2)
    expect((await viewer('GET', `/api/figures/grid?area=899&day=${day}`)).body.rows.every((row: { writable: boolean }) => !row.writable)).toBe(true)
  })
  test('many cells are reported at once; what waits for an epidemiologist is named', async () => {
    const cells = [
      { areaId: vinhBao, metric: 'tests', value: 12 }, { areaId: idOf('30730'), metric: 'tests', value: -1 }, { areaId: vinhBao, metric: 'cases_new', value: 4 },
    ]
    const answer = await epidemiologist('POST', '/api/figures/grid', { day, cells })
    expect(answer.body).toMatchObject({ new: 2, corrected: 0, unchanged: 1, held: [{ areaId: idOf('30730'), metric: 'tests', hold: { reason: 'negative', limit: 0 } }] })
  })
  test('R12 a cell that somebody else has changed is a conflict, and nothing of the sending is done', async () => {
    const seen = (await officer('GET', `/api/figures/grid?area=30742&day=${day}`)).body.rows[0].cells.cases_new.id
    await epidemiologist('POST', '/api/figures', report({ figures: [{ metric: 'cases_new', value: 6 }] }))
    const refused = await officer('POST', '/api/figures/grid', { day, cells: [
      { areaId: vinhBao, metric: 'positives', value: 1, seen: null }, { areaId: vinhBao, metric: 'cases_new', value: 5, seen },
    ] })
    expect(refused).toMatchObject({ status: 409, body: { code: 'figure_changed', field: 'cells/1/value', params: { value: 6 } } })
    const cells = (await officer('GET', `/api/figures/grid?area=30742&day=${day}`)).body.rows[0].cells
    expect([cells.cases_new.value, cells.positives]).toEqual([6, undefined])
  })
  test('faults stand at their cells; another’s commune refuses the whole', async () => {
    const cell = { areaId: vinhBao, metric: 'tests', value: 1 }
    const faulty = await officer('POST', '/api/figures/grid', { day, cells: [{ ...cell, value: 0.5 }, cell, cell, { ...cell, areaId: 999_999 }, { ...cell, metric: 'x1' }] })
    expect(codes(faulty.body)).toEqual([['cells/0/value', 'not_whole_number'], ['cells/1/value', 'cell_twice'], ['cells/2/value', 'cell_twice'], ['cells/3/value', 'unknown_area'], ['cells/4/value', 'unknown_metric']])
    expect((await officer('POST', '/api/figures/grid', { day, cells: [cell, { ...cell, areaId: idOf('30730') }] })).status).toBe(403)
    expect((await viewer('POST', '/api/figures/grid', { day, cells: [cell] })).status).toBe(403)
    expect((await officer('POST', '/api/figures/grid', { day: tomorrow, cells: [cell] })).body.code).toBe('future_day')
    const old = app.areas.tree().resolve('30742', '2025-08-01' as never)?.id
    expect((await epidemiologist('POST', '/api/figures/grid', { day, cells: [{ ...cell, areaId: old }] })).body.code).toBe('area_not_of_day')
  })
  test('is given out as CSV for Excel, held cells empty and named', async () => {
    const answer = await epidemiologist('GET', `/api/figures/grid.csv?area=899&day=${day}&metrics=cases_new,tests`)
    expect(answer.headers['content-type']).toMatch(/text\/csv/)
    const lines = answer.text.split('\r\n')
    expect(lines[0]).toBe('\ufeffMã,"Xã, phường, thị trấn","Huyện, thành phố",Ngày,Ca mắc mới,Mẫu xét nghiệm,Đang tạm giữ')
    expect(lines).toContain(`30742,Phường Vĩnh Bảo,Thành phố Rạch Giá,${day},6,12,`)
    expect(lines).toContain(`30730,Phường Vĩnh Thanh Vân,Thành phố Rạch Giá,${day},,,Mẫu xét nghiệm`)
    expect((await epidemiologist('GET', `/api/figures/grid.csv?area=khong&day=${day}`)).body.code).toBe('unknown_area')
    expect((await epidemiologist('GET', `/api/figures/grid.csv?day=${day}&metrics=khong_co`)).body.code).toBe('unknown_metric')
  })
  test('an unknown area or metric is named', async () => {
    expect((await officer('GET', `/api/figures/grid?area=khong&day=${day}`)).body).toMatchObject({ status: 404, code: 'unknown_area' })
    expect((await officer('GET', `/api/figures/grid?day=${day}&metrics=khong_co`)).body.code).toBe('unknown_metric')
    expect((await officer('GET', '/api/figures/grid?day=2021-13-01')).status).toBe(422)
  })
})

describe('holding, confirming, rejecting', () => {
  const hold = async (areaCode: string): Promise<string> =>
    (await epidemiologist('POST', '/api/figures', report({ area: areaCode, figures: [{ metric: 'positives', value: -2 }] }))).body.figures[0].id

  test('R6 an epidemiologist confirms or rejects, an officer may not', async () => {
    const [a, b] = [await hold('30733'), await hold('30736')]
    expect((await officer('POST', '/api/figures/confirm', { ids: [a], reason: 'x' })).status).toBe(403)
    expect((await officer('POST', '/api/figures/reject', { ids: [a], reason: 'x' })).status).toBe(403)
    const held = await epidemiologist('GET', '/api/figures/held?area=899&day=2021-10-12')
    expect(held.body.figures.map((figure: { id: string }) => figure.id)).toEqual(expect.arrayContaining([a, b]))
    expect((await officer('GET', '/api/figures/held')).body.figures).toEqual([])
    expect((await epidemiologist('POST', '/api/figures/confirm', { ids: [a], reason: 'đã đối chiếu' })).body).toEqual({ confirmed: 1 })
    expect((await epidemiologist('POST', '/api/figures/reject', { ids: [b], reason: 'gõ nhầm' })).body).toEqual({ rejected: 1 })
    const listed = await epidemiologist('GET', `/api/figures?area=30736&from=${day}&to=${day}&metric=positives`)
    expect(listed.body.figures).toMatchObject([{ status: 'rejected', decidedReason: 'gõ nhầm', value: -2, areaName: expect.any(String) }])
  })
  test('an image that was replaced, and one decided already, are refused', async () => {
    const id = await hold('30739')
    expect((await epidemiologist('POST', '/api/figures/reject', { ids: [newId()], reason: 'x' })).body).toMatchObject({ status: 404, code: 'unknown_figure' })
    expect((await epidemiologist('POST', '/api/figures/confirm', { ids: [newId()], reason: 'x' })).body.code).toBe('unknown_figure')
    await epidemiologist('POST', '/api/figures/reject', { ids: [id], reason: 'gõ nhầm' })
    expect((await epidemiologist('POST', '/api/figures/reject', { ids: [id], reason: 'gõ nhầm' })).body.code).toBe('unknown_figure')
    const rejected = (await epidemiologist('GET', `/api/figures?area=30739&to=${day}&metric=positives`)).body.figures[0].id
    expect((await epidemiologist('POST', '/api/figures/reject', { ids: [rejected], reason: 'x' })).body.code).toBe('already_decided')
    expect((await epidemiologist('POST', '/api/figures/confirm', { ids: [rejected], reason: 'đúng là vậy' })).body).toEqual({ confirmed: 1 })
    const accepted = (await epidemiologist('GET', `/api/figures?area=30739&to=${day}&metric=positives`)).body.figures[0].id
    expect((await epidemiologist('POST', '/api/figures/confirm', { ids: [accepted], reason: 'x' })).body.code).toBe('already_decided')
  })
  test('R4 every image of a figure is shown, and figures as known at an instant', async () => {
    const before = new Date(clock.milliseconds()).toISOString()
    clock.advance(60_000)
    await officer('POST', '/api/figures', report({ figures: [{ metric: 'patients_oxygen', value: 1 }] }))
    clock.advance(60_000)
    const between = new Date(clock.milliseconds()).toISOString()
    clock.advance(60_000)
    await officer('POST', '/api/figures', report({ figures: [{ metric: 'patients_oxygen', value: 2 }] }))
    const history = await officer('GET', `/api/figures/history?area=30742&day=${day}&metric=patients_oxygen`)
    expect(history.body.images.map((image: { value: number; supersededAt: string | null }) => [image.value, image.supersededAt === null])).toEqual([[2, true], [1, false]])
    const known = async (at: string) => (await officer('GET', `/api/figures?area=30742&to=${day}&metric=patients_oxygen&knownAt=${at}`)).body.figures.map((one: { value: number }) => one.value)
    expect([await known(before), await known(between)]).toEqual([[], [1]])
    expect((await officer('GET', `/api/figures/history?area=khong&day=${day}&metric=deaths`)).body.code).toBe('unknown_area')
  })
})

describe('GET /api/figures', () => {
  test('page by page, newest day first, each figure once', async () => {
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 50; page++) {
      const answer = await epidemiologist('GET', `/api/figures?area=899&to=${day}&limit=2${after}`)
      seen.push(...answer.body.figures.map((figure: { id: string }) => figure.id))
      if (answer.body.next === null) break
      after = `&after=${answer.body.next}`
    }
    const whole = (await epidemiologist('GET', `/api/figures?area=899&to=${day}&limit=1000`)).body.figures
    expect(seen).toEqual(whole.map((figure: { id: string }) => figure.id))
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(4)
    expect(whole.map((figure: { day: string }) => figure.day)).toEqual(whole.map((figure: { day: string }) => figure.day).toSorted().toReversed())
  })
  test('only of the reader’s area, and only for those signed in', async () => {
    expect((await neighbour('GET', `/api/figures?to=${day}`)).body.figures).toEqual([])
    expect((await ask('GET', '/api/figures')).status).toBe(401)
    expect((await officer('GET', `/api/figures?area=khong&to=${day}`)).body.code).toBe('unknown_area')
    expect((await officer('GET', '/api/figures/held?area=khong')).body.code).toBe('unknown_area')
  })
})

describe('who has not reported', () => {
  test('R11 those who sent nothing, those who sent a part; a rejected figure is asked for again', async () => {
    const answer = await epidemiologist('GET', `/api/figures/missing?area=899&day=${day}`)
    const of = (code: string) => answer.body.areas.find((area: { code: string }) => area.code === code)
    expect(answer.body.communes).toBe(12)
    expect(of('30742')).toMatchObject({ silent: false, missing: ['cases_community', 'positives'] })
    expect(of('30736')).toMatchObject({ silent: true, missing: answer.body.asked })
    expect(of('30733')).toMatchObject({ silent: false })
    expect((await epidemiologist('GET', `/api/figures/missing?area=khong&day=${day}`)).body.code).toBe('unknown_area')
  })
  test('a reminder is recorded and shown', async () => {
    expect((await epidemiologist('POST', '/api/figures/remind', { areaIds: [idOf('30736')], day })).body).toEqual({ reminded: 1 })
    const missing = await epidemiologist('GET', `/api/figures/missing?area=30736&day=${day}`)
    expect(missing.body.areas[0].remindedAt).toBe(new Date(clock.milliseconds()).toISOString())
    expect((await epidemiologist('POST', '/api/figures/remind', { areaIds: [999_999], day })).body.code).toBe('unknown_area')
    expect((await epidemiologist('POST', '/api/figures/remind', { areaIds: [vinhBao], day: tomorrow })).body.code).toBe('future_day')
    expect((await neighbour('POST', '/api/figures/remind', { areaIds: [vinhBao], day })).status).toBe(403)
    expect((await viewer('POST', '/api/figures/remind', { areaIds: [vinhBao], day })).status).toBe(403)
  })
  test('the deadline of the nearest area above holds', async () => {
    expect((await epidemiologist('POST', '/api/figures/deadline', { areaId: idOf('91'), hour: 16 })).status).toBe(200)
    expect((await officer('GET', `/api/figures/grid?area=30742&day=${day}`)).body.deadline).toEqual({ hour: 16, at: '2021-10-12T09:00:00.000Z', isDefault: false })
    expect((await officer('POST', '/api/figures/deadline', { areaId: vinhBao, hour: 20 })).status).toBe(403)
    expect((await epidemiologist('POST', '/api/figures/deadline', { areaId: 999_999, hour: 20 })).body.code).toBe('unknown_area')
    expect((await epidemiologist('POST', '/api/figures/deadline', { areaId: vinhBao, hour: 24 })).status).toBe(422)
  })
})

describe('metrics', () => {
  const wanted = { code: 'oxygen_litres', nameVi: 'Ô xy còn lại (lít)', nameEn: 'Oxygen left (litres)', unit: 'item', kind: 'stock', minimum: 0 }

  test('R13 the office defines a metric and reports it, without a program', async () => {
    const defined = await epidemiologist('POST', '/api/metrics', wanted)
    expect(defined.body).toMatchObject({ code: 'oxygen_litres', askedDaily: false, categories: [] })
    const listed = await officer('GET', '/api/metrics')
    expect(listed.body.metrics.map((metric: { code: string }) => metric.code)).toEqual(expect.arrayContaining(['cases_new', 'oxygen_litres']))
    expect((await officer('POST', '/api/figures', report({ figures: [{ metric: 'oxygen_litres', value: 900 }] }))).body.figures[0].status).toBe('accepted')
    expect((await officer('POST', '/api/figures', report({ figures: [{ metric: 'oxygen_litres', value: -1 }] }))).body.code).toBe('value_out_of_range')
  })
  test('R13 one that exists or is not sound is refused', async () => {
    const refused = async (more: object) => (await epidemiologist('POST', '/api/metrics', { ...wanted, code: 'thu_nghiem', nameVi: 'Thử', nameEn: 'Trial', ...more })).body.code
    expect(await refused({ code: 'deaths' })).toBe('metric_exists')
    expect(await refused({ nameEn: 'Deaths' })).toBe('metric_name_taken')
    expect(await refused({ kind: 'category', unit: 'category' })).toBe('categories_needed')
    expect(await refused({ categories: ['low', 'high'] })).toBe('categories_not_wanted')
    expect(await refused({ minimum: 9, maximum: 1 })).toBe('bounds_crossed')
    expect((await officer('POST', '/api/metrics', wanted)).status).toBe(403)
  })
})

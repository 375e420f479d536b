import fc from 'fast-check'
import { z } from 'zod'
import { describe, expect, test } from 'vitest'
import { addDays, day, ok, type Id, type Instant, type PlainDate, type Result } from '#base'
import { areas } from '#areas'
import { permits, scopeOf } from '#platform/access'
import type { Area } from '#platform/areas'
import { newId, now, today } from '#platform/clock'
import { command, perform } from '#platform/commands'
import type { NumberedRow, ReadContext } from '#platform/import'
import { EVERYWHERE, sql } from '#platform/db'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'
import { figureRead, figureReport } from './contract.ts'
import { confirmCommand, rejectCommand } from './decide-figures.ts'
import { figuresImporter, figures, figuresFor, latestFigures, type FigureFact } from './index.ts'
import { imagesOf, listFigures } from './figure-store.ts'
import { loadMetricNames } from './metric-store.ts'
import type { Metric, MetricNames } from './metric.ts'
import type { FigureRow } from './read-figure-row.ts'
import { reportCommand } from './report-figures.ts'

const clock = stoppedClock('2021-11-01T02:00:00Z')
const database = await openTestDb()
const { app, actor } = await openTestApp(database, [areas, figures], clock)
const epidemiologist = actor('epidemiologist', '91')
const metrics = await database.read(EVERYWHERE, loadMetricNames)
const tree = app.areas.tree()
const on = day('2021-10-12')
const commune = (code: string): Area => tree.resolve(code, on) as Area
const vinhBao = commune('30742')
const vinhThanhVan = commune('30730')

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
const report = async (area: Area, date: PlainDate, values: Record<string, number | string>, disease = 'covid-19') =>
  must(await perform(app, reportCommand, { actor: epidemiologist, body: {
    areaId: area.id, day: date, disease, figures: Object.entries(values).map(([metric, value]) => ({ metric, value })),
  } })).figures
const facts = (metric: string, from: PlainDate, to: PlainDate, more: { knownAt?: Instant; disease?: string } = {}): Promise<FigureFact[]> =>
  database.read(EVERYWHERE, (tx) => figuresFor(tx, { disease: 'covid-19', metrics: [metric], from, to, ...more }))

const reading = (sender = 'Trung tâm Kiểm soát bệnh tật', options: Record<string, string> = {}): ReadContext<MetricNames> => ({
  areas: tree, today: today(clock), at: now(clock), sender, fileName: 'so-lieu.csv', options, known: metrics,
  permits: (lo, hi = lo) => permits(epidemiologist, figureReport, lo, hi),
})
const importCommand = (importId: Id, rows: readonly NumberedRow<FigureRow>[], disease = 'covid-19') => command({
  name: 'test.import', permission: figureReport, body: z.object({}),
  perform: (context) => figuresImporter.write(context, rows, reading(undefined, { disease }), importId),
})
const importRows = async (importId: Id, rows: readonly FigureRow['figures'][number][], disease?: string) =>
  must(await perform(app, importCommand(importId, rows.map((figure, index) => ({ row: index + 2, value: { figures: [figure] } })), disease), { actor: epidemiologist, body: {} }))
const undoCommand = (importId: Id) => command({
  name: 'test.undo', permission: figureReport, body: z.object({}), perform: (context) => figuresImporter.undo(context, importId),
})
const undo = (importId: Id) => perform(app, undoCommand(importId), { actor: epidemiologist, body: {} })
const inFile = (area: Area, date: PlainDate, value: number, metric = 'cases_new'): FigureRow['figures'][number] => ({
  field: 'value', area, day: date, metric: metrics.byCode(metric) as Metric, value, source: undefined,
})

describe('what is in force', () => {
  test('R3 a held figure is marked and a rejected one is no evidence', async () => {
    const d = day('2021-03-01')
    for (let i = 0; i < 5; i++) await report(vinhBao, addDays(d, i), { cases_new: 3 })
    const [held] = await report(vinhBao, addDays(d, 5), { cases_new: 51 })
    expect(held).toMatchObject({ status: 'held', hold: { reason: 'jump', limit: 50 }, outcome: 'new' })
    expect((await facts('cases_new', d, addDays(d, 9))).map((fact) => [fact.value, fact.held])).toEqual([[3, false], [3, false], [3, false], [3, false], [3, false], [51, true]])
    must(await perform(app, rejectCommand, { actor: epidemiologist, body: { ids: [held?.id], reason: 'gõ nhầm' } }))
    expect(await facts('cases_new', addDays(d, 5), addDays(d, 9))).toEqual([])
    const [again] = await report(vinhBao, addDays(d, 5), { cases_new: 51 })
    expect(again).toMatchObject({ status: 'held', outcome: 'corrected' })
  })
  test('R6 a confirmed figure counts, and stands when it is reported again', async () => {
    const d = day('2021-04-01')
    await report(vinhBao, d, { cases_new: 1 })
    const [held] = await report(vinhBao, addDays(d, 1), { cases_new: 500 })
    must(await perform(app, confirmCommand, { actor: epidemiologist, body: { ids: [held?.id], reason: 'ổ dịch chợ' } }))
    expect((await facts('cases_new', d, addDays(d, 1))).map((fact) => fact.held)).toEqual([false, false])
    expect(await report(vinhBao, addDays(d, 1), { cases_new: 500 })).toMatchObject([{ status: 'accepted', outcome: 'unchanged' }])
    // It is history of the days after: ten times the median of 1 and 500, and 20.
    expect(await report(vinhBao, addDays(d, 2), { cases_new: 2000 })).toMatchObject([{ status: 'accepted' }])
  })
  test('R2 the population of the reference data, and one that was reported, is the limit', async () => {
    const d = day('2021-02-01')
    expect(await report(vinhThanhVan, d, { tests: 9_000_000 })).toMatchObject([{ hold: { reason: 'above_population' } }])
    expect(await report(vinhThanhVan, d, { population: 400, deaths: 401 })).toMatchObject([{ status: 'accepted' }, { hold: { reason: 'above_population', limit: 400 } }])
  })
  test('R5 the same value again changes nothing', async () => {
    const d = day('2021-02-10')
    const [first] = await report(vinhThanhVan, d, { beds_free: 7 })
    clock.advance(60_000)
    expect(await report(vinhThanhVan, d, { beds_free: 7 })).toEqual([{ ...first, outcome: 'unchanged' }])
  })
  test('a category is stored by position and given back by code', async () => {
    const d = day('2021-02-11')
    await report(vinhThanhVan, d, { response_capacity: 'high', care_capacity: 'not_met' })
    expect(await facts('response_capacity', d, d)).toMatchObject([{ value: 2, category: 'high', held: false }])
    expect(await facts('care_capacity', d, d)).toMatchObject([{ value: 0, category: 'not_met' }])
  })
  test('the latest figure on or before a day, and a held one beside it', async () => {
    const d = day('2021-05-01')
    await report(vinhBao, d, { full_total: 100 })
    await report(vinhBao, addDays(d, 7), { full_total: 150 })
    await report(vinhBao, addDays(d, 9), { full_total: -4 })
    const latest = async (date: PlainDate, besides: { metric: string; areaId: number }[] = []) => (await database.read(EVERYWHERE, (tx) =>
      latestFigures(tx, { disease: 'covid-19', metrics: ['full_total', 'full_50plus'], on: date, besides, unitIds: tree.ids }))).filter(({ areaId }) => areaId === vinhBao.id)
    expect(await latest(addDays(d, -1))).toEqual([])
    expect((await latest(addDays(d, 6))).map((fact) => fact.value)).toEqual([100])
    expect((await latest(addDays(d, 20))).map((fact) => [fact.value, fact.held])).toEqual([[150, false], [-4, true]])
    const besides = (metric: string, areaId: number) => latest(addDays(d, 20), [{ metric, areaId }]).then((found) => found.map(({ value }) => value))
    expect(await besides('full_total', vinhBao.id)).toEqual([-4])
    expect(await besides('full_total', vinhThanhVan.id)).toEqual([150, -4])
    expect(await besides('cases_new', vinhBao.id)).toEqual([150, -4])
  })
  test('the latest figures of all units but those left out are what every row says, whatever is left out', async () => {
    const d = day('2021-05-20')
    const metrics = ['full_total', 'full_50plus', 'full_65plus']
    const units = ['30730', '30733', '30736', '30739', '30742', '30769', '31108'].map((code) => commune(code))
    for (const [n, area] of units.entries()) {
      for (const back of [0, 3, 9].filter((days) => (n + days) % 4 !== 0)) await report(area, addDays(d, -back), { full_total: 10 * n + back, ...(n % 2 ? { full_50plus: n } : {}) })
    }
    // More days of a unit, and more units, than one look into the index takes up.
    for (let back = 0; back < 70; back++) await report(units[2] as Area, addDays(d, -back), { full_50plus: 400 - back })
    const many = tree.below(commune('91').id, 'commune', d)
    for (const area of many.slice(0, 70)) await report(area, addDays(d, -7), { full_65plus: area.id % 100 })
    const on = addDays(d, -2)
    const newest = await database.read(EVERYWHERE, (tx) => tx.rows(sql<{ metric: string; areaId: number; value: number }>`
      select distinct on (metric, area_id) metric, area_id as "areaId", value from figure
      where disease = 'covid-19' and metric = any(${metrics}) and day <= ${on} and status = 'accepted' order by metric, area_id, day desc`))
    expect(newest.length).toBeGreaterThan(76)
    const keyed = (all: readonly { metric: string; areaId: number; value: number }[]): string[] => all.map((one) => `${one.metric} ${one.areaId} ${one.value}`).toSorted()
    for (let mask = 0; mask < 32; mask++) {
      const besides = mask === 0 ? [] : newest.filter((_, n) => (mask * 37 + n * 11) % 5 < 2 || (n === 0) === (mask % 2 === 1))
      const found = await database.read(EVERYWHERE, (tx) => latestFigures(tx, { disease: 'covid-19', metrics, on, besides, unitIds: tree.ids }))
      expect(keyed(found.filter(({ held }) => !held))).toEqual(keyed(newest.filter((one) => !besides.includes(one))))
    }
  })
  test('R14 rows of other areas are not seen', async () => {
    const d = day('2021-06-01')
    await report(vinhBao, d, { cases_new: 1 })
    await report(commune('30769'), d, { cases_new: 2 })
    const scope = scopeOf(actor('officer', '30742'), figureRead)
    const seen = await database.read(scope ?? EVERYWHERE, (tx) => figuresFor(tx, { disease: 'covid-19', metrics: ['cases_new'], from: d, to: d }))
    expect(seen.map((fact) => fact.areaId)).toEqual([vinhBao.id])
  })
  test('R4 two reports of one new figure at once: both are kept, one in force', async () => {
    const d = day('2021-06-02')
    await Promise.all([1, 2, 3, 4].map((value) => report(vinhBao, d, { deaths: value })))
    const images = await database.read(EVERYWHERE, (tx) => imagesOf(tx, { disease: 'covid-19', areaId: vinhBao.id, metric: 'deaths', day: d }))
    expect(images.map((image) => image.value).toSorted()).toEqual([1, 2, 3, 4])
    expect(images.filter((image) => image.supersededAt === undefined)).toHaveLength(1)
  })
})

describe('imports', () => {
  test('R9 an area, day and metric twice in a file is a duplicate, in the same batch or a later one', async () => {
    const importId = newId()
    const d = day('2021-07-01')
    const first = await importRows(importId, [inFile(vinhBao, d, 1), inFile(vinhBao, d, 2), inFile(vinhThanhVan, d, 3)])
    expect(first.accepted).toBe(2)
    expect(first.faults).toMatchObject([{ row: 3, problem: { code: 'duplicate_figure', params: { row: 2 } } }])
    const second = await importRows(importId, [inFile(vinhBao, d, 9)])
    expect(second).toMatchObject({ accepted: 0, faults: [{ problem: { code: 'duplicate_figure' } }] })
  })
  test('R10 undo puts back what the import had superseded and takes away what was new', async () => {
    const d = day('2021-07-10')
    await report(vinhBao, d, { cases_new: 4 })
    clock.advance(60_000)
    const importId = newId()
    const outcome = await importRows(importId, [inFile(vinhBao, d, 5), inFile(vinhThanhVan, d, 6), inFile(vinhBao, addDays(d, 1), 900)])
    expect(outcome.warnings.map((warning) => [warning.row, warning.problem.code])).toEqual([[4, 'held_jump']])
    clock.advance(60_000)
    expect(must(await undo(importId))).toEqual({ undone: 3 })
    expect((await facts('cases_new', d, addDays(d, 1))).map((fact) => [fact.areaId, fact.value])).toEqual([[vinhBao.id, 4]])
  })
  test('R10 undo is refused with the list of what others corrected or confirmed since', async () => {
    const d = day('2021-07-20')
    const importId = newId()
    await importRows(importId, [inFile(vinhBao, d, 1), inFile(vinhBao, addDays(d, 1), 2), inFile(vinhBao, addDays(d, 2), 800)])
    await report(vinhBao, d, { cases_new: 3 })
    const [held] = await database.read(EVERYWHERE, (tx) => listFigures(tx, { disease: 'covid-19', from: addDays(d, 2), to: addDays(d, 2), status: 'held', limit: 10 }))
    must(await perform(app, confirmCommand, { actor: epidemiologist, body: { ids: [held?.id], reason: 'đúng' } }))
    const refused = await undo(importId)
    expect(refused).toMatchObject({ ok: false, problem: { code: 'built_upon', params: { count: 2 } } })
    expect(!refused.ok && refused.problem.problems?.map((one) => one.params?.['day'])).toEqual(['20/07/2021', '22/07/2021'])
    expect((await facts('cases_new', addDays(d, 1), addDays(d, 1))).map((fact) => fact.value)).toEqual([2])
  })
  test('R10 an import over another is undone in turn', async () => {
    const d = day('2021-08-01')
    const [a, b] = [newId(), newId()]
    await importRows(a, [inFile(vinhBao, d, 1)])
    await importRows(b, [inFile(vinhBao, d, 2)])
    expect((await undo(a)).ok).toBe(false)
    must(await undo(b))
    expect((await facts('cases_new', d, d)).map((fact) => fact.value)).toEqual([1])
    must(await undo(a))
    expect(await facts('cases_new', d, d)).toEqual([])
  })
  test('the preview says what would be held and what would be corrected, and writes nothing', async () => {
    const d = day('2021-08-10')
    await report(vinhBao, d, { cases_new: 2 })
    const rows = [inFile(vinhBao, d, 3), inFile(vinhBao, addDays(d, 1), 900)].map((figure, index) => ({ row: index + 2, value: { figures: [figure] } }))
    const outcome = await database.read(EVERYWHERE, (tx) => figuresImporter.check(tx, rows, reading()))
    expect(outcome.warnings.map(({ row, problem }) => [row, problem.code])).toEqual([[2, 'figure_corrected'], [3, 'held_jump']])
    expect((await facts('cases_new', d, addDays(d, 1))).map((fact) => fact.value)).toEqual([2])
  })
})

test('R4 as known at any instant is what was read then, and the values replay', async () => {
  const base = day('2021-09-01')
  const places = [vinhBao, vinhThanhVan]
  const cell = fc.record({ place: fc.nat(1), offset: fc.nat(3), value: fc.oneof(fc.nat(9), fc.constant(900), fc.constant(-1)) })
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('report' as const), cell }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('confirm' as const, 'reject' as const), pick: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('import' as const), cells: fc.uniqueArray(cell, { minLength: 1, maxLength: 4, selector: (one) => `${one.place} ${one.offset}` }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), pick: fc.nat() }) },
  )
  let run = 0
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
    const disease = `replay-${++run}`
    const snapshots: { at: Instant; facts: FigureFact[] }[] = []
    /** What each key holds, oldest first, by an account of its own: who wrote it and the value. */
    const model = new Map<string, { by: string; value: number }[]>()
    const imports: Id[] = []
    const keyOf = (place: number, offset: number): string => `${(places[place] as Area).id} ${addDays(base, offset)}`
    const put = (key: string, by: string, value: number, rejected: boolean): void => {
      const stack = model.get(key) ?? []
      if (stack.at(-1)?.value !== value || rejected) stack.push({ by, value })
      model.set(key, stack)
    }
    const all = () => database.read(EVERYWHERE, (tx) => listFigures(tx, { disease, limit: 1000 }))
    const rejectedKeys = async () => new Set((await all()).filter((figure) => figure.status === 'rejected').map((figure) => `${figure.areaId} ${figure.day}`))

    for (const [index, one] of steps.entries()) {
      clock.advance(1000)
      if (one.kind === 'report') {
        const key = keyOf(one.cell.place, one.cell.offset)
        const rejected = await rejectedKeys()
        await report(places[one.cell.place] as Area, addDays(base, one.cell.offset), { cases_new: one.cell.value }, disease)
        put(key, `report ${index}`, one.cell.value, rejected.has(key))
      } else if (one.kind === 'import') {
        const importId = newId()
        const rejected = await rejectedKeys()
        await importRows(importId, one.cells.map(({ place, offset, value }) => inFile(places[place] as Area, addDays(base, offset), value)), disease)
        for (const { place, offset, value } of one.cells) put(keyOf(place, offset), importId, value, rejected.has(keyOf(place, offset)))
        imports.push(importId)
      } else if (one.kind === 'undo') {
        const importId = imports[one.pick % Math.max(1, imports.length)]
        if (importId !== undefined && (await undo(importId)).ok) {
          imports.splice(imports.indexOf(importId), 1)
          for (const [key, stack] of model) model.set(key, stack.filter(({ by }) => by !== importId))
        }
      } else {
        const figures = (await all()).filter((figure) => (one.kind === 'confirm' ? figure.status !== 'accepted' : figure.status !== 'rejected'))
        const picked = figures[one.pick % Math.max(1, figures.length)]
        const call = { actor: epidemiologist, body: { ids: [picked?.id], reason: 'xem lại' } }
        if (picked) must<unknown>(await (one.kind === 'confirm' ? perform(app, confirmCommand, call) : perform(app, rejectCommand, call)))
      }
      snapshots.push({ at: now(clock), facts: await facts('cases_new', base, addDays(base, 9), { disease }) })
      const inForce = (await all()).map((figure) => `${figure.areaId} ${figure.day} ${figure.value}`).toSorted()
      const expected = [...model].flatMap(([key, stack]) => (stack.length > 0 ? [`${key} ${stack.at(-1)?.value}`] : [])).toSorted()
      expect(inForce).toEqual(expected)
    }
    const sorted = (list: readonly FigureFact[]): FigureFact[] => list.toSorted((a, b) => a.areaId - b.areaId || (a.day < b.day ? -1 : 1))
    for (const { at, facts: then } of snapshots) {
      expect(sorted(await facts('cases_new', base, addDays(base, 9), { disease, knownAt: at }))).toEqual(sorted(then))
    }
  }), { numRuns: 15 })
}, 60_000)

test('R4 nothing leaves the history: the program has no right to change or delete it', async () => {
  await expect(database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`delete from figure_history`)))).rejects.toThrow(/permission denied/)
  await expect(database.write(EVERYWHERE, async (tx) => ok(await tx.run(sql`update figure_history set value = 0`)))).rejects.toThrow(/permission denied/)
})

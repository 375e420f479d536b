import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { addDays, day, vietnameseDate, type Id, type Result } from '#base'
import { areas, areasImporter } from '#areas'
import { figuresImporter, figures, figuresFor } from '#figures'
import { verifyAudit } from '#platform/audit'
import { EVERYWHERE, sql } from '#platform/db'
import { BATCH_ROWS, knownSenders, listFaults, listRuns, RunEngine, type Run } from '#platform/import'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'

const clock = stoppedClock('2021-11-01T02:00:00Z')
const database = await openTestDb()
const { app, actor } = await openTestApp(database, [areas, figures], clock)
const dataFolder = mkdtempSync(join(tmpdir(), 'luytre-imports-'))
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }))

/** An engine as a fresh process would have it: nothing of an earlier one but the database and the data folder. */
const freshEngine = (): RunEngine => {
  clock.advance(1000)
  return new RunEngine({ database, areas: app.areas, clock, config: { dataFolder }, log: () => {} }, [figuresImporter, areasImporter])
}
const engine = freshEngine()
const epidemiologist = actor('epidemiologist', '91')
const rachGia = actor('officer', '899')
const phuQuoc = actor('officer', '911')
const viewer = actor('viewer', '91')

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
const upload = async (text: string, more: { sender?: string; kind?: string; options?: Record<string, string>; by?: typeof epidemiologist; id?: Id; on?: RunEngine } = {}): Promise<Run> => {
  clock.advance(1000)
  return must(await (more.on ?? engine).upload(more.by ?? epidemiologist, {
    id: more.id, kind: more.kind ?? 'figures', sender: more.sender ?? 'CDC', fileName: 'số liệu.csv', options: more.options ?? {}, content: Readable.from([Buffer.from(text)]),
  }))
}
const commit = async (run: Run, on = engine, by = epidemiologist): Promise<Run> => must(await must(await on.commit(by, run)).done)
const check = async (run: Run): Promise<Run> => must(await must(await engine.check(epidemiologist, run)).done)
const faultsOf = (run: Run) => database.read(EVERYWHERE, (tx) => listFaults(tx, run.id, { severities: ['fault', 'duplicate', 'warning'], limit: 20_000 }))
const figuresIn = async (metric: string): Promise<number> => {
  const facts = await database.read(EVERYWHERE, (tx) => figuresFor(tx, { disease: 'covid-19', metrics: [metric], from: day('2020-01-01'), to: day('2021-11-01') }))
  return facts.length
}
const auditOf = async (name: string): Promise<{ command_id: Id }[]> =>
  database.owner((tx) => tx.rows(sql<{ command_id: Id }>`select command_id from audit_entry where name = ${name} order by command_id`))

const communes = app.areas.tree().below(app.areas.root(day('2021-10-12')).id, 'commune', day('2021-10-12'))
/** A long table: every commune on so many days before November, one metric. */
const longFile = (metric: string, days: number): string => {
  const lines = Array.from({ length: days }, (_, i) => vietnameseDate(addDays(day('2021-10-31'), -i)))
    .flatMap((date) => communes.map(({ code }, index) => `${code},${date},${metric},${index % 5}`))
  return `Mã xã,Ngày,Chỉ tiêu,Giá trị\n${lines.join('\n')}\n`
}
const MESSY = [
  'Mã xã,Xã,Ngày,Chỉ tiêu,Giá trị',
  '30742,,12/10/2021,Ca mắc mới,3',
  '30742,,12/10/2021,Ca mắc mới,4',
  '30742,,13/10/21,Ca mắc mới,4',
  ',Bình An,12/10/2021,Ca mắc mới,1',
  '99999,,12/10/2021,Ca mắc mới,1',
  '30730,,12/10/2021,Ca mắc mới,9000000',
  'Tổng,,,,99',
].join('\n')

describe('a file that was sent', () => {
  test('R1 is kept for the product alone, and understood', async () => {
    const run = await upload(MESSY)
    expect(run).toMatchObject({ kind: 'figures', sender: 'CDC', status: 'uploaded', bytes: Buffer.byteLength(MESSY), batches: 0 })
    expect(readFileSync(engine.files.path(run.id), 'utf8')).toBe(MESSY)
    expect(statSync(engine.files.path(run.id)).mode & 0o777).toBe(0o600)
    const { layout } = must(await engine.analyse(epidemiologist, run))
    expect(layout.mapping).toEqual({ area_code: 0, commune: 1, day: 2, metric: 3, value: 4 })
    expect(layout.missing).toEqual([])
  })

  test('R1 that is no table leaves nothing behind', async () => {
    const before = await database.read(EVERYWHERE, (tx) => listRuns(tx, { kinds: ['figures'], limit: 200 }))
    const refused = await engine.upload(epidemiologist, { kind: 'figures', sender: '', fileName: 'ảnh.jpg', options: {}, content: Readable.from([Buffer.from('\xff\xd8\xff\xe0', 'latin1')]) })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'not_a_spreadsheet' } })
    expect(await database.read(EVERYWHERE, (tx) => listRuns(tx, { kinds: ['figures'], limit: 200 }))).toEqual(before)
  })

  test('twice under one id is sent once, and the id of another person’s file is a conflict', async () => {
    const id = '01890000-0000-7000-8000-000000000001'
    const first = await upload(MESSY, { id })
    expect(await upload('Mã xã,Ngày,Chỉ tiêu,Giá trị\n', { id })).toEqual(first)
    expect(await engine.upload(rachGia, { id, kind: 'figures', sender: '', fileName: '', options: {}, content: Readable.from([]) })).toMatchObject({ problem: { code: 'command_conflict' } })
  })

  test('R2 is seen by who may import there: above it, not beside it', async () => {
    const run = await upload(MESSY, { by: rachGia })
    expect(run.areaPos).toBe(app.areas.tree().resolve('899', day('2021-10-12'))?.pos)
    expect((await engine.find(epidemiologist, run.id)).ok).toBe(true)
    for (const other of [phuQuoc, viewer]) expect(await engine.find(other, run.id)).toMatchObject({ problem: { code: 'unknown_import' } })
    expect(await engine.upload(viewer, { kind: 'figures', sender: '', fileName: '', options: {}, content: Readable.from([]) })).toMatchObject({ problem: { code: 'forbidden' } })
  })
})

describe('the preview', () => {
  test('R3 says of every row what would be refused, at its column, and writes nothing', async () => {
    const run = await check(await upload(MESSY))
    expect(run).toMatchObject({ status: 'checked', counts: { rows: 6, accepted: 2, rejected: 4, duplicates: 1 } })
    expect((await faultsOf(run)).map(({ row, label, severity, code }) => [row, label, severity, code])).toEqual([
      [3, 'Giá trị', 'duplicate', 'duplicate_figure'],
      [4, 'Ngày', 'fault', 'two_digit_year'],
      [5, 'Xã', 'fault', 'ambiguous_area'],
      [6, 'Mã xã', 'fault', 'unknown_area'],
      [7, 'Giá trị', 'warning', 'held_above_population'],
    ])
    expect((await faultsOf(run))[0]?.params).toEqual({ row: 2 })
    expect(await figuresIn('cases_new')).toBe(0)
  })

  test('R4 offers an ambiguous area once for each text; the answer is used from then on', async () => {
    const run = await check(await upload(`${MESSY}\n,binh an,14/10/2021,Ca mắc mới,1`))
    expect(run.choices).toEqual([{ option: 'area:binh an', text: 'Bình An', areaIds: expect.any(Array), rows: 2 }])
    const [choice] = run.choices
    const { sender, encoding, sheet, mapping } = run
    const arranged = must(await engine.arrange(epidemiologist, run, { sender, encoding, sheet, mapping, options: { 'area:binh an': String(choice?.areaIds[0]) } }))
    expect(arranged.status).toBe('uploaded')
    const again = await check(arranged)
    expect(again.counts).toMatchObject({ rows: 7, accepted: 4, rejected: 3 })
  })

  test('again replaces what the one before said', async () => {
    const run = await check(await upload(MESSY))
    const first = (await faultsOf(run)).length
    await check(run)
    expect((await faultsOf(run)).length).toBe(first)
  })

  test('is not started without the columns it needs', async () => {
    const run = await upload('Họ tên,Tuổi\nA,5\nB,6\n', { kind: 'areas' })
    expect(await engine.check(epidemiologist, run)).toMatchObject({ ok: false, problem: { code: 'columns_missing' } })
  })

  test('stops when it is told to, and the file is as it was', async () => {
    const run = await upload(longFile('deaths', 150))
    const work = must(await engine.check(epidemiologist, run))
    expect(await engine.cancel(epidemiologist, run)).toMatchObject({ ok: true, value: { status: 'uploaded' } })
    expect(must(await work.done).status).toBe('uploaded')
  })
})

describe('the commit', () => {
  test('takes the good rows, refuses the others with the reason, and counts both', async () => {
    const run = await commit(await upload(MESSY))
    expect(run).toMatchObject({ status: 'done', batches: 1, rowReached: 7, counts: { rows: 6, accepted: 2, rejected: 4, duplicates: 1, warnings: 1 } })
    expect(await figuresIn('cases_new')).toBe(2)
    expect((await faultsOf(run)).filter(({ severity }) => severity !== 'warning').map(({ row }) => row)).toEqual([3, 4, 5, 6])
    expect(await auditOf('imports.figures')).toHaveLength(1)
  })

  test('R5 twice at once, and once more afterwards, is done once', async () => {
    const run = await upload(longFile('beds_free', 1))
    const before = (await auditOf('imports.figures')).length
    const [first, second] = await Promise.all([commit(run), commit(run)])
    expect(first).toEqual(second)
    expect(await commit(first)).toEqual(first)
    expect((await auditOf('imports.figures')).length).toBe(before + 1)
    expect(await figuresIn('beds_free')).toBe(communes.length)
  })

  test('R5 of two processes one writes', async () => {
    const run = await upload(longFile('icu_free', 1))
    const before = (await auditOf('imports.figures')).length
    const other = freshEngine()
    const ends = await Promise.all([commit(run), commit(run, other)])
    expect(ends.map(({ status }) => status)).toContain('done')
    expect((await auditOf('imports.figures')).length).toBe(before + 1)
    expect(await figuresIn('icu_free')).toBe(communes.length)
  })

  test('is refused when the file was changed elsewhere meanwhile', async () => {
    const run = await upload(longFile('tests', 1))
    const { encoding, sheet, mapping, options } = run
    clock.advance(1000)
    must(await engine.arrange(epidemiologist, run, { sender: 'Nơi khác', encoding, sheet, mapping, options }))
    expect(await must(await engine.commit(epidemiologist, run)).done).toMatchObject({ ok: false, problem: { code: 'import_changed' } })
  })

  test('R8 remembers the columns for the sender’s next file with this header', async () => {
    const text = 'Nơi,Hôm,Thứ,Bao nhiêu\n30742,12/10/2021,tests,5\n'
    const run = await upload(text, { sender: 'Trạm A' })
    const { sender, encoding, sheet, options } = run
    const arranged = must(await engine.arrange(epidemiologist, run, { sender, encoding, sheet, options, mapping: { area_code: 0, day: 1, metric: 2, value: 3 } }))
    expect((await commit(arranged)).counts.accepted).toBe(1)
    const mappingOf = async (next: Run) => must(await engine.analyse(epidemiologist, next)).layout
    const next = await mappingOf(await upload(text.replace('5', '6'), { sender: 'Trạm A' }))
    expect([next.mapping, next.recognition.remembered]).toEqual([{ area_code: 0, day: 1, metric: 2, value: 3 }, true])
    expect((await mappingOf(await upload(text, { sender: 'Trạm B' }))).recognition.remembered).toBe(false)
    expect(await database.read(EVERYWHERE, (tx) => knownSenders(tx, ['figures']))).toEqual(expect.arrayContaining(['Trạm A', 'Trạm B', 'CDC']))
  })

  test('R9 tells of an earlier import of the same file', async () => {
    const text = longFile('population_18plus', 1)
    const run = await commit(await upload(text))
    const again = await upload(text)
    expect(must(await engine.analyse(epidemiologist, again)).sameFile?.id).toBe(run.id)
    expect(must(await engine.analyse(epidemiologist, await upload(text, { sender: 'Nơi khác' }))).sameFile).toBeUndefined()
    must(await engine.undo(epidemiologist, run))
    expect(must(await engine.analyse(epidemiologist, again)).sameFile).toBeUndefined()
  })
})

describe('a long file', () => {
  const DAYS = 75
  const rows = DAYS * communes.length

  test('R6 that was cut off goes on where it stopped, and nothing is in twice', async () => {
    const run = await upload(longFile('dose1_18plus', DAYS))
    const work = must(await engine.commit(epidemiologist, run))
    while (engine.underWay().get(run.id)?.rows === 0) await wait(5)
    // What `kill -9` leaves: a run that says it is running, and nobody who runs it.
    await engine.stop()
    const cut = must(await work.done)
    expect(await engine.commit(epidemiologist, cut)).toMatchObject({ problem: { code: 'closing' } })
    await database.owner((tx) => tx.run(sql`update import_run set status = 'running' where id = ${run.id}`))
    expect(cut.batches).toBeGreaterThan(0)
    expect(cut.batches).toBeLessThan(3)

    const next = freshEngine()
    await next.start()
    const found = must(await next.find(epidemiologist, run.id))
    expect(found).toMatchObject({ status: 'interrupted', rowReached: cut.batches * BATCH_ROWS + 1, counts: { rows: cut.batches * BATCH_ROWS } })
    const done = await commit(found, next)
    expect(done).toMatchObject({ status: 'done', batches: 3, counts: { rows, accepted: rows, rejected: 0 } })
    expect(await figuresIn('dose1_18plus')).toBe(rows)
  }, 120_000)

  test('R6 whose connection is lost in the middle is interrupted, and goes on', async () => {
    const next = freshEngine()
    const run = await upload(longFile('full_50plus', DAYS), { on: next })
    const work = must(await next.commit(epidemiologist, run))
    while (next.underWay().get(run.id)?.rows === 0) await wait(5)
    // The next batch waits at the door of the table, where its connection is cut.
    await database.owner(async (tx) => {
      await tx.run(sql`lock table figure in share row exclusive mode`)
      const cutOff = () => tx.rows(sql`select pg_terminate_backend(pid) from pg_locks where relation = 'figure'::regclass and not granted`)
      while ((await cutOff()).length === 0) await wait(5)
    })
    expect(await work.done).toMatchObject({ ok: false, problem: { code: 'import_broke' } })
    const cut = must(await next.find(epidemiologist, run.id))
    expect(cut.status).toBe('interrupted')
    expect((await commit(cut, next)).counts).toMatchObject({ rows, accepted: rows })
    expect(await figuresIn('full_50plus')).toBe(rows)
  }, 120_000)

  test('R7 is cancelled after the batch being written, and can be undone as far as it came', async () => {
    const next = freshEngine()
    const run = await upload(longFile('full_65plus', DAYS), { on: next })
    const work = must(await next.commit(epidemiologist, run))
    while (next.underWay().get(run.id)?.rows === 0) await wait(5)
    const cancelled = must(await next.cancel(epidemiologist, run))
    expect(must(await work.done)).toEqual(cancelled)
    expect(cancelled.status).toBe('cancelled')
    expect(cancelled.batches).toBeLessThan(3)
    expect(await figuresIn('full_65plus')).toBe(cancelled.batches * BATCH_ROWS)

    const undone = must(await next.undo(epidemiologist, cancelled))
    expect(undone.status).toBe('undone')
    expect(await figuresIn('full_65plus')).toBe(0)
    expect(must(await next.undo(epidemiologist, undone))).toEqual(undone)
    expect(await next.commit(epidemiologist, undone)).toMatchObject({ problem: { code: 'import_undone' } })
  }, 120_000)
})

describe('undoing', () => {
  const fresh = freshEngine()
  test('R10 is refused, with the list, when others have built on it, and then nothing is taken back', async () => {
    const run = await commit(await upload('Mã xã,Ngày,Chỉ tiêu,Giá trị\n30742,20/10/2021,Tử vong,1\n30730,20/10/2021,Tử vong,2\n', { on: fresh }), fresh)
    const later = await commit(await upload('Mã xã,Ngày,Chỉ tiêu,Giá trị\n30742,20/10/2021,Tử vong,3\n', { on: fresh }), fresh)
    expect(await fresh.undo(epidemiologist, run)).toMatchObject({ ok: false, problem: { code: 'built_upon', problems: [{ code: 'figure_built_upon' }] } })
    expect(must(await fresh.find(epidemiologist, run.id)).status).toBe('done')
    must(await fresh.undo(epidemiologist, later))
    expect(must(await fresh.undo(epidemiologist, run)).status).toBe('undone')
  })

  test('R10 needs rights wherever the file could write', async () => {
    const run = await commit(await upload('Mã xã,Ngày,Chỉ tiêu,Giá trị\n30742,21/10/2021,Tử vong,1\n', { on: fresh }), fresh)
    expect(await fresh.undo(rachGia, run)).toMatchObject({ ok: false })
    expect(await fresh.undo(epidemiologist, await upload(MESSY, { on: fresh }))).toMatchObject({ problem: { code: 'import_not_undoable' } })
  })

  test('of areas takes them out of the tree', async () => {
    const tree = () => app.areas.tree().all.filter(({ name }) => name === 'Ấp Hòa Lập')
    const run = await commit(await upload('Tên ấp,Mã xã\nẤp Hòa Lập,30742\n', { kind: 'areas', on: fresh }), fresh)
    expect(run.counts).toMatchObject({ rows: 1, accepted: 1 })
    expect(tree()).toHaveLength(1)
    must(await fresh.undo(epidemiologist, run))
    expect(tree().every(({ validTo }) => validTo !== null)).toBe(true)
  })
})

test('every command of every import stands in an intact chain', async () => {
  expect(await verifyAudit(database)).toMatchObject({ intact: true })
})

import { describe, expect, test } from 'vitest'
import { ok, refuse, type Result } from '#base'
import type { CellShown, GridShown } from '../contract.ts'
import { MetricNames } from '../metric.ts'
import { SHIPPED_METRICS } from '../shipped-metrics.ts'
import { cellsOf, placePaste } from './paste.ts'
import { sendSheet } from './send-sheet.ts'
import { cellKey, Sheet, type Draft, type Outgoing } from './sheet.ts'
import { readTyped } from './typed-value.ts'

const names = new MetricNames(SHIPPED_METRICS)
const columns = ['cases_new', 'deaths', 'response_capacity']
const metrics = columns.map((code) => {
  const metric = names.byCode(code)
  if (!metric) throw new Error(code)
  return { ...metric, categories: [...metric.categories], aliases: [...metric.aliases] }
})
const cell = (value: number | string, status: CellShown['status'] = 'accepted', id = `id ${value}`): CellShown => ({
  id, value, status, hold: null, source: 'x', recordedAt: '2021-10-12T02:00:00.000Z', recordedBy: 'x', decidedReason: null,
})
const PLACES = [
  ['30742', 'Phường Vĩnh Bảo', 'Thành phố Rạch Giá'], ['30787', 'Xã Bình An', 'Huyện Kiên Lương'], ['30904', 'Xã Bình An', 'Huyện Châu Thành'], ['30801', 'Phường 6', 'Thành phố Rạch Giá'],
] as const
const grid = (cells: Record<number, Record<string, CellShown>> = {}, writable = true): GridShown => ({
  area: { id: 1, code: '91', name: 'Tỉnh Kiên Giang', level: 'province' }, day: '2021-10-12', disease: 'covid-19', metrics,
  deadline: { hour: 18, at: '2021-10-12T11:00:00.000Z', isDefault: true },
  rows: PLACES.map(([code, name, parentName], index) => ({
    areaId: index + 1, code, name, parentName, writable, cells: cells[index + 1] ?? {}, yesterday: {}, remindedAt: null,
  })),
})
const open = (cells?: Record<number, Record<string, CellShown>>, kept: ReadonlyMap<string, Draft> = new Map()) => {
  const saved: { drafts: ReadonlyMap<string, Draft> } = { drafts: kept }
  const sheet = new Sheet(kept, (drafts) => {
    saved.drafts = drafts
  })
  sheet.load(grid(cells))
  return { sheet, saved }
}
const type = (sheet: Sheet, row: number, column: number, text: string): void => {
  sheet.moveTo({ row, column })
  sheet.edit('')
  sheet.commit(text)
}
const draftsOf = (sheet: Sheet) => Object.fromEntries([...sheet.drafts()].map(([key, { text }]) => [key, text]))

test('typed values: thousands of either language, categories by word, decimals and words refused', () => {
  const [cases, , capacity] = metrics as [(typeof metrics)[0], unknown, (typeof metrics)[0]]
  for (const text of ['1234', '1.234', '1,234', '1 234', ' 1234 ']) expect(readTyped(cases, text)).toEqual(ok(1234))
  expect(readTyped(cases, '−5')).toEqual(ok(-5))
  expect(readTyped(cases, '')).toEqual(ok(undefined))
  expect(readTyped(capacity, 'Trung bình')).toEqual(ok('medium'))
  const code = (text: string) => {
    const read = readTyped(cases, text)
    return read.ok ? undefined : read.problem.code
  }
  expect([code('1,5'), code('ba'), code('1.23.456')]).toEqual(['not_whole_number', 'not_a_number', 'not_a_number'])
})

describe('typing', () => {
  test('R15 what is typed is kept until the server has it, and undone step by step', () => {
    const { sheet, saved } = open({ 1: { cases_new: cell(3) } })
    type(sheet, 0, 0, '5')
    type(sheet, 1, 1, '2')
    expect(Object.fromEntries(saved.drafts)).toEqual({ '1 cases_new': { text: '5', seen: 'id 3' }, '2 deaths': { text: '2', seen: null } })
    sheet.undo()
    expect(draftsOf(sheet)).toEqual({ '1 cases_new': '5' })
    sheet.undo()
    expect([draftsOf(sheet), saved.drafts.size, sheet.canUndo]).toEqual([{}, 0, false])
  })
  test('R15 what an earlier visit left is there again, unless the server has it by now', () => {
    const kept = new Map([['1 cases_new', { text: '5', seen: null }], ['2 deaths', { text: '2', seen: null }], ['99 deaths', { text: '7', seen: null }]])
    const { sheet, saved } = open({ 1: { cases_new: cell(5) } }, kept)
    expect(draftsOf(sheet)).toEqual({ '2 deaths': '2', '99 deaths': '7' })
    expect(saved.drafts.has('1 cases_new')).toBe(false)
    // A commune that is not in this grid is not sent with it, and not lost.
    expect(sheet.outgoing().map((one) => one.key)).toEqual(['2 deaths'])
  })
  test('the value that stands already is no change; over a rejected one it is', () => {
    const { sheet } = open({ 1: { cases_new: cell(3), deaths: cell(1, 'rejected') } })
    type(sheet, 0, 0, '3')
    type(sheet, 0, 1, '1')
    expect(draftsOf(sheet)).toEqual({ '1 deaths': '1' })
  })
  test('a faulty cell says so at once and is not sent', () => {
    const { sheet } = open()
    type(sheet, 0, 0, 'ba')
    type(sheet, 1, 0, '4')
    expect(sheet.view('1 cases_new').fault?.code).toBe('not_a_number')
    expect(sheet.outgoing()).toEqual([{ key: '2 cases_new', areaId: 2, metric: 'cases_new', value: 4, seen: null }])
    type(sheet, 0, 0, '')
    expect(sheet.view('1 cases_new')).toMatchObject({ draft: undefined, fault: undefined })
  })
  test('what one may not write is not opened', () => {
    const { sheet } = open()
    sheet.load(grid({}, false))
    sheet.edit('1')
    expect(sheet.editing).toBeUndefined()
    expect(sheet.paste({ cells: [{ areaId: 1, metric: 'deaths', text: '1' }] })).toBe(0)
  })
  test('the cursor stays inside; Tab goes on in the next row', () => {
    const { sheet } = open()
    sheet.move(-1, -1)
    expect(sheet.active).toEqual({ row: 0, column: 0 })
    sheet.moveTo({ row: 0, column: 2 })
    sheet.next(1)
    expect(sheet.active).toEqual({ row: 1, column: 0 })
    sheet.moveTo({ row: 99, column: 99 })
    sheet.next(1)
    expect(sheet.active).toEqual({ row: 3, column: 2 })
  })
  test('a key pressed tells its own cell and no other', () => {
    const { sheet } = open()
    const told: string[] = []
    for (const row of sheet.rows) for (const code of columns) sheet.subscribe({ cell: cellKey(row.areaId, code) }, () => told.push(cellKey(row.areaId, code)))
    type(sheet, 1, 1, '2')
    expect(told).toEqual(['2 deaths'])
  })
  test('totals count what is accepted or typed, not what is held', () => {
    const { sheet } = open({ 1: { cases_new: cell(3) }, 2: { cases_new: cell(900, 'held') }, 3: { cases_new: cell(4) } })
    type(sheet, 2, 0, '6')
    type(sheet, 3, 0, 'sai')
    expect(sheet.total(metrics[0] as (typeof metrics)[0])).toEqual({ sum: 9, given: 2 })
  })
})

describe('sending', () => {
  const held = { held: [] }
  test('R15 what was sent is the server’s; typed again meanwhile it stays typed', async () => {
    const { sheet, saved } = open()
    type(sheet, 0, 0, '5')
    type(sheet, 1, 0, '6')
    const outcome = await sendSheet(sheet, async () => {
      type(sheet, 1, 0, '7')
      return ok(held)
    })
    expect(outcome).toMatchObject({ sent: 2, refused: 0, problem: undefined })
    expect([draftsOf(sheet), sheet.view('1 cases_new').phase, sheet.view('2 cases_new').phase]).toEqual([{ '2 cases_new': '7' }, 'sent', 'quiet'])
    expect([...saved.drafts.keys()]).toEqual(['2 cases_new'])
  })
  test('R12 a refused cell keeps its text and gets its fault; the others are sent without it', async () => {
    const { sheet } = open()
    for (const row of [0, 1, 2]) type(sheet, row, 0, String(row + 1))
    const tried: string[][] = []
    const send = async (cells: readonly Outgoing[]): Promise<Result<typeof held, { code: string; title: string; status: number; field?: string }>> => {
      tried.push(cells.map((one) => one.key))
      return tried.length === 1 ? refuse({ code: 'figure_changed', title: '', status: 409, field: 'cells/1/value', params: { value: 9 } }) : ok(held)
    }
    expect(await sendSheet(sheet, send)).toMatchObject({ sent: 2, refused: 1 })
    expect(tried).toEqual([['1 cases_new', '2 cases_new', '3 cases_new'], ['1 cases_new', '3 cases_new']])
    expect(sheet.view('2 cases_new')).toMatchObject({ draft: { text: '2' }, fault: { code: 'figure_changed', params: { value: 9 } } })
  })
  test('R15 without an answer everything stays typed', async () => {
    const { sheet, saved } = open()
    type(sheet, 0, 0, '5')
    const outcome = await sendSheet(sheet, async () => refuse({ code: 'connection_lost', title: '', status: 0 }))
    expect(outcome.problem?.code).toBe('connection_lost')
    expect([draftsOf(sheet), saved.drafts.size, sheet.view('1 cases_new').phase]).toEqual([{ '1 cases_new': '5' }, 1, 'quiet'])
  })
})

describe('pasting from Excel', () => {
  const rows = PLACES.map(([code, name, parentName], index) => ({ areaId: index + 1, code, name, parentName }))
  const paste = (text: string, at = { row: 0, column: 0 }) => placePaste(cellsOf(text), { rows, columns, ...at }, names)
  const landed = (pasted: ReturnType<typeof paste>) => pasted.cells.map((one) => `${one.areaId} ${one.metric} ${one.text}`)

  test('cells with tabs, quotes and line ends of every system', () => {
    expect(cellsOf('1\t2\r\n3\t4\r\n')).toEqual([['1', '2'], ['3', '4']])
    expect(cellsOf('"a ""b""\n c"\t2\n\t5')).toEqual([['a "b"\n c', '2'], ['', '5']])
    expect(cellsOf('7')).toEqual([['7']])
    expect(cellsOf('1\t')).toEqual([['1', '']])
  })
  test('R16 a block of figures lands cell by cell from the cursor; what lies beyond is counted', () => {
    const pasted = paste('1\t2\n\t4\n5\t6\t7', { row: 2, column: 1 })
    expect(landed(pasted)).toEqual(['3 deaths 1', '3 response_capacity 2', '4 response_capacity 4'])
    expect([pasted.beyond, pasted.by]).toEqual([3, 'place'])
  })
  test('R16 rows named by commune go to their commune, in any order, with or without tones', () => {
    const pasted = paste('phuong 6\t1\t0\nVĩnh Bảo\t2\t1\nXã Không Có\t3\t0', { row: 3, column: 0 })
    expect(landed(pasted)).toEqual(['4 cases_new 1', '4 deaths 0', '1 cases_new 2', '1 deaths 1'])
    expect([pasted.unknown, pasted.by]).toEqual([['Xã Không Có'], 'name'])
  })
  test('R16 communes of one name are told apart by the district beside them, and otherwise said to be unknown', () => {
    expect(landed(paste('Bình An\tKiên Lương\t1\nBình An\tChâu Thành\t2'))).toEqual(['2 cases_new 1', '3 cases_new 2'])
    expect(paste('Vĩnh Bảo\t1\nBình An\t2')).toMatchObject({ unknown: ['Bình An'] })
    expect(landed(paste('30904\t5\n30742\t6'))).toEqual(['3 cases_new 5', '1 cases_new 6'])
  })
  test('R16 headings name the metrics, whatever their order', () => {
    const pasted = paste('Xã, phường\tTử vong\tGhi chú\tCa mắc mới\nVĩnh Bảo\t1\tchợ\t12')
    expect(landed(pasted)).toEqual(['1 deaths 1', '1 cases_new 12'])
    expect(pasted.beyond).toBe(0)
  })
  test('R15 a paste is one step to undo', () => {
    const { sheet } = open()
    expect(sheet.paste(paste('1\t2\n3\t4'))).toBe(4)
    sheet.undo()
    expect(draftsOf(sheet)).toEqual({})
  })
})

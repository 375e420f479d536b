import { describe, expect, test } from 'vitest'
import { isId, ok, permission, problem, type Result } from '#base'
import type { AreaTree } from '#platform/areas'
import { findHeader, type Header } from './header.ts'
import type { Importer, ReadContext } from './importer.ts'
import { openTable } from './read-table.ts'
import { BATCH_ROWS, batchCommandId, mayArrange, mayCommit, mayUndo, reportOf, tally, type Fault, type Run } from './run.ts'
import { cellPicker, columnsMissing, faultMaker, layOut, type Layout } from './run-layout.ts'
import { FileKeys } from './run-keys.ts'
import { readBatches, type ReadBatch } from './run-read.ts'
import { sheetPage } from './run-view.ts'
import type { TableSource } from './table.ts'

const importId = '0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee'

const run: Run = {
  id: importId, kind: 'words', sender: 'Trạm y tế', fileName: 'từ.csv', sha256: '00', bytes: 1, encoding: null, sheet: null, mapping: null, options: {},
  choices: [], status: 'done', counts: { rows: 3, accepted: 1, rejected: 2, duplicates: 1, warnings: 1 }, batches: 1, rowReached: 4, problem: null, areaPos: 1,
  ranges: [{ lo: 1, hi: 9 }], createdBy: 'a', createdByName: 'A', createdAt: '' as never, changedAt: '' as never, finishedAt: null, undoneAt: null,
}

const fault = (row: number, severity: Fault['severity'], code = 'x'): Fault => ({ row, severity, code, column: 0, label: 'Từ', field: 'word', params: { text: 'a' } })

/** Takes rows with a word; `x` is refused, `?` gets a remark. */
const importer: Importer<string> = {
  kind: 'words', permission: permission('word.import', 'officer'), undoPermission: permission('word.undo', 'officer'), options: ['day'],
  fields: [
    { key: 'word', kind: 'text', required: true, labels: { vi: ['Từ'], en: ['Word'] } },
    { key: 'day', kind: 'date', required: true, labels: { vi: ['Ngày'], en: ['Day'] } },
  ],
  extraField: (header) => (header.startsWith('Cột') ? { key: `extra:${header}`, kind: 'text', labels: { vi: [header], en: [header] } } : undefined),
  readRow: ({ word }) => {
    if (!word || word.text === 'x') return { ok: false, faults: [{ field: 'word', problem: problem('no_word') }] }
    return { ok: true, value: word.text, ...(word.text === '?' ? { warnings: [{ field: 'word', problem: problem('odd_word') }] } : {}) }
  },
  check: async (_tx, rows) => ({ accepted: rows.length, faults: [], warnings: [] }),
  write: async (_context, rows) => ok({ accepted: rows.length, faults: [], warnings: [] }),
  undo: async () => ok({ undone: 0 }),
}

const context = (options: Record<string, string> = {}): ReadContext => ({
  areas: {} as AreaTree, today: '2021-11-01' as never, at: '' as never, sender: '', fileName: '', options, permits: () => true, known: undefined,
})

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

const opened = async (text: string, options: Record<string, string> = {}): Promise<{ table: TableSource; header: Header; layout: Layout }> => {
  const table = must(await openTable({ name: 'từ.csv', text }))
  const header = must(findHeader(table))
  return { table, header, layout: layOut(importer, context(options), table, header, { mapping: null }, undefined) }
}

const batchesOf = async (text: string, from = 0): Promise<ReadBatch[]> => {
  const { table, layout } = await opened(text)
  const batches: ReadBatch[] = []
  for await (const batch of readBatches(importer, context(), table, layout, from)) batches.push(must(batch))
  return batches
}

describe('a run', () => {
  test('the command of a batch has the same id each time, and no other batch has it', () => {
    expect(batchCommandId(importId, 3)).toBe(batchCommandId(importId, 3))
    expect(new Set([0, 1, 2, 'undo' as const].map((step) => batchCommandId(importId, step))).size).toBe(4)
    expect(isId(batchCommandId(importId, 0))).toBe(true)
    expect(batchCommandId(importId, 0).slice(0, 15)).toBe('0199aaaa-bbbb-7')
  })

  test('a row with several faults is refused once, and a remark does not refuse it', () => {
    expect(tally([fault(2, 'fault'), fault(2, 'fault'), fault(3, 'duplicate'), fault(3, 'fault'), fault(4, 'warning'), fault(4, 'warning')])).toEqual({
      rejected: 2, duplicates: 1, warnings: 2,
    })
  })

  test('what may be done with it follows from where it stands', () => {
    const may = (status: Run['status'], batches: number) => [mayArrange, mayCommit, mayUndo].map((rule) => rule({ ...run, status, batches }))
    expect(may('uploaded', 0)).toEqual([true, true, false])
    expect(may('checked', 0)).toEqual([true, true, false])
    expect(may('running', 2)).toEqual([false, false, false])
    expect(may('cancelled', 2)).toEqual([false, true, true])
    expect(may('cancelled', 0)).toEqual([false, true, false])
    expect(may('interrupted', 2)).toEqual([false, true, true])
    expect(may('failed', 0)).toEqual([true, true, false])
    expect(may('done', 2)).toEqual([false, false, true])
    expect(may('undone', 2)).toEqual([false, false, false])
  })

  test('the report names row, column, code and sentence of what was refused, and leaves remarks out', () => {
    const sentence = (language: string, key: string, params?: object): string => `${language} ${key} ${JSON.stringify(params)}`
    expect(reportOf(run, [fault(2, 'fault', 'bad'), fault(3, 'warning'), { ...fault(4, 'duplicate', 'duplicate_word'), params: null }], sentence, 'vi')).toEqual({
      rows: 3, accepted: 1, rejected: 2, duplicates: 1, warnings: 1, import_id: importId,
      errors: [
        { row: 2, column: 'Từ', code: 'bad', message: 'vi problem.bad {"text":"a"}' },
        { row: 4, column: 'Từ', code: 'duplicate_word', message: 'vi problem.duplicate_word undefined' },
      ],
    })
  })
})

describe('layout', () => {
  test('a required column that is missing is named, unless the whole file has the value', async () => {
    const { layout } = await opened('Từ,Số\na,1\nb,2\n')
    expect(layout.missing.map(({ key }) => key)).toEqual(['day'])
    expect(columnsMissing(layout)).toEqual(problem('columns_missing', { params: { vi: 'Ngày', en: 'Day' } }))
    expect(columnsMissing((await opened('Từ,Số\na,1\nb,2\n', { day: '2021-10-12' })).layout)).toBeUndefined()
  })

  test('a column that no field takes may make its own', async () => {
    const { layout } = await opened('Từ,Ngày,Cột A\na,01/10/2021,p\nb,02/10/2021,q\n')
    expect(layout.mapping).toEqual({ word: 0, day: 1, 'extra:Cột A': 2 })
  })

  test('what a person chose comes first, then what was remembered, unless the file has no such column any more', async () => {
    const { table, header } = await opened('A,B,Từ\na,b,c\nd,e,f\n')
    const laid = (mapping: Record<string, number> | null, remembered?: Record<string, number>): Readonly<Record<string, number>> =>
      layOut(importer, context(), table, header, { mapping }, remembered).mapping
    expect(laid({ word: 1 }, { word: 0 })).toEqual({ word: 1 })
    expect(laid(null, { word: 0 })).toEqual({ word: 0 })
    expect(laid(null, { word: 7 })).toEqual({ word: 2 })
    expect(laid(null, { gone: 0 })).toEqual({ word: 2 })
  })

  test('cells are picked by field, blank ones left out; a fault finds its way back to the sender’s column', async () => {
    const { table, layout } = await opened('Ngày,,Từ\n01/10/2021,z,a\n02/10/2021,y, \n')
    const pick = cellPicker({ word: 2, day: 0 })
    expect(pick(table.head[2] as never)['word']).toBeUndefined()
    expect(pick(table.head[1] as never)['word']?.text).toBe('a')
    const toFault = faultMaker({ ...layout, mapping: { word: 1 } })
    expect(toFault(5, { field: 'word', problem: problem('bad', { params: { text: 'z' } }) }, 'fault')).toEqual({
      row: 5, column: 1, label: 'B', field: 'word', severity: 'fault', code: 'bad', params: { text: 'z' },
    })
    expect(toFault(5, { problem: problem('bad') }, 'warning')).toMatchObject({ column: null, label: null, field: null })
  })
})

describe('reading', () => {
  test('rows are numbered as the sender’s sheet shows them; titles, totals and repeated headers are none', async () => {
    const [batch] = await batchesOf('Sở Y tế,,\n,,\nTừ,Ngày,Ghi chú\na,01/10/2021,1\nx,01/10/2021,2\n,,\n?,01/10/2021,3\nTừ,Ngày,Ghi chú\nb,01/10/2021,4\nTổng cộng,,10\n')
    expect(batch?.count).toBe(4)
    expect(batch?.rows).toEqual([{ row: 4, value: 'a' }, { row: 7, value: '?' }, { row: 9, value: 'b' }])
    expect(batch?.faults.map(({ row, severity, code, label }) => [row, severity, code, label])).toEqual([[5, 'fault', 'no_word', 'Từ'], [7, 'warning', 'odd_word', 'Từ']])
    expect([batch?.firstRow, batch?.lastRow]).toEqual([4, 9])
  })

  test('batches are cut at the same places, whichever is asked for first', async () => {
    const text = `Từ,Ngày\n${Array.from({ length: BATCH_ROWS * 2 + 5 }, (_, i) => `w${i},01/10/2021`).join('\n')}\n`
    const all = await batchesOf(text)
    expect(all.map(({ number, count, firstRow, lastRow }) => [number, count, firstRow, lastRow])).toEqual([
      [0, BATCH_ROWS, 2, BATCH_ROWS + 1], [1, BATCH_ROWS, BATCH_ROWS + 2, 2 * BATCH_ROWS + 1], [2, 5, 2 * BATCH_ROWS + 2, 2 * BATCH_ROWS + 6],
    ])
    expect(await batchesOf(text, 1)).toEqual(all.slice(1))
    expect(await batchesOf(text, 3)).toEqual([])
  })

  test('the digest changes with any cell', async () => {
    const digest = async (text: string) => (await batchesOf(text))[0]?.digest
    const first = await digest('Từ,Ngày\nab,c\n')
    expect(await digest('Từ,Ngày\nab,c\n')).toBe(first)
    expect(await digest('Từ,Ngày\na,bc\n')).not.toBe(first)
    expect(await digest('Từ,Ngày\n\nab,c\n')).not.toBe(first)
  })

  test('a file that breaks off in the middle says so after what could be read', async () => {
    const { table, layout } = await opened(`Từ,Ngày\n${'a,01/10/2021\n'.repeat(BATCH_ROWS * 5.5)}"b,01/10/2021\n`)
    const seen: string[] = []
    for await (const batch of readBatches(importer, context(), table, layout)) seen.push(batch.ok ? String(batch.value.count) : batch.problem.code)
    expect(seen).toEqual([...Array.from({ length: 5 }, () => String(BATCH_ROWS)), 'broken_quote'])
  })
})

describe('the sheet', () => {
  test('pages follow each other, and only the rows asked for come', async () => {
    const { table, layout } = await opened(`Từ,Ngày\n${Array.from({ length: 10 }, (_, i) => `w${i},01/10/2021`).join('\n')}\n`)
    const first = must(await sheetPage(table, layout, 0, 4))
    expect(first.rows.map(({ row, kind }) => [row, kind])).toEqual([[1, 'header'], [2, 'data'], [3, 'data'], [4, 'data']])
    expect(first.next).toBe(5)
    expect(must(await sheetPage(table, layout, 5, 100)).rows.map(({ cells }) => cells[0])).toEqual(['w3', 'w4', 'w5', 'w6', 'w7', 'w8', 'w9'])
    expect(must(await sheetPage(table, layout, 0, 2, [3, 5, 9]))).toMatchObject({ rows: [{ row: 3 }, { row: 5 }], next: 9 })
    expect(must(await sheetPage(table, layout, 9, 2, [9])).next).toBeNull()
  })
})

describe('keys of a file', () => {
  const key = (text: string, day?: number) => ({ key: text, field: 'number', code: 'duplicate_number', ...(day === undefined ? {} : { day, within: 90 }) })

  test('the second row with a key is told of the first', () => {
    const keys = new FileKeys()
    expect(keys.claim(2, [key('a'), key('b')])).toBeUndefined()
    expect(keys.claim(3, [key('c')])).toBeUndefined()
    expect(keys.claim(4, [key('d'), key('b')])).toEqual({ key: key('b'), row: 2 })
    // A refused row takes no key: d is still free.
    expect(keys.claim(5, [key('d')])).toBeUndefined()
  })

  test('a key that holds for some days only is free again after them', () => {
    const keys = new FileKeys()
    expect(keys.claim(2, [key('a', 100)])).toBeUndefined()
    expect(keys.claim(3, [key('a', 190)])?.row).toBe(2)
    expect(keys.claim(4, [key('a', 191)])).toBeUndefined()
    expect(keys.claim(5, [key('a', 250)])?.row).toBe(4)
  })
})

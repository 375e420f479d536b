import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { badRowsWorkbook, type RejectedRow } from './bad-rows.ts'
import { headerFingerprint } from './columns.ts'
import { readDate } from './dates.ts'
import { findHeader, rowKind, type Header } from './header.ts'
import { openTable, type FileSource } from './read-table.ts'
import type { TableSource } from './table.ts'

const opened = async (source: FileSource): Promise<{ table: TableSource; header: Header }> => {
  const table = await openTable(source)
  const header = table.ok ? findHeader(table.value) : table
  if (!table.ok || !header.ok) throw new Error('not readable')
  return { table: table.value, header: header.value }
}

const dataRows = ({ table, header }: { table: TableSource; header: Header }) => table.head.filter((row) => row.number > header.lastRow)

const workbook = (): Uint8Array => {
  const sheet = utils.aoa_to_sheet([
    ['DANH SÁCH'],
    [null, 'Họ tên', 'Ngày', null, 'SĐT'],
    [null, null, 'khởi phát', 'báo cáo', null],
    [null, 'An', { t: 'n', v: 44444, z: 'dd/mm/yyyy' }, '31/02/2021', { t: 'n', v: 912345678, z: '0000000000' }],
    [null, 'Bé', '05/09/21', '06/09/2021', '0912'],
  ])
  sheet['!merges'] = [
    { s: { r: 1, c: 1 }, e: { r: 2, c: 1 } },
    { s: { r: 1, c: 2 }, e: { r: 1, c: 3 } },
    { s: { r: 1, c: 4 }, e: { r: 2, c: 4 } },
  ]
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'A')
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }))
}

describe('rejected rows go back to the sender', () => {
  for (const language of ['vi', 'en'] as const) {
    test(`and come in again as they were (${language})`, async () => {
      const sent = await opened({ name: 'a.xlsx', bytes: workbook() })
      const rejected: RejectedRow[] = dataRows(sent).map((row) => ({
        row,
        reasons: [{ column: 'Ngày báo cáo', sentence: 'sai' }, { sentence: 'trùng' }],
      }))
      const back = await opened({ name: 'b.xlsx', bytes: badRowsWorkbook(sent.header, sent.table.merges, rejected, language) })
      expect(back.header.columns.map(({ index, label, role }) => [index, label, role])).toEqual([
        [1, 'Họ tên', 'data'],
        [2, 'Ngày khởi phát', 'data'],
        [3, 'Ngày báo cáo', 'data'],
        [4, 'SĐT', 'data'],
        [5, language === 'vi' ? 'Dòng' : 'Row', 'added'],
        [6, language === 'vi' ? 'Lý do' : 'Reason', 'added'],
      ])
      expect(headerFingerprint(back.header.columns)).toBe(headerFingerprint(sent.header.columns))
      const rows = dataRows(back)
      expect(rows.map((row) => row.cells.slice(0, 5))).toEqual(dataRows(sent).map((row) => row.cells))
      expect(rows.map((row) => row.cells[5]?.number)).toEqual([4, 5])
      expect(rows[0]?.cells[6]?.text).toBe('Ngày báo cáo: sai\ntrùng')
      // Refused a second time, the two columns are not added twice.
      const again = await opened({
        name: 'c.xlsx',
        bytes: badRowsWorkbook(
          back.header,
          back.table.merges,
          rows.map((row) => ({ row, reasons: [] })),
          language,
        ),
      })
      expect(again.header.columns.length).toBe(6)
    })
  }

  test('from a CSV file with two header rows', async () => {
    const sent = await opened({ name: 'a.csv', text: 'Họ tên,Ngày,,Xã\n,khởi phát,báo cáo,\nAn,05/09/21,06/09/2021,Bình An,thừa\n' })
    const back = await opened({
      name: 'b.xlsx',
      bytes: badRowsWorkbook(
        sent.header,
        [],
        dataRows(sent).map((row) => ({ row, reasons: [] })),
        'vi',
      ),
    })
    expect(headerFingerprint(back.header.columns)).toBe(headerFingerprint(sent.header.columns))
    expect(
      dataRows(back)[0]
        ?.cells.slice(0, 5)
        .map(({ text }) => text),
    ).toEqual(['An', '05/09/21', '06/09/2021', 'Bình An', 'thừa'])
  })

  test('with serials that mean the same day where the workbook counts from 1904', async () => {
    const sent = await opened({ name: 'a.csv', text: 'Họ tên,Ngày\nAn,x\n' })
    const row = {
      number: 2,
      cells: [
        { kind: 'text', text: 'An' },
        { kind: 'date', text: '05/09/2021', number: 42982, format: 'dd/mm/yyyy', dates1904: true },
      ],
    } as const
    const back = await opened({ name: 'b.xlsx', bytes: badRowsWorkbook(sent.header, [], [{ row, reasons: [] }], 'vi') })
    expect(readDate(dataRows(back)[0]?.cells[1])).toEqual({ ok: true, value: '2021-09-05' })
  })

  test('in a file of a size a person can correct, which says what it leaves out', async () => {
    const sent = await opened({ name: 'a.csv', text: 'Họ tên,Ngày,Xã,Huyện\nAn,x,y,z\n' })
    const row = dataRows(sent)[0]
    if (!row) throw new Error('no row')
    const bytes = badRowsWorkbook(
      sent.header,
      [],
      Array.from({ length: 50_003 }, () => ({ row, reasons: [] })),
      'vi',
    )
    const table = await openTable({ name: 'b.xlsx', bytes })
    if (!table.ok) throw new Error(table.problem.code)
    let last
    let count = 0
    for await (const batch of table.value.batches()) {
      if (!batch.ok) throw new Error(batch.problem.code)
      count += batch.value.length
      last = batch.value.at(-1)
    }
    expect(count).toBe(50_002)
    expect(last?.cells[0]?.text).toContain('Còn 3 dòng')
    expect(last && rowKind(last, sent.header)).toBe('note')
  }, 30_000)
})

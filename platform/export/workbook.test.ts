import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { read, utils, write, type WorkBook } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { copiedRows, templateParts, workbookParts, zipOf, type CopiedRow, type SheetColumn } from './index.ts'

const COLUMNS: readonly SheetColumn[] = [{ heading: 'Họ và tên', kind: 'text' }, { heading: 'Ngày sinh', kind: 'day' }, { heading: 'Số mũi', kind: 'number' }]
const pieces = async function* (...all: (readonly CopiedRow[])[]): AsyncGenerator<readonly CopiedRow[]> {
  yield* all
}
const opened = async (parts: Parameters<typeof zipOf>[0]): Promise<WorkBook> => read(await buffer(Readable.from(zipOf(parts))), { cellDates: false, cellNF: true })
const cells = (book: WorkBook, sheet = book.SheetNames[0] as string): unknown[][] => (utils.sheet_to_json(book.Sheets[sheet] as object, { header: 1, raw: true, defval: null }) as unknown[][])
    .map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell)))

test('the text format of COPY is read across chunks, escapes, nulls and tones', async () => {
  const bytes = Buffer.from('Nguyễn Văn Ánh\t\\N\tdòng một\\ndòng hai\\tcột\\\\\nb\t\t\\N\n')
  // Cut in the middle of a letter and of a line.
  const chunks = [bytes.subarray(0, 5), bytes.subarray(5, 30), bytes.subarray(30)]
  const rows: CopiedRow[] = []
  for await (const piece of copiedRows(Readable.from(chunks))) rows.push(...piece)
  expect(rows).toEqual([['Nguyễn Văn Ánh', null, 'dòng một\ndòng hai\tcột\\'], ['b', '', null]])
})

test('a workbook another program reads: text as it stands, days as days, numbers as numbers', async () => {
  const book = await opened(workbookParts('Ca bệnh', COLUMNS, pieces(
    [['=1+1 & <b>"Ánh"</b>', '1985-03-02', '2'], ['  cách đầu ', null, null]], [['001234567890', '1900-01-15', '1'], ['\u0007\u{1F600}', '2021-10-12', 'không']],
  )))
  expect(book.SheetNames).toEqual(['Ca bệnh'])
  expect(cells(book)).toEqual([
    ['Họ và tên', 'Ngày sinh', 'Số mũi'], ['=1+1 & <b>"Ánh"</b>', '1985-03-02', 2], ['  cách đầu ', null, null],
    // Before March 1900 Excel counts a day that never was: such a day stays text.
    ['001234567890', '1900-01-15', 1], ['\u{1F600}', '2021-10-12', 'không'],
  ])
  expect((book.Sheets['Ca bệnh'] as Record<string, { z?: string }>)['B2']?.z).toBe('dd/mm/yyyy')
})

test('what one sheet cannot show goes on in the next, each with its headings', async () => {
  const rows = Array.from({ length: 7 }, (_, n): CopiedRow => [`n${n}`, null, String(n)])
  const book = await opened(workbookParts('Ca', COLUMNS, pieces(rows.slice(0, 5), rows.slice(5)), 4))
  expect(book.SheetNames).toEqual(['Ca', 'Ca (2)', 'Ca (3)'])
  expect(book.SheetNames.map((name) => cells(book, name).slice(1).map(([first]) => first))).toEqual([['n0', 'n1', 'n2'], ['n3', 'n4', 'n5'], ['n6']])
  expect(cells(await opened(workbookParts('Không', COLUMNS, pieces())))).toEqual([['Họ và tên', 'Ngày sinh', 'Số mũi']])
})

const office = (): Buffer => {
  const sheet = utils.aoa_to_sheet([['SỞ Y TẾ KIÊN GIANG'], [], ['STT', 'Họ tên', 'Ghi chú', 'Ngày sinh'], [1, 'Người mẫu', 'dòng mẫu', 33_000], ['Người lập biểu']])
  sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 3 } }, { s: { r: 4, c: 0 }, e: { r: 4, c: 1 } }]
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Hướng dẫn']]), 'Bìa')
  utils.book_append_sheet(book, sheet, 'Danh sách & ca')
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

test('an office’s own sheet keeps its titles and other sheets; rows go beneath its header, in its columns', async () => {
  const parts = templateParts({ file: office(), sheet: 'Danh sách & ca', headerRow: 3 }, [{ column: 0, kind: 'number', ordinal: true }, { column: 3, kind: 'day' }, { column: 1, kind: 'text' }],
    pieces([['1985-03-02', 'Nguyễn Văn Ánh']], [[null, 'Trần <Thị> Bé']]))
  if (!parts.ok) throw new Error(parts.problem.code)
  const book = await opened(parts.value)
  expect(book.SheetNames).toEqual(['Bìa', 'Danh sách & ca'])
  expect(cells(book, 'Bìa')).toEqual([['Hướng dẫn']])
  expect(cells(book, 'Danh sách & ca')).toEqual([
    ['SỞ Y TẾ KIÊN GIANG', null, null, null], [null, null, null, null], ['STT', 'Họ tên', 'Ghi chú', 'Ngày sinh'],
    [1, 'Nguyễn Văn Ánh', null, '1985-03-02'], [2, 'Trần <Thị> Bé', null, null],
  ])
  expect((book.Sheets['Danh sách & ca'] as { '!merges'?: unknown[] })['!merges']).toHaveLength(1)
})

test('a day takes the look of the office’s cell with a format of days, unless the cell has one', () => {
  const styles = '<styleSheet><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="0" borderId="4" applyBorder="1"/><xf numFmtId="15"/></cellXfs></styleSheet>'
  const sheet = '<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="2"><c r="A2" s="1"/><c r="B2" s="2"/></row></sheetData></worksheet>'
  const workbook = '<workbook><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>'
  const links = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
  const archive = zipOf([
    { name: 'xl/workbook.xml', content: [workbook] }, { name: 'xl/_rels/workbook.xml.rels', content: [links] }, { name: 'xl/styles.xml', content: [styles] }, { name: 'xl/worksheets/sheet1.xml', content: [sheet] },
  ])
  return buffer(Readable.from(archive)).then(async (file) => {
    const parts = templateParts({ file, sheet: undefined, headerRow: 1 }, [0, 1, 2].map((column) => ({ column, kind: 'day' as const })), pieces([['2021-10-12', '2021-10-12', '2021-10-12']]))
    if (!parts.ok) throw new Error(parts.problem.code)
    const written = new Map<string, string>()
    for await (const { name, content } of parts.value) {
      let text = ''
      for await (const piece of content) text += Buffer.from(piece).toString()
      written.set(name, text)
    }
    expect(written.get('xl/styles.xml')).toContain('<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="0" borderId="4" applyBorder="1"/><xf numFmtId="15"/><xf numFmtId="14" applyNumberFormat="1" borderId="4" applyBorder="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>')
    expect(written.get('xl/worksheets/sheet1.xml')).toContain('<row r="2"><c r="A2" s="3"><v>44481</v></c><c r="B2" s="2"><v>44481</v></c><c r="C2" s="4"><v>44481</v></c></row>')
  })
})

test('what is no workbook, or has no such sheet, is refused', () => {
  for (const [file, sheet] of [[Buffer.from('không phải xlsx'), undefined], [office(), 'Trang khác']] as const) {
    const parts = templateParts({ file, sheet, headerRow: 3 }, [], pieces())
    expect(!parts.ok && parts.problem.code).toBe('bad_template')
  }
})

import { Buffer } from 'node:buffer'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { utils, write, type BookType, type WorkBook, type WorkSheet } from '@e965/xlsx'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#base'
import { readDate } from './dates.ts'
import { findHeader } from './header.ts'
import { openTable, type FileSource } from './read-table.ts'
import { rowSplitter, sniffDelimiter } from './read-text.ts'
import type { Row, TableSource } from './table.ts'

const opened = async (source: FileSource): Promise<TableSource> => {
  const table = await openTable(source)
  if (!table.ok) throw new Error(table.problem.code)
  return table.value
}

const rowsOf = async (table: TableSource): Promise<Row[]> => {
  const rows: Row[] = []
  for await (const batch of table.batches()) {
    if (!batch.ok) throw new Error(batch.problem.code)
    rows.push(...batch.value)
  }
  return rows
}

const refusal = async (source: FileSource): Promise<Problem | undefined> => {
  const table = await openTable(source)
  return table.ok ? undefined : table.problem
}

const texts = (row: Row | undefined): string[] => row?.cells.map(({ text }) => text) ?? []

const bookOf = (...sheets: (readonly [string, WorkSheet])[]): WorkBook => {
  const book = utils.book_new()
  for (const [name, sheet] of sheets) utils.book_append_sheet(book, sheet, name)
  return book
}

const bytesOf = (book: WorkBook, bookType: BookType = 'xlsx'): Uint8Array =>
  new Uint8Array(write(book, { type: 'buffer', bookType, compression: true }))

/** 300 cases as a district sends them: title, merged header of two rows, dates as serials and as text. */
const lineList = (): WorkSheet => {
  const sheet = utils.aoa_to_sheet([
    ['DANH SÁCH CA BỆNH HUYỆN CHÂU THÀNH'],
    [],
    ['STT', 'Họ và tên', 'Ngày', null, 'Xã', 'CCCD'],
    [null, null, 'khởi phát', 'báo cáo', null, null],
    ...Array.from({ length: 300 }, (_, i) => [
      i + 1,
      `Nguyễn Văn ${i}`,
      { t: 'n', v: 44440 + (i % 20), z: 'dd/mm/yyyy' },
      '15/09/2021',
      i % 3 === 0 ? 'Bình An' : null,
      91085000000 + i,
    ]),
    ['Tổng cộng', null, 300],
  ])
  const merge = (r1: number, c1: number, r2: number, c2: number) => ({ s: { r: r1, c: c1 }, e: { r: r2, c: c2 } })
  sheet['!merges'] = [
    merge(0, 0, 0, 5),
    merge(2, 0, 3, 0),
    merge(2, 1, 3, 1),
    merge(2, 2, 2, 3),
    merge(2, 4, 3, 4),
    merge(2, 5, 3, 5),
    ...Array.from({ length: 100 }, (_, i) => merge(4 + i * 3, 4, 6 + i * 3, 4)),
  ]
  return sheet
}

describe('workbooks', () => {
  for (const bookType of ['xlsx', 'biff8', 'xlsb', 'ods'] as const) {
    test(`a line list of 300 rows with merged headers as ${bookType}`, async () => {
      const table = await opened({ name: 'a.xls', bytes: bytesOf(bookOf(['Danh sách', lineList()]), bookType) })
      expect([table.format, table.sheets, table.sheet]).toEqual(['workbook', ['Danh sách'], 'Danh sách'])
      const header = findHeader(table)
      expect(header.ok && header.value.columns.map(({ label }) => label)).toEqual([
        'STT',
        'Họ và tên',
        'Ngày khởi phát',
        'Ngày báo cáo',
        'Xã',
        'CCCD',
      ])
      const rows = await rowsOf(table)
      const data = rows.filter(({ number }) => number > (header.ok ? header.value.lastRow : 0))
      expect(data.length).toBe(301)
      expect(data[0]?.number).toBe(5)
      expect(texts(data[1])).toEqual(['2', 'Nguyễn Văn 1', '02/09/2021', '15/09/2021', 'Bình An', '91085000001'])
      expect(data[1]?.cells.map(({ kind }) => kind)).toEqual(['number', 'text', 'date', 'text', 'text', 'number'])
    })
  }

  test('a table of another system, HTML named .xls', async () => {
    const html =
      '<html><meta charset="utf-8"><body><table><tr><th>Xã</th><th>Ngày</th></tr><tr><td>Bình An</td><td>05/09/2021</td></tr></table></body></html>'
    const rows = await rowsOf(await opened({ name: 'a.xls', bytes: Buffer.from(html) }))
    expect(rows.map(texts)).toEqual([
      ['Xã', 'Ngày'],
      ['Bình An', '05/09/2021'],
    ])
  })

  test('dates of a workbook that counts from 1904', async () => {
    const book = bookOf([
      'A',
      utils.aoa_to_sheet([
        ['Ngày', 'Số'],
        [{ t: 'n', v: 42982, z: 'dd/mm/yyyy' }, 42982],
      ]),
    ])
    book.Workbook = { WBProps: { date1904: true } }
    const [, row] = await rowsOf(await opened({ name: 'a.xlsx', bytes: bytesOf(book) }))
    expect(row?.cells.map(readDate)).toEqual([
      { ok: true, value: '2021-09-05' },
      { ok: true, value: '2021-09-05' },
    ])
    expect(row?.cells[0]?.text).toBe('05/09/2021')
  })

  test('errors, formulas without a result, booleans, and zeros that only the format shows', async () => {
    const sheet = utils.aoa_to_sheet([
      ['a', 'b', 'c', 'd', 'e'],
      [{ t: 'e', v: 0x2a }, { t: 'n', f: '1+1' }, true, { t: 'n', v: 912345678, z: '0000000000' }, { t: 'n', v: 0.1 + 0.2 }],
    ])
    const [, row] = await rowsOf(await opened({ name: 'a.xlsx', bytes: bytesOf(bookOf(['A', sheet])) }))
    expect(row?.cells.map(({ kind, text }) => [kind, text])).toEqual([
      ['error', '#N/A'],
      ['error', '=1+1'],
      ['boolean', 'TRUE'],
      ['number', '0912345678'],
      ['number', '0.3'],
    ])
  })

  test('the first visible sheet that holds anything, or the one asked for', async () => {
    const book = bookOf(
      ['Ẩn', utils.aoa_to_sheet([['x']])],
      ['Trống', utils.aoa_to_sheet([])],
      ['Ca', utils.aoa_to_sheet([['ca']])],
      ['Khác', utils.aoa_to_sheet([['khác']])],
    )
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }, { Hidden: 0 }, { Hidden: 0 }] }
    const bytes = bytesOf(book)
    const first = await opened({ name: 'a.xlsx', bytes })
    expect([first.sheets, first.sheet]).toEqual([['Trống', 'Ca', 'Khác'], 'Ca'])
    expect(texts((await opened({ name: 'a.xlsx', bytes, sheet: 'Khác' })).head[0])).toEqual(['khác'])
    expect(await refusal({ name: 'a.xlsx', bytes, sheet: 'Không có' })).toEqual({ code: 'unknown_sheet', params: { sheet: 'Không có' } })
  })
})

/** A ZIP of one deflated entry (APPNOTE 6.3), claiming `size`. */
const zipOf = (name: string, content: Buffer, size = content.length): Buffer => {
  const packed = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt32LE(size, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end])
}

/** A compound file with the stream of an encrypted workbook, as Excel writes one with a password (MS-OFFCRYPTO 2.3.4). */
const encrypted = (): Uint8Array => {
  const sector = 512
  const file = Buffer.alloc(sector * 4)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file)
  file.writeUInt16LE(0x3e, 24)
  file.writeUInt16LE(3, 26)
  file.writeUInt16LE(0xfffe, 28)
  file.writeUInt16LE(9, 30)
  file.writeUInt16LE(6, 32)
  file.writeUInt32LE(1, 44)
  file.writeUInt32LE(1, 48)
  file.writeUInt32LE(4096, 56)
  file.writeUInt32LE(0xfffffffe, 60)
  file.writeUInt32LE(0xfffffffe, 68)
  file.fill(0xff, 76, sector)
  file.writeUInt32LE(0, 76)
  file.fill(0xff, sector, sector * 2)
  file.writeUInt32LE(0xfffffffd, sector)
  file.writeUInt32LE(0xfffffffe, sector + 4)
  file.writeUInt32LE(0xfffffffe, sector + 8)
  const entry = (index: number, name: string, type: number, child: number, left: number): void => {
    const at = sector * 2 + index * 128
    file.write(name, at, 'utf16le')
    file.writeUInt16LE(name.length * 2 + 2, at + 64)
    file.writeUInt8(type, at + 66)
    file.writeUInt8(1, at + 67)
    file.writeUInt32LE(left, at + 68)
    file.writeUInt32LE(0xffffffff, at + 72)
    file.writeUInt32LE(child, at + 76)
    file.writeUInt32LE(type === 5 ? 0xfffffffe : 2, at + 116)
  }
  entry(0, 'Root Entry', 5, 1, 0xffffffff)
  entry(1, 'EncryptedPackage', 2, 0xffffffff, 2)
  entry(2, 'EncryptionInfo', 2, 0xffffffff, 0xffffffff)
  return file
}

describe('what is no table is refused with its reason', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
  const workbookPart = 'xl/workbook.xml'
  for (const [what, bytes, code] of [
    ['a PNG', png, 'not_a_spreadsheet'],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'not_a_spreadsheet'],
    ['a DOCX', zipOf('word/document.xml', Buffer.from('<w:document/>')), 'not_a_spreadsheet'],
    ['a web page', Buffer.from('<html><p>Không có bảng</p></html>'), 'not_a_spreadsheet'],
    ['a ZIP cut short', zipOf(workbookPart, Buffer.from('<workbook/>')).subarray(0, 60), 'not_a_spreadsheet'],
    ['a ZIP whose part is longer than it claims', zipOf(workbookPart, Buffer.alloc(1_000_000), 10), 'not_a_spreadsheet'],
    ['a ZIP that unpacks to a gigabyte', zipOf(workbookPart, Buffer.alloc(1000), 2 ** 30), 'file_too_large'],
    ['a workbook with a password', encrypted(), 'password_protected'],
    ['a workbook of the right name and nothing in it', zipOf(workbookPart, Buffer.from('<workbook/>')), 'not_a_spreadsheet'],
    ['an empty file', Buffer.alloc(0), 'empty_file'],
    ['blank lines', Buffer.from('\n \n\n'), 'empty_file'],
    ['an empty workbook', bytesOf(bookOf(['A', utils.aoa_to_sheet([])])), 'empty_file'],
    ['a broken JSON', Buffer.from('[{"a":1},'), 'broken_json'],
    ['a JSON that is no list of records', Buffer.from('[{"a":1},2]'), 'not_a_table'],
  ] as const) {
    test(what, async () => expect((await refusal({ name: 'tệp.xlsx', bytes }))?.code).toBe(code))
  }

  test('a file that is not there', async () => {
    expect(await refusal({ name: 'x.csv', path: join(tmpdir(), 'không có', 'x.csv') })).toEqual({
      code: 'file_not_found',
      params: { name: 'x.csv' },
    })
  })
})

describe('text', () => {
  test('the delimiter is found', () => {
    expect(sniffDelimiter('a,b,c\n1,2,3\n')).toBe(',')
    expect(sniffDelimiter('Xã;Tỷ lệ;Số\nBình An;1,5;2,5\nThạnh Lộc;2,5;3,5\n')).toBe(';')
    expect(sniffDelimiter('Họ tên\tĐịa chỉ\nAn\tấp 1, xã Bình An, huyện X\n')).toBe('\t')
    expect(sniffDelimiter('Tên,Nguồn\nTJ1,Wuhan; train\nTJ2,Wuhan; train\n')).toBe(',')
    expect(sniffDelimiter('BÁO CÁO,,\nTên,Số,Ghi chú\nAn,1,"x;y"\n')).toBe(',')
    expect(sniffDelimiter('Tên ấp\nẤp 1\n')).toBe('\t')
  })

  test('rows keep the numbers that a spreadsheet would show', async () => {
    const rows = await rowsOf(
      await opened({ name: 'a.csv', bytes: Buffer.from('\ufeffTên,Ghi chú\r\n\r\nAn,"hai\r\ndòng"\r\n,\r\n"Bé ""Tý""",x') }),
    )
    expect(rows.map((row) => [row.number, ...texts(row)])).toEqual([
      [1, 'Tên', 'Ghi chú'],
      [3, 'An', 'hai\r\ndòng'],
      [5, 'Bé "Tý"', 'x'],
    ])
  })

  test('pasted cells', async () => {
    const table = await opened({ name: 'dán', text: 'Xã\tSố ca\nBình An\t3\n"Thạnh\nLộc"\t4' })
    expect(table.delimiter).toBe('\t')
    expect((await rowsOf(table)).map(texts)).toEqual([
      ['Xã', 'Số ca'],
      ['Bình An', '3'],
      ['Thạnh\nLộc', '4'],
    ])
  })

  test('the delimiter that Excel names in the first line', async () => {
    const rows = await rowsOf(await opened({ name: 'a.csv', text: 'sep=;\r\nXã;Số\r\nBình An;3\r\n' }))
    expect(rows.map((row) => [row.number, ...texts(row)])).toEqual([
      [1, 'Xã', 'Số'],
      [2, 'Bình An', '3'],
    ])
  })

  test('an unclosed quote is named with its line, however far into the file', async () => {
    expect(await refusal({ name: 'a.csv', text: 'Tên,Số\n"An\nBình",1\n"Cúc,2\nDanh,3\n' })).toEqual({
      code: 'broken_quote',
      params: { line: 4 },
    })
    const far = `Tên,Số\n${'Nguyễn Văn An,1\n'.repeat(40_000)}"Cúc,2\n${'Nguyễn Văn An,1\n'.repeat(40_000)}`
    const table = await opened({ name: 'a.csv', text: far })
    let last: unknown
    for await (const batch of table.batches()) last = batch
    expect(last).toEqual({ ok: false, problem: { code: 'broken_quote', params: { line: 40_002 } } })
  })

  test('an encoding given by hand goes before the detected one', async () => {
    const bytes = Uint8Array.of(0x48, 0xb5, 0x2c, 0x31, 0x0a)
    expect((await opened({ name: 'a.csv', bytes, encoding: 'tcvn3' })).head.map(texts)).toEqual([['Hà', '1']])
    expect((await opened({ name: 'a.csv', bytes, encoding: 'windows-1258' })).encoding).toBe('windows-1258')
  })

  const csvCell = fc.string({ unit: fc.constantFrom('a', 'ễ', ' ', ',', '"', '\n', '\r\n', '1'), maxLength: 8 })
  const csvRows = fc.array(fc.array(csvCell, { minLength: 1, maxLength: 6 }), { maxLength: 12 })

  test('rows are split as csv-parse splits them, wherever the text is cut', () => {
    fc.assert(
      fc.property(
        csvRows,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (rows, lineEnd, endsInLine, sizes) => {
          const quoted = (cell: string): string => (/[",\r\n]/.test(cell) || cell.length % 2 ? `"${cell.replaceAll('"', '""')}"` : cell)
          const csv = rows.map((row) => row.map(quoted).join(',')).join(lineEnd) + (endsInLine ? lineEnd : '')
          const expected: string[][] = parse(csv, { relax_column_count: true })
          const splitter = rowSplitter(',')
          const split: Row[] = []
          for (let at = 0; at < csv.length;) {
            const size = sizes.next().value ?? 1
            const part = splitter.push(csv.slice(at, at + size))
            if (!part.ok) throw new Error(part.problem.code)
            split.push(...part.value)
            at += size
          }
          const last = splitter.end()
          if (!last.ok) throw new Error(last.problem.code)
          split.push(...last.value)
          expect(split.map(texts)).toEqual(expected.filter((row) => row.some((cell) => cell !== '')))
        },
      ),
    )
  })
})

test('JSON objects become rows under the names of all of them', async () => {
  const table = await opened({ name: 'a.json', text: '[{"xã":"Bình An","số":3},{"số":4,"mới":true,"xã":null}]' })
  expect((await rowsOf(table)).map((row) => [row.number, ...texts(row)])).toEqual([
    [0, 'xã', 'số', 'mới'],
    [1, 'Bình An', '3', ''],
    [2, '', '4', 'true'],
  ])
  const header = findHeader(table)
  expect(header.ok && header.value.lastRow).toBe(0)
})

describe('where it comes from', () => {
  let folder: string
  const csv = `Tên,Số\n${Array.from({ length: 15_000 }, (_, i) => `Nguyễn Văn Ễ${i},${i}\n`).join('')}`
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'luytre-'))
    await writeFile(join(folder, 'a.csv'), csv)
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function* pieces(): AsyncIterable<Uint8Array> {
    const bytes = Buffer.from(csv)
    for (let at = 0; at < bytes.length; at += 7001) yield bytes.subarray(at, at + 7001)
  }

  test('a file and a stream give the same rows, cut where they may', async () => {
    const fromFile = await rowsOf(await opened({ name: 'a.csv', path: join(folder, 'a.csv') }))
    const fromStream = await rowsOf(await opened({ name: 'a.csv', stream: pieces() }))
    expect(fromFile.length).toBe(15_001)
    expect(fromFile.every((row, i) => row.number === i + 1 && (i === 0 || row.cells[0]?.text === `Nguyễn Văn Ễ${i - 1}`))).toBe(true)
    expect(JSON.stringify(fromStream) === JSON.stringify(fromFile)).toBe(true)
  })

  test('a file can be read again', async () => {
    const table = await opened({ name: 'a.csv', path: join(folder, 'a.csv') })
    expect((await rowsOf(table)).length).toBe((await rowsOf(table)).length)
  })
})

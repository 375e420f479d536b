import { describe, expect, test } from 'vitest'
import { findHeader, rowKind, type Header } from './header.ts'
import { rowSplitter } from './read-text.ts'
import type { Merge, Row } from './table.ts'

const table = (csv: string, merges: readonly Merge[] = []) => {
  const splitter = rowSplitter(',')
  const rows: Row[] = []
  for (const part of [splitter.push(csv), splitter.end()]) if (part.ok) rows.push(...part.value)
  return { format: 'text' as const, head: rows, merges }
}

const header = (csv: string, merges?: readonly Merge[]): Header => {
  const found = findHeader(table(csv, merges))
  if (!found.ok) throw new Error(found.problem.code)
  return found.value
}

const labels = (found: Header): string[] => found.columns.map(({ label }) => label)

describe('one header row', () => {
  test('at the top', () => {
    const found = header('case_id,gender ,age\nTJ1,F,59\n')
    expect(labels(found)).toEqual(['case_id', 'gender', 'age'])
    expect(found.lastRow).toBe(1)
  })

  test('under a letterhead and a title, after blank rows and a blank column', () => {
    const found = header(
      'SỞ Y TẾ KIÊN GIANG,,,,CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM,\n,,,,Độc lập - Tự do - Hạnh phúc,\n\n,DANH SÁCH CA BỆNH,,,,\n,(Tính đến 18h00 ngày 05/09/2021),,,,\n' +
        ',STT,Họ và tên,Năm sinh,Giới,Ngày khởi phát\n,1,Nguyễn Văn An,1985,Nam,05/09/2021\n',
    )
    expect(found.lastRow).toBe(6)
    expect(found.columns.map(({ index, letters, label, role }) => [index, letters, label, role])).toEqual([
      [1, 'B', 'STT', 'ordinal'],
      [2, 'C', 'Họ và tên', 'data'],
      [3, 'D', 'Năm sinh', 'data'],
      [4, 'E', 'Giới', 'data'],
      [5, 'F', 'Ngày khởi phát', 'data'],
    ])
  })

  test('repeated names are told apart, a column without a name is kept', () => {
    const found = header('Xã,Ngày,Ngày,,Số ca\nBình An,01/09/2021,02/09/2021,x,3\n')
    expect(labels(found)).toEqual(['Xã', 'Ngày', 'Ngày (2)', '', 'Số ca'])
    expect(found.columns[3]?.letters).toBe('D')
  })

  test('units and column numbers below are no data', () => {
    expect(header('Xã,Dân số,Tỷ lệ\n,(người),(%)\n(1),(2),(3)\nBình An,12000,50\n').lastRow).toBe(3)
    expect(header('Xã,Huyện,Dân số,Số ca\nA,B,1,2\nBình An,Châu Thành,12000,5\n').lastRow).toBe(1)
    expect(header('STT,Xã,Dân số,Số ca\nA,B,1,2\n1,Bình An,12000,5\n').lastRow).toBe(1)
    expect(header('STT,Xã,Dân số,Số ca\nA,1,2,3\n1,Bình An,12000,5\n').lastRow).toBe(2)
  })

  test('days across the top', () => {
    const found = header('Xã,01/10/2021,02/10/2021,03/10/2021\nBình An,1,0,2\n')
    expect(labels(found)).toEqual(['Xã', '01/10/2021', '02/10/2021', '03/10/2021'])
  })

  test('data without a header are refused', () => {
    const found = findHeader(table('1,Nguyễn Văn An,05/09/2021\n2,Trần Thị Bé,06/09/2021\n'))
    expect(!found.ok && found.problem.code).toBe('no_header')
  })

  test('a table of one column', () => {
    expect(labels(header('Tên ấp\nẤp Hòa Bình\nẤp Tân Lập\n'))).toEqual(['Tên ấp'])
  })
})

describe('header rows of several levels', () => {
  test('in CSV, where merged cells are blanks', () => {
    const found = header(
      'STT,Họ tên,Ngày,,Xét nghiệm,,Xã\n,,khởi phát,báo cáo,ngày,kết quả,\n1,An,01/09/2021,02/09/2021,02/09/2021,dương tính,Bình An\n',
    )
    expect(labels(found)).toEqual(['STT', 'Họ tên', 'Ngày khởi phát', 'Ngày báo cáo', 'Xét nghiệm ngày', 'Xét nghiệm kết quả', 'Xã'])
    expect(found.lastRow).toBe(2)
  })

  test('with fewer labels above than below', () => {
    const found = header('Họ tên,Tiêm chủng,,,,,\n,mũi 1,ngày 1,mũi 2,ngày 2,mũi 3,ngày 3\nAn,AZ,01/08/2021,AZ,01/10/2021,,\n')
    expect(found.rows.map(({ number }) => number)).toEqual([1, 2])
    expect(labels(found)).toEqual([
      'Họ tên',
      ...['mũi 1', 'ngày 1', 'mũi 2', 'ngày 2', 'mũi 3', 'ngày 3'].map((label) => `Tiêm chủng ${label}`),
    ])
  })

  test('of three levels with the merges of a spreadsheet', () => {
    const merges: Merge[] = [
      { firstRow: 1, lastRow: 3, firstColumn: 0, lastColumn: 0 },
      { firstRow: 1, lastRow: 1, firstColumn: 1, lastColumn: 4 },
      { firstRow: 2, lastRow: 2, firstColumn: 1, lastColumn: 2 },
      { firstRow: 2, lastRow: 2, firstColumn: 3, lastColumn: 4 },
    ]
    const found = header(
      'Họ tên,Xét nghiệm,,,\nHọ tên,Lần 1,,Lần 2,\nHọ tên,ngày,kết quả,ngày,kết quả\nAn,01/09/2021,+,03/09/2021,-\n',
      merges,
    )
    expect(labels(found)).toEqual([
      'Họ tên',
      'Xét nghiệm Lần 1 ngày',
      'Xét nghiệm Lần 1 kết quả',
      'Xét nghiệm Lần 2 ngày',
      'Xét nghiệm Lần 2 kết quả',
    ])
    expect(found.lastRow).toBe(3)
  })

  test('a row of data with gaps is no second level', () => {
    expect(header('Xã,Huyện,Ghi chú\nBình An,,mới tách\nThạnh Lộc,Châu Thành,\n').lastRow).toBe(1)
  })
})

describe('rows below the header', () => {
  const csv = 'Họ tên,Xã,Số ca,Ghi chú\n'
  const kind = (line: string) => {
    const source = table(`${csv}An,Bình An,1,\n${line}\n`)
    return rowKind(source.head[2] as Row, header(csv))
  }
  for (const [line, expected] of [
    ['An,Bình An,1,', 'data'],
    ['Tổng cộng,,12,', 'total'],
    ['TỔNG CỘNG:,,12,', 'total'],
    ['"Tổng số: 12 ca",,12,', 'total'],
    ['Cộng,,12,', 'total'],
    ['tong cong,,12,', 'total'],
    ['Tống Công Danh,Bình An,1,', 'data'],
    ['Trần Tổng,Bình An,1,', 'data'],
    ['Người lập biểu,,,', 'note'],
    ['05/09/2021,,,', 'data'],
    ['Họ tên,Xã,Số ca,Ghi chú', 'repeated_header'],
  ] as const) {
    test(`${line} is ${expected}`, () => expect(kind(line)).toBe(expected))
  }
})

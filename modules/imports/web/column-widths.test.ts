import { expect, test } from 'vitest'
import { columnWidths } from './column-widths.ts'

test('a column is as wide as its longest cell, within bounds', () => {
  expect(columnWidths([['Họ và tên'], ['An']])).toEqual([112])
  expect(columnWidths([['STT', 'x'.repeat(20)], ['1', ''], ['2', 'y'.repeat(500)]])).toEqual([112, 280])
  expect(columnWidths([['', 'x'.repeat(20)]])).toEqual([112, 164])
  expect(columnWidths([])).toEqual([])
})

import { expect, test } from 'vitest'
import { sheetOf } from './list-sheet.ts'

test('a file has numbers as numbers, words as the screen says them, and words for what is drawn', () => {
  const row = { rate: 1234.5, day: '10/12/2021', level: 3, gone: null }
  expect(sheetOf<typeof row>([
    { title: 'Tỷ lệ', numeric: true, render: ({ rate }) => rate.toLocaleString('vi'), sortBy: ({ rate }) => rate },
    { title: 'Ngày', render: ({ day }) => day, sortBy: () => '2021-12-10' },
    { title: 'Cấp', render: () => null, sortBy: ({ level }) => level },
    { title: 'Cấp bằng lời', render: () => null, sortBy: ({ level }) => level, text: ({ level }) => `cấp ${level}` },
    { title: 'Không có', render: () => null, text: ({ gone }) => gone },
  ], [row])).toEqual([['Tỷ lệ', 'Ngày', 'Cấp', 'Cấp bằng lời', 'Không có'], [1234.5, '10/12/2021', 3, 'cấp 3', null]])
})

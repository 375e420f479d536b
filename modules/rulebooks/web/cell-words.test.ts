import { expect, test } from 'vitest'
import { fill } from '#base'
import type { Translate } from '#web'
import { text } from '../text.ts'
import { cellWords, type Speech } from './cell-words.ts'

const sentences: Readonly<Record<string, string>> = text.vi
const t: Translate = (key, params) => fill(sentences[key] ?? key, params ?? {})
const speech: Speech = {
  t,
  number: (value) => String(value).replace('.', ','),
  day: (day) => day.split('-').toReversed().join('/'),
  word: (code) => (code === 'met' ? 'đạt' : code),
  label: (name) => (name === 'matrix_level' ? 'Cấp độ theo tiêu chí 1 và 2' : undefined),
}

test.each([
  ['-', 'bất kỳ'],
  ['null', 'không có'],
  ['1', '1'],
  ['[20..50)', 'từ 20 đến dưới 50'],
  ['[450..600]', 'từ 450 đến 600'],
  ['(0..6]', 'trên 0 đến 6'],
  ['>= 0.7', '≥ 0,7'],
  ['< date("2021-11-01")', 'trước 01/11/2021'],
  ['>= date("2021-11-01")', 'từ 01/11/2021'],
  ['"met"', 'đạt'],
  ['"met", "missed"', 'đạt hoặc missed'],
  ['not("met")', 'không phải đạt'],
  ['matrix_level', 'như “Cấp độ theo tiêu chí 1 và 2”'],
  ['if a then b else c', 'if a then b else c'],
])('%s is read as “%s”', (cell, words) => {
  expect(cellWords(cell, speech)).toBe(words)
})

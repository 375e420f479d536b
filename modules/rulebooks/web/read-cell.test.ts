import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fill, type Language } from '#base'
import { formatIn, type Translate } from '#web'
import { text } from '../text.ts'
import { cellWords, type Speech } from './cell-words.ts'
import { readCellWords, type Hearing } from './read-cell.ts'

const words: Readonly<Record<string, string>> = { met: 'đạt', not_met: 'chưa đạt', high: 'cao' }
const codes = new Map(Object.entries(words).map(([code, word]) => [word, code]))
const labels: Readonly<Record<string, string>> = { matrix_level: 'Cấp độ theo tiêu chí 1 và 2', transmission: 'Mức của tiêu chí 1' }
const names = new Map(Object.entries(labels).map(([name, label]) => [label.toLocaleLowerCase('vi'), name]))
const hearing = (language: Language, share: boolean): Hearing => ({
  sentences: language === 'vi' ? [text.vi, text.en] : [text.en, text.vi], decimal: language === 'vi' ? ',' : '.', share, codes, names,
})
const speech = (language: Language, share: boolean): Speech => {
  const t: Translate = (key, params) => fill((text[language] as Readonly<Record<string, string>>)[key] ?? key, params ?? {})
  const { percent, number, day } = formatIn(language)
  return { t, number: (value) => (share ? percent(value, 10) : number(value, 10)), day, word: (code) => words[code] ?? code, label: (name) => labels[name] }
}

test.each([
  ['bất kỳ', '-'], ['', '-'], ['-', '-'], ['từ 20 đến dưới 50', '[20..50)'], ['Từ 20 đến dưới 50', '[20..50)'], ['từ  450 đến 600', '[450..600]'], ['trên 0 đến 6', '(0..6]'],
  ['≥ 0,5', '>= 0.5'], ['>=0.5', '>= 0.5'], ['dưới 20', '< 20'], ['từ 20 trở lên', '>= 20'], ['không quá 6', '<= 6'], ['trên 6', '> 6'], ['ít nhất 3', '>= 3'],
  ['1.234,5', '1234.5'], ['0.125', '0.125'], ['1.234', '1234'],
  ['trước 1/11/2021', '< date("2021-11-01")'], ['từ 01/11/2021', '>= date("2021-11-01")'], ['đến hết 31/10/2021', '<= date("2021-10-31")'],
  ['đạt', '"met"'], ['Chưa đạt', '"not_met"'], ['đạt hoặc cao', '"met", "high"'], ['không phải đạt', 'not("met")'], ['không có', 'null'],
  ['như “Cấp độ theo tiêu chí 1 và 2”', 'matrix_level'], ['mức của tiêu chí 1', 'transmission'],
  // FEEL stays FEEL, and what nobody understands stays for the check to name.
  ['[20..50)', '[20..50)'], ['date("2021-11-01")', 'date("2021-11-01")'], ['? * 2 > transmission', '? * 2 > transmission'], ['khoảng 20', 'khoảng 20'], ['30/02/2021', '30/02/2021'],
])('“%s” is %s', (written, feel) => {
  expect(readCellWords(written, hearing('vi', false))).toBe(feel)
})

test.each([['≥ 70 %', '>= 0.7'], ['từ 75\u202f% đến dưới 90\u202f%', '[0.75..0.9)'], ['73,5%', '0.735'], ['0,7', '0.7'], ['100 %', '1'], ['5 %', '0.05'], ['0 %', '0']])('a share “%s” is %s', (written, feel) => {
  expect(readCellWords(written, hearing('vi', true))).toBe(feel)
})

test('what a table says is read as the cell it says, in both languages', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 20_000 }).map(String), fc.integer({ min: 0, max: 99_999 }).map((n) => String(n / 1000)))
  const day = fc.constantFrom('date("2021-11-01")', 'date("2022-01-27")')
  const literal = fc.constantFrom('"met"', '"not_met"', '"high"')
  const value = fc.oneof(number, day, literal, fc.constantFrom('null', 'matrix_level', 'transmission'))
  const comparison = fc.tuple(fc.constantFrom('<', '<=', '>', '>='), fc.oneof(number, day)).map((parts) => parts.join(' '))
  const range = fc.tuple(fc.constantFrom('[', '('), number, number, fc.constantFrom(']', ')')).map(([open, low, high, close]) => `${open}${low}..${high}${close}`)
  const list = fc.array(fc.oneof(number, literal), { minLength: 2, maxLength: 3 }).map((all) => all.join(', '))
  const not = fc.oneof(literal, number, range).map((inner) => `not(${inner})`)
  fc.assert(
    fc.property(fc.oneof(value, comparison, range, list, not, fc.constant('-')), fc.constantFrom<Language>('vi', 'en'), fc.boolean(), (cell, language, share) => {
      expect(readCellWords(cellWords(cell, speech(language, share)), hearing(language, share))).toBe(cell)
    }),
    { numRuns: 500 },
  )
})

import { expect, test } from 'vitest'
import { texts } from '#base'
import { languageIn, translator } from './translate.ts'
import { text } from './text.ts'

const speak = translator([text, texts({ 'a.rows': '{rows} dòng của {name}' }, { 'a.rows': '{rows} rows of {name}' })])

test('sentences of all modules, numbers in the reader’s language', () => {
  expect(speak('vi')('a.rows', { rows: 12_345.5, name: 'Rạch Giá' })).toBe('12.345,5 dòng của Rạch Giá')
  expect(speak('en')('a.rows', { rows: 12_345.5, name: 'Rạch Giá' })).toBe('12,345.5 rows of Rạch Giá')
  expect(speak('en')('web.cancel')).toBe('Cancel')
})

test('a key nobody has shows itself', () => {
  expect(speak('vi')('a.unknown', { rows: 1 })).toBe('a.unknown')
})

test('a sentence that English lacks is said in Vietnamese', () => {
  const lacking = translator([{ vi: { 'b.x': 'Chỉ có tiếng Việt' }, en: {} }])
  expect(lacking('en')('b.x')).toBe('Chỉ có tiếng Việt')
})

test.each([['', 'vi'], ['language=vi', 'vi'], ['a=b; language=en', 'en'], ['language=en; a=b', 'en'], ['mylanguage=en', 'vi'], ['language=english', 'vi']])(
  'cookie %j speaks %s', (cookie, language) => {
    expect(languageIn(cookie)).toBe(language)
  })

import { expect, test } from 'vitest'
import { readSearch, writeSearch } from './address.ts'

test('the address keeps texts as they are: codes with zeros, days, tones', () => {
  const state = { area: '01', day: '2021-11-22', q: 'Vĩnh Bảo & 6' }
  expect(readSearch(writeSearch(state))).toEqual(state)
})

test('what is not set is not written', () => {
  expect(writeSearch({ area: undefined, q: '', page: 2 })).toBe('?page=2')
  expect(writeSearch({})).toBe('')
})

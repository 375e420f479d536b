import { describe, expect, test } from 'vitest'
import { readBirth, readDay, readWhole } from './read-typed.ts'

const said = (typed: string): string | null => {
  const read = readDay(typed)
  return read.ok ? read.value : `!${read.problem.code}`
}

describe('a typed day', () => {
  test.each([
    ['05/09/2021', '2021-09-05'], ['5/9/2021', '2021-09-05'], ['5-9-2021', '2021-09-05'], ['5.9.2021', '2021-09-05'], [' 5 9 2021 ', '2021-09-05'],
    ['05092021', '2021-09-05'], ['2021-09-05', '2021-09-05'], ['29/02/2024', '2024-02-29'], ['', null], ['  ', null],
  ])('%s', (typed, day) => expect(said(typed)).toBe(day))
  test.each([
    ['05/09/21', '!two_digit_year'], ['5-9-21', '!two_digit_year'], ['050921', '!two_digit_year'], ['5/9/021', '!two_digit_year'],
    ['5/9', '!day_without_year'], ['31/02/2021', '!no_such_day'], ['32012021', '!no_such_day'], ['2021-13-01', '!no_such_day'],
    ['2021', '!unreadable_day'], ['hôm qua', '!unreadable_day'], ['5//2021', '!unreadable_day'],
  ])('%s is refused', (typed, fault) => expect(said(typed)).toBe(fault))
})

test('a birth is a day or a year', () => {
  expect(readBirth('1985')).toEqual({ ok: true, value: { birthOn: null, birthYear: 1985 } })
  expect(readBirth('05/09/1985')).toEqual({ ok: true, value: { birthOn: '1985-09-05', birthYear: 1985 } })
  expect(readBirth('')).toEqual({ ok: true, value: { birthOn: null, birthYear: null } })
  expect(readBirth('85')).toMatchObject({ ok: false, problem: { code: 'two_digit_year' } })
  expect(readBirth('05/09/85')).toMatchObject({ ok: false, problem: { code: 'two_digit_year' } })
})

test('a whole number', () => {
  expect(readWhole(' 45 ')).toEqual({ ok: true, value: 45 })
  expect(readWhole('')).toEqual({ ok: true, value: null })
  for (const typed of ['-1', '4,5', 'x']) expect(readWhole(typed).ok).toBe(false)
})

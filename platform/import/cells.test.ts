import { describe, expect, test } from 'vitest'
import { choiceReader, readCode, readName, readSex, readText, readYesNo, type Reading } from './cells.ts'
import { readDate } from './dates.ts'
import { readAge, readBirth, readNationalId, readPhone } from './identity.ts'
import { readCount, readNumber, readProportion } from './numbers.ts'
import { EMPTY, textCell, type Cell } from './table.ts'
import { text } from './text.ts'

const number = (value: number, format?: string): Cell => ({
  kind: 'number',
  text: String(value),
  number: value,
  ...(format ? { format } : {}),
})
const date = (serial: number): Cell => ({ kind: 'date', text: '?', number: serial, format: 'dd/mm/yyyy' })
const broken: Cell = { kind: 'error', text: '#N/A' }

/** The value, or `!code`; a warning's code after a tilde. */
const seen = <T>(reading: Reading<T>): T | string | undefined => {
  if (!reading.ok) {
    expect(text.vi).toHaveProperty([`problem.${reading.problem.code}`])
    return `!${reading.problem.code}`
  }
  if (!reading.warning) return reading.value
  expect(text.vi).toHaveProperty([`problem.${reading.warning.code}`])
  return `${String(reading.value)} ~${reading.warning.code}`
}

const cases = <T>(read: (cell: Cell | undefined) => Reading<T>, table: readonly (readonly [string | Cell, unknown])[]) => {
  for (const [cell, expected] of table) {
    const written = typeof cell === 'string' ? textCell(cell) : cell
    test(`${written.kind} ${JSON.stringify(written.number ?? written.text)}`, () => expect(seen(read(written))).toEqual(expected))
  }
  test('an empty cell is nothing', () => {
    expect(read(undefined)).toEqual({ ok: true, value: undefined })
    expect(read(EMPTY)).toEqual({ ok: true, value: undefined })
  })
}

describe('dates', () => {
  cases(readDate, [
    ['05/09/2021', '2021-09-05'],
    ['5/9/2021', '2021-09-05'],
    ['05-09-2021', '2021-09-05'],
    ['05.09.2021', '2021-09-05'],
    [' 05 / 09 / 2021 ', '2021-09-05'],
    ['2021-09-05', '2021-09-05'],
    ['2021/9/5', '2021-09-05'],
    ['20210905', '2021-09-05'],
    ['2021-09-05 14:30', '2021-09-05'],
    ['2021-09-05T14:30:00', '2021-09-05'],
    ['2021-09-05T17:30:00.000Z', '2021-09-06'],
    ['2021-09-05T23:30:00+07:00', '2021-09-05'],
    ['2021-09-05T01:00:00+09:00', '2021-09-04'],
    ['05/09/2021 14h30', '2021-09-05'],
    ['05/09/2021 2:30:00 CH', '2021-09-05'],
    ['14:30 05/09/2021', '2021-09-05'],
    ['ngày 05 tháng 9 năm 2021', '2021-09-05'],
    ['Ngày 5/9/2021', '2021-09-05'],
    ["'05/09/2021", '2021-09-05'],
    ['05-Sep-2021', '2021-09-05'],
    ['Sep 5, 2021', '2021-09-05'],
    ['05-Thg9-2021', '2021-09-05'],
    ['44444', '2021-09-05'],
    ['44444.5', '2021-09-05'],
    [date(44444), '2021-09-05'],
    [date(44444.75), '2021-09-05'],
    [number(44444), '2021-09-05'],
    [number(20210905), '2021-09-05'],
    [{ ...date(42982), dates1904: true }, '2021-09-05'],
    [date(59), '1900-02-28'],
    [date(60), '!impossible_date'],
    [date(61), '1900-03-01'],
    ['05/09/21', '!two_digit_year'],
    ['5-9-21', '!two_digit_year'],
    ['ngày 5 tháng 9 năm 21', '!two_digit_year'],
    ['31/02/2021', '!impossible_date'],
    ['29/02/2021', '!impossible_date'],
    ['32/01/2021', '!impossible_date'],
    ['2021-13-01', '!impossible_date'],
    ['05/09/0021', '!impossible_date'],
    ['10/25/2021', '!month_first_date'],
    ['13/13/2021', '!impossible_date'],
    ['2021', '!year_only'],
    [number(2021), '!year_only'],
    [date(2021), '!year_only'],
    [number(12), '!unreadable_date'],
    ['12/2021', '!unreadable_date'],
    ['05/09/2021 - 07/09/2021', '!unreadable_date'],
    ['05/09/20211', '!unreadable_date'],
    ['hôm qua', '!unreadable_date'],
    ['ab/cd/efgh', '!unreadable_date'],
    ['không rõ', undefined],
    ['NA', undefined],
    ['-', undefined],
    [broken, '!cell_error'],
    [{ kind: 'error', text: '=TODAY()' }, '!formula_without_value'],
  ])
})

describe('counts', () => {
  cases(readCount, [
    ['0', 0],
    ['007', 7],
    ['12345', 12345],
    ['1.234', 1234],
    ['1,234', 1234],
    ['1 234', 1234],
    ['1\u00a0234\u00a0567', 1234567],
    ['1.234.567', 1234567],
    ['12,0', 12],
    ['-5', '-5 ~negative_number'],
    ['(5)', '-5 ~negative_number'],
    [number(12), 12],
    [number(1.5), '!not_whole'],
    ['12,5', '!not_whole'],
    ['12%', '!not_whole'],
    ['12 34', '!unreadable_number'],
    ['1.23.456', '!unreadable_number'],
    ['mười', '!unreadable_number'],
    ['-', undefined],
    ['NA', undefined],
    [broken, '!cell_error'],
  ])
})

describe('numbers', () => {
  cases(readNumber, [
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1 234,5', 1234.5],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['0.125', 0.125],
    ['0,125', 0.125],
    ['1.234', '1234 ~ambiguous_number'],
    ['1.234.567', 1234567],
    ['12%', 0.12],
    ['1.5e3', 1500],
    ['-2,5', '-2.5 ~negative_number'],
    [number(0.5, '0%'), 0.5],
    ['1,2,3', '!unreadable_number'],
  ])
})

describe('proportions', () => {
  cases(readProportion, [
    ['12%', 0.12],
    ['0,12', 0.12],
    ['85', '0.85 ~read_as_percent'],
    [number(0.85, '0%'), 0.85],
    ['120%', '!not_a_proportion'],
    ['-1', '!not_a_proportion'],
  ])
})

describe('sex', () => {
  cases(readSex, [
    ['Nam', 'male'],
    ['nữ', 'female'],
    ['NU', 'female'],
    ['M', 'male'],
    ['F', 'female'],
    [number(1), 'male'],
    [number(0), 'female'],
    ['Khác', 'other'],
    ['không rõ', undefined],
    ['x', '!unknown_sex'],
    [broken, '!cell_error'],
  ])
})

describe('yes and no', () => {
  cases(readYesNo, [
    ['Có', true],
    ['x', true],
    ['✓', true],
    [number(1), true],
    [{ kind: 'boolean', text: 'TRUE', number: 1 }, true],
    ['Không', false],
    ['ko', false],
    ['0', false],
    ['chưa rõ', undefined],
    ['có thể', '!unknown_yes_no'],
  ])
})

test('a choice refuses other words and suggests the right ones', () => {
  const read = choiceReader({ high: ['Cao'], low: ['Thấp', 'kém'] })
  expect(read(textCell('thap'))).toEqual({ ok: true, value: 'low' })
  expect(read(textCell('vừa'))).toEqual({ ok: false, problem: { code: 'unknown_choice', params: { text: 'vừa', allowed: 'Cao, Thấp' } } })
})

describe('ages', () => {
  cases(readAge, [
    ['45', { years: 45 }],
    ['45 tuổi', { years: 45 }],
    ['45t', { years: 45 }],
    ['8 tháng', { years: 0, months: 8 }],
    ['8 tháng tuổi', { years: 0, months: 8 }],
    ['2 tuổi 3 tháng', { years: 2, months: 27 }],
    ['20 ngày', { years: 0, months: 0 }],
    ['1,5', { years: 1, months: 18 }],
    [number(67), { years: 67 }],
    ['1985', '!year_in_age'],
    ['150', '!impossible_age'],
    ['-3', '!unreadable_age'],
    ['30-39', '!unreadable_age'],
    ['NA', undefined],
  ])
})

describe('births', () => {
  cases(readBirth, [
    ['1985', { year: 1985 }],
    [number(1985), { year: 1985 }],
    [date(1985), { year: 1985 }],
    ['09/1985', { year: 1985 }],
    ['00/00/1985', { year: 1985 }],
    ['05/09/1985', { year: 1985, date: '1985-09-05' }],
    [date(31295), { year: 1985, date: '1985-09-05' }],
    ['85', '!two_digit_year'],
    ['05/09/85', '!two_digit_year'],
    ['trẻ em', '!unreadable_birth'],
  ])
})

describe('telephone numbers', () => {
  cases(readPhone, [
    ['0912345678', '0912345678'],
    ['0912.345.678', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['84912345678', '0912345678'],
    [number(912345678), '0912345678'],
    ['0297 3 812 345', '02973812345'],
    [number(2973812345), '02973812345'],
    ['0912345678; 0977123456', '0912345678 ~several_phones'],
    ['0912345678/0977123456', '0912345678 ~several_phones'],
    ['9.12E+08', '!digits_lost'],
    ['12345', '!bad_phone'],
    ['không có số', '!bad_phone'],
    ['-', undefined],
  ])
})

describe('personal numbers', () => {
  cases(readNationalId, [
    ['091085001234', '091085001234'],
    ['091 085 001 234', '091085001234'],
    [number(91085001234), '091085001234 ~zeros_restored'],
    [number(1085001234), '001085001234 ~zeros_restored'],
    ['371234567', '371234567 ~old_identity_number'],
    [number(12345678), '012345678 ~zeros_restored'],
    ['9.10850E+10', '!digits_lost'],
    ['1234', '!bad_national_id'],
    ['0910850012345', '!bad_national_id'],
    ['B1234567', '!bad_national_id'],
  ])
})

describe('names and texts', () => {
  cases(readName, [
    ['Nguyễn Văn An', 'Nguyễn Văn An'],
    ['  NGUYỄN   văn\u00a0An ', 'NGUYỄN văn An'],
    ['Nguyễn'.normalize('NFD'), 'Nguyễn'],
    ['Lê\u200b Hà\n', 'Lê Hà'],
    ['Nguy\ufffdn', '!broken_letters'],
    ['   ', undefined],
    [broken, '!cell_error'],
  ])
  test('a text keeps its lines', () => expect(seen(readText(textCell(' ấp 1\nxã Bình An ')))).toBe('ấp 1\nxã Bình An'))
  test('a code may be a number', () => expect(seen(readCode(number(15)))).toBe('15'))
})

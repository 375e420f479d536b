import { describe, expect, test } from 'vitest'
import { day, type Instant } from '#base'
import { formatIn, typedDay } from './format.ts'

const vi = formatIn('vi')
const en = formatIn('en')
const at = (text: string): Instant => text as Instant

describe('numbers', () => {
  test('as each language writes them', () => {
    expect(vi.number(1234.56)).toBe('1.234,6')
    expect(en.number(1234.56)).toBe('1,234.6')
    expect(vi.number(1234.56, 2)).toBe('1.234,56')
    expect(vi.whole(1_719_547)).toBe('1.719.547')
    expect(vi.whole(8, true)).toBe('+8')
    expect(en.whole(-8, true)).toBe('-8')
    expect(vi.whole(0, true)).toBe('0')
  })
  test('a rate always shows its decimal', () => {
    expect(vi.rate(73)).toBe('73,0')
    expect(en.rate(73.45)).toBe('73.5')
  })
  test('a proportion becomes per cent on one line', () => {
    expect(vi.percent(0.735)).toBe('73,5\u202f%')
    expect(en.percent(1)).toBe('100\u202f%')
    expect(vi.percent(0.999, 0)).toBe('100\u202f%')
  })
  test('counts that stopped', () => {
    expect(vi.count(10_000, true)).toBe('10.000+')
    expect(en.count(9_999)).toBe('9,999')
  })
})

describe('days and times', () => {
  test('day first, in both languages', () => {
    expect(vi.day(day('2021-11-02'))).toBe('02/11/2021')
    expect(en.day(day('2021-11-02'))).toBe('02/11/2021')
    expect(vi.shortDay(day('2021-11-02'))).toBe('02/11')
  })
  test('the province’s clock, 24 hours, whatever zone the machine has', () => {
    expect(vi.instant(at('2021-11-21T17:05:00.000Z'))).toBe('00:05 22/11/2021')
    expect(vi.time(at('2021-11-22T14:00:00.000Z'))).toBe('21:00')
  })
  test('how long ago', () => {
    const now = at('2021-11-22T12:00:00.000Z')
    expect(vi.relative(at('2021-11-22T09:00:00.000Z'), now)).toBe('3 giờ trước')
    expect(en.relative(at('2021-11-22T11:59:30.000Z'), now)).toBe('30 seconds ago')
    expect(en.relative(at('2021-11-24T12:00:00.000Z'), now)).toBe('in 2 days')
    expect(vi.relativeDay(day('2021-11-21'), day('2021-11-22'))).toBe('hôm qua')
    expect(en.relativeDay(day('2021-11-22'), day('2021-11-22'))).toBe('today')
  })
})

test.each([
  ['5/1/2021', { year: 2021, month: 1, dayOfMonth: 5 }],
  [' 05-01-2021 ', { year: 2021, month: 1, dayOfMonth: 5 }],
  ['05.01.2021', { year: 2021, month: 1, dayOfMonth: 5 }],
  ['2021-01-05', { year: 2021, month: 1, dayOfMonth: 5 }],
  ['5/1/21', undefined],
  ['mai', undefined],
])('a day typed as %s', (text, expected) => {
  expect(typedDay(text)).toEqual(expected)
})

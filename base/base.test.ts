import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays, compareVietnamese, csvOf, dateOf, day, dayNumber, daysBetween, eachDay, epiWeek, fill, fromDayNumber, isId, median, nameKey,
  parseDate, provinceDay, provinceTime, ratePerHundredThousand, uuidV7, vietnameseDate, weekday, type Instant,
} from './index.ts'

describe('days', () => {
  test('known days', () => {
    expect(dayNumber(day('1970-01-02'))).toBe(1)
    expect(addDays(day('2021-12-31'), 1)).toBe('2022-01-01')
    expect(addDays(day('2024-03-01'), -1)).toBe('2024-02-29')
    expect(daysBetween(day('2021-10-01'), day('2021-10-08'))).toBe(7)
    expect(weekday(day('2021-11-22'))).toBe(1)
    expect(vietnameseDate(day('2021-10-12'))).toBe('12/10/2021')
    expect(eachDay(day('2021-02-27'), day('2021-03-01'))).toEqual(['2021-02-27', '2021-02-28', '2021-03-01'])
  })
  test('days that do not exist are refused', () => {
    for (const text of ['2021-02-29', '2021-13-01', '2021-00-10', '12/10/2021', '', '2021-1-1']) expect(parseDate(text).ok).toBe(false)
    expect(dateOf(2021, 2, 30)).toBeUndefined()
    expect(() => day('2021-02-30')).toThrow()
  })
  test('numbers and days are inverse, and agree with the platform calendar', () => {
    fc.assert(fc.property(fc.integer({ min: -200_000, max: 200_000 }), (n) => {
      expect(dayNumber(fromDayNumber(n))).toBe(n)
      expect(fromDayNumber(n)).toBe(new Date(n * 86_400_000).toISOString().slice(0, 10))
    }))
  })
  test('ISO weeks at year ends', () => {
    expect(epiWeek(day('2021-01-03'))).toEqual({ year: 2020, week: 53 })
    expect(epiWeek(day('2021-01-04'))).toEqual({ year: 2021, week: 1 })
    expect(epiWeek(day('2024-12-30'))).toEqual({ year: 2025, week: 1 })
  })
})

describe('names', () => {
  test('keys ignore tones, case and spacing', () => {
    expect(nameKey('Đặng  Thị-Ánh')).toBe('dang thi anh')
    expect(nameKey('NGUYỄN VĂN Ơn')).toBe('nguyen van on')
    expect(nameKey('Tiên Hải'.normalize('NFD'))).toBe(nameKey('TIÊN HẢI'))
  })
  test('Vietnamese order', () => {
    expect(['Đông', 'Dương', 'Ân', 'An', 'Phường 10', 'Phường 2'].toSorted(compareVietnamese)).toEqual(['An', 'Ân', 'Dương', 'Đông', 'Phường 2', 'Phường 10'])
  })
})

test('ids sort by time and are version 7', () => {
  const a = uuidV7(1_600_000_000_000, new Uint8Array(10).fill(255))
  const b = uuidV7(1_600_000_000_001, new Uint8Array(10))
  expect(a < b).toBe(true)
  expect(a[14]).toBe('7')
  expect(isId(a)).toBe(true)
  expect(() => uuidV7(0, new Uint8Array(3))).toThrow(RangeError)
})

test('rates, medians, sentences', () => {
  expect(ratePerHundredThousand(3, 12_000)).toBe(25)
  expect(ratePerHundredThousand(3, 0)).toBeUndefined()
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(median([])).toBeUndefined()
  expect(fill('Không có {x}, {y}', { x: 'a' })).toBe('Không có a, {y}')
})

test('a sheet opens with its tones, cells stay apart, and no name is run as a formula', () => {
  expect(csvOf([['Xã', 'Ca'], ['=1+1, "A"', 3], ['-2', -2], [null, 'a\nb']])).toBe('\ufeffXã,Ca\r\n"\'=1+1, ""A""",3\r\n\'-2,-2\r\n,"a\nb"\r\n')
})

test('the province is seven hours ahead of UTC', () => {
  const shown = (at: string): readonly string[] => [provinceDay(at as Instant), provinceTime(at as Instant)]
  expect(shown('2021-10-12T16:59:59.999Z')).toEqual(['2021-10-12', '23:59'])
  expect(shown('2021-12-31T17:00:00.000Z')).toEqual(['2022-01-01', '00:00'])
  fc.assert(fc.property(fc.date({ min: new Date('1976-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
    const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short', timeStyle: 'short' }).format(date)
    expect(shown(date.toISOString()).join(' ')).toBe(parts)
  }))
})

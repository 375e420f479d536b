import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayNumber, fromDayNumber, vietnameseDate } from '#base'
import { readName } from './cells.ts'
import { readDate, serialDate } from './dates.ts'
import { readAge, readBirth, readNationalId, readPhone } from './identity.ts'
import { readCount, readNumber } from './numbers.ts'
import { textCell, type Cell } from './table.ts'

const days = fc.integer({ min: -25508, max: 47846 }).map(fromDayNumber)

test('a day is read back from every way it can be written', () => {
  fc.assert(
    fc.property(days, fc.constantFrom('/', '-', '.'), (date, separator) => {
      const [year, month, dayOfMonth] = date.split('-').map(Number)
      const forms = [
        date,
        vietnameseDate(date),
        vietnameseDate(date).replaceAll('/', separator),
        [dayOfMonth, month, year].join(separator),
        `${date}T08:15:00`,
        `ngày ${dayOfMonth} tháng ${month} năm ${year}`,
        date.replaceAll('-', ''),
      ]
      for (const form of forms) expect(readDate(textCell(form)), form).toEqual({ ok: true, value: date })
    }),
  )
})

test('a serial is the day it shows, in both date systems', () => {
  fc.assert(
    fc.property(
      days.filter((date) => date > '1904-01-01'),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (date, time) => {
        const serial = dayNumber(date) + 25569
        expect(serialDate(serial + time)).toBe(date)
        // From 2004 on, where a 1904 serial cannot be taken for a year.
        if (date < '1910-01-01') return
        expect(readDate({ kind: 'date', text: '', number: serial - 1462, dates1904: true })).toEqual({ ok: true, value: date })
      },
    ),
  )
})

test('a whole number is read back with any separator of thousands', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.constantFrom('.', ',', ' ', '\u00a0', ''), (value, separator) => {
      const written = String(value).replace(/\B(?=(\d{3})+$)/g, separator)
      expect(readCount(textCell(written))).toEqual({ ok: true, value })
    }),
  )
})

test('a decimal is read back with Vietnamese and English signs', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 9_999_999 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
      const fraction = String(cents).padStart(2, '0')
      const value = Number(`${whole}.${fraction}`)
      const grouped = (separator: string) => String(whole).replace(/\B(?=(\d{3})+$)/g, separator)
      expect(readNumber(textCell(`${grouped('.')},${fraction}`))).toEqual({ ok: true, value })
      expect(readNumber(textCell(`${grouped(',')}.${fraction}`))).toEqual({ ok: true, value })
    }),
  )
})

test('twelve digits survive a spreadsheet that makes them a number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 96 }), fc.integer({ min: 0, max: 999_999_999 }), (province, rest) => {
      const id = String(province).padStart(3, '0') + String(rest).padStart(9, '0')
      const reading = readNationalId({ kind: 'number', text: String(Number(id)), number: Number(id) })
      expect(reading.ok && reading.value).toBe(id)
    }),
  )
})

test('no cell makes a converter throw', () => {
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    fc.string({ unit: 'grapheme' }).map(textCell),
    fc.stringMatching(/^[\d\s.,/:%+\-()eEtT]{0,16}$/).map(textCell),
    fc.double().map((number): Cell => ({ kind: 'number', text: String(number), number })),
    fc.double().map((number): Cell => ({ kind: 'date', text: String(number), number })),
    fc.string().map((text): Cell => ({ kind: 'error', text })),
  )
  fc.assert(
    fc.property(cell, (one) => {
      for (const read of [readDate, readCount, readNumber, readAge, readBirth, readPhone, readNationalId, readName])
        expect(typeof read(one).ok).toBe('boolean')
    }),
    { numRuns: 2000 },
  )
})

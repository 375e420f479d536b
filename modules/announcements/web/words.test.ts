import { expect, test } from 'vitest'
import { tallyOf, typedInstant } from './words.ts'

test('an hour and a day as an office writes them', () => {
  expect(typedInstant('17:00 20/11/2021')).toBe('2021-11-20T10:00:00.000Z')
  expect(typedInstant(' 7h05 1/1/2022')).toBe('2022-01-01T00:05:00.000Z')
  expect([typedInstant('25:00 20/11/2021'), typedInstant('17:00 31/02/2021'), typedInstant('20/11/2021'), typedInstant('')]).toEqual([undefined, undefined, undefined, undefined])
})

test('a first level is neither raised nor lowered', () => {
  expect(tallyOf([{ level: 3, levelBefore: null }, { level: 3, levelBefore: 2 }, { level: 1, levelBefore: 2 }, { level: 2, levelBefore: 2 }])).toEqual({ up: 1, down: 1, same: 1, first: 1 })
})

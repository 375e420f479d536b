import { expect, test } from 'vitest'
import { day } from '#base'
import { DEFAULT_HOUR, deadlineOf, hourOf } from './deadline.ts'

test('a deadline is an hour of the province', () => {
  expect(deadlineOf(day('2021-10-12'), 18)).toBe('2021-10-12T11:00:00.000Z')
  expect(deadlineOf(day('2021-10-12'), 5)).toBe('2021-10-11T22:00:00.000Z')
})

test('the nearest area that has set an hour decides', () => {
  const path = [{ id: 30 }, { id: 20 }, { id: 10 }]
  expect(hourOf(new Map([[10, 16], [20, 17]]), path)).toBe(17)
  expect(hourOf(new Map([[10, 16]]), path)).toBe(16)
  expect(hourOf(new Map(), path)).toBe(DEFAULT_HOUR)
})

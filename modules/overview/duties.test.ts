import { expect, test } from 'vitest'
import { day } from '#base'
import { sinceOf } from './duties.ts'

const LAST = day('2021-11-22')

test('a level stands since the day after the last one with another level', () => {
  expect(sinceOf([1, 1, 2, 2, 2], LAST)).toEqual({ day: '2021-11-20', earlier: false })
  expect(sinceOf([2, 2, 3], LAST)).toEqual({ day: '2021-11-22', earlier: false })
})
test('a day on which it was not decided breaks it', () => {
  expect(sinceOf([2, null, 2], LAST)).toEqual({ day: '2021-11-22', earlier: false })
  expect(sinceOf([2, 2, null], LAST)).toBeUndefined()
})
test('without another level in what was looked at it may be older', () => {
  expect(sinceOf([2, 2, 2], LAST)).toEqual({ day: '2021-11-20', earlier: true })
  expect(sinceOf([], LAST)).toBeUndefined()
})

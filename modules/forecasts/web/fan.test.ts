import { expect, test } from 'vitest'
import { dailyFan } from './fan.ts'

const certain = (cases: number) => ({ median: cases, lower50: cases, upper50: cases, lower80: cases, upper80: cases, lower95: cases, upper95: cases })

test('the daily mean of a week stands at its fourth day, with straight lines between', () => {
  expect(dailyFan(7, [certain(14)]).map(({ median }) => median)).toEqual([1, 1.25, 1.5, 1.75, 2, 2, 2, 2])
  const two = dailyFan(null, [certain(14), certain(28)]).map(({ upper95 }) => upper95)
  expect([two[0], two[4], two[11], two[14]]).toEqual([2, 2, 4, 4])
  expect(two[5]).toBeCloseTo(2 + 2 / 7, 10)
  expect(dailyFan(7, [])).toEqual([])
})

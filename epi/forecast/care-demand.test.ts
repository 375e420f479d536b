import { expect, test } from 'vitest'
import { seededRandom } from '../numerics/index.ts'
import { HUB_LEVELS } from '../scores/index.ts'
import { forecastCare } from './index.ts'

const certain = (cases: number): number[] => HUB_LEVELS.map(() => cases)
const steady = (days: number, value: number): number[] => Array.from({ length: days }, () => value)
const MEDIAN = 3

test('a hundred cases a day for long, 85 patients who stay 8 days: one case in ten; 700 certain cases a week keep it so, none let it fall by a factor e in 8 days', () => {
  const forecast = (week: number, capacity?: number) => forecastCare(steady(200, 100), steady(200, 85), [certain(week), certain(week)], seededRandom(1), { stayDays: 8, capacity })
  const stays = forecast(700, 100)
  expect(stays?.share).toBeCloseTo(85.5 / 851.5, 4)
  for (const day of [0, 13]) expect(Math.abs((stays?.bands[MEDIAN]?.[day] as number) - 85)).toBeLessThan(2)
  expect(stays?.exceeded).toBeGreaterThan(0.05)
  expect(stays?.exceeded).toBeLessThan(0.5)
  const falls = forecast(0)
  expect(Math.abs((falls?.bands[MEDIAN]?.[7] as number) - (85.5 / 851.5) * (851 * Math.exp(-1) + 0.5) + 0.5)).toBeLessThan(1)
  expect(falls?.exceeded).toBeUndefined()
})

test('a share that changed in the past makes the coming weeks less sure', () => {
  const width = (patients: readonly number[]): number => {
    const bands = forecastCare(steady(120, 100), patients, [certain(700), certain(700)], seededRandom(1), { stayDays: 8 })?.bands
    return (bands?.[6]?.[13] as number) / (bands?.[0]?.[13] as number)
  }
  expect(width(Array.from({ length: 120 }, (_, day) => 60 + 40 * Math.sin(day / 9)))).toBeGreaterThan(1.3 * width(steady(120, 60)))
})

test('without patients of the last weeks nothing is said; what makes no sense is refused', () => {
  const withPatients = (patients: readonly (number | undefined)[]) => forecastCare(steady(60, 10), patients, [certain(70)], seededRandom(1), { stayDays: 8 })
  expect(withPatients(steady(60, 5))).toBeDefined()
  expect(withPatients([...steady(54, 5), ...Array.from({ length: 6 }, () => undefined)])).toBeUndefined()
  expect(withPatients(Array.from({ length: 60 }, (_, day) => (day >= 47 ? 5 : undefined)))).toBeUndefined()
  expect(withPatients(Array.from({ length: 60 }, (_, day) => (day >= 46 ? 5 : undefined)))).toBeDefined()
  expect(() => withPatients([1])).toThrow(RangeError)
  expect(() => withPatients(steady(60, -1))).toThrow(RangeError)
  expect(() => forecastCare(steady(60, 10), steady(60, 5), [certain(70)], seededRandom(1), { stayDays: 0 })).toThrow(RangeError)
})

import { expect, test } from 'vitest'
import { asksForAttention, gradeAlarms, joinAlarms, type GradedAlarm } from './index.ts'

const warning = (week: number, alarm: boolean | undefined): { week: number; expected: number; upper: number; alarm: boolean | undefined } => ({ week, expected: 3, upper: 7, alarm })
const graded = (week: number, exceedance: number): GradedAlarm => ({ week, exceedance, grade: exceedance < 1.5 ? 1 : exceedance < 2.5 ? 2 : 3 })

test('how far beyond the bound: the example', () => {
  const alarms = gradeAlarms([8, 9, 15, 2, undefined], [warning(0, true), warning(1, true), warning(2, true), warning(3, false), warning(4, undefined)])
  expect(alarms).toEqual([{ week: 0, exceedance: 1.25, grade: 1 }, { week: 1, exceedance: 1.5, grade: 2 }, { week: 2, exceedance: 3, grade: 3 }])
  // Nothing expected and no bound above it: as bad as can be.
  expect(gradeAlarms([9], [{ week: 0, expected: 0, upper: 0, alarm: true }])[0]?.grade).toBe(3)
  expect(() => gradeAlarms([], [warning(0, true)])).toThrow(RangeError)
})

test('alarms next to each other are one episode', () => {
  const alarms = [graded(4, 1.2), graded(5, 2), graded(7, 1.1), graded(12, 3)]
  expect(joinAlarms(alarms).map(({ first, last, worst }) => [first, last, worst.week])).toEqual([[4, 7, 5], [12, 12, 12]])
  expect(joinAlarms(alarms, 0).map(({ first, last }) => [first, last])).toEqual([[4, 5], [7, 7], [12, 12]])
  expect(joinAlarms([])).toEqual([])
  expect(() => joinAlarms([graded(5, 1), graded(4, 1)])).toThrow('order of time')
  expect(() => joinAlarms([], -1)).toThrow('quietWeeks')
})

test('acknowledged is silent until it gets worse; a new episode is heard', () => {
  const episodeOf = (...alarms: readonly GradedAlarm[]): Parameters<typeof asksForAttention>[0] => joinAlarms(alarms).at(-1) as Parameters<typeof asksForAttention>[0]
  const seen = { week: 4, grade: 1 } as const
  expect(asksForAttention(episodeOf(graded(4, 1.2)), undefined)).toBe(true)
  expect(asksForAttention(episodeOf(graded(4, 1.2), graded(5, 1.4)), seen)).toBe(false)
  expect(asksForAttention(episodeOf(graded(4, 1.2), graded(5, 1.4), graded(6, 1.8)), seen)).toBe(true)
  // As bad as acknowledged, but before that week: it was seen.
  expect(asksForAttention(episodeOf(graded(3, 2), graded(4, 1.2), graded(5, 1.2)), seen)).toBe(false)
  expect(asksForAttention(episodeOf(graded(4, 1.2), graded(9, 1.2)), seen)).toBe(true)
})

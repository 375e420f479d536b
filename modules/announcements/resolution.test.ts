import { expect, test } from 'vitest'
import { dayOf, earliest, mayFollow, statusOf } from './announcement.ts'
import { directionOf, measuresAt, noticeHours } from './resolution.ts'
import type { Instant } from '#base'

test('R4 48 hours before a level is raised, none before it is lowered (NQ 128/NQ-CP)', () => {
  expect([noticeHours('up'), noticeHours('down'), noticeHours('same')]).toEqual([48, 0, 0])
  expect([directionOf(null, 3), directionOf(2, 3), directionOf(3, 2), directionOf(2, 2)]).toEqual(['same', 'up', 'down', 'same'])
  expect(earliest('2021-11-20T10:00:00.000Z' as Instant, 48)).toBe('2021-11-22T10:00:00.000Z')
  expect(dayOf('2021-11-21T17:00:00.000Z' as Instant)).toBe('2021-11-22')
})

test('R8 thirteen activities a level; goods move at every level, and what was not read says so', () => {
  for (const level of [1, 2, 3, 4]) {
    const measures = measuresAt(level)
    expect(measures).toHaveLength(13)
    expect(measures.find(({ activity }) => activity === 'goods_transport')).toMatchObject({ value: 'open', confidence: 'found' })
    for (const { clause } of measures) expect(clause).toMatch(new RegExp(`^NQ 128/NQ-CP, mục IV, .*, cấp ${level}$`))
  }
  expect(measuresAt(4).find(({ activity }) => activity === 'restaurants')).toMatchObject({ value: 'restricted', confidence: 'found' })
  expect(measuresAt(2).find(({ activity }) => activity === 'religion')).toMatchObject({ confidence: 'recalled' })
})

test('R5 steps follow in order', () => {
  expect(statusOf([])).toBe('proposed')
  expect(statusOf([{ step: 'confirmed' }, { step: 'published' }])).toBe('published')
  expect([mayFollow('published', 'proposed'), mayFollow('published', 'confirmed'), mayFollow('withdrawn', 'published'), mayFollow('confirmed', 'confirmed')]).toEqual([false, true, false, false])
})

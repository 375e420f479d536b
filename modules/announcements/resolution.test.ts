import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkModel, compileModel, readModel, writeModel } from '#decisions'
import type { Rulebook } from '#rulebooks'
import { earliest, mayFollow, statusOf } from './announcement.ts'
import { directionOf, measuresAt, noticeHours } from './resolution.ts'
import type { Instant } from '#base'

const model = readModel(readFileSync(join(import.meta.dirname, '../rulebooks/rulebook/nq-128-2021.dmn'), 'utf8'))
const compiled = model.ok ? compileModel(model.value) : model
if (!model.ok || !compiled.ok) throw new Error(JSON.stringify([model, compiled]))
const resolution: Rulebook = { row: { id: 'nq-128-2021' } as Rulebook['row'], model: model.value, compiled: compiled.value }

test('the shipped resolution is without fault, gap or overlap, and can be drafted anew', () => {
  expect(checkModel(resolution.model)).toEqual([])
  expect(resolution.compiled.tops).toEqual(['notice_hours', 'measure'])
  expect(writeModel(resolution.model).ok).toBe(true)
})

test('R4 48 hours before a level is raised, none before it is lowered (NQ 128/NQ-CP)', () => {
  expect([noticeHours(resolution, 'up'), noticeHours(resolution, 'down'), noticeHours(resolution, 'same'), noticeHours(undefined, 'up')]).toEqual([48, 0, 0, 0])
  expect([directionOf(null, 3), directionOf(2, 3), directionOf(3, 2), directionOf(2, 2)]).toEqual(['same', 'up', 'down', 'same'])
  expect(earliest('2021-11-20T10:00:00.000Z' as Instant, 48)).toBe('2021-11-22T10:00:00.000Z')
})

test('R8 thirteen activities a level; goods move at every level, and what was not read says so', () => {
  for (const level of [1, 2, 3, 4]) {
    const measures = measuresAt(resolution, level)
    expect(measures).toHaveLength(13)
    expect(measures.find(({ activity }) => activity === 'goods_transport')).toMatchObject({ value: 'open', confidence: 'found' })
    for (const { clause } of measures) expect(clause).toMatch(new RegExp(`^NQ 128/NQ-CP, mục IV, .*, cấp ${level}$`))
  }
  expect(measuresAt(resolution, 4).find(({ activity }) => activity === 'restaurants')).toMatchObject({ value: 'restricted', confidence: 'found' })
  expect(measuresAt(resolution, 2).find(({ activity }) => activity === 'religion')).toMatchObject({ confidence: 'recalled' })
})

test('R5 steps follow in order', () => {
  expect(statusOf([])).toBe('proposed')
  expect(statusOf([{ step: 'confirmed' }, { step: 'published' }])).toBe('published')
  expect([mayFollow('published', 'proposed'), mayFollow('published', 'confirmed'), mayFollow('withdrawn', 'published'), mayFollow('confirmed', 'confirmed')]).toEqual([false, true, false, false])
})

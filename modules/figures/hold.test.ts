import { describe, expect, test } from 'vitest'
import { addDays, day, type PlainDate } from '#base'
import { holdOf, judge, populationOn, type OnRecord, type Reported } from './hold.ts'

const CASES = { code: 'cases_new', kind: 'daily_count', categories: [], minimum: null, maximum: null } as const
const PEOPLE = { ...CASES, code: 'population', kind: 'population' } as const
const CAPACITY = { ...CASES, code: 'response_capacity', kind: 'category', categories: ['low', 'medium', 'high'] } as const
const NOTHING: OnRecord = { accepted: [], population: new Map(), reference: new Map() }
const unknown = { history: [], population: undefined }

describe('one value', () => {
  test('R1 over 10 × the median + 20 is held, the limit itself stands', () => {
    expect(holdOf(CASES, 60, { ...unknown, history: [3, 5, 4] })).toBeUndefined()
    expect(holdOf(CASES, 61, { ...unknown, history: [3, 5, 4] })).toEqual({ reason: 'jump', limit: 60 })
    expect(holdOf(CASES, 26, { ...unknown, history: [0, 1] })).toEqual({ reason: 'jump', limit: 25 })
  })
  test('R1 without accepted values of the 28 days before, and for a population or a category, the median is not asked', () => {
    expect(holdOf(CASES, 5000, unknown)).toBeUndefined()
    expect(holdOf(PEOPLE, 5000, { ...unknown, history: [1, 1, 1] })).toBeUndefined()
    expect(holdOf(CAPACITY, 2, { history: [0], population: 1 })).toBeUndefined()
  })
  test('R2 a negative value and one above the population are held', () => {
    expect(holdOf(CASES, -1, unknown)).toEqual({ reason: 'negative', limit: 0 })
    expect(holdOf(PEOPLE, -1, unknown)).toEqual({ reason: 'negative', limit: 0 })
    expect(holdOf(CASES, 1000, { history: [], population: 1000 })).toBeUndefined()
    expect(holdOf(CASES, 1001, { history: [], population: 1000 })).toEqual({ reason: 'above_population', limit: 1000 })
  })
  test('R2 the population itself is not compared with the one before it', () => {
    expect(holdOf(PEOPLE, 2000, { history: [], population: 1000 })).toBeUndefined()
    expect(holdOf({ ...PEOPLE, code: 'population_18plus' }, 2000, { history: [], population: 1000 })?.reason).toBe('above_population')
  })
})

describe('a batch', () => {
  const first = day('2021-10-01')
  const on = (offset: number, value: number, areaId = 1): Reported => ({ areaId, day: addDays(first, offset), metric: CASES, value })

  test('R8 rows are judged in the order of days, whatever their order in the file', () => {
    // Five days of about 10; the row written first is the last day, a hundred times too large.
    const batch = [on(5, 1000), on(0, 10), on(1, 12), on(2, 8), on(3, 11), on(4, 10)]
    expect(judge(batch, NOTHING).map((hold) => hold?.reason)).toEqual(['jump', undefined, undefined, undefined, undefined, undefined])
    expect(judge(batch, NOTHING)[0]?.limit).toBe(120)
  })
  test('R8 a held row is no history of the rows after it', () => {
    const batch = [on(0, 1), on(1, 900), on(2, 900), on(3, 30)]
    expect(judge(batch, NOTHING).map((hold) => hold?.limit)).toEqual([undefined, 30, 30, undefined])
  })
  test('R1 history reaches back 28 days and no further', () => {
    const accepted = [{ areaId: 1, metric: 'cases_new', day: first, value: 1 }]
    expect(judge([on(28, 500)], { ...NOTHING, accepted })[0]?.reason).toBe('jump')
    expect(judge([on(29, 500)], { ...NOTHING, accepted })[0]).toBeUndefined()
    expect(judge([on(1, 500, 2)], { ...NOTHING, accepted })[0]).toBeUndefined()
  })
  test('R5 what stands already, perhaps because it was confirmed, is not held again', () => {
    const accepted = [{ areaId: 1, metric: 'cases_new', day: first, value: 1 }, { areaId: 1, metric: 'cases_new', day: addDays(first, 1), value: 900 }]
    expect(judge([on(1, 900)], { ...NOTHING, accepted })).toEqual([undefined])
    expect(judge([on(1, 901)], { ...NOTHING, accepted })[0]?.reason).toBe('jump')
  })
  test('R2 the people of an area are the latest figure on or before the day, else the reference', () => {
    const known = [{ asOf: day('2021-01-01'), value: 100 }, { asOf: day('2021-10-10'), value: 300 }]
    expect(populationOn(known, day('2021-10-09'))).toBe(100)
    expect(populationOn(known, day('2021-10-10'))).toBe(300)
    expect(populationOn(known, day('2020-12-31'))).toBeUndefined()
    const record: OnRecord = { accepted: [], population: new Map([[1, known]]), reference: new Map([[1, 50]]) }
    const at = (date: PlainDate): Reported => ({ areaId: 1, day: date, metric: CASES, value: 200 })
    expect(judge([at(day('2020-06-01')), at(day('2021-10-09')), at(day('2021-10-10'))], record).map((hold) => hold?.limit)).toEqual([50, 100, undefined])
  })
  test('R2 a population of the same batch counts for its day and the days after', () => {
    const batch: Reported[] = [on(1, 700), { areaId: 1, day: addDays(first, 1), metric: PEOPLE, value: 600 }, on(0, 700)]
    expect(judge(batch, { ...NOTHING, reference: new Map([[1, 800]]) }).map((hold) => hold?.reason)).toEqual(['above_population', undefined, undefined])
  })
})

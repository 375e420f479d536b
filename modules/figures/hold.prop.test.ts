import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, day, dayNumber, median } from '#base'
import { HISTORY_DAYS, holdOf, judge, type OnRecord, type Reported } from './hold.ts'

const METRICS = ['cases_new', 'deaths'].map((code) => ({ code, kind: 'daily_count', categories: [], minimum: null, maximum: null }) as const)
const first = day('2021-09-01')

const reported = fc.record({
  areaId: fc.constantFrom(1, 2), day: fc.integer({ min: 0, max: 60 }).map((offset) => addDays(first, offset)), metric: fc.constantFrom(...METRICS),
  value: fc.oneof(fc.integer({ min: -5, max: 40 }), fc.integer({ min: 0, max: 3000 })),
})
const keyOf = ({ areaId, day: on, metric }: Reported): string => `${areaId} ${on} ${metric.code}`
const batches = fc.uniqueArray(reported, { selector: keyOf, maxLength: 120 })
const record: OnRecord = { accepted: [], population: new Map(), reference: new Map([[1, 2000]]) }

test('R1 R2 every row is held exactly when the rule says so of the rows that stand', () => {
  fc.assert(fc.property(batches, (batch) => {
    const holds = judge(batch, record)
    batch.forEach((row, index) => {
      const before = batch.flatMap((other, at) => {
        const age = dayNumber(row.day) - dayNumber(other.day)
        return !holds[at] && other.areaId === row.areaId && other.metric === row.metric && age >= 1 && age <= HISTORY_DAYS ? [other.value] : []
      })
      const usual = median(before)
      const population = row.areaId === 1 ? 2000 : undefined
      const expected = row.value < 0 || (population !== undefined && row.value > population) || (usual !== undefined && row.value > 10 * usual + 20)
      expect(holds[index] !== undefined).toBe(expected)
    })
  }))
})

test('R8 the order of rows in a file makes no difference', () => {
  fc.assert(fc.property(batches.chain((batch) => fc.tuple(fc.constant(batch), fc.shuffledSubarray(batch, { minLength: batch.length }))), ([batch, shuffled]) => {
    const holds = new Map(judge(batch, record).map((hold, index) => [keyOf(batch[index] as Reported), hold]))
    judge(shuffled, record).forEach((hold, index) => expect(hold).toEqual(holds.get(keyOf(shuffled[index] as Reported))))
  }))
})

test('R1 one value a hundred times too large is held, and what comes after it is judged as if it had not come', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 30, max: 60 }), { minLength: 10, maxLength: 28 }), fc.nat(), (values, at) => {
    const spoiled = 3 + (at % (values.length - 3))
    const batch = values.map((value, offset): Reported => ({
      areaId: 2, day: addDays(first, offset), metric: METRICS[0] as Reported['metric'], value: offset === spoiled ? value * 100 : value,
    }))
    expect(judge(batch, record).map((hold) => hold !== undefined)).toEqual(values.map((_, offset) => offset === spoiled))
  }))
})

test('R1 a larger value never stands where a smaller one is held', () => {
  fc.assert(fc.property(fc.array(fc.nat(500), { maxLength: 28 }), fc.nat(6000), fc.nat(6000), (history, a, b) => {
    const held = (value: number): boolean => holdOf(METRICS[0] as Reported['metric'], value, { history, population: undefined }) !== undefined
    expect(!held(Math.min(a, b)) || held(Math.max(a, b))).toBe(true)
  }))
})

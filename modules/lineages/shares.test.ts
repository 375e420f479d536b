import { describe, expect, test } from 'vitest'
import { addDays, day, type PlainDate } from '#base'
import { countsByWeek, growthOf, namedLineages, sharesOf, weeksTo, type Counted } from './shares.ts'

const ON = day('2021-10-12')
const tally = (name: string, count: number, on: PlainDate, areaId = 1): Counted => ({ areaId, day: on, name, bad: false, count })

test('the weeks that end with a day', () => {
  expect(weeksTo(ON, 2)).toEqual([{ from: '2021-09-29', to: '2021-10-05' }, { from: '2021-10-06', to: '2021-10-12' }])
})

describe('which lineages stand by name', () => {
  const long = addDays(ON, -60)
  test('R6 rare ones are one group; a rare one that rises in the last four weeks is not; one asked for always stands', () => {
    const tallies = [tally('AY.57', 900, long), tally('B.1.1.7', 15, long), tally('B.1.36', 30, long), tally('BA.1', 4, addDays(ON, -3)), tally('AY.57', 30, ON), tally('AY.4', 2, ON)]
    // B.1.1.7 has 1.5 % of all and none lately; BA.1 0.4 % of all but 11 % lately; AY.4 5.6 % lately, but two sequences.
    expect(namedLineages(tallies, ON)).toEqual(['AY.57', 'B.1.36', 'BA.1'])
    expect(namedLineages(tallies, ON, 'AY.4')).toEqual(['AY.57', 'B.1.36', 'BA.1', 'AY.4'])
    expect(namedLineages(tallies, ON, 'B.1.617.2')).toEqual(['AY.57', 'B.1.36', 'BA.1'])
  })
  test('six at most, ties by name', () => {
    const many = ['H', 'G', 'F', 'E', 'D', 'C', 'B', 'A'].map((name) => tally(name, 5, ON))
    expect(namedLineages(many, ON)).toEqual(['A', 'B', 'C', 'D', 'E', 'F'])
    expect(namedLineages(many, ON, 'H')).toEqual(['A', 'B', 'C', 'D', 'E', 'H'])
    expect(namedLineages([], ON)).toEqual([])
  })
})

test('R6 counts by week, the rest last; shares with Jeffreys’ interval (1 of 10: 1.1 to 38.1 %, Brown, Cai & DasGupta 2001)', () => {
  const tallies = [tally('a', 9, addDays(ON, -6)), tally('b', 1, ON), tally('c', 2, addDays(ON, -7)), tally('a', 5, addDays(ON, -30))]
  const counts = countsByWeek(tallies, weeksTo(ON, 3), ['a', 'b'])
  expect(counts).toEqual([[0, 0, 0], [0, 0, 2], [9, 1, 0]])
  const [empty, , last] = sharesOf(counts)
  expect(empty?.[0]).toEqual({ count: 0, share: null, lower: null, upper: null })
  expect(last?.[1]).toMatchObject({ count: 1, share: 0.1 })
  expect(last?.[1]?.lower).toBeCloseTo(0.011, 3)
  expect(last?.[1]?.upper).toBeCloseTo(0.3813, 4)
})

describe('growth advantage', () => {
  // Two lineages on two days: the change of the log odds, ln 9 in 20 days (Davies et al. 2021).
  const two = [tally('old', 90, addDays(ON, -20)), tally('new', 10, addDays(ON, -20)), tally('old', 50, ON), tally('new', 50, ON)]
  test('R7 is the change of the log odds a day against the reference', () => {
    const { reference, advantages } = growthOf(two, ['old', 'new'], ON)
    expect(reference).toBe('old')
    expect(advantages[0]).toEqual({ name: 'old', sequences: 140, perDay: null, why: 'reference' })
    expect(advantages[1]?.perDay?.estimate).toBeCloseTo(Math.log(9) / 20, 9)
    // Variance 1/90 + 1/10 + 1/50 + 1/50.
    expect(advantages[1]?.perDay?.lower).toBeCloseTo((Math.log(9) - 1.959964 * Math.sqrt(1 / 90 + 1 / 10 + 2 / 50)) / 20, 6)
    const turned = growthOf(two, ['old', 'new'], ON, 'new')
    expect(turned.advantages[0]?.perDay?.estimate).toBeCloseTo(-Math.log(9) / 20, 9)
    expect(growthOf(two, ['old', 'new'], ON, 'elsewhere').reference).toBe('old')
  })
  test('R7 few sequences, and a lineage wholly before the reference, say so and leave the others their answer', () => {
    const more = [...two, tally('few', 9, ON), tally('gone', 20, addDays(ON, -40))]
    const { advantages } = growthOf(more, ['old', 'new', 'gone', 'few'], ON)
    expect(advantages.map(({ name, why }) => [name, why])).toEqual([['old', 'reference'], ['new', null], ['gone', 'apart'], ['few', 'too_few']])
    expect(advantages[1]?.perDay?.estimate).toBeCloseTo(Math.log(9) / 20, 9)
    expect(growthOf([tally('few', 9, ON)], ['few'], ON)).toEqual({ reference: 'few', dispersion: null, advantages: [{ name: 'few', sequences: 9, perDay: null, why: 'reference' }] })
    expect(growthOf([], [], ON)).toEqual({ reference: null, dispersion: null, advantages: [] })
  })
})

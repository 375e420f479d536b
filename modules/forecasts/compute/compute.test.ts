import { describe, expect, test } from 'vitest'
import { calibrated, completed, compute, HORIZONS, LONGEST_DELAY, weeksOf, type Origin, type Raw } from './compute.ts'

const days = (count: number, of: (day: number) => number): number[] => Array.from({ length: count }, (_, day) => of(day))
const raws = (areas: readonly (readonly (number | null)[])[], seed = 1): (Raw | null)[] => {
  const answer = compute({ kind: 'raw', areas, seed })
  return 'raw' in answer ? answer.raw : []
}
const MEDIAN = 11

describe('forecasts', () => {
  test('a hundred a day for weeks is forecast near seven hundred a week, less surely the farther ahead', () => {
    const [steady] = raws([days(120, (day) => 95 + (day % 7) * 10 / 6)])
    const medians = steady?.weeks.map((week) => week[MEDIAN] as number) ?? []
    const widths = steady?.weeks.map((week) => (week.at(-2) as number) / (week[1] as number)) ?? []
    expect(medians).toHaveLength(HORIZONS)
    for (const median of medians.slice(0, 2)) expect(Math.abs(Math.log(median / 700))).toBeLessThan(0.25)
    expect(widths).toEqual(widths.toSorted((a, b) => a - b))
    expect(steady?.baseline?.[0]?.[MEDIAN]).toBeCloseTo(700, -1)
  })
  test('R1 the same counts and seed give the same, another seed almost', () => {
    const counts = [days(120, (day) => 20 + day), days(120, (day) => 50 - (day % 3))]
    expect(raws(counts)).toEqual(raws(counts))
    expect(raws(counts, 2)).not.toEqual(raws(counts))
  })
  test('R3 fewer than a hundred cases so far, or twenty in two weeks, and nothing is said', () => {
    const few = days(120, (day) => (day > 110 ? 9 : 0))
    const over = days(120, (day) => (day < 60 ? 9 : 1))
    const enough = days(120, () => 3)
    expect(raws([few, over, enough]).map((one) => one !== null)).toEqual([false, false, true])
    expect(raws([])).toEqual([])
  })
})

describe('recalibration', () => {
  const week = (median: number): readonly number[] => Array.from({ length: 23 }, (_, q) => median * Math.exp((q - 11) / 22))
  const raw = (): Raw => ({ weeks: Array.from({ length: HORIZONS }, () => week(100)), baseline: null })
  test('intervals widen where they did not hold what came, and nothing is learnt from weeks that are not over', () => {
    const missed: Origin = { raw: Array.from({ length: 40 }, raw), came: Array.from({ length: 40 }, () => [400, undefined, undefined, undefined]) }
    const hit: Origin = { raw: missed.raw, came: missed.came.map(() => [101, undefined, undefined, undefined]) }
    const width = (before: readonly Origin[], horizon: number): number => {
      const weeks = calibrated([raw()], before)[0]?.[horizon] ?? []
      return (weeks.at(-2) as number) / (weeks[1] as number)
    }
    expect(width([missed], 0)).toBeGreaterThan(1.3 * width([], 0))
    expect(width([hit], 0)).toBeLessThan(width([], 0))
    expect(width([missed], 1)).toBe(width([], 1))
    expect(calibrated([null], [missed])).toEqual([null])
  })
})

test('weeks end with the series; up to three unknown days are made up for', () => {
  expect(weeksOf(days(15, () => 1))).toEqual([7, 7])
  expect(weeksOf([1, 1, null, 1, 1, 1, 1])).toEqual([7])
  expect(weeksOf([1, null, null, null, null, 1, 1])).toEqual([undefined])
})

test('beds: an area without a forecast has none; the same seed says the same; stays end where cases do', () => {
  const counts = days(120, () => 100)
  const patients = days(63, () => 80)
  const certain = (cases: number): number[][] => Array.from({ length: HORIZONS }, () => Array.from({ length: 23 }, () => cases))
  const care = (cases: number) => {
    const answer = compute({ kind: 'care', areas: [null, { counts, weeks: certain(cases), tiers: [{ tier: 'hospital', patients, free: 40 }, { tier: 'oxygen', patients: patients.map(() => null), free: null }] }], seed: 3 })
    return 'care' in answer ? answer.care : []
  }
  const [none, tiers] = care(0)
  expect(none).toBeNull()
  expect(care(0)).toEqual([none, tiers])
  const [hospital, oxygen] = tiers ?? []
  expect(hospital).toMatchObject({ knownDays: 28, patients: 80, free: 40, made: { exceeded: 0 } })
  expect(hospital?.made?.bands[3]?.[27]).toBeLessThan(5)
  expect(oxygen).toEqual({ tier: 'oxygen', knownDays: 0, patients: null, free: null, made: null })
})

test('a reproduction number of steady counts is 1, of falling ones below; a gap is no end', () => {
  const answer = compute({ kind: 'reproduction', areas: [days(60, () => 100), days(60, (day) => Math.round(1000 * 0.9 ** day)), days(60, (day) => (day === 50 ? Number.NaN : 100)).map((count) => (Number.isNaN(count) ? null : count))] })
  const [steady, falling, gap] = 'reproduction' in answer ? answer.reproduction : []
  const last = steady?.at(-1)
  expect(last?.back).toBe(0)
  expect(last?.median).toBeCloseTo(1, 1)
  expect([(last?.lower ?? 9) < 1, (last?.upper ?? 0) > 1]).toEqual([true, true])
  expect(falling?.[20]?.upper).toBeLessThan(1)
  expect(gap?.at(-1)?.median).toBeCloseTo(1, 1)
})

describe('nowcast', () => {
  // Half of a day's cases are known the same evening, the other half the next: the newest day shows half of what it will be.
  const delays = days(28, (day) => day).map((day) => Array.from({ length: LONGEST_DELAY + 1 }, (_, delay) => (delay <= 1 && day + delay <= 27 ? 50 : 0)))
  const answer = compute({ kind: 'nowcast', areas: [delays, null, delays.map((row) => row.map((count) => count / 50 - (count === 0 ? 0 : 1)))], seed: 1 })
  const [newest, unknown, quiet] = 'nowcast' in answer ? answer.nowcast : []
  test('R5 the newest day is completed, complete days stay, and without history nothing is made up', () => {
    expect(newest).toHaveLength(LONGEST_DELAY)
    const today = newest?.at(-1)
    expect(today).toMatchObject({ back: 0, reported: 50 })
    expect(Math.abs((today?.median ?? 0) - 100)).toBeLessThan(8)
    expect([(today?.lower ?? 999) < 100, (today?.upper ?? 0) > 100]).toEqual([true, true])
    expect(newest?.[0]).toMatchObject({ back: 6, reported: 100, median: 100, lower: 100, upper: 100 })
    expect([unknown, quiet]).toEqual([[], []])
  })
  test('a forecast takes the completed counts', () => {
    expect(completed([100, 100, 50], [{ back: 0, reported: 50, median: 99, lower: 80, upper: 120 }])).toEqual([100, 100, 99])
    expect(completed([100, null], [])).toEqual([100, null])
  })
})

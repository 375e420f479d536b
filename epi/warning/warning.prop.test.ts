import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cusum, ears, farringtonFlexible, glr } from './index.ts'

const counts = (length: number): fc.Arbitrary<number[]> => fc.array(fc.integer({ min: 0, max: 40 }), { minLength: length, maxLength: length })
const NOUFAILY = { b: 3, noPeriods: 10, pastWeeksNotIncluded: 26, pThresholdTrend: 1, alpha: 0.01, thresholdMethod: 'nbPlugin' } as const

describe('EARS', () => {
  test('more cases everywhere move the bound as much', () => {
    fc.assert(fc.property(counts(20), fc.integer({ min: 1, max: 50 }), fc.constantFrom('C1', 'C2', 'C3'), (series, more, method) => {
      const before = ears(series, { method })
      const after = ears(series.map((count) => count + more), { method })
      before.forEach(({ upper }, n) => {
        if (upper !== undefined && upper > 0) expect(after[n]?.upper).toBeCloseTo(upper + more, 8)
      })
    }))
  })

  test('only the weeks of its baseline matter', () => {
    fc.assert(fc.property(counts(30), counts(15), (series, other) => {
      const week = 29
      const changed = [...other, ...series.slice(15)]
      expect(ears(changed, { method: 'C2', weeks: [week] })).toEqual(ears(series, { method: 'C2', weeks: [week] }))
    }))
  })
})

describe('Farrington', () => {
  test('a larger count is never less of an alarm, and never more probable', () => {
    fc.assert(fc.property(counts(200), fc.integer({ min: 1, max: 30 }), (series, more) => {
      const week = series.length - 1
      const [before] = farringtonFlexible(series, { ...NOUFAILY, weeks: [week] })
      const [after] = farringtonFlexible([...series.slice(0, week), (series[week] as number) + more], { ...NOUFAILY, weeks: [week] })
      expect(after?.upper).toBe(before?.upper)
      expect(after?.pValue as number).toBeLessThanOrEqual(before?.pValue as number)
      expect(Number(after?.alarm)).toBeGreaterThanOrEqual(Number(before?.alarm))
    }), { numRuns: 60 })
  })

  test('weeks that are not referred to do not matter, nor where the series begins', () => {
    fc.assert(fc.property(counts(200), counts(26), (series, recent) => {
      const week = series.length - 1
      const [before] = farringtonFlexible(series, { ...NOUFAILY, weeks: [week] })
      const [shifted] = farringtonFlexible([...recent, ...series], { ...NOUFAILY, weeks: [week + 26] })
      expect({ ...shifted, week }).toEqual(before)
      // The last half year is left out of the fit.
      const other = [...series.slice(0, week - 26), ...recent.slice(0, 26), series[week] as number]
      expect(farringtonFlexible(other, { ...NOUFAILY, weeks: [week] })[0]?.upper).toBe(before?.upper)
    }), { numRuns: 60 })
  })

  test('with a level for the season and no trend the fit takes the mean of the windows', () => {
    fc.assert(fc.property(counts(200), (series) => {
      const week = series.length - 1
      const [warning] = farringtonFlexible(series, { ...NOUFAILY, trend: false, reweight: false, weeks: [week] })
      const windows = [3, 2, 1].flatMap((back) => series.slice(week - 52 * back - 3, week - 52 * back + 4))
      expect(warning?.expected).toBeCloseTo(windows.reduce((sum, count) => sum + count, 0) / windows.length, 6)
    }), { numRuns: 60 })
  })
})

describe('charts', () => {
  const weeks = Array.from({ length: 15 }, (_, n) => n + 5)

  test('CUSUM: more cases never make the sum smaller', () => {
    fc.assert(fc.property(counts(20), fc.nat({ max: 14 }), fc.constantFrom('standard', 'rossi', 'anscombe', 'pearsonNegBin', 'anscombeNegBin'), (series, place, transform) => {
      const more = series.map((count, t) => count + (t === place + 5 ? 3 : 0))
      const run = (values: readonly number[]): readonly number[] => cusum(values, { expected: 8, alpha: 0.1, transform, weeks }).map(({ statistic }) => statistic as number)
      const before = run(series)
      run(more).forEach((sum, n) => expect(sum).toBeGreaterThanOrEqual((before[n] as number) - 1e-12))
    }))
  })

  test('GLR: the estimated shift is at least as likely as any given one, until the first alarm', () => {
    fc.assert(fc.property(counts(20), fc.constantFrom(0, 0.2), fc.double({ min: 0.05, max: 1.5, noNaN: true }), (series, alpha, theta) => {
      const expected = weeks.map((_, n) => 8 + 3 * Math.sin(n))
      const unknown = glr(series, { weeks, expected, alpha, threshold: 1e9 })
      const known = glr(series, { weeks, expected, alpha, theta, threshold: 1e9 })
      known.forEach(({ statistic }, n) => expect(unknown[n]?.statistic as number).toBeGreaterThanOrEqual((statistic as number) - 1e-9))
    }))
  })
})

import { describe, expect, test } from 'vitest'
import { pooledPrevalence, roganGladen } from '../index.ts'

describe('true prevalence from an imperfect test', () => {
  // Lang & Reiczigel (2014), Prev Vet Med 113:13–22, examples 1–4: [positive, of, Se+, of, Sp+, of, lower, upper, digits].
  test.each([
    [4060, 11284, 178, 179, 358, 359, 0.349, 0.372, 3],
    [51, 2971, 32, 33, 20, 20, 0, 0.053, 3],
    [711.72, 11862, 8, 10, 12, 12, 0, 0.147, 3],
    [259, 509, 84, 127, 96, 109, 0.58, 0.87, 2],
    [51, 509, 23, 41, 187, 195, 0.037, 0.195, 3],
  ])('%d of %d, sensitivity %d/%d, specificity %d/%d: %f to %f', (positive, of, se, ofSe, sp, ofSp, lower, upper, digits) => {
    const found = roganGladen({ positive: { count: positive, of }, sensitivity: { count: se, of: ofSe }, specificity: { count: sp, of: ofSp } })
    expect(found?.interval.lower.toFixed(digits)).toBe(lower.toFixed(digits))
    expect(found?.interval.upper.toFixed(digits)).toBe(upper.toFixed(digits))
  })
  test('the estimate of Rogan and Gladen: 23 of 150 cows, sensitivity 96 %, specificity 89 %, are 5.1 %', () => {
    const found = roganGladen({ positive: { count: 23, of: 150 }, sensitivity: { count: 96, of: 100 }, specificity: { count: 89, of: 100 } })
    expect(found?.prevalence).toBeCloseTo(0.051, 3)
    expect(found?.apparent).toBeCloseTo(23 / 150, 12)
  })
  test('fewer positives than false ones alone: 0; a test that tells nothing: no answer; nonsense', () => {
    expect(roganGladen({ positive: { count: 6, of: 151 }, sensitivity: { count: 964, of: 1000 }, specificity: { count: 927, of: 1000 } })?.prevalence).toBe(0)
    expect(roganGladen({ positive: { count: 6, of: 151 }, sensitivity: { count: 5, of: 10 }, specificity: { count: 5, of: 10 } })).toBeUndefined()
    expect(() => roganGladen({ positive: { count: 6, of: 5 }, sensitivity: { count: 5, of: 10 }, specificity: { count: 5, of: 10 } })).toThrow(RangeError)
  })
})

describe('prevalence from pools', () => {
  test('SARS-CoV-2 in the San Francisco Bay Area, January–February 2020: 2 of 292 pools (Hogan et al. 2020: 0.07 %)', () => {
    const found = pooledPrevalence([{ size: 10, tested: 260, positive: 2 }, { size: 9, tested: 32, positive: 0 }])
    expect(found.prevalence.toFixed(4)).toBe('0.0007')
    expect(found.interval.lower).toBeGreaterThan(0)
    expect(found.interval.upper).toBeLessThan(0.003)
  })
  test('pools of one size: 1 − (1 − x/n)^(1/m), with the likelihood interval of x/n carried over', () => {
    const found = pooledPrevalence([{ size: 10, tested: 40, positive: 4 }])
    expect(found.prevalence).toBeCloseTo(1 - 0.9 ** 0.1, 12)
    const single = pooledPrevalence([{ size: 1, tested: 40, positive: 4 }])
    expect(single.prevalence).toBeCloseTo(0.1, 12)
    expect(found.interval.lower).toBeCloseTo(1 - (1 - single.interval.lower) ** 0.1, 6)
    expect(found.interval.upper).toBeCloseTo(1 - (1 - single.interval.upper) ** 0.1, 6)
  })
  test('several sizes: the score is zero at the estimate; the test’s errors move it', () => {
    // Pools of 1, 5, 10 and 50, five each, positive 0, 0, 1, 2 (Biggerstaff 2008, the example of R's binGroup).
    const pools = [{ size: 1, tested: 5, positive: 0 }, { size: 5, tested: 5, positive: 0 }, { size: 10, tested: 5, positive: 1 }, { size: 50, tested: 5, positive: 2 }]
    const { prevalence: p } = pooledPrevalence(pools)
    const score = pools.reduce((sum, { size, tested, positive }) => sum + (positive * size) / (1 - (1 - p) ** size) - tested * size, 0)
    expect(score).toBeCloseTo(0, 8)
    expect(pooledPrevalence(pools, { sensitivity: 0.8 }).prevalence).toBeGreaterThan(p)
    expect(pooledPrevalence(pools, { specificity: 0.95 }).prevalence).toBeLessThan(p)
  })
  test('no pool positive, all positive, false positives only; nonsense', () => {
    const none = pooledPrevalence([{ size: 5, tested: 20, positive: 0 }])
    expect([none.prevalence, none.interval.lower]).toEqual([0, 0])
    // 100 log(1 − p) = −χ²/2.
    expect(none.interval.upper).toBeCloseTo(1 - Math.exp(-3.841458820694124 / 200), 6)
    const all = pooledPrevalence([{ size: 5, tested: 20, positive: 20 }])
    expect([all.prevalence, all.interval.upper]).toEqual([1, 1])
    expect(all.interval.lower).toBeGreaterThan(0.3)
    expect(pooledPrevalence([{ size: 5, tested: 100, positive: 3 }], { specificity: 0.95 }).prevalence).toBe(0)
    expect(() => pooledPrevalence([])).toThrow(RangeError)
    expect(() => pooledPrevalence([{ size: 5, tested: 2, positive: 3 }])).toThrow(RangeError)
    expect(() => pooledPrevalence([{ size: 5, tested: 2, positive: 1 }], { sensitivity: 0.5, specificity: 0.5 })).toThrow(RangeError)
  })
})

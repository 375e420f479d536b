import { describe, expect, test } from 'vitest'
import { negativeBinomialQuantile, poissonQuantile, sampleNegativeBinomial, seededRandom } from '../numerics/index.ts'
import { bayes, cusum, ears, farringtonFlexible, farringtonOriginal, glr, rki } from './index.ts'
import { agona } from './surveillance.fixture.ts'

describe('EARS', () => {
  test('C1 of the example', () => {
    expect(ears([1, 3, 1, 3, 1, 3, 2, 9], { method: 'C1' })).toEqual([{ week: 7, expected: 2, upper: expect.closeTo(2 + 3.090232306167813, 12), alarm: true }])
  })

  test('C3 as Fricker defines it: the sum of three excesses against z', () => {
    const z = 1.959963984540054
    const direct = (counts: readonly number[], week: number): number => {
      const window = counts.slice(week - 9, week - 2)
      const mean = window.reduce((sum, count) => sum + count, 0) / 7
      const sd = Math.sqrt(window.reduce((sum, count) => sum + (count - mean) ** 2, 0) / 6)
      return Math.max(0, ((counts[week] as number) - mean) / sd - 1)
    }
    const alarms = ears(agona.observed, { method: 'C3' }).filter(({ week, alarm }) => {
      const sum = direct(agona.observed, week) + direct(agona.observed, week - 1) + direct(agona.observed, week - 2)
      if (Number.isFinite(sum)) expect([week, alarm]).toEqual([week, sum > z && (agona.observed[week] as number) > 0])
      return alarm
    })
    expect(alarms.length).toBeGreaterThan(20)
  })

  test('minSigma keeps one case after silence quiet', () => {
    const counts = [0, 0, 0, 0, 0, 0, 0, 1]
    expect(ears(counts, { method: 'C1' })[0]).toMatchObject({ upper: 0, alarm: true })
    expect(ears(counts, { method: 'C1', minSigma: 0.5 })[0]?.alarm).toBe(false)
  })

  test('an unknown count has no answer, and spoils those that rest on it', () => {
    const answers = ears([1, 2, 1, 2, 1, 2, 1, undefined, 2, 1, 2, 1, 2, 1, 2, 3], { method: 'C1' })
    expect(answers.map(({ upper }) => upper === undefined)).toEqual([false, true, true, true, true, true, true, true, false])
    expect(answers[0]?.alarm).toBeUndefined()
  })

  test('a series that is too short has no weeks, a week too early is an error', () => {
    expect(ears([1, 2, 3], { method: 'C2' })).toEqual([])
    expect(() => ears([1, 2, 3], { method: 'C2', weeks: [2] })).toThrow(RangeError)
    expect(() => ears([1, -2, 3], { method: 'C1' })).toThrow('negative')
    expect(() => ears([1, 2, 3], { method: 'C1', alpha: 0 })).toThrow('alpha')
  })
})

describe('Farrington', () => {
  test('the examples: Salmonella Agona, weeks 257 and 252', () => {
    const noufaily = { b: 4, noPeriods: 10, pastWeeksNotIncluded: 26, pThresholdTrend: 1, alpha: 0.01, thresholdMethod: 'nbPlugin', weeks: [256] } as const
    expect(farringtonFlexible(agona.observed, noufaily)[0]).toMatchObject({ week: 256, upper: 5, alarm: true, enough: true, expected: expect.closeTo(0.9025, 4) })
    expect(farringtonOriginal(agona.observed, { b: 4, alpha: 0.01, weeks: [251] })[0]?.upper).toBeCloseTo(6.714_850_107_8, 9)
  })

  test('without trend and weights, one level: the mean of the windows, their Pearson dispersion, the quantile of that negative binomial', () => {
    const week = 300
    const reference = [4, 3, 2, 1].flatMap((back) => agona.observed.slice(week - 52 * back - 3, week - 52 * back + 4))
    const mean = reference.reduce((sum, count) => sum + count, 0) / reference.length
    const dispersion = reference.reduce((sum, count) => sum + (count - mean) ** 2, 0) / mean / (reference.length - 1)
    const [warning] = farringtonFlexible(agona.observed, { b: 4, trend: false, reweight: false, thresholdMethod: 'nbPlugin', alpha: 0.01, weeks: [week] })
    expect(warning?.expected).toBeCloseTo(mean, 10)
    expect(warning?.dispersion).toBeCloseTo(dispersion, 7)
    expect(warning?.upper).toBe(negativeBinomialQuantile(0.99, mean, mean / (dispersion - 1)))
  })

  test('the published variance and that of the package differ for delta and muan only', () => {
    const run = (thresholdMethod: 'delta' | 'muan' | 'nbPlugin', convention: 'published' | 'surveillance'): readonly (number | undefined)[] =>
      farringtonFlexible(agona.observed, { b: 4, noPeriods: 10, pastWeeksNotIncluded: 26, pThresholdTrend: 1, alpha: 0.01, thresholdMethod, convention }).map(({ upper }) => upper)
    expect(run('nbPlugin', 'published')).toEqual(run('nbPlugin', 'surveillance'))
    expect(run('delta', 'published')).not.toEqual(run('delta', 'surveillance'))
    expect(run('muan', 'published')).not.toEqual(run('muan', 'surveillance'))
  })

  test('nothing for years: next to nothing expected, no alarm for lack of cases, one with enough of them', () => {
    const quiet = Array.from({ length: 300 }, () => 0)
    const options = { b: 4, noPeriods: 10, pastWeeksNotIncluded: 26, thresholdMethod: 'nbPlugin', weeks: [299] } as const
    expect(farringtonFlexible(quiet, options)[0]).toMatchObject({ upper: 0, alarm: false, enough: false, dispersion: 1 })
    expect(farringtonFlexible([...quiet.slice(0, 299), 9], options)[0]).toMatchObject({ upper: 0, alarm: true, enough: true })
  })

  test('unknown counts: a tested one has no alarm, a reference one is left out, a week without any reference has no answer', () => {
    const counts: (number | undefined)[] = Array.from({ length: 300 }, (_, t) => 5 + (t % 3))
    counts[299] = undefined
    expect(farringtonFlexible(counts, { b: 4, weeks: [299] })[0]).toMatchObject({ alarm: false, enough: false, pValue: undefined })
    counts[290 - 52] = undefined
    expect(farringtonFlexible(counts, { b: 4, weeks: [290] })[0]).toMatchObject({ alarm: false, enough: true })
    const hidden = counts.map((count, t) => (t < 295 ? undefined : count))
    expect(farringtonFlexible(hidden, { b: 4, weeks: [298] })[0]).toMatchObject({ upper: undefined, expected: undefined, alarm: false })
  })

  test('too few years are an error; so are settings that mean nothing', () => {
    const short = Array.from({ length: 200 }, () => 3)
    expect(farringtonFlexible(short)).toEqual([])
    expect(() => farringtonFlexible(short, { weeks: [150] })).toThrow('weeks tested must lie within')
    expect(() => farringtonFlexible([], { alpha: 1 })).toThrow('alpha')
    expect(() => farringtonFlexible([], { b: 0 })).toThrow('b, w and freq')
    expect(() => farringtonFlexible([], { noPeriods: 0 })).toThrow('noPeriods')
    expect(() => farringtonFlexible([], { pastWeeksNotIncluded: -1 })).toThrow('pastWeeksNotIncluded')
    expect(() => farringtonOriginal([], { limit54: [5, 0] })).toThrow('limit54')
  })

  test('false alarms come about as often as alpha says (Noufaily et al. found 0.9–2.5 % at 1 %)', () => {
    const random = seededRandom(11)
    let alarms = 0
    let tested = 0
    for (let series = 0; series < 20; series++) {
      const counts = Array.from({ length: 420 }, (_, t) => sampleNegativeBinomial(random, 10 * Math.exp(0.4 * Math.cos((2 * Math.PI * t) / 52)), 10))
      const warnings = farringtonFlexible(counts, { noPeriods: 10, pastWeeksNotIncluded: 26, pThresholdTrend: 1, alpha: 0.01, thresholdMethod: 'nbPlugin' })
      tested += warnings.length
      alarms += warnings.filter(({ alarm }) => alarm).length
    }
    expect(tested).toBe(20 * 157)
    expect(alarms / tested).toBeGreaterThan(0.005)
    expect(alarms / tested).toBeLessThan(0.03)
  })
})

describe('CUSUM', () => {
  test('the example', () => {
    expect(cusum([4, 8, 8], { expected: 4, k: 1, h: 2, weeks: [0, 1, 2] })).toEqual([
      { week: 0, expected: 4, upper: 10, statistic: 0, alarm: false },
      { week: 1, expected: 4, upper: 10, statistic: 1, alarm: false },
      { week: 2, expected: 4, upper: 8, statistic: 2, alarm: true },
    ])
  })

  test.each(['standard', 'rossi', 'anscombe', 'pearsonNegBin', 'anscombeNegBin'] as const)('%s: the count it takes gives the alarm, a little less does not', (transform) => {
    const alarmOf = (count: number, before: readonly number[]): boolean | undefined =>
      cusum([...before, count], { expected: 3, transform, alpha: 0.2, weeks: [...before, count].map((_, n) => n) }).at(-1)?.alarm
    for (const before of [[], [4], [6, 5], [3, 9]]) {
      const [last] = cusum([...before, 0], { expected: 3, transform, alpha: 0.2, weeks: [...before, 0].map((_, n) => n) }).slice(-1)
      const needed = last?.upper as number
      expect(alarmOf(needed + 1e-6, before)).toBe(true)
      expect(alarmOf(needed - (transform === 'standard' ? 1 : 1e-6), before)).toBe(false)
    }
  })

  test('the negative binomial Anscombe residual is the integral of V^(−1/3)', () => {
    const [mean, alpha, count] = [2.8, 0.1, 6]
    let integral = 0
    for (let n = 0; n < 20_000; n++) {
      const v = mean + ((n + 0.5) * (count - mean)) / 20_000
      integral += ((v + alpha * v * v) ** (-1 / 3) * (count - mean)) / 20_000
    }
    const [warning] = cusum([count], { expected: mean, transform: 'anscombeNegBin', alpha, k: 0, weeks: [0] })
    expect(warning?.statistic).toBeCloseTo(integral / (mean + alpha * mean * mean) ** (1 / 6), 8)
  })

  test('the mean before the first week is expected unless told; nothing known, nothing said', () => {
    expect(cusum([2, 4, 9], { weeks: [2] })[0]?.expected).toBe(3)
    expect(cusum([0, 0, 0], { weeks: [2] })[0]).toMatchObject({ statistic: undefined, alarm: undefined })
    expect(cusum([1, 1, undefined, 5], { weeks: [2, 3] }).map(({ alarm }) => alarm)).toEqual([undefined, undefined])
    expect(() => cusum([1, 2], { expected: 0 })).toThrow('positive')
    expect(() => cusum([1, 2], { expected: [1, 2, 3] })).toThrow('one each')
    expect(() => cusum([1, 2], { transform: 'pearsonNegBin' })).toThrow('alpha')
  })
})

describe('GLR', () => {
  test('the example: κ̂ = ln 4', () => {
    const answers = glr([1, 4], { weeks: [0, 1], expected: [1, 1] })
    expect(answers[0]?.statistic).toBe(0)
    expect(answers[1]?.statistic).toBeCloseTo(4 * Math.log(4) - 3, 14)
  })

  test('the negative binomial tends to Poisson as alpha goes to 0', () => {
    const expected = agona.observed.slice(200, 240).map((_, t) => 2 + Math.sin(t))
    const weeks = expected.map((_, n) => 200 + n)
    const poisson = glr(agona.observed, { weeks, expected })
    const nearly = glr(agona.observed, { weeks, expected, alpha: 1e-7 })
    nearly.forEach(({ statistic }, n) => expect(statistic).toBeCloseTo(poisson[n]?.statistic as number, 4))
  })

  test('a count far above its mean is found (R answers 0 here: its Newton steps run away)', () => {
    const [warning] = glr([29], { weeks: [0], expected: [0.6], alpha: 0.1 })
    // One week: e^κ = 29/0.6, so that the ratio is known.
    const kappa = Math.log(29 / 0.6)
    expect(warning?.statistic).toBeCloseTo(29 * kappa - (29 + 10) * Math.log((1 + 0.1 * 29) / (1 + 0.1 * 0.6)), 10)
    expect(warning?.alarm).toBe(true)
  })

  test('the chart starts again after an alarm; an unknown count adds nothing', () => {
    const counts = [1, 20, 1, undefined, 3]
    const answers = glr(counts, { weeks: [0, 1, 2, 3, 4], expected: [1, 1, 1, 1, 1] })
    expect(answers.map(({ alarm }) => alarm)).toEqual([false, true, false, undefined, false])
    // Weeks 2 and 4 alone: 4 cases against 2, or 3 against 1.
    expect(answers[4]?.statistic).toBeCloseTo(3 * Math.log(3) - 2, 12)
    expect(() => glr([1], { weeks: [0], expected: [0] })).toThrow('positive')
    expect(() => glr([1], { weeks: [0], expected: [] })).toThrow('each week')
  })
})

test('Bayes and RKI: the examples; strictly above the bound', () => {
  const counts = [3, 3, 3, 3, 3, 3]
  expect(bayes([...counts, 7], [6])[0]).toMatchObject({ upper: 7, alarm: false, expected: 18.5 / 6 })
  expect(bayes([...counts, 8], [6])[0]?.alarm).toBe(true)
  expect(rki([...counts, 8], [6])[0]).toMatchObject({ upper: 8.102, alarm: false, expected: 3 })
  expect(rki([...counts, 9], [6])[0]?.alarm).toBe(true)
  // Unknown reference values: left out by Bayes, no answer by RKI.
  expect(bayes([3, undefined, 3, 3, 3, 3, 8], [6])[0]?.upper).toBe(7)
  expect(rki([3, undefined, 3, 3, 3, 3, 8], [6])[0]).toMatchObject({ upper: undefined, alarm: undefined })
  // Above 20, mean and two standard deviations.
  expect(rki([30, 35, 28, 40, 33, 31, 50], [6])[0]?.upper).toBeCloseTo(41.357_81, 5)
  expect(() => bayes(counts, [5])).toThrow('weeks tested must lie within')
  expect(poissonQuantile(0.95, 3)).toBeLessThan(7)
})

import { describe, expect, test } from 'vitest'
import { sampleMultinomial, samplePoisson, seededRandom, type Random } from '../numerics/index.ts'
import { delayDistribution, fitWeekdayDelays, nowcastDocument, nowcastLawless, nowcastTruncated, reportingTriangle, weekdayOf, type ReportedEvent } from './index.ts'
import { dayNumber, isoDay } from './iso-day.ts'
import reference from './lawless.fixture.json' with { type: 'json' }

// husO104Hosp of surveillance: hospitalisations for HUS in the outbreak of STEC O104:H4, Germany 2011 (Robert Koch Institute), as known on 2 June.
const NOW = dayNumber('2011-06-02') as number
const outbreak: readonly ReportedEvent[] = reference.linelist.dHosp.map((event, n) => ({ event: dayNumber(event) as number, report: dayNumber(reference.linelist.dReport[n] as string) as number }))

describe('the reporting triangle', () => {
  test('the example: what is reported later is not known yet', () => {
    const triangle = reportingTriangle([{ event: 1, report: 1 }, { event: 1, report: 3 }, { event: 2, report: 4 }], 3, 2)
    expect({ ...triangle, counts: [...triangle.counts] }).toEqual({ firstDay: 1, days: 3, maxDelay: 2, counts: [1, 0, 1, 0, 0, 0, 0, 0, 0] })
  })

  test('long delays count as the longest; a report before its event is left out', () => {
    const triangle = reportingTriangle([{ event: 0, report: 9 }, { event: 5, report: 4 }], 9, 2)
    expect(triangle.counts[2]).toBe(1)
    expect(triangle.counts.reduce((sum, count) => sum + count, 0)).toBe(1)
  })

  test('arguments that make no sense are an error', () => {
    expect(() => reportingTriangle([], 3, 0)).toThrow('longest delay')
    expect(() => reportingTriangle([], 3, 2, 4)).toThrow('first day')
    expect(() => reportingTriangle([{ event: 0.5, report: 1 }], 3, 2, 0)).toThrow('whole numbers')
  })
})

describe('Lawless', () => {
  test('the outbreak of 2011: median, limits and triangle as surveillance has them', () => {
    expect(nowcastDocument(reference).lawless).toEqual(reference.lawless)
  })

  test('the example of the delays: 2 of 4 came within the day', () => {
    expect([...delayDistribution({ firstDay: 0, days: 2, maxDelay: 1, counts: Float64Array.of(2, 2, 1, 0) })]).toEqual([0.5, 1])
    expect(() => delayDistribution({ firstDay: 0, days: 2, maxDelay: 2, counts: new Float64Array(6) })).toThrow('shorter than the series')
  })

  test('a window takes the recent events only', () => {
    // surveillance::nowcast(m = 16, D = 14) on the same data: F(0), F(1), F(2).
    const shares = delayDistribution(reportingTriangle(outbreak, NOW, 14), 17)
    expect(Array.from(shares.slice(0, 3), (share) => share.toFixed(8))).toEqual(['0.00435917', '0.03487336', '0.09808133'])
    expect(() => delayDistribution(reportingTriangle(outbreak, NOW, 14), 14)).toThrow('window')
  })

  test('complete days and days without reports stay as they are; less alpha, wider', () => {
    const triangle = reportingTriangle(outbreak, NOW, 14)
    const days = nowcastLawless(triangle)
    expect(days.at(-1)).toEqual({ day: NOW, reported: 0, median: 0, lower: 0, upper: 0 })
    for (const { reported, median, lower, upper } of days.slice(0, -14)) expect([median, lower, upper]).toEqual([reported, reported, reported])
    nowcastLawless(triangle, { alpha: 0.5 }).forEach(({ lower, upper }, n) => {
      expect(lower).toBeGreaterThanOrEqual(days[n]?.lower as number)
      expect(upper).toBeLessThanOrEqual(days[n]?.upper as number)
    })
    expect(() => nowcastLawless(triangle, { rows: [99] })).toThrow('rows')
    expect(() => nowcastLawless(triangle, { alpha: 0 })).toThrow('alpha')
  })
})

describe('Bayes under truncation', () => {
  const triangle = reportingTriangle(outbreak, NOW, 14)
  const rows = Array.from({ length: 13 }, (_, n) => triangle.days - 14 + n)

  test('within Monte Carlo error of surveillance, by epi/nowcast/reference.R', () => {
    const { days, draws } = nowcastTruncated(triangle, seededRandom(1), { rows, prior: { mean: 50, variance: 3000 }, draws: 6000 })
    const near = (actual: readonly number[], expected: readonly number[]): void =>
      actual.forEach((count, n) => expect(Math.abs(count - (expected[n] as number))).toBeLessThanOrEqual(Math.max(1, 0.05 * (expected[n] as number))))
    near(days.map(({ median }) => median), [33, 62, 47, 33, 49, 47, 42, 33, 24, 38, 34, 26, 12])
    near(days.map(({ lower }) => lower), [29, 55, 41, 27, 41, 37, 31, 23, 13, 20, 14, 6, 0])
    near(days.map(({ upper }) => upper), [40, 72, 57, 42, 62, 62, 57, 50, 41, 66, 71, 73, 76])
    expect(draws.length).toBe(6000)
    expect(draws.every((draw) => draw.every((count, n) => count >= (days[n]?.reported as number)))).toBe(true)
  })

  test('complete days are certain; arguments that make no sense are an error', () => {
    const prior = { mean: 50, variance: 3000 }
    const [first] = nowcastTruncated(triangle, seededRandom(1), { rows: [5], prior, draws: 20 }).days
    expect([first?.median, first?.lower, first?.upper]).toEqual([first?.reported, first?.reported, first?.reported])
    expect(() => nowcastTruncated(triangle, seededRandom(1), { prior: { mean: 0, variance: 1 } })).toThrow('prior')
    expect(() => nowcastTruncated(triangle, seededRandom(1), { prior, concentration: 0 })).toThrow('concentration')
    expect(() => nowcastTruncated(triangle, seededRandom(1), { prior, draws: 0 })).toThrow('draw')
  })
})

const DELAYS = [0.15, 0.3, 0.25, 0.15, 0.1, 0.05]

/** Events of a growing epidemic, as known on the last day; reports of a weekday come in as its factor says. */
const simulate = (random: Random, days: number, weekdays: readonly number[]): { readonly events: readonly ReportedEvent[]; readonly truth: readonly number[] } => {
  const events: ReportedEvent[] = []
  const truth = Array.from({ length: days }, (_, event) => {
    const count = samplePoisson(random, 30 * Math.exp(0.03 * event))
    const weights = DELAYS.map((share, delay) => share * (weekdays[weekdayOf(event + delay)] as number))
    sampleMultinomial(random, count, weights).forEach((reported, delay) => {
      for (let n = 0; n < reported; n++) events.push({ event, report: event + delay })
    })
    return count
  })
  return { events, truth }
}

describe('delays with a rhythm of the week', () => {
  const RHYTHM = [1.6, 1.3, 1.1, 1, 1.1, 0.6, 0.3]

  test('are recovered from a simulated epidemic, although it is truncated', () => {
    const { events } = simulate(seededRandom(4), 90, RHYTHM)
    const fit = fitWeekdayDelays(reportingTriangle(events, 89, 5, 0))
    fit.delays.forEach((share, delay) => expect(share).toBeCloseTo(DELAYS[delay] as number, 1.6))
    const mean = RHYTHM.reduce((sum, factor) => sum + factor, 0) / 7
    fit.weekdays.forEach((factor, weekday) => expect(Math.abs(factor / ((RHYTHM[weekday] as number) / mean) - 1)).toBeLessThan(0.1))
  })

  test('without a rhythm they are those of Lawless', () => {
    // As many reports on each weekday as the delays alone make: a triangle of expected counts.
    const days = 70
    const counts = new Float64Array(days * 6)
    for (let row = 0; row < days; row++) for (let delay = 0; delay <= Math.min(5, days - 1 - row); delay++) counts[row * 6 + delay] = 40 * (DELAYS[delay] as number)
    const triangle = { firstDay: 3, days, maxDelay: 5, counts }
    const fit = fitWeekdayDelays(triangle)
    fit.weekdays.forEach((factor) => expect(factor).toBeCloseTo(1, 8))
    const shares = delayDistribution(triangle)
    for (let delay = 0; delay < 6; delay++) expect(fit.reportedShare(days - 1 - delay)).toBeCloseTo(shares[delay] as number, 8)
  })

  test('no reports at weekends: an event of Friday waits for Monday', () => {
    const { events } = simulate(seededRandom(6), 70, [1, 1, 1, 1, 1, 0, 0])
    const sunday = reportingTriangle(events, 66, 5, 0)
    expect(weekdayOf(66)).toBe(6)
    const fit = fitWeekdayDelays(sunday)
    expect([fit.weekdays[5], fit.weekdays[6]]).toEqual([0, 0])
    // What is known on Sunday of Friday's events is what was known on Friday.
    expect(fit.reportedShare(64)).toBeCloseTo(fitWeekdayDelays(reportingTriangle(events, 64, 5, 0)).reportedShare(64), 2)
  })

  test('make the nowcast better on a Monday after a quiet weekend', () => {
    expect(weekdayOf(74)).toBe(0)
    const errors = { plain: 0, weekday: 0 }
    for (let seed = 0; seed < 10; seed++) {
      const { events, truth } = simulate(seededRandom(100 + seed), 75, RHYTHM)
      const triangle = reportingTriangle(events, 74, 5, 0)
      const rows = [73, 72, 71]
      const error = (days: ReturnType<typeof nowcastLawless>): number => days.reduce((sum, { median }, n) => sum + Math.abs(Math.log(Math.max(1, median) / (truth[rows[n] as number] as number))), 0)
      errors.plain += error(nowcastLawless(triangle, { rows }))
      errors.weekday += error(nowcastLawless(triangle, { rows, reportedShare: fitWeekdayDelays(triangle).reportedShare }))
    }
    expect(errors.weekday).toBeLessThan(0.8 * errors.plain)
  })

  test('nothing reported: all even; a series that is too short is an error', () => {
    const fit = fitWeekdayDelays({ firstDay: 0, days: 10, maxDelay: 1, counts: new Float64Array(20) })
    expect([...fit.weekdays]).toEqual([1, 1, 1, 1, 1, 1, 1])
    expect(() => fitWeekdayDelays({ firstDay: 0, days: 6, maxDelay: 1, counts: new Float64Array(12) })).toThrow('week')
  })
})

test('the Bayesian interval holds the truth about as often as it says', () => {
  const random = seededRandom(23)
  let held = 0
  let asked = 0
  for (let n = 0; n < 25; n++) {
    const { events, truth } = simulate(random, 50, [1, 1, 1, 1, 1, 1, 1])
    const rows = [45, 46, 47, 48, 49]
    const { days } = nowcastTruncated(reportingTriangle(events, 49, 5, 0), random, { rows, prior: { mean: 100, variance: 20_000 }, draws: 300 })
    days.forEach(({ lower, upper }, place) => {
      asked++
      if (lower <= (truth[rows[place] as number] as number) && (truth[rows[place] as number] as number) <= upper) held++
    })
  }
  expect(asked).toBe(125)
  expect(held / asked).toBeGreaterThan(0.88)
})

describe('documents', () => {
  test('the field that is wrong is named', () => {
    const { meta, linelist } = reference
    const wrong: readonly (readonly [unknown, string])[] = [
      [3, 'the document must be an object'],
      [{ linelist }, 'meta must be an object'],
      [{ meta: { ...meta, now: '2011-02-30' }, linelist }, 'meta.now must be a day'],
      [{ meta: { ...meta, D: 0 }, linelist }, 'meta.D must be a whole number'],
      [{ meta: { ...meta, alpha: 'small' }, linelist }, 'meta.alpha must be a number'],
      [{ meta, linelist: { dHosp: ['2011-05-01'] } }, 'linelist.dReport must be a list of days'],
      [{ meta, linelist: { dHosp: ['2011-05-01'], dReport: [] } }, 'the same length'],
      [{ meta, linelist, when: ['2011-07-01'] }, 'when must be a list of days up to meta.now'],
      [{ meta, linelist, when: ['1999-01-01'] }, 'rows must lie within the triangle'],
    ]
    for (const [input, sentence] of wrong) {
      expect(() => nowcastDocument(input)).toThrow(RangeError)
      expect(() => nowcastDocument(input)).toThrow(sentence)
    }
  })

  test('without days asked for, all from the first event; pairs with a missing day are left out', () => {
    const answer = nowcastDocument({ meta: { now: '2021-03-03', D: 1 }, linelist: { dHosp: ['2021-02-28', '2021-03-01', null], dReport: ['2021-02-28', '2021-03-02', '2021-03-03'] } })
    expect(answer.lawless.date).toEqual(['2021-02-28', '2021-03-01', '2021-03-02', '2021-03-03'])
    expect(answer.lawless.triangle).toEqual([[1, 0], [0, 1], [0, 0], [0, null]])
  })

  test('days and their numbers', () => {
    expect([dayNumber('1970-01-01'), dayNumber('2011-06-02'), dayNumber('2000-02-29'), dayNumber('1969-12-31')]).toEqual([0, 15127, 11016, -1])
    expect([dayNumber('2021-02-29'), dayNumber('2021-13-01'), dayNumber('2021-00-10'), dayNumber('1 May')]).toEqual([undefined, undefined, undefined, undefined])
    for (let day = -700_000; day < 800_000; day += 777) expect(dayNumber(isoDay(day))).toBe(day)
  })
})

import { describe, expect, test } from 'vitest'
import { bayes, cusumDocument, earsDocument, farringtonDocument, glrDocument, rki } from './index.ts'
import { agona, dataSets, distance, type Field } from './surveillance.fixture.ts'

// Against surveillance 1.20.3: on the data it brings, and on awkward series. A cusum of R's older answer is an empty list.
const asField = (value: object): Field => JSON.parse(JSON.stringify(value)) as Field
const only = (section: Field, skipped: string): Field =>
  Object.fromEntries(Object.entries(section as Readonly<Record<string, Readonly<Record<string, Field>>>>).map(([name, { [skipped]: _, ...rest }]) => [name, rest]))

/** Those without missing counts: R's older methods refuse the others. */
const complete = dataSets.filter(([, data]) => data['cusum'])

describe.each(dataSets)('%s', (_name, data) => {
  test('EARS to 1e-12', () => {
    const { compared, largest, apart } = distance({ ears: data['ears'] }, asField(earsDocument(data)))
    expect(apart).toEqual([])
    expect(compared).toBeGreaterThan(80)
    expect(largest).toBeLessThan(1e-12)
  })

  test('Farrington: bounds, expected counts, p values, trends and dispersions to 1e-10, the same alarms', () => {
    const answer = farringtonDocument(data)
    const flexible = distance({ farringtonFlexible: data['farringtonFlexible'] }, asField(answer))
    expect(flexible.apart).toEqual([])
    expect(flexible.compared).toBeGreaterThan(400)
    expect(flexible.largest).toBeLessThan(1e-10)
    if (!data['farrington_original']) return
    const original = distance(data['farrington_original'], asField(answer.farrington_original))
    expect(original.apart).toEqual([])
    expect(original.largest).toBeLessThan(1e-10)
  })
})

describe.each(complete)('%s', (name, data) => {
  test('CUSUM: sums, counts needed and alarms to 1e-10', () => {
    const { compared, largest, apart } = distance({ cusum: name === 'agona' ? only(data['cusum'], 'cusum') : data['cusum'] }, asField(cusumDocument(data)))
    expect(apart).toEqual([])
    expect(compared).toBeGreaterThan(100)
    expect(largest).toBeLessThan(1e-10)
  })

  test('GLR, Poisson and negative binomial, κ known and unknown, to 1e-10', () => {
    const { compared, largest, apart } = distance({ glrpois: data['glrpois'], glrnb: data['glrnb'], glrnb_theta: data['glrnb_theta'] }, asField(glrDocument(data)))
    expect(apart).toEqual([])
    expect(compared).toBeGreaterThan(60)
    expect(largest).toBeLessThan(1e-10)
  })

  test('Bayes and RKI to 1e-12', () => {
    const counts = data.observed.map((count) => count ?? undefined)
    const check = (section: Field, run: (weeks: readonly number[], past?: { b: number; w: number; thisYear: boolean }) => ReturnType<typeof bayes>): void => {
      const { range, b, w, actY, upperbound, alarm } = section as { range: number[]; b?: number; w?: number; actY?: boolean; upperbound: Field; alarm: Field }
      const past = b === undefined || w === undefined ? undefined : { b, w, thisYear: actY === true }
      const warnings = run(range.map((week) => week - 1), past)
      const { apart, largest } = distance({ upperbound, alarm }, { upperbound: warnings.map(({ upper }) => upper), alarm: warnings.map((one) => Number(one.alarm)) })
      expect(apart).toEqual([])
      expect(largest).toBeLessThan(1e-12)
    }
    check(data['bayes'] ?? data['bayes1'], (weeks, past) => bayes(counts, weeks, past))
    check(data['rki'] ?? data['rki1'], (weeks, past) => rki(counts, weeks, past))
  })
})

test('a document without settings is answered with the usual ones', () => {
  const { observed, freq } = agona
  const answer = farringtonDocument({ observed, freq })
  expect(Object.keys(answer.farringtonFlexible)).toEqual(['nb10', 'delta', 'muan', 'noPeriods1_original', 'notrend'])
  // All weeks that have four years and a window before them; the last 61 are those of the reference.
  expect(answer.farringtonFlexible['nb10']?.range[0]).toBe(212)
  expect(distance(agona.farringtonFlexible.nb10.upperbound, answer.farringtonFlexible['nb10']?.upperbound.slice(-61))).toMatchObject({ apart: [] })
  expect(Object.keys(earsDocument({ observed }).ears)).toEqual(['C1', 'C2', 'C3'])
  expect(distance(agona.ears.C3.upperbound, earsDocument({ observed }).ears['C3']?.upperbound).largest).toBeLessThan(1e-12)
  expect(cusumDocument({ observed, freq }).cusum['rossi']?.range[0]).toBe(53)
  expect(Object.keys(glrDocument({ observed, freq }))).toEqual(['glrpois', 'glrnb', 'glrnb_theta'])
})

test('the field that is wrong is named', () => {
  const { observed } = agona
  const wrong: readonly (readonly [() => unknown, string])[] = [
    [() => earsDocument([1, 2]), 'the document must be an object'],
    [() => earsDocument({ observed: [1, -2] }), 'observed must be a list of counts'],
    [() => earsDocument({ observed, freq: 0.5 }), 'freq must be a whole number'],
    [() => earsDocument({ observed, ears: { C1: { baseline: 'seven' } } }), 'ears.C1.baseline must be a number'],
    [() => earsDocument({ observed, ears: { C9: {} } }), 'ears.C9.method must be one of C1, C2, C3'],
    [() => earsDocument({ observed, ears: { C1: { range: [3] } } }), 'weeks tested must lie within'],
    [() => farringtonDocument({ observed, farringtonFlexible: { mine: { control: { thresholdMethod: 'guess' } } } }), 'farringtonFlexible.mine.control.thresholdMethod must be one of'],
    [() => farringtonDocument({ observed, farringtonFlexible: { mine: { control: { limit54: [5] } } } }), 'farringtonFlexible.mine.control.limit54 must be'],
    [() => farringtonDocument({ observed, farringtonFlexible: { mine: { control: { populationOffset: true } } } }), 'populationOffset is not supported'],
    [() => farringtonDocument({ observed, farrington_original: { range: 'all' } }), 'farrington_original.range must be a list of numbers'],
    [() => cusumDocument({ observed, cusum: { standard: { m: 'glm' } } }), 'cusum.standard.m must be a number'],
    [() => cusumDocument({ observed, cusum: { odd: {} } }), 'cusum.odd.trans must be one of'],
    [() => glrDocument({ observed, glrpois: { mu0: [1, 2], range: [5, 6, 7] } }), 'one expected count is needed for each week'],
    [() => glrDocument({ observed, glrnb: 5 }), 'glrnb must be an object'],
  ]
  for (const [run, sentence] of wrong) {
    expect(run).toThrow(RangeError)
    expect(run).toThrow(sentence)
  }
})

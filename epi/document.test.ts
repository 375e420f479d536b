import { describe, expect, test } from 'vitest'
import { EPI_METHODS } from './index.ts'

const run = (name: string, input: unknown): unknown => EPI_METHODS[name]?.(input)

const weekly = { observed: [4, 8, 8, 3, 5, 6, 2, 9, 4, 21], freq: 52 }
/** A small document for each method. */
const SMALL: Readonly<Record<string, unknown>> = {
  rt: { incidence: [1, 2, 3, 2, 4, 6, 5, 8, 9], mean_si: 2.6, std_si: 1.5, si_distr_input: [0, 0.5, 0.5] },
  'wallinga-teunis': { incidence: [1, 2, 3, 2, 4, 6, 5, 8, 9], si_distr_input: [0, 0.5, 0.5] },
  'discr-si': { mu: 2.6, sigma: 1.5, k: [0, 1, 2] },
  ears: weekly,
  farrington: weekly,
  cusum: { ...weekly, cusum: { standard: { m: 4, k: 1, h: 2, range: [1, 2, 3] } } },
  glr: { ...weekly, glrpois: { mu0: 4, range: [8, 9, 10] } },
  nowcast: { meta: { now: '2021-07-10', D: 3 }, linelist: { dHosp: ['2021-07-06', '2021-07-07', '2021-07-08', '2021-07-09', null], dReport: ['2021-07-07', '2021-07-07', '2021-07-10', '2021-07-09', null] } },
}

test('the eight methods of the shell', () => {
  expect(Object.keys(EPI_METHODS)).toEqual(['rt', 'wallinga-teunis', 'discr-si', 'ears', 'farrington', 'cusum', 'glr', 'nowcast'])
})

describe.each(Object.keys(SMALL))('%s', (name) => {
  test('answers with what JSON can say: no NaN, nothing undefined, the same every time', () => {
    const answer = run(name, SMALL[name])
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
    expect(JSON.stringify(run(name, SMALL[name]))).toBe(JSON.stringify(answer))
  })
  test.each([[null], [[]], ['text'], [{}], [{ incidence: 'many', observed: 'many' }]])('refuses %j as a document that does not fit', (input) => {
    // A list of no intervals is a list of no answers.
    if (name === 'discr-si' && Array.isArray(input)) expect(run(name, input)).toEqual([])
    else expect(() => run(name, input)).toThrow(RangeError)
  })
})

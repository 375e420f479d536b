import { describe, expect, test } from 'vitest'
import { seededRandom } from '../numerics/index.ts'
import { dataSets, distance, epiestim, type Field } from './epiestim.fixture.ts'
import { estimateCohortDocument, estimateCohortReproduction, type CohortSection } from './index.ts'

describe('agreement with EpiEstim', () => {
  test.each(dataSets)('means of %s: 1e-9', (_, set) => {
    const ours = estimateCohortDocument({ ...set, n_sim: 1 })
    for (const section of ['wallinga_teunis_parametric', 'wallinga_teunis_non_parametric'] as const) {
      const { t_start, t_end, mean, si_distr } = set[section] as { readonly [name: string]: Field }
      const { compared, largest, missing } = distance(ours[section], { t_start, t_end, mean, si_distr } as Field, section)
      expect({ section, missing }).toEqual({ section, missing: [] })
      expect(compared).toBeGreaterThan(10)
      expect(largest).toBeLessThan(1e-9)
    }
  })

  test.each(['Flu2009', 'Measles1861'] as const)('spread and limits of %s, within the error of its 1000 simulations', (name) => {
    const theirs = epiestim[name]['wallinga_teunis_parametric'] as CohortSection & Field
    const ours = estimateCohortDocument({ ...epiestim[name], si_distr_input: undefined }).wallinga_teunis_parametric as CohortSection
    theirs.sd.forEach((sd, w) => {
      // Rare events are not estimated well by either side.
      if (sd < 0.03) return
      expect(Math.abs((ours.sd[w] as number) / sd - 1)).toBeLessThan(0.1)
      expect(Math.abs((ours.q025[w] as number) - (theirs.q025[w] as number))).toBeLessThan(1.2 * sd)
      expect(Math.abs((ours.q975[w] as number) - (theirs.q975[w] as number))).toBeLessThan(1.2 * sd)
    })
    expect(theirs.sd.filter((sd) => sd >= 0.03).length).toBeGreaterThan(20)
  })
})

test('example: every case of the next day was infected by one of these', () => {
  const [estimate] = estimateCohortReproduction([1, 2, 4], { serialInterval: [0, 1], windows: [{ first: 1, last: 1 }] }, seededRandom(1))
  expect(estimate).toEqual({ first: 1, last: 1, mean: 2, sd: 0, lower: 2, upper: 2 })
})

test('a window without cases is undefined', () => {
  const windows = [
    { first: 1, last: 2 },
    { first: 3, last: 3 },
  ]
  const [none, some] = estimateCohortReproduction([2, 0, 0, 1], { serialInterval: [0, 0.5, 0.3, 0.2], windows }, seededRandom(1))
  expect(none).toBeUndefined()
  expect(some?.mean).toBe(0)
})

test('whoever can have been infected was infected by somebody', () => {
  const counts = [3, 0, 5, 2, 8, 1, 0, 0, 0, 0, 0, 4, 2]
  const days = counts.map((_, t) => ({ first: t, last: t }))
  const estimates = estimateCohortReproduction(
    counts,
    { serialInterval: [0, 0.4, 0.3, 0.2, 0.1], windows: days, simulations: 1 },
    seededRandom(1),
  )
  const infected = estimates.reduce((sum, estimate, t) => sum + (estimate ? estimate.mean * (counts[t] as number) : 0), 0)
  // All but the first three and the four who come five days after the last case.
  expect(infected).toBeCloseTo(25 - 3 - 4, 12)
})

test('counts that are not whole are refused', () => {
  const options = { serialInterval: [0, 1], windows: [{ first: 1, last: 1 }] }
  expect(() => estimateCohortReproduction([1, 1.5, 2], options, seededRandom(1))).toThrow('whole numbers')
  expect(() => estimateCohortReproduction([1, -1, 2], options, seededRandom(1))).toThrow(RangeError)
})

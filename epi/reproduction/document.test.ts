import { expect, test } from 'vitest'
import { discretiseSerialIntervalDocument, estimateCohortDocument, estimateReproductionDocument } from './index.ts'

const INCIDENCE = [1, 2, 3, 2, 4, 6, 5, 8]

test('what is not asked for is not answered', () => {
  const given = estimateReproductionDocument({ incidence: INCIDENCE, si_distr_input: [0, 0.5, 0.5] })
  expect(Object.keys(given)).toEqual(['non_parametric_weekly', 'overall_infectivity'])
  expect(given.non_parametric_weekly?.t_end).toEqual([8])
  const parametric = estimateReproductionDocument({ incidence: INCIDENCE.slice(0, 7), mean_si: 2.6, std_si: 1.5 })
  expect(Object.keys(parametric)).toEqual(['parametric_daily'])
  expect(estimateCohortDocument({ incidence: INCIDENCE, si_distr_input: [0, 0.5, 0.5] }).wallinga_teunis_non_parametric?.t_start).toEqual([
    2,
  ])
  expect(estimateCohortDocument({ incidence: [0, 0, 0, 0, 0, 0, 0, 0], si_distr_input: [0, 1] })).toEqual({})
})

test('answers are JSON without loss', () => {
  const answer = estimateReproductionDocument({ incidence: INCIDENCE, mean_si: 4.2, std_si: 1.5 })
  expect(answer.parametric_daily?.mean[0]).toBeNull()
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
})

test('one interval or a list of them', () => {
  const one = discretiseSerialIntervalDocument({ mu: 2.6, sigma: 1.5, k: [0, 1] })
  expect(discretiseSerialIntervalDocument([{ mu: 2.6, sigma: 1.5, k: [0, 1] }])).toEqual([one])
  expect('p' in one && one.p[1]).toBeCloseTo(0.233_17, 5)
})

test('the field that is wrong is named', () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [undefined, 'object'],
    [[1, 2], 'object'],
    [{ si_distr_input: [0, 1] }, 'incidence'],
    [{ incidence: 'many', si_distr_input: [0, 1] }, 'incidence'],
    [{ incidence: [1, null, 3], si_distr_input: [0, 1] }, 'incidence'],
    [{ incidence: [1, -1, 3], si_distr_input: [0, 1] }, 'incidence'],
    [{ incidence: [1], si_distr_input: [0, 1] }, 'incidence'],
    [{ incidence: INCIDENCE }, 'mean_si'],
    [{ incidence: INCIDENCE, mean_si: 3 }, 'std_si'],
    [{ incidence: INCIDENCE, mean_si: 0.5, std_si: 1 }, 'mean serial interval'],
    [{ incidence: INCIDENCE, si_distr_input: [0.2, 0.8] }, 'serial interval'],
    [{ incidence: INCIDENCE, si_distr_input: 3 }, 'si_distr_input'],
  ]
  for (const [input, field] of wrong) {
    expect(() => estimateReproductionDocument(input)).toThrow(RangeError)
    expect(() => estimateReproductionDocument(input)).toThrow(field)
  }
  expect(() => estimateCohortDocument({ incidence: [1.5, 2, 3, 4, 5, 6, 7, 8], si_distr_input: [0, 1] })).toThrow(
    'incidence must be whole numbers',
  )
  expect(() => estimateCohortDocument({ incidence: INCIDENCE, si_distr_input: [0, 1], n_sim: 0 })).toThrow('n_sim')
  expect(() => discretiseSerialIntervalDocument({ mu: 2, sigma: 1 })).toThrow('k must')
  expect(() => discretiseSerialIntervalDocument({ mu: '2', sigma: 1, k: [1] })).toThrow('mu must')
  expect(() => discretiseSerialIntervalDocument({ mu: 2, sigma: 1, k: [-1] })).toThrow(RangeError)
})

import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { assaysOf, prevalenceOf } from './prevalence.ts'
import { ageGroup, readAges, type SurveyFacts } from './serosurvey.ts'

const result = (positive: number, tested: number, more: Partial<SurveyFacts> = {}): SurveyFacts => ({
  survey: 'KG 2021', fromOn: day('2021-10-01'), toOn: day('2021-10-05'), ageFrom: 20, ageTo: 29, tested, positive, assay: 'ELISA', sensitivity: null, sensitivityOf: null, specificity: null,
  specificityOf: null, ...more,
})

describe('prevalence', () => {
  test('R9 corrected for the assay: Lang & Reiczigel (2014), example 2 — 51 of 2971, sensitivity 32/33, specificity 20/20: 1.8 %, 0 to 5.3 %', () => {
    const assay = { sensitivity: 32 / 33, sensitivityOf: 33, specificity: 1, specificityOf: 20 }
    const whole = prevalenceOf([result(51, 2971, assay)])
    expect(whole.corrected?.share).toBeCloseTo(51 / 2971 / (32 / 33), 6)
    expect([whole.corrected?.lower.toFixed(3), whole.corrected?.upper.toFixed(3)]).toEqual(['0.000', '0.053'])
    expect([whole.why, whole.exact]).toEqual([null, false])
    // The same persons in two rows are the same estimate.
    expect(prevalenceOf([result(20, 1000, assay), result(31, 1971, assay)])).toEqual(whole)
  })
  test('R9 as measured with Wilson’s interval: 81 of 263, 25.5 to 36.6 % (Newcombe 1998)', () => {
    const { raw, corrected, why } = prevalenceOf([result(81, 263)])
    expect([raw.share.toFixed(4), raw.lower.toFixed(4), raw.upper.toFixed(4)]).toEqual(['0.3080', '0.2553', '0.3662'])
    expect([corrected, why]).toEqual([null, 'no_assay'])
  })
  test('R9 without controls the assay counts as exact: 23 of 150, 96 and 89 %, are 5.1 % (Rogan & Gladen 1978)', () => {
    const found = prevalenceOf([result(23, 150, { sensitivity: 0.96, specificity: 0.89 })])
    expect(found.corrected?.share).toBeCloseTo(0.051, 3)
    expect(found.exact).toBe(true)
    // (AP + Sp − 1)/(Se + Sp − 1) of Wilson-like bounds: narrower than with 100 controls each.
    const doubted = prevalenceOf([result(23, 150, { sensitivity: 0.96, specificity: 0.89, sensitivityOf: 100, specificityOf: 100 })])
    expect((doubted.corrected?.upper as number) - (doubted.corrected?.lower as number)).toBeGreaterThan((found.corrected?.upper as number) - (found.corrected?.lower as number))
  })
  test('R9 an assay that tells nothing, and several assays together, are not corrected', () => {
    expect(prevalenceOf([result(5, 10, { sensitivity: 0.5, specificity: 0.5 })])).toMatchObject({ corrected: null, why: 'useless_assay' })
    const mixed = [result(5, 10, { sensitivity: 0.9, specificity: 0.99 }), result(5, 10, { sensitivity: 0.8, specificity: 0.99 })]
    expect(prevalenceOf(mixed)).toMatchObject({ tested: 20, positive: 10, corrected: null, why: 'several_assays' })
    expect(assaysOf([...mixed, ...mixed])).toHaveLength(2)
  })
})

describe('ages', () => {
  test.each([
    ['20-29', 20, 29], ['20 – 29 tuổi', 20, 29], ['từ 20 đến 29', 20, 29], ['20 - <30', 20, 29], ['60+', 60, null], ['≥ 60', 60, null], ['>=60', 60, null], ['từ 60 tuổi trở lên', 60, null],
    ['>59', 60, null], ['trên 59', 60, null], ['<5', 0, 4], ['Dưới 5 tuổi', 0, 4], ['35', 35, 35], ['Tất cả', 0, null], ['All ages', 0, null], ['0–120', 0, 120],
  ])('%s is %j to %j', (text, from, to) => {
    expect(readAges(text)).toEqual({ from, to })
  })
  test.each(['', 'trẻ em', '20-29-39', 'abc', '1-2 tháng'])('“%s” is no age group', (text) => {
    expect(readAges(text)).toBeUndefined()
  })
  test('as screens write them', () => {
    expect([{ ageFrom: 20, ageTo: 29 }, { ageFrom: 60, ageTo: null }, { ageFrom: 5, ageTo: 5 }].map(ageGroup)).toEqual(['20–29', '60+', '5'])
  })
})

import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { ageOn, birthOf, faultsOf, numberPrefix, refusalOf, sameEpisode, type CaseFacts } from './case.ts'
import { NOTHING_KNOWN } from './report-case.ts'

const today = day('2021-10-20')
const facts = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  ...NOTHING_KNOWN, fullName: 'Lê Thị Hoa', areaId: 1, reportedOn: day('2021-10-12'), diagnosis: 'confirmed', ...more,
})
const faults = (more: Partial<CaseFacts>): (string | undefined)[][] => faultsOf(facts(more), today).map(({ code, field }) => [code, field])

describe('R1 what cannot be is refused', () => {
  test('a plain case has no fault', () => {
    expect(faults({})).toEqual([])
    expect(faults({ onsetOn: day('2021-10-12'), sampleOn: day('2021-10-11'), resultOn: day('2021-10-11'), outcome: 'died', outcomeOn: today })).toEqual([])
  })
  test('days to come and days of another age, each at its field', () => {
    for (const field of ['onsetOn', 'sampleOn', 'resultOn', 'admittedOn', 'outcomeOn'] as const) {
      expect(faults({ [field]: day('2021-10-21') })).toContainEqual(['future_day', field])
      expect(faults({ [field]: day('1949-12-31') })).toContainEqual(['day_too_early', field])
    }
    expect(faults({ reportedOn: day('2021-10-21') })).toEqual([['future_day', 'reportedOn']])
  })
  test('days out of order', () => {
    expect(faults({ onsetOn: day('2021-10-13') })).toEqual([['onset_after_report', 'onsetOn']])
    expect(faults({ sampleOn: day('2021-10-10'), resultOn: day('2021-10-09') })).toEqual([['result_before_sample', 'resultOn']])
    expect(faults({ onsetOn: day('2021-10-10'), outcome: 'died', outcomeOn: day('2021-10-09') })).toEqual([['outcome_before_onset', 'outcomeOn']])
    expect(faults({ outcome: 'died' })).toEqual([['outcome_day_missing', 'outcomeOn']])
  })
  test('ages below 0 and above 120', () => {
    expect(faults({ birthYear: 2021 })).toEqual([])
    expect(faults({ birthYear: 2022 })).toEqual([['impossible_age', 'birthYear']])
    expect(faults({ birthYear: 1901 })).toEqual([])
    expect(faults({ birthYear: 1900 })).toEqual([['impossible_age', 'birthYear']])
    expect(faults({ birthYear: 2021, birthOn: day('2021-10-13') })).toEqual([['impossible_age', 'birthOn']])
  })
  test('a personal number is 12 digits, or 9', () => {
    expect(faults({ nationalId: '091085001234' })).toEqual([])
    expect(faults({ nationalId: '371234567' })).toEqual([])
    expect(faults({ nationalId: '9108500123' })).toEqual([['bad_national_id', 'nationalId']])
  })
})

test('age in completed years where the day of birth is known', () => {
  expect(ageOn(facts({ birthYear: 1985, birthOn: day('1985-10-13') }))).toBe(35)
  expect(ageOn(facts({ birthYear: 1985, birthOn: day('1985-10-12') }))).toBe(36)
  expect(ageOn(facts({ birthYear: 1985 }))).toBe(36)
  expect(ageOn(facts())).toBeNull()
})

test('day, year or age of birth', () => {
  const on = day('2021-10-12')
  const none = { birthOn: null, birthYear: null, age: null }
  expect(birthOf({ ...none, birthOn: day('1985-03-02') }, on)).toEqual({ ok: true, value: { birthOn: '1985-03-02', birthYear: 1985 } })
  expect(birthOf({ ...none, birthYear: 1985, age: 99 }, on)).toEqual({ ok: true, value: { birthOn: null, birthYear: 1985 } })
  expect(birthOf({ ...none, age: 36 }, on)).toEqual({ ok: true, value: { birthOn: null, birthYear: 1985 } })
  expect(birthOf({ ...none, birthOn: day('1985-03-02'), birthYear: 1986 }, on)).toMatchObject({ ok: false, problem: { code: 'birth_disagrees' } })
})

test('our numbers begin with the province', () => {
  expect(numberPrefix({ nameEn: 'Kien Giang Province' }, day('2021-10-12'))).toBe('KG-2021-')
  expect(numberPrefix({ nameEn: 'Ho Chi Minh City' }, day('2022-01-02'))).toBe('HCM-2022-')
  expect(numberPrefix({ nameEn: 'Ba Ria - Vung Tau Province' }, day('2021-10-12'))).toBe('BRVT-2021-')
})

test('R3 ninety days are one infection, ninety-one are two', () => {
  expect(sameEpisode(day('2021-05-01'), day('2021-07-30'))).toBe(true)
  expect(sameEpisode(day('2021-07-31'), day('2021-05-01'))).toBe(false)
  const clash = { caseId: 'x', number: 'KG-2021-000001', reportedOn: day('2021-05-01') }
  expect(refusalOf({ ...clash, kind: 'person' }, false)).toMatchObject({ code: 'duplicate_person', status: 409, params: { day: '01/05/2021' } })
  expect(refusalOf({ ...clash, kind: 'person' }, true)).toBeUndefined()
  expect(refusalOf({ ...clash, kind: 'similar' }, false)).toBeUndefined()
})

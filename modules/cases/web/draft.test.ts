import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { caseChanges, newCase } from '../contract.ts'
import { atFormFields, changesOf, draftOf, emptyDraft, mergeDrafts, newCaseOf, readDraft, refusalOf, type Draft, type ShownCase } from './draft.ts'

const start = emptyDraft(day('2021-10-12'))
const typed: Draft = { ...start, fullName: ' Trần Thị Tám ', areaId: '123', birth: '05/09/1967', sex: 'female', onsetOn: '8/10/2021', vaccineDoses: '2', reinfection: 'true' }

describe('a report', () => {
  test('says what was typed, as the contract wants it', () => {
    const { facts, faults } = readDraft(typed, 'report')
    expect(faults).toEqual([])
    const body = newCaseOf(facts)
    expect(body).toEqual({
      fullName: 'Trần Thị Tám', areaId: 123, birthOn: '1967-09-05', birthYear: 1967, sex: 'female', onsetOn: '2021-10-08', vaccineDoses: 2,
      reinfection: true, diagnosis: 'confirmed', reportedOn: '2021-10-12',
    })
    expect(newCase.safeParse(body).success).toBe(true)
  })

  test('names every field that cannot be read or is missing', () => {
    const { faults } = readDraft({ ...start, birth: '67', onsetOn: '8/10/21', age: 'x', diagnosis: '' }, 'report')
    expect(faults.map(({ field, code }) => [field, code])).toEqual([
      ['fullName', 'field_needed'], ['birth', 'two_digit_year'], ['age', 'not_whole'], ['areaId', 'field_needed'], ['diagnosis', 'field_needed'], ['onsetOn', 'two_digit_year'],
    ])
  })
})

describe('a correction', () => {
  test('sends what differs, empties with null, gives a birth whole, and takes another way of writing for no change', () => {
    const mine: Draft = { ...typed, birth: '1967', sex: '', onsetOn: '08/10/2021', phone: '0912 345 678', reason: 'Xác minh lại' }
    const changes = changesOf(typed, mine)
    expect(changes).toEqual({ birthOn: null, birthYear: 1967, sex: null, phone: '0912 345 678' })
    expect(caseChanges.safeParse(changes).success).toBe(true)
  })

  test('begins with the case as it is, and an untouched form changes nothing', () => {
    const shown = { fullName: 'A', birthOn: null, birthYear: 1967, areaId: 5, reportedOn: '2021-10-12', diagnosis: 'probable', outcome: 'died', outcomeOn: '2021-10-20', vaccineDoses: 0 }
    const draft = draftOf(shown as ShownCase)
    expect(draft).toMatchObject({ fullName: 'A', birth: '1967', areaId: '5', reportedOn: '12/10/2021', outcome: 'died', outcomeOn: '20/10/2021', vaccineDoses: '0', phone: '', reason: '' })
    expect(changesOf(draft, draft)).toEqual({})
  })
})

test('what both changed is disputed, what one changed is merged, what both changed alike is neither', () => {
  const base: Draft = { ...typed, phone: '1', occupation: 'nông dân', severity: 'mild', workplace: 'a' }
  const mine: Draft = { ...base, phone: '2', severity: 'severe', workplace: 'b' }
  const theirs: Draft = { ...base, phone: '3', occupation: 'công nhân', workplace: 'b' }
  const { merged, disputed } = mergeDrafts(base, mine, theirs)
  expect(disputed).toEqual(['phone'])
  expect(merged).toEqual({ ...base, phone: '2', severity: 'severe', occupation: 'công nhân', workplace: 'b' })
})

test('a refusal of the server lands at the fields of the form', () => {
  const refused = refusalOf([{ code: 'a', field: 'changes/birthYear' }, { code: 'b', field: 'areaCode' }, { code: 'c', field: 'version' }])
  expect(atFormFields(refused).problems?.map(({ field }) => field)).toEqual(['birth', 'areaId', 'version'])
  expect(atFormFields({ code: 'duplicate_person', title: '', status: 409, field: 'nationalId' }).field).toBe('nationalId')
})

import { describe, expect, test } from 'vitest'
import { isNationalId, readNationalIdFacts, remarksOnNationalId } from './national-id.ts'

const codes = (text: string, birthYear: number | null, sex: 'male' | 'female' | 'other' | null): string[] =>
  remarksOnNationalId(text, { birthYear, sex }).map(({ code }) => code)

describe('national number', () => {
  test('form', () => {
    expect(isNationalId('091085001234')).toBe(true)
    expect(isNationalId('370123456')).toBe(true)
    for (const text of ['91085001234', '09108500123x', '', '０９１０８５００１２３４']) expect(isNationalId(text)).toBe(false)
  })
  test('what it says', () => {
    expect(readNationalIdFacts('091085001234')).toEqual({ province: '091', sex: 'male', birthYear: 1985 })
    expect(readNationalIdFacts('091304001234')).toEqual({ province: '091', sex: 'female', birthYear: 2004 })
    expect(readNationalIdFacts('370123456')).toBeUndefined()
  })
  test('R1 contradictions with year, sex and province are remarks', () => {
    expect(codes('091085001234', 1985, 'male')).toEqual([])
    expect(codes('091085001234', null, null)).toEqual([])
    expect(codes('091085001234', 1958, 'female')).toEqual(['national_id_birth', 'national_id_sex'])
    expect(codes('091085001234', 1985, 'other')).toEqual([])
    expect(codes('003085001234', 1985, 'male')).toEqual(['national_id_province'])
    expect(codes('370123456', 1999, 'female')).toEqual([])
  })
})

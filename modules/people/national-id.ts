import { problem, type Problem } from '#base'
import type { Sex } from './contract.ts'

/** Provinces of birth registration as the number writes them (TT 07/2016/TT-BCA, appendix 1); mergers since keep them. */
const PROVINCES = new Set(
  ('001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 '
    + '062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096').split(' '),
)

/** What a 12-digit number says of its holder. */
export interface NationalIdFacts {
  readonly province: string
  readonly sex: 'male' | 'female'
  readonly birthYear: number
}

/** Whether a text has the form of a personal number (12 digits) or of the identity card before it (9). */
export const isNationalId = (text: string): boolean => {
  if (text.length !== 12 && text.length !== 9) return false
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i)
    if (digit < 48 || digit > 57) return false
  }
  return true
}

/**
 * Reads `PPP G YY NNNNNN` (NĐ 137/2015 art. 13): province, century and sex (1900–1999 male 0 female 1, 2000–2099 2 and 3, …), year.
 * Nothing for a card of 9 digits, which says none of it.
 */
export const readNationalIdFacts = (text: string): NationalIdFacts | undefined => {
  if (text.length !== 12) return undefined
  const century = Number(text[3])
  return {
    province: text.slice(0, 3), sex: century % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(century / 2) * 100 + Number(text.slice(4, 6)),
  }
}

/**
 * R1: the number is compared with what else is known. A person may have been registered wrongly, so a contradiction is a
 * remark for a human, never a refusal. Remarks: `national_id_province`, `national_id_birth`, `national_id_sex`.
 */
export const remarksOnNationalId = (text: string, person: { readonly birthYear: number | null; readonly sex: Sex | null }): Problem[] => {
  const facts = readNationalIdFacts(text)
  if (!facts) return []
  const remarks: Problem[] = []
  const say = (code: string, params: Record<string, string | number>): void => {
    remarks.push(problem(code, { field: 'nationalId', params }))
  }
  if (!PROVINCES.has(facts.province)) say('national_id_province', { province: facts.province })
  if (person.birthYear !== null && person.birthYear !== facts.birthYear) say('national_id_birth', { inNumber: facts.birthYear, given: person.birthYear })
  if (person.sex !== null && person.sex !== 'other' && person.sex !== facts.sex) say('national_id_sex', {})
  return remarks
}

import type { Language } from '#base'
import type { CellKind } from '#platform/export'
import type { Mapping } from '#platform/import'
import { text as screenText } from '../screen-text.ts'
import { DETECTION_SOURCES, DIAGNOSES, OUTCOMES, SEVERITIES, TEST_TYPES } from '../terms.ts'
import { text } from '../text.ts'
import { LAYOUT_FIELDS, type LayoutField } from './contract.ts'

const CHOICES: Readonly<Partial<Record<LayoutField, readonly string[]>>> = {
  sex: ['male', 'female', 'other'], diagnosis: DIAGNOSES, testType: TEST_TYPES, detectionSource: DETECTION_SOURCES, severity: SEVERITIES, outcome: OUTCOMES,
}
const DAYS: ReadonlySet<LayoutField> = new Set(['birthOn', 'onsetOn', 'sampleOn', 'resultOn', 'reportedOn', 'admittedOn', 'outcomeOn'])
const NUMBERS: ReadonlySet<LayoutField> = new Set(['birthYear', 'vaccineDoses', 'age', 'ordinal'])
const WIDTHS: Readonly<Partial<Record<LayoutField, number>>> = { fullName: 26, permanentAddress: 36, currentAddress: 36, exposureNote: 48, areaName: 24, districtName: 22 }

/** A field as an export writes it: its heading, the words of its choices, the kind of its cells. */
export interface ExportField {
  readonly field: LayoutField
  readonly heading: string
  readonly kind: CellKind
  readonly width: number
  /** Value → word, where it is a choice. */
  readonly words: Readonly<Record<string, string>> | undefined
}

export const exportField = (field: LayoutField, language: Language): ExportField => {
  const choices = CHOICES[field]
  const screen: Readonly<Record<string, string>> = screenText[language]
  return {
    field, heading: (text[language] as Readonly<Record<string, string>>)[`cases.field.${field}`] ?? field, kind: DAYS.has(field) ? 'day' : NUMBERS.has(field) ? 'number' : 'text', width: WIDTHS[field] ?? 16,
    words: choices && Object.fromEntries(choices.map((one) => [one, screen[`cases.${field}.${one}`] ?? one])),
  }
}

/** Fields of a line list that an export writes under another name. */
const WRITTEN_AS: Readonly<Record<string, LayoutField>> = { commune: 'communeName', hamlet: 'hamletName', district: 'districtName', province: 'provinceName' }

/** What the columns of an office's sheet look like: the recogniser of imports, read the other way. */
export const fieldsOfColumns = (mapping: Mapping): ReadonlyMap<number, LayoutField> =>
  new Map(Object.entries(mapping).flatMap(([key, column]) => {
    const field = WRITTEN_AS[key] ?? LAYOUT_FIELDS.find((one) => one === key)
    return field ? [[column, field] as const] : []
  }))

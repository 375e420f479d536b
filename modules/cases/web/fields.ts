import { DETECTION_SOURCES, DIAGNOSES, OUTCOMES, SEVERITIES, TEST_TYPES } from '../contract.ts'

/** How a field is typed and shown. A `birth` is a day or only a year; an `area` is held by its id. */
export type FieldKind = 'text' | 'long' | 'day' | 'birth' | 'whole' | 'choice' | 'area' | 'nationalId' | 'flag'

export interface Field {
  readonly name: string
  readonly kind: FieldKind
  readonly choices?: readonly string[]
  readonly needed?: boolean
  /** Longest text the contract takes. Unit: characters. */
  readonly max?: number
  /** Asked only when a case is reported, or only when it is corrected. */
  readonly only?: 'report' | 'correct'
  /** Which keyboard a phone offers. */
  readonly keyboard?: 'numeric' | 'tel'
}

/** The groups of a case report, in the order of the paper form. */
export const GROUPS = [
  {
    key: 'person',
    fields: [
      { name: 'fullName', kind: 'text', max: 200, needed: true },
      { name: 'birth', kind: 'birth' },
      { name: 'age', kind: 'whole', only: 'report' },
      { name: 'sex', kind: 'choice', choices: ['male', 'female', 'other'] },
      { name: 'nationalId', kind: 'nationalId', max: 20, keyboard: 'numeric' },
      { name: 'phone', kind: 'text', max: 40, keyboard: 'tel' },
      { name: 'ethnicity', kind: 'text', max: 60 },
      { name: 'occupation', kind: 'text', max: 120 },
      { name: 'workplace', kind: 'text', max: 200 },
    ],
  },
  {
    key: 'address',
    fields: [
      { name: 'areaId', kind: 'area', needed: true },
      { name: 'currentAddress', kind: 'text', max: 300 },
      { name: 'permanentAddress', kind: 'text', max: 300 },
    ],
  },
  {
    key: 'epidemiology',
    fields: [
      { name: 'diagnosis', kind: 'choice', choices: DIAGNOSES, needed: true },
      { name: 'onsetOn', kind: 'day' },
      { name: 'detectionSource', kind: 'choice', choices: DETECTION_SOURCES },
      { name: 'eventAreaId', kind: 'area' },
      { name: 'infectorNumber', kind: 'text', max: 60 },
      { name: 'vaccineDoses', kind: 'whole' },
      { name: 'exposureNote', kind: 'long', max: 2000 },
      { name: 'reinfection', kind: 'flag', only: 'report' },
    ],
  },
  {
    key: 'test',
    fields: [
      { name: 'testType', kind: 'choice', choices: TEST_TYPES },
      { name: 'sampleOn', kind: 'day' },
      { name: 'resultOn', kind: 'day' },
    ],
  },
  {
    key: 'care',
    fields: [
      { name: 'severity', kind: 'choice', choices: SEVERITIES },
      { name: 'admittedOn', kind: 'day' },
      { name: 'admittedTo', kind: 'text', max: 200 },
    ],
  },
  {
    key: 'outcome',
    fields: [
      { name: 'outcome', kind: 'choice', choices: OUTCOMES },
      { name: 'outcomeOn', kind: 'day' },
    ],
  },
  {
    key: 'reporting',
    fields: [
      { name: 'reportedOn', kind: 'day', needed: true },
      { name: 'reporter', kind: 'text', max: 120 },
      { name: 'reporterUnit', kind: 'text', max: 200 },
      { name: 'sender', kind: 'text', max: 120 },
      { name: 'senderNumber', kind: 'text', max: 60 },
      { name: 'nationalNumber', kind: 'text', max: 60 },
    ],
  },
  { key: 'why', fields: [{ name: 'reason', kind: 'long', max: 500, needed: true, only: 'correct' }] },
] as const satisfies readonly { readonly key: string; readonly fields: readonly Field[] }[]

export type FieldName = (typeof GROUPS)[number]['fields'][number]['name']
export type NamedField = Field & { readonly name: FieldName }

export const FIELDS: readonly NamedField[] = GROUPS.flatMap((group): readonly NamedField[] => group.fields)

/** Fields of the contract that the form asks under another name. */
const ASKED_AS: Readonly<Record<string, FieldName>> = { birthOn: 'birth', birthYear: 'birth', areaCode: 'areaId' }

/** The form's field for a field the server speaks of (`changes/birthOn` is `birth`); nothing for one the form does not have. */
export const fieldOf = (path: string): FieldName | undefined => {
  const name = path.replace(/^changes\//, '')
  return ASKED_AS[name] ?? FIELDS.find((field) => field.name === name)?.name
}

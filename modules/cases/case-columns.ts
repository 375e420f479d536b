import type { CaseRecord } from './case.ts'

/** Field of a case → column of case_record and its type; the compiler sees that none is forgotten. */
const columns: { readonly [Field in keyof CaseRecord]: readonly [column: string, type: string] } = {
  id: ['id', 'uuid'], version: ['version', 'int'], number: ['number', 'text'], disease: ['disease', 'text'], personId: ['person_id', 'uuid'],
  fullName: ['full_name', 'text'], nameKey: ['name_key', 'text'], birthOn: ['birth_on', 'date'], birthYear: ['birth_year', 'smallint'],
  sex: ['sex', 'text'], nationalId: ['national_id', 'text'], phone: ['phone', 'text'], ethnicity: ['ethnicity', 'text'],
  occupation: ['occupation', 'text'], permanentAddress: ['permanent_address', 'text'], currentAddress: ['current_address', 'text'],
  workplace: ['workplace', 'text'], areaId: ['area_id', 'int'], areaPos: ['area_pos', 'int'], provinceId: ['province_id', 'int'],
  districtId: ['district_id', 'int'], communeId: ['commune_id', 'int'], hamletId: ['hamlet_id', 'int'], eventAreaId: ['event_area_id', 'int'],
  onsetOn: ['onset_on', 'date'], sampleOn: ['sample_on', 'date'], resultOn: ['result_on', 'date'], reportedOn: ['reported_on', 'date'],
  admittedOn: ['admitted_on', 'date'], admittedTo: ['admitted_to', 'text'], diagnosis: ['diagnosis', 'text'], testType: ['test_type', 'text'],
  detectionSource: ['detection_source', 'text'], severity: ['severity', 'text'], outcome: ['outcome', 'text'], outcomeOn: ['outcome_on', 'date'],
  vaccineDoses: ['vaccine_dose_count', 'smallint'], infectorNumber: ['infector_number', 'text'], infectorId: ['infector_id', 'uuid'],
  exposureNote: ['exposure_note', 'text'], reporter: ['reporter', 'text'], reporterUnit: ['reporter_unit', 'text'],
  nationalNumber: ['national_number', 'text'], sender: ['sender', 'text'], senderNumber: ['sender_number', 'text'],
  reinfection: ['reinfection', 'boolean'], possibleDuplicate: ['possible_duplicate', 'boolean'], transferredOn: ['transferred_on', 'date'],
  importId: ['import_id', 'uuid'], recordedAt: ['recorded_at', 'timestamptz'], changedAt: ['changed_at', 'timestamptz'],
  changedBy: ['changed_by', 'text'], commandId: ['command_id', 'uuid'],
}

export interface CaseColumn {
  readonly field: keyof CaseRecord
  readonly column: string
  readonly type: string
}

/** Every statement of the stores is written from this list. */
export const COLUMNS: readonly CaseColumn[] = Object.entries(columns).map(([field, [column, type]]) => ({ field: field as keyof CaseRecord, column, type }))

export const columnOf = (field: keyof CaseRecord): string => columns[field][0]

/** `full_name as "fullName", …` */
export const selected = (fields: readonly (keyof CaseRecord)[]): string => fields.map((field) => `${columnOf(field)} as "${field}"`).join(', ')

export const ALL_SELECTED = selected(COLUMNS.map(({ field }) => field))

/** An image as case_history keeps it (the row as JSON, empty columns left out), as a case. */
export const fromImage = (image: Readonly<Record<string, unknown>>): CaseRecord => {
  const one = Object.fromEntries(COLUMNS.map(({ field, column }) => [field, image[column] ?? null])) as { [Field in keyof CaseRecord]: never }
  // JSON writes instants with an offset; everywhere else they are UTC with Z.
  return { ...one, recordedAt: utc(one.recordedAt), changedAt: utc(one.changedAt) }
}

const utc = (text: string): CaseRecord['recordedAt'] => new Date(text).toISOString() as CaseRecord['recordedAt']

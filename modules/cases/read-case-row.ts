import { problem, type PlainDate, type Problem } from '#base'
import { isBlank, readAge, readBirth, readCode, readDate, readName, readNationalId, readPhone, readSex, readText, readYesNo, type Age, type Birth, type Cell, type ReadContext, type Reading, type RowReading, type RowRemark } from '#platform/import'
import { faultsOf, remarksOf, residenceIn, type CaseFacts, type Residence } from './case.ts'
import { readDetectionSource, readDiagnosis, readDoses, readOutcome, readSeverity, readTestType } from './case-fields.ts'
import { readPlace } from './read-place.ts'

/** A case as a row of a line list tells it. */
export interface CaseRow {
  readonly facts: CaseFacts
  readonly residence: Residence
  readonly disease: string
  readonly reinfection: boolean
}

type Cells = Readonly<Record<string, Cell | undefined>>

/** Fields of a case that a file may give in another form. */
const askedAs = (field: string | undefined, cells: Cells): string | undefined => {
  if (field !== 'birthOn' && field !== 'birthYear') return field === 'outcomeOn' && isBlank(cells['outcomeOn']) && !isBlank(cells['diedOn']) ? 'diedOn' : field
  return ['birth', 'birthMale', 'birthFemale', 'age'].find((key) => !isBlank(cells[key])) ?? 'birth'
}

/**
 * Reads one row of a line list. The reporting day is the row's, else the day chosen for the whole file, else the day of the
 * test result. A row without a name is known by its number.
 */
export const readCaseRow = (cells: Cells, context: ReadContext): RowReading<CaseRow> => {
  const faults: RowRemark[] = []
  const warnings: RowRemark[] = []
  const take = <T>(field: string, reading: Reading<T>): T | null => {
    if (!reading.ok) {
      faults.push({ field, problem: reading.problem })
      return null
    }
    if (reading.warning) warnings.push({ field, problem: reading.warning })
    return reading.value ?? null
  }
  const resultOn = take('resultOn', readDate(cells['resultOn']))
  const reportedOn = take('reportedOn', readDate(cells['reportedOn'])) ?? (context.options['day'] as PlainDate | undefined) ?? resultOn
  if (reportedOn === null) {
    if (faults.length === 0) faults.push({ field: 'reportedOn', problem: problem('missing_report_day') })
    return { ok: false, faults }
  }
  const place = readPlace(cells, reportedOn, context)
  const residence = place.ok ? residenceIn(context.areas, place.value.area) : undefined
  if (!place.ok) faults.push(place.problem)
  else if (!residence) faults.push({ field: 'province', problem: problem('unknown_area', { params: { area: place.value.area.name } }) })
  else if (!context.permits(residence.areaPos)) faults.push({ field: placeField(cells), problem: problem('area_outside', { params: { area: place.value.area.name } }) })

  const nationalNumber = take('nationalNumber', readCode(cells['nationalNumber']))
  const senderNumber = take('senderNumber', readCode(cells['senderNumber']))
  const fullName = take('fullName', readName(cells['fullName'])) ?? nationalNumber ?? senderNumber
  if (fullName === null && isBlank(cells['fullName'])) faults.push({ field: 'fullName', problem: problem('missing_name') })
  const { birth, sex } = readBirthAndSex(cells, take)
  const age = take('age', readAge(cells['age']))
  const outcome = readOutcomeOf(cells, take)
  const address = take('currentAddress', readText(cells['currentAddress']))
  const hamlet = place.ok ? place.value.rest : ''

  const facts: CaseFacts = {
    fullName: fullName ?? '',
    birthOn: birth?.date ?? null,
    birthYear: birth?.year ?? (age === null ? null : yearBefore(reportedOn, age)),
    sex,
    nationalId: take('nationalId', readNationalId(cells['nationalId'])),
    phone: take('phone', readPhone(cells['phone'])),
    ethnicity: take('ethnicity', readText(cells['ethnicity'])),
    occupation: take('occupation', readText(cells['occupation'])),
    permanentAddress: take('permanentAddress', readText(cells['permanentAddress'])),
    currentAddress: address ?? (hamlet === '' ? null : hamlet),
    workplace: take('workplace', readText(cells['workplace'])),
    areaId: residence?.areaId ?? 0,
    eventAreaId: null,
    onsetOn: take('onsetOn', readDate(cells['onsetOn'])),
    sampleOn: take('sampleOn', readDate(cells['sampleOn'])),
    resultOn,
    reportedOn,
    admittedOn: take('admittedOn', readDate(cells['admittedOn'])),
    admittedTo: take('admittedTo', readText(cells['admittedTo'])),
    diagnosis: take('diagnosis', readDiagnosis(cells['diagnosis'])) ?? 'confirmed',
    testType: take('testType', readTestType(cells['testType'])),
    detectionSource: take('detectionSource', readDetectionSource(cells['detectionSource'])),
    severity: take('severity', readSeverity(cells['severity'])),
    outcome: outcome.outcome,
    outcomeOn: outcome.outcomeOn,
    vaccineDoses: take('vaccineDoses', readDoses(cells['vaccineDoses'])),
    infectorNumber: take('infectorNumber', readCode(cells['infectorNumber'])),
    exposureNote: take('exposureNote', readText(cells['exposureNote'])),
    reporter: take('reporter', readName(cells['reporter'])),
    reporterUnit: take('reporterUnit', readName(cells['reporterUnit'])),
    nationalNumber,
    sender: context.sender,
    senderNumber,
  }
  const reinfection = take('reinfection', readYesNo(cells['reinfection'])) ?? false
  const say = (to: RowRemark[]) => (one: Problem): void => {
    const { field, ...fault } = one
    to.push({ field: askedAs(field, cells), problem: fault })
  }
  faultsOf(facts, context.today).filter(({ field }) => !faults.some((other) => other.field === field)).forEach(say(faults))
  if (faults.length > 0 || !residence) return { ok: false, faults }
  remarksOf(facts).forEach(say(warnings))
  const value = { facts, residence, disease: context.options['disease'] ?? 'covid-19', reinfection }
  return warnings.length > 0 ? { ok: true, value, warnings } : { ok: true, value }
}

const placeField = (cells: Cells): string =>
  ['areaCode', 'hamlet', 'commune', 'district', 'province', 'currentAddress', 'permanentAddress'].find((key) => !isBlank(cells[key])) ?? 'commune'

type Take = <T>(field: string, reading: Reading<T>) => T | null

/** Birth and sex: a column each, or the form in which the column of the year says the sex ("Năm sinh: nam | nữ"). */
const readBirthAndSex = (cells: Cells, take: Take): { readonly birth: Birth | null; readonly sex: CaseFacts['sex'] } => {
  const sex = take('sex', readSex(cells['sex']))
  for (const [field, told] of [['birthMale', 'male'], ['birthFemale', 'female']] as const) {
    if (!isBlank(cells[field])) return { birth: take(field, readBirth(cells[field])), sex: sex ?? told }
  }
  return { birth: take('birth', readBirth(cells['birth'])), sex }
}

/** The outcome in words, or told by a day of death or discharge. */
const readOutcomeOf = (cells: Cells, take: Take): Pick<CaseFacts, 'outcome' | 'outcomeOn'> => {
  const told = take('outcome', readOutcome(cells['outcome']))
  const diedOn = take('diedOn', readDate(cells['diedOn']))
  const recoveredOn = take('recoveredOn', readDate(cells['recoveredOn']))
  const outcomeOn = take('outcomeOn', readDate(cells['outcomeOn']))
  const outcome = diedOn !== null ? 'died' : told === 'active' ? null : told ?? (recoveredOn === null ? null : 'recovered')
  return { outcome, outcomeOn: outcome === 'died' ? diedOn ?? outcomeOn : outcome === 'recovered' ? recoveredOn ?? outcomeOn : outcomeOn }
}

/** The year of birth of somebody of this age on that day. */
const yearBefore = (day: PlainDate, { years, months }: Age): number =>
  months === undefined ? Number(day.slice(0, 4)) - years : Math.floor((Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months) / 12)

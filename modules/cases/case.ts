import { dayNumber, nameKey, ok, problem, refuse, vietnameseDate, type Id, type Instant, type PlainDate, type Problem, type Result } from '#base'
import type { Area, AreaTree } from '#platform/areas'
import { isNationalId, remarksOnNationalId } from '#people'
import type { Sex } from '#people/contract'
import type { DETECTION_SOURCES, DIAGNOSES, OUTCOMES, SEVERITIES, TEST_TYPES } from './contract.ts'

/** What is written down of a case; what is not known is null. */
export interface CaseFacts {
  readonly fullName: string
  readonly birthOn: PlainDate | null
  readonly birthYear: number | null
  readonly sex: Sex | null
  readonly nationalId: string | null
  readonly phone: string | null
  readonly ethnicity: string | null
  readonly occupation: string | null
  readonly permanentAddress: string | null
  readonly currentAddress: string | null
  readonly workplace: string | null
  readonly areaId: number
  readonly eventAreaId: number | null
  readonly onsetOn: PlainDate | null
  readonly sampleOn: PlainDate | null
  readonly resultOn: PlainDate | null
  readonly reportedOn: PlainDate
  readonly admittedOn: PlainDate | null
  readonly admittedTo: string | null
  readonly diagnosis: (typeof DIAGNOSES)[number]
  readonly testType: (typeof TEST_TYPES)[number] | null
  readonly detectionSource: (typeof DETECTION_SOURCES)[number] | null
  readonly severity: (typeof SEVERITIES)[number] | null
  readonly outcome: (typeof OUTCOMES)[number] | null
  readonly outcomeOn: PlainDate | null
  readonly vaccineDoses: number | null
  readonly infectorNumber: string | null
  readonly exposureNote: string | null
  readonly reporter: string | null
  readonly reporterUnit: string | null
  readonly nationalNumber: string | null
  readonly sender: string | null
  readonly senderNumber: string | null
}

/** The lowest known area of residence and the units it lies in. */
export interface Residence {
  readonly areaId: number
  readonly areaPos: number
  readonly provinceId: number
  readonly districtId: number | null
  readonly communeId: number | null
  readonly hamletId: number | null
}

/** A case as the registry holds it, one version. */
export interface CaseRecord extends CaseFacts, Residence {
  readonly id: Id
  readonly version: number
  readonly number: string
  readonly disease: string
  readonly personId: Id
  readonly nameKey: string
  readonly infectorId: Id | null
  readonly reinfection: boolean
  readonly possibleDuplicate: boolean
  readonly transferredOn: PlainDate | null
  readonly importId: Id | null
  readonly recordedAt: Instant
  readonly changedAt: Instant
  readonly changedBy: string
  readonly commandId: Id
}

/** A report within so many days of an earlier one under the same number or person is that one again; later it is a new infection. Unit: days. */
export const REINFECTION_DAYS = 90

const OLDEST_AGE = 120
/** No register reaches further back; a day before it is a slip of the keyboard. */
export const EARLIEST = '1950-01-01' as PlainDate

const DAY_FIELDS = ['onsetOn', 'sampleOn', 'resultOn', 'reportedOn', 'admittedOn', 'outcomeOn'] as const

/** What the rules look at. */
export type JudgedFacts = Pick<CaseFacts, (typeof DAY_FIELDS)[number] | 'outcome' | 'birthOn' | 'birthYear' | 'nationalId'>

/**
 * R1: what cannot be is refused, every fault at its field: days to come, days out of order, an age below 0 or above 120,
 * a personal number that is none, a death without its day.
 */
export const faultsOf = (facts: JudgedFacts, today: PlainDate): Problem[] => {
  const faults: Problem[] = []
  const fault = (code: string, field: string, params: Record<string, string | number> = {}): void => {
    faults.push(problem(code, { field, params }))
  }
  const { onsetOn, sampleOn, resultOn, reportedOn, outcome, outcomeOn, birthOn, birthYear, nationalId } = facts
  for (const field of DAY_FIELDS) {
    const day = facts[field]
    if (day === null) continue
    if (day > today) fault('future_day', field, { day: vietnameseDate(day) })
    else if (day < EARLIEST) fault('day_too_early', field, { day: vietnameseDate(day) })
  }
  if (onsetOn !== null && onsetOn > reportedOn) fault('onset_after_report', 'onsetOn', { onset: vietnameseDate(onsetOn), reported: vietnameseDate(reportedOn) })
  if (sampleOn !== null && resultOn !== null && resultOn < sampleOn) fault('result_before_sample', 'resultOn', { sample: vietnameseDate(sampleOn), result: vietnameseDate(resultOn) })
  if (onsetOn !== null && outcomeOn !== null && outcomeOn < onsetOn) fault('outcome_before_onset', 'outcomeOn', { onset: vietnameseDate(onsetOn), outcome: vietnameseDate(outcomeOn) })
  if (outcome === 'died' && outcomeOn === null) fault('outcome_day_missing', 'outcomeOn')
  if (birthYear !== null) {
    const age = ageOn(facts) as number
    if (age < 0 || age > OLDEST_AGE || (birthOn !== null && birthOn > reportedOn)) {
      fault('impossible_age', birthOn === null ? 'birthYear' : 'birthOn', { text: String(age) })
    }
  }
  if (nationalId !== null && !isNationalId(nationalId)) fault('bad_national_id', 'nationalId', { text: nationalId })
  return faults
}

/** What is odd but may be true. */
export const remarksOf = (facts: CaseFacts): Problem[] => (facts.nationalId === null ? [] : remarksOnNationalId(facts.nationalId, facts))

/** Completed years on the reporting day; from the year of birth alone it may be one too many. */
export const ageOn = ({ birthOn, birthYear, reportedOn }: Pick<CaseFacts, 'birthOn' | 'birthYear' | 'reportedOn'>): number | null => {
  if (birthYear === null) return null
  const years = Number(reportedOn.slice(0, 4)) - birthYear
  return birthOn !== null && reportedOn.slice(5) < birthOn.slice(5) ? years - 1 : years
}

/** Day, year or age: the most exact wins, and a year that contradicts the day is refused. Problem `birth_disagrees`. */
export const birthOf = (
  given: { readonly birthOn: PlainDate | null; readonly birthYear: number | null; readonly age: number | null }, reportedOn: PlainDate,
): Result<{ readonly birthOn: PlainDate | null; readonly birthYear: number | null }> => {
  const { birthOn, birthYear, age } = given
  if (birthOn !== null) {
    const year = Number(birthOn.slice(0, 4))
    if (birthYear !== null && birthYear !== year) return refuse(problem('birth_disagrees', { field: 'birthYear', params: { year: birthYear, day: vietnameseDate(birthOn) } }))
    return ok({ birthOn, birthYear: year })
  }
  if (birthYear !== null || age === null) return ok({ birthOn, birthYear })
  return ok({ birthOn, birthYear: Number(reportedOn.slice(0, 4)) - age })
}

const residences = new WeakMap<AreaTree, Map<number, Residence | undefined>>()

/** The residence an area stands for; nothing for the whole country. */
export const residenceIn = (tree: AreaTree, area: Area): Residence | undefined => {
  let known = residences.get(tree)
  if (!known) residences.set(tree, (known = new Map()))
  if (known.has(area.id)) return known.get(area.id)
  const at = (level: Area['level']): number | null => tree.atLevel(area.id, level)?.id ?? null
  const provinceId = at('province')
  const residence = provinceId === null ? undefined : {
    areaId: area.id, areaPos: area.pos, provinceId, districtId: at('district'), communeId: at('commune'), hamletId: at('hamlet'),
  }
  known.set(area.id, residence)
  return residence
}

/** Where our numbers of a province and year begin. Example: Kiên Giang in 2021 is 'KG-2021-'. */
export const numberPrefix = (province: Pick<Area, 'nameEn'>, reportedOn: PlainDate): string => {
  const words = province.nameEn.replace(/ (Province|City)$/i, '').split(/[^\p{L}]+/u)
  return `${words.map((word) => word.charAt(0).toUpperCase()).join('')}-${reportedOn.slice(0, 4)}-`
}

/** Whether two reporting days belong to one infection when person or number are the same. */
export const sameEpisode = (a: PlainDate, b: PlainDate): boolean => Math.abs(dayNumber(a) - dayNumber(b)) <= REINFECTION_DAYS

/** What of a case identifies the person, for the people's registry. */
export const personOf = (facts: CaseFacts, residence: Residence) => ({
  fullName: facts.fullName, nameKey: nameKey(facts.fullName), birthOn: facts.birthOn, birthYear: facts.birthYear, sex: facts.sex,
  nationalId: facts.nationalId, phone: facts.phone, ethnicity: facts.ethnicity, occupation: facts.occupation,
  areaId: residence.areaId, areaPos: residence.areaPos,
})

/** What the registry already has of a case about to be written. */
export interface Clash {
  /** `awaited`: a case that names this one's number as its infector. */
  readonly kind: 'sender_number' | 'national_number' | 'person' | 'similar' | 'infector' | 'awaited'
  readonly caseId: Id
  readonly number: string
  readonly reportedOn: PlainDate
}

const DUPLICATES: Readonly<Record<string, { readonly code: string; readonly field: string }>> = {
  sender_number: { code: 'duplicate_sender_number', field: 'senderNumber' },
  national_number: { code: 'duplicate_national_number', field: 'nationalNumber' },
  person: { code: 'duplicate_person', field: 'nationalId' },
}

/** R2, R3: what a clash refuses; a person may have another infection within the days when the reporter says so. */
export const refusalOf = (clash: Clash, reinfection: boolean): Problem | undefined => {
  const duplicate = DUPLICATES[clash.kind]
  if (!duplicate || (clash.kind === 'person' && reinfection)) return undefined
  return problem(duplicate.code, { status: 409, field: duplicate.field, params: { number: clash.number, day: vietnameseDate(clash.reportedOn) } })
}

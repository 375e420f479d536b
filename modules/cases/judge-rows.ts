import { dayNumber, nameKey, problem, vietnameseDate, type Id, type PlainDate } from '#base'
import type { BatchOutcome, NumberedRow, RowKey, RowRemark } from '#platform/import'
import { refusalOf, REINFECTION_DAYS, sameEpisode } from './case.ts'
import type { NumberedClash } from './case-store.ts'
import type { CaseRow } from './read-case-row.ts'
import { infectorNotFound } from './report-case.ts'

/** A row that will be a case. */
export interface AcceptedRow {
  readonly row: number
  readonly value: CaseRow
  readonly id: Id
  readonly personId: Id
  readonly newPerson: boolean
  readonly nameKey: string
  /** The earlier case it looks like, in the registry or in this batch. */
  readonly similarTo: Id | null
  readonly infectorId: Id | null
}

/** A row on its way: its person is the known one of its national number, else one that does not exist yet. */
export type Candidate = NumberedRow<CaseRow> & Pick<AcceptedRow, 'id' | 'personId' | 'nameKey'> & { readonly personKnown: boolean }

/** R2, R3: what makes two rows of one file the same case. */
export const keysOfRow = ({ facts, reinfection }: CaseRow): RowKey[] => {
  const keys: RowKey[] = []
  const day = dayNumber(facts.reportedOn)
  const add = (field: 'senderNumber' | 'nationalNumber' | 'nationalId', within: boolean): void => {
    const value = facts[field]
    if (value !== null) keys.push({ key: `${field} ${value}`, field, code: 'duplicate_in_file', ...(within ? { day, within: REINFECTION_DAYS } : {}) })
  }
  add('senderNumber', false)
  add('nationalNumber', true)
  if (!reinfection) add('nationalId', true)
  return keys
}

interface Seen {
  readonly row: number
  readonly reportedOn: PlainDate
}

/** Candidates with their clashes: which are cases, which are duplicates, what is remarked. Earlier rows go before later ones. */
export const judgeRows = (
  candidates: readonly Candidate[], clashes: readonly NumberedClash[],
): Pick<BatchOutcome, 'faults' | 'warnings'> & { readonly accepted: readonly AcceptedRow[] } => {
  const byOrdinal = new Map<number, NumberedClash[]>()
  for (const clash of clashes) {
    const list = byOrdinal.get(clash.ordinal)
    if (list) list.push(clash)
    else byOrdinal.set(clash.ordinal, [clash])
  }
  const seen = new Map<string, Seen[]>()
  const likes = new Map<string, AcceptedRow>()
  const numbers = new Set(candidates.flatMap(({ value: { facts } }) => [facts.senderNumber, facts.nationalNumber]))
  const made = new Set<Id>()
  const accepted: AcceptedRow[] = []
  const faults: (RowRemark & { readonly row: number })[] = []
  const warnings: (RowRemark & { readonly row: number })[] = []

  for (const [index, candidate] of candidates.entries()) {
    const { row, value } = candidate
    const { facts, residence, reinfection, disease } = value
    const known = byOrdinal.get(index + 1) ?? []
    const keys = keysOfRow(value)
    const fault = duplicateInFile(keys, facts.reportedOn, seen) ?? known.flatMap((clash) => refusalOf(clash, reinfection) ?? [])[0]
    if (fault) {
      const { field, ...bare } = fault
      faults.push({ row, field, problem: bare })
      continue
    }
    for (const { key } of keys) push(seen, key, { row, reportedOn: facts.reportedOn })

    const likeness = facts.birthYear === null || residence.communeId === null ? undefined : `${candidate.nameKey}|${facts.birthYear}|${residence.communeId}|${disease}`
    const inBatch = likeness === undefined ? undefined : likes.get(likeness)
    const twin = inBatch && (facts.nationalId === null || inBatch.value.facts.nationalId === null) ? inBatch : undefined
    const similar = known.find(({ kind }) => kind === 'similar')
    const infector = known.find(({ kind }) => kind === 'infector')
    const newPerson = !candidate.personKnown && !made.has(candidate.personId)
    const one: AcceptedRow = { ...candidate, newPerson, similarTo: twin?.id ?? similar?.caseId ?? null, infectorId: infector?.caseId ?? null }
    accepted.push(one)
    if (newPerson) made.add(one.personId)
    if (likeness !== undefined) likes.set(likeness, one)

    if (twin) warnings.push({ row, field: 'fullName', problem: problem('possible_duplicate_in_file', { params: { row: twin.row } }) })
    else if (similar) warnings.push({ row, field: 'fullName', problem: problem('possible_duplicate', { params: { number: similar.number, day: vietnameseDate(similar.reportedOn) } }) })
    if (facts.infectorNumber !== null && !infector && !numbers.has(facts.infectorNumber)) {
      const { field, ...bare } = infectorNotFound(facts.infectorNumber)
      warnings.push({ row, field, problem: bare })
    }
  }
  return { accepted, faults, warnings }
}

const duplicateInFile = (keys: readonly RowKey[], reportedOn: PlainDate, seen: ReadonlyMap<string, readonly Seen[]>) => {
  for (const { key, field, code, within } of keys) {
    const earlier = seen.get(key)?.find((other) => within === undefined || sameEpisode(other.reportedOn, reportedOn))
    if (earlier) return problem(code, { field, params: { row: earlier.row } })
  }
  return undefined
}

const push = (map: Map<string, Seen[]>, key: string, one: Seen): void => {
  const list = map.get(key)
  if (list) list.push(one)
  else map.set(key, [one])
}

/** Candidates of rows: a national number names one person, known or new for all rows that carry it. */
export const candidatesOf = (rows: readonly NumberedRow<CaseRow>[], people: ReadonlyMap<string, Id>, newId: () => Id): Candidate[] => {
  const fresh = new Map<string, Id>()
  return rows.map(({ row, value }) => {
    const { fullName, nationalId } = value.facts
    const known = nationalId === null ? undefined : people.get(nationalId)
    const personId = known ?? (nationalId === null ? undefined : fresh.get(nationalId)) ?? newId()
    if (nationalId !== null) fresh.set(nationalId, personId)
    return { row, value, id: newId(), personId, personKnown: known !== undefined, nameKey: nameKey(fullName) }
  })
}

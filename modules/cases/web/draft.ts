import { vietnameseDate, type AnswerOf, type BodyInputOf, type PlainDate, type Problem } from '#base'
import type { ProblemDocument } from '#web'
import type { correctCase, getCase, reportCase } from '../contract.ts'
import { FIELDS, fieldOf, type FieldName, type NamedField } from './fields.ts'
import { readBirth, readDay, readWhole } from './read-typed.ts'

/** What stands in the fields of the form, as typed; areas by their id, flags as 'true'. */
export type Draft = Readonly<Record<FieldName, string>>

export type ShownCase = AnswerOf<typeof getCase>['case']
type Facts = Readonly<Record<string, string | number | boolean | null>>
export type Changes = BodyInputOf<typeof correctCase>['changes']

export const emptyDraft = (reportedOn: PlainDate): Draft => ({
  ...(Object.fromEntries(FIELDS.map(({ name }) => [name, ''])) as Record<FieldName, string>),
  diagnosis: 'confirmed',
  reportedOn: vietnameseDate(reportedOn),
})

/** A case as its form begins. */
export const draftOf = (shown: ShownCase): Draft => {
  const known = shown as Readonly<Record<string, unknown>>
  const text = ({ name, kind }: NamedField): string => {
    if (kind === 'birth') return shown.birthOn ? vietnameseDate(shown.birthOn as PlainDate) : String(shown.birthYear ?? '')
    const value = name === 'reason' || name === 'age' ? null : known[name]
    if (value === null || value === undefined || value === false) return ''
    return kind === 'day' ? vietnameseDate(value as PlainDate) : String(value)
  }
  return Object.fromEntries(FIELDS.map((field) => [field.name, text(field)])) as Record<FieldName, string>
}

/** What the form says, by the contract's names, and the faults of what cannot be read, each at its field. */
export const readDraft = (draft: Draft, purpose: 'report' | 'correct'): { readonly facts: Facts; readonly faults: readonly Problem[] } => {
  const facts: Record<string, string | number | boolean | null> = {}
  const faults: Problem[] = []
  for (const { name, kind, needed, only } of FIELDS) {
    if (only !== undefined && only !== purpose) continue
    const typed = draft[name].trim()
    if (needed && typed === '') {
      faults.push({ code: 'field_needed', field: name })
      continue
    }
    if (kind === 'birth') {
      const birth = readBirth(typed)
      if (birth.ok) Object.assign(facts, birth.value)
      else faults.push({ ...birth.problem, field: name })
    } else if (kind === 'day' || kind === 'whole' || kind === 'area') {
      const read = kind === 'day' ? readDay(typed) : readWhole(typed)
      if (read.ok) facts[name] = read.value
      else faults.push({ ...read.problem, field: name })
    } else if (kind === 'flag') {
      facts[name] = typed === 'true'
    } else {
      facts[name] = typed === '' ? null : typed
    }
  }
  return { facts, faults }
}

/** The body of a report: what is not known is left out. */
export const newCaseOf = (facts: Facts): BodyInputOf<typeof reportCase> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== false)) as BodyInputOf<typeof reportCase>

/** What a correction changes of the case it began from; a birth is given whole. */
export const changesOf = (base: Draft, mine: Draft): Changes => {
  const before = readDraft(base, 'correct').facts
  const after = readDraft(mine, 'correct').facts
  const changed = new Set(Object.keys(after).filter((name) => name !== 'reason' && after[name] !== before[name]).map((name) => fieldOf(name)))
  return Object.fromEntries(Object.entries(after).filter(([name]) => changed.has(fieldOf(name)))) as Changes
}

/**
 * Two people changed one case. What only they changed is taken over; what only I changed stays; what both changed, and not to the same,
 * is disputed and stays mine until somebody chooses.
 */
export const mergeDrafts = (base: Draft, mine: Draft, theirs: Draft): { readonly merged: Draft; readonly disputed: readonly FieldName[] } => {
  const same = (a: string, b: string): boolean => a.trim() === b.trim()
  const names = FIELDS.filter(({ only }) => only === undefined).map(({ name }) => name)
  const disputed = names.filter((name) => !same(mine[name], base[name]) && !same(theirs[name], base[name]) && !same(mine[name], theirs[name]))
  const taken = names.filter((name) => same(mine[name], base[name]))
  return { merged: { ...mine, ...Object.fromEntries(taken.map((name) => [name, theirs[name]])) }, disputed }
}

/** Faults found before sending, as the server would say them. */
export const refusalOf = (faults: readonly Problem[]): ProblemDocument => ({
  code: 'invalid_input', title: '', status: 422,
  problems: faults.map(({ code, field = '', params = {} }) => ({ code, title: '', status: 422, field, params })),
})

/** A year or an age is written as it is, never with a mark at the thousands. */
export const plainParams = (params: Readonly<Record<string, string | number>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))

/** A refusal in the form's own names of fields. */
export const atFormFields = (problem: ProblemDocument): ProblemDocument => {
  const field = problem.field === undefined ? undefined : (fieldOf(problem.field) ?? problem.field)
  return {
    ...problem,
    ...(field === undefined ? {} : { field }),
    params: plainParams(problem.params),
    ...(problem.problems === undefined ? {} : { problems: problem.problems.map(atFormFields) }),
  }
}

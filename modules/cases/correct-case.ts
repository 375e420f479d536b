import { z } from 'zod'
import { nameKey, ok, problem, refuse, type AnswerOf, type PlainDate, type Problem, type Result } from '#base'
import { newId } from '#platform/clock'
import { command, type CommandContext } from '#platform/commands'
import { admitPerson, correctPerson, knownPeople } from '#people'
import { birthOf, faultsOf, personOf, refusalOf, remarksOf, type CaseFacts, type CaseRecord, type Clash } from './case.ts'
import { casesOfPerson, findClashes, holdCase, joinInfected, pastOf, replaceCase } from './case-store.ts'
import { caseCorrect, correctCase, type caseChanges } from './contract.ts'
import { count } from './indicators.ts'
import { faulty, infectorNotFound, residenceOf, senderOf, warningsOf, withoutUndefined } from './report-case.ts'

type Changes = z.output<typeof caseChanges>
type Field = keyof Changes

const PERSON_FIELDS: readonly Field[] = ['fullName', 'birthOn', 'birthYear', 'sex', 'nationalId', 'phone', 'ethnicity', 'occupation', 'areaId']

/** Fields that differ between two images. */
export const fieldsChanged = (before: CaseFacts, after: CaseFacts): Field[] =>
  (Object.keys(after) as Field[]).filter((field) => before[field] !== after[field])

const shown = (value: unknown): string | number => (typeof value === 'number' ? value : String(value ?? ''))

/**
 * R8: fields that others changed since the version the corrector saw, and that the correction changes too. Each is told with
 * what stands there now; fields nobody else touched are merged.
 */
export const conflictOf = (seen: CaseRecord, now: CaseRecord, changes: object): Problem | undefined => {
  const given = changes as Record<string, unknown>
  const lost = fieldsChanged(seen, now).filter((field) => field in given && given[field] !== now[field])
  if (lost.length === 0) return undefined
  return problem('case_conflict', {
    status: 409, params: { by: now.changedBy },
    problems: lost.map((field) => problem('field_changed', { status: 409, field: `changes/${field}`, params: { before: shown(seen[field]), now: shown(now[field]) } })),
  })
}

/** The facts after a correction. Problems: those of a report. */
const merged = (before: CaseRecord, changes: Changes): Result<CaseFacts> => {
  const given = withoutUndefined(changes)
  const next: CaseFacts = { ...before, ...given }
  // A corrected day of birth brings its year; a corrected year must agree with the day that stands.
  const birth = birthOf({ birthOn: next.birthOn, birthYear: 'birthOn' in given && !('birthYear' in given) && next.birthOn ? null : next.birthYear, age: null }, next.reportedOn)
  return birth.ok ? ok({ ...next, ...birth.value, sender: senderOf(next) }) : birth
}

const KEYS: Readonly<Record<string, readonly Field[]>> = {
  sender_number: ['sender', 'senderNumber'], national_number: ['nationalNumber', 'reportedOn'], person: ['nationalId', 'reportedOn'],
}

/** R2, R3 for a correction: only what it changes can make it a duplicate. */
const duplicateOf = (clashes: readonly Clash[], changed: readonly Field[], reinfection: boolean): Problem | undefined => {
  for (const clash of clashes) {
    const refusal = KEYS[clash.kind]?.some((field) => changed.includes(field)) ? refusalOf(clash, reinfection) : undefined
    if (refusal) return refusal
  }
  return undefined
}

/** The person of the case after a correction of the national number: the one known by it, else the same, unless other cases are theirs. */
const personAfter = async ({ tx, at }: CommandContext, before: CaseRecord, after: CaseRecord, changed: readonly Field[]): Promise<string> => {
  if (!changed.includes('nationalId')) return before.personId
  const known = after.nationalId === null ? undefined : (await knownPeople(tx, [after.nationalId])).get(after.nationalId)
  if (known) return known
  const theirs = await casesOfPerson(tx, before.personId)
  return theirs.length > 1 ? admitPerson(tx, newId(), personOf(after, after), at) : before.personId
}

/** A fault of the corrected case, at the field of the correction. */
const refused = (fault: Problem): Result<never> =>
  refuse(fault.problems ? { ...fault, problems: fault.problems.map(inChanges) } : inChanges(fault))
const inChanges = (fault: Problem): Problem => ({ ...fault, field: `changes/${fault.field}` })

/** Corrects a case: the old image stays, with who, when and why. */
export const correctCaseCommand = command({
  name: 'cases.correct',
  permission: caseCorrect,
  body: z.object({ id: z.uuid() }).extend((correctCase.body as NonNullable<typeof correctCase.body>).shape),
  perform: async (context, { id, version, reason, changes }): Promise<Result<AnswerOf<typeof correctCase>>> => {
    const { tx, at, commandId, today, areas } = context
    const before = await holdCase(tx, id)
    if (!before) return refuse(problem('unknown_case', { status: 404 }))
    context.areaPos = before.areaPos
    const conflict = await conflictSince(context, before, version, changes)
    if (conflict) return refuse(conflict)
    const next = merged(before, changes)
    if (!next.ok) return refused(next.problem)
    const changed = fieldsChanged(before, next.value)
    if (changed.length === 0) return refuse(problem('nothing_changed'))
    const day = (before.transferredOn ?? next.value.reportedOn) as PlainDate
    const place = changed.includes('areaId') || changed.includes('reportedOn') ? residenceOf(areas, { areaId: next.value.areaId }, day) : ok(undefined)
    if (!place.ok) return refused(place.problem)
    if (place.value && !context.permits(place.value.area.pos)) return refused(problem('forbidden', { status: 403, field: 'areaId' }))
    if (next.value.eventAreaId !== null && !areas.byId(next.value.eventAreaId)) {
      return refused(problem('unknown_area', { field: 'eventAreaId', params: { area: next.value.eventAreaId } }))
    }
    const fault = faulty(faultsOf(next.value, today))
    if (fault) return refused(fault)

    const draft: CaseRecord = { ...before, ...next.value, ...place.value?.residence, nameKey: nameKey(next.value.fullName) }
    const personId = await personAfter(context, before, draft, changed)
    const clashes = await findClashes(tx, { ...draft, personId })
    const duplicate = duplicateOf(clashes, changed, before.reinfection)
    if (duplicate) return refused(duplicate)
    const infector = clashes.find((clash) => clash.kind === 'infector')
    const after: CaseRecord = { ...draft, personId, infectorId: changed.includes('infectorNumber') ? infector?.caseId ?? null : before.infectorId }

    if (personId === before.personId && changed.some((field) => PERSON_FIELDS.includes(field))) await correctPerson(tx, personId, personOf(after, after), at)
    await replaceCase(tx, before, after, 'corrected', reason, { at, by: context.actor.username, commandId })
    if (clashes.some((clash) => clash.kind === 'awaited')) await joinInfected(tx, [after])
    count(context.indicators, before, -1)
    count(context.indicators, after, 1)
    const remarks = remarksOf(after)
    if (after.infectorNumber !== null && after.infectorId === null) remarks.push(infectorNotFound(after.infectorNumber))
    return ok({ version: before.version + 1, warnings: warningsOf(remarks) })
  },
})

/** What a corrector who saw an older version would overwrite. */
export const conflictSince = async (context: CommandContext, now: CaseRecord, version: number, changes: object): Promise<Problem | undefined> => {
  if (version === now.version) return undefined
  const seen = (await pastOf(context.tx, now.id)).find((past) => past.image.version === version)?.image
  return seen ? conflictOf(seen, now, changes) : problem('case_conflict', { status: 409, params: { by: now.changedBy } })
}

import { ok, problem, refuse, type AnswerOf, type Id, type PlainDate, type Result } from '#base'
import type { AreaTree } from '#platform/areas'
import type { Tx } from '#platform/db'
import { ageOn, type CaseRecord } from './case.ts'
import { casesOfPerson, findCase, infectedBy, namedByIds, openPairsOf, pastOf, type NamedCase, type PastCase } from './case-store.ts'
import { fieldsChanged } from './correct-case.ts'
import type { getCase } from './contract.ts'
import { courseOf, findMerge, mergedInto } from './life/life-store.ts'
import { toRow } from './list-cases.ts'

type Answer = AnswerOf<typeof getCase>

/** What a version is made of, not what was said of the case. */
const BOOKKEEPING = new Set(['version', 'changedAt', 'changedBy', 'commandId', 'areaPos', 'provinceId', 'districtId', 'communeId', 'hamletId', 'nameKey', 'infectorId', 'possibleDuplicate', 'personId'])

const shown = (tree: AreaTree, one: CaseRecord, today: PlainDate, infector: NamedCase | undefined, withdrawn: boolean): Answer['case'] => ({
  ...toRow(tree, one, today),
  personId: one.personId, birthOn: one.birthOn, age: ageOn(one), nationalId: one.nationalId, phone: one.phone, ethnicity: one.ethnicity,
  occupation: one.occupation, permanentAddress: one.permanentAddress, currentAddress: one.currentAddress, workplace: one.workplace,
  eventAreaId: one.eventAreaId, eventAreaName: one.eventAreaId === null ? null : tree.byId(one.eventAreaId)?.name ?? null,
  sampleOn: one.sampleOn, resultOn: one.resultOn, admittedOn: one.admittedOn, admittedTo: one.admittedTo, testType: one.testType,
  vaccineDoses: one.vaccineDoses, infectorNumber: one.infectorNumber, infector: infector ?? null, exposureNote: one.exposureNote,
  reporter: one.reporter, reporterUnit: one.reporterUnit, reinfection: one.reinfection, transferredOn: one.transferredOn,
  changedAt: one.changedAt, changedBy: one.changedBy, withdrawn,
})

/** What leaves no present version. */
const ENDS: ReadonlySet<string> = new Set(['withdrawn', 'merged'])

/** Who did what when, the newest first; every entry tells what it changed. */
const historyOf = (past: readonly PastCase[], now: CaseRecord | undefined): Answer['history'] => {
  const images = [...past.map(({ image }) => image), ...(now ? [now] : [])]
  const first = images[0] as CaseRecord
  const entries: Answer['history'] = [{ version: first.version, action: 'reported', at: first.changedAt, by: first.changedBy, reason: null, changes: [] }]
  for (const [index, { image, supersededAt, supersededBy, action, reason }] of past.entries()) {
    const next = images[index + 1]
    const changes = next
      ? fieldsChanged(image, next).filter((field) => !BOOKKEEPING.has(field)).map((field) => ({ field, before: image[field as keyof CaseRecord], after: next[field as keyof CaseRecord] }))
      : []
    entries.push({ version: image.version + 1, action, at: supersededAt, by: supersededBy, reason, changes })
  }
  return entries.reverse()
}

/** The page of a case: what is known, how it came to be known, and what hangs on it. A withdrawn or merged case shows its last image. */
export const showCase = async (tx: Tx, tree: AreaTree, today: PlainDate, id: Id): Promise<Result<Answer>> => {
  const now = await findCase(tx, id)
  const past = await pastOf(tx, id)
  const last = past.at(-1)
  const one = now ?? (last && ENDS.has(last.action) ? last.image : undefined)
  if (!one) return refuse(problem('unknown_case', { status: 404 }))
  const pairs = await openPairsOf(tx, id)
  const merge = now ? undefined : await findMerge(tx, id)
  const named = await namedByIds(tx, [...(merge ? [merge.intoId] : []), ...(one.infectorId === null ? [] : [one.infectorId]), ...pairs.map(({ otherId }) => otherId)])
  return ok({
    case: shown(tree, one, today, one.infectorId === null ? undefined : named.get(one.infectorId), last?.action === 'withdrawn' && now === undefined),
    history: historyOf(past, now),
    otherCases: (await casesOfPerson(tx, one.personId)).filter((other) => other.id !== id),
    infected: await infectedBy(tx, id),
    course: (await courseOf(tx, id)).map(({ caseId, ...entry }) => ({ ...entry, ofMerged: caseId !== id })),
    mergedInto: (merge && named.get(merge.intoId)) ?? null,
    merged: await mergedInto(tx, id),
    duplicates: pairs.flatMap(({ pairId, otherId }) => {
      const other = named.get(otherId)
      return other ? [{ pairId, case: other }] : []
    }),
  })
}

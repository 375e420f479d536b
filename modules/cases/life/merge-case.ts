import { z } from 'zod'
import { ok, problem, refuse, type AnswerOf, type Problem, type Result } from '#base'
import { command } from '#platform/commands'
import { faultsOf, type CaseRecord } from '../case.ts'
import { holdCase, pastOf, reachEverywhere, replaceCase } from '../case-store.ts'
import { caseCorrect, mergeCase, type MERGE_FIELDS, unmergeCase } from '../contract.ts'
import { count } from '../indicators.ts'
import { faulty } from '../report-case.ts'
import { findMerge, insertMerge, lastImage, mergedInto, reinstateCase, retireCase } from './life-store.ts'

const withId = z.object({ id: z.uuid() })
type MergeField = (typeof MERGE_FIELDS)[number]

const UNKNOWN = problem('unknown_case', { status: 404 })
const conflict = (one: CaseRecord): Problem => problem('case_conflict', { status: 409, params: { by: one.changedBy } })

/** What the case that stands has afterwards: its own, and what it lacked. */
export const takenInto = (into: CaseRecord, from: CaseRecord, take: readonly MergeField[]): { readonly after: CaseRecord; readonly taken: readonly MergeField[] } => {
  const taken = take.filter((field) => into[field] === null && from[field] !== null)
  const after = { ...into, ...(Object.fromEntries(taken.map((field) => [field, from[field]])) as Partial<CaseRecord>) }
  // Whoever has the national number is the person.
  return { taken, after: taken.includes('nationalId') ? { ...after, personId: from.personId } : after }
}

/** R18: one case stands, the other leaves the registry; it counts no more and its numbers lead to the one that stands. */
export const mergeCaseCommand = command({
  name: 'cases.merge',
  permission: caseCorrect,
  body: withId.extend((mergeCase.body as NonNullable<typeof mergeCase.body>).shape),
  perform: async (context, { id, version, intoId, intoVersion, take, reason }): Promise<Result<AnswerOf<typeof mergeCase>>> => {
    const { tx, at, commandId, today, indicators } = context
    if (id === intoId) return refuse(problem('same_case', { field: 'intoId' }))
    // Always in the order of the key: two mergers of the same pair never wait for each other.
    const held = new Map<string, CaseRecord | undefined>()
    for (const one of [id, intoId].toSorted()) held.set(one, await holdCase(tx, one))
    const from = held.get(id)
    const into = held.get(intoId)
    if (!from) return refuse(UNKNOWN)
    if (!into) return refuse({ ...UNKNOWN, field: 'intoId' })
    context.areaPos = into.areaPos
    if (from.version !== version) return refuse(conflict(from))
    if (into.version !== intoVersion) return refuse(conflict(into))
    if (from.disease !== into.disease) return refuse(problem('different_disease', { field: 'intoId' }))
    if ((await mergedInto(tx, id)).length > 0) return refuse(problem('others_lead_here', { status: 409, params: { number: from.number } }))
    const { after, taken } = takenInto(into, from, take)
    const fault = faulty(faultsOf(after, today))
    if (fault) return refuse(fault)

    const stamp = { at, by: context.actor.username, commandId }
    await reachEverywhere(tx)
    const infected = await retireCase(tx, from, into, reason, stamp)
    const infectorId = into.infectorId === id ? null : into.infectorId
    if (taken.length > 0) await replaceCase(tx, { ...into, infectorId }, { ...after, infectorId }, 'merged', reason, stamp)
    const standing = { id: intoId, version: into.version + (taken.length > 0 ? 1 : 0) }
    await insertMerge(tx, from, standing, taken, infected, reason, stamp)
    count(indicators, from, -1)
    count(indicators, into, -1)
    count(indicators, after, 1)
    return ok({ id: intoId, number: into.number, version: standing.version })
  },
})

/** R18: takes a merger back. What the other case took goes back too, unless somebody has changed that case since. */
export const unmergeCaseCommand = command({
  name: 'cases.unmerge',
  permission: caseCorrect,
  body: withId.extend((unmergeCase.body as NonNullable<typeof unmergeCase.body>).shape),
  perform: async (context, { id, reason }): Promise<Result<AnswerOf<typeof unmergeCase>>> => {
    const { tx, at, commandId, indicators } = context
    const merge = await findMerge(tx, id)
    const into = merge && (await holdCase(tx, merge.intoId))
    const from = merge && (await lastImage(tx, id))
    if (!merge || !into || !from) return refuse(problem('not_merged', { status: 404 }))
    if (!context.permits(from.areaPos)) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = from.areaPos
    const stamp = { at, by: context.actor.username, commandId }
    await reachEverywhere(tx)
    const givenBack = into.version === merge.intoVersion
    if (givenBack && merge.taken.length > 0) {
      const was = (await pastOf(tx, into.id)).at(-1)?.image as CaseRecord
      const before: CaseRecord = { ...was, infectorId: into.infectorId, possibleDuplicate: into.possibleDuplicate }
      await replaceCase(tx, into, before, 'unmerged', reason, stamp)
      count(indicators, into, -1)
      count(indicators, before, 1)
    }
    await reinstateCase(tx, from, merge, reason, stamp)
    count(indicators, from, 1)
    return ok({ version: from.version + 2, givenBack })
  },
})

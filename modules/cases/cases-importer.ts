import { ok, problem, refuse, type Id, type Result } from '#base'
import type { AreaTree } from '#platform/areas'
import { newId } from '#platform/clock'
import type { CommandContext } from '#platform/commands'
import type { Tx } from '#platform/db'
import type { BatchOutcome, Importer, NumberedRow } from '#platform/import'
import { insertStagedPeople, knownPeople, removeImportedPeople } from '#people'
import { numberPrefix } from './case.ts'
import { CASE_FIELDS } from './case-fields.ts'
import {
  changedSinceImport, insertStagedCases, neededOfImport, stageCases, withdrawImport, type StagedCase,
} from './case-import-store.ts'
import { findManyClashes, insertPairs, joinInfected, lockRegistry } from './case-store.ts'
import { caseImport, caseImportUndo } from './contract.ts'
import { count, uncountImport } from './indicators.ts'
import { candidatesOf, judgeRows, keysOfRow, type AcceptedRow } from './judge-rows.ts'
import { readCaseRow, type CaseRow } from './read-case-row.ts'

const judge = async (tx: Tx, rows: readonly NumberedRow<CaseRow>[]) => {
  const people = await knownPeople(tx, [...new Set(rows.flatMap(({ value }) => value.facts.nationalId ?? []))])
  const candidates = candidatesOf(rows, people, newId)
  const asked = candidates.map(({ value: { facts, residence }, personId, personKnown, nameKey }) =>
    ({ ...facts, communeId: residence.communeId, nameKey, personId: personKnown ? personId : null }))
  return judgeRows(candidates, await findManyClashes(tx, rows[0]?.value.disease ?? '', asked))
}

const stagedOf = (one: AcceptedRow, context: CommandContext, importId: Id): StagedCase => {
  const { value: { facts, residence, disease, reinfection } } = one
  return {
    ...facts, ...residence, id: one.id, disease, personId: one.personId, nameKey: one.nameKey, infectorId: one.infectorId, reinfection,
    possibleDuplicate: one.similarTo !== null, transferredOn: null, importId, recordedAt: context.at, changedAt: context.at,
    changedBy: context.actor.username, commandId: context.commandId, newPerson: one.newPerson,
    numberPrefix: prefixOf(context.areas, residence.provinceId, facts.reportedOn),
  }
}

const prefixOf = (tree: AreaTree, provinceId: number, reportedOn: CaseRow['facts']['reportedOn']): string => {
  const province = tree.byId(provinceId)
  if (!province) throw new Error(`no area ${provinceId}`)
  return numberPrefix(province, reportedOn)
}

/** How many things an undo that is refused lists. */
const LISTED = 100

/** Line lists. A batch is one command: one lock, one question to the registry, one COPY, three set-based writes, the counts last. */
export const casesImporter: Importer<CaseRow> = {
  kind: 'cases',
  permission: caseImport,
  undoPermission: caseImportUndo,
  fields: CASE_FIELDS,
  options: ['disease', 'area', 'day'],
  readRow: readCaseRow,
  keysOf: keysOfRow,
  check: async (tx, rows): Promise<BatchOutcome> => {
    const { accepted, faults, warnings } = await judge(tx, rows)
    return { accepted: accepted.length, faults, warnings }
  },
  write: async (context, rows, _reading, importId): Promise<Result<BatchOutcome>> => {
    const { tx, at } = context
    await lockRegistry(tx)
    const { accepted, faults, warnings } = await judge(tx, rows)
    if (accepted.length > 0) {
      const staged = accepted.map((one) => stagedOf(one, context, importId))
      await insertStagedPeople(tx, await stageCases(tx, staged), at)
      await insertStagedCases(tx)
      await joinInfected(tx, staged)
      await insertPairs(tx, accepted.flatMap(({ id, similarTo, value }) =>
        similarTo === null ? [] : [{ id: newId(), caseId: id, otherId: similarTo, areaPos: value.residence.areaPos }]), at)
      for (const one of staged) count(context.indicators, one, 1)
      context.areaPos = accepted[0]?.value.residence.areaPos ?? 0
    }
    return ok({ accepted: accepted.length, faults, warnings })
  },
  undo: async (context, importId) => {
    const { tx, at, commandId } = context
    await lockRegistry(tx)
    const changed = await changedSinceImport(tx, importId)
    const needed = await neededOfImport(tx, importId)
    const built = [
      ...changed.map(({ number }) => problem('case_built_upon', { params: { number } })),
      ...needed.flatMap(({ kind, number, infector }) =>
        kind === 'infected' ? [problem('case_named_infector', { params: { number: infector ?? '', infected: number ?? '' } })] : []),
    ]
    if (built.length > 0) return refuse(problem('built_upon', { status: 409, params: { count: built.length }, problems: built.slice(0, LISTED) }))
    await uncountImport(tx, context.indicators, importId)
    const undone = await withdrawImport(tx, importId, { at, by: context.actor.username, commandId })
    await removeImportedPeople(tx, importId, needed.flatMap(({ kind, personId }) => (kind === 'person' && personId !== null ? [personId] : [])))
    return ok({ undone })
  },
}

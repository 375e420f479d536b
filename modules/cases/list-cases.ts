import { isId, nameKey, ok, parseDate, problem, refuse, type AnswerOf, type Id, type Permission, type PlainDate, type QueryOf, type Result } from '#base'
import { joinRanges, rangesOf, scopeOfRanges, type Actor, type Range } from '#platform/access'
import type { AreaTree } from '#platform/areas'
import type { Scope, Tx } from '#platform/db'
import { today } from '#platform/clock'
import type { App } from '#platform/http'
import { isNationalId, knownPeople } from '#people'
import {
  countUpTo, KEY_LENGTH, listedByIds, listPage, openPairs, type Filters, type ListedCase, type Order, type Place, type Search,
} from './case-list-store.ts'
import { caseRead, COUNT_LIMIT, type caseRow, type CASE_SORTS, type countCases, type listCases, type listDuplicates } from './contract.ts'
import { dutyOf } from './life/duty.ts'
import { leadsTo } from './life/life-store.ts'
import type { z } from 'zod'

type Row = z.output<typeof caseRow>

/** Where a reader looks: their rights, and within them the area of the filter. Nothing when the two do not meet. */
export interface Reach {
  readonly scope: Scope
  readonly ranges: readonly Range[]
}

const overlap = (a: readonly Range[], b: readonly Range[]): Range[] =>
  joinRanges(a.flatMap((one) => b.flatMap((other) => {
    const lo = Math.max(one.lo, other.lo)
    const hi = Math.min(one.hi, other.hi)
    return lo <= hi ? [{ lo, hi }] : []
  })))

/** The filter's area becomes the scope of the transaction itself: stated once, by the policy (architecture §7). Problem `unknown_area`. */
export const reachOf = (app: App, actor: Actor, areaId: number | undefined, permission: Permission = caseRead): Result<Reach | undefined> => {
  const rights = rangesOf(actor, permission)
  if (areaId === undefined) return ok(reach(rights))
  if (!app.areas.tree().byId(areaId)) return refuse(problem('unknown_area', { status: 404, field: 'areaId', params: { area: areaId } }))
  return ok(reach(overlap(rights, app.areas.wholly(areaId).map(({ pos, posEnd }) => ({ lo: pos, hi: posEnd })))))
}

const reach = (ranges: readonly Range[]): Reach | undefined => {
  const scope = scopeOfRanges(ranges)
  return scope && { scope, ranges }
}

/** A national number is looked up first: the registry of people has the index for it. */
export const searchOf = async (app: App, tx: Tx, given: string | undefined): Promise<Search | undefined> => {
  const wanted = given?.trim() ?? ''
  if (nameKey(wanted) === '') return undefined
  const personIds = isNationalId(wanted) ? [...(await knownPeople(tx, [wanted])).values()] : []
  const caseIds = /\d/.test(wanted) ? await leadsTo(tx, wanted) : []
  return { text: wanted, personIds, caseIds, trigram: app.database.describe().can.trigramSearch }
}

/** A case as the list shows it, its areas named. */
export const toRow = (tree: AreaTree, one: ListedCase, today: PlainDate): Row => ({
  id: one.id, number: one.number, version: one.version, disease: one.disease, nationalNumber: one.nationalNumber,
  sender: one.sender === '' ? null : one.sender, senderNumber: one.senderNumber, fullName: one.fullName, birthYear: one.birthYear, sex: one.sex,
  areaId: one.areaId, areaName: tree.byId(one.areaId)?.name ?? '', districtName: tree.atLevel(one.areaId, 'district')?.name ?? null,
  reportedOn: one.reportedOn, onsetOn: one.onsetOn, diagnosis: one.diagnosis, detectionSource: one.detectionSource, severity: one.severity,
  status: one.outcome === null ? 'active' : 'closed', outcome: one.outcome, outcomeOn: one.outcomeOn, possibleDuplicate: one.possibleDuplicate,
  importId: one.importId, recordedAt: one.recordedAt, duty: dutyOf(one, today)?.state ?? null, dueOn: dutyOf(one, today)?.dueOn ?? null,
})

const placeOf = (sort: Order['sort'], one: ListedCase): Place => {
  switch (sort) {
    case 'reported': return [one.reportedOn, one.id]
    case 'onset': return [one.onsetOn ?? '0001-01-01', one.id]
    case 'recorded': return [one.recordedAt, one.id]
    case 'name': return [nameKey(one.fullName), one.birthYear ?? 0, one.id]
  }
}

const BAD_CURSOR = problem('bad_cursor', { status: 400, field: 'after' })

const writeCursor = (sort: string, place: Place): string => Buffer.from(JSON.stringify([sort, ...place])).toString('base64url')

/** Reads a cursor of the given sort; what it holds goes into SQL as typed values, so it must be of their form. */
const readCursor = (sort: (typeof CASE_SORTS)[number] | 'found', after: string | undefined): Result<Place | undefined> => {
  if (after === undefined) return ok(undefined)
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(after, 'base64url').toString())
  } catch {
    return refuse(BAD_CURSOR)
  }
  if (!Array.isArray(parts)) return refuse(BAD_CURSOR)
  const [written, ...place] = parts as unknown[]
  const wellFormed = written === sort && place.length === (sort === 'found' ? 2 : KEY_LENGTH[sort]) && isId(String(place.at(-1))) && isKey(sort, place)
  return wellFormed ? ok(place as Place) : refuse(BAD_CURSOR)
}

const isKey = (sort: string, [first, second]: readonly unknown[]): boolean => {
  if (typeof first !== 'string') return false
  if (sort === 'name') return typeof second === 'number' && Number.isInteger(second) && second >= 0 && second < 10_000
  return sort === 'recorded' || sort === 'found' ? /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(first) && !Number.isNaN(Date.parse(first)) : parseDate(first).ok
}

export const split = (app: App, query: Omit<QueryOf<typeof listCases>, 'limit' | 'after'>): { filters: Filters; order: Order } => {
  const { areaId: _area, sort, direction, ...filters } = query
  return { filters: { ...filters, today: today(app.clock) }, order: { sort, direction } }
}

/** A page of cases; `next` begins the one after. */
export const pageOfCases = async (app: App, actor: Actor, query: QueryOf<typeof listCases>): Promise<Result<AnswerOf<typeof listCases>>> => {
  const { limit, after, ...rest } = query
  const { filters, order } = split(app, rest)
  const place = readCursor(order.sort, after)
  if (!place.ok) return place
  const where = reachOf(app, actor, query.areaId)
  if (!where.ok) return where
  if (!where.value) return ok({ cases: [], next: null })
  const { scope, ranges } = where.value
  const found = await app.database.read(scope, async (tx) =>
    listPage(tx, { filters, search: await searchOf(app, tx, query.search), order, limit: limit + 1, after: place.value }, ranges))
  const last = found.length > limit ? found[limit - 1] : undefined
  return ok({
    cases: found.slice(0, limit).map((one) => toRow(app.areas.tree(), one, today(app.clock))),
    next: last ? writeCursor(order.sort, placeOf(order.sort, last)) : null,
  })
}

export const numberOfCases = async (app: App, actor: Actor, query: QueryOf<typeof countCases>): Promise<Result<AnswerOf<typeof countCases>>> => {
  const where = reachOf(app, actor, query.areaId)
  if (!where.ok) return where
  if (!where.value) return ok({ count: 0, beyond: false })
  const { areaId: _area, ...filters } = query
  const { scope, ranges } = where.value
  const count = await app.database.read(scope, async (tx) => countUpTo(tx, { ...filters, today: today(app.clock) }, await searchOf(app, tx, query.search), ranges))
  return ok({ count, beyond: count > COUNT_LIMIT })
}

/** A page of the duplicate queue. */
export const pageOfDuplicates = async (
  app: App, scope: Scope, { limit, after }: QueryOf<typeof listDuplicates>,
): Promise<Result<AnswerOf<typeof listDuplicates>>> => {
  const place = readCursor('found', after)
  if (!place.ok) return place
  return app.database.read(scope, async (tx) => {
    const pairs = await openPairs(tx, limit + 1, place.value)
    const rows = await listedByIds(tx, pairs.flatMap(({ caseId, otherId }) => [caseId, otherId]))
    const shown = (id: Id): Row | null => {
      const row = rows.get(id)
      return row ? toRow(app.areas.tree(), row, today(app.clock)) : null
    }
    const last = pairs.length > limit ? pairs[limit - 1] : undefined
    return ok({
      pairs: pairs.slice(0, limit).flatMap(({ id, foundAt, caseId, otherId }) => {
        const one = shown(caseId)
        return one ? [{ id, foundAt, case: one, other: shown(otherId) }] : []
      }),
      next: last ? writeCursor('found', [last.foundAt, last.id]) : null,
    })
  })
}

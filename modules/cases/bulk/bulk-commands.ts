import { z } from 'zod'
import { ok, problem, refuse, type Id, type Instant, type Problem, type Result } from '#base'
import { rangesOf } from '#platform/access'
import { command, type CommandContext } from '#platform/commands'
import { caseBulk } from '../contract.ts'
import { count } from '../indicators.ts'
import {
  addBatch, addUndone, bulkImages, endUndo, holdBulkRows, insertBulk, lockBulk, restoreBulk, settleBulk, writeBulk, type Bulk, type Refused,
} from './bulk-store.ts'
import { BULK_BATCH, BULK_STATUSES, bulkChanges, BULK_SHOWN, type BulkField } from './contract.ts'
import { completed, judgeBulk, type BulkRow } from './judge-bulk.ts'
import { faultsOf } from '../case.ts'

const bulkId = z.uuid()
const ids = z.array(z.uuid()).max(BULK_BATCH)
const number = z.int().min(0)

const UNKNOWN = problem('unknown_bulk', { status: 404 })
/** Somebody cancelled it, or another process has gone on with it. */
const STOPPED = problem('bulk_stopped', { status: 409 })

/** The bulk edit, locked for the rest of the transaction; only who may write wherever its maker could may go on with it. */
const take = async (context: CommandContext, id: Id): Promise<Result<Bulk>> => {
  const bulk = await lockBulk(context.tx, id)
  if (!bulk) return refuse(UNKNOWN)
  if (!bulk.ranges.every(({ lo, hi }) => context.permits(lo, hi))) return refuse(problem('forbidden', { status: 403 }))
  context.areaPos = bulk.areaPos
  return ok(bulk)
}

/** Says what is meant; the rows follow, batch by batch. */
export const beginBulk = command({
  name: 'cases.bulk-begin', permission: caseBulk,
  body: z.object({ bulkId, changes: bulkChanges, reason: z.string(), matched: number }),
  perform: async (context, { bulkId: id, changes, reason, matched }): Promise<Result<null>> => {
    const ranges = rangesOf(context.actor, caseBulk)
    const [first] = ranges
    if (!first) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = first.lo
    await insertBulk(context.tx, {
      id, areaPos: first.lo, ranges, changes: completed(changes), reason, matched, createdBy: context.actor.id, createdByName: context.actor.username, createdAt: context.at,
    })
    return ok(null)
  },
})

interface BatchDone {
  readonly changed: number
  readonly refused: number
}

/** R13: one batch: at most 10 000 cases, judged one by one, written set by set; the audit row carries the digest of their keys. */
export const editBulk = command({
  name: 'cases.bulk-edit', permission: caseBulk,
  body: z.object({ bulkId, batch: number, ids, seenAt: z.string() }),
  perform: async (context, { bulkId: id, batch, ids: asked, seenAt }): Promise<Result<BatchDone>> => {
    const taken = await take(context, id)
    if (!taken.ok) return taken
    const bulk = taken.value
    if (bulk.status !== 'running' || bulk.batches !== batch) return refuse(STOPPED)
    const rows = await holdBulkRows(context.tx, asked)
    const changed: Id[] = []
    const refused: Refused[] = []
    for (const row of rows) {
      const judged = judgeBulk(row, bulk.changes, context.today, seenAt as Instant)
      if (judged.kind === 'refused') refused.push({ id: row.id, number: row.number, code: judged.problem.code, params: judged.problem.params ?? null })
      if (judged.kind !== 'changed') continue
      changed.push(row.id)
      count(context.indicators, row, -1)
      count(context.indicators, judged.after, 1)
    }
    await writeBulk(context.tx, changed, bulk.changes, bulk.reason, id, { at: context.at, by: context.actor.username, commandId: context.commandId })
    await addBatch(context.tx, bulk, { walked: asked.length, changed: changed.length, refused })
    return ok({ changed: changed.length, refused: refused.length })
  },
})

/** Ends the running of a bulk edit. */
export const settleBulkCommand = command({
  name: 'cases.bulk-settle', permission: caseBulk, body: z.object({ bulkId, status: z.enum(BULK_STATUSES) }),
  perform: async (context, { bulkId: id, status }): Promise<Result<null>> => {
    const bulk = await take(context, id)
    if (!bulk.ok) return bulk
    if (bulk.value.status === 'running') await settleBulk(context.tx, id, status, context.at)
    return ok(null)
  },
})

const isAsGiven = (row: BulkRow, bulk: Bulk): boolean => (Object.keys(bulk.changes) as BulkField[]).every((field) => row[field] === bulk.changes[field])

/** Refuses an undo, with the list. */
export const builtUpon = (number: number, problems: readonly Problem[]): Problem => problem('built_upon', { status: 409, params: { count: number }, problems })

/**
 * R14: gives the cases of one batch back what they had. A case that no longer has what the bulk edit gave it belongs to whoever changed it:
 * the undo is refused with the list, or leaves those cases as they are when it is asked to.
 */
export const undoBulkBatch = command({
  name: 'cases.bulk-undo', permission: caseBulk,
  body: z.object({ bulkId, ids, leaveChanged: z.boolean(), last: z.boolean() }),
  perform: async (context, { bulkId: id, ids: asked, leaveChanged, last }): Promise<Result<{ undone: number; left: number }>> => {
    const taken = await take(context, id)
    if (!taken.ok) return taken
    const bulk = taken.value
    if (!mayUndo(bulk)) return refuse(problem('bulk_not_undoable', { status: 409 }))
    const { tx, at, commandId } = context
    const rows = await holdBulkRows(tx, asked)
    const images = await bulkImages(tx, bulk, rows.map((row) => row.id))
    const restored = new Map<Id, Partial<BulkRow>>()
    const kept: Problem[] = []
    for (const row of rows) {
      const image = images.get(row.id)
      const after = { ...row, ...image }
      if (!image || !isAsGiven(row, bulk) || faultsOf(after, context.today).length > 0) {
        kept.push(problem('case_changed_since', { params: { number: row.number, by: row.changedBy } }))
        continue
      }
      restored.set(row.id, image)
      count(context.indicators, row, -1)
      count(context.indicators, after, 1)
    }
    if (kept.length > 0 && !leaveChanged) return refuse(builtUpon(kept.length, kept.slice(0, BULK_SHOWN)))
    await restoreBulk(tx, bulk, restored, { at, by: context.actor.username, commandId })
    await addUndone(tx, id, restored.size)
    if (last) await endUndo(tx, id, context.actor.username, at)
    return ok({ undone: restored.size, left: asked.length - restored.size })
  },
})

export const mayUndo = ({ status, changed }: Pick<Bulk, 'status' | 'changed'>): boolean =>
  changed > 0 && ['done', 'cancelled', 'interrupted', 'undoing'].includes(status)

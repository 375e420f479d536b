import { createHash } from 'node:crypto'
import { ok, problem, refuse, uuidV7, type Id, type Instant, type Problem, type Result } from '#base'
import { permits, scopeOf, type Actor } from '#platform/access'
import { newId, now, today } from '#platform/clock'
import { perform } from '#platform/commands'
import { EVERYWHERE, type Scope } from '#platform/db'
import type { App } from '#platform/http'
import { countUpTo, walkCases, type Filters } from '../case-list-store.ts'
import { caseBulk, COUNT_LIMIT } from '../terms.ts'
import { reachOf, searchOf } from '../list-cases.ts'
import { beginBulk, builtUpon, editBulk, mayUndo, settleBulkCommand, undoBulkBatch } from './bulk-commands.ts'
import { bulkCasesLeft, bulkRows, changedSinceBulk, findBulk, interruptBulks, type Bulk } from './bulk-store.ts'
import { BULK_BATCH, BULK_SHOWN, type BulkChanges, type BulkField, type BulkTarget } from './contract.ts'
import { completed, judgeBulk, type BulkRow } from './judge-bulk.ts'

interface Work {
  readonly phase: 'running' | 'undoing'
  stopping: boolean
  done: Promise<unknown>
}

export interface Preview {
  readonly matched: number
  readonly beyond: boolean
  readonly checked: number
  readonly changing: number
  readonly unchanged: number
  readonly refused: number
  readonly rows: readonly { readonly row: BulkRow; readonly changes: readonly { readonly field: BulkField; readonly before: unknown; readonly after: unknown }[] }[]
  readonly refusals: readonly { readonly row: BulkRow; readonly problem: Problem }[]
  readonly seenAt: Instant
}

/** The cases of a target as the actor may write them: how many, and their keys batch by batch. */
interface Meant {
  readonly matched: number
  readonly scope: Scope
  readonly batchAfter: (last: Id | undefined, by: Instant) => Promise<Id[]>
}

const NOWHERE: Scope = { lo: -1, hi: -1, ranges: '' }

/** The id of the command of a batch: always the same for the same batch. */
const batchId = (bulkId: Id, step: string): Id =>
  uuidV7(Number.parseInt(bulkId.slice(0, 8) + bulkId.slice(9, 13), 16), createHash('sha256').update(`${bulkId} ${step}`).digest())

/** Edits many cases in the background: one command a batch, in sight while it runs, stopped and taken back as a whole. */
export class BulkEngine {
  readonly #app: App
  readonly #works = new Map<Id, Work>()
  readonly #batchRows: number
  #closed = false

  constructor(app: App, batchRows = BULK_BATCH) {
    this.#app = app
    this.#batchRows = batchRows
  }

  /** The bulk edit, if the actor may go on with it. Problem `unknown_bulk`. */
  async find(actor: Actor, id: Id): Promise<Result<Bulk>> {
    const bulk = await this.#app.database.read(EVERYWHERE, (tx) => findBulk(tx, id))
    return bulk && bulk.ranges.every(({ lo, hi }) => permits(actor, caseBulk, lo, hi)) ? ok(bulk) : refuse(problem('unknown_bulk', { status: 404 }))
  }

  /** What is being done to a bulk edit now; its row says so only with the first batch. */
  phase(id: Id): Work['phase'] | undefined {
    return this.#works.get(id)?.phase
  }

  /** What a bulk edit would do. Problem `unknown_area`. */
  async preview(actor: Actor, target: BulkTarget, changes: BulkChanges): Promise<Result<Preview>> {
    const { clock, database } = this.#app
    const seenAt = now(clock)
    const meant = await this.#meant(actor, target)
    if (!meant.ok) return meant
    const { matched, scope, batchAfter } = meant.value
    const ids = await batchAfter(undefined, seenAt)
    const cases = await database.read(scope, (tx) => bulkRows(tx, ids))
    const given = completed(changes)
    const told = { changing: 0, unchanged: 0, refused: 0, rows: [] as Preview['rows'][number][], refusals: [] as Preview['refusals'][number][] }
    for (const row of cases) {
      const judged = judgeBulk(row, given, today(clock))
      if (judged.kind === 'unchanged') told.unchanged++
      else if (judged.kind === 'refused') {
        if (told.refused++ < BULK_SHOWN) told.refusals.push({ row, problem: judged.problem })
      } else if (told.changing++ < BULK_SHOWN) {
        told.rows.push({ row, changes: judged.fields.map((field) => ({ field, before: row[field], after: judged.after[field] })) })
      }
    }
    return ok({ ...told, matched, beyond: matched > COUNT_LIMIT, checked: cases.length, seenAt })
  }

  /** Begins a bulk edit, or finds it under way or done. Problems `unknown_area`, `closing`. */
  async commit(
    actor: Actor, id: Id | undefined, { target, changes, reason, seenAt }: { target: BulkTarget; changes: BulkChanges; reason: string; seenAt: string },
  ): Promise<Result<{ readonly id: Id; readonly done: Promise<unknown> }>> {
    if (this.#closed) return refuse(problem('closing', { status: 503 }))
    const bulkId = id ?? newId(this.#app.clock)
    const known = id && (await this.#app.database.read(EVERYWHERE, (tx) => findBulk(tx, id)))
    if (known) {
      return known.createdBy === actor.id ? ok({ id: bulkId, done: this.#works.get(bulkId)?.done ?? Promise.resolve() }) : refuse(problem('command_conflict', { status: 409 }))
    }
    const meant = await this.#meant(actor, target)
    if (!meant.ok) return meant
    const begun = await perform(this.#app, beginBulk, { actor, id: bulkId, body: { bulkId, changes, reason, matched: meant.value.matched } })
    if (!begun.ok) return begun
    return ok({ id: bulkId, done: this.#work(bulkId, 'running', (work) => this.#edit(actor, bulkId, meant.value, seenAt, work)) })
  }

  /** Stops after the batch being written. */
  async cancel(actor: Actor, bulk: Bulk): Promise<Result<Bulk>> {
    const work = this.#works.get(bulk.id)
    if (work) {
      work.stopping = true
      await work.done
    } else if (bulk.status === 'running') {
      await perform(this.#app, settleBulkCommand, { actor, body: { bulkId: bulk.id, status: 'cancelled' } })
    }
    return this.find(actor, bulk.id)
  }

  /** Gives every case back what it had, batch by batch. Problems `bulk_not_undoable`, `built_upon` with the list, `closing`. */
  async undo(actor: Actor, bulk: Bulk, leaveChanged: boolean): Promise<Result<{ readonly done: Promise<Result<unknown>> }>> {
    if (this.#closed) return refuse(problem('closing', { status: 503 }))
    if (bulk.status === 'undone') return ok({ done: Promise.resolve(ok(null)) })
    if (!mayUndo(bulk) || this.#works.has(bulk.id)) return refuse(problem('bulk_not_undoable', { status: 409 }))
    // Asked before anything is given back, so that who asked learns it at once; each batch looks again at the rows it holds.
    if (!leaveChanged) {
      const { count, first } = await this.#app.database.read(this.#scope(actor), (tx) => changedSinceBulk(tx, bulk))
      if (count > 0) {
        return refuse(builtUpon(count, first.map(({ number, by }) =>
          by === null ? problem('case_left', { params: { number } }) : problem('case_changed_since', { params: { number, by } }))))
      }
    }
    return ok({ done: this.#work(bulk.id, 'undoing', (work) => this.#takeBack(actor, bulk, leaveChanged, work)) })
  }

  /** Finds what an earlier process left in the middle. */
  async start(): Promise<void> {
    await this.#app.database.write(EVERYWHERE, async (tx) => ok(await interruptBulks(tx)))
  }

  /** Lets the batches that are being written finish. */
  async stop(): Promise<void> {
    this.#closed = true
    const running = [...this.#works.values()]
    for (const work of running) work.stopping = true
    await Promise.all(running.map(({ done }) => done))
  }

  #work<T>(id: Id, phase: Work['phase'], does: (work: Work) => Promise<Result<T>>): Promise<Result<T | null>> {
    const work: Work = { phase, stopping: false, done: Promise.resolve() }
    this.#works.set(id, work)
    const done = does(work).catch((error: unknown): Result<never> => {
      this.#app.log(`bulk ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      return refuse(problem('bulk_broke', { status: 500 }))
    }).finally(() => this.#works.delete(id))
    work.done = done
    return done
  }

  async #edit(actor: Actor, bulkId: Id, meant: Meant, seenAt: string, work: Work): Promise<Result<null>> {
    const by = now(this.#app.clock)
    let status: 'done' | 'cancelled' | 'interrupted' = 'done'
    try {
      let last: Id | undefined
      for (let batch = 0; ; batch++) {
        const ids = await meant.batchAfter(last, by)
        if (ids.length === 0) break
        const done = await perform(this.#app, editBulk, { actor, id: batchId(bulkId, `${batch}`), body: { bulkId, batch, ids, seenAt } })
        if (!done.ok) {
          status = 'interrupted'
          return done
        }
        last = ids.at(-1)
        if (ids.length < this.#batchRows) break
        if (work.stopping) {
          status = 'cancelled'
          break
        }
      }
      return ok(null)
    } catch (error) {
      status = 'interrupted'
      throw error
    } finally {
      await perform(this.#app, settleBulkCommand, { actor, body: { bulkId, status } })
    }
  }

  async #takeBack(actor: Actor, bulk: Bulk, leaveChanged: boolean, work: Work): Promise<Result<null>> {
    let last: Id | undefined
    for (;;) {
      const ids = await this.#app.database.read(this.#scope(actor), (tx) => bulkCasesLeft(tx, bulk.id, last, this.#batchRows))
      const end = ids.length < this.#batchRows
      const undone = await perform(this.#app, undoBulkBatch, { actor, body: { bulkId: bulk.id, ids, leaveChanged, last: end } })
      if (!undone.ok) return undone
      last = ids.at(-1)
      if (end || work.stopping) return ok(null)
    }
  }

  #scope(actor: Actor): Scope {
    return scopeOf(actor, caseBulk) ?? NOWHERE
  }

  async #meant(actor: Actor, target: BulkTarget): Promise<Result<Meant>> {
    const { database } = this.#app
    if ('ids' in target) {
      const ids = [...new Set(target.ids)].toSorted()
      return ok({ matched: ids.length, scope: this.#scope(actor), batchAfter: async (last) => (last === undefined ? ids : []) })
    }
    const { areaId, ...filters } = target.filters
    const reach = reachOf(this.#app, actor, areaId, caseBulk)
    if (!reach.ok) return reach
    const { scope, ranges } = reach.value ?? { scope: NOWHERE, ranges: [] }
    const search = await database.read(scope, (tx) => searchOf(this.#app, tx, filters.search))
    const asked: Filters = { ...filters, today: today(this.#app.clock) }
    return ok({
      matched: await database.read(scope, (tx) => countUpTo(tx, asked, search, ranges)), scope,
      batchAfter: (last, by) => database.read(scope, (tx) => walkCases(tx, asked, search, by, last, this.#batchRows)),
    })
  }
}

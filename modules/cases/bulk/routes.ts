import { setTimeout as wait } from 'node:timers/promises'
import { ok, type AnswerOf, type Id, type Language, type Result } from '#base'
import { serve, type App } from '#platform/http'
import type { Actor } from '#platform/access'
import { COUNT_LIMIT } from '../terms.ts'
import type { BulkEngine } from './bulk-engine.ts'
import { listBulks, type Bulk } from './bulk-store.ts'
import * as contract from './contract.ts'

/** After so long an answer says how far the work has come instead of waiting for its end. Unit: milliseconds. */
const PATIENCE = 1000

type Shown = AnswerOf<typeof contract.getBulk>

export const bulkRoutes = (app: App, engine: BulkEngine): void => {
  const shown = (bulk: Bulk, language: Language): Shown['bulk'] => ({
    id: bulk.id, status: engine.phase(bulk.id) ?? bulk.status, reason: bulk.reason, changes: bulk.changes, matched: Math.min(bulk.matched, COUNT_LIMIT), beyond: bulk.matched > COUNT_LIMIT,
    walked: bulk.walked, changed: bulk.changed, refused: bulk.refused,
    refusals: bulk.refusals.map(({ id, number, code, params }) => ({ id, number, code, message: app.sentence(language, `problem.${code}`, params ?? {}) })),
    by: bulk.createdByName, at: bulk.createdAt, finishedAt: bulk.finishedAt, undone: bulk.undone, undoneAt: bulk.undoneAt, undoneBy: bulk.undoneBy,
  })
  const found = async (actor: Actor, id: Id, language: Language): Promise<Result<Shown>> => {
    const bulk = await engine.find(actor, id)
    return bulk.ok ? ok({ bulk: shown(bulk.value, language) }) : bulk
  }

  serve(app, contract.previewBulk, async ({ actor, body, language }) => {
    const preview = await engine.preview(actor, body.target, body.changes)
    if (!preview.ok) return preview
    const { rows, refusals, ...counts } = preview.value
    const tree = app.areas.tree()
    return ok({
      ...counts,
      rows: rows.map(({ row, changes }) => ({ id: row.id, number: row.number, fullName: row.fullName, areaName: tree.byId(row.areaId)?.name ?? '', changes: [...changes] })),
      refusals: refusals.map(({ row, problem }) => ({
        id: row.id, number: row.number, code: problem.code, message: app.sentence(language, `problem.${problem.code}`, problem.params),
      })),
    })
  })
  serve(app, contract.commitBulk, async ({ actor, commandId, body, language }) => {
    const begun = await engine.commit(actor, commandId, body)
    if (!begun.ok) return begun
    await Promise.race([begun.value.done, wait(PATIENCE)])
    return found(actor, begun.value.id, language)
  })
  serve(app, contract.listBulks, ({ scope, query, language }) => app.database.read(scope, async (tx) => {
    const bulks = await listBulks(tx, query.before, query.limit + 1)
    const page = bulks.slice(0, query.limit)
    return ok({ bulks: page.map((bulk) => shown(bulk, language)), next: bulks.length > query.limit ? (page.at(-1)?.id ?? null) : null })
  }))
  serve(app, contract.getBulk, ({ actor, params, language }) => found(actor, params.id, language))
  serve(app, contract.cancelBulk, async ({ actor, params, language }) => {
    const bulk = await engine.find(actor, params.id)
    if (!bulk.ok) return bulk
    const stopped = await engine.cancel(actor, bulk.value)
    return stopped.ok ? ok({ bulk: shown(stopped.value, language) }) : stopped
  })
  serve(app, contract.undoBulk, async ({ actor, params, body, language }) => {
    const bulk = await engine.find(actor, params.id)
    if (!bulk.ok) return bulk
    const undoing = await engine.undo(actor, bulk.value, body.leaveChanged)
    if (!undoing.ok) return undoing
    const undone = await Promise.race([undoing.value.done, wait(PATIENCE)])
    if (undone && !undone.ok) return undone
    return found(actor, params.id, language)
  })
}

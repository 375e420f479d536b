import { ok, problem, refuse, type Id, type Problem, type Result } from '#base'
import { newId } from '#platform/clock'
import { command, type CommandContext } from '#platform/commands'
import { decideWarnings, undoDecision, warningDecide } from './contract.ts'
import { holdWarnings, insertDecisions, undoDecisions } from './warning-store.ts'

export const unknownWarning: Problem = problem('unknown_warning', { status: 404 })

type Held = Awaited<ReturnType<typeof holdWarnings>>

const held = async (context: CommandContext, ids: readonly Id[]): Promise<Result<Held>> => {
  const rows = await holdWarnings(context.tx, [...new Set(ids)])
  if (rows.length < new Set(ids).size) return refuse(unknownWarning)
  if (!rows.every(({ areaPos }) => context.permits(areaPos))) return refuse(problem('forbidden', { status: 403 }))
  context.areaPos = rows.length === 1 ? (rows[0]?.areaPos ?? 0) : 0
  return ok(rows)
}

/** R5: what somebody decided about warnings, all of them or none. */
export const decideCommand = command({
  name: 'warnings.decide',
  permission: warningDecide,
  body: decideWarnings.body as NonNullable<typeof decideWarnings.body>,
  perform: async (context, { ids, status, reason }): Promise<Result<{ decided: number }>> => {
    if (status === 'dismissed' && !reason) return refuse(problem('reason_missing', { field: 'reason' }))
    const rows = await held(context, ids)
    if (!rows.ok) return rows
    if (rows.value.some((row) => row.status === status)) return refuse(problem('already_so', { status: 409 }))
    const { tx, at, commandId, actor } = context
    await insertDecisions(
      tx, rows.value.map((row) => ({ id: newId(), warningId: row.id, areaPos: row.areaPos, severity: row.severity, beforeStatus: row.status, beforeId: row.decisionId })),
      { status, reason: reason || null, by: actor.username, at, commandId },
    )
    return ok({ decided: rows.value.length })
  },
})

/** R6: the decision that stands is taken back; what stood before stands again. */
export const undoCommand = command({
  name: 'warnings.undo-decision',
  permission: warningDecide,
  body: undoDecision.body as NonNullable<typeof undoDecision.body>,
  perform: async (context, { ids }): Promise<Result<{ undone: number }>> => {
    const rows = await held(context, ids)
    if (!rows.ok) return rows
    const decisions = rows.value.flatMap(({ decisionId }) => decisionId ?? [])
    if (decisions.length < rows.value.length) return refuse(problem('nothing_decided', { status: 409 }))
    await undoDecisions(context.tx, decisions, context.actor.username, context.at, context.commandId)
    return ok({ undone: decisions.length })
  },
})

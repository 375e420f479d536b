import { z } from 'zod'
import { ok, problem, refuse, type AnswerOf, type Result } from '#base'
import { command } from '#platform/commands'
import { faultsOf, type CaseRecord } from '../case.ts'
import { holdCase, replaceCase } from '../case-store.ts'
import { caseCorrect, closeCase, reopenCase } from '../contract.ts'
import { conflictSince } from '../correct-case.ts'
import { count } from '../indicators.ts'
import { faulty } from '../report-case.ts'

const withId = z.object({ id: z.uuid() })

/** R15: a case is closed by its outcome, under the rules of a correction. */
export const closeCaseCommand = command({
  name: 'cases.close',
  permission: caseCorrect,
  body: withId.extend((closeCase.body as NonNullable<typeof closeCase.body>).shape),
  perform: async (context, { id, version, outcome, outcomeOn = null, reason }): Promise<Result<AnswerOf<typeof closeCase>>> => {
    const { tx, at, commandId, today } = context
    const before = await holdCase(tx, id)
    if (!before) return refuse(problem('unknown_case', { status: 404 }))
    context.areaPos = before.areaPos
    const conflict = await conflictSince(context, before, version, { outcome, outcomeOn })
    if (conflict) return refuse(conflict)
    if (before.outcome !== null) return refuse(problem('already_closed', { status: 409 }))
    const after: CaseRecord = { ...before, outcome, outcomeOn }
    const fault = faulty(faultsOf(after, today))
    if (fault) return refuse(fault)
    await replaceCase(tx, before, after, 'closed', reason ?? null, { at, by: context.actor.username, commandId })
    count(context.indicators, before, -1)
    count(context.indicators, after, 1)
    return ok({ version: before.version + 1 })
  },
})

/** R15: a closed case is opened again with a reason; its death counts no more. */
export const reopenCaseCommand = command({
  name: 'cases.reopen',
  permission: caseCorrect,
  body: withId.extend((reopenCase.body as NonNullable<typeof reopenCase.body>).shape),
  perform: async (context, { id, version, reason }): Promise<Result<AnswerOf<typeof reopenCase>>> => {
    const { tx, at, commandId } = context
    const before = await holdCase(tx, id)
    if (!before) return refuse(problem('unknown_case', { status: 404 }))
    context.areaPos = before.areaPos
    const conflict = await conflictSince(context, before, version, { outcome: null, outcomeOn: null })
    if (conflict) return refuse(conflict)
    if (before.outcome === null) return refuse(problem('not_closed', { status: 409 }))
    const after: CaseRecord = { ...before, outcome: null, outcomeOn: null }
    await replaceCase(tx, before, after, 'reopened', reason, { at, by: context.actor.username, commandId })
    count(context.indicators, before, -1)
    count(context.indicators, after, 1)
    return ok({ version: before.version + 1 })
  },
})

import { z } from 'zod'
import { ok, problem, refuse, vietnameseDate, type AnswerOf, type Result } from '#base'
import { command } from '#platform/commands'
import { correctPerson } from '#people'
import { personOf, type CaseRecord } from './case.ts'
import { holdCase, reachEverywhere, replaceCase } from './case-store.ts'
import { caseTransfer, transferCase } from './contract.ts'
import { conflictSince } from './correct-case.ts'
import { count } from './indicators.ts'
import { residenceOf } from './report-case.ts'

/** R9: hands a case to the commune or province where the person lives; rights are needed where it leaves, not where it goes. */
export const transferCaseCommand = command({
  name: 'cases.transfer',
  permission: caseTransfer,
  body: z.object({ id: z.uuid() }).extend((transferCase.body as NonNullable<typeof transferCase.body>).shape),
  perform: async (context, { id, version, toAreaId, transferredOn, reason, currentAddress }): Promise<Result<AnswerOf<typeof transferCase>>> => {
    const { tx, at, commandId, today, areas } = context
    const before = await holdCase(tx, id)
    if (!before) return refuse(problem('unknown_case', { status: 404 }))
    context.areaPos = before.areaPos
    if (transferredOn > today) return refuse(problem('future_day', { field: 'transferredOn', params: { day: vietnameseDate(transferredOn) } }))
    if (transferredOn < before.reportedOn) {
      return refuse(problem('transfer_before_report', { field: 'transferredOn', params: { day: vietnameseDate(transferredOn), reported: vietnameseDate(before.reportedOn) } }))
    }
    const conflict = await conflictSince(context, before, version, { areaId: toAreaId })
    if (conflict) return refuse(conflict)
    if (toAreaId === before.areaId) return refuse(problem('same_area', { field: 'toAreaId' }))
    const place = residenceOf(areas, { areaId: toAreaId }, transferredOn)
    if (!place.ok) return refuse({ ...place.problem, field: 'toAreaId' })

    const after: CaseRecord = { ...before, ...place.value.residence, transferredOn, currentAddress: currentAddress === undefined ? before.currentAddress : currentAddress }
    await reachEverywhere(tx)
    await replaceCase(tx, before, after, 'transferred', reason, { at, by: context.actor.username, commandId })
    await correctPerson(tx, before.personId, personOf(after, after), at)
    count(context.indicators, before, -1)
    count(context.indicators, after, 1)
    return ok({ version: before.version + 1 })
  },
})

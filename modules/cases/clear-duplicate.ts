import { z } from 'zod'
import { ok, problem, refuse, type Result } from '#base'
import { command } from '#platform/commands'
import { clearPair, openPair } from './case-store.ts'
import { caseCorrect, clearDuplicate } from './contract.ts'

/** R5: somebody looked at both cases and says that they are two persons. */
export const clearDuplicateCommand = command({
  name: 'cases.clear-duplicate',
  permission: caseCorrect,
  body: z.object({ id: z.uuid() }).extend((clearDuplicate.body as NonNullable<typeof clearDuplicate.body>).shape),
  perform: async (context, { id, reason }): Promise<Result<null>> => {
    const pair = await openPair(context.tx, id)
    if (!pair) return refuse(problem('unknown_pair', { status: 404 }))
    context.areaPos = pair.areaPos
    await clearPair(context.tx, id, pair.caseId, context.actor.username, context.at, reason ?? null)
    return ok(null)
  },
})

import { z } from 'zod'
import { addDays, ok, problem, refuse, vietnameseDate, type PlainDate, type Result } from '#base'
import { command } from '#platform/commands'
import { rulebookEnact, withdrawRulebook } from './contract.ts'
import { addWithdrawal, rulebookVersions } from './rulebook-store.ts'

/** R12: ends a version the province put in force. Days up to its last stay as they were; what was known before it was withdrawn, too. */
export const withdrawRulebookCommand = command({
  name: 'rulebooks.withdraw',
  permission: rulebookEnact,
  body: z.object({ id: z.string() }).extend((withdrawRulebook.body as NonNullable<typeof withdrawRulebook.body>).shape),
  perform: async (context, { id, version, document, ...days }): Promise<Result<{ lastOn: string }>> => {
    const lastOn = days.lastOn as PlainDate
    const row = (await rulebookVersions(context.tx)).find((one) => one.id === id && one.version === version)
    const area = row && context.areas.byId(row.areaId)
    if (!row || !area) return refuse(problem('unknown_rulebook', { status: 404, params: { rulebook: `${id}@${version}` } }))
    if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = area.pos
    // The day before its first: it is never in force at all.
    const earliest = addDays(row.validFrom, -1)
    if (lastOn < earliest) return refuse(problem('withdrawn_before_start', { field: 'lastOn', params: { day: vietnameseDate(earliest) } }))
    if (row.lastOn !== null && row.lastOn <= lastOn) return refuse(problem('ended_already', { status: 409, field: 'lastOn', params: { day: vietnameseDate(row.lastOn) } }))
    await addWithdrawal(context.tx, { id, version, lastOn, document, commandId: context.commandId }, context.at, context.actor.username)
    return ok({ lastOn })
  },
})

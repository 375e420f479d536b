import { ok, problem, refuse, vietnameseDate, type Id, type PlainDate, type Result } from '#base'
import { command } from '#platform/commands'
import { issueDocument } from '#platform/documents'
import { z } from 'zod'
import { markIssued } from './bulletin-store.ts'
import { compose, type Making } from './compose.ts'
import { bulletinIssue, issuing } from './contract.ts'
import { draftFor, unknownBulletin } from './draft-bulletin.ts'
import type { Figures } from './figures.ts'
import { templateOf } from './templates.ts'

/** What a document is composed of again: all but what the issue itself gives it. */
export type Inputs = Omit<Making, 'number'>

/** R5: what leaves is what was shown: the figures of the draft, under a number, a day and a name; from then on nothing of it changes. */
export const issueCommand = command({
  name: 'bulletins.issue',
  permission: bulletinIssue,
  body: issuing.extend({ id: z.uuid() }),
  perform: async (context, { id, number, issuedOn: on, signer }): Promise<Result<{ id: Id; number: number; code: string }>> => {
    const draft = await draftFor(context, id)
    if (!draft.ok) return draft
    const { kind, areaId, day, remarks, effectiveOn } = draft.value
    const issuedOn = on as PlainDate
    if (issuedOn > context.today) return refuse(problem('future_day', { field: 'issuedOn', params: { day: vietnameseDate(issuedOn) } }))
    if (issuedOn < day) return refuse(problem('issued_before_day', { field: 'issuedOn', params: { day: vietnameseDate(day) } }))
    if (kind === 'levels' && effectiveOn === null) return refuse(problem('effective_day_needed', { field: 'effectiveOn' }))
    const area = context.areas.byId(areaId)
    if (!area) return refuse(unknownBulletin(id))
    const figures = JSON.parse(draft.value.figures) as Figures
    const inputs: Inputs = { kind, figures, template: await templateOf(context.tx, context.areas, draft.value), remarks, effectiveOn, issuedOn, signer }
    const document = await issueDocument(context, {
      kind, area, issuedOn, number, synthetic: figures.synthetic, inputs, compose: (given) => compose({ ...inputs, number: given }),
    })
    if (!document.ok) return document
    await markIssued(context.tx, id, document.value.id, { at: context.at, by: context.actor.id, commandId: context.commandId })
    return ok({ id, number: document.value.number, code: document.value.code })
  },
})

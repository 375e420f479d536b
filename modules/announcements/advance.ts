import { ok, problem, provinceDay, refuse, type Instant, type Result } from '#base'
import { insertPublished } from '#levels'
import { compiledRulebooks } from '#rulebooks'
import { command, type CommandContext } from '#platform/commands'
import { z } from 'zod'
import { insertStep, takeAnnouncement, type FullAnnouncement } from './announcement-store.ts'
import { earliest, mayFollow, statusOf, type StepName } from './announcement.ts'
import { announcementConfirm, announcementPropose, announcementPublish, confirm, publish, sendBack, withdraw } from './contract.ts'
import { directionOf, noticeHours, resolutionOf } from './resolution.ts'

const id = z.uuid()

/** The announcement, with no other step on it at the same time, if this step may follow. */
const take = async (context: CommandContext, of: string, step: StepName): Promise<Result<FullAnnouncement>> => {
  const found = await takeAnnouncement(context.tx, of)
  if (!found) return refuse(problem('unknown_announcement', { status: 404 }))
  const area = context.areas.byId(found.areaId)
  if (!area || !context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403 }))
  context.areaPos = found.areaPos
  const status = statusOf(found.steps)
  return mayFollow(step, status) ? ok(found) : refuse(problem('step_not_now', { status: 409, params: { status } }))
}

const record = async (
  context: CommandContext, of: FullAnnouncement, step: StepName, note: string, paper: { document: string; issuedAt: Instant } | null = null,
): Promise<Result<null>> => {
  const { actor, at, tx, commandId } = context
  await insertStep(tx, of, { step, at, by: actor.id, byName: actor.name, note, document: paper?.document ?? null, issuedAt: paper?.issuedAt ?? null }, commandId)
  return ok(null)
}

/** R3: somebody else than the proposer stands behind it. */
export const confirmCommand = command({
  name: 'announcements.confirm', permission: announcementConfirm, body: (confirm.body as NonNullable<typeof confirm.body>).extend({ id }),
  perform: async (context, body): Promise<Result<null>> => {
    const found = await take(context, body.id, 'confirmed')
    if (!found.ok) return found
    if (found.value.proposedBy === context.actor.id) return refuse(problem('second_person_needed', { status: 403 }))
    return record(context, found.value, 'confirmed', body.note)
  },
})

export const sendBackCommand = command({
  name: 'announcements.return', permission: announcementConfirm, body: (sendBack.body as NonNullable<typeof sendBack.body>).extend({ id }),
  perform: async (context, body): Promise<Result<null>> => {
    const found = await take(context, body.id, 'returned')
    return found.ok ? record(context, found.value, 'returned', body.note) : found
  },
})

export const withdrawCommand = command({
  name: 'announcements.withdraw', permission: announcementPropose, body: (withdraw.body as NonNullable<typeof withdraw.body>).extend({ id }),
  perform: async (context, body): Promise<Result<null>> => {
    const found = await take(context, body.id, 'withdrawn')
    return found.ok ? record(context, found.value, 'withdrawn', body.note) : found
  },
})

/** R4, R5: under a document, with the notice the resolution asks for before a level is raised; the levels hold from the instant proposed. */
export const publishCommand = command({
  name: 'announcements.publish', permission: announcementPublish, body: (publish.body as NonNullable<typeof publish.body>).extend({ id }),
  perform: async (context, body): Promise<Result<null>> => {
    const found = await take(context, body.id, 'published')
    if (!found.ok) return found
    const { items, effectiveAt, disease } = found.value
    const issuedAt = body.issuedAt === undefined ? context.at : (new Date(body.issuedAt).toISOString() as Instant)
    if (issuedAt > context.at) return refuse(problem('issued_in_future', { field: 'issuedAt' }))
    const resolution = resolutionOf(await compiledRulebooks(context.tx), context.areas, disease, found.value.areaId, provinceDay(effectiveAt))
    const hours = Math.max(...items.map(({ level, levelBefore }) => noticeHours(resolution, directionOf(levelBefore, level))))
    if (effectiveAt < earliest(issuedAt, hours)) {
      return refuse(problem('notice_too_short', { status: 409, field: 'issuedAt', params: { hours, earliest: earliest(issuedAt, hours) } }))
    }
    await insertPublished(context.tx, items.map(({ areaId, areaPos, level }) => ({
      areaId, areaPos, disease, effectiveFrom: provinceDay(effectiveAt), level, document: body.document,
    })), context.at, context.commandId)
    return record(context, found.value, 'published', body.note, { document: body.document, issuedAt })
  },
})

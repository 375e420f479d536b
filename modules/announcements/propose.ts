import { ok, problem, provinceDay, refuse, type Id, type Instant, type PlainDate, type Problem, type Result } from '#base'
import { publishedLevels } from '#levels'
import type { AssessmentShown } from '#levels/contract'
import { command } from '#platform/commands'
import { insertAnnouncement, type AnnouncementItem } from './announcement-store.ts'
import { announcementPropose, propose } from './contract.ts'

/**
 * R1, R2: keeps the levels proposed with the assessments they rest on, as they were known now. The assessments are those the server has just
 * made (`assessed`, by area): they travel beside the body, which stays the caller's, so that a second try is the same command.
 * Problems: `unknown_area`, `area_not_within`, `area_twice`, `reason_needed`, `no_rulebook_then`, `forbidden`.
 */
export const proposeCommand = (assessed: ReadonlyMap<number, AssessmentShown>, rootId: number) =>
  command({
    name: 'announcements.propose',
    permission: announcementPropose,
    body: propose.body as NonNullable<typeof propose.body>,
    perform: async (context, body): Promise<Result<{ id: Id }>> => {
      const { areas, tx, actor, at } = context
      const on = body.assessedOn as PlainDate
      const announcing = body.area === undefined ? areas.byId(rootId) : areas.resolve(body.area, on)
      if (!announcing) return refuse(problem('unknown_area', { field: 'area', params: { area: body.area ?? '' } }))
      if (!context.permits(announcing.pos, announcing.posEnd)) return refuse(problem('forbidden', { status: 403, field: 'area' }))
      context.areaPos = announcing.pos
      const effectiveAt = new Date(body.effectiveAt).toISOString() as Instant
      const before = Map.groupBy(await publishedLevels(tx, body.disease, provinceDay(effectiveAt)), (one) => one.areaId)
      const faults: Problem[] = []
      const seen = new Set<number>()
      const items = body.items.flatMap((item, index): AnnouncementItem[] => {
        const area = areas.resolve(item.area, on)
        const fault = (code: string, field: string): [] => {
          faults.push(problem(code, { field: `items/${index}/${field}`, params: { area: area?.name ?? item.area } }))
          return []
        }
        if (!area) return fault('unknown_area', 'area')
        if (area.pos < announcing.pos || area.posEnd > announcing.posEnd) return fault('area_not_within', 'area')
        if (seen.has(area.id)) return fault('area_twice', 'area')
        seen.add(area.id)
        const assessment = assessed.get(area.id)
        if (!assessment || assessment.rulebook === null) return fault('no_rulebook_then', 'area')
        if (assessment.level !== item.level && (item.reason === '' || item.clause === '')) return fault('reason_needed', item.reason === '' ? 'reason' : 'clause')
        const last = before.get(area.id)?.findLast((one) => one.effectiveFrom < provinceDay(effectiveAt))
        return [{
          areaId: area.id, areaPos: area.pos, level: item.level, levelBefore: last?.level ?? null, computedLevel: assessment.level,
          reason: item.reason, clause: item.clause, assessment,
        }]
      })
      if (faults.length > 0) return refuse(problem('invalid_input', { status: 422, problems: faults }))
      await insertAnnouncement(tx, {
        id: context.commandId, areaId: announcing.id, areaPos: announcing.pos, disease: body.disease, assessedOn: on, effectiveAt, note: body.note, knownAt: at,
        proposedBy: actor.id, proposedByName: actor.name, items,
      })
      return ok({ id: context.commandId })
    },
  })

import { addDays, ok, problem, refuse, type Instant, type PlainDate, type Result } from '#base'
import { publishedLevels, runLevels, showAssessment } from '#levels'
import type { AssessmentShown } from '#levels/contract'
import type { Actor } from '#platform/access'
import type { Area } from '#platform/areas'
import { today } from '#platform/clock'
import { perform } from '#platform/commands'
import { serve, serveCommand, type App } from '#platform/http'
import { allRulebooks } from '#rulebooks'
import { announcedFor, findAnnouncement, listAll, type AnnouncementItem, type FullAnnouncement } from './announcement-store.ts'
import { statusOf } from './announcement.ts'
import { confirmCommand, publishCommand, sendBackCommand, withdrawCommand } from './advance.ts'
import * as contract from './contract.ts'
import { proposeCommand } from './propose.ts'
import { measuresAt, noticeHours, resolutionOf } from './resolution.ts'
import { changedInputs } from './truths.ts'

export const routes = (app: App): void => {
  const tree = () => app.areas.tree()
  const maySeeProposals = (actor: Actor): boolean => actor.grants.some(({ role }) => contract.announcementPropose.roles.includes(role))

  const shownItem = ({ areaId, level, levelBefore, computedLevel, reason, clause, assessment }: AnnouncementItem) => {
    const area = tree().byId(areaId)
    return {
      area: assessment.area, areaId, name: assessment.name, parent: (area?.parentId && tree().byId(area.parentId)?.name) || '', level, levelBefore, computedLevel,
      possible: [...assessment.possible], reason, clause,
    }
  }
  const shown = (one: FullAnnouncement): contract.AnnouncementShown => ({
    id: one.id, area: tree().byId(one.areaId)?.code ?? '', areaName: tree().byId(one.areaId)?.name ?? '', disease: one.disease, assessedOn: one.assessedOn,
    effectiveAt: one.effectiveAt, note: one.note, knownAt: one.knownAt, proposedBy: one.proposedBy, proposedByName: one.proposedByName, status: statusOf(one.steps),
    steps: [...one.steps], items: one.items.map(shownItem),
  })
  /** The area a code means on a day, the province without one; within the reader's rights. */
  const areaOf = (scope: { lo: number; hi: number }, code: string | undefined, on: PlainDate): Result<Area> => {
    const found = code === undefined ? app.areas.root(on) : tree().resolve(code, on)
    if (!found) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: code ?? '' } }))
    return scope.lo <= found.posEnd && found.pos <= scope.hi ? ok(found) : refuse(problem('forbidden', { status: 403, field: 'area' }))
  }

  const resolutionFor = async (area: Area, disease: string, on: PlainDate) => resolutionOf(await allRulebooks(app.database), tree(), disease, area.id, on)

  serve(app, contract.listAnnouncements, async ({ scope, actor, query }) => {
    const statuses = query.status === undefined ? (maySeeProposals(actor) ? undefined : ['published' as const]) : [query.status]
    if (query.status !== undefined && query.status !== 'published' && !maySeeProposals(actor)) return ok({ announcements: [], more: false })
    const found = await app.database.read(scope, (tx) => listAll(tx, { statuses, before: query.before, limit: query.limit + 1 }))
    return ok({ announcements: found.slice(0, query.limit).map(shown), more: found.length > query.limit })
  })

  serve(app, contract.readAnnouncement, async ({ scope, actor, params }) => {
    const found = await app.database.read(scope, (tx) => findAnnouncement(tx, params.id))
    if (!found || (statusOf(found.steps) !== 'published' && !maySeeProposals(actor))) return refuse(problem('unknown_announcement', { status: 404 }))
    return ok({ ...shown(found), assessments: Object.fromEntries(found.items.map(({ assessment }) => [assessment.area, assessment])) })
  })

  serve(app, contract.listCandidates, async ({ scope, query }) => {
    const on = query.on as PlainDate
    const area = areaOf(scope, query.area, on)
    if (!area.ok) return area
    const run = await runLevels(app.database, app.areas, { from: on, to: on, areaId: area.value.id, depth: query.depth, disease: query.disease })
    if (!run.ok) return run
    const resolution = await resolutionFor(area.value, query.disease, on)
    const inForce = Map.groupBy(await app.database.read(scope, (tx) => publishedLevels(tx, query.disease, on)), (one) => one.areaId)
    return ok({
      noticeHours: { up: noticeHours(resolution, 'up'), down: noticeHours(resolution, 'down'), same: noticeHours(resolution, 'same') },
      areas: (run.value.assessments[0] ?? []).filter(({ area: unit }) => unit.level === query.depth && scope.lo <= unit.pos && unit.posEnd <= scope.hi).map((one) => {
        const { area: code, areaId, name, level: computedLevel, possible, state } = showAssessment(one, null)
        const last = inForce.get(areaId)?.at(-1)
        return {
          area: code, areaId, name, parent: (one.area.parentId && tree().byId(one.area.parentId)?.name) || '', computedLevel, possible, state,
          inForce: last ? { level: last.level, since: last.effectiveFrom, document: last.document } : null,
        }
      }),
    })
  })

  serve(app, contract.propose, async ({ actor, body, scope, commandId }) => {
    const on = body.assessedOn as PlainDate
    const area = areaOf(scope, body.area, on)
    if (!area.ok) return area
    const run = await runLevels(app.database, app.areas, { from: on, to: on, areaId: area.value.id, depth: 'group', disease: body.disease })
    if (!run.ok) return run
    const assessed = new Map((run.value.assessments[0] ?? []).map((one): [number, AssessmentShown] => [one.area.id, showAssessment(one, run.value.population(one.area.id))]))
    return perform(app, proposeCommand(assessed, area.value.id), { actor, id: commandId, body })
  })
  const withId = (body: unknown, params: { id: string }): unknown => ({ ...(body as object), id: params.id })
  serveCommand(app, contract.confirm, confirmCommand, withId)
  serveCommand(app, contract.sendBack, sendBackCommand, withId)
  serveCommand(app, contract.withdraw, withdrawCommand, withId)
  serveCommand(app, contract.publish, publishCommand, withId)

  serve(app, contract.readTruths, async ({ scope, query }) => {
    const on = query.on as PlainDate
    const area = areaOf(scope, query.area, on)
    if (!area.ok) return area
    if (area.value.pos < scope.lo || area.value.posEnd > scope.hi) return refuse(problem('forbidden', { status: 403, field: 'area' }))
    const endOfDay = `${addDays(on, 1)}T00:00:00.000+07:00` as Instant
    const announced = await app.database.read(scope, (tx) => announcedFor(tx, area.value.id, query.disease, endOfDay))
    const item = announced?.items.find(({ areaId }) => areaId === area.value.id)
    const assessedOn = announced && item && query.knownAt === undefined ? announced.assessedOn : on
    const assessAt = async (knownAt: Instant | undefined): Promise<Result<AssessmentShown>> => {
      const run = await runLevels(app.database, app.areas, {
        from: assessedOn, to: assessedOn, areaId: area.value.id, depth: area.value.level, disease: query.disease, previous: 'published', knownAt,
      })
      const one = run.ok ? run.value.assessments[0]?.[0] : undefined
      return run.ok && one ? ok(showAssessment(one, run.value.population(area.value.id))) : refuse(problem('unknown_area', { status: 404 }))
    }
    const chosen = query.knownAt === undefined ? undefined : (new Date(query.knownAt).toISOString() as Instant)
    const knownAt = chosen ?? (item ? (announced as FullAnnouncement).knownAt : (new Date(endOfDay).toISOString() as Instant))
    // What was announced is kept as it was; anything else is read from the history.
    const then = item && chosen === undefined ? ok(item.assessment) : await assessAt(knownAt)
    const now = await assessAt(undefined)
    if (!then.ok) return then
    if (!now.ok) return now
    return ok({
      announced: announced && item ? { id: announced.id, effectiveAt: announced.effectiveAt, assessedOn: announced.assessedOn, steps: [...announced.steps], item: shownItem(item) } : null,
      knownAt, then: then.value, now: now.value, changed: changedInputs(then.value, now.value),
    })
  })

  serve(app, contract.listMeasures, async ({ scope, query }) => {
    const on = (query.on ?? today(app.clock)) as PlainDate
    const area = areaOf(scope, query.area, on)
    if (!area.ok) return area
    const resolution = await resolutionFor(area.value, query.disease, on)
    return ok({ document: resolution?.row.document ?? null, measures: resolution ? measuresAt(resolution, query.level) : [] })
  })
}

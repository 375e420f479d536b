import { addDays, daysBetween, ok, problem, refuse, type Instant, type PlainDate, type Result } from '#base'
import { rangesOf, type Actor } from '#platform/access'
import type { Area } from '#platform/areas'
import { today } from '#platform/clock'
import { serve, serveCommand, type App } from '#platform/http'
import { readLaws, type Law } from '#rulebooks'
import { changesOf, type Assessment } from './assess.ts'
import { compareLaws } from './compare-laws.ts'
import * as contract from './contract.ts'
import { recordPublishedCommand } from './record-published.ts'
import { runLevels, withinReach } from './run-levels.ts'
import { showAssessment, stateOf } from './show-assessment.ts'
import { showComparison } from './show-comparison.ts'

/** Longest period one answer covers. Unit: days. */
const LONGEST = 400
/** Weeks of history behind a level. */
const HISTORY_WEEKS = 12

export const routes = (app: App): void => {
  /** The area a code means on a day; the province without one. The reader's own area when the province is beyond it. */
  const areaOf = (actor: Actor, code: string | undefined, on: PlainDate): Result<Area> => {
    const tree = app.areas.tree()
    const found = code === undefined ? app.areas.root(on) : tree.resolve(code, on) ?? (/^\d{6,}$/.test(code) ? tree.byId(Number(code)) : undefined)
    if (!found) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: code ?? '' } }))
    return rangesOf(actor, contract.levelRead).some(({ lo, hi }) => lo <= found.posEnd && found.pos <= hi)
      ? ok(found)
      : refuse(problem('forbidden', { status: 403, field: 'area' }))
  }
  const sees = (actor: Actor): ((area: Area) => boolean) => {
    const ranges = rangesOf(actor, contract.levelRead)
    return (area) => ranges.some(({ lo, hi }) => lo <= area.pos && area.posEnd <= hi)
  }

  serve(app, contract.getLevels, async ({ actor, query }) => {
    const on = (query.on ?? today(app.clock)) as PlainDate
    const area = areaOf(actor, query.area, on)
    if (!area.ok) return area
    const run = await runLevels(app.database, app.areas, {
      from: on, to: on, areaId: area.value.id, depth: query.depth ?? 'commune', disease: query.disease, rulebook: query.rulebook, knownAt: query.knownAt as Instant | undefined,
    })
    if (!run.ok) return run
    const visible = sees(actor)
    return ok((run.value.assessments[0] ?? []).filter(({ area: unit }) => visible(unit)).map((one) => showAssessment(one, run.value.population(one.area.id))))
  })

  serve(app, contract.getWhy, async ({ actor, query }) => {
    const on = (query.on ?? today(app.clock)) as PlainDate
    const area = areaOf(actor, query.area, on)
    if (!area.ok) return area
    if (!sees(actor)(area.value)) return refuse(problem('forbidden', { status: 403, field: 'area' }))
    // Every day as `GET /api/levels` shows it for that day alone: the weeks before are history, not evidence.
    const run = await runLevels(app.database, app.areas, {
      areaId: area.value.id, depth: area.value.level, disease: query.disease, rulebook: query.rulebook, knownAt: query.knownAt as Instant | undefined, previous: 'published',
      from: addDays(on, -7 * HISTORY_WEEKS), to: on,
    })
    if (!run.ok) return run
    const assessment = run.value.assessments.at(-1)?.[0] as Assessment
    const changes = changesOf(assessment)
    if (!changes.ok) return changes
    const weekly = run.value.assessments.filter((_, d) => (run.value.assessments.length - 1 - d) % 7 === 0).map((units) => units[0] as Assessment)
    return ok({
      assessment: showAssessment(assessment, run.value.population(area.value.id)),
      ancestors: app.areas.tree().ancestors(area.value.id).map(({ code, name }) => ({ code, name })),
      changes: changes.value,
      inputs: (assessment.rulebook?.model.inputs ?? []).map(({ name, label, evidence }) => ({
        name, label, labelEn: evidence?.labelEn ?? null, kind: evidence?.kind ?? null, per: evidence?.per ?? 1, windowDays: evidence?.windowDays ?? null,
      })),
      history: weekly.map(({ on: day, level, possible, rulebook }) => ({ on: day, level, possible: [...possible], rulebook: rulebook?.row.id ?? null })),
      published: run.value.published.filter((one) => one.areaId === area.value.id).map(({ effectiveFrom, level, document }) => ({ effectiveFrom, level, document })),
    })
  })

  serve(app, contract.getRun, async ({ actor, query }) => {
    const [from, to] = [query.from, query.to] as [PlainDate, PlainDate]
    if (daysBetween(from, to) >= LONGEST) return refuse(problem('period_too_long', { field: 'to', params: { days: LONGEST } }))
    const area = areaOf(actor, query.area, to)
    if (!area.ok) return area
    const depth = query.depth ?? 'commune'
    const within = withinReach(app.areas.tree(), area.value, { from, to, depth })
    if (!within.ok) return within
    const run = await runLevels(app.database, app.areas, {
      from, to, areaId: area.value.id, depth, disease: query.disease, rulebook: query.rulebook, knownAt: query.knownAt as Instant | undefined, previous: query.previous,
    })
    if (!run.ok) return run
    const visible = sees(actor)
    const { days, areas, assessments } = run.value
    return ok({
      days: [...days],
      areas: areas.flatMap((unit, u) => (visible(unit) ? [{
        area: unit.code, areaId: unit.id, name: unit.name,
        levels: assessments.map((day) => day[u]?.level ?? null), possible: assessments.map((day) => day[u]?.possible.join('') ?? ''),
        states: assessments.map((day) => stateOf(day[u] as Assessment)),
      }] : [])),
    })
  })

  serve(app, contract.compareLevels, async ({ actor, body }) => {
    const [from, to] = [body.from, body.to] as [PlainDate, PlainDate]
    if (daysBetween(from, to) >= LONGEST) return refuse(problem('period_too_long', { field: 'to', params: { days: LONGEST } }))
    const area = areaOf(actor, body.area, to)
    if (!area.ok) return area
    const within = withinReach(app.areas.tree(), area.value, { from, to, depth: body.depth })
    if (!within.ok) return within
    const laws = await readLaws(app.database, app.areas.tree(), actor, [body.a, body.b], { disease: body.disease, ...(body.throughout ? { during: { from, to } } : {}) })
    if (!laws.ok) return laws
    const [before, after] = laws.value as [Law, Law]
    const compared = await compareLaws(app.database, app.areas, { from, to, areaId: area.value.id, depth: body.depth, disease: body.disease }, before, after)
    return compared.ok ? ok(showComparison(compared.value, app.areas.tree(), body.depth, sees(actor))) : compared
  })

  serveCommand(app, contract.recordPublished, recordPublishedCommand)
}

import { ok, type PlainDate, type Result } from '#base'
import { joinRanges, rangesOf, scopeOfRanges, type Actor, type Range } from '#platform/access'
import { today } from '#platform/clock'
import type { Scope } from '#platform/db'
import { file, serve, serveCommand, type App } from '#platform/http'
import * as contract from './contract.ts'
import { confirmCommand, rejectCommand } from './decide-figures.ts'
import { defineMetricCommand } from './define-metric.ts'
import * as store from './figure-store.ts'
import type { Figure } from './figure.ts'
import { gridCsv } from './grid-csv.ts'
import { loadMetricNames, loadMetrics } from './metric-store.ts'
import { shownValue, type MetricNames } from './metric.ts'
import { findArea, readGrid, readMissing } from './read-grid.ts'
import { remindCommand, setDeadlineCommand } from './remind-areas.ts'
import { reportCommand, reportGridCommand } from './report-figures.ts'

const shown = (app: App, metrics: MetricNames, figure: Figure): contract.FigureShown => {
  const { areaPos: _, commandId: __, ...seen } = figure
  const area = app.areas.tree().byId(figure.areaId)
  const metric = metrics.byCode(figure.metric)
  return { ...seen, areaCode: area?.code ?? '', areaName: area?.name ?? '', value: metric ? shownValue(metric, figure.value) : figure.value }
}

type Place = { readonly area?: string | undefined; readonly areaId?: number | undefined }

/**
 * The reader's scope narrowed to an area and the units it stands for in other trees; nothing when the two do not meet. Stated
 * once, by the policy: a second predicate on the position would cost the list its index (architecture §7).
 */
const scopeWithin = (app: App, actor: Actor, given: Place, on: PlainDate): Result<Scope | undefined> => {
  const rights = rangesOf(actor, contract.figureRead)
  if (given.area === undefined && given.areaId === undefined) return ok(scopeOfRanges(rights))
  const area = findArea(app, given, on)
  if (!area.ok) return area
  const ranges = app.areas.wholly(area.value.id).flatMap(({ pos, posEnd }) =>
    rights.flatMap((right): Range[] => (right.lo <= posEnd && pos <= right.hi ? [{ lo: Math.max(pos, right.lo), hi: Math.min(posEnd, right.hi) }] : [])))
  return ok(scopeOfRanges(joinRanges(ranges)))
}

export const routes = (app: App): void => {
  serve(app, contract.listMetrics, async ({ scope }) => {
    const metrics = await app.database.read(scope, loadMetrics)
    return ok({ metrics: metrics.map((metric) => ({ ...metric, categories: [...metric.categories], aliases: [...metric.aliases] })) })
  })
  serveCommand(app, contract.defineMetric, defineMetricCommand)

  serve(app, contract.listFigures, async ({ actor, query }) => {
    const scope = scopeWithin(app, actor, query, query.to ?? today(app.clock))
    if (!scope.ok) return scope
    if (!scope.value) return ok({ figures: [], next: null })
    const [day, id] = query.after?.split('_') ?? []
    const filter = { ...query, metrics: query.metric, after: day && id ? { day: day as PlainDate, id } : undefined, limit: query.limit + 1 }
    return app.database.read(scope.value, async (tx) => {
      const figures = await store.listFigures(tx, filter)
      const metrics = await loadMetricNames(tx)
      const page = figures.slice(0, query.limit)
      const last = page.at(-1)
      return ok({ figures: page.map((figure) => shown(app, metrics, figure)), next: figures.length > query.limit && last ? `${last.day}_${last.id}` : null })
    })
  })
  serve(app, contract.figureHistory, async ({ scope, query }) => {
    const area = findArea(app, query, query.day)
    if (!area.ok) return area
    return app.database.read(scope, async (tx) => {
      const images = await store.imagesOf(tx, { areaId: area.value.id, day: query.day, metric: query.metric, disease: query.disease })
      const metrics = await loadMetricNames(tx)
      return ok({ images: images.map(({ supersededAt, ...image }) => ({ ...shown(app, metrics, image), supersededAt: supersededAt ?? null })) })
    })
  })
  serveCommand(app, contract.reportFigures, reportCommand)

  serve(app, contract.readGrid, ({ scope, actor, query }) => readGrid(app, scope, actor, query))
  serve(app, contract.exportGrid, async ({ scope, actor, query, language }) => {
    const grid = await readGrid(app, scope, actor, query)
    if (!grid.ok) return grid
    return ok(file('text/csv; charset=utf-8', gridCsv(grid.value, language, (key) => app.sentence(language, key)), `so-lieu-${grid.value.area.code}-${query.day}.csv`))
  })
  serveCommand(app, contract.reportGrid, reportGridCommand)

  serve(app, contract.listHeld, async ({ actor, query }) => {
    const scope = scopeWithin(app, actor, query, query.day ?? today(app.clock))
    if (!scope.ok) return scope
    if (!scope.value) return ok({ figures: [], more: false })
    return app.database.read(scope.value, async (tx) => {
      const figures = await store.listHeld(tx, query.disease, query.limit + 1)
      const metrics = await loadMetricNames(tx)
      return ok({ figures: figures.slice(0, query.limit).map((figure) => shown(app, metrics, figure)), more: figures.length > query.limit })
    })
  })
  serveCommand(app, contract.confirmFigures, confirmCommand)
  serveCommand(app, contract.rejectFigures, rejectCommand)

  serve(app, contract.listMissing, ({ scope, actor, query }) => readMissing(app, scope, actor, query))
  serveCommand(app, contract.remind, remindCommand)
  serveCommand(app, contract.setDeadline, setDeadlineCommand)
}

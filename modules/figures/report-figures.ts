import { ok, problem, refuse, vietnameseDate, type PlainDate, type Problem, type Result } from '#base'
import { standsOn, type Area, type AreaTree } from '#platform/areas'
import { command, type CommandContext } from '#platform/commands'
import type { z } from 'zod'
import { figureReport, grid, reported, type reportFigures, type reportGrid } from './contract.ts'
import { loadMetricNames } from './metric-store.ts'
import { readValue, type GivenValue, type MetricNames } from './metric.ts'
import { recordFigures, type Entry, type Recorded } from './record-figures.ts'

/** R7: a figure is for an area that stood on its day. Problems: `unknown_area`, `area_not_of_day`. */
const areaOf = (tree: AreaTree, given: { readonly area?: string | undefined; readonly areaId?: number | undefined }, on: PlainDate): Result<Area> => {
  const area = given.areaId === undefined ? tree.resolve(given.area ?? '', on) : tree.byId(given.areaId)
  if (!area) return refuse(problem('unknown_area', { params: { area: given.areaId ?? given.area ?? '' } }))
  return standsOn(area, on) ? ok(area) : refuse(problem('area_not_of_day', { params: { area: area.name, day: vietnameseDate(on) } }))
}

interface Given {
  readonly day: PlainDate
  readonly disease: string
  readonly source: string | undefined
}

/** Reads one value of a report: metric known, value fit for it, area one's own (R14), day not in the future (R7). */
const entryOf = (
  context: CommandContext, metrics: MetricNames, { day, disease, source }: Given, area: Area, code: string, given: GivenValue,
): Result<Omit<Entry, 'seen'>> => {
  if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403 }))
  const metric = metrics.byCode(code)
  if (!metric) return refuse(problem('unknown_metric', { params: { metric: code } }))
  const value = readValue(metric, given)
  return value.ok ? ok({ area, day, disease, metric, value: value.value, source: source ?? context.actor.name }) : value
}

const future = (context: CommandContext, day: PlainDate): Problem | undefined =>
  day > context.today ? problem('future_day', { field: 'day', params: { day: vietnameseDate(day) } }) : undefined

/** The narrowest area that holds all of them: where the audit says the command acted. */
export const commonArea = (tree: AreaTree, areas: readonly Area[]): Area | undefined => {
  const [first] = areas
  if (!first) return undefined
  return [first, ...tree.ancestors(first.id)].find((above) => areas.every((area) => above.pos <= area.pos && area.posEnd <= above.posEnd))
}

export const reportCommand = command({
  name: 'figures.report',
  permission: figureReport,
  body: reported,
  perform: async (context, body): Promise<Result<z.output<NonNullable<typeof reportFigures.response>>>> => {
    const late = future(context, body.day)
    if (late) return refuse(late)
    const area = areaOf(context.areas, body, body.day)
    if (!area.ok) return refuse({ ...area.problem, field: body.areaId === undefined ? 'area' : 'areaId' })
    const metrics = await loadMetricNames(context.tx)
    const entries: Entry[] = []
    const faults: Problem[] = []
    for (const [index, { metric, value }] of body.figures.entries()) {
      const entry = entryOf(context, metrics, { ...body, source: body.source }, area.value, metric, value)
      if (!entry.ok) faults.push({ ...entry.problem, field: `figures/${index}/value` })
      else if (entries.some((other) => other.metric.code === metric)) faults.push(problem('metric_twice', { field: `figures/${index}/metric`, params: { metric } }))
      else entries.push(entry.value)
    }
    const refusal = refusalOf(faults)
    if (refusal) return refuse(refusal)
    context.areaPos = area.value.pos
    const recorded = await recordFigures(context, entries, null)
    return recorded.ok ? ok({ figures: recorded.value.map(shown) }) : recorded
  },
})

const shown = ({ figure, outcome }: Recorded) => ({ metric: figure.metric, id: figure.id, status: figure.status, hold: figure.hold, outcome })

export const reportGridCommand = command({
  name: 'figures.report-grid',
  permission: figureReport,
  body: grid,
  perform: async (context, body): Promise<Result<z.output<NonNullable<typeof reportGrid.response>>>> => {
    const late = future(context, body.day)
    if (late) return refuse(late)
    const metrics = await loadMetricNames(context.tx)
    const entries: Entry[] = []
    const faults: Problem[] = []
    const keys = new Set<string>()
    for (const [index, { areaId, metric, value, seen }] of body.cells.entries()) {
      const fault = (one: Problem): void => void faults.push({ ...one, field: `cells/${index}/value` })
      const area = areaOf(context.areas, { areaId }, body.day)
      if (!area.ok) {
        fault(area.problem)
        continue
      }
      const entry = entryOf(context, metrics, { ...body, source: body.source }, area.value, metric, value)
      const key = `${areaId} ${metric}`
      if (!entry.ok) fault(entry.problem)
      else if (keys.has(key)) fault(problem('cell_twice', { params: { area: area.value.name, metric } }))
      else entries.push({ ...entry.value, seen })
      keys.add(key)
    }
    const refusal = refusalOf(faults)
    if (refusal) return refuse(refusal)
    context.areaPos = commonArea(context.areas, entries.map((entry) => entry.area))?.pos ?? 0
    const recorded = await recordFigures(context, entries, null)
    if (!recorded.ok) return recorded
    const count = (outcome: Recorded['outcome']): number => recorded.value.filter((one) => one.outcome === outcome).length
    return ok({
      new: count('new'), corrected: count('corrected'), unchanged: count('unchanged'),
      held: recorded.value.flatMap(({ figure }) =>
        figure.status === 'held' && figure.hold ? [{ areaId: figure.areaId, metric: figure.metric, id: figure.id, hold: figure.hold }] : []),
    })
  },
})

/** One fault is itself; several are `invalid_input` with one entry a cell. A missing right comes before everything. */
const refusalOf = (faults: readonly Problem[]): Problem | undefined => {
  const [first] = faults
  if (!first) return undefined
  const forbidden = faults.find((fault) => fault.code === 'forbidden')
  return forbidden ?? (faults.length === 1 ? first : problem('invalid_input', { problems: faults }))
}

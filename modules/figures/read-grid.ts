import { addDays, ok, problem, refuse, type PlainDate, type Problem, type Result } from '#base'
import { permits, type Actor } from '#platform/access'
import type { Area } from '#platform/areas'
import type { Scope, Tx } from '#platform/db'
import type { App } from '#platform/http'
import { figureRead, figureReport, type CellShown, type GridShown } from './contract.ts'
import { deadlineOf, hourOf } from './deadline.ts'
import { deadlineHours, remindersOf, type Reminder } from './desk-store.ts'
import { figuresOnDay } from './figure-store.ts'
import type { Figure } from './figure.ts'
import { loadMetricNames } from './metric-store.ts'
import { shownValue, type GivenValue, type Metric } from './metric.ts'

/** An area of the day by code or key; the province when neither is given. Problem `unknown_area`. */
export const findArea = (app: App, given: { readonly area?: string | undefined; readonly areaId?: number | undefined }, on: PlainDate): Result<Area> => {
  const tree = app.areas.tree()
  const area = given.areaId === undefined ? (given.area === undefined ? app.areas.root(on) : tree.resolve(given.area, on)) : tree.byId(given.areaId)
  return area ? ok(area) : refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: given.area ?? given.areaId ?? '' } }))
}

/** The units that report for an area: its communes; itself where it lies below them. */
const reportersOf = (app: App, area: Area, on: PlainDate, actor: Actor): Area[] => {
  const communes = app.areas.tree().below(area.id, 'commune', on)
  return (communes.length > 0 ? communes : [area]).filter((unit) => permits(actor, figureRead, unit.pos, unit.posEnd))
}

export interface DeskQuery {
  readonly area?: string | undefined
  readonly areaId?: number | undefined
  readonly day: PlainDate
  readonly disease: string
  readonly metrics?: readonly string[] | undefined
}

interface Desk {
  readonly area: Area
  readonly units: readonly Area[]
  readonly metrics: readonly Metric[]
  readonly today: ReadonlyMap<number, readonly Figure[]>
  readonly yesterday: ReadonlyMap<number, readonly Figure[]>
  readonly reminders: ReadonlyMap<number, Reminder>
  readonly hours: ReadonlyMap<number, number>
}

const readDesk = async (app: App, tx: Tx, actor: Actor, query: DeskQuery): Promise<Result<Desk>> => {
  const area = findArea(app, query, query.day)
  if (!area.ok) return area
  const known = await loadMetricNames(tx)
  const metrics = chosenMetrics(known.all, query.metrics)
  if (!metrics.ok) return metrics
  const units = reportersOf(app, area.value, query.day, actor)
  const wanted = { disease: query.disease, areaIds: units.map((unit) => unit.id), metrics: metrics.value.map((metric) => metric.code) }
  const byArea = async (day: PlainDate): Promise<ReadonlyMap<number, readonly Figure[]>> =>
    Map.groupBy(await figuresOnDay(tx, { ...wanted, day }), (figure) => figure.areaId)
  return ok({
    area: area.value, units, metrics: metrics.value, today: await byArea(query.day), yesterday: await byArea(addDays(query.day, -1)),
    reminders: await remindersOf(tx, query.day), hours: await deadlineHours(tx),
  })
}

/** Those asked for by code, else those every commune is asked for each day. Problem `unknown_metric`. */
const chosenMetrics = (all: readonly Metric[], codes: readonly string[] | undefined): Result<readonly Metric[]> => {
  if (codes === undefined || codes.length === 0) return ok(all.filter((metric) => metric.askedDaily))
  const chosen: Metric[] = []
  for (const code of codes) {
    const metric = all.find((one) => one.code === code)
    if (!metric) return refuse(problem('unknown_metric', { field: 'metrics', params: { metric: code } }))
    chosen.push(metric)
  }
  return ok(chosen)
}

const shownCell = (metric: Metric, figure: Figure): CellShown => ({
  id: figure.id, value: shownValue(metric, figure.value), status: figure.status, hold: figure.hold, source: figure.source,
  recordedAt: figure.recordedAt, recordedBy: figure.recordedBy, decidedReason: figure.decidedReason,
})

const parentName = (app: App, unit: Area): string => app.areas.tree().parent(unit.id)?.name ?? ''

/** The entry grid of an area and day: what is reported, what stood the day before, what is held, until when it is due. */
export const readGrid = (app: App, scope: Scope, actor: Actor, query: DeskQuery): Promise<Result<GridShown>> =>
  app.database.read(scope, async (tx): Promise<Result<GridShown>> => {
    const desk = await readDesk(app, tx, actor, query)
    if (!desk.ok) return desk
    const { area, units, metrics, today, yesterday, reminders, hours } = desk.value
    const byCode = new Map(metrics.map((metric) => [metric.code, metric]))
    const path = [area, ...app.areas.tree().ancestors(area.id)]
    const hour = hourOf(hours, path)
    return ok({
      area: { id: area.id, code: area.code, name: area.name, level: area.level },
      day: query.day, disease: query.disease,
      metrics: metrics.map((metric) => ({ ...metric, categories: [...metric.categories], aliases: [...metric.aliases] })),
      deadline: { hour, at: deadlineOf(query.day, hour), isDefault: !path.some(({ id }) => hours.has(id)) },
      rows: units.map((unit) => {
        const cells: Record<string, CellShown> = {}
        const before: Record<string, GivenValue> = {}
        for (const figure of today.get(unit.id) ?? []) cells[figure.metric] = shownCell(byCode.get(figure.metric) as Metric, figure)
        for (const figure of yesterday.get(unit.id) ?? []) {
          if (figure.status === 'accepted') before[figure.metric] = shownValue(byCode.get(figure.metric) as Metric, figure.value)
        }
        return {
          areaId: unit.id, code: unit.code, name: unit.name, parentName: parentName(app, unit),
          writable: permits(actor, figureReport, unit.pos, unit.posEnd), cells, yesterday: before, remindedAt: reminders.get(unit.id)?.remindedAt ?? null,
        }
      }),
    })
  })

export interface Missing {
  readonly areaId: number
  readonly code: string
  readonly name: string
  readonly parentName: string
  readonly missing: string[]
  readonly silent: boolean
  readonly remindedAt: string | null
  readonly remindedBy: string | null
}

/** R11: who has not reported a day, or only in part. A held figure was reported; a rejected one is asked for again. */
export const readMissing = (
  app: App, scope: Scope, actor: Actor, query: Omit<DeskQuery, 'metrics'>,
): Promise<Result<{ asked: string[]; communes: number; areas: Missing[] }>> =>
  app.database.read(scope, async (tx): Promise<Result<{ asked: string[]; communes: number; areas: Missing[] }, Problem>> => {
    const desk = await readDesk(app, tx, actor, query)
    if (!desk.ok) return desk
    const { units, metrics, today, reminders } = desk.value
    const asked = metrics.map((metric) => metric.code)
    const areas = units.flatMap((unit): Missing[] => {
      const come = new Set((today.get(unit.id) ?? []).flatMap((figure) => (figure.status === 'rejected' ? [] : [figure.metric])))
      const missing = asked.filter((code) => !come.has(code))
      if (missing.length === 0) return []
      const reminder = reminders.get(unit.id)
      return [{
        areaId: unit.id, code: unit.code, name: unit.name, parentName: parentName(app, unit), missing, silent: missing.length === asked.length,
        remindedAt: reminder?.remindedAt ?? null, remindedBy: reminder?.remindedBy ?? null,
      }]
    })
    return ok({ asked, communes: units.length, areas })
  })


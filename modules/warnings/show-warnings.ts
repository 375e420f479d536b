import { addDays, ok, problem, refuse, type Id, type Instant, type PlainDate, type QueryOf, type Result } from '#base'
import { areaAsked, rangesOfArea, type Actor } from '#platform/access'
import type { Area } from '#platform/areas'
import { EVERYWHERE, type Scope } from '#platform/db'
import type { App } from '#platform/http'
import { latestJobs } from '#platform/jobs'
import { inThreads } from '#platform/threads'
import { EFFECT_WEEKS, type DetectTask, type Effect } from './compute/detect.ts'
import { WARNING_RUN, warningRead, type getSensitivity, type listWarnings as listed, type WarningShown } from './contract.ts'
import { unknownWarning } from './decide-warnings.ts'
import { STATUSES, type DatedEvidence, type Status } from './episode.ts'
import { readCounts, WORKER, yesterday } from './run-warnings.ts'
import { sensitivityOf } from './sensitivity.ts'
import { decisionsOf, findWarning, listWarnings, sensitivities, type WarningRow } from './warning-store.ts'

/** The area a code means on a day, the province without one; row security shows of it what the reader may see. Problem `unknown_area`. */
const areaOf = (app: App, code: string | undefined, on: PlainDate): Result<Area> => {
  const area = code === undefined ? app.areas.root(on) : app.areas.tree().resolve(code, on)
  return area ? ok(area) : refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: code ?? '' } }))
}

const shownArea = (app: App, areaId: number): { id: number; code: string; name: string } => {
  const area = app.areas.tree().byId(areaId)
  return { id: areaId, code: area?.code ?? '', name: area?.name ?? String(areaId) }
}

const shown = (app: App, row: WarningRow): WarningShown => {
  const area = app.areas.tree().byId(row.areaId)
  const parent = app.areas.tree().parent(row.areaId)
  return {
    id: row.id, area: { ...shownArea(app, row.areaId), level: area?.level ?? '', within: parent && parent.level !== 'country' ? parent.name : null },
    method: row.method, firstOn: row.firstOn, lastOn: row.lastOn, observed: row.observed, expected: row.expected, bound: row.bound, severity: row.severity,
    sensitivity: row.sensitivity, status: row.status, worseAt: row.worseAt, foundAt: row.foundAt, changedAt: row.changedAt,
    decision: row.decidedBy !== null && row.decidedAt !== null ? { by: row.decidedBy, at: row.decidedAt, reason: row.reason } : null,
    cluster: row.cluster ? { areas: row.cluster.areaIds.map((id) => shownArea(app, id)), days: row.cluster.days, p: row.cluster.p, relativeRisk: row.cluster.relativeRisk } : null,
  }
}

const statusesOf = (asked: Status | 'unsettled' | 'all'): readonly Status[] => (asked === 'all' ? STATUSES : asked === 'unsettled' ? ['open', 'investigating'] : [asked])

type Query = QueryOf<typeof listed>

const found = async (app: App, actor: Actor, scope: Scope, query: Query): Promise<Result<WarningRow[]>> => {
  const area = areaOf(app, query.area, (query.on ?? yesterday(app)) as PlainDate)
  if (!area.ok) return area
  const [lastOn, id] = query.after?.split(' ') ?? []
  return ok(await app.database.read(scope, (tx) => listWarnings(tx, {
    disease: query.disease, ranges: rangesOfArea(app.areas, area.value.id), statuses: statusesOf(query.status), method: query.method, leastSeverity: query.severity,
    from: query.from as PlainDate | undefined, to: query.to as PlainDate | undefined, limit: query.limit + 1,
    after: lastOn === undefined || id === undefined ? undefined : { lastOn: lastOn as PlainDate, id },
  })))
}

/** The newest day that was looked at lately; everyone may know. */
const lastCheck = async (app: App, disease: string): Promise<{ on: string; at: string } | null> => {
  const jobs = await app.database.read(EVERYWHERE, (tx) => latestJobs(tx, WARNING_RUN, 50))
  const checks = jobs.filter(({ state }) => state === 'done').map(({ body, endedAt }) => ({ ...(body as { on: string; disease: string }), at: endedAt as Instant }))
  const newest = checks.filter((one) => one.disease === disease).toSorted((a, b) => (a.on < b.on ? 1 : -1))[0]
  return newest ? { on: newest.on, at: newest.at } : null
}

export const pageOfWarnings = async (app: App, actor: Actor, scope: Scope, query: Query) => {
  const rows = await found(app, actor, scope, query)
  if (!rows.ok) return rows
  const page = rows.value.slice(0, query.limit)
  const last = page.at(-1)
  return ok({
    warnings: page.map((row) => shown(app, row)), next: rows.value.length > query.limit && last ? `${last.lastOn} ${last.id}` : null, checked: await lastCheck(app, query.disease),
  })
}

/** The days of a picture: its last value belongs to the day the run looked at. */
const daysOf = ({ observed, step, on }: DatedEvidence): string[] => observed.map((_, n) => addDays(on, -step * (observed.length - 1 - n)))

export const showWarning = (app: App, scope: Scope, id: Id) =>
  app.database.read(scope, async (tx) => {
    const row = await findWarning(tx, id)
    if (!row) return refuse(unknownWarning)
    const { step, observed, expected, bound } = row.evidence
    return ok({
      warning: shown(app, row), series: { step, days: daysOf(row.evidence), observed: [...observed], expected: [...expected], bound: [...bound] },
      decisions: (await decisionsOf(tx, id)).map(({ decidedBy, decidedAt, severity: _, ...one }) => ({ ...one, by: decidedBy, at: decidedAt })),
      codeVersion: row.codeVersion, inputsSha256: row.inputsSha256, seed: row.seed,
    })
  })

/** How readily warnings sound in an area, and what each setting would have done to it and what lies below. */
export const showSensitivity = async (app: App, actor: Actor, query: QueryOf<typeof getSensitivity>) => {
  const on = (query.on ?? yesterday(app)) as PlainDate
  const area = areaAsked(app.areas, actor, warningRead, query.area, on)
  if (!area.ok) return area
  const { id, code } = area.value
  const tree = app.areas.tree()
  const settings = new Map((await app.database.read(EVERYWHERE, sensitivities)).map((row) => [row.areaId, row]))
  const own = new Map([...settings.values()].flatMap(({ areaId, sensitivity }) => (sensitivity === null ? [] : [[areaId, sensitivity] as const])))
  const { value, from } = sensitivityOf(own, [id, ...tree.ancestors(id).map((one) => one.id)])
  const setting = from === undefined ? undefined : settings.get(from)
  const counts = await readCounts(app, on, query.disease, id)
  const effects: Effect[] = []
  await inThreads<DetectTask, Effect[]>(WORKER, [{ kind: 'effect', areas: counts }], { signal: AbortSignal.timeout(60_000), onAnswer: (answer) => void effects.push(...answer) })
  return ok({
    area: code, own: own.get(id) ?? null, inForce: value, from: setting && from !== undefined ? { ...shownArea(app, from), by: setting.setBy, at: setting.setAt } : null,
    weeks: EFFECT_WEEKS, areas: counts.length, effects,
  })
}

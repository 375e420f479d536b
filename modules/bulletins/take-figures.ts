import { addDays, eachDay, ok, type Instant, type PlainDate, type Result } from '#base'
import type { Evidence } from '#decisions'
import { SYNTHETIC_SOURCE } from '#demo'
import { deadlineHours, deadlineOf, hourOf, readMissing } from '#figures'
import { EvidenceBase, loadFacts, PEOPLE, publishedLevels, runLevels, type Assessment, type EvidenceFacts } from '#levels'
import type { Actor } from '#platform/access'
import type { Area } from '#platform/areas'
import { now } from '#platform/clock'
import { EVERYWHERE } from '#platform/db'
import type { App } from '#platform/http'
import { listRuns } from '#platform/import'
import { factKey, type Counted, type Counts, type Fact, type Figures, type Part, type Place, type UnitLevel } from './figures.ts'

const METRICS: readonly Counted[] = ['cases_new', 'cases_community', 'deaths']
/** Length of the epidemic curve. Unit: days. */
const CURVE_DAYS = 56
/** Decisions may be recorded before they hold. Unit: days. */
const AHEAD = 30

export interface Wanted {
  readonly area: Area
  readonly disease: string
  readonly day: PlainDate
  readonly known: 'latest' | 'closing'
  readonly countFrom: PlainDate
}

const counting = (metric: Counted, days: number): Evidence => ({
  kind: 'count', numerator: [metric], denominator: null, per: 1, measure: 'sum', windowDays: days, dayBasis: 'report', cutoffHour: 24, optional: false, labelEn: null,
})

const placeOf = ({ id, code, name, level, kind }: Area): Place => ({ areaId: id, code, name, rank: level, kind })

/**
 * Takes everything a bulletin tells. Counts and levels are read with the product's own rights, as levels are (a number must not depend on who
 * asks for it); who may open a bulletin of the area is decided before. Problems of `runLevels`.
 */
export const takeFigures = async (app: App, actor: Actor, { area, disease, day, known, countFrom }: Wanted): Promise<Result<Figures>> => {
  const tree = app.areas.tree()
  const takenAt = now(app.clock)
  const hours = await app.database.read(EVERYWHERE, deadlineHours)
  const hour = hourOf(hours, [area, ...tree.ancestors(area.id)])
  const closing = { hour, at: deadlineOf(day, hour) }
  const knownAt = known === 'closing' ? closing.at : undefined
  const from = [countFrom, addDays(day, 1 - CURVE_DAYS - 6), addDays(day, -13)].toSorted()[0] as PlainDate
  const asking = [PEOPLE, { model: { inputs: METRICS.map((metric) => ({ evidence: counting(metric, 1) })) } }]
  const { facts, published, made } = await app.database.read(EVERYWHERE, async (tx) => ({
    facts: await loadFacts(tx, app.areas, asking, { from, to: day, disease, knownAt }),
    published: await publishedLevels(tx, disease, addDays(day, AHEAD), knownAt),
    made: await hasMadeUpCases(tx),
  }))
  const run = await runLevels(app.database, app.areas, { areaId: area.id, depth: 'commune', disease, from: addDays(day, -1), to: day, previous: 'published', knownAt })
  if (!run.ok) return run
  const missing = await readMissing(app, EVERYWHERE, actor, { areaId: area.id, day, disease })
  if (!missing.ok) return missing

  const base = new EvidenceBase(facts)
  const senders = sendersOf(facts)
  const found: Record<string, Fact> = {}
  const fact = (metric: Counted, of: Area, first: PlainDate, last: PlainDate): string => {
    const key = factKey(metric, of.code, first, last)
    const input = base.input(of.id, last, counting(metric, eachDay(first, last).length))
    found[key] = {
      metric, areaCode: of.code, areaName: of.name, from: first, to: last, value: input.value as number | null, atLeast: input.atLeast, origins: input.sources,
      senders: senders(metric, of, first, last), freshness: input.freshness, missingDays: input.missingDays, held: input.held, estimated: input.estimated,
    }
    return key
  }
  const countsOf = (of: Area): Counts => ({
    today: fact('cases_new', of, day, day), yesterday: fact('cases_new', of, addDays(day, -1), addDays(day, -1)), week: fact('cases_new', of, addDays(day, -6), day),
    weekBefore: fact('cases_new', of, addDays(day, -13), addDays(day, -7)), total: fact('cases_new', of, countFrom, day), community: fact('cases_community', of, day, day),
    deaths: fact('deaths', of, day, day), deathsWeek: fact('deaths', of, addDays(day, -6), day), deathsTotal: fact('deaths', of, countFrom, day),
  })
  const partOf = (of: Area): Part => ({ ...placeOf(of), population: base.population(of.id, day)?.value ?? null, counts: countsOf(of) })
  const whole = partOf(area)
  const parts = tree.children(area.id, day).filter(({ level }) => level === 'district' || level === 'commune').map(partOf)
  const curve = eachDay(addDays(day, 1 - CURVE_DAYS), day).map((on) => {
    const input = base.input(area.id, on, counting('cases_new', 1))
    return { day: on, cases: input.value as number | null, atLeast: input.atLeast ?? 0 }
  })
  const publishedBy = Map.groupBy(published, (one) => one.areaId)
  const [before = [], today = []] = run.value.assessments
  const levels = today.map((one, u): UnitLevel => ({
    ...placeOf(one.area), above: tree.parent(one.area.id)?.name ?? '', level: one.level, possible: one.possible, before: before[u]?.level ?? null, ...rateOf(one),
    rulebook: one.rulebook?.row.document ?? null,
    published: (publishedBy.get(one.area.id) ?? []).toReversed().slice(0, 3).map(({ level, effectiveFrom, document }) => ({ level, effectiveFrom, document })),
  }))
  const told = Object.values(found)
  return ok({
    area: placeOf(area), disease, day, known, takenAt, closing, countFrom, facts: found, whole, parts, curve, levels,
    missing: {
      asked: missing.value.communes, silent: missing.value.areas.filter(({ silent }) => silent).map(({ code, name, parentName }) => ({ code, name, above: parentName })),
      partial: missing.value.areas.filter(({ silent }) => !silent).length,
    },
    synthetic: told.some((one) => one.senders.includes(SYNTHETIC_SOURCE)) || (made && told.some(({ origins }) => origins.includes('registry'))) || madeUp(run.value.assessments.flat()),
  })
}

const rateOf = ({ rulebook, inputs }: Assessment): Pick<UnitLevel, 'rate' | 'ratePer' | 'rateLabel'> => {
  const asked = rulebook?.model.inputs.find(({ evidence }) => evidence?.kind === 'rate')
  const input = asked && inputs[asked.name]
  return { rate: typeof input?.value === 'number' ? input.value : null, ratePer: input?.per ?? 1, rateLabel: asked?.label ?? null }
}

/** Levels that rest on figures of the demonstration. */
const madeUp = (assessments: readonly Assessment[]): boolean =>
  assessments.some(({ inputs }) => Object.values(inputs).some(({ source }) => source === SYNTHETIC_SOURCE))

/** Imports that brought cases in and stand. */
const STANDING = ['done', 'running', 'cancelled', 'interrupted'] as const
const hasMadeUpCases = async (tx: Parameters<typeof listRuns>[0]): Promise<boolean> => {
  for (const status of STANDING) {
    if ((await listRuns(tx, { kinds: ['cases'], status, limit: 500 })).some(({ sender }) => sender === SYNTHETIC_SOURCE)) return true
  }
  return false
}

/** Most senders named for one number. */
const MOST_SENDERS = 4

/** Who sent the figures a number is made of: those for the area itself, and on the days it has none those for what lies in it (as evidence counts them). */
const sendersOf = ({ figures, tree, treeDay }: EvidenceFacts): ((metric: string, area: Area, from: PlainDate, to: PlainDate) => string[]) => {
  const known = Map.groupBy(figures.filter(({ held }) => !held), ({ metric, areaId }) => `${metric} ${areaId}`)
  const gather = (metric: string, areaId: number, days: ReadonlySet<PlainDate>, names: Set<string>): void => {
    const left = new Set(days)
    for (const { day, source } of known.get(`${metric} ${areaId}`) ?? []) {
      if (!days.has(day)) continue
      names.add(source)
      left.delete(day)
    }
    if (left.size > 0) for (const { id } of tree.children(areaId, treeDay)) gather(metric, id, left, names)
  }
  return (metric, area, from, to) => {
    const names = new Set<string>()
    gather(metric, area.id, new Set(eachDay(from, to)), names)
    const sorted = [...names].toSorted()
    return sorted.length <= MOST_SENDERS ? sorted : [...sorted.slice(0, MOST_SENDERS), `và ${sorted.length - MOST_SENDERS} nguồn khác`]
  }
}

/** Whether two takings tell the same: everything but the instant they were taken at. */
export const sameFigures = (a: Figures, b: Figures): boolean => JSON.stringify({ ...a, takenAt: '' }) === JSON.stringify({ ...b, takenAt: '' as Instant })

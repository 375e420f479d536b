import { addDays, eachDay, ok, type Instant, type PlainDate, type Result } from '#base'
import type { Evidence } from '#decisions'
import { deadlineHours, deadlineOf, hourOf, newestFigureDay } from '#figures'
import { assessPeriod, EvidenceBase, loadFacts, publishedLevels, type Assessment, type PublishedLevel } from '#levels'
import { Crosswalk, type Area } from '#platform/areas'
import { EVERYWHERE } from '#platform/db'
import type { App } from '#platform/http'
import { newestCountedDay } from '#platform/indicators'
import { allRulebooks, lawOf } from '#rulebooks'
import { COUNTED } from './contract.ts'

/** Length of the epidemic curve. Unit: days. */
export const CURVE_DAYS = 56
/** Length of the trend of a part, and how far back its level is followed. Unit: days. */
export const TREND_DAYS = 28

/** Everything the first screen of an area and day rests on: read once, assessed once. */
export interface Situation {
  readonly area: Area
  readonly on: PlainDate
  readonly base: EvidenceBase
  /** The area first, then its parts: the units of the table. */
  readonly parts: readonly Area[]
  readonly communes: readonly Area[]
  /** Of each unit, by its key, the day before and the day itself. */
  readonly before: ReadonlyMap<number, Assessment>
  readonly today: ReadonlyMap<number, Assessment>
  /** Of the parts, for each of the last days, the day itself last; assessed when it is asked for. */
  readonly history: () => Result<readonly (readonly Assessment[])[]>
  readonly publishedBy: ReadonlyMap<number, readonly PublishedLevel[]>
  /** When the figures of the day are due. */
  readonly due: { readonly hour: number; readonly at: Instant }
  readonly newestDay: PlainDate | null
}

/** The sum of a metric over days. */
export const counting = (metric: string, days: number): Evidence => ({
  kind: 'count', numerator: [metric], denominator: null, per: 1, measure: 'sum', windowDays: days, dayBasis: 'report', cutoffHour: 24, optional: false, labelEn: null,
})

/** What the screen itself counts, beside what the rulebooks ask for. */
const OWN = { model: { inputs: COUNTED.map((metric) => ({ evidence: counting(metric, 7) })) } }

const readSituation = async (app: App, area: Area, on: PlainDate, disease: string): Promise<Result<Situation>> => {
  const tree = app.areas.tree()
  const first = addDays(on, 1 - CURVE_DAYS)
  const books = await allRulebooks(app.database)
  const spoken = books.filter(({ row }) => row.disease === disease && row.validFrom <= on && (row.lastOn === null || row.lastOn >= addDays(on, 1 - TREND_DAYS)))
  // Counts, never people, and a level must not depend on who reads it: read with the product's own rights, as levels are. Who sees the area is decided by the route.
  const { facts, published, hours, newest } = await app.database.read(EVERYWHERE, async (tx) => ({
    facts: await loadFacts(tx, app.areas, new Crosswalk(tree, app.areas.successors()), [OWN, ...spoken], { from: first, to: on, disease }),
    published: await publishedLevels(tx, disease, on),
    hours: await deadlineHours(tx),
    newest: [await newestFigureDay(tx, disease), await newestCountedDay(tx, disease, 'cases_new')],
  }))
  const base = new EvidenceBase(facts)
  const publishedBy = Map.groupBy(published, (one) => one.areaId)
  const law = lawOf(books, tree, disease)
  const assessed = (areas: readonly Area[], days: readonly PlainDate[]) => assessPeriod({ days, areas, base, published, publishedBy }, law, 'published')

  const parts = [area, ...tree.children(area.id, on).filter(({ level }) => level === 'district' || level === 'commune')]
  const communes = tree.below(area.id, 'commune', on)
  const units = [...new Set([...parts, ...communes])]
  const two = assessed(units, [addDays(on, -1), on])
  if (!two.ok) return two
  const [before, today] = two.value.map((day) => new Map(day.map((one) => [one.area.id, one]))) as [Map<number, Assessment>, Map<number, Assessment>]
  const hour = hourOf(hours, [area, ...tree.ancestors(area.id)])
  return ok({
    area, on, base, parts, communes, before, today, history: () => assessed(parts, eachDay(addDays(on, 1 - TREND_DAYS), on)), publishedBy, due: { hour, at: deadlineOf(on, hour) },
    newestDay: newest.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null),
  })
}

/** How long a situation may stand for what other processes have not told yet. Unit: milliseconds. */
const STANDS = 2_000
/** Areas and days kept at once. */
const KEPT = 40

interface Kept {
  readonly version: number
  readonly at: number
  readonly situation: Promise<Result<Situation>>
}
const kept = new WeakMap<App, Map<string, Kept>>()

/**
 * The situation of an area on a day. After a commit every open screen asks at once, each for its numbers and its duties: they are given the same one,
 * as long as nothing was committed since it was read.
 */
export const situationOf = (app: App, area: Area, on: PlainDate, disease: string): Promise<Result<Situation>> => {
  let all = kept.get(app)
  if (!all) kept.set(app, (all = new Map()))
  const key = `${area.id} ${on} ${disease}`
  const version = app.live.version()
  const at = performance.now()
  const known = all.get(key)
  if (known && known.version === version && at - known.at < STANDS) return known.situation
  const situation = readSituation(app, area, on, disease)
  all.delete(key)
  all.set(key, { version, at, situation })
  const [oldest] = all.keys()
  if (all.size > KEPT && oldest !== undefined) all.delete(oldest)
  return situation
}

import { addDays, eachDay, ok, type Instant, type PlainDate, type Result } from '#base'
import type { Evidence } from '#decisions'
import { deadlineHours, deadlineOf, hourOf, newestFigureDay } from '#figures'
import { assessPeriod, EvidenceBase, factsOf, loadCounts, loadFigures, PEOPLE, publishedLevels, type Asking, type Assessment, type PublishedLevel } from '#levels'
import type { Area } from '#platform/areas'
import { EVERYWHERE } from '#platform/db'
import type { App } from '#platform/http'
import { newestCountedDay } from '#platform/indicators'
import { allRulebooks, lawOf } from '#rulebooks'
import { COUNTED } from './contract.ts'
import { remembered } from './remembered.ts'

/** Length of the epidemic curve, and at its end of the trend of a part. Unit: days. */
export const CURVE_DAYS = 56
export const TREND_DAYS = 28
/** How far back the level of a part is followed: two assessments, which are weekly (LVL-14); and two weeks are compared. Unit: days. */
const FOLLOWED_DAYS = 14

/** Everything the first screen of an area and day rests on: read once, assessed once. */
export interface Situation {
  readonly area: Area
  readonly on: PlainDate
  /** Everything the rulebooks and the screen ask for, of the last two weeks. */
  readonly base: EvidenceBase
  /** New cases of the days of the curve. */
  readonly curve: EvidenceBase
  /** The area first, then its parts: the units of the table. */
  readonly parts: readonly Area[]
  readonly communes: readonly Area[]
  /** Of each unit, by its key, the day before and the day itself. */
  readonly before: ReadonlyMap<number, Assessment>
  readonly today: ReadonlyMap<number, Assessment>
  /** Of the parts, for each of the days their levels are followed, the day itself last; assessed when it is asked for. */
  readonly history: () => Result<readonly (readonly Assessment[])[]>
  readonly publishedBy: ReadonlyMap<number, readonly PublishedLevel[]>
  /** When the figures of the day are due. */
  readonly due: { readonly hour: number; readonly at: Instant }
  readonly newestDay: PlainDate | null
}

/** The sum of a metric over days; the same one each time, because what was asked before is remembered by it. */
export const counting = (metric: string, days: number): Evidence => {
  const name = `${metric} ${days}`
  let evidence = sums.get(name)
  if (!evidence) {
    evidence = {
      kind: 'count', numerator: [metric], denominator: null, per: 1, measure: 'sum', windowDays: days, dayBasis: 'report', cutoffHour: 24, optional: false, labelEn: null,
    }
    sums.set(name, evidence)
  }
  return evidence
}
const sums = new Map<string, Evidence>()

/** What the screen itself counts, beside what the rulebooks ask for; and the curve, which reaches further back. */
const COUNTS = { model: { inputs: COUNTED.map((metric) => ({ evidence: counting(metric, 7) })) } }
const CURVE_METRICS = ['cases_new']
const CURVE = { model: { inputs: [{ evidence: counting('cases_new', 1) }] } }

const RULEBOOK_TOPICS = ['rulebooks']
/** What changes what was reported, and who lives where. */
const FIGURE_TOPICS = ['figures', 'imports', 'areas']

const readSituation = async (app: App, area: Area, on: PlainDate, disease: string): Promise<Result<Situation>> => {
  const tree = app.areas.tree()
  const back = (days: number): PlainDate => addDays(on, 1 - days)
  const law = lawOf(await remembered(app, 'rulebooks', RULEBOOK_TOPICS, () => allRulebooks(app.database)), tree, disease)
  const spoken = law.books.filter(({ row }) => row.disease === disease && row.validFrom <= on && (row.lastOn === null || row.lastOn >= back(FOLLOWED_DAYS)))
  const recent = { asking: [COUNTS, PEOPLE, ...spoken] as readonly Asking[], period: { from: back(FOLLOWED_DAYS), to: on, disease } }
  const longer = { asking: [CURVE] as readonly Asking[], period: { from: back(CURVE_DAYS), to: on, disease } }
  // Counts, never people, and a level must not depend on who reads it: read with the product's own rights, as levels are; who sees the area is decided by the
  // route. What was reported and what the registry counts are read side by side: no command changes both.
  const [reported, { published, hours, ...counted }] = await Promise.all([
    // Figures come a few times a day, cases all day long.
    remembered(app, `figures ${on} ${disease} ${spoken.map(({ row }) => row.sha256).join(' ')}`, FIGURE_TOPICS, () => app.database.read(EVERYWHERE, async (tx) => {
      const figures = ({ asking, period }: typeof recent) => loadFigures(tx, app.areas, asking, period)
      const [now, before, newest] = await Promise.all([figures(recent), figures(longer), newestFigureDay(tx, disease)])
      return { now, before, newest }
    })),
    app.database.read(EVERYWHERE, async (tx) => {
      const [before, others, newest, published, hours] = await Promise.all([
        loadCounts(tx, app.areas, longer.asking, longer.period), loadCounts(tx, app.areas, recent.asking, recent.period, CURVE_METRICS),
        newestCountedDay(tx, disease, 'cases_new'), publishedLevels(tx, disease, on), deadlineHours(tx),
      ])
      return { now: { ...before, counts: before.counts.concat(others.counts) }, before, newest, published, hours }
    }),
  ])
  const base = new EvidenceBase(factsOf(app.areas, recent.asking, recent.period, { ...reported.now, ...counted.now }))
  const curve = new EvidenceBase(factsOf(app.areas, longer.asking, longer.period, { ...reported.before, ...counted.before }))
  const publishedBy = Map.groupBy(published, (one) => one.areaId)
  const assessed = (areas: readonly Area[], days: readonly PlainDate[]) => assessPeriod({ days, areas, base, published, publishedBy }, law, 'published')

  const parts = [area, ...tree.children(area.id, on).filter(({ level }) => level === 'district' || level === 'commune')]
  const communes = tree.below(area.id, 'commune', on)
  const units = [...new Set([...parts, ...communes])]
  const two = assessed(units, [addDays(on, -1), on])
  if (!two.ok) return two
  const [before, today] = two.value.map((day) => new Map(day.map((one) => [one.area.id, one]))) as [Map<number, Assessment>, Map<number, Assessment>]
  const hour = hourOf(hours, [area, ...tree.ancestors(area.id)])
  return ok({
    area, on, base, curve, parts, communes, before, today, history: () => assessed(parts, eachDay(back(FOLLOWED_DAYS), on)), publishedBy, due: { hour, at: deadlineOf(on, hour) },
    newestDay: [reported.newest, counted.newest].reduce((a, b) => (a === null || (b !== null && b > a) ? b : a)),
  })
}

/**
 * The situation of an area on a day. After a commit every open screen asks at once, each for its numbers and its duties: they are given the same one, as long
 * as nothing was committed since it was read.
 */
export const situationOf = (app: App, area: Area, on: PlainDate, disease: string): Promise<Result<Situation>> =>
  remembered(app, `situation ${area.id} ${on} ${disease}`, undefined, () => readSituation(app, area, on, disease))

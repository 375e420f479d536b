import { eachDay, type Instant, type PlainDate } from '#base'
import type { Evidence } from '#decisions'
import { EvidenceBase, loadFacts } from '#levels'
import type { Area } from '#platform/areas'
import { EVERYWHERE } from '#platform/db'
import type { App } from '#platform/http'

/** Metric that warnings and forecasts watch. */
const CASES = 'cases_new'
const A_DAY: Evidence = {
  kind: 'count', numerator: [CASES], denominator: null, per: 1, measure: 'sum', windowDays: 1, dayBasis: 'report', cutoffHour: 24, optional: false, labelEn: null,
}

export interface SeriesQuery {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly disease: string
  /** As it was known at this instant; now when left out. */
  readonly knownAt?: Instant | undefined
}

/** New cases by reporting day: figures before registry before the sum of the parts, as everywhere. */
export interface CaseSeries {
  readonly from: PlainDate
  readonly to: PlainDate
  /** Counts of an area that stands on the last day, oldest first; null where nobody knows. */
  readonly of: (areaId: number) => (number | null)[]
}

/** Reads the series of a period. They are counts, never people, and what is computed from them must not depend on who asks: read with the product's own rights. */
export const readCaseSeries = async (app: App, { from, to, disease, knownAt }: SeriesQuery): Promise<CaseSeries> => {
  const facts = await app.database.read(EVERYWHERE, (tx) =>
    loadFacts(tx, app.areas, [{ model: { inputs: [{ evidence: A_DAY }] } }], { from, to, disease, ...(knownAt === undefined ? {} : { knownAt }) }))
  const base = new EvidenceBase(facts)
  const days = eachDay(from, to)
  return {
    from, to,
    of: (areaId) => {
      // Most communes have nothing at all in most periods: one question tells, instead of one a day.
      const whole = base.input(areaId, to, { ...A_DAY, windowDays: days.length })
      if (whole.missingDays === days.length && whole.atLeast === null) return days.map(() => null)
      if (whole.numerator === 0 && whole.sources.length === 1 && whole.sources[0] === 'registry') return days.map((on) => (facts.registryFrom !== null && on >= facts.registryFrom ? 0 : null))
      return days.map((on) => base.input(areaId, on, A_DAY).numerator)
    },
  }
}

/** The province of a day, its districts and its communes, in the order of the tree. */
export const watchedAreas = (app: App, on: PlainDate): Area[] => {
  const tree = app.areas.tree()
  const root = app.areas.root(on)
  return [root, ...tree.below(root.id, 'district', on), ...tree.below(root.id, 'commune', on)]
}

import { addDays, type Instant, type PlainDate } from '#base'
import { populationsOf } from '#areas'
import { registryCounts, REGISTRY_METRICS } from '#cases'
import { figuresFor, latestFigures, readNames } from '#figures'
import { standsOn, type Areas } from '#platform/areas'
import type { Tx } from '#platform/db'
import type { Evidence } from '#decisions'
import type { EvidenceFacts, FigureFact } from './evidence-facts.ts'

/** Whoever asks for evidence: a rulebook, or a report that wants the same numbers. */
export interface Asking {
  readonly model: { readonly inputs: readonly { readonly evidence: Evidence | null }[] }
}

/** Who lives there: for whoever shows it, or what it makes of a count. */
export const PEOPLE: Asking = {
  model: {
    inputs: [{
      evidence: {
        kind: 'value', numerator: ['population'], denominator: null, per: 1, measure: 'latest', windowDays: null, dayBasis: 'report', cutoffHour: 24, optional: false, labelEn: null,
      },
    }],
  },
}

interface Asked {
  readonly metrics: readonly string[]
  /** Those of which what was told last stands, however long ago; the others are sums of days. */
  readonly standing: readonly string[]
  readonly windowDays: number
}

/** Metrics the rulebooks ask for, and how far back their windows reach. */
const asked = (books: readonly Asking[]): Asked => {
  const sums = new Set<string>()
  const standing = new Set<string>()
  let windowDays = 1
  for (const { evidence } of books.flatMap((book) => book.model.inputs)) {
    if (!evidence) continue
    for (const metric of evidence.numerator) (evidence.measure === 'sum' ? sums : standing).add(metric)
    if (evidence.denominator !== null) standing.add(evidence.denominator)
    if (evidence.measure === 'sum') windowDays = Math.max(windowDays, evidence.windowDays ?? 1)
  }
  return { metrics: [...new Set([...standing, ...sums])], standing: [...standing], windowDays }
}

export interface Period {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly disease: string
  /** Figures and counts as they were known at this instant; now when left out. */
  readonly knownAt?: Instant | undefined
}

/** First day the windows reach back to, and the metrics asked for. */
const reachOf = (books: readonly Asking[], period: Period): Pick<Asked, 'metrics' | 'standing'> & { readonly from: PlainDate } => {
  const { metrics, standing, windowDays } = asked(books)
  return { metrics, standing, from: addDays(period.from, 1 - windowDays) }
}

/**
 * Brings facts of units that no longer stand on the last day to the units they became: whole units add exactly, split ones by share, marked as estimates.
 * What does not add up (`whole`) goes over as it is.
 */
const moverTo = (areas: Areas, to: PlainDate) => {
  const crosswalk = areas.crosswalk()
  const tree = areas.tree()
  const known = new Map<number, boolean>()
  const stands = (areaId: number): boolean => {
    let answer = known.get(areaId)
    if (answer === undefined) {
      const area = tree.byId(areaId)
      known.set(areaId, (answer = area !== undefined && standsOn(area, to)))
    }
    return answer
  }
  type Fact = { readonly areaId: number; readonly value: number }
  const moved = <T extends Fact>(facts: readonly T[], whole: (fact: T) => boolean): readonly (T & { estimated?: boolean })[] =>
    // Nearly always nothing has to move, and there are tens of thousands of them.
    facts.every(({ areaId }) => stands(areaId)) ? facts : facts.flatMap((fact) => (stands(fact.areaId)
      ? [fact]
      : crosswalk.targets(fact.areaId, to).map(({ areaId, share, estimated }) => ({
          ...fact, areaId, value: whole(fact) ? fact.value : fact.value * share, ...(estimated ? { estimated } : {}),
        }))))
  return { stands, moved }
}

/** What was reported, and who lives where. */
export const loadFigures = async (
  tx: Tx, areas: Areas, books: readonly Asking[], period: Period,
): Promise<Pick<EvidenceFacts, 'figures' | 'populations'>> => {
  const { disease, to, knownAt } = period
  const { metrics, standing, from } = reachOf(books, period)
  const names = readNames(tx)
  const [daily, populations] = await Promise.all([
    figuresFor(tx, { disease, metrics, from, to, knownAt }, names), standing.length === 0 ? [] : populationsOf(tx, standing, to),
  ])
  const earlier = standing.length === 0 ? [] : await latestFigures(tx, {
    disease, metrics: standing, on: addDays(from, -1), knownAt, unitIds: areas.tree().ids,
    // Days before the period only belong to windows of sums: what was accepted by its first day stands on it, whatever was told before.
    besides: daily.filter(({ day, held, metric }) => day <= period.from && !held && standing.includes(metric)),
  }, names)
  const { stands, moved } = moverTo(areas, to)
  return {
    figures: joined(earlier.concat(daily), moved), populations: populations.filter((fact) => stands(fact.areaId)),
  }
}

/** What the registry counts, but for metrics that are read otherwise. */
export const loadCounts = async (
  tx: Tx, areas: Areas, books: readonly Asking[], period: Period, except: readonly string[] = [],
): Promise<Pick<EvidenceFacts, 'counts' | 'registryFrom'>> => {
  const { disease, to, knownAt } = period
  const { metrics, from } = reachOf(books, period)
  const registry = await registryCounts(tx, { disease, metrics: REGISTRY_METRICS.filter((metric) => metrics.includes(metric) && !except.includes(metric)), from, to, knownAt })
  const { moved } = moverTo(areas, to)
  return { counts: moved(registry.counts, () => false), registryFrom: registry.from }
}

/** The parts joined to what an `EvidenceBase` is made of. */
export const factsOf = (
  areas: Areas, books: readonly Asking[], period: Period, parts: Pick<EvidenceFacts, 'figures' | 'populations' | 'counts' | 'registryFrom'>,
): EvidenceFacts => ({ tree: areas.tree(), treeDay: period.to, from: reachOf(books, period).from, to: period.to, registryMetrics: REGISTRY_METRICS, ...parts })

/** Reads everything an assessment of a period rests on, in a few queries whatever its size. */
export const loadFacts = async (tx: Tx, areas: Areas, books: readonly Asking[], period: Period): Promise<EvidenceFacts> => {
  // Asked for at once: while PostgreSQL answers the next, the one before is read here.
  const [figures, counts] = await Promise.all([loadFigures(tx, areas, books, period), loadCounts(tx, areas, books, period)])
  return factsOf(areas, books, period, { ...figures, ...counts })
}

/** Figures of several former units that became one are one figure of that unit: their sum. */
const joined = (figures: readonly FigureFact[], moved: ReturnType<typeof moverTo>['moved']): readonly FigureFact[] => {
  const all = moved(figures, (fact) => fact.category !== undefined)
  if (all === figures) return figures
  const byKey = new Map<string, FigureFact>()
  for (const figure of all) {
    const key = `${figure.areaId} ${figure.metric} ${figure.day}`
    const known = byKey.get(key)
    byKey.set(key, known && figure.category === undefined
      ? { ...known, value: known.value + figure.value, held: known.held || figure.held, estimated: (known.estimated ?? false) || (figure.estimated ?? false) }
      : figure)
  }
  return [...byKey.values()]
}

import { addDays, type Instant, type PlainDate } from '#base'
import { populationsOf } from '#areas'
import { registryCounts, REGISTRY_METRICS } from '#cases'
import { figuresFor, latestFigures } from '#figures'
import { standsOn, type Areas, type Crosswalk } from '#platform/areas'
import type { Tx } from '#platform/db'
import type { Evidence } from '#decisions'
import type { EvidenceFacts, FigureFact, RegistryCount } from './evidence.ts'

/** Whoever asks for evidence: a rulebook, or a report that wants the same numbers. */
export interface Asking {
  readonly model: { readonly inputs: readonly { readonly evidence: Evidence | null }[] }
}

/** Metrics the rulebooks ask for, and how far back their windows reach. */
const asked = (books: readonly Asking[]): { metrics: string[]; windowDays: number } => {
  const metrics = new Set<string>(['population'])
  let windowDays = 1
  for (const { evidence } of books.flatMap((book) => book.model.inputs)) {
    if (!evidence) continue
    for (const metric of evidence.numerator) metrics.add(metric)
    if (evidence.denominator !== null) metrics.add(evidence.denominator)
    if (evidence.measure === 'sum') windowDays = Math.max(windowDays, evidence.windowDays ?? 1)
  }
  return { metrics: [...metrics], windowDays }
}

export interface Period {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly disease: string
  /** Figures and counts as they were known at this instant; now when left out. */
  readonly knownAt?: Instant | undefined
}

/**
 * Reads everything an assessment of a period rests on, in five queries whatever its size, and brings facts of units that no longer
 * stand on the days assessed to the units they became (whole units add exactly, split ones by share, marked as estimates).
 */
export const loadFacts = async (tx: Tx, areas: Areas, crosswalk: Crosswalk, books: readonly Asking[], period: Period): Promise<EvidenceFacts> => {
  const { metrics, windowDays } = asked(books)
  const from = addDays(period.from, 1 - windowDays)
  const { disease, to, knownAt } = period
  const daily = await figuresFor(tx, { disease, metrics, from, to, knownAt })
  const earlier = await latestFigures(tx, { disease, metrics, on: addDays(from, -1), knownAt })
  const registry = await registryCounts(tx, { disease, metrics: REGISTRY_METRICS.filter((metric) => metrics.includes(metric)), from, to, knownAt })
  const populations = await populationsOf(tx, metrics, to)
  const tree = areas.tree()
  const stands = (areaId: number): boolean => {
    const area = tree.byId(areaId)
    return area !== undefined && standsOn(area, to)
  }
  const moved = <T extends { readonly areaId: number; readonly value: number }>(fact: T, whole: boolean): (T & { estimated?: boolean })[] =>
    stands(fact.areaId)
      ? [fact]
      : crosswalk.targets(fact.areaId, to).map(({ areaId, share, estimated }) => ({
          ...fact, areaId, value: whole ? fact.value : fact.value * share, ...(estimated ? { estimated } : {}),
        }))
  const figures: FigureFact[] = joined([...earlier, ...daily].flatMap((fact) => moved(fact, fact.category !== undefined)))
  const counts: RegistryCount[] = registry.counts.flatMap((count) => moved(count, false))
  return {
    tree, treeDay: to, from, to, figures, counts, registryMetrics: REGISTRY_METRICS, registryFrom: registry.from,
    populations: populations.filter((fact) => stands(fact.areaId)),
  }
}

/** Figures of several former units that became one are one figure of that unit: their sum. */
const joined = (figures: readonly FigureFact[]): FigureFact[] => {
  const byKey = new Map<string, FigureFact>()
  for (const figure of figures) {
    const key = `${figure.areaId} ${figure.metric} ${figure.day}`
    const known = byKey.get(key)
    byKey.set(key, known && figure.category === undefined
      ? { ...known, value: known.value + figure.value, held: known.held || figure.held, estimated: (known.estimated ?? false) || (figure.estimated ?? false) }
      : figure)
  }
  return [...byKey.values()]
}

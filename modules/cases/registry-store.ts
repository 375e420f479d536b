import type { PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'
import { readIndicators, type IndicatorQuery, type IndicatorValue } from '#platform/indicators'

/** Metrics the registry counts. */
export const REGISTRY_METRICS: readonly string[] = ['cases_new', 'cases_community', 'deaths']

/**
 * Counts of the registry at their lowest known areas, and the report day of its first case (null while nobody keeps it):
 * a zero is evidence only where somebody kept count.
 */
export const registryCounts = async (tx: Tx, query: IndicatorQuery): Promise<{ readonly counts: IndicatorValue[]; readonly from: PlainDate | null }> => {
  const [counts, first] = await Promise.all([readIndicators(tx, query), tx.first(query.knownAt === undefined
    ? sql<{ day: PlainDate | null }>`select min(day) as day from indicator_sum where disease = ${query.disease} and metric = 'cases_new' and value > 0`
    : sql<{ day: PlainDate | null }>`
        select min(day) as day from indicator_delta
        where disease = ${query.disease} and metric = 'cases_new' and delta > 0 and recorded_at <= ${query.knownAt}`)])
  return { counts, from: first?.day ?? null }
}

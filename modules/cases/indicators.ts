import type { Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'
import type { IndicatorChanges } from '#platform/indicators'
import type { CaseRecord } from './case.ts'
import { REGISTRY_METRICS } from './registry-store.ts'

/** What of a case decides where, when and as what it counts. */
export type CountedCase = Pick<CaseRecord, 'disease' | 'areaId' | 'areaPos' | 'reportedOn' | 'diagnosis' | 'detectionSource' | 'outcome' | 'outcomeOn'>

/**
 * R7: a confirmed case counts where the person lives — `cases_new` and, when found in the community, `cases_community` on the
 * reporting day, `deaths` on the day of death. `times` is 1 for what becomes true, -1 for what is true no more.
 */
export const count = (changes: IndicatorChanges, one: CountedCase, times: number): void => {
  if (one.diagnosis !== 'confirmed') return
  const { areaId, areaPos, disease } = one
  changes.add({ areaId, areaPos, disease, metric: 'cases_new', day: one.reportedOn, delta: times })
  if (one.detectionSource === 'community') changes.add({ areaId, areaPos, disease, metric: 'cases_community', day: one.reportedOn, delta: times })
  if (one.outcome === 'died' && one.outcomeOn !== null) changes.add({ areaId, areaPos, disease, metric: 'deaths', day: one.outcomeOn, delta: times })
}

interface Counted {
  readonly areaId: number
  readonly areaPos: number
  readonly day: PlainDate
  readonly disease: string
  readonly metric: string
  readonly value: number
}

/** The same in SQL, over any rows with the columns of case_record. */
const counted = (rows: ReturnType<typeof sql>) => sql<Counted>`
  select c.area_id as "areaId", c.area_pos as "areaPos", m.day, c.disease, m.metric, count(*)::int as value
  from (${rows}) c cross join lateral (values
    ('cases_new', c.reported_on, true), ('cases_community', c.reported_on, c.detection_source = 'community'), ('deaths', c.outcome_on, c.outcome = 'died')
  ) as m (metric, day, counts)
  where c.diagnosis = 'confirmed' and m.counts
  group by 1, 2, 3, 4, 5`

const COLUMNS = sql`area_id, area_pos, disease, reported_on, diagnosis, detection_source, outcome, outcome_on`

/** Counts of the registry in the reader's area: now, or from the images as they were known at an instant. */
export const countCases = (tx: Tx, knownAt?: Instant): Promise<Counted[]> =>
  tx.rows(counted(knownAt === undefined
    ? sql`select ${COLUMNS} from case_record`
    : sql`select ${COLUMNS} from case_record where changed_at <= ${knownAt}
      union all select i.area_id, i.area_pos, i.disease, i.reported_on, i.diagnosis, i.detection_source, i.outcome, i.outcome_on
      from case_history h cross join lateral jsonb_populate_record(null::case_record, h.image) i
      where h.changed_at <= ${knownAt} and h.superseded_at > ${knownAt}`))

/** Takes the counts of the cases an import brought in off again. */
export const uncountImport = async (tx: Tx, changes: IndicatorChanges, importId: string): Promise<void> => {
  for (const { value, ...change } of await tx.rows(counted(sql`select ${COLUMNS} from case_record where import_id = ${importId}`))) {
    changes.add({ ...change, delta: -value })
  }
}

/** A sum that is not what the registry holds. */
export interface Miscount extends Omit<Counted, 'areaPos' | 'value'> {
  /** What the sums say. */
  readonly recorded: number
  /** What the registry holds. */
  readonly counted: number
}

/** The recount: every sum that differs from the registry, in the reader's area. Empty is as it should be. */
export const recountCases = (tx: Tx): Promise<Miscount[]> =>
  tx.rows(sql<Miscount>`
    with c as (${counted(sql`select ${COLUMNS} from case_record`)}),
      s as (select area_id, day, disease, metric, value from indicator_sum where metric = any(${[...REGISTRY_METRICS]}) and value <> 0)
    select coalesce(c."areaId", s.area_id) as "areaId", coalesce(c.day, s.day) as day, coalesce(c.disease, s.disease) as disease,
      coalesce(c.metric, s.metric) as metric, coalesce(s.value, 0) as recorded, coalesce(c.value, 0) as counted
    from c full join s on s.area_id = c."areaId" and s.day = c.day and s.disease = c.disease and s.metric = c.metric
    where coalesce(s.value, 0) <> coalesce(c.value, 0)
    order by 1, 2, 3, 4`)

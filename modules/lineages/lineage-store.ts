import type { Instant, PlainDate } from '#base'
import type { Range } from '#platform/access'
import { sql, type Tx } from '#platform/db'
import type { SurveyFacts } from './serosurvey.ts'
import type { Scheme } from './sequence.ts'
import type { Tally } from './shares.ts'

const within = (ranges: readonly Range[]) => sql`${`{${ranges.map(({ lo, hi }) => `[${lo},${hi}]`).join(',')}}`}::int4multirange @> area_pos`

const NAMED: Readonly<Record<Scheme, string>> = { pango: 'lineage', clade: 'clade', who: 'who_label' }

interface Period {
  readonly disease: string
  readonly ranges: readonly Range[]
  readonly from: PlainDate
  readonly to: PlainDate
}

/**
 * Sequences by place, day and name. A sequence that several programs called counts once: a call with a name before one without, a usable one before a bad one, pangolin's before others, then the newest.
 */
export const tallies = (tx: Tx, { disease, ranges, from, to, scheme }: Period & { readonly scheme: Scheme }): Promise<Tally[]> => {
  const name = sql.ref(NAMED[scheme])
  return tx.rows(sql<Tally>`
    select area_id as "areaId", collected_on as day, name, bad, count(*)::int as count from (
      select distinct on (sender, sequence_id) area_id, collected_on, ${name} as name, quality = 'bad' as bad from lineage_call
      where disease = ${disease} and superseded_at is null and collected_on between ${from} and ${to} and ${within(ranges)}
      order by sender, sequence_id, ${name} is null, quality = 'bad', tool <> 'pangolin', recorded_at desc, id desc
    ) own group by 1, 2, 3, 4`)
}

/** The newest sample and the newest word about one, up to a day. */
export const newestCall = (tx: Tx, { disease, ranges, to }: Omit<Period, 'from'>): Promise<{ collectedOn: PlainDate; recordedAt: Instant } | undefined> =>
  tx.first(sql<{ collectedOn: PlainDate; recordedAt: Instant }>`
    select max(collected_on) as "collectedOn", max(recorded_at) as "recordedAt" from lineage_call
    where disease = ${disease} and superseded_at is null and collected_on <= ${to} and ${within(ranges)} having count(*) > 0`)

export type SurveyRow = SurveyFacts & { readonly areaId: number; readonly sender: string; readonly recordedAt: Instant }

/** Results of serosurveys that were over by a day, newest first. */
export const surveyResults = (tx: Tx, { disease, ranges, to }: Omit<Period, 'from'>): Promise<SurveyRow[]> =>
  tx.rows(sql<SurveyRow>`
    select survey, from_on as "fromOn", to_on as "toOn", age_from as "ageFrom", age_to as "ageTo", tested, positive, assay, sensitivity, sensitivity_of as "sensitivityOf", specificity,
      specificity_of as "specificityOf", area_id as "areaId", sender, recorded_at as "recordedAt"
    from serosurvey_result where disease = ${disease} and superseded_at is null and to_on <= ${to} and ${within(ranges)}
    order by to_on desc, survey, age_from, age_to nulls last, area_pos`)

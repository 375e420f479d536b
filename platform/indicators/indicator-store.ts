import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'

/** One change of a count. */
export interface IndicatorChange {
  readonly areaId: number
  readonly areaPos: number
  readonly day: PlainDate
  readonly disease: string
  readonly metric: string
  readonly delta: number
}

/** The changes one command makes to counts, joined by area, day and metric, written once as its last statement. */
export class IndicatorChanges {
  readonly #changes = new Map<string, { -readonly [K in keyof IndicatorChange]: IndicatorChange[K] }>()

  /** Adds a change; opposite changes cancel. */
  add(change: IndicatorChange): void {
    const key = `${change.disease} ${change.metric} ${change.areaId} ${change.day}`
    const known = this.#changes.get(key)
    if (known) known.delta += change.delta
    else this.#changes.set(key, { ...change })
  }

  /** What will be written, in the order of the primary key: two commands never lock the same rows in opposite orders. */
  sorted(): IndicatorChange[] {
    return [...this.#changes.entries()]
      .filter(([, change]) => change.delta !== 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, change]) => change)
  }

  /** Sends the changes, for the transaction to end with. */
  write(tx: Tx, stamp: { readonly at: Instant; readonly commandId: Id }): void {
    const changes = this.sorted()
    if (changes.length === 0) return
    tx.send('indicator_write', WRITE, [
      changes.map((c) => c.areaId), changes.map((c) => c.areaPos), changes.map((c) => c.day), changes.map((c) => c.disease),
      changes.map((c) => c.metric), changes.map((c) => c.delta), stamp.at, stamp.commandId,
    ])
  }
}

const WRITE = `
with change as (
  select * from unnest($1::int[], $2::int[], $3::date[], $4::text[], $5::text[], $6::int[]) as c (area_id, area_pos, day, disease, metric, delta)
), kept as (
  insert into indicator_delta (area_id, area_pos, day, disease, metric, delta, recorded_at, command_id)
  select area_id, area_pos, day, disease, metric, delta, $7::timestamptz, $8::uuid from change
)
insert into indicator_sum as s (disease, metric, area_id, day, area_pos, value, changed_at)
select disease, metric, area_id, day, area_pos, delta, $7::timestamptz from change
on conflict (disease, metric, area_id, day) do update set value = s.value + excluded.value, changed_at = greatest(s.changed_at, excluded.changed_at)`

/** A count of one area and day, with its freshness. */
export interface IndicatorValue {
  readonly areaId: number
  readonly day: PlainDate
  readonly metric: string
  readonly value: number
  readonly changedAt: Instant
}

export interface IndicatorQuery {
  readonly disease: string
  readonly metrics: readonly string[]
  readonly from: PlainDate
  readonly to: PlainDate
  /** Counts as they were known at this instant; now when left out. */
  readonly knownAt?: Instant | undefined
}

/** Counts in the reader's areas, at the lowest known area. */
export const readIndicators = (tx: Tx, query: IndicatorQuery): Promise<IndicatorValue[]> =>
  query.knownAt === undefined
    ? tx.rows(sql<IndicatorValue>`
        select area_id as "areaId", day, metric, value, changed_at as "changedAt" from indicator_sum
        where disease = ${query.disease} and metric = any(${query.metrics}) and day between ${query.from} and ${query.to} and value <> 0`)
    : tx.rows(sql<IndicatorValue>`
        select area_id as "areaId", day, metric, sum(delta)::int as value, max(recorded_at) as "changedAt" from indicator_delta
        where disease = ${query.disease} and metric = any(${query.metrics}) and day between ${query.from} and ${query.to}
          and recorded_at <= ${query.knownAt}
        group by area_id, day, metric having sum(delta) <> 0`)

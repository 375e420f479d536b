import type { Instant, PlainDate } from '#base'
import { packedReader, sql, type Tx } from '#platform/db'
import { inForce } from './figure-store.ts'
import { loadMetrics } from './metric-store.ts'
import type { Metric } from './metric.ts'

/** A figure as evidence: what it says, whether it counts, where it comes from and how fresh it is. Rejected figures are none. */
export interface FigureFact {
  readonly areaId: number
  readonly day: PlainDate
  readonly metric: string
  /** Whole number in the metric's unit; for a category the position of its code. */
  readonly value: number
  /** Code of a category, e.g. `high`. */
  readonly category?: string | undefined
  /** Waits for an epidemiologist and counts as missing (R3). */
  readonly held: boolean
  readonly source: string
  readonly recordedAt: Instant
}

interface Wanted {
  readonly disease: string
  readonly metrics: readonly string[]
  /** Areas themselves, not what lies in them; the reader's whole scope when left out. */
  readonly areaIds?: readonly number[] | undefined
  /** Figures as they were known at this instant; now when left out. */
  readonly knownAt?: Instant | undefined
}

export interface FactQuery extends Wanted {
  readonly from: PlainDate
  readonly to: PlainDate
}

/** One figure as PostgreSQL packs it: its day, and source and whether it is held (an int8 of both, which costs less than two), value (int8), instant recorded (int8). Unit: bytes. */
const PACKED = 24

/**
 * The figures of a period, accepted and held, in no order. A year of a province is some 300 000 of them, so PostgreSQL sends those of a metric and area as one
 * packed value (rows one by one cost several times what the query does), in the order in which the index has them; and metric by metric, so that one is read
 * here while the next is packed there.
 */
export const figuresFor = async (tx: Tx, query: FactQuery): Promise<FigureFact[]> => {
  const packed = Promise.all(query.metrics.map((metric) => tx.rows(sql<{ area: number; packed: Buffer }>`
    select area_id as area, string_agg(int8send((day - date '2000-01-01')::int8 << 32 | (source_id * 2 + (status = 'held')::int)) || int8send(value) || timestamptz_send(recorded_at), '') as packed
    from ${inForce(query.knownAt)} f
    where disease = ${query.disease} and metric = ${metric} and day between ${query.from} and ${query.to}
      and status <> 'rejected' and ${ofAreas(query.areaIds)}
    group by area_id`)))
  const [sources, metrics, rows] = await Promise.all([sourceNames(tx), metricsByCode(tx), packed])
  const read = packedReader()
  return rows.flatMap((ofMetric, place) => {
    const metric = query.metrics[place] as string
    const categories = metrics.get(metric)?.categories ?? []
    return ofMetric.flatMap(({ area, packed: bytes }) => {
      const facts: FigureFact[] = []
      for (let at = 0; at < bytes.length; at += PACKED) {
        const value = read.whole(bytes, at + 8)
        const source = bytes.readInt32BE(at + 4)
        facts.push({
          areaId: area, metric, value, category: categories[value], day: read.day(bytes, at), held: (source & 1) === 1, source: sources.get(source >> 1) ?? '',
          recordedAt: read.instant(bytes, at + 16),
        })
      }
      return facts
    })
  })
}

export interface LatestQuery extends Wanted {
  readonly on: PlainDate
  /** Areas and metrics whose accepted figure nobody needs: with figures every day these are nearly all, and each costs a look into the index. */
  readonly besides?: readonly Pick<FigureFact, 'metric' | 'areaId'>[]
}

/**
 * For every area and metric the latest accepted figure on or before a day, and the latest held one: what a stock or a
 * running total is on that day, and what may change it once an epidemiologist has decided.
 */
export const latestFigures = async (tx: Tx, query: LatestQuery): Promise<FigureFact[]> => {
  const rows = await tx.rows(sql<Omit<FigureFact, 'category'>>`
    select f.area_id as "areaId", f.day, f.metric, f.value, f.held, s.name as source, f.recorded_at as "recordedAt"
    from (${query.knownAt === undefined ? latestNow(query) : latestThen(query)}) f join figure_source s on s.id = f.source_id`)
  const metrics = await metricsByCode(tx)
  return rows.map((row) => ({ ...row, category: metrics.get(row.metric)?.categories[row.value] }))
}

const SHOWN = sql`f.metric, f.area_id, f.day, f.value, f.status = 'held' as held, f.source_id, f.recorded_at`

/**
 * From key to key of the index, and at each key the newest accepted one: some thousand short looks, where a year of daily figures has a hundred times
 * as many rows to sort. The held ones have an index of their own.
 */
const latestNow = ({ disease, metrics, on, areaIds, besides = [] }: LatestQuery) => sql`
  with recursive key as (
    select m.metric, (select min(f.area_id) from figure f where f.disease = ${disease} and f.metric = m.metric) as area_id from unnest(${metrics}::text[]) as m (metric)
    union all
    select k.metric, (select min(f.area_id) from figure f where f.disease = ${disease} and f.metric = k.metric and f.area_id > k.area_id) from key k where k.area_id is not null
  )
  select newest.* from key k cross join lateral (
    select ${SHOWN} from figure f
    where f.disease = ${disease} and f.metric = k.metric and f.area_id = k.area_id and f.day <= ${on} and f.status = 'accepted' order by f.day desc limit 1
  ) newest where ${areaIds === undefined ? sql`true` : sql`k.area_id = any(${areaIds}::int[])`}
    and (k.metric, k.area_id) not in (select * from unnest(${besides.map(({ metric }) => metric)}::text[], ${besides.map(({ areaId }) => areaId)}::int[]))
  union all
  (select distinct on (f.metric, f.area_id) ${SHOWN} from figure f
    where f.status = 'held' and f.disease = ${disease} and f.metric = any(${metrics}) and f.day <= ${on} and ${ofAreas(areaIds)}
    order by f.metric, f.area_id, f.day desc)`

/** As they were known: the images of that time have no index by key and day. */
const latestThen = ({ disease, metrics, on, areaIds, knownAt }: LatestQuery) => sql`
  select distinct on (f.metric, f.area_id, f.status) ${SHOWN} from ${inForce(knownAt)} f
  where f.disease = ${disease} and f.metric = any(${metrics}) and f.day <= ${on} and f.status in ('accepted', 'held') and ${ofAreas(areaIds)}
  order by f.metric, f.area_id, f.status, f.day desc`

/** The newest day of which an accepted figure tells; null while there is none. */
export const newestFigureDay = async (tx: Tx, disease: string): Promise<PlainDate | null> =>
  (await tx.first(sql<{ day: PlainDate }>`select day from figure where disease = ${disease} and status = 'accepted' order by day desc, id desc limit 1`))?.day ?? null

const ofAreas = (areaIds: readonly number[] | undefined) => (areaIds === undefined ? sql`true` : sql`f.area_id = any(${areaIds}::int[])`)

const sourceNames = async (tx: Tx): Promise<ReadonlyMap<number, string>> =>
  new Map((await tx.rows(sql<{ id: number; name: string }>`select id, name from figure_source`)).map(({ id, name }) => [id, name]))

const metricsByCode = async (tx: Tx): Promise<ReadonlyMap<string, Metric>> => new Map((await loadMetrics(tx)).map((metric) => [metric.code, metric]))

import { daysBetween, type Instant, type PlainDate } from '#base'
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

/** Of a longer period the metrics are asked for one by one; of a week or a month as many at once as make no more of it: each question has to be planned. Unit: days. */
const ASKED_TOGETHER = 180

/**
 * The figures of a period, accepted and held, in no order. A year of a province is some 300 000 of them, so PostgreSQL sends those of a metric and area as one
 * packed value (rows one by one cost several times what the query does), in the order in which the index has them; and some metrics after the others, so that
 * one is read here while the next is packed there.
 */
export const figuresFor = async (tx: Tx, query: FactQuery, named = readNames(tx)): Promise<FigureFact[]> => {
  const together = Math.max(1, Math.floor(ASKED_TOGETHER / (daysBetween(query.from, query.to) + 1)))
  const packed = Promise.all(inPieces(query.metrics, together).map((metrics) => tx.rows(sql<{ metric: string; area: number; packed: Buffer }>`
    select m.metric, f.area, f.packed from unnest(${metrics}::text[]) as m (metric) cross join lateral (
      select area_id as area, string_agg(int8send((day - date '2000-01-01')::int8 << 32 | (source_id * 2 + (status = 'held')::int)) || int8send(value) || timestamptz_send(recorded_at), '') as packed
      from ${inForce(query.knownAt)} f
      where disease = ${query.disease} and metric = m.metric and day between ${query.from} and ${query.to}
        and status <> 'rejected' and ${ofAreas(query.areaIds)}
      group by area_id) f`)))
  const [{ sources, metrics }, rows] = await Promise.all([named, packed])
  const read = packedReader()
  return rows.flat().flatMap(({ metric, area, packed: bytes }) => {
    const categories = metrics.get(metric)?.categories ?? []
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
}

const inPieces = <T>(all: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))

export interface LatestQuery extends Omit<Wanted, 'areaIds'> {
  readonly on: PlainDate
  /** Areas and metrics whose accepted figure nobody needs: with figures every week these are nearly all, and each costs a look into the index. */
  readonly besides: readonly Pick<FigureFact, 'metric' | 'areaId'>[]
  /** Every unit there is, in order: between two of `besides` with none in between nothing is looked for. */
  readonly unitIds: readonly number[]
}

/**
 * For every area and metric the latest accepted figure on or before a day, and the latest held one: what a stock or a
 * running total is on that day, and what may change it once an epidemiologist has decided.
 */
export const latestFigures = async (tx: Tx, query: LatestQuery, named = readNames(tx)): Promise<FigureFact[]> => {
  const [{ sources, metrics }, rows] = await Promise.all([named, query.knownAt === undefined ? tx.rows(latestNow(query), 'figures latest') : tx.rows(latestThen(query))])
  return rows.map(({ sourceId, ...row }) => ({ ...row, source: sources.get(sourceId) ?? '', category: metrics.get(row.metric)?.categories[row.value] }))
}

type LatestRow = Omit<FigureFact, 'category' | 'source'> & { readonly sourceId: number }

const SHOWN = sql`f.metric, f.area_id as "areaId", f.day, f.value, f.status = 'held' as held, f.source_id as "sourceId", f.recorded_at as "recordedAt"`

interface Stretch {
  readonly metric: string
  readonly after: number
  readonly before: number
}

/** Stretches of units, between the bounds, in which somebody may have been told something of a metric that is still needed. */
const stretchesOf = ({ metrics, besides, unitIds }: LatestQuery): Stretch[] => {
  const without = Map.groupBy(besides, ({ metric }) => metric)
  return metrics.flatMap((metric) => {
    const left = new Set(without.get(metric)?.map(({ areaId }) => areaId))
    const stretches: Stretch[] = []
    let after = 0
    let wanted = false
    for (const id of unitIds) {
      if (!left.has(id)) {
        wanted = true
        continue
      }
      if (wanted) stretches.push({ metric, after, before: id })
      after = id
      wanted = false
    }
    return wanted ? [...stretches, { metric, after, before: 2_147_483_647 }] : stretches
  })
}

/**
 * Rows of a look into the index. PostgreSQL reads what stands on a page of it together, so that some of them cost little more than one: where a unit has told
 * something once, a look finds as many units.
 */
const LOOK = 32

/**
 * From unit to unit of the index, at each the newest accepted one: some short looks, where a year of daily figures has a thousand times as many rows to
 * sort. The held ones have an index of their own.
 */
const latestNow = (query: LatestQuery) => {
  const stretches = stretchesOf(query)
  const { disease, metrics, on } = query
  const next = (metric: ReturnType<typeof sql>, after: ReturnType<typeof sql>, before: ReturnType<typeof sql>) => sql`
    select distinct on (l."areaId") l.*, l."areaId" = min(l."areaId") over () as furthest from (
      select ${SHOWN} from figure f
      where f.disease = ${disease} and f.metric = ${metric} and f.area_id > ${after} and f.area_id < ${before} and f.day <= ${on} and f.status = 'accepted'
      order by f.area_id desc, f.day desc limit ${sql.lit(LOOK)}
    ) l order by l."areaId" desc, l.day desc`
  return sql<LatestRow>`
    with recursive newest as (
      select s.after, f.* from unnest(${stretches.map(({ metric }) => metric)}::text[], ${stretches.map(({ after }) => after)}::int[],
        ${stretches.map(({ before }) => before)}::int[]) as s (metric, after, before) cross join lateral (${next(sql`s.metric`, sql`s.after`, sql`s.before`)}) f
      union all
      select n.after, f.* from newest n cross join lateral (${next(sql`n.metric`, sql`n.after`, sql`n."areaId"`)}) f where n.furthest
    )
    select metric, "areaId", day, value, held, "sourceId", "recordedAt" from newest
    union all
    (select distinct on (f.metric, f.area_id) ${SHOWN} from figure f
      where f.status = 'held' and f.disease = ${disease} and f.metric = any(${metrics}) and f.day <= ${on}
      order by f.metric, f.area_id, f.day desc)`
}

/** As they were known: the images of that time have no index by key and day. */
const latestThen = ({ disease, metrics, on, knownAt }: LatestQuery) => sql<LatestRow>`
  select distinct on (f.metric, f.area_id, f.status) ${SHOWN} from ${inForce(knownAt)} f
  where f.disease = ${disease} and f.metric = any(${metrics}) and f.day <= ${on} and f.status in ('accepted', 'held')
  order by f.metric, f.area_id, f.status, f.day desc`

/** The newest day of which an accepted figure tells; null while there is none. */
export const newestFigureDay = async (tx: Tx, disease: string): Promise<PlainDate | null> =>
  (await tx.first(sql<{ day: PlainDate }>`select day from figure where disease = ${disease} and status = 'accepted' order by day desc, id desc limit 1`))?.day ?? null

const ofAreas = (areaIds: readonly number[] | undefined) => (areaIds === undefined ? sql`true` : sql`f.area_id = any(${areaIds}::int[])`)

/** What figures are told with: the names of their senders, and what the codes of their metrics stand for. */
export interface FigureNames {
  readonly sources: ReadonlyMap<number, string>
  readonly metrics: ReadonlyMap<string, Metric>
}

/** For all figures of one transaction. */
export const readNames = async (tx: Tx): Promise<FigureNames> => {
  const [sources, metrics] = await Promise.all([tx.rows(sql<{ id: number; name: string }>`select id, name from figure_source`, 'figure sources'), loadMetrics(tx)])
  return { sources: new Map(sources.map(({ id, name }) => [id, name])), metrics: new Map(metrics.map((metric) => [metric.code, metric])) }
}

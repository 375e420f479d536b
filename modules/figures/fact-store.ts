import { fromDayNumber, type Instant, type PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'
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

/**
 * One figure as PostgreSQL packs it: area and day (int4 each), value (int8), source and whether it is held (int4),
 * instant recorded (int8). Unit: bytes.
 */
const PACKED = 28
/** Day number and milliseconds of 2000-01-01, from which PostgreSQL counts. */
const POSTGRES_DAY = 10_957
const POSTGRES_EPOCH = 946_684_800_000

/**
 * The figures of a period, accepted and held, in no order. A year of a province is some 300 000 of them, so PostgreSQL
 * sends those of a metric as one packed value: rows one by one cost several times what the query does.
 */
export const figuresFor = async (tx: Tx, query: FactQuery): Promise<FigureFact[]> => {
  const rows = await tx.rows(sql<{ place: number; packed: Buffer }>`
    select array_position(${query.metrics}::text[], metric) as place, string_agg(
      int4send(area_id) || date_send(day) || int8send(value) || int4send(source_id * 2 + (status = 'held')::int) || timestamptz_send(recorded_at), '') as packed
    from ${inForce(query.knownAt)} f
    where disease = ${query.disease} and metric = any(${query.metrics}) and day between ${query.from} and ${query.to}
      and status <> 'rejected' and ${ofAreas(query.areaIds)}
    group by 1`)
  if (rows.length === 0) return []
  const sources = await sourceNames(tx)
  const metrics = await metricsByCode(tx)
  const days = remembered((number) => fromDayNumber(number))
  const instants = remembered((milliseconds) => new Date(milliseconds).toISOString() as Instant)
  const facts: FigureFact[] = []
  for (const { place, packed } of rows) {
    const metric = query.metrics[place - 1] as string
    const categories = metrics.get(metric)?.categories ?? []
    for (let at = 0; at < packed.length; at += PACKED) {
      const value = int8(packed, at + 8)
      const source = packed.readInt32BE(at + 16)
      facts.push({
        areaId: packed.readInt32BE(at), metric, value, category: categories[value], day: days(packed.readInt32BE(at + 4) + POSTGRES_DAY),
        held: (source & 1) === 1, source: sources.get(source >> 1) ?? '', recordedAt: instants(Math.floor(int8(packed, at + 20) / 1000) + POSTGRES_EPOCH),
      })
    }
  }
  return facts
}

/** Eight bytes as a number; no figure and no instant comes near 2^53. */
const int8 = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * 4_294_967_296 + bytes.readUInt32BE(at + 4)

export interface LatestQuery extends Wanted {
  readonly on: PlainDate
}

/**
 * For every area and metric the latest accepted figure on or before a day, and the latest held one: what a stock or a
 * running total is on that day, and what may change it once an epidemiologist has decided.
 */
export const latestFigures = async (tx: Tx, query: LatestQuery): Promise<FigureFact[]> => {
  const rows = await tx.rows(sql<Omit<FigureFact, 'category'>>`
    select distinct on (f.metric, f.area_id, f.status) f.area_id as "areaId", f.day, f.metric, f.value, f.status = 'held' as held, s.name as source,
      f.recorded_at as "recordedAt"
    from ${inForce(query.knownAt)} f join figure_source s on s.id = f.source_id
    where f.disease = ${query.disease} and f.metric = any(${query.metrics}) and f.day <= ${query.on} and f.status in ('accepted', 'held')
      and ${ofAreas(query.areaIds)}
    order by f.metric, f.area_id, f.status, f.day desc`)
  const metrics = await metricsByCode(tx)
  return rows.map((row) => ({ ...row, category: metrics.get(row.metric)?.categories[row.value] }))
}

const ofAreas = (areaIds: readonly number[] | undefined) => (areaIds === undefined ? sql`true` : sql`f.area_id = any(${areaIds}::int[])`)

const sourceNames = async (tx: Tx): Promise<ReadonlyMap<number, string>> =>
  new Map((await tx.rows(sql<{ id: number; name: string }>`select id, name from figure_source`)).map(({ id, name }) => [id, name]))

const metricsByCode = async (tx: Tx): Promise<ReadonlyMap<string, Metric>> => new Map((await loadMetrics(tx)).map((metric) => [metric.code, metric]))

/** A year has 365 days and some hundred instants, named 300 000 times. */
const remembered = <T>(make: (number: number) => T): ((number: number) => T) => {
  const known = new Map<number, T>()
  return (number) => {
    let value = known.get(number)
    if (value === undefined) known.set(number, (value = make(number)))
    return value
  }
}

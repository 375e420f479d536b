import type { Id, Instant, PlainDate } from '#base'
import { packedReader, sql, type Tx } from '#platform/db'

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
    const { delta, sum } = writing(changes.length)
    const values = changes.length > FEW
      ? [changes.map((c) => c.areaId), changes.map((c) => c.areaPos), changes.map((c) => c.day), changes.map((c) => c.disease),
        changes.map((c) => c.metric), changes.map((c) => c.delta)]
      : changes.flatMap((c) => [c.areaId, c.areaPos, c.day, c.disease, c.metric, c.delta])
    tx.send(delta.name, delta.text, [stamp.at, stamp.commandId, ...values])
    tx.send(sum.name, sum.text, [stamp.at, ...values])
  }
}

/** Up to so many changes are rows of the statement, which costs less than arrays; a case makes one to three. */
const FEW = 3

interface Writing {
  readonly name: string
  readonly text: string
}

const writings = new Map<number, { readonly delta: Writing; readonly sum: Writing }>()

/** The statements for so many changes. */
const writing = (count: number): { readonly delta: Writing; readonly sum: Writing } => {
  const kept = count > FEW ? 0 : count
  let made = writings.get(kept)
  if (!made) {
    /** The changes, their parameters behind those before. */
    const from = (before: number): string => {
      const of = (n: number): string => TYPES.map((type, at) => `$${before + n * TYPES.length + at + 1}::${type}`).join(', ')
      return kept === 0
        ? `unnest(${TYPES.map((type, at) => `$${before + at + 1}::${type}[]`).join(', ')})`
        : `(values ${Array.from({ length: kept }, (_, n) => `(${of(n)})`).join(', ')})`
    }
    made = {
      delta: { name: `indicator_delta_${kept}`, text: `
        insert into indicator_delta (area_id, area_pos, day, disease, metric, delta, recorded_at, command_id)
        select *, $1::timestamptz, $2::uuid from ${from(2)} as c` },
      sum: { name: `indicator_sum_${kept}`, text: `
        insert into indicator_sum as s (area_id, area_pos, day, disease, metric, value, changed_at)
        select *, $1::timestamptz from ${from(1)} as c
        on conflict (disease, metric, area_id, day) do update set value = s.value + excluded.value, changed_at = greatest(s.changed_at, excluded.changed_at)` },
    }
    writings.set(kept, made)
  }
  return made
}

/** Types of a change: area, its position, day, disease, metric, delta. */
const TYPES = ['int', 'int', 'date', 'text', 'text', 'int']

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

/** One count as PostgreSQL packs it: area, day, value (int4 each) and the instant of its last change (int8). Unit: bytes. */
const PACKED = 20

/**
 * Counts in the reader's areas, at the lowest known area. Two months of a province are 17 000 of them, so those of a metric come as one packed value:
 * rows one by one cost ten times what the query does.
 */
export const readIndicators = async (tx: Tx, { disease, metrics, from, to, knownAt }: IndicatorQuery): Promise<IndicatorValue[]> => {
  const counted = knownAt === undefined
    ? sql`select metric, area_id, day, value, changed_at from indicator_sum
        where disease = ${disease} and metric = any(${metrics}) and day between ${from} and ${to} and value <> 0`
    : sql`select metric, area_id, day, sum(delta)::int as value, max(recorded_at) as changed_at from indicator_delta
        where disease = ${disease} and metric = any(${metrics}) and day between ${from} and ${to} and recorded_at <= ${knownAt}
        group by metric, area_id, day having sum(delta) <> 0`
  const rows = await tx.rows(sql<{ metric: string; packed: Buffer }>`
    select metric, string_agg(int4send(area_id) || date_send(day) || int4send(value) || timestamptz_send(changed_at), '') as packed from (${counted}) c group by metric`)
  const read = packedReader()
  return rows.flatMap(({ metric, packed }) => Array.from({ length: packed.length / PACKED }, (_, n): IndicatorValue => {
    const at = n * PACKED
    return {
      areaId: packed.readInt32BE(at), day: read.day(packed, at + 4), metric, value: packed.readInt32BE(at + 8), changedAt: read.instant(packed, at + 12),
    }
  }))
}

/** The newest day with a count; null while there is none. */
export const newestCountedDay = async (tx: Tx, disease: string, metric: string): Promise<PlainDate | null> =>
  (await tx.first(sql<{ day: PlainDate }>`
    select day from indicator_sum where disease = ${disease} and metric = ${metric} and value > 0 order by day desc limit 1`))?.day ?? null

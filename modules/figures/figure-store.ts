import type { Id, Instant, PlainDate } from '#base'
import { sql, type Tx } from '#platform/db'
import type { Figure, FigureKey, FigureStatus, SupersededFigure } from './figure.ts'
import type { HoldReason } from './hold.ts'

type FigureRow = Omit<Figure, 'hold'> & { readonly holdReason: HoldReason | null; readonly holdLimit: number | null }

const COLUMNS = sql.raw(`f.id, f.disease, f.metric, f.area_id as "areaId", f.area_pos as "areaPos", f.day, f.value, f.status,
  f.hold_reason as "holdReason", f.hold_limit as "holdLimit", s.name as source, f.recorded_at as "recordedAt", f.recorded_by as "recordedBy",
  f.command_id as "commandId", f.import_id as "importId", f.decided_at as "decidedAt", f.decided_by as "decidedBy",
  f.decided_reason as "decidedReason", f.known_from as "knownFrom"`)

const figureOf = <R extends FigureRow>({ holdReason, holdLimit, ...row }: R): Omit<R, 'holdReason' | 'holdLimit'> & Pick<Figure, 'hold'> => ({
  ...row, hold: holdReason === null ? null : { reason: holdReason, limit: holdLimit ?? 0 },
})

const ORDER = (a: FigureKey, b: FigureKey): number =>
  compare(a.disease, b.disease) || compare(a.metric, b.metric) || a.areaId - b.areaId || compare(a.day, b.day)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Looks each key up by itself: without statistics (a registry's first day) a join of keys and figures is planned as if there were
 * none, and tries every pair.
 */
const byKeys = (keys: readonly FigureKey[], lock: boolean) => sql<FigureRow>`
  select ${COLUMNS} from unnest(${keys.map((key) => key.disease)}::text[], ${keys.map((key) => key.metric)}::text[],
    ${keys.map((key) => key.areaId)}::int[], ${keys.map((key) => key.day)}::date[]) as k (disease, metric, area_id, day)
  cross join lateral (
    select * from figure own where own.disease = k.disease and own.metric = k.metric and own.area_id = k.area_id and own.day = k.day limit 1
    ${lock ? sql`for update` : sql``}
  ) f
  join figure_source s on s.id = f.source_id`

/** The figures in force of some keys, locked against other writers in the order of keys, so that two commands never wait for each other. */
export const lockFigures = async (tx: Tx, keys: readonly FigureKey[]): Promise<Figure[]> => (await tx.rows(byKeys(keys.toSorted(ORDER), true))).map(figureOf)

/** The same without a lock: for previews and screens. */
export const figuresOfKeys = async (tx: Tx, keys: readonly FigureKey[]): Promise<Figure[]> => (await tx.rows(byKeys(keys, false))).map(figureOf)

/** The figures of some areas on one day. */
export const figuresOnDay = async (
  tx: Tx, query: { readonly disease: string; readonly areaIds: readonly number[]; readonly metrics: readonly string[]; readonly day: PlainDate },
): Promise<Figure[]> => {
  const rows = await tx.rows(sql<FigureRow>`
    select ${COLUMNS} from figure f join figure_source s on s.id = f.source_id
    where f.disease = ${query.disease} and f.metric = any(${query.metrics}) and f.area_id = any(${query.areaIds}::int[]) and f.day = ${query.day}`)
  return rows.map(figureOf)
}

export const lockFiguresById = async (tx: Tx, ids: readonly Id[]): Promise<Figure[]> => {
  const rows = await tx.rows(sql<FigureRow>`
    select ${COLUMNS} from figure f join figure_source s on s.id = f.source_id where f.id = any(${ids}::uuid[])
    order by f.disease, f.metric, f.area_id, f.day
    for update of f`)
  return rows.map(figureOf)
}

/** Takes images out of force: they go to the history, superseded by this command. */
export const supersede = async (tx: Tx, ids: readonly Id[], at: Instant, commandId: Id): Promise<void> => {
  if (ids.length === 0) return
  await tx.run(sql`
    with old as (delete from figure where id = any(${ids}::uuid[]) returning *)
    insert into figure_history (id, disease, metric, area_id, area_pos, day, value, status, hold_reason, hold_limit, source_id, recorded_at,
      recorded_by, command_id, import_id, decided_at, decided_by, decided_reason, known_from, superseded_at, superseded_by)
    select id, disease, metric, area_id, area_pos, day, value, status, hold_reason, hold_limit, source_id, recorded_at,
      recorded_by, command_id, import_id, decided_at, decided_by, decided_reason, known_from, ${at}::timestamptz, ${commandId}::uuid
    from old`)
}

/**
 * Puts images in force; answers with the ids of those written. One whose key another writer has taken in the meantime is
 * left out, and the caller looks again.
 */
export const putInForce = async (tx: Tx, images: readonly Figure[]): Promise<ReadonlySet<Id>> => {
  if (images.length === 0) return new Set()
  const sources = [...new Set(images.map((image) => image.source))].toSorted()
  await tx.run(sql`insert into figure_source (name) select * from unnest(${sources}::text[]) on conflict (name) do nothing`)
  const rows = await tx.rows(sql<{ id: Id }>`
    insert into figure (id, disease, metric, area_id, area_pos, day, value, status, hold_reason, hold_limit, source_id, recorded_at, recorded_by,
      command_id, import_id, decided_at, decided_by, decided_reason, known_from)
    select r.id, disease, metric, "areaId", "areaPos", day, value, status, hold->>'reason', (hold->>'limit')::bigint, s.id, "recordedAt", "recordedBy",
      "commandId", "importId", "decidedAt", "decidedBy", "decidedReason", "knownFrom"
    from jsonb_to_recordset(${JSON.stringify(images)}::jsonb) as r (id uuid, disease text, metric text, "areaId" int, "areaPos" int, day date, value bigint,
      status text, hold jsonb, source text, "recordedAt" timestamptz, "recordedBy" text, "commandId" uuid, "importId" uuid, "decidedAt" timestamptz,
      "decidedBy" text, "decidedReason" text, "knownFrom" timestamptz)
    join figure_source s on s.name = r.source
    order by disease, metric, "areaId", day
    on conflict (disease, metric, area_id, day) do nothing
    returning id`)
  return new Set(rows.map((row) => row.id))
}

export interface FigureFilter {
  readonly from?: PlainDate | undefined
  readonly to?: PlainDate | undefined
  readonly metrics?: readonly string[] | undefined
  readonly status?: FigureStatus | undefined
  readonly disease: string
  readonly knownAt?: string | undefined
  readonly after?: { readonly day: PlainDate; readonly id: Id } | undefined
  readonly limit: number
}

/** Figures by day, newest first: in force now, or as known at an instant. */
export const listFigures = async (tx: Tx, filter: FigureFilter): Promise<Figure[]> => {
  const conditions = [
    sql`f.disease = ${filter.disease}`,
    ...(filter.from === undefined ? [] : [sql`f.day >= ${filter.from}`]),
    ...(filter.to === undefined ? [] : [sql`f.day <= ${filter.to}`]),
    ...(filter.metrics === undefined ? [] : [sql`f.metric = any(${filter.metrics})`]),
    ...(filter.status === undefined ? [] : [sql`f.status = ${filter.status}`]),
    ...(filter.after === undefined ? [] : [sql`(f.day, f.id) < (${filter.after.day}::date, ${filter.after.id}::uuid)`]),
  ]
  const rows = await tx.rows(sql<FigureRow>`
    select ${COLUMNS} from ${inForce(filter.knownAt)} f join figure_source s on s.id = f.source_id
    where ${sql.join(conditions, sql` and `)} order by f.day desc, f.id desc limit ${filter.limit}`)
  return rows.map(figureOf)
}

const IMAGE = sql.raw(`id, disease, metric, area_id, area_pos, day, value, status, hold_reason, hold_limit, source_id, recorded_at, recorded_by, command_id,
  import_id, decided_at, decided_by, decided_reason, known_from`)

/** The images in force now, or those that were in force at an instant. */
export const inForce = (knownAt: string | undefined) =>
  knownAt === undefined
    ? sql`figure`
    : sql`(select ${IMAGE} from figure where known_from <= ${knownAt}::timestamptz
        union all
        select ${IMAGE} from figure_history where known_from <= ${knownAt}::timestamptz and superseded_at > ${knownAt}::timestamptz)`

export const listHeld = async (tx: Tx, disease: string, limit: number): Promise<Figure[]> => {
  const rows = await tx.rows(sql<FigureRow>`
    select ${COLUMNS} from figure f join figure_source s on s.id = f.source_id
    where f.status = 'held' and f.disease = ${disease}
    order by f.recorded_at, f.day, f.id limit ${limit}`)
  return rows.map(figureOf)
}

/** How many figures wait for somebody to decide about them. */
export const countHeld = async (tx: Tx, disease: string): Promise<number> =>
  (await tx.first(sql<{ n: number }>`select count(*)::int as n from figure where status = 'held' and disease = ${disease}`))?.n ?? 0

/** Every image of one figure, newest first; the one in force has no `supersededAt`. */
export const imagesOf = async (tx: Tx, key: FigureKey): Promise<(Figure & Partial<SupersededFigure>)[]> => {
  const current = await figuresOfKeys(tx, [key])
  const rows = await tx.rows(sql<FigureRow & Pick<SupersededFigure, 'supersededAt'>>`
    select ${COLUMNS}, f.superseded_at as "supersededAt"
    from figure_history f join figure_source s on s.id = f.source_id
    where f.disease = ${key.disease} and f.metric = ${key.metric} and f.area_id = ${key.areaId} and f.day = ${key.day}
    order by f.known_from desc, f.superseded_at desc`)
  return [...current, ...rows.map(figureOf)]
}

/** The figures an import has in force, locked. */
export const lockImported = async (tx: Tx, importId: Id): Promise<Figure[]> => {
  const rows = await tx.rows(sql<FigureRow>`
    select ${COLUMNS} from figure f join figure_source s on s.id = f.source_id where f.import_id = ${importId}
    order by f.disease, f.metric, f.area_id, f.day
    for update of f`)
  return rows.map(figureOf)
}

/** Figures of an import that others have corrected since: their keys. */
export const correctedSince = (tx: Tx, importId: Id): Promise<FigureKey[]> =>
  tx.rows(sql<FigureKey>`
    select distinct h.disease, h.area_id as "areaId", h.metric, h.day from figure_history h
    where h.import_id = ${importId} and not exists (
      select 1 from figure f where (f.disease, f.metric, f.area_id, f.day) = (h.disease, h.metric, h.area_id, h.day) and f.import_id = ${importId})
    order by h.day, h.area_id, h.metric`)

/** The images that an import's commands superseded: what an undo puts back. */
export const supersededByImport = async (tx: Tx, importId: Id, commandIds: readonly Id[]): Promise<Figure[]> => {
  const rows = await tx.rows(sql<FigureRow>`
    select ${COLUMNS} from figure_history f join figure_source s on s.id = f.source_id
    where f.superseded_by = any(${commandIds}::uuid[]) and f.import_id is distinct from ${importId}::uuid`)
  return rows.map(figureOf)
}

import type { Id, Instant, PlainDate } from '#base'
import type { Area } from '#platform/areas'
import { sql, type Tx } from '#platform/db'

export interface PopulationRow {
  readonly areaId: number
  readonly value: number
  readonly source: string
  readonly confidence: string
  readonly estimated: boolean
  readonly asOf: PlainDate
}

export interface PopulationMetricRow extends PopulationRow {
  readonly metric: string
}

/** Reference populations of every unit and metric: the latest count on or before the day, else the earliest after it. */
export const populationsOf = (tx: Tx, metrics: readonly string[], on: PlainDate): Promise<PopulationMetricRow[]> =>
  tx.rows(sql<PopulationMetricRow>`
    select distinct on (area_id, metric) area_id as "areaId", metric, value, source, confidence, estimated, as_of as "asOf" from area_population
    where metric = any(${metrics})
    order by area_id, metric, as_of > ${on}, case when as_of <= ${on} then as_of end desc, as_of`)

/** One reference population of every unit, as `populationsOf`. */
export const populationsOn = (tx: Tx, metric: string, on: PlainDate): Promise<PopulationRow[]> => populationsOf(tx, [metric], on)

export const nextAreaIds = async (tx: Tx, count: number): Promise<number[]> =>
  (await tx.rows(sql<{ id: number }>`select nextval('area_added') as id from generate_series(1, ${count}::int)`)).map((row) => row.id)

/** Two officers adding to one commune at once would take the same position: the second waits. */
export const lockParent = async (tx: Tx, parentId: number): Promise<void> => {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('area'), ${parentId}::int)`)
}

type Sibling = Pick<Area, 'id' | 'name' | 'code' | 'pos' | 'posEnd' | 'validTo'>

/** Units beneath a parent as the table has them now, which may be later than the tree in memory. */
export const childrenOf = (tx: Tx, parentId: number): Promise<Sibling[]> =>
  tx.rows(sql<Sibling>`
    select id, name, code, pos, pos_end as "posEnd", valid_to as "validTo" from area where parent_id = ${parentId} order by pos`)

export const codeTaken = async (tx: Tx, code: string): Promise<boolean> =>
  (await tx.first(sql`select 1 from area where code = ${code} and valid_to is null`)) !== undefined

export const insertArea = async (
  tx: Tx, area: Area, stamp: { readonly commandId: Id; readonly importId: Id | undefined; readonly at: Instant },
): Promise<void> => {
  await tx.run(sql`
    insert into area (id, code, level, kind, name, name_en, parent_id, valid_from, valid_to, pos, pos_end, command_id, import_id, recorded_at)
    values (${area.id}, ${area.code}, ${area.level}, ${area.kind}, ${area.name}, ${area.nameEn}, ${area.parentId}, ${area.validFrom}, ${area.validTo},
      ${area.pos}, ${area.posEnd}, ${stamp.commandId}, ${stamp.importId ?? null}, ${stamp.at})`)
}

export const insertPopulation = async (tx: Tx, areaId: number, asOf: PlainDate, value: number, source: string): Promise<void> => {
  await tx.run(sql`
    insert into area_population (area_id, metric, as_of, value, source, confidence, estimated)
    values (${areaId}, 'population', ${asOf}, ${value}, ${source}, 'province', false)
    on conflict (area_id, metric, as_of) do update set value = excluded.value, source = excluded.source`)
}

/** Units an import added that still stand, each with how many units were put beneath it by others since. */
export const areasOfImport = (tx: Tx, importId: Id): Promise<{ id: number; name: string; childCount: number }[]> =>
  tx.rows(sql<{ id: number; name: string; childCount: number }>`
    select a.id, a.name, (select count(*) from area c where c.parent_id = a.id and c.valid_to is null and c.import_id is distinct from a.import_id) as "childCount"
    from area a where a.import_id = ${importId} and a.valid_to is null order by a.pos`)

/** Ends units: facts recorded for them keep their place, but they no longer stand. */
export const endAreas = async (tx: Tx, ids: readonly number[], lastDay: PlainDate): Promise<void> => {
  await tx.run(sql`update area set valid_to = greatest(valid_from, ${lastDay}::date) where id = any(${ids})`)
}

import type { Id, Instant, PlainDate } from '#base'
import type { Range } from '#platform/access'
import { sql, type Tx } from '#platform/db'
import type { TierDemand } from './compute/care.ts'
import type { NowcastDay, Quantiles, ReproductionDay } from './compute/compute.ts'

/** Reproduction numbers and incomplete days, in days before the forecast's day. */
export interface Detail {
  readonly reproduction: readonly ReproductionDay[]
  readonly nowcast: readonly NowcastDay[]
  /** Cases of the last seven days as the forecast took them. */
  readonly lastWeek: number | null
}

export interface NewForecast {
  readonly areaId: number
  readonly areaPos: number
  readonly on: PlainDate
  readonly inputsSha256: string
  readonly seed: number
  readonly retrospective: boolean
  readonly knownAt: Instant | null
  readonly weeks: readonly Quantiles[]
  readonly baseline: readonly Quantiles[] | null
  readonly detail: Detail
  /** By kind of bed; null for forecasts of past weeks. */
  readonly demand: readonly TierDemand[] | null
}

export interface Forecast extends NewForecast {
  readonly codeVersion: string
  readonly madeAt: Instant
}

/** Writes forecasts that are not there yet; how many were new. */
export const insertForecasts = (
  tx: Tx, rows: readonly NewForecast[], stamp: { readonly disease: string; readonly codeVersion: string; readonly at: Instant; readonly commandId: Id },
): Promise<number> =>
  tx.run(sql`
    insert into forecast (area_id, area_pos, disease, on_day, inputs_sha256, code_version, seed, retrospective, known_at, weeks, baseline, detail, demand, made_at, command_id)
    select "areaId", "areaPos", ${stamp.disease}, "on", "inputsSha256", ${stamp.codeVersion}, seed, retrospective, "knownAt", weeks, nullif(baseline, 'null'::jsonb), detail, nullif(demand, 'null'::jsonb), ${stamp.at}, ${stamp.commandId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("areaId" int, "areaPos" int, "on" date, "inputsSha256" text, seed bigint, retrospective boolean, "knownAt" timestamptz,
      weeks jsonb, baseline jsonb, detail jsonb, demand jsonb)
    on conflict do nothing`)

const COLUMNS = sql`area_id as "areaId", area_pos as "areaPos", on_day as "on", inputs_sha256 as "inputsSha256", code_version as "codeVersion", seed, retrospective, known_at as "knownAt",
  weeks, baseline, detail, demand, made_at as "madeAt"`
/** Of several forecasts from one day that made in its time counts before one made later, and the newest before older ones. */
const BEST = sql`area_id, on_day, retrospective, made_at desc`

/** Forecasts of one area from these days, one each, oldest first. */
export const forecastsFrom = (tx: Tx, disease: string, areaId: number, days: readonly PlainDate[]): Promise<Forecast[]> =>
  tx.rows(sql<Forecast>`
    select distinct on (area_id, on_day) ${COLUMNS} from forecast where disease = ${disease} and area_id = ${areaId} and on_day = any(${days}::date[]) order by ${BEST}`)

/** Forecasts from one day of all areas within some positions, in the order of the areas. */
export const forecastsWithin = (tx: Tx, disease: string, ranges: readonly Range[], on: PlainDate): Promise<Forecast[]> =>
  tx.rows(sql<Forecast>`
    select distinct on (area_id, on_day) ${COLUMNS} from forecast
    where disease = ${disease} and on_day = ${on} and ${`{${ranges.map(({ lo, hi }) => `[${lo},${hi}]`).join(',')}}`}::int4multirange @> area_pos order by ${BEST}`)

/** Areas and days that have a forecast already, whoever made it. */
export const forecastDays = (tx: Tx, disease: string, days: readonly PlainDate[]): Promise<{ areaId: number; on: PlainDate }[]> =>
  tx.rows(sql<{ areaId: number; on: PlainDate }>`select distinct area_id as "areaId", on_day as "on" from forecast where disease = ${disease} and on_day = any(${days}::date[])`)

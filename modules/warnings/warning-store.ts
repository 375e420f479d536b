import type { Id, Instant, PlainDate } from '#base'
import type { Range } from '#platform/access'
import { sql, type Tx } from '#platform/db'
import type { Evidence, Method } from './compute/detect.ts'
import type { DatedEvidence, Found, Grown, Known, Status } from './episode.ts'
import type { Sensitivity } from './sensitivity.ts'

/** Episodes that a run as of a day may add to: those that sounded since some days before its earliest alarm. */
export const knownEpisodes = (tx: Tx, disease: string, since: PlainDate): Promise<Known[]> =>
  tx.rows(sql<Known>`
    select w.id, w.area_id as "areaId", w.method, w.first_on as "firstOn", w.last_on as "lastOn", w.severity, w.status, d.severity as "decidedSeverity"
    from warning w left join warning_decision d on d.id = w.decision_id where w.disease = ${disease} and w.last_on >= ${since}`)

/** What stands on everything a run writes. */
export interface Stamp {
  readonly disease: string
  readonly codeVersion: string
  readonly inputsSha256: string
  readonly seed: number
  readonly at: Instant
  readonly commandId: Id
}

const columnsOf = ({ areaId, method, observed, expected, bound, sensitivity, evidence }: Found) => ({ areaId, method, observed, expected, bound, sensitivity, evidence })

export const insertEpisodes = async (tx: Tx, found: readonly (Found & { readonly id: Id; readonly areaPos: number })[], stamp: Stamp): Promise<void> => {
  const rows = found.map((one) => ({ ...columnsOf(one), id: one.id, areaPos: one.areaPos, firstOn: one.firstOn, lastOn: one.lastOn, severity: one.severity }))
  await tx.run(sql`
    insert into warning (id, area_id, area_pos, disease, method, first_on, last_on, observed, expected, bound, severity, sensitivity, evidence, code_version, inputs_sha256, seed,
      found_at, changed_at, command_id)
    select id, "areaId", "areaPos", ${stamp.disease}, method, "firstOn", "lastOn", observed, expected, bound, severity, sensitivity, evidence, ${stamp.codeVersion},
      ${stamp.inputsSha256}, case method when 'scan' then ${stamp.seed}::bigint end, ${stamp.at}, ${stamp.at}, ${stamp.commandId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "areaId" int, "areaPos" int, method text, "firstOn" date, "lastOn" date, observed int, expected float8,
      bound float8, severity smallint, sensitivity text, evidence jsonb)`)
}

export const growEpisodes = async (tx: Tx, grown: readonly Grown[], stamp: Stamp): Promise<void> => {
  const rows = grown.map(({ known, found, firstOn, lastOn, severity, newer, reopened }) => ({ ...columnsOf(found), id: known.id, firstOn, lastOn, severity, newer, reopened }))
  await tx.run(sql`
    update warning w set first_on = r."firstOn", last_on = r."lastOn", severity = r.severity, changed_at = ${stamp.at}, command_id = ${stamp.commandId},
      observed = case when newer then r.observed else w.observed end, expected = case when newer then r.expected else w.expected end,
      bound = case when newer then r.bound else w.bound end, sensitivity = case when newer then r.sensitivity else w.sensitivity end,
      evidence = case when newer then r.evidence else w.evidence end, code_version = case when newer then ${stamp.codeVersion} else w.code_version end,
      inputs_sha256 = case when newer then ${stamp.inputsSha256} else w.inputs_sha256 end,
      seed = case when newer and r.method = 'scan' then ${stamp.seed}::bigint else w.seed end,
      status = case when reopened then 'open' else w.status end, decision_id = case when reopened then null else w.decision_id end,
      worse_at = case when reopened then ${stamp.at}::timestamptz else w.worse_at end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, method text, "firstOn" date, "lastOn" date, observed int, expected float8, bound float8, severity smallint,
      sensitivity text, evidence jsonb, newer boolean, reopened boolean)
    where w.id = r.id`)
}

/** A warning as lists show it. */
export interface WarningRow {
  readonly id: Id
  readonly areaId: number
  readonly areaPos: number
  readonly disease: string
  readonly method: Method
  readonly firstOn: PlainDate
  readonly lastOn: PlainDate
  readonly observed: number
  readonly expected: number
  readonly bound: number | null
  readonly severity: number
  readonly sensitivity: Sensitivity
  readonly status: Status
  readonly decisionId: Id | null
  readonly worseAt: Instant | null
  readonly foundAt: Instant
  readonly changedAt: Instant
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  readonly reason: string | null
  readonly cluster: Evidence['cluster'] | null
}

const COLUMNS = sql`w.id, w.area_id as "areaId", w.area_pos as "areaPos", w.disease, w.method, w.first_on as "firstOn", w.last_on as "lastOn", w.observed, w.expected, w.bound, w.severity,
  w.sensitivity, w.status, w.decision_id as "decisionId", w.worse_at as "worseAt", w.found_at as "foundAt", w.changed_at as "changedAt", d.decided_by as "decidedBy",
  d.decided_at as "decidedAt", d.reason, w.evidence -> 'cluster' as cluster`

export interface WarningQuery {
  readonly disease: string
  /** Positions of the area asked for. */
  readonly ranges: readonly Range[]
  readonly statuses: readonly Status[]
  readonly method?: Method | undefined
  readonly leastSeverity: number
  /** Sounded within these days. */
  readonly from?: PlainDate | undefined
  readonly to?: PlainDate | undefined
  readonly after?: { readonly lastOn: PlainDate; readonly id: Id } | undefined
  readonly limit: number
}

/** Newest first. */
export const listWarnings = (tx: Tx, query: WarningQuery): Promise<WarningRow[]> =>
  tx.rows(sql<WarningRow>`
    select ${COLUMNS} from warning w left join warning_decision d on d.id = w.decision_id
    where w.disease = ${query.disease} and ${`{${query.ranges.map(({ lo, hi }) => `[${lo},${hi}]`).join(',')}}`}::int4multirange @> w.area_pos
      and w.status = any(${query.statuses}) and w.severity >= ${query.leastSeverity}
      and ${query.method === undefined ? sql`true` : sql`w.method = ${query.method}`}
      and ${query.from === undefined ? sql`true` : sql`w.last_on >= ${query.from}`} and ${query.to === undefined ? sql`true` : sql`w.first_on <= ${query.to}`}
      and ${query.after === undefined ? sql`true` : sql`(w.last_on, w.id) < (${query.after.lastOn}::date, ${query.after.id}::uuid)`}
    order by w.last_on desc, w.id desc limit ${query.limit}`)

export interface WholeWarning extends WarningRow {
  readonly evidence: DatedEvidence
  readonly codeVersion: string
  readonly inputsSha256: string
  readonly seed: number | null
}

export const findWarning = (tx: Tx, id: Id): Promise<WholeWarning | undefined> =>
  tx.first(sql<WholeWarning>`
    select ${COLUMNS}, w.evidence, w.code_version as "codeVersion", w.inputs_sha256 as "inputsSha256", w.seed
    from warning w left join warning_decision d on d.id = w.decision_id where w.id = ${id}`)

/** Holds warnings for the rest of the transaction, in the order of their ids. */
export const holdWarnings = (tx: Tx, ids: readonly Id[]): Promise<{ id: Id; areaPos: number; status: Status; severity: number; decisionId: Id | null }[]> =>
  tx.rows(sql<{ id: Id; areaPos: number; status: Status; severity: number; decisionId: Id | null }>`
    select id, area_pos as "areaPos", status, severity, decision_id as "decisionId" from warning where id = any(${ids}::uuid[]) order by id for update`)

export interface DecisionRow {
  readonly id: Id
  readonly status: Status
  readonly reason: string | null
  readonly severity: number
  readonly decidedBy: string
  readonly decidedAt: Instant
  readonly undoneBy: string | null
  readonly undoneAt: Instant | null
}

export const decisionsOf = (tx: Tx, warningId: Id): Promise<DecisionRow[]> =>
  tx.rows(sql<DecisionRow>`
    select id, status, reason, severity, decided_by as "decidedBy", decided_at as "decidedAt", undone_by as "undoneBy", undone_at as "undoneAt"
    from warning_decision where warning_id = ${warningId} order by decided_at, id`)

export interface NewDecision {
  readonly id: Id
  readonly warningId: Id
  readonly areaPos: number
  readonly severity: number
  readonly beforeStatus: Status
  readonly beforeId: Id | null
}

export const insertDecisions = async (
  tx: Tx, decisions: readonly NewDecision[], to: { readonly status: Status; readonly reason: string | null; readonly by: string; readonly at: Instant; readonly commandId: Id },
): Promise<void> => {
  const rows = JSON.stringify(decisions)
  await tx.run(sql`
    insert into warning_decision (id, warning_id, area_pos, status, reason, severity, before_status, before_id, decided_by, decided_at, command_id)
    select id, "warningId", "areaPos", ${to.status}, ${to.reason}, severity, "beforeStatus", "beforeId", ${to.by}, ${to.at}, ${to.commandId}
    from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, "warningId" uuid, "areaPos" int, severity smallint, "beforeStatus" text, "beforeId" uuid)`)
  await tx.run(sql`
    update warning w set status = ${to.status}, decision_id = r.id, changed_at = ${to.at}, command_id = ${to.commandId}
    from jsonb_to_recordset(${rows}::jsonb) as r (id uuid, "warningId" uuid) where w.id = r."warningId"`)
}

/** Takes the decisions that stand back: each warning is as it was before. */
export const undoDecisions = async (tx: Tx, decisionIds: readonly Id[], by: string, at: Instant, commandId: Id): Promise<void> => {
  await tx.run(sql`
    update warning w set status = d.before_status, decision_id = d.before_id, changed_at = ${at}, command_id = ${commandId}
    from warning_decision d where d.id = any(${decisionIds}::uuid[]) and w.id = d.warning_id and w.decision_id = d.id`)
  await tx.run(sql`update warning_decision set undone_by = ${by}, undone_at = ${at} where id = any(${decisionIds}::uuid[])`)
}

export interface SensitivityRow {
  readonly areaId: number
  readonly sensitivity: Sensitivity | null
  readonly setBy: string
  readonly setAt: Instant
}

/** The newest setting of every area that ever had one. */
export const sensitivities = (tx: Tx): Promise<SensitivityRow[]> =>
  tx.rows(sql<SensitivityRow>`
    select distinct on (area_id) area_id as "areaId", sensitivity, set_by as "setBy", set_at as "setAt" from warning_sensitivity order by area_id, set_at desc, command_id desc`)

export const insertSensitivity = async (
  tx: Tx, row: { readonly areaId: number; readonly areaPos: number; readonly sensitivity: Sensitivity | null; readonly by: string; readonly at: Instant; readonly commandId: Id },
): Promise<void> => {
  await tx.run(sql`
    insert into warning_sensitivity (area_id, area_pos, sensitivity, set_by, set_at, command_id)
    values (${row.areaId}, ${row.areaPos}, ${row.sensitivity}, ${row.by}, ${row.at}, ${row.commandId})`)
}

import { problem, type Id, type Instant, type Problem } from '#base'
import type { Range } from '#platform/access'
import { sql, type Tx } from '#platform/db'
import type { Mapping } from './columns.ts'
import type { Encoding } from './decode.ts'
import type { AreaChoice, Fault, Run, RunCounts, RunStatus, Severity } from './run.ts'

interface RunRow {
  id: Id
  kind: string
  sender: string
  file_name: string
  sha256: string
  file_bytes: number
  encoding: Encoding | null
  sheet: string | null
  mapping: Mapping | null
  options: Record<string, string>
  choices: AreaChoice[]
  status: RunStatus
  row_count: number
  accepted_count: number
  rejected_count: number
  duplicate_count: number
  warning_count: number
  batch_count: number
  row_reached: number | null
  problem: Problem | null
  area_pos: number
  ranges: Range[]
  created_by: string
  created_by_name: string
  created_at: Instant
  changed_at: Instant
  finished_at: Instant | null
  undone_at: Instant | null
}

const RUN = sql`select id, kind, sender, file_name, encode(file_sha256, 'hex') as sha256, file_bytes, encoding, sheet, mapping, options, choices, status,
  row_count, accepted_count, rejected_count, duplicate_count, warning_count, batch_count, row_reached, problem, area_pos, ranges,
  created_by, created_by_name, created_at, changed_at, finished_at, undone_at from import_run`

const toRun = (row: RunRow): Run => ({
  id: row.id, kind: row.kind, sender: row.sender, fileName: row.file_name, sha256: row.sha256, bytes: row.file_bytes, encoding: row.encoding,
  sheet: row.sheet, mapping: row.mapping, options: row.options, choices: row.choices, status: row.status,
  counts: {
    rows: row.row_count, accepted: row.accepted_count, rejected: row.rejected_count, duplicates: row.duplicate_count, warnings: row.warning_count,
  },
  batches: row.batch_count, rowReached: row.row_reached, problem: row.problem, areaPos: row.area_pos, ranges: row.ranges,
  createdBy: row.created_by, createdByName: row.created_by_name, createdAt: row.created_at, changedAt: row.changed_at,
  finishedAt: row.finished_at, undoneAt: row.undone_at,
})

export const insertRun = async (tx: Tx, run: Run): Promise<void> => {
  await tx.run(sql`insert into import_run (id, kind, sender, file_name, file_sha256, file_bytes, encoding, sheet, options, status, area_pos, ranges,
      created_by, created_by_name, created_at, changed_at)
    values (${run.id}, ${run.kind}, ${run.sender}, ${run.fileName}, decode(${run.sha256}, 'hex'), ${run.bytes}, ${run.encoding}, ${run.sheet}, ${JSON.stringify(run.options)}, ${run.status},
      ${run.areaPos}, ${JSON.stringify(run.ranges)}, ${run.createdBy}, ${run.createdByName}, ${run.createdAt}, ${run.changedAt})`)
}

export const findRun = async (tx: Tx, id: Id): Promise<Run | undefined> => {
  const row = await tx.first(sql<RunRow>`${RUN} where id = ${id}`)
  return row && toRun(row)
}

/** The run, kept from every other transaction until this one ends: of two commits the second waits and then sees what the first did. */
export const lockRun = async (tx: Tx, id: Id): Promise<Run | undefined> => {
  const row = await tx.first(sql<RunRow>`${RUN} where id = ${id} for update`)
  return row && toRun(row)
}

export interface RunFilter {
  readonly kinds: readonly string[]
  readonly status?: RunStatus | undefined
  /** Last id of the page above: ids sort by time. */
  readonly before?: Id | undefined
  readonly limit: number
}

export const listRuns = async (tx: Tx, { kinds, status, before, limit }: RunFilter): Promise<Run[]> =>
  (await tx.rows(sql<RunRow>`${RUN} where kind = any(${kinds})
    and ${status ? sql`status = ${status}` : sql`true`} and ${before ? sql`id < ${before}` : sql`true`}
    order by id desc limit ${limit}`)).map(toRun)

/** Senders of a kind of file, the latest first. */
export const knownSenders = async (tx: Tx, kinds: readonly string[]): Promise<string[]> =>
  (await tx.rows(sql<{ sender: string }>`select sender from import_run where kind = any(${kinds}) and sender <> ''
    group by sender order by max(created_at) desc limit 50`)).map(({ sender }) => sender)

/** Whether anything a sender's files brought in is there. */
export const holdsImportsOf = async (tx: Tx, sender: string): Promise<boolean> =>
  (await tx.first(sql<{ holds: boolean }>`
    select exists (select from import_run where sender = ${sender} and batch_count > 0 and status <> 'undone') as holds`))?.holds ?? false

/** An earlier import of the same file that brought something in and was not undone. */
export const findSameFile = async (tx: Tx, run: Run): Promise<Run | undefined> => {
  const row = await tx.first(sql<RunRow>`${RUN} where file_sha256 = decode(${run.sha256}, 'hex') and kind = ${run.kind} and sender = ${run.sender}
    and id <> ${run.id} and batch_count > 0 and status <> 'undone' order by created_at desc limit 1`)
  return row && toRun(row)
}

export interface Arrangement {
  readonly sender: string
  readonly encoding: Encoding | null
  readonly sheet: string | null
  readonly mapping: Mapping | null
  readonly options: Readonly<Record<string, string>>
}

export const arrangeRun = async (tx: Tx, id: Id, to: Arrangement, at: Instant): Promise<void> => {
  await tx.run(sql`update import_run set sender = ${to.sender}, encoding = ${to.encoding}, sheet = ${to.sheet},
    mapping = ${to.mapping && JSON.stringify(to.mapping)}, options = ${JSON.stringify(to.options)}, status = 'uploaded', problem = null, changed_at = ${at},
    row_count = 0, accepted_count = 0, rejected_count = 0, duplicate_count = 0, warning_count = 0 where id = ${id}`)
}

export interface Change {
  readonly status: RunStatus
  readonly at: Instant
  readonly counts?: RunCounts
  readonly batches?: number
  readonly rowReached?: number | null
  readonly mapping?: Mapping
  readonly choices?: readonly AreaChoice[]
  readonly problem?: Problem | null
  readonly finished?: boolean
  readonly undoneBy?: string
}

export const changeRun = async (tx: Tx, id: Id, to: Change): Promise<void> => {
  const parts = [sql`status = ${to.status}`, sql`changed_at = ${to.at}`]
  if (to.counts) {
    const { rows, accepted, rejected, duplicates, warnings } = to.counts
    parts.push(sql`row_count = ${rows}, accepted_count = ${accepted}, rejected_count = ${rejected}, duplicate_count = ${duplicates}, warning_count = ${warnings}`)
  }
  if (to.batches !== undefined) parts.push(sql`batch_count = ${to.batches}`)
  if (to.rowReached !== undefined) parts.push(sql`row_reached = ${to.rowReached}`)
  if (to.mapping) parts.push(sql`mapping = ${JSON.stringify(to.mapping)}`)
  if (to.choices) parts.push(sql`choices = ${JSON.stringify(to.choices)}`)
  if (to.problem !== undefined) parts.push(sql`problem = ${to.problem && JSON.stringify(to.problem)}`)
  if (to.finished) parts.push(sql`finished_at = ${to.at}`)
  if (to.undoneBy !== undefined) parts.push(sql`undone_by = ${to.undoneBy}, undone_at = ${to.at}`)
  await tx.run(sql`update import_run set ${sql.join(parts)} where id = ${id}`)
}

/** At the start of the product nothing can be running: what says so was cut off. How many there were. */
export const interruptAll = (tx: Tx, at: Instant): Promise<number> =>
  tx.run(sql`update import_run set status = 'interrupted', changed_at = ${at} where status = 'running'`)

export const clearFaults = async (tx: Tx, importId: Id): Promise<void> => {
  await tx.run(sql`delete from import_fault where import_id = ${importId}`)
}

export const insertFaults = async (tx: Tx, run: Pick<Run, 'id' | 'areaPos'>, faults: readonly Fault[]): Promise<void> => {
  if (faults.length === 0) return
  await tx.prepared('import_fault_insert', INSERT_FAULTS, [
    run.id, run.areaPos, faults.map((f) => f.row), faults.map((f) => f.column), faults.map((f) => f.label), faults.map((f) => f.field),
    faults.map((f) => f.severity), faults.map((f) => f.code), faults.map((f) => f.params && JSON.stringify(f.params)),
  ])
}
const INSERT_FAULTS = `
insert into import_fault (import_id, area_pos, row_number, column_index, column_label, field, severity, code, params)
select $1, $2, f.* from unnest($3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[]) as f`

interface FaultRow {
  id: number
  row_number: number
  column_index: number | null
  column_label: string | null
  field: string | null
  severity: Severity
  code: string
  params: Record<string, string | number> | null
}

export interface FaultFilter {
  readonly severities: readonly Severity[]
  readonly fromRow?: number | undefined
  readonly toRow?: number | undefined
  /** Position after which to go on: row and id of the last fault read. */
  readonly after?: { readonly row: number; readonly id: number } | undefined
  readonly limit: number
}

/** What was said of rows, in the order of the file. */
export const listFaults = async (tx: Tx, importId: Id, filter: FaultFilter): Promise<(Fault & { readonly id: number })[]> =>
  (await tx.rows(sql<FaultRow>`select id, row_number, column_index, column_label, field, severity, code, params from import_fault
    where import_id = ${importId} and severity = any(${filter.severities})
      and ${filter.fromRow === undefined ? sql`true` : sql`row_number >= ${filter.fromRow}`}
      and ${filter.toRow === undefined ? sql`true` : sql`row_number <= ${filter.toRow}`}
      and ${filter.after ? sql`(row_number, id) > (${filter.after.row}, ${filter.after.id})` : sql`true`}
    order by row_number, id limit ${filter.limit}`)).map((row) => ({
    id: row.id, row: row.row_number, column: row.column_index, label: row.column_label, field: row.field, severity: row.severity, code: row.code,
    params: row.params,
  }))

/** Rows of the file that were refused, in order. */
export const refusedRows = async (tx: Tx, importId: Id, from: number, limit: number): Promise<number[]> =>
  (await tx.rows(sql<{ row_number: number }>`select distinct row_number from import_fault
    where import_id = ${importId} and severity <> 'warning' and row_number >= ${from} order by row_number limit ${limit}`)).map((row) => row.row_number)

export const rememberedMapping = async (tx: Tx, run: Pick<Run, 'kind' | 'sender'>, fingerprint: string): Promise<Mapping | undefined> =>
  (await tx.first(sql<{ mapping: Mapping }>`select mapping from import_mapping
    where kind = ${run.kind} and sender = ${run.sender} and fingerprint = ${fingerprint}`))?.mapping

export const rememberMapping = async (
  tx: Tx, run: Pick<Run, 'kind' | 'sender'>, fingerprint: string, mapping: Mapping, by: string, at: Instant,
): Promise<void> => {
  await tx.run(sql`insert into import_mapping (kind, sender, fingerprint, mapping, confirmed_by, confirmed_at)
    values (${run.kind}, ${run.sender}, ${fingerprint}, ${JSON.stringify(mapping)}, ${by}, ${at})
    on conflict (kind, sender, fingerprint) do update
      set mapping = excluded.mapping, confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at`)
}

export const unknownImport = problem('unknown_import', { status: 404 })

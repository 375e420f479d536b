import { createHash } from 'node:crypto'
import { ok, type Id, type Instant } from '#base'
import { newId, now, type Clock } from '#platform/clock'
import { EVERYWHERE, sql, type Database, type Tx } from '#platform/db'

/** One command that changed something. */
export interface AuditRecord {
  readonly commandId: Id
  readonly name: string
  readonly actor: string
  readonly areaPos: number
  readonly bodySha256: Buffer
  readonly result: unknown
  readonly recordedAt: Instant
}

/**
 * Stands in a result for the text that a statement of the transaction draws and leaves in the setting `app.drawn`, so that a command that needs
 * it in its answer need not wait for it. Nobody can guess it.
 */
export const DRAWN = newId()

const APPEND = `insert into audit_entry (command_id, name, actor, area_pos, body_sha256, result, recorded_at)
values ($1, $2, $3, $4, $5, replace($6, '${DRAWN}', coalesce(current_setting('app.drawn', true), ''))::jsonb, $7)`

/** Appends the row of a command, in the transaction of the command, which fails where the id was used before. */
export const appendAudit = (tx: Tx, entry: AuditRecord): void => {
  tx.send('audit_append', APPEND, [
    entry.commandId, entry.name, entry.actor, entry.areaPos, entry.bodySha256, JSON.stringify(entry.result ?? null), entry.recordedAt,
  ])
}

/** Puts an event of a library with state of its own (a sign-in) beside our commands. */
export const recordEvent = async (database: Database, clock: Clock, name: string, actor: string): Promise<void> => {
  const commandId = newId(clock)
  const bodySha256 = createHash('sha256').update(`${name}\n${actor}`).digest()
  await database.write(EVERYWHERE, async (tx) => {
    appendAudit(tx, { commandId, name, actor, areaPos: 0, bodySha256, result: null, recordedAt: now(clock) })
    return ok(null)
  })
}

interface EntryRow {
  command_id: Id
  name: string
  actor: string
  area_pos: number
  body_sha256: Buffer
  result: unknown
  recorded_at: Instant
}

const toRecord = (row: EntryRow): AuditRecord => ({
  commandId: row.command_id, name: row.name, actor: row.actor, areaPos: row.area_pos, bodySha256: row.body_sha256, result: row.result,
  recordedAt: row.recorded_at,
})

/** The row of a command id, if it was performed before. */
export const findAudit = async (tx: Tx, commandId: Id): Promise<AuditRecord | undefined> => {
  const rows = await tx.prepared<EntryRow>(
    'audit_find',
    'select command_id, name, actor, area_pos, body_sha256, result, recorded_at from audit_entry where command_id = $1',
    [commandId],
  )
  return rows[0] && toRecord(rows[0])
}

/** The latest entries in the reader's area, newest first; `before` is the last id of the page above (UUIDv7 sorts by time). */
export const listAudit = async (tx: Tx, before: Id | undefined, limit: number): Promise<AuditRecord[]> =>
  (await tx.rows(sql<EntryRow>`
    select command_id, name, actor, area_pos, body_sha256, result, recorded_at from audit_entry
    where ${before ? sql`command_id < ${before}` : sql`true`}
    order by command_id desc limit ${limit}`)).map(toRecord)

interface SealedRow extends EntryRow {
  epoch: number
  xid: string
}

const ENTRIES = sql`select command_id, name, actor, area_pos, body_sha256, result, recorded_at, epoch, xid::text from audit_entry e`
/** With the table's name: \`xid\` alone would be the text of the select list, where 1000 comes before 999. */
const IN_ORDER = sql`order by e.epoch, e.xid, e.command_id`

/** How many entries one batch covers at most: verification holds one batch in memory. */
const BATCH = 10_000

/** Bytes of an entry under the chain: every column, length-prefixed so that no two entries share a reading. */
const chained = (previous: Buffer, rows: readonly SealedRow[]): Buffer => {
  const hash = createHash('sha256').update(previous)
  for (const row of rows) {
    const text = JSON.stringify([
      row.epoch, row.xid, row.command_id, row.name, row.actor, row.area_pos, row.body_sha256.toString('hex'), row.result, row.recorded_at,
    ])
    hash.update(`${Buffer.byteLength(text)}:`).update(text)
  }
  return hash.digest()
}

const GENESIS = createHash('sha256').update('lũy tre audit chain').digest()

interface SealRow {
  batch: number
  epoch: number
  xid_before: string
  entry_count: number
  hash: Buffer
}

/**
 * Seals everything below the snapshot horizon: transactions older than the oldest one still running are finished,
 * so their rows are complete and no later row can fall among them. Commits never wait for the chain.
 * Returns how many entries were sealed.
 */
export const sealAudit = async (database: Database, clock: Clock): Promise<number> =>
  database.owner(async (tx) => {
    const turn = await tx.first(sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtext('luytre audit seal')) as mine`)
    if (!turn?.mine) return 0
    const last = await lastSeal(tx)
    const rows = await tx.rows(sql<SealedRow>`${ENTRIES}
      where (e.epoch, e.xid) >= (${last?.epoch ?? 0}, ${last?.xid_before ?? '0'}::xid8)
        and (e.epoch < (select max(epoch) from audit_entry) or e.xid < pg_snapshot_xmin(pg_current_snapshot()))
      ${IN_ORDER} limit ${BATCH}`)
    // A batch ends with a whole transaction of one epoch, so that its bound can be told by the transaction number.
    const first = rows[0]
    const end = rows.at(-1)
    if (!first || !end) return 0
    let sealed = rows.filter((row) => row.epoch === first.epoch)
    if (rows.length === BATCH && sealed.length === BATCH && first.xid !== end.xid) sealed = sealed.filter((row) => row.xid !== end.xid)
    const bound = sealed.at(-1) as SealedRow
    await tx.run(sql`insert into audit_seal (batch, epoch, xid_before, entry_count, hash, sealed_at)
      values (${(last?.batch ?? 0) + 1}, ${bound.epoch}, (${bound.xid}::text::bigint + 1)::text::xid8, ${sealed.length},
        ${chained(last?.hash ?? GENESIS, sealed)}, ${now(clock)})`)
    return sealed.length
  })

const lastSeal = (tx: Tx): Promise<SealRow | undefined> =>
  tx.first(sql<SealRow>`select batch, epoch, xid_before::text, entry_count, hash from audit_seal order by batch desc limit 1`)

export interface AuditVerdict {
  readonly intact: boolean
  readonly batches: number
  readonly entries: number
  /** Entries not sealed yet. */
  readonly unsealed: number
  /** First batch that does not agree with the chain. */
  readonly brokenAt?: number
}

/** Recomputes the whole chain from the entries; the first batch that differs is named. */
export const verifyAudit = async (database: Database): Promise<AuditVerdict> =>
  database.owner(async (tx) => {
    const seals = await tx.rows(sql<SealRow>`select batch, epoch, xid_before::text, entry_count, hash from audit_seal order by batch`)
    let previous: Buffer = GENESIS
    let entries = 0
    let from = { epoch: 0, xid: '0' }
    for (const [index, seal] of seals.entries()) {
      const rows = await tx.rows(sql<SealedRow>`${ENTRIES}
        where (e.epoch, e.xid) >= (${from.epoch}, ${from.xid}::xid8) and (e.epoch, e.xid) < (${seal.epoch}, ${seal.xid_before}::xid8)
        ${IN_ORDER}`)
      const hash = chained(previous, rows)
      if (seal.batch !== index + 1 || rows.length !== seal.entry_count || !hash.equals(seal.hash)) {
        return { intact: false, batches: seals.length, entries, unsealed: 0, brokenAt: seal.batch }
      }
      previous = hash
      entries += rows.length
      from = { epoch: seal.epoch, xid: seal.xid_before }
    }
    const rest = await tx.first(sql<{ n: number }>`select count(*) as n from audit_entry where (epoch, xid) >= (${from.epoch}, ${from.xid}::xid8)`)
    return { intact: true, batches: seals.length, entries, unsealed: rest?.n ?? 0 }
  })

/** After a restore: transaction numbers of another cluster start anew, so the entries to come carry the next epoch. */
export const beginEpoch = async (tx: Tx): Promise<void> => {
  const last = await tx.first(sql<{ epoch: number }>`select coalesce(max(epoch), 0) as epoch from audit_entry`)
  await tx.run(sql`alter table audit_entry alter column epoch set default ${sql.lit((last?.epoch ?? 0) + 1)}`)
}

/** Seals once a second while the product runs; returns how to stop, sealing what is left. */
export const startSealer = (database: Database, clock: Clock, onFault: (error: unknown) => void): (() => Promise<void>) => {
  let running: Promise<unknown> = Promise.resolve()
  const turn = (): void => {
    running = running.then(() => sealAudit(database, clock)).catch(onFault)
  }
  const timer = setInterval(turn, 1000)
  timer.unref()
  return async () => {
    clearInterval(timer)
    turn()
    await running
  }
}

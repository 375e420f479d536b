import { problem, type Id, type Instant, type PlainDate, type Problem } from '#base'
import { sql, type Tx } from '#platform/db'

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

/** Work in the background as a reader sees it. */
export interface Job {
  readonly id: Id
  readonly kind: string
  readonly areaPos: number
  readonly body: unknown
  readonly state: JobState
  readonly done: number
  readonly total: number | null
  readonly attempts: number
  readonly askedBy: string
  readonly askedAt: Instant
  readonly startedAt: Instant | null
  readonly endedAt: Instant | null
  /** Somebody wants it to stop. */
  readonly stopping: boolean
  readonly result: unknown
  readonly fault: Problem | null
}

export interface NewJob {
  readonly id: Id
  readonly kind: string
  /** Of one kind and key only one is waiting or under way. */
  readonly key: string
  readonly areaPos: number
  readonly body: unknown
  /** How often it is begun at most. */
  readonly attempts: number
  readonly askedBy: string
  readonly askedAt: Instant
}

/**
 * Asks for work in the transaction of a command: it exists when the command is committed. The id of the one already waiting or under way, where there is one. What is asked for one area
 * must not have the key of what is asked for another: who asks may not see it.
 */
export const enqueue = async (tx: Tx, job: NewJob): Promise<{ readonly id: Id; readonly fresh: boolean }> => {
  for (let tries = 0; tries < 3; tries++) {
    const inserted = await tx.first(sql<{ id: Id }>`
      insert into job (id, kind, key, area_pos, body, state, attempt_limit, start_at, asked_by, asked_at)
      values (${job.id}, ${job.kind}, ${job.key}, ${job.areaPos}, ${JSON.stringify(job.body)}::jsonb, 'queued', ${job.attempts}, ${job.askedAt}, ${job.askedBy}, ${job.askedAt})
      on conflict (kind, key) where state in ('queued', 'running') do nothing returning id`)
    if (inserted) return { id: inserted.id, fresh: true }
    const known = await tx.first(sql<{ id: Id }>`select id from job where kind = ${job.kind} and key = ${job.key} and state in ('queued', 'running')`)
    if (known) return { id: known.id, fresh: false }
    // It ended between the two statements: then ours has no rival any more.
  }
  throw new Error(`${job.kind} ${job.key} is asked for where the asker may not see`)
}

const SHOWN = sql`id, kind, area_pos as "areaPos", body, state, done_count as done, total_count as total, attempt_count as attempts, asked_by as "askedBy", asked_at as "askedAt",
  started_at as "startedAt", ended_at as "endedAt", cancel_by is not null as stopping, result, fault`

/** The newest work of a kind in the reader's area. */
export const latestJobs = (tx: Tx, kind: string, limit: number): Promise<Job[]> =>
  tx.rows(sql<Job>`select ${SHOWN} from job where kind = ${kind} order by asked_at desc, id desc limit ${limit}`)

export const findJob = (tx: Tx, id: Id): Promise<Job | undefined> => tx.first(sql<Job>`select ${SHOWN} from job where id = ${id}`)

/** Wants a job to stop: one that waits is cancelled at once, one under way when its worker hears of it. False where it has ended. */
export const cancelJob = async (tx: Tx, id: Id, by: string, at: Instant): Promise<boolean> =>
  (await tx.run(sql`
    update job set cancel_by = ${by}, state = case state when 'queued' then 'cancelled' else state end, ended_at = case state when 'queued' then ${at}::timestamptz end
    where id = ${id} and state in ('queued', 'running')`)) > 0

/** What a worker is given. */
export interface Claimed {
  readonly id: Id
  readonly kind: string
  readonly body: unknown
  readonly attempt: number
}

/** Gives up what died in its last attempt, then takes what is due: waiting, or begun by a worker that gave no sign of life since `silentSince`. */
export const claimJob = async (tx: Tx, worker: Id, kinds: readonly string[], at: Instant, silentSince: Instant): Promise<Claimed | undefined> => {
  const lost = sql`state = 'running' and beat_at < ${silentSince}`
  await tx.run(sql`
    update job set state = case when cancel_by is null then 'failed' else 'cancelled' end, ended_at = ${at},
      fault = case when cancel_by is null then ${JSON.stringify(problem('job_worker_lost'))}::jsonb end
    where kind = any(${kinds}) and ${lost} and (attempt_count >= attempt_limit or cancel_by is not null)`)
  return tx.first(sql<Claimed>`
    update job set state = 'running', worker = ${worker}, attempt_count = attempt_count + 1, started_at = ${at}, beat_at = ${at}, done_count = 0, total_count = null
    where id = (
      select id from job where kind = any(${kinds}) and ((state = 'queued' and start_at <= ${at}) or (${lost})) order by start_at, id limit 1 for update skip locked)
    returning id, kind, body, attempt_count as attempt`)
}

/** A sign of life; whether the work shall stop, or nothing where another worker has it now. */
export const beat = (tx: Tx, id: Id, worker: Id, at: Instant, done: number, total: number | null): Promise<{ readonly stopping: boolean } | undefined> =>
  tx.first(sql<{ stopping: boolean }>`
    update job set beat_at = ${at}, done_count = ${done}, total_count = ${total} where id = ${id} and worker = ${worker} and state = 'running' returning cancel_by is not null as stopping`)

export interface JobEnd {
  readonly state: 'done' | 'failed' | 'cancelled'
  readonly result?: unknown
  readonly fault?: Problem
}

export const endJob = async (tx: Tx, id: Id, worker: Id, at: Instant, end: JobEnd, done: number, total: number | null): Promise<void> => {
  await tx.run(sql`
    update job set state = ${end.state}, ended_at = ${at}, beat_at = ${at}, done_count = ${done}, total_count = ${total},
      result = ${end.result === undefined ? null : JSON.stringify(end.result)}::jsonb, fault = ${end.fault === undefined ? null : JSON.stringify(end.fault)}::jsonb
    where id = ${id} and worker = ${worker} and state = 'running'`)
}

/** Puts a job back: after a fault, to be tried later; when the product stops (`uncounted`), as if it had not been begun. */
export const putBack = async (tx: Tx, id: Id, worker: Id, startAt: Instant, uncounted: boolean): Promise<void> => {
  await tx.run(sql`
    update job set state = 'queued', worker = null, beat_at = null, start_at = ${startAt}, attempt_count = attempt_count - ${uncounted ? 1 : 0}
    where id = ${id} and worker = ${worker} and state = 'running'`)
}

const NIGHT = 'night:'

export const nightKey = (day: PlainDate): string => `${NIGHT}${day}`

/** The last night that asked for work of a kind. */
export const lastNight = async (tx: Tx, kind: string): Promise<PlainDate | undefined> =>
  (await tx.first(sql<{ day: PlainDate | null }>`select max(substr(key, ${NIGHT.length + 1}::int))::date as day from job where kind = ${kind} and key like ${`${NIGHT}%`}`))?.day ?? undefined

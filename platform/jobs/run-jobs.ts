import { ok, problem, provinceTime, type Id, type Instant, type PlainDate, type Result } from '#base'
import { newId, now, today, type Clock } from '#platform/clock'
import { EVERYWHERE, type Database } from '#platform/db'
import { beat, claimJob, endJob, enqueue, lastNight, nightKey, putBack, type Claimed, type JobEnd } from './job-store.ts'

/** Work under way, as the one who does it sees it. */
export interface RunningJob {
  readonly id: Id
  readonly body: unknown
  /** Aborted when somebody cancels the work or the product stops: end soon, leaving what is done. */
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => void
}

/** A kind of work: it may be begun again after any interruption, so what is done already must not be done twice. */
export interface JobKind {
  readonly name: string
  /** How often it is begun at most. */
  readonly attempts: number
  /** A refusal fails the job for good; a throw is tried again. */
  readonly run: (job: RunningJob) => Promise<Result<unknown>>
  /** Asked for every night at a time of the province's clock (`HH:MM`). */
  readonly nightly?: { readonly at: string; readonly ask: (day: PlainDate) => { readonly areaPos: number; readonly body: unknown } }
}

export interface JobDoor {
  readonly database: Database
  readonly clock: Clock
  readonly log: (line: string) => void
}

/** How often it is looked for work, and signs of life are given. Unit: milliseconds. */
const LOOK = 500
const BEAT = 1_000
/** A worker that was silent for so long is dead. Unit: milliseconds. */
const SILENCE = 20_000
/** Wait after the first failed attempt; doubled each time. Unit: milliseconds. */
const FIRST_WAIT = 10_000

const instantAt = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant

/** Does the work of some kinds, one at a time, until stopped; what is under way then waits for the next start. */
export const runJobs = (door: JobDoor, kinds: readonly JobKind[]): (() => Promise<void>) => {
  const { database, clock, log } = door
  const worker = newId(clock)
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  const names = [...byName.keys()]
  const stopping = new AbortController()
  let busy: Promise<void> | undefined
  let since = { day: today(clock), time: provinceTime(now(clock)) }

  const work = async (claimed: Claimed): Promise<void> => {
    const kind = byName.get(claimed.kind) as JobKind
    const cancelled = new AbortController()
    const steps: { done: number; total: number | null } = { done: 0, total: null }
    let mine = true
    let beating: Promise<unknown> = Promise.resolve()
    const giveSign = (): void => {
      beating = database
        .write(EVERYWHERE, async (tx) => ok(await beat(tx, claimed.id, worker, now(clock), steps.done, steps.total)))
        .then((heard) => {
          if (!heard.ok) return
          mine = heard.value !== undefined
          if (!mine || heard.value?.stopping) cancelled.abort()
        })
        // The next one may get through; if none does, another worker takes over.
        .catch(() => {})
    }
    const timer = setInterval(giveSign, BEAT)
    const signal = AbortSignal.any([stopping.signal, cancelled.signal])
    let end: JobEnd | undefined
    let fault: unknown
    try {
      const outcome = await kind.run({
        id: claimed.id, body: claimed.body, signal,
        progress: (done, total) => {
          steps.done = done
          steps.total = total
        },
      })
      if (outcome.ok) end = { state: 'done', result: outcome.value }
      else if (!signal.aborted) end = { state: 'failed', fault: outcome.problem }
    } catch (error) {
      fault = error
    }
    clearInterval(timer)
    await beating
    if (!mine) return
    await database.write(EVERYWHERE, async (tx) => {
      const at = now(clock)
      if (end) await endJob(tx, claimed.id, worker, at, end, steps.done, steps.total)
      else if (cancelled.signal.aborted) await endJob(tx, claimed.id, worker, at, { state: 'cancelled' }, steps.done, steps.total)
      else if (stopping.signal.aborted) await putBack(tx, claimed.id, worker, at, true)
      else if (claimed.attempt < kind.attempts) await putBack(tx, claimed.id, worker, instantAt(clock.milliseconds() + FIRST_WAIT * 2 ** (claimed.attempt - 1)), false)
      else await endJob(tx, claimed.id, worker, at, { state: 'failed', fault: problem('job_crashed', { params: { reason: String(fault) } }) }, steps.done, steps.total)
      return ok(null)
    })
    if (!end && !signal.aborted) log(`${claimed.kind}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`)
  }

  /** Each night once: when its time comes while the product runs, or later that day when it did not. */
  const askForTheNight = async (): Promise<void> => {
    const at = { day: today(clock), time: provinceTime(now(clock)) }
    const before = since
    since = at
    for (const { name, attempts, nightly } of kinds) {
      if (!nightly || at.time < nightly.at) continue
      const came = before.day < at.day || before.time < nightly.at
      await database.write(EVERYWHERE, async (tx) => {
        const last = await lastNight(tx, name)
        // A product that never ran at night waits for its first one.
        if (last === undefined ? came : last < at.day) {
          const { areaPos, body } = nightly.ask(at.day)
          await enqueue(tx, { id: newId(clock), kind: name, key: nightKey(at.day), areaPos, body, attempts, askedBy: 'night', askedAt: now(clock) })
        }
        return ok(null)
      })
    }
  }

  const turn = async (): Promise<void> => {
    if (provinceTime(now(clock)) !== since.time || today(clock) !== since.day || first) await askForTheNight()
    first = false
    const claimed = await database.write(EVERYWHERE, async (tx) => ok(await claimJob(tx, worker, names, now(clock), instantAt(clock.milliseconds() - SILENCE))))
    if (claimed.ok && claimed.value) await work(claimed.value)
  }
  let first = true
  const timer = setInterval(() => {
    busy ??= turn()
      .catch((error: unknown) => log(`${names.join(', ')}: ${String(error)}`))
      .finally(() => (busy = undefined))
  }, LOOK)
  timer.unref()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await busy
  }
}

import { addDays, ok, problem, refuse, type Instant, type PlainDate, type Result } from '#base'
import { grantOf, type Actor } from '#platform/access'
import type { Area } from '#platform/areas'
import { newId, today } from '#platform/clock'
import { command, perform } from '#platform/commands'
import { EVERYWHERE } from '#platform/db'
import type { App } from '#platform/http'
import { codeVersion, enqueue, inputsDigest, seedOf, type JobKind, type RunningJob } from '#platform/jobs'
import { inThreads } from '#platform/threads'
import { readCaseSeries, watchedAreas } from '#warnings'
import { z } from 'zod'
import {
  calibrated, CALIBRATION_WEEKS, completed, HORIZONS, weeksOf, type CareGiven, type ComputeAnswer, type ComputeTask, type Counts, type Delays, type NowcastDay, type Origin, type Raw, type ReproductionDay,
} from './compute/compute.ts'
import { FORECAST_RUN, forecastRun, startForecasts } from './contract.ts'
import type { TierGiven } from './compute/care.ts'
import { forecastDays, insertForecasts, type NewForecast } from './forecast-store.ts'
import { readPatients } from './patient-series.ts'
import { delaysOf } from './reporting-delays.ts'

const WORKER = new URL('./compute/compute-worker.ts', import.meta.url)
const ATTEMPTS = 3
/** After the warnings, before people come to work. */
const NIGHT = '02:45'
const DISEASE = 'covid-19'
/** What one forecast looks at. Unit: days. */
const HISTORY_DAYS = 260
/** Weeks whose forecasts are held against what came. */
export const PAST_WEEKS = 12
const WEEK = 7
/** Days whose reports are compared from one evening to the next. */
const DELAY_DAYS = 28
const MILLISECONDS_A_DAY = 86_400_000

const LEVELS = ['province', 'district', 'commune'] as const
type Level = (typeof LEVELS)[number]

const computation = (app: App): Actor => ({ id: 'system:forecasts', username: 'system', name: 'Dự báo', grants: [grantOf(app.areas, 'administrator', app.areas.country().id)] })

/** R6: asks for a run; one of the same day and area that is waiting or under way serves. */
export const startForecastsCommand = (app: App) => command({
  name: 'forecasts.start-run',
  permission: forecastRun,
  body: startForecasts.body as NonNullable<typeof startForecasts.body>,
  perform: async (context, { on, disease, area: code }): Promise<Result<{ job: string }>> => {
    if (on !== undefined && on >= context.today) return refuse(problem('day_not_over', { field: 'on' }))
    const day = (on ?? addDays(context.today, -1)) as PlainDate
    const root = app.areas.root(day)
    const area = code === undefined ? root : context.areas.resolve(code, day)
    if (!area || !context.areas.isWithin(area.id, root.id)) return refuse(problem('unknown_area', { status: 404, field: 'area', params: { area: code ?? '' } }))
    if (!context.permits(area.pos, area.posEnd)) return refuse(problem('forbidden', { status: 403 }))
    const level = code === undefined ? null : area.level
    context.areaPos = area.pos
    const asked = await enqueue(context.tx, {
      id: newId(), kind: FORECAST_RUN, key: `${disease} ${day} ${level ?? 'all'} ${area.pos}`, areaPos: area.pos, body: { on: day, disease, level }, attempts: ATTEMPTS, askedBy: context.actor.username,
      askedAt: context.at,
    })
    return ok({ job: asked.id })
  },
})

interface Findings {
  readonly disease: string
  readonly codeVersion: string
  readonly rows: readonly NewForecast[]
}

const recordForecasts = command({
  name: 'forecasts.record',
  permission: forecastRun,
  body: z.custom<Findings>((body) => typeof body === 'object' && body !== null && 'rows' in body),
  perform: async (context, { disease, codeVersion: version, rows }) =>
    ok({ recorded: await insertForecasts(context.tx, rows, { disease, codeVersion: version, at: context.at, commandId: context.commandId }) }),
})

/** The counts a run looks at: as they were known by the end of the day after, where they were known then. */
interface Inputs {
  readonly knownAt: Instant | null
  readonly of: (areaId: number) => Counts
  readonly delaysOf: (areaId: number) => Delays | null
  readonly patientsOf: (areaId: number) => readonly TierGiven[]
}

const instantAt = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant

const readInputs = async (app: App, on: PlainDate, disease: string): Promise<Inputs> => {
  const days = HISTORY_DAYS + WEEK * (PAST_WEEKS + CALIBRATION_WEEKS)
  const lately = { from: addDays(on, 1 - DELAY_DAYS), to: on, disease }
  const cutoff = Math.min(app.clock.milliseconds(), Date.parse(`${addDays(on, 2)}T00:00:00+07:00`))
  const areas = watchedAreas(app, on)
  const totalOf = (series: { of: (areaId: number) => Counts }): number => areas.reduce((sum, { id }) => sum + series.of(id).reduce<number>((all, count) => all + (count ?? 0), 0), 0)
  const then = await readCaseSeries(app, { ...lately, knownAt: instantAt(cutoff) })
  // Days that were recorded long after they passed have no history of how their reports came in.
  const recordedInTime = totalOf(then) >= totalOf(await readCaseSeries(app, lately)) / 2 && totalOf(then) > 0
  if (!recordedInTime) {
    return { knownAt: null, of: (await readCaseSeries(app, { from: addDays(on, 1 - days), to: on, disease })).of, delaysOf: () => null, patientsOf: await readPatients(app, { to: on, disease }) }
  }
  const patientsOf = await readPatients(app, { to: on, disease, knownAt: instantAt(cutoff) })
  const whole = await readCaseSeries(app, { from: addDays(on, 1 - days), to: on, disease, knownAt: instantAt(cutoff) })
  const snapshots = [then]
  for (let back = 1; back < DELAY_DAYS; back++) snapshots.push(await readCaseSeries(app, { ...lately, knownAt: instantAt(cutoff - back * MILLISECONDS_A_DAY) }))
  return { knownAt: instantAt(cutoff), of: whole.of, delaysOf: (areaId) => delaysOf(snapshots.map((snapshot) => snapshot.of(areaId))), patientsOf }
}

const body = z.object({ on: z.iso.date(), disease: z.string(), level: z.string().nullable() })

/** Where a group's forecasts begin: the end of the day, and of the weeks before. */
interface Begun {
  readonly on: PlainDate
  readonly counts: readonly Counts[]
  readonly inputsSha256: string
  readonly seed: number
}

/** One level of areas: the forecast of the day, and those of the weeks before that it is calibrated by and scored with. */
const forecastLevel = async (app: App, job: RunningJob, level: Level, areas: readonly Area[], inputs: Inputs, of: { on: PlainDate; disease: string }, step: () => void): Promise<NewForecast[]> => {
  const whole = areas.map(({ id }) => inputs.of(id))
  const delays = areas.map(({ id }) => inputs.delaysOf(id))
  const ids = areas.map(({ id }) => id)
  const patients = areas.map(({ id }) => inputs.patientsOf(id))
  const run = async (tasks: readonly ComputeTask[]): Promise<ComputeAnswer[]> => {
    const answers: ComputeAnswer[] = []
    await inThreads<ComputeTask, ComputeAnswer>(WORKER, tasks, {
      signal: job.signal,
      onAnswer: (answer, index) => {
        answers[index] = answer
        step()
      },
    })
    return answers
  }
  const digest = inputsDigest([level, of.on, of.disease, ids, whole, delays, patients])
  const [coming] = await run([{ kind: 'nowcast', areas: delays, seed: seedOf(digest) }])
  if (job.signal.aborted || !coming || !('nowcast' in coming)) return []
  const nowcast: readonly NowcastDay[][] = coming.nowcast
  const begun = Array.from({ length: 1 + PAST_WEEKS + CALIBRATION_WEEKS }, (_, weeksBack): Begun => {
    const until = (whole[0]?.length ?? 0) - WEEK * weeksBack
    const counts = whole.map((series, i) => (weeksBack === 0 ? completed(series, nowcast[i] ?? []) : series).slice(Math.max(0, until - HISTORY_DAYS), until))
    const on = addDays(of.on, -WEEK * weeksBack)
    const inputsSha256 = weeksBack === 0 ? digest : inputsDigest([level, on, of.disease, ids, counts])
    return { on, counts, inputsSha256, seed: seedOf(inputsSha256) }
  })
  const newest = begun[0] as Begun
  const answers = await run([
    { kind: 'reproduction', areas: newest.counts }, ...begun.map(({ counts, seed }): ComputeTask => ({ kind: 'raw', areas: counts, seed })),
  ])
  if (job.signal.aborted) return []
  const [first, ...rest] = answers
  const reproduction: readonly ReproductionDay[][] = first && 'reproduction' in first ? first.reproduction : []
  const raws: readonly (readonly (Raw | null)[])[] = rest.map((answer) => ('raw' in answer ? answer.raw : []))
  const weekly = newest.counts.map((series) => weeksOf(series))
  const origins = raws.map((raw, weeksBack): Origin => ({
    raw, came: weekly.map((weeks) => Array.from({ length: HORIZONS }, (_, h) => (weeksBack > h ? weeks[weeks.length - weeksBack + h] : undefined))),
  }))
  const ahead = begun.slice(0, 1 + PAST_WEEKS).map((_, weeksBack) => calibrated(raws[weeksBack] ?? [], origins.slice(weeksBack + 1, weeksBack + 1 + CALIBRATION_WEEKS)))
  const given = areas.map((_, i): CareGiven | null => {
    const weeks = ahead[0]?.[i]
    return weeks ? { counts: newest.counts[i] ?? [], weeks, tiers: patients[i] ?? [] } : null
  })
  const [beds] = await run([{ kind: 'care', areas: given, seed: newest.seed }])
  if (job.signal.aborted) return []
  const care = beds && 'care' in beds ? beds.care : []
  return begun.slice(0, 1 + PAST_WEEKS).flatMap(({ on, inputsSha256, seed, counts }, weeksBack) =>
    (ahead[weeksBack] ?? []).flatMap((weeks, i): NewForecast[] => {
      const area = areas[i]
      if (!weeks || !area) return []
      return [{
        areaId: area.id, areaPos: area.pos, on, inputsSha256, seed, weeks, baseline: raws[weeksBack]?.[i]?.baseline ?? null,
        demand: weeksBack > 0 ? null : (care[i] ?? null),
        retrospective: weeksBack > 0 || inputs.knownAt === null, knownAt: weeksBack > 0 ? null : inputs.knownAt,
        detail: {
          reproduction: weeksBack > 0 ? [] : (reproduction[i] ?? []), nowcast: weeksBack > 0 ? [] : (nowcast[i] ?? []), lastWeek: weeksOf((counts[i] ?? []).slice(-WEEK))[0] ?? null,
        },
      }]
    }))
}

/** Tasks of one level, for the progress. */
const STEPS = 3 + 1 + PAST_WEEKS + CALIBRATION_WEEKS

const forecastAll = async (app: App, job: RunningJob): Promise<Result<unknown>> => {
  const { on: day, disease, level } = body.parse(job.body)
  const on = day as PlainDate
  const inputs = await readInputs(app, on, disease)
  const levels = LEVELS.filter((one) => level === null || one === level)
  const watched = watchedAreas(app, on)
  let done = 0
  const step = (): void => job.progress(++done, levels.length * STEPS)
  job.progress(0, levels.length * STEPS)
  const made: NewForecast[] = []
  for (const one of levels) {
    const areas = watched.filter((area) => area.level === one)
    if (areas.length > 0) made.push(...(await forecastLevel(app, job, one, areas, inputs, { on, disease }, step)))
    if (job.signal.aborted) return refuse(problem('job_ended'))
  }
  // A forecast of a past week is made once: what was made in its time, or first, stands.
  const pastDays = Array.from({ length: PAST_WEEKS }, (_, n) => addDays(on, -WEEK * (n + 1)))
  const there = new Set((await app.database.read(EVERYWHERE, (tx) => forecastDays(tx, disease, pastDays))).map((one) => `${one.areaId} ${one.on}`))
  const rows = made.filter((one) => one.on === on || !there.has(`${one.areaId} ${one.on}`))
  const recorded = await perform(app, recordForecasts, { actor: computation(app), body: { disease, codeVersion: codeVersion('epi', 'modules/forecasts/compute'), rows } })
  return recorded.ok ? ok({ on, areas: made.filter((one) => one.on === on).length, ...recorded.value }) : recorded
}

export const forecastJob = (app: App): JobKind => ({
  name: FORECAST_RUN, attempts: ATTEMPTS, run: (job) => forecastAll(app, job),
  nightly: { at: NIGHT, ask: (night) => ({ areaPos: app.areas.root(night).pos, body: { on: addDays(night, -1), disease: DISEASE, level: null } }) },
})

/** The last day that is over. */
export const yesterday = (app: App): PlainDate => addDays(today(app.clock), -1)

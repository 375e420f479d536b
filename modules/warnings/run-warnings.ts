import { addDays, ok, problem, refuse, type PlainDate, type Result } from '#base'
import { grantOf, type Actor } from '#platform/access'
import { newId, today } from '#platform/clock'
import { command, perform } from '#platform/commands'
import { EVERYWHERE } from '#platform/db'
import type { App } from '#platform/http'
import { codeVersion, enqueue, inputsDigest, seedOf, type JobKind, type RunningJob } from '#platform/jobs'
import { inThreads } from '#platform/threads'
import { z } from 'zod'
import { readCaseSeries, watchedAreas } from './case-series.ts'
import { communeCentres } from './centroids.ts'
import { HISTORY_DAYS, SCAN_DAYS, type Alarm, type AreaCounts, type Commune, type DetectTask } from './compute/detect.ts'
import { startRun, WARNING_RUN, warningTune } from './contract.ts'
import { foundOn } from './episode.ts'
import { recordFindings } from './record-findings.ts'
import { sensitivityOf, type Sensitivity } from './sensitivity.ts'
import { sensitivities } from './warning-store.ts'

export const WORKER = new URL('./compute/detect-worker.ts', import.meta.url)
/** How often a run is begun at most. */
const ATTEMPTS = 3
/** The methods look at yesterday, after the reports of the evening and before people come to work. */
const NIGHT = '02:30'
const DISEASE = 'covid-19'
/** Areas one thread is given at a time: small enough to be stopped soon. */
const AREAS_AT_ONCE = 20

/** What a computation does it does under its own name. */
const computation = (app: App): Actor => ({ id: 'system:warnings', username: 'system', name: 'Cảnh báo sớm', grants: [grantOf(app.areas, 'administrator', app.areas.country().id)] })

/** R8: asks for a run of the province; one of the same day that is waiting or under way serves. */
export const startRunCommand = (app: App) => command({
  name: 'warnings.start-run',
  permission: warningTune,
  body: startRun.body as NonNullable<typeof startRun.body>,
  perform: async (context, { on, disease }): Promise<Result<{ job: string }>> => {
    if (on !== undefined && on >= context.today) return refuse(problem('day_not_over', { field: 'on' }))
    const day = (on ?? addDays(context.today, -1)) as PlainDate
    const { pos, posEnd } = app.areas.root(day)
    if (!context.permits(pos, posEnd)) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = pos
    const asked = await enqueue(context.tx, {
      id: newId(), kind: WARNING_RUN, key: `${disease} ${day}`, areaPos: pos, body: { on: day, disease }, attempts: ATTEMPTS, askedBy: context.actor.username, askedAt: context.at,
    })
    return ok({ job: asked.id })
  },
})

/** The settings of every area, by area. */
export const readSensitivities = async (app: App): Promise<ReadonlyMap<number, Sensitivity>> =>
  new Map((await app.database.read(EVERYWHERE, sensitivities)).flatMap(({ areaId, sensitivity }) => (sensitivity === null ? [] : [[areaId, sensitivity] as const])))

/** Every watched area that is or lies in one, with its counts up to a day and its sensitivity. */
export const readCounts = async (app: App, on: PlainDate, disease: string, within: number): Promise<AreaCounts[]> => {
  const series = await readCaseSeries(app, { from: addDays(on, 1 - HISTORY_DAYS), to: on, disease })
  const own = await readSensitivities(app)
  const tree = app.areas.tree()
  return watchedAreas(app, on).filter(({ id }) => tree.isWithin(id, within)).map(({ id }) => ({ areaId: id, counts: series.of(id), sensitivity: sensitivityOf(own, [id, ...tree.ancestors(id).map((area) => area.id)]).value }))
}

const body = z.object({ on: z.iso.date(), disease: z.string() })

/** Looks at one day: reads the counts, lets the threads compute, writes what was found by the door of commands. */
const look = async (app: App, job: RunningJob): Promise<Result<unknown>> => {
  const given = body.parse(job.body)
  const on = given.on as PlainDate
  const areas = await readCounts(app, on, given.disease, app.areas.root(on).id)
  const centres = communeCentres(on)
  const communes = areas.flatMap((area): Commune[] => {
    const centre = centres.get(area.areaId)
    return centre ? [{ ...area, counts: area.counts.slice(-SCAN_DAYS), ...centre }] : []
  })
  const inputsSha256 = inputsDigest([on, given.disease, areas, communes])
  const seed = seedOf(inputsSha256)
  const tasks: DetectTask[] = [{ kind: 'clusters', communes, seed }]
  for (let first = 0; first < areas.length; first += AREAS_AT_ONCE) tasks.push({ kind: 'aberrations', areas: areas.slice(first, first + AREAS_AT_ONCE) })
  const alarms: Alarm[] = []
  let done = 0
  job.progress(0, tasks.length)
  await inThreads<DetectTask, Alarm[]>(WORKER, tasks, {
    signal: job.signal,
    onAnswer: (answer) => {
      alarms.push(...answer)
      job.progress(++done, tasks.length)
    },
  })
  if (job.signal.aborted) return refuse(problem('job_ended'))
  const recorded = await perform(app, recordFindings, {
    actor: computation(app),
    body: { disease: given.disease, codeVersion: codeVersion('epi', 'modules/warnings/compute'), inputsSha256, seed, found: alarms.map((alarm) => foundOn(on, alarm)) },
  })
  return recorded.ok ? ok({ on, areas: areas.length, alarms: alarms.length, ...recorded.value }) : recorded
}

export const warningRun = (app: App): JobKind => ({
  name: WARNING_RUN, attempts: ATTEMPTS, run: (job) => look(app, job),
  nightly: { at: NIGHT, ask: (day) => ({ areaPos: app.areas.root(day).pos, body: { on: addDays(day, -1), disease: DISEASE } }) },
})

/** The day before the province's day: the last one that is over. */
export const yesterday = (app: App): PlainDate => addDays(today(app.clock), -1)

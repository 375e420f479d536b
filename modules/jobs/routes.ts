import { z } from 'zod'
import { ok, problem, refuse } from '#base'
import { command } from '#platform/commands'
import { serve, serveCommand, type App } from '#platform/http'
import { cancelJob, findJob, latestJobs, type Job } from '#platform/jobs'
import * as contract from './contract.ts'

const unknown = problem('unknown_job', { status: 404 })

const cancelCommand = command({
  name: 'jobs.cancel',
  permission: contract.jobCancel,
  body: z.object({ id: z.uuid() }),
  perform: async (context, { id }) => {
    const job = await findJob(context.tx, id)
    if (!job) return refuse(unknown)
    if (!context.permits(job.areaPos)) return refuse(problem('forbidden', { status: 403 }))
    context.areaPos = job.areaPos
    return (await cancelJob(context.tx, id, context.actor.username, context.at)) ? ok({ id }) : refuse(problem('job_ended', { status: 409 }))
  },
})

const shown = ({ areaPos: _, fault, ...job }: Job): contract.JobShown => ({
  ...job, fault: fault && { code: fault.code, ...(fault.params ? { params: { ...fault.params } } : {}) },
})

export const routes = (app: App): void => {
  serve(app, contract.listJobs, async ({ scope, query }) => ok({ jobs: (await app.database.read(scope, (tx) => latestJobs(tx, query.kind, query.limit))).map(shown) }))
  serve(app, contract.getJob, async ({ scope, params }) => {
    const job = await app.database.read(scope, (tx) => findJob(tx, params.id))
    return job ? ok(shown(job)) : refuse(unknown)
  })
  serveCommand(app, contract.cancelJob, cancelCommand, (_, { id }) => ({ id }))
}

import { z } from 'zod'
import { endpoint, EVERYONE, permission } from '#base'

export const jobRead = permission('job.read', ...EVERYONE)
export const jobCancel = permission('job.cancel', 'epidemiologist', 'commander', 'administrator')

export const jobShown = z.object({
  id: z.string(), kind: z.string(), state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  done: z.int(), total: z.int().nullable(), attempts: z.int(),
  /** Username, or `night`. */
  askedBy: z.string(), askedAt: z.string(), startedAt: z.string().nullable(), endedAt: z.string().nullable(),
  stopping: z.boolean(),
  /** What it was given and what came of it; the module of the kind says what is in there. */
  body: z.unknown(), result: z.unknown(),
  fault: z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() }).nullable(),
})
export type JobShown = z.output<typeof jobShown>

export const listJobs = endpoint({
  method: 'GET', path: '/api/jobs', permission: jobRead, summary: 'The newest background work of a kind in the reader’s area',
  query: z.object({ kind: z.string().max(60), limit: z.coerce.number().int().min(1).max(50).default(10) }),
  response: z.object({ jobs: z.array(jobShown) }), problems: [],
})
export const getJob = endpoint({
  method: 'GET', path: '/api/jobs/:id', permission: jobRead, summary: 'One piece of background work',
  params: z.object({ id: z.uuid() }), response: jobShown, problems: ['unknown_job'],
})
export const cancelJob = endpoint({
  method: 'POST', path: '/api/jobs/:id/cancel', permission: jobCancel, summary: 'Stop background work; what is done stays',
  params: z.object({ id: z.uuid() }), response: z.object({ id: z.string() }), problems: ['unknown_job', 'job_ended'],
})

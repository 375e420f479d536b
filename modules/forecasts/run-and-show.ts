import { setTimeout as wait } from 'node:timers/promises'
import { ok, problem, refuse, type Problem, type Result } from '#base'

/** Who asks: the shell's client of the API, or anything like it. */
export interface ForecastClient {
  readonly json: <T>(method: string, path: string, body?: unknown) => Promise<Result<T>>
}

/** How often it is asked whether the run has ended. Unit: milliseconds. */
const ASK = 300

/** Makes the forecast of an area from the end of a day and answers with it. Problems: those of the run, and `run_cancelled`. */
export const runAndShow = async (client: ForecastClient, { area, on }: { readonly area: string; readonly on: string }): Promise<Result<unknown>> => {
  const asked = await client.json<{ job: string }>('POST', '/api/forecasts/run', { area, on })
  if (!asked.ok) return asked
  for (;;) {
    const job = await client.json<{ state: string; fault: Problem | null }>('GET', `/api/jobs/${asked.value.job}`)
    if (!job.ok) return job
    if (job.value.state === 'failed' && job.value.fault) return refuse(job.value.fault)
    if (job.value.state === 'cancelled') return refuse(problem('run_cancelled'))
    if (job.value.state === 'done') break
    await wait(ASK)
  }
  const shown = await client.json<object>('GET', `/api/forecasts?${new URLSearchParams({ area, on })}`)
  return shown.ok ? ok(shown.value) : shown
}

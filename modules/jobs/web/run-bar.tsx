import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Instant } from '#base'
import { Notice, Progress, useFormat, useMay, useQueryOf, useSend, useSentence, useT } from '#web'
import { cancelJob, jobCancel, listJobs, type JobShown } from '../contract.ts'

/** Asked often while something runs, now and then else: the night may have begun one. Unit: milliseconds. */
const OFTEN = 1_000
const SELDOM = 30_000

const isUnderWay = (job: JobShown | undefined): boolean => job?.state === 'queued' || job?.state === 'running'

/** The newest work of a kind, kept up to date; `onEnd` is called when one that was seen under way has ended. */
export const useRun = (kind: string, onEnd: () => void): { readonly run: JobShown | undefined; readonly underWay: boolean } => {
  const [seen, see] = useState<string>()
  const { data } = useQueryOf(listJobs, { query: { kind, limit: 1 } }, { every: seen === undefined ? SELDOM : OFTEN })
  const run = data?.jobs[0]
  const underWay = isUnderWay(run)
  useEffect(() => {
    if (underWay) see(run?.id)
    else if (seen !== undefined) {
      see(undefined)
      onEnd()
    }
    // Who asks hands in a new function at every rendering; only the run's own changes count.
  }, [underWay, run?.id])
  return { run, underWay }
}

interface RunBarProps {
  readonly run: JobShown | undefined
  /** What is being done, as a sentence. */
  readonly label: string
  /** How far, in words. */
  readonly detail: (done: number, total: number) => string
}

/** How far a run is, with a way to stop it; afterwards why it did not finish. Nothing when all is well. */
export const RunBar = ({ run, label, detail }: RunBarProps) => {
  const t = useT()
  const format = useFormat()
  const sentence = useSentence()
  const may = useMay()(jobCancel)
  const stop = useSend(cancelJob, { invalidates: [listJobs] })
  if (!run) return null
  if (isUnderWay(run)) {
    return (
      <Progress
        label={run.stopping ? t('jobs.stopping') : run.state === 'queued' ? t('jobs.queued') : label}
        done={run.total === null || run.total === 0 ? undefined : run.done / run.total}
        {...(run.total === null ? {} : { detail: detail(run.done, run.total) })}
        onCancel={may && !run.stopping ? () => void stop.send({ params: { id: run.id } }) : undefined}
      />
    )
  }
  if (run.state === 'failed' && run.fault) return <Notice warning>{t('jobs.failed', { reason: sentence({ code: run.fault.code, title: '', status: 422, ...(run.fault.params ? { params: run.fault.params } : {}) }) })}</Notice>
  if (run.state === 'cancelled' && run.endedAt) return <Text size="sm" c="dimmed">{t('jobs.cancelled', { at: format.instant(run.endedAt as Instant) })}</Text>
  return null
}

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { asked } from './threads.ts'

/** Threads that stay: what they have compiled is there for the next question. */
export interface KeptThreads<T, R> {
  /** How many there are at most. */
  readonly count: number
  /** The answer to a task, from the first thread that is free; nothing when the signal is aborted before one is. Throws what the task threw. */
  readonly ask: (task: T, signal: AbortSignal) => Promise<R | undefined>
}

const NEVER = new AbortController().signal

/** For answers somebody waits for, which take seconds at most: every core, so that they are seconds. */
const COUNT = Math.max(1, Math.min(4, availableParallelism()))

/**
 * Threads for short tasks with somebody waiting: `file` is a module that calls `answerTasks`. They start with the first tasks and never keep the process alive. A task under way runs to its end, so
 * that its thread stays: keep tasks short.
 */
export const keptThreads = <T, R>(file: URL): KeptThreads<T, R> => {
  const free: Worker[] = []
  const waiting: (() => void)[] = []
  let started = 0
  const take = async (): Promise<Worker> => {
    while (free.length === 0 && started >= COUNT) await new Promise<void>((resolve) => waiting.push(resolve))
    const kept = free.pop()
    if (kept) return kept
    started++
    const worker = new Worker(file)
    worker.unref()
    return worker
  }
  return {
    count: COUNT,
    ask: async (task, signal) => {
      const worker = await take()
      let alive = true
      try {
        if (signal.aborted) return undefined
        const reply = await asked<R>(worker, task, NEVER).catch((error: unknown) => {
          // A thread that died answers nobody any more.
          alive = false
          throw error
        })
        if (reply && 'fault' in reply) throw new Error(reply.fault)
        return reply?.answer
      } finally {
        if (alive) free.push(worker)
        else started--
        waiting.shift()?.()
      }
    },
  }
}

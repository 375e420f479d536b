import { availableParallelism } from 'node:os'
import { parentPort, Worker } from 'node:worker_threads'

export interface ThreadOptions<R> {
  readonly signal: AbortSignal
  /** Called with each answer as it comes, one at a time; the next task of that thread waits for it. */
  readonly onAnswer: (answer: R, index: number) => Promise<void> | void
}

export type Reply<R> = { readonly answer: R } | { readonly fault: string }

/** One core stays with the server and the database. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1))

/**
 * Computes tasks in threads of their own: `file` is a module that calls `answerTasks`. Throws what a task or an answer's keeper threw; ends early, without a throw,
 * when the signal is aborted.
 */
export const inThreads = async <T, R>(file: URL, tasks: readonly T[], { signal, onAnswer }: ThreadOptions<R>): Promise<void> => {
  let next = 0
  const one = async (): Promise<void> => {
    if (signal.aborted || next >= tasks.length) return
    const worker = new Worker(file)
    try {
      while (!signal.aborted && next < tasks.length) {
        const index = next++
        const reply = await asked<R>(worker, tasks[index], signal)
        if (reply === undefined) return
        if ('fault' in reply) throw new Error(reply.fault)
        await onAnswer(reply.answer, index)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(THREADS, tasks.length) }, one))
}

/** One answer of a thread; nothing when the signal is aborted first. */
export const asked = <R>(worker: Worker, task: unknown, signal: AbortSignal): Promise<Reply<R> | undefined> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', heard).off('error', failed).off('exit', ended)
      signal.removeEventListener('abort', stop)
      act()
    }
    const heard = (reply: Reply<R>): void => settle(() => resolve(reply))
    const failed = (error: Error): void => settle(() => reject(error))
    const ended = (code: number): void => settle(() => reject(new Error(`the thread ended with ${code}`)))
    const stop = (): void => settle(() => resolve(undefined))
    worker.on('message', heard).on('error', failed).on('exit', ended)
    signal.addEventListener('abort', stop)
    worker.postMessage(task)
  })

/** The other end: answers the tasks this thread is given. */
export const answerTasks = <T, R>(work: (task: T) => R): void => {
  const port = parentPort
  port?.on('message', (task: T) => {
    let reply: Reply<R>
    try {
      reply = { answer: work(task) }
    } catch (error) {
      reply = { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
    port.postMessage(reply)
  })
}

// A range of the runs of a scenario, in a thread of its own.
import { parentPort } from 'node:worker_threads'
import { simulateRuns, type ScenarioParameters } from '#epi'

/** What the bench asks of a worker. */
export interface RunRange {
  readonly parameters: ScenarioParameters
  readonly first: number
  readonly end: number
  readonly seed: number
}

parentPort?.on('message', ({ parameters, first, end, seed }: RunRange) => {
  const runs = simulateRuns(parameters, first, end, seed)
  parentPort?.postMessage(runs, [runs.buffer as ArrayBuffer])
})

// A range of the runs of a scenario, in a thread of its own.
import { simulateRuns, type ScenarioParameters } from '#epi'
import { answerTasks } from '#platform/threads'

/** What the bench asks of a thread. */
export interface RunRange {
  readonly parameters: ScenarioParameters
  readonly first: number
  readonly end: number
  readonly seed: number
}

answerTasks(({ parameters, first, end, seed }: RunRange) => simulateRuns(parameters, first, end, seed))

import { ok, problem, refuse, type Result } from '#base'
import { codeVersion, inputsDigest, seedOf } from '#platform/jobs'
import { keptThreads } from '#platform/threads'
import type { ComputeAnswer, ComputeTask } from './compute/compute.ts'
import { parametersOf } from './compute/parameters.ts'
import { RUNS, type Ground, type Outcome, type Variant } from './contract.ts'

const threads = keptThreads<ComputeTask, ComputeAnswer>(new URL('./compute/compute-worker.ts', import.meta.url))

/** So many runs are one task: a tenth of a second, after which a caller who has gone is noticed. */
const TASK_RUNS = 50
/** What was computed lately is not computed again: a save after a look, a slider moved back. */
const KEPT = 60
const lately = new Map<string, Outcome>()

export interface Stamp {
  readonly codeVersion: string
  readonly inputsSha256: string
  readonly seed: number
}

/** What makes the outcomes of these inputs again. The seed follows from what the variants share, so that they differ by what differs between them and not by chance. */
export const stampOf = (ground: Ground, inputs: unknown): Stamp => ({
  codeVersion: codeVersion('epi', 'modules/scenarios/compute'), inputsSha256: inputsDigest([ground, inputs]), seed: seedOf(inputsDigest(ground)),
})

/** R1, R2: the outcome of one variant. Problem `run_given_up` when the signal is aborted. */
export const outcomeOf = async (
  { ground, before, variant, runs = RUNS.whole }: { readonly ground: Ground; readonly before: Variant['contacts']; readonly variant: Variant; readonly runs?: number | undefined }, signal: AbortSignal,
): Promise<Result<Outcome>> => {
  const { seed, codeVersion: version } = stampOf(ground, null)
  const { name: _, ...inputs } = variant
  const key = inputsDigest([version, ground, before, inputs, runs])
  const known = lately.get(key)
  if (known) return ok(known)
  const parameters = parametersOf(ground, before, variant)
  const blocks: Float64Array[] = []
  let next = 0
  const one = async (): Promise<void> => {
    while (next < runs && !signal.aborted) {
      const first = next
      next += TASK_RUNS
      const answer = await threads.ask({ kind: 'runs', parameters, first, end: Math.min(runs, first + TASK_RUNS), seed }, signal)
      if (answer && 'runs' in answer) blocks[first / TASK_RUNS] = answer.runs
    }
  }
  await Promise.all(Array.from({ length: threads.count }, one))
  const summary = signal.aborted ? undefined : await threads.ask({ kind: 'summary', parameters, blocks, beds: variant.beds }, signal)
  if (!summary || !('outcome' in summary)) return refuse(problem('run_given_up', { status: 409 }))
  lately.set(key, summary.outcome)
  for (const old of [...lately.keys()].slice(0, -KEPT)) lately.delete(old)
  return ok(summary.outcome)
}

import { useDebouncedValue } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { AnswerOf } from '#base'
import { call, keyOf, ProblemError, type ProblemDocument } from '#web'
import { RUNS, runScenarios, type Ground, type Outcome, type Variant } from '../contract.ts'

/** A hand that rests so long on a slider is answered. Unit: milliseconds. */
const REST = { first: 150, whole: 500 } as const
/** Outcomes do not change. Unit: milliseconds. */
const KEPT = 600_000

export interface Run {
  readonly outcome: Outcome | undefined
  readonly inputsSha256: string | undefined
  readonly codeVersion: string | undefined
  readonly seed: number | undefined
  /** Fewer runs, or those of inputs that have changed since. */
  readonly settling: boolean
}

const useRuns = (ground: Ground | undefined, variants: readonly Variant[], runs: number) => useQueries({
  queries: variants.map((variant) => {
    const { name: _, ...inputs } = variant
    const body = ground && { ground, before: (variants[0] ?? variant).contacts, variant: { ...inputs, name: '' }, runs }
    return {
      queryKey: keyOf(runScenarios, body ?? null), enabled: body !== undefined, staleTime: KEPT,
      queryFn: ({ signal }: { signal: AbortSignal }) => call(runScenarios, { body: body as NonNullable<typeof body> }, { signal }),
    }
  }),
})

/** The outcomes of all variants: few runs at once, all of them when the hand rests. Variants that did not change are not asked again; requests that are no longer wanted are given up. */
export const useOutcomes = (ground: Ground | undefined, variants: readonly Variant[]): { runs: readonly Run[]; problem: ProblemDocument | undefined } => {
  const asked = useMemo(() => ({ ground, variants }), [ground, variants])
  const [soon] = useDebouncedValue(asked, REST.first)
  const [late] = useDebouncedValue(asked, REST.whole)
  const first = useRuns(soon.ground, soon.variants, RUNS.first)
  const whole = useRuns(late.ground, late.variants, RUNS.whole)
  /** Nothing of this variant has changed since all its runs were asked for. */
  const resting = (i: number): boolean => late.ground === ground && late.variants[i] === variants[i] && late.variants[0]?.contacts === variants[0]?.contacts
  // The last answer stands while the next is on its way: nothing jumps.
  const last = useRef<readonly (AnswerOf<typeof runScenarios> | undefined)[]>([])
  const answers = variants.map((_, i) => (resting(i) ? whole[i]?.data : undefined) ?? first[i]?.data ?? last.current[i])
  last.current = answers
  const errors = [...whole, ...first].map(({ error }) => error).filter((error) => error instanceof ProblemError)
  return {
    problem: errors[0]?.problem,
    runs: answers.map((answer, i) => ({
      outcome: answer?.outcome, inputsSha256: answer?.stamp.inputsSha256, codeVersion: answer?.stamp.codeVersion, seed: answer?.stamp.seed,
      settling: !resting(i) || whole[i]?.data === undefined,
    })),
  }
}

import { useEffect, useState } from 'react'
import type { Instant, Problem } from '#base'
import { useProblemForm, type ProblemDocument, type ProblemForm } from '#web'
import { atFormFields, refusalOf, type Draft } from './draft.ts'
import type { Attempt, Kept } from './use-kept-draft.ts'

type Keeping = { readonly found: Kept | undefined; readonly keep: (kept: Omit<Kept, 'at'>) => Instant | undefined; readonly forget: () => void }

/** A form that survives a lost network, a reload and the back button: whatever is typed is kept on this machine until it is sent. */
export const useCaseForm = (keeping: Keeping, start: Draft, base: Kept['base']): {
  form: ProblemForm<Draft>
  /** What is typed differs from how the form was opened. */
  changed: boolean
  keptAt: Instant | undefined
  keepAttempt: (attempt: Attempt | undefined) => void
  refusal: ProblemDocument | undefined
  refuse: (problem: ProblemDocument | undefined) => void
  /** Faults found before sending, each at its field. */
  refuseAll: (faults: readonly Problem[]) => void
} => {
  const { found, keep, forget } = keeping
  const form = useProblemForm<Draft>(found?.values ?? start)
  const [attempt, setAttempt] = useState(found?.attempt)
  const [keptAt, setKeptAt] = useState(found?.at)
  const [refusal, setRefusal] = useState<ProblemDocument>()
  const changed = JSON.stringify(form.values) !== JSON.stringify(start)
  useEffect(() => {
    if (changed) setKeptAt(keep({ values: form.values, base, attempt }))
    else forget()
  }, [form.values, base, attempt, changed, keep, forget])
  const refuse = (problem: ProblemDocument | undefined): void => {
    const here = problem && atFormFields(problem)
    setRefusal(here)
    form.refuse(here)
  }
  return {
    form, changed, keptAt, refusal, refuse,
    refuseAll: (faults) => refuse(refusalOf(faults)),
    keepAttempt: (next) => {
      setAttempt(next)
      // At once, not after the next drawing: the page may be closed while the command is on its way.
      keep({ values: form.values, base, attempt: next })
    },
  }
}

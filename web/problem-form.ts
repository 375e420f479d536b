import { useEffect, useMemo, useRef, useState, type FormEvent, type RefObject } from 'react'
import type { ProblemDocument } from './api.ts'
import { useSentence } from './problem-sentence.ts'

/** Every fault by the path of its field; what belongs to no field is under ''. */
export const faultsByField = (problem: ProblemDocument | undefined): ReadonlyMap<string, ProblemDocument> => {
  const faults = new Map<string, ProblemDocument>()
  const add = (one: ProblemDocument): void => {
    if (one.problems && one.problems.length > 0) one.problems.forEach(add)
    else if (!faults.has(one.field ?? '')) faults.set(one.field ?? '', one)
  }
  if (problem) add(problem)
  return faults
}

export interface ProblemForm<V extends object> {
  readonly values: V
  readonly set: <K extends keyof V>(name: K, value: V[K]) => void
  readonly setAll: (values: V) => void
  /** Value, change and error of one field, for any input that calls back with the value or with an event. */
  readonly field: <K extends keyof V & string>(name: K) => {
    readonly name: K
    readonly value: V[K]
    readonly onChange: (given: V[K] | { readonly currentTarget: { readonly value: string } }) => void
    readonly error: string | undefined
  }
  /** The sentence for a path such as `rows/3/value`. */
  readonly errorAt: (path: string) => string | undefined
  /** The sentence of a refusal that belongs to none of the form's fields. */
  readonly error: string | undefined
  /** Takes the server's refusal: sentences under their fields, focus in the first of them. */
  readonly refuse: (problem: ProblemDocument | undefined) => void
  readonly reset: () => void
  readonly changed: boolean
  /** For `<form {...form.bind(submit)}>`. */
  readonly bind: (submit: () => void) => { ref: RefObject<HTMLFormElement | null>; noValidate: true; onSubmit: (event: FormEvent) => void }
}

/** A form whose faults come from the server as problem documents; typing in a field takes its fault away. */
export const useProblemForm = <V extends object>(initial: V): ProblemForm<V> => {
  const sentence = useSentence()
  const [values, setValues] = useState(initial)
  const [problem, setProblem] = useState<ProblemDocument>()
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set())
  const form = useRef<HTMLFormElement | null>(null)
  const faults = useMemo(() => faultsByField(problem), [problem])

  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid="true"]')?.focus()
  }, [problem])

  const errorAt = (path: string): string | undefined => {
    const fault = mended.has(path) ? undefined : faults.get(path)
    return fault && sentence(fault)
  }
  const set: ProblemForm<V>['set'] = (name, value) => {
    setValues((before) => ({ ...before, [name]: value }))
    setMended((before) => new Set(before).add(String(name)))
  }
  const stray = [...faults].find(([path]) => !Object.keys(values).some((name) => path === name || path.startsWith(`${name}/`)))
  return {
    values, set, errorAt,
    setAll: setValues,
    field: (name) => ({
      name,
      value: values[name],
      onChange: (given) => set(name, (isChange(given) ? given.currentTarget.value : given) as V[typeof name]),
      error: errorAt(name),
    }),
    error: stray && sentence(stray[1]),
    refuse: (next) => {
      setMended(new Set())
      setProblem(next)
    },
    reset: () => {
      setValues(initial)
      setMended(new Set())
      setProblem(undefined)
    },
    changed: JSON.stringify(values) !== JSON.stringify(initial),
    bind: (submit) => ({
      ref: form,
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault()
        submit()
      },
    }),
  }
}

const isChange = (given: unknown): given is { currentTarget: { value: string } } =>
  typeof given === 'object' && given !== null && 'currentTarget' in given

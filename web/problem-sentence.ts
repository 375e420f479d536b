import { useCallback } from 'react'
import { CONNECTION_LOST, ProblemError, type ProblemDocument } from './api.ts'
import { useT } from './language.tsx'

/** Says a problem in the reader's language: our own sentence where we have one, else the server's. */
export const useSentence = (): ((problem: ProblemDocument) => string) => {
  const t = useT()
  return useCallback((problem) => {
    if (problem.code === CONNECTION_LOST) return t('web.write_lost')
    const key = `problem.${problem.code}`
    const sentence = t(key, problem.params)
    return sentence === key ? problem.title || t('web.unknown_problem') : sentence
  }, [t])
}

/** The problem inside what a query threw; a fault that is no answer of the server has no better words. */
export const problemIn = (error: unknown): ProblemDocument | undefined =>
  error instanceof ProblemError ? error.problem : error ? { code: 'unknown', title: '', status: 0 } : undefined

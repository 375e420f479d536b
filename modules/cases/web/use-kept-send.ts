import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ok, refuse, type AnswerOf, type Endpoint, type Result } from '#base'
import { call, CONNECTION_LOST, keyOf, newId, ProblemError, type InputOf, type ProblemDocument } from '#web'
import { countCases, getCase, listCases, listDuplicates } from '../contract.ts'
import type { Attempt } from './use-kept-draft.ts'

/**
 * Sends a command whose key is kept with the draft: when no answer came, the same form sent again, even after the page was
 * loaded anew, is the same command and is done once. While one is on its way, nothing else is sent.
 */
export const useKeptSend = <E extends Endpoint>(
  endpoint: E, first: Attempt | undefined, keepAttempt: (attempt: Attempt | undefined) => void,
): { send: (input: InputOf<E>) => Promise<Result<AnswerOf<E>, ProblemDocument> | undefined>; pending: boolean } => {
  const cache = useQueryClient()
  const attempt = useRef(first)
  const running = useRef(false)
  const [pending, setPending] = useState(false)
  const remember = (next: Attempt | undefined): void => {
    attempt.current = next
    keepAttempt(next)
  }
  const send = async (input: InputOf<E>): Promise<Result<AnswerOf<E>, ProblemDocument> | undefined> => {
    if (running.current) return undefined
    running.current = true
    setPending(true)
    const text = JSON.stringify(input)
    if (attempt.current?.text !== text) remember({ text, key: newId() })
    try {
      const answer = await call(endpoint, input, { key: attempt.current?.key })
      attempt.current = undefined
      for (const read of [listCases, countCases, getCase, listDuplicates]) void cache.invalidateQueries({ queryKey: keyOf(read) })
      return ok(answer)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (error.problem.code !== CONNECTION_LOST) remember(undefined)
      return refuse(error.problem)
    } finally {
      running.current = false
      setPending(false)
    }
  }
  return { send, pending }
}

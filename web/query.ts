import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery, useQueryClient, type InfiniteData, type UseQueryResult } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { ok, refuse, type AnswerOf, type Endpoint, type Id, type Result } from '#base'
import { call, CONNECTION_LOST, ProblemError, type ProblemDocument } from './api.ts'
import { newId } from './clock.ts'
import { onConnection } from './connection.ts'
import type { InputOf } from './href.ts'

/** The one cache of answers. Refusals are not asked again by themselves; a lost connection is, once it is found. */
export const createCache = (): QueryClient => {
  const cache = new QueryClient({
    defaultOptions: { queries: { networkMode: 'always', retry: false, staleTime: 30_000, refetchOnWindowFocus: true } },
  })
  onConnection((isLost) => {
    if (!isLost) void cache.invalidateQueries({ predicate: (query) => query.state.status === 'error' || query.isActive() })
  })
  return cache
}

/** What an endpoint's answers are kept under; without `input`, all of them. */
export const keyOf = (endpoint: Endpoint, input?: unknown): readonly unknown[] => [
  endpoint.method, endpoint.path, ...(input === undefined ? [] : [input]),
]

export interface QueryOptions {
  /** Ask again this often. Unit: milliseconds. */
  readonly every?: number
  /** Show the last answer while the next one is on its way. Default true: nothing jumps. */
  readonly keep?: boolean
  /** How long an answer counts as fresh. Unit: milliseconds; default 30 000. */
  readonly freshFor?: number
  /** Read again when something of these topics is committed (platform/live). */
  readonly live?: readonly string[]
}

/** How a reading endpoint is asked and its answer kept. */
export const queryOf = <E extends Endpoint>(endpoint: E, input: InputOf<E> | undefined, { freshFor, live }: QueryOptions = {}) => ({
  queryKey: keyOf(endpoint, input ?? null),
  queryFn: ({ signal }: { signal: AbortSignal }) => call(endpoint, input as InputOf<E>, { signal }),
  ...(freshFor === undefined ? {} : { staleTime: freshFor }),
  ...(live === undefined ? {} : { meta: { live } }),
})

/** The answer of a reading endpoint, kept and shared; `undefined` as input waits. */
export const useQueryOf = <E extends Endpoint>(
  endpoint: E, input: InputOf<E> | undefined, options: QueryOptions = {},
): UseQueryResult<AnswerOf<E>, ProblemError> =>
  useQuery<AnswerOf<E>, ProblemError>({
    ...queryOf(endpoint, input, options),
    enabled: input !== undefined,
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData }),
  })

/** More than this is no file for a browser to make. */
const MOST_PAGES = 200

export interface Pages<A> {
  readonly pages: A[] | undefined
  readonly problem: ProblemDocument | undefined
  readonly loading: boolean
  readonly hasMore: boolean
  readonly more: () => void
  /** Every row there is, read anew from the first page on, for a file; `whole` is false when there are more still. */
  readonly all: <R>(rowsOf: (page: A) => readonly R[]) => Promise<{ readonly rows: readonly R[]; readonly whole: boolean }>
}

/** A list read page by page: `inputAt(cursor)` asks, `cursorOf(answer)` is where the next page begins or undefined at the end. */
export const usePagesOf = <E extends Endpoint, C>(
  endpoint: E, inputAt: (cursor: C | undefined) => InputOf<E>, cursorOf: (answer: AnswerOf<E>) => C | undefined,
): Pages<AnswerOf<E>> => {
  const query = useInfiniteQuery<AnswerOf<E>, Error, InfiniteData<AnswerOf<E>>, readonly unknown[], C | undefined>({
    queryKey: keyOf(endpoint, ['pages', inputAt(undefined)]),
    queryFn: ({ pageParam, signal }) => call(endpoint, inputAt(pageParam as C | undefined), { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => cursorOf(last),
    placeholderData: keepPreviousData,
  })
  return {
    pages: query.data?.pages,
    problem: query.error instanceof ProblemError ? query.error.problem : undefined,
    loading: query.isFetching,
    hasMore: query.hasNextPage,
    more: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    all: async (rowsOf) => {
      const rows: ReturnType<typeof rowsOf>[number][] = []
      let cursor: C | undefined
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer = await call(endpoint, inputAt(cursor))
        rows.push(...rowsOf(answer))
        cursor = cursorOf(answer)
        if (cursor === undefined) return { rows, whole: true }
      }
      return { rows, whole: false }
    },
  }
}

export interface Sending<E extends Endpoint> {
  /** Sends the command; a refusal is a value. While it is on its way, the same input again is the same sending. */
  readonly send: (input: InputOf<E>) => Promise<Result<AnswerOf<E>, ProblemDocument>>
  readonly pending: boolean
  /** Why the last sending was refused, until the next one. */
  readonly problem: ProblemDocument | undefined
  readonly reset: () => void
}

/**
 * A writing endpoint. The command's key stays the same until an answer has come, so a double click or a second try after
 * a lost connection is done once. After success, what was read from `invalidates` is read again.
 */
export const useSend = <E extends Endpoint>(endpoint: E, { invalidates = [] }: { invalidates?: readonly Endpoint[] } = {}): Sending<E> => {
  const cache = useQueryClient()
  const attempt = useRef<{ text: string; key: Id; running: Promise<Result<AnswerOf<E>, ProblemDocument>> | undefined }>(undefined)
  const [state, setState] = useState<{ pending: boolean; problem: ProblemDocument | undefined }>({ pending: false, problem: undefined })
  const reread = useRef(invalidates)
  reread.current = invalidates

  const send = useCallback((input: InputOf<E>): Promise<Result<AnswerOf<E>, ProblemDocument>> => {
    const text = identity(input)
    if (attempt.current?.text !== text) attempt.current = { text, key: newId(), running: undefined }
    const current = attempt.current
    if (current.running) return current.running
    setState({ pending: true, problem: undefined })
    current.running = call(endpoint, input, { key: current.key }).then(
      async (answer) => {
        if (attempt.current === current) attempt.current = undefined
        await Promise.all(reread.current.map((one) => cache.invalidateQueries({ queryKey: keyOf(one) })))
        setState({ pending: false, problem: undefined })
        return ok(answer)
      },
      (error: unknown) => {
        if (!(error instanceof ProblemError)) throw error
        current.running = undefined
        if (error.problem.code !== CONNECTION_LOST && attempt.current === current) attempt.current = undefined
        setState({ pending: false, problem: error.problem })
        return refuse(error.problem)
      },
    )
    return current.running
  }, [cache, endpoint])

  return { send, pending: state.pending, problem: state.problem, reset: () => setState({ pending: false, problem: undefined }) }
}

/** Two inputs are the same command when they read the same; a file is told by its name, size and time. */
const identity = (input: unknown): string =>
  JSON.stringify(input, (_, value: unknown) =>
    value instanceof FormData ? [...value.entries()].map(([name, part]) => [name, part instanceof File ? [part.name, part.size, part.lastModified] : part])
      : value instanceof Blob ? [value.size, value.type] : value)

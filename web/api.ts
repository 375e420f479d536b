import type { AnswerOf, Endpoint, Id } from '#base'
import { connectionFound, connectionLost } from './connection.ts'
import { askedEarly } from './early.ts'
import { address, type Given, type InputOf } from './href.ts'

/** An RFC 9457 problem document as the server sends it; `title` is a sentence in the reader's language. */
export interface ProblemDocument {
  readonly code: string
  readonly title: string
  readonly status: number
  readonly field?: string
  readonly params?: Readonly<Record<string, string | number>>
  readonly problems?: readonly ProblemDocument[]
}

/** Thrown by `call` for every refusal; `CONNECTION_LOST` as code when no answer came. */
export class ProblemError extends Error {
  readonly problem: ProblemDocument
  constructor(problem: ProblemDocument) {
    super(problem.title || problem.code)
    this.problem = problem
  }
}

/** No answer came: the write may or may not have been done, so it is sent again under the same key. */
export const CONNECTION_LOST = 'connection_lost'

const signedOut = new Set<() => void>()

/** Calls back whenever the server says that the session is over; returns how to stop. */
export const onSignedOut = (listener: () => void): (() => void) => {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

/** Calls an endpoint. Throws `ProblemError` for every refusal. `key` is the id of the command a write makes. */
export const call = async <E extends Endpoint>(
  endpoint: E, input: InputOf<E>, { key, signal }: { key?: Id | undefined; signal?: AbortSignal | undefined } = {},
): Promise<AnswerOf<E>> => {
  const { body } = input as Given
  const raw = body instanceof FormData || body instanceof Blob
  const response = await answered(address(endpoint, input), {
    method: endpoint.method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (response.ok) return (await response.json()) as AnswerOf<E>
  const problem = await problemOf(response)
  if (problem.code === 'not_signed_in') for (const listener of signedOut) listener()
  throw new ProblemError(problem)
}

const answered = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    const response = (init.method === 'GET' ? await askedEarly(url) : undefined) ?? (await fetch(url, init))
    // A proxy answering for a server that is down is the same to the reader as no answer.
    if (![502, 503, 504].includes(response.status)) {
      connectionFound()
      return response
    }
  } catch (error) {
    if (init.signal?.aborted) throw error
  }
  connectionLost()
  throw new ProblemError({ code: CONNECTION_LOST, title: '', status: 0 })
}

const problemOf = async (response: Response): Promise<ProblemDocument> => {
  if (!response.headers.get('content-type')?.includes('json')) return { code: 'internal', title: '', status: response.status }
  return (await response.json()) as ProblemDocument
}

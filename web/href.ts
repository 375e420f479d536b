import type { z } from 'zod'
import type { BodyInputOf, Endpoint, QueryInputOf } from '#base'

type ParamsInputOf<E> = E extends Endpoint<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.input<P> : never
/** A part the contract does not name may not be given; one whose members are all optional may be left out. */
type Part<Name extends string, T> = unknown extends T ? { [K in Name]?: undefined } : object extends T ? { [K in Name]?: T } : { [K in Name]: T }
type BodyPart<E extends Endpoint> = E extends { consumes: string } ? { body: FormData | Blob } : Part<'body', BodyInputOf<E>>

/** What an endpoint is called with: `{ params, query, body }` as its contract says. */
export type InputOf<E extends Endpoint> = Part<'params', ParamsInputOf<E>> & Part<'query', QueryInputOf<E>> & BodyPart<E>

export type Given = { params?: unknown; query?: unknown; body?: unknown }

/** The address of an endpoint, for a link that downloads what it answers. */
export const hrefOf = <E extends Endpoint>(endpoint: E, input: Omit<InputOf<E>, 'body'>): string => address(endpoint, input)

export const address = (endpoint: Endpoint, { params, query }: Given): string => {
  const values = (params ?? {}) as Record<string, unknown>
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) search.append(name, String(one))
  }
  return search.size > 0 ? `${path}?${search}` : path
}

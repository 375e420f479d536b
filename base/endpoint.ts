import type { z } from 'zod'

/** What a person may be, each bound to an area and everything below it. */
export const ROLES = ['viewer', 'officer', 'epidemiologist', 'commander', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/** The right to do one thing, and the roles that hold it. The browser reads it too: a disabled button says why. */
export interface Permission {
  readonly name: string
  readonly roles: readonly Role[]
}

/** Names a permission. Example: `permission('case.report', 'officer').roles[0] === 'officer'`. */
export const permission = (name: string, ...roles: readonly Role[]): Permission => ({ name, roles })

/** Everyone with an account. */
export const EVERYONE: readonly Role[] = ROLES

type Schema = z.ZodType

/**
 * One HTTP endpoint as its contract states it; server, browser and OpenAPI are all made from this.
 * A write carries the header `Idempotency-Key` (a UUIDv7 made by the caller: the command id); without it the server makes one.
 */
export interface Endpoint<P extends Schema = Schema, Q extends Schema = Schema, B extends Schema = Schema, R extends Schema = Schema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Fastify path with `:name` parameters, under `/api`. */
  readonly path: string
  /** `public` needs no account; `signed-in` any account. */
  readonly permission: Permission | 'public' | 'signed-in'
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** Left out when the answer is a file or a stream; then `produces` names its media type. */
  readonly response?: R
  readonly produces?: string
  /** `multipart/form-data` uploads and raw streams are read by the handler itself. */
  readonly consumes?: string
  /** Every problem code it may answer beside `invalid_input`, `not_signed_in`, `forbidden`. */
  readonly problems: readonly string[]
}

/** States an endpoint, keeping the types of its schemas. */
export const endpoint = <P extends Schema, Q extends Schema, B extends Schema, R extends Schema>(
  contract: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> => contract

export type ParamsOf<E> = E extends Endpoint<infer P, Schema, Schema, Schema> ? z.output<P> : never
export type QueryOf<E> = E extends Endpoint<Schema, infer Q, Schema, Schema> ? z.output<Q> : never
export type BodyOf<E> = E extends Endpoint<Schema, Schema, infer B, Schema> ? z.output<B> : never
export type AnswerOf<E> = E extends Endpoint<Schema, Schema, Schema, infer R> ? z.output<R> : never
export type QueryInputOf<E> = E extends Endpoint<Schema, infer Q, Schema, Schema> ? z.input<Q> : never
export type BodyInputOf<E> = E extends Endpoint<Schema, Schema, infer B, Schema> ? z.input<B> : never

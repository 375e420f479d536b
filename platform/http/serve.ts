import type { FastifyReply, FastifyRequest } from 'fastify'
import { EVERYONE, isId, permission, problem, refuse, type AnswerOf, type BodyOf, type Endpoint, type Id, type Language, type ParamsOf, type QueryOf, type Result } from '#base'
import type { Actor } from '#platform/access'
import { scopeOf } from '#platform/access'
import { invalidInput, perform, type Command } from '#platform/commands'
import type { Scope } from '#platform/db'
import type { z } from 'zod'
import type { App } from './app.ts'
import { FILE, languageOf, sendProblem, type FileAnswer } from './answer.ts'

export interface RegisteredEndpoint {
  readonly endpoint: Endpoint
  readonly command?: Command
}

/** A request after the door: read, checked and signed in. */
export interface Asked<E> {
  readonly app: App
  readonly actor: Actor
  /** Row-level-security scope of the actor under the endpoint's permission. */
  readonly scope: Scope
  readonly params: ParamsOf<E>
  readonly query: QueryOf<E>
  readonly body: BodyOf<E>
  /** The caller's `Idempotency-Key`. */
  readonly commandId: Id | undefined
  readonly language: Language
  readonly raw: FastifyRequest
  readonly reply: FastifyReply
}

const ANY_ROLE = permission('signed-in', ...EVERYONE)
const NOBODY: Actor = { id: 'public', username: '', name: '', grants: [] }
/** No position lies in it: what is public reads no row that has an area. */
const NOWHERE: Scope = { lo: -1, hi: -1, ranges: '' }

type Handler<E> = (asked: Asked<E>) => Promise<Result<AnswerOf<E> | FileAnswer>>

/** Puts an endpoint on the wire: sign-in, permission, input checked by its contract, problems as RFC 9457. */
export const serve = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: App, endpoint: Endpoint<P, Q, B, R>, handle: Handler<Endpoint<P, Q, B, R>>,
): void => register(app, { endpoint }, handle)

/** An endpoint whose body is a command: through the one door. `toBody` joins path parameters to the body. */
export const serveCommand = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: App, endpoint: Endpoint<P, Q, B, R>, command: Command<z.ZodType, z.output<R>>,
  toBody?: (body: unknown, params: z.output<P>) => unknown,
): void =>
  register(app, { endpoint, command }, ({ actor, commandId, raw, params }) =>
    perform(app, command, { actor, id: commandId, body: toBody ? toBody(raw.body, params as z.output<P>) : raw.body }))

const register = <E extends Endpoint>(app: App, registered: RegisteredEndpoint, handle: Handler<E>): void => {
  const { endpoint } = registered
  app.endpoints.push(registered)
  app.http.route({
    method: endpoint.method,
    url: endpoint.path,
    handler: async (raw, reply) => {
      const language = languageOf(raw)
      const result = await answer(app, registered, handle as Handler<Endpoint>, raw, reply, language)
      if (!result.ok) return sendProblem(app, reply, language, result.problem)
      if (typeof result.value === 'object' && result.value !== null && FILE in result.value) {
        const file = result.value as FileAnswer
        if (file.name) void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        return reply.type(file.type).send(file.body)
      }
      return reply.type('application/json').send(JSON.stringify(result.value ?? null))
    },
  })
}

const answer = async (
  app: App, { endpoint, command }: RegisteredEndpoint, handle: Handler<Endpoint>, raw: FastifyRequest, reply: FastifyReply, language: Language,
): Promise<Result<unknown>> => {
  const actor = endpoint.permission === 'public' ? NOBODY : await app.actorOf(raw.headers)
  if (!actor) return refuse(problem('not_signed_in', { status: 401 }))
  let scope: Scope | undefined = NOWHERE
  if (endpoint.permission !== 'public') {
    scope = scopeOf(actor, endpoint.permission === 'signed-in' ? ANY_ROLE : endpoint.permission)
    if (!scope) return refuse(problem('forbidden', { status: 403 }))
  }
  const params = endpoint.params?.safeParse(raw.params)
  if (params && !params.success) return refuse(invalidInput(params.error.issues))
  const query = endpoint.query?.safeParse(raw.query)
  if (query && !query.success) return refuse(invalidInput(query.error.issues))
  // A command's own schema checks its body at the door; reading it twice would cost every write.
  const body = command ? undefined : endpoint.body?.safeParse(raw.body)
  if (body && !body.success) return refuse(invalidInput(body.error.issues))
  const key = raw.headers['idempotency-key']
  if (key !== undefined && (typeof key !== 'string' || !isId(key))) return refuse(problem('bad_idempotency_key', { status: 400 }))
  return handle({
    app, actor, scope, language, raw, reply, commandId: key, params: params?.data, query: query?.data, body: body?.data,
  } as Asked<Endpoint>)
}

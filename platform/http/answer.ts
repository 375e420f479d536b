import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { Language, Problem } from '#base'
import type { App } from './app.ts'

export const FILE = Symbol('file')

/** An answer that is a file or a stream instead of JSON. */
export interface FileAnswer {
  readonly [FILE]: true
  readonly type: string
  readonly name: string | undefined
  readonly body: string | Buffer | Readable
}

/** Answers with a file; `name` makes the browser save it. */
export const file = (type: string, body: string | Buffer | Readable, name?: string): FileAnswer => ({ [FILE]: true, type, body, name })

/** English only where it is asked for: Vietnamese is the first language. */
export const languageOf = (raw: FastifyRequest): Language => {
  const chosen = /(?:^|;\s*)language=(vi|en)/.exec(raw.headers.cookie ?? '')?.[1] ?? raw.headers['accept-language'] ?? ''
  return chosen.toLowerCase().startsWith('en') ? 'en' : 'vi'
}

/** A problem document (RFC 9457) with the sentence in the reader's language. */
export const problemDocument = (app: Pick<App, 'sentence'>, language: Language, fault: Problem): Record<string, unknown> => ({
  type: `urn:luytre:problem:${fault.code}`,
  title: app.sentence(language, `problem.${fault.code}`, fault.params),
  status: fault.status ?? 422,
  code: fault.code,
  ...(fault.field === undefined ? {} : { field: fault.field }),
  ...(fault.params === undefined ? {} : { params: fault.params }),
  ...(fault.problems === undefined ? {} : { problems: fault.problems.map((one) => problemDocument(app, language, one)) }),
})

export const sendProblem = (app: App, reply: FastifyReply, language: Language, fault: Problem): FastifyReply =>
  reply.status(fault.status ?? 422).type('application/problem+json').send(JSON.stringify(problemDocument(app, language, fault)))

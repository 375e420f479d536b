import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { ok, problem, refuse, type Result } from '#base'
import type { App } from '#platform/http'

export interface ReceivedFile {
  readonly fileName: string
  readonly content: AsyncIterable<Uint8Array | string>
}

/** Media types of files that may be the body itself. */
const RAW = /^(?:application\/octet-stream|text\/(?:csv|plain|tab-separated-values)|application\/vnd\.(?:ms-excel|openxmlformats|oasis).*)$/

/** Lets bodies that are files through as streams; every other body stays as it is. */
export const takeFiles = (app: App): void => {
  app.http.addContentTypeParser(RAW, (_request, body, done) => done(null, body))
}

/** The file of a request: the first of a form, the body itself, or pasted cells in `{"text"}`. Problem `no_file`. */
export const receiveFile = async (request: FastifyRequest, name: string): Promise<Result<ReceivedFile>> => {
  if (request.isMultipart()) {
    const part = await request.file()
    return part ? ok({ fileName: part.filename || name, content: part.file }) : refuse(noFile)
  }
  const { body } = request
  if (body instanceof Readable) return ok({ fileName: name, content: body })
  const pasted = typeof body === 'object' && body !== null && 'text' in body ? body.text : undefined
  return typeof pasted === 'string' ? ok({ fileName: name, content: Readable.from([Buffer.from(pasted)]) }) : refuse(noFile)
}

const noFile = problem('no_file', { status: 400 })

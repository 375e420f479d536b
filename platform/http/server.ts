import { readFileSync } from 'node:fs'
import multipart from '@fastify/multipart'
import compress from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { problem, type Language } from '#base'
import type { Config } from '#platform/config'
import { languageOf, problemDocument } from './answer.ts'
import type { App } from './app.ts'

/** Largest JSON body. Unit: bytes. Files come as multipart and have their own limit. */
const BODY_LIMIT = 4 * 1024 * 1024
/** Largest file that may be uploaded: 1 M cases are about 150 MB of CSV. Unit: bytes. */
const FILE_LIMIT = 1024 * 1024 * 1024
/** Longer answers are compressed: shorter ones fit into a few packets as they are. The usual ones at once, which is less work than a stream of their own. Unit: bytes. */
const [COMPRESSED, AT_ONCE] = [4 * 1024, 512 * 1024]

/** Scripts, styles and workers come from this origin only; MapLibre makes its worker from a blob. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:", "worker-src 'self' blob:",
  "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'", "form-action 'self'",
].join('; ')

/** The HTTP server without routes: limits, headers, and every fault as a problem document. */
export const createHttp = async (config: Config, sentence: App['sentence'], log: (line: string) => void): Promise<FastifyInstance> => {
  const http = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    ...(config.tls ? { https: { cert: readFileSync(config.tls.certificate), key: readFileSync(config.tls.key) } } : {}),
  }) as FastifyInstance
  // Before the routes are stated: it looks at each of them.
  await http.register(compress, { encodings: ['gzip'], customTypes: /json/, threshold: COMPRESSED, syncThreshold: AT_ONCE, zlibOptions: { level: 2 }, globalDecompression: false })
  void http.register(multipart, { limits: { fileSize: FILE_LIMIT, files: 1, fields: 20 } })

  http.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'content-security-policy': CONTENT_SECURITY_POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin',
      ...(config.tls ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    })
    // A browser names the page a write comes from; another site's page may not write with our cookie.
    const origin = request.headers.origin
    if (request.method !== 'GET' && origin !== undefined && !sameOrigin(origin, request.headers.host, config.publicUrl)) {
      return reply.status(403).type('application/problem+json').send(document(languageOf(request), 'bad_origin', 403))
    }
  })
  const document = (language: Language, code: string, status: number, params: Record<string, string> = {}): string =>
    JSON.stringify(problemDocument({ sentence }, language, problem(code, { status, params })))

  http.setErrorHandler((error: { statusCode?: number; code?: string; stack?: string }, request, reply) => {
    const language = languageOf(request)
    const status = error.statusCode ?? 500
    if (status >= 500) log(`${request.id} ${request.method} ${request.routeOptions.url ?? 'unknown route'}: ${error.stack ?? String(error)}`)
    const code = status >= 500 ? 'internal' : status === 413 ? 'too_large' : 'bad_json'
    return reply.status(status).type('application/problem+json').send(document(language, code, status, { request: String(request.id) }))
  })
  http.setNotFoundHandler((request, reply) => {
    // Pages of the web app live in the browser's address: any path that is no endpoint and no file is the app itself.
    if (request.method === 'GET' && !request.url.startsWith('/api') && http.hasReplyDecorator('sendFile') && !/\.\w+$/.test(request.url.split('?')[0] ?? '')) {
      return reply.header('cache-control', 'no-cache').sendFile('index.html')
    }
    return reply.status(404).type('application/problem+json').send(document(languageOf(request), 'not_found', 404))
  })
  return http
}

const sameOrigin = (origin: string, host: string | undefined, publicUrl: string | undefined): boolean => {
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/** Serves the built web app; hashed files may be kept for ever. */
export const serveWeb = (http: FastifyInstance, folder: string): void => {
  void http.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

import { createWriteStream, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { ok, problem, refuse, type Problem, type Result } from '#base'
import { trustLoopback, type Config } from '#platform/config'
import type { Module } from '#platform/http'
import { log, openProduct, shellFile } from '#platform/product'

/** The product as the shell speaks to it: the running server, or one started for this command alone. */
export interface Client {
  readonly json: <T>(method: string, path: string, body?: unknown) => Promise<Result<T>>
  /** Sends a file as it is, streamed. */
  readonly send: <T>(path: string, file: { readonly name: string; readonly body: ReadableStream | Blob }) => Promise<Result<T>>
  /** Writes what an endpoint streams into a file, as it comes; how many bytes. Problem `file_not_written`. */
  readonly save: (path: string, file: string) => Promise<Result<{ readonly file: string; readonly bytes: number }>>
  readonly close: () => Promise<void>
}

interface Found {
  readonly url: string
  readonly token: string
}

/** The server that runs on this data folder, if one answers. */
export const runningServer = async (config: Config): Promise<Found | undefined> => {
  try {
    const found = JSON.parse(readFileSync(shellFile(config), 'utf8')) as Found
    trustLoopback(found.url)
    const answer = await fetch(new URL('/health', found.url), { signal: AbortSignal.timeout(5000) })
    return answer.ok ? found : undefined
  } catch {
    return undefined
  }
}

/** Speaks to the running server; without one, starts the product on a free port of this machine for as long as the command lasts. */
export const openClient = async (config: Config, modules: readonly Module[], as: string | undefined): Promise<Result<Client>> => {
  const running = await runningServer(config)
  if (running) return ok(clientOf(running, as, async () => {}))
  if (config.secrets.databaseUrl !== undefined && as === undefined) return refuse(problem('as_needed'))
  const product = await openProduct({ config, modules, log })
  if (!product.ok) return product
  const address = await product.value.listen(0, '127.0.0.1')
  if (!address.ok) return address
  const found = JSON.parse(readFileSync(shellFile(config), 'utf8')) as Found
  trustLoopback(found.url)
  return ok(clientOf(found, as, product.value.close))
}

const clientOf = ({ url, token }: Found, as: string | undefined, close: () => Promise<void>): Client => {
  const headers = {
    authorization: `Bearer ${token}`, 'x-luytre-shell-user': userInfo().username, ...(as === undefined ? {} : { 'x-luytre-as': as }),
  }
  const read = async <T>(response: Response): Promise<Result<T>> => {
    const text = await response.text()
    const body = text === '' ? null : (JSON.parse(text) as unknown)
    if (response.status === 401 && as !== undefined) return refuse(problem('unknown_account_as', { params: { username: as } }))
    return response.ok ? ok(body as T) : refuse({ ...(body as Problem), status: response.status })
  }
  return {
    json: async (method, path, body) =>
      read(await fetch(new URL(path, url), {
        method, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })),
    send: async (path, file) => {
      const form = new FormData()
      form.append('file', file.body as Blob, file.name)
      return read(await fetch(new URL(path, url), { method: 'POST', headers, body: form }))
    },
    save: async (path, file) => {
      const response = await fetch(new URL(path, url), { headers })
      if (!response.ok || !response.body) return read(response)
      let bytes = 0
      const counted = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
          bytes += chunk.length
          done(null, chunk)
        },
      })
      try {
        await pipeline(Readable.fromWeb(response.body as WebStream), counted, createWriteStream(file))
      } catch (error) {
        return refuse(problem('file_not_written', { params: { file, reason: (error as Error).message } }))
      }
      return ok({ file, bytes })
    },
    close,
  }
}

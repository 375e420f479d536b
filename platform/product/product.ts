import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { fill, ok, problem, refuse, type Result, type Texts } from '#base'
import { createSignIn } from '#platform/access'
import { loadReference, openAreas } from '#platform/areas'
import { startSealer } from '#platform/audit'
import { systemClock, type Clock } from '#platform/clock'
import { keptSecret, originOf, text as configText, type Config } from '#platform/config'
import { openDatabase, text as databaseText, type Database } from '#platform/db'
import { text as documentsText } from '#platform/documents'
import { text as importText } from '#platform/import'
import { createHttp, httpText, openApi, serveLive, serveWeb, type App, type Module } from '#platform/http'
import { followOthers, openLive } from '#platform/live'
import { text } from './text.ts'

export interface ProductOptions {
  readonly config: Config
  readonly modules: readonly Module[]
  readonly log: (line: string) => void
  readonly clock?: Clock
  /** A database that is open already (tests); else the configured one is opened and closed with the product. */
  readonly database?: Database
  /** Builds the web app, once the database is known to be ours alone; its folder. Left out, only the API is served. */
  readonly web?: () => Promise<string>
}

export interface Product {
  readonly app: App
  /** Opens the port; the address it answers at. Problem: `port_taken`. */
  readonly listen: (port: number, host: string) => Promise<Result<string>>
  /** Finishes what runs, seals the audit, closes the database. */
  readonly close: () => Promise<void>
}

/** Where the shell finds the running server: address and token, readable by its owner alone. */
export const shellFile = (config: Config): string => join(config.dataFolder, 'shell.json')

/** Sentences of many texts by key; a key that is missing shows itself, so that a test can find it. */
export const sentences = (all: readonly Texts[]): App['sentence'] => {
  const merged = { vi: Object.assign({}, ...all.map((t) => t.vi)), en: Object.assign({}, ...all.map((t) => t.en)) } as Record<'vi' | 'en', Record<string, string>>
  return (language, key, params) => fill(merged[language][key] ?? key, params)
}

/** Sentences of the platform and of the modules. */
export const productSentences = (modules: readonly Module[]): App['sentence'] =>
  sentences([httpText, configText, databaseText, importText, documentsText, text, ...modules.map((module) => module.text)])

/** Puts the product together: database, reference data, sign-in, the routes of every module. Nothing listens yet. */
export const openProduct = async (options: ProductOptions): Promise<Result<Product>> => {
  const { config, modules, log } = options
  // The heap grows to twice what is in use before it is swept; by itself V8 lets it grow much further, and PostgreSQL beside it needs the memory.
  setFlagsFromString('--heap-growing-percent=100')
  const clock = options.clock ?? systemClock
  const opened = options.database ? ok(options.database) : await openDatabase(config, log)
  if (!opened.ok) return opened
  const database = opened.value
  const sentence = productSentences(modules)
  if (await loadReference(database)) log(sentence('vi', 'start.reference'))
  const areas = await openAreas(database)
  const http = await createHttp(config, sentence, log)
  const shellToken = randomBytes(32).toString('base64url')
  const signIn = createSignIn({
    pool: database.appPool, database, areas, clock, secret: keptSecret(config.dataFolder, 'session'), publicUrl: originOf(config),
    secure: config.tls !== undefined || config.publicUrl?.startsWith('https:') === true, shellToken,
  })
  const live = openLive()
  const app: App = { config, clock, database, areas, live, http, endpoints: [], sentence, signIn, actorOf: signIn.actorOf, shellToken, log }
  for (const module of modules) module.routes(app)
  serveLive(app)
  http.get('/api/openapi.json', (_request, reply) => reply.send(openApi(app.endpoints)))
  http.get('/health', async (_request, reply) => reply.send(await health(app)))
  if (options.web) serveWeb(http, await options.web())
  await http.ready()

  const stopSealer = startSealer(database, clock, (error) => log(`niêm phong nhật ký: ${String(error)}`))
  const stopFollowing = database.describe().kind === 'external' ? followOthers(database, areas, live) : undefined
  const stops: (() => Promise<void>)[] = []
  for (const module of modules) if (module.start) stops.push(await module.start(app))

  return ok({
    app,
    listen: async (port, host) => {
      try {
        await http.listen({ port, host })
      } catch (error) {
        if ((error as { code?: string }).code === 'EADDRINUSE') return refuse(problem('port_taken', { params: { port, host } }))
        throw error
      }
      const bound = http.server.address() as AddressInfo
      const url = listeningAt(config, bound.port)
      writeFileSync(shellFile(config), JSON.stringify({ url, token: shellToken, pid: process.pid }), { mode: 0o600 })
      return ok(url)
    },
    close: async () => {
      if (http.server.listening) rmSync(shellFile(config), { force: true })
      await http.close()
      stopFollowing?.()
      for (const stop of stops) await stop()
      await stopSealer()
      if (!options.database) await database.close()
    },
  })
}

const listeningAt = ({ publicUrl: _, ...config }: Config, port: number): string => originOf(config, port)

const health = async (app: App): Promise<Record<string, unknown>> => ({
  status: 'ok', database: app.database.describe(), areas: app.areas.tree().all.length,
})

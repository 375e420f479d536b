import type { FastifyInstance } from 'fastify'
import type { Language, Texts } from '#base'
import type { Actor, SignIn } from '#platform/access'
import type { Areas } from '#platform/areas'
import type { Clock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Database } from '#platform/db'
import type { Live } from '#platform/live'
import type { RegisteredEndpoint } from './serve.ts'

/** The running product: what main.ts puts together and every module's routes are given. It is also the door of commands. */
export interface App {
  readonly config: Config
  readonly clock: Clock
  readonly database: Database
  readonly areas: Areas
  /** Tells those who watch what was committed. */
  readonly live: Live
  readonly http: FastifyInstance
  /** Every endpoint served, for OpenAPI and for the tests that count them. */
  readonly endpoints: RegisteredEndpoint[]
  /** Sentences of all modules by key, for problem documents, files and the shell. */
  readonly sentence: (language: Language, key: string, params?: Readonly<Record<string, string | number>>) => string
  readonly signIn: SignIn
  /** Who sends this request; nothing when not signed in. */
  readonly actorOf: (headers: Readonly<Record<string, string | string[] | undefined>>) => Promise<Actor | undefined>
  /** Proves that a request comes from the shell of this server (it can read the data folder). */
  readonly shellToken: string
  readonly log: (line: string) => void
}

/** One folder of modules/: what it serves, says and does on its own. */
export interface Module {
  readonly name: string
  readonly text: Texts
  readonly routes: (app: App) => void
  /** Work that begins with the server (timers, resuming what was cut off); returns how to stop it. */
  readonly start?: (app: App) => Promise<() => Promise<void>>
}

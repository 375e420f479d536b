import { join, resolve } from 'node:path'
import { ok, problem, refuse, type Result } from '#base'
import { z } from 'zod'

/** The folder of the product: the default data folder lies in it wherever the command was typed. */
const HOME = resolve(import.meta.dirname, '../..')

const optional = z.string().optional()
const address = z.url({ protocol: /^https?$/ }).optional()
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ }).optional()

/** Every environment variable the product reads; the description is the sentence in docs/operations. */
export const variables = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080).describe('Port the web server listens on; 0 takes any free one.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address the web server listens on; 0.0.0.0 lets the whole network in.'),
  LUYTRE_URL: address.describe('Public origin people type, such as https://luytre.example.vn; default: the address listened on.'),
  TLS_CERT: optional.describe('File of the TLS certificate (PEM) for HTTPS; default: plain HTTP.'),
  TLS_KEY: optional.describe('File of the private key (PEM) that belongs to TLS_CERT.'),
  DATABASE_URL: databaseUrl.describe('A PostgreSQL 15 or later to use; default: the product starts its own in the data folder.'),
  LUYTRE_DATA: optional.describe('Data folder; default: the folder data beside the program.'),
  LUYTRE_ADMIN_PASSWORD: z.string().min(8).optional().describe('Password of the first administrator; default: generated and printed once.'),
  TEST_DATABASE_URL: databaseUrl.describe('A PostgreSQL on which the tests may create databases; default: a temporary one of their own.'),
  LUYTRE_VECTORS: optional.describe('Folder of public test vectors; tests that need them are skipped without it.'),
})

/** What the product was told from outside. Values nobody may print stand apart, in `secrets`. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Public origin, when it differs from the address listened on. */
  readonly publicUrl?: string
  readonly tls?: { readonly certificate: string; readonly key: string }
  /** Absolute path. */
  readonly dataFolder: string
  readonly vectors?: string
  readonly secrets: {
    readonly databaseUrl?: string
    readonly testDatabaseUrl?: string
    readonly adminPassword?: string
  }
}

/** Reads the environment; an empty value counts as not set. Problem `bad_config`, with one entry a variable. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env): Result<Config> => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const read = variables.safeParse(given)
  if (!read.success) {
    const problems = read.error.issues.map((issue) =>
      problem('bad_variable', { field: String(issue.path[0]), params: { variable: String(issue.path[0]), reason: issue.message } }))
    return refuse(problem('bad_config', { problems }))
  }
  const v = read.data
  if ((v.TLS_CERT === undefined) !== (v.TLS_KEY === undefined)) return refuse(problem('bad_config', { problems: [problem('tls_incomplete')] }))
  return ok({
    port: v.PORT,
    host: v.HOST,
    ...(v.LUYTRE_URL !== undefined && { publicUrl: new URL(v.LUYTRE_URL).origin }),
    ...(v.TLS_CERT !== undefined && v.TLS_KEY !== undefined && { tls: { certificate: v.TLS_CERT, key: v.TLS_KEY } }),
    dataFolder: resolve(v.LUYTRE_DATA ?? join(HOME, 'data')),
    ...(v.LUYTRE_VECTORS !== undefined && { vectors: resolve(v.LUYTRE_VECTORS) }),
    secrets: {
      ...(v.DATABASE_URL !== undefined && { databaseUrl: v.DATABASE_URL }),
      ...(v.TEST_DATABASE_URL !== undefined && { testDatabaseUrl: v.TEST_DATABASE_URL }),
      ...(v.LUYTRE_ADMIN_PASSWORD !== undefined && { adminPassword: v.LUYTRE_ADMIN_PASSWORD }),
    },
  })
}

/** The origin people reach the product at: the public one, else where it listens. */
export const originOf = (config: Config, port: number = config.port): string => {
  if (config.publicUrl !== undefined) return config.publicUrl
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host.includes(':') ? `[${config.host}]` : config.host
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`
}

/** The environment for a program that a tool starts, with some variables set otherwise (`undefined` takes one away). */
export const environmentWith = (changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...process.env, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** Whether npm started this process: it then ends with npm, which hands a signal to the shell between them and no further. */
export const isRunByNpm = (): boolean => process.env['npm_lifecycle_event'] !== undefined

/**
 * For a process that speaks to nobody but the server of its own data folder, over the loopback: the certificate there is for the public name. Who is at the
 * other end is proven by the token in a file that only this account reads.
 */
export const trustLoopback = (url: string): void => {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
}

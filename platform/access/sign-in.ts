import { randomBytes, timingSafeEqual } from 'node:crypto'
import { APIError } from 'better-auth/api'
import { betterAuth } from 'better-auth'
import { username } from 'better-auth/plugins'
import type pg from 'pg'
import { ok, problem, refuse, type Result } from '#base'
import type { Areas } from '#platform/areas'
import type { Clock } from '#platform/clock'
import { EVERYWHERE, sql, type Database } from '#platform/db'
import type { Actor } from './actor.ts'
import { loadActor, shellActor } from './grants.ts'

/** What a session is asked for on every request is remembered this long; a change of rights takes effect at once (`forget`). Unit: milliseconds. */
const ACTOR_MEMORY = 10_000
/** A one-time link for a new password is good for this long. Unit: milliseconds. */
const LINK_LIFE = 7 * 86_400_000
/** Wrong passwords in a row for one name before it has to wait, and for how long (milliseconds). */
const TRIES = 8
const WAIT = 5 * 60_000
export const PASSWORD_LENGTH = 8

type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>

export interface SignInOptions {
  readonly pool: pg.Pool
  readonly database: Database
  readonly areas: Areas
  readonly clock: Clock
  readonly secret: string
  readonly publicUrl: string
  readonly secure: boolean
  /** Token of the shell (0600 file in the data folder). */
  readonly shellToken: string
}

export interface SignIn {
  /** A new session: its Set-Cookie headers and who it is for. Problems: `wrong_password`, `too_many_tries`. */
  readonly enter: (username: string, password: string) => Promise<Result<{ readonly cookies: readonly string[]; readonly actor: Actor }>>
  readonly leave: (headers: RequestHeaders) => Promise<readonly string[]>
  readonly actorOf: (headers: RequestHeaders) => Promise<Actor | undefined>
  /** A token with which the account sets its password once. */
  readonly link: (userId: string) => Promise<string>
  /** Problems: `link_used`, `password_too_short`. */
  readonly welcome: (token: string, password: string) => Promise<Result<null>>
  /** Problems: `wrong_password`, `password_too_short`. */
  readonly changePassword: (headers: RequestHeaders, current: string, next: string) => Promise<Result<readonly string[]>>
  /** Forgets what is remembered of sessions: rights changed. */
  readonly forget: () => void
  /** Ends every session of an account. */
  readonly expel: (userId: string) => Promise<void>
}

const headersOf = (headers: RequestHeaders): Headers => {
  const plain = new Headers()
  for (const [name, value] of Object.entries(headers)) if (typeof value === 'string') plain.set(name, value)
  return plain
}

/** Sign-in by username over better-auth: passwords (scrypt), sessions and one-time links are its tables in schema auth. */
export const createSignIn = (options: SignInOptions): SignIn => {
  const { database, areas, clock } = options
  const auth = betterAuth({
    database: options.pool,
    secret: options.secret,
    baseURL: options.publicUrl,
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: PASSWORD_LENGTH, revokeSessionsOnPasswordReset: true },
    session: { expiresIn: 14 * 86_400, updateAge: 3_600 },
    advanced: { cookiePrefix: 'luytre', useSecureCookies: options.secure, database: { generateId: () => randomBytes(12).toString('hex') } },
    plugins: [username({ minUsernameLength: 2, maxUsernameLength: 60, usernameValidator: (name) => /^[a-z0-9._-]+$/i.test(name) })],
    logger: { disabled: true },
  })

  const remembered = new Map<string, { readonly until: number; readonly actor: Actor }>()
  const failures = new Map<string, { readonly count: number; readonly until: number }>()
  const shellToken = Buffer.from(options.shellToken)

  const shellOf = async (headers: RequestHeaders): Promise<Actor | undefined> => {
    const given = Buffer.from(String(headers['authorization']).replace(/^Bearer /, ''))
    if (given.length !== shellToken.length || !timingSafeEqual(given, shellToken)) return undefined
    const as = headers['x-luytre-as']
    if (typeof as !== 'string') return shellActor(areas, String(headers['x-luytre-shell-user'] ?? 'unknown'))
    return database.read(EVERYWHERE, async (tx) => {
      const user = await tx.first(sql<{ id: string }>`select id from auth."user" where username = ${as.toLowerCase()}`)
      return user && loadActor(tx, areas, user.id)
    })
  }

  return {
    enter: async (name, password) => {
      const key = name.toLowerCase()
      const failed = failures.get(key)
      const moment = clock.milliseconds()
      if (failed && failed.count >= TRIES && failed.until > moment) return refuse(problem('too_many_tries', { status: 429, field: 'username' }))
      const wrong = (): Result<never> => {
        if (failures.size > 10_000) failures.clear()
        failures.set(key, { count: (failed && failed.until > moment ? failed.count : 0) + 1, until: moment + WAIT })
        return refuse(problem('wrong_password', { status: 401, field: 'password' }))
      }
      try {
        const response = await auth.api.signInUsername({ body: { username: name, password }, asResponse: true })
        if (!response.ok) return wrong()
        const { user } = (await response.clone().json()) as { user: { id: string } }
        const actor = await database.read(EVERYWHERE, (tx) => loadActor(tx, areas, user.id))
        if (!actor) return wrong()
        failures.delete(key)
        return ok({ cookies: response.headers.getSetCookie(), actor })
      } catch (error) {
        if (error instanceof APIError) return wrong()
        throw error
      }
    },
    leave: async (headers) => {
      remembered.clear()
      const response = await auth.api.signOut({ headers: headersOf(headers), asResponse: true })
      return response.headers.getSetCookie()
    },
    actorOf: async (headers) => {
      if (headers['authorization'] !== undefined) return shellOf(headers)
      const cookie = headers['cookie']
      if (typeof cookie !== 'string') return undefined
      const moment = clock.milliseconds()
      const known = remembered.get(cookie)
      if (known && known.until > moment) return known.actor
      const session = await auth.api.getSession({ headers: headersOf({ cookie }) })
      if (!session) return undefined
      const actor = await database.read(EVERYWHERE, (tx) => loadActor(tx, areas, session.user.id))
      if (!actor) return undefined
      if (remembered.size > 10_000) remembered.clear()
      remembered.set(cookie, { actor, until: moment + ACTOR_MEMORY })
      return actor
    },
    link: async (userId) => {
      const context = await auth.$context
      const token = randomBytes(24).toString('base64url')
      await context.internalAdapter.createVerificationValue({
        identifier: `reset-password:${token}`, value: userId, expiresAt: new Date(clock.milliseconds() + LINK_LIFE),
      })
      return token
    },
    welcome: async (token, password) => {
      if (password.length < PASSWORD_LENGTH) return refuse(tooShort('password'))
      try {
        await auth.api.resetPassword({ body: { token, newPassword: password } })
        remembered.clear()
        return ok(null)
      } catch (error) {
        if (error instanceof APIError) return refuse(problem('link_used', { status: 410 }))
        throw error
      }
    },
    changePassword: async (headers, current, next) => {
      if (next.length < PASSWORD_LENGTH) return refuse(tooShort('next'))
      try {
        const response = await auth.api.changePassword({
          body: { currentPassword: current, newPassword: next, revokeOtherSessions: true }, headers: headersOf(headers), asResponse: true,
        })
        remembered.clear()
        return response.ok ? ok(response.headers.getSetCookie()) : refuse(problem('wrong_password', { status: 401, field: 'current' }))
      } catch (error) {
        if (error instanceof APIError) return refuse(problem('wrong_password', { status: 401, field: 'current' }))
        throw error
      }
    },
    forget: () => remembered.clear(),
    expel: async (userId) => {
      remembered.clear()
      await (await auth.$context).internalAdapter.deleteUserSessions(userId)
    },
  }
}

const tooShort = (field: string) => problem('password_too_short', { field, params: { length: PASSWORD_LENGTH } })

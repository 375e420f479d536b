import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { ok, type Role } from '#base'
import { grantOf, type Actor } from '#platform/access'
import { newId, now, systemClock, type Clock } from '#platform/clock'
import { readConfig } from '#platform/config'
import { EVERYWHERE, sql, type Database } from '#platform/db'
import type { App, Module } from '#platform/http'
import { openProduct } from '#platform/product'
import { afterAll } from 'vitest'

/** What came back, read as JSON where it is JSON. */
export interface Answer {
  readonly status: number
  // The answer of any endpoint: tests look at what they expect of it.
  readonly body: any
  readonly text: string
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, unknown>>
}

export interface TestApp {
  readonly app: App
  readonly database: Database
  /** Asks as nobody. */
  readonly ask: (method: string, url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  /** An account with one role in one area (code on 12/10/2021), signed in: asks with its session. */
  readonly signedIn: (role: Role, areaCode: string) => Promise<TestApp['ask']>
  /** An actor without an account, for commands and queries called directly. */
  readonly actor: (role: Role, areaCode: string) => Actor
}

const PASSWORD = 'mat-khau-thu-2021'

/** The real product over a test database, without a port. Closed after the last test of the file. */
export const openTestApp = async (database: Database, modules: readonly Module[], clock: Clock = systemClock): Promise<TestApp> => {
  const folder = mkdtempSync(join(tmpdir(), 'luytre-app-'))
  const config = readConfig({ LUYTRE_DATA: folder })
  if (!config.ok) throw new Error(JSON.stringify(config.problem))
  const product = await openProduct({ config: config.value, modules, log: () => {}, database, clock })
  if (!product.ok) throw new Error(JSON.stringify(product.problem))
  const { app, close } = product.value
  afterAll(async () => {
    await close()
    rmSync(folder, { recursive: true, force: true })
  })

  const asking = (cookie?: string): TestApp['ask'] => async (method, url, body, headers = {}) => {
    const response = await app.http.inject({
      method: method as NonNullable<InjectOptions['method']>, url,
      headers: { ...(cookie === undefined ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { payload: body as NonNullable<InjectOptions['payload']> }),
    })
    const json = /json/.test(String(response.headers['content-type']))
    return { status: response.statusCode, body: json ? response.json() : undefined, text: response.payload, bytes: response.rawPayload, headers: response.headers }
  }
  const areaId = (code: string): number => {
    const area = app.areas.tree().resolve(code, '2021-10-12' as Parameters<ReturnType<App['areas']['tree']>['resolve']>[1])
    if (!area) throw new Error(`no area ${code}`)
    return area.id
  }
  return {
    app,
    database,
    ask: asking(),
    actor: (role, areaCode) => ({ id: `test:${role}:${areaCode}`, username: role, name: role, grants: [grantOf(app.areas, role, areaId(areaCode))] }),
    signedIn: async (role, areaCode) => {
      const id = newId()
      const username = `${role}-${id.slice(-8)}`
      await database.write(EVERYWHERE, async (tx) => {
        await tx.run(sql`insert into auth."user" (id, name, email, "emailVerified", username, "displayUsername")
          values (${id}, ${`Thử ${role}`}, ${`${username}@luytre.invalid`}, true, ${username}, ${username})`)
        await tx.run(sql`insert into account_grant (user_id, role, area_id, granted_by, granted_at) values (${id}, ${role}, ${areaId(areaCode)}, 'test', ${now(clock)})`)
        return ok(null)
      })
      const set = await app.signIn.welcome(await app.signIn.link(id), PASSWORD)
      if (!set.ok) throw new Error(set.problem.code)
      const entered = await asking()('POST', '/api/session', { username, password: PASSWORD })
      const cookies = [entered.headers['set-cookie']].flat().map((line) => String(line).split(';')[0])
      return asking(cookies.join('; '))
    },
  }
}

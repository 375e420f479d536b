import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accounts } from '#accounts'
import { cases } from '#cases'
import { figures } from '#figures'
import type { Role } from '#base'
import { people } from '#people'
import { sql } from '#platform/db'
import { openTestApp, openTestDb } from '#tests/kit'
import { followOthers } from './elsewhere.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts, people, cases, figures])
let url = ''
beforeAll(async () => {
  await app.http.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(app.http.server.address() as AddressInfo).port}`
})
const open: AbortController[] = []
afterAll(() => open.forEach((one) => one.abort()))

interface Watched {
  readonly headers: Headers
  /** Waits until a message holds a topic. */
  readonly told: (topic: string) => Promise<void>
  readonly all: () => string[]
  readonly ended: Promise<void>
}

/** Reads the stream over the wire as a browser does. */
const watch = async (cookie: string): Promise<Watched> => {
  const stop = new AbortController()
  open.push(stop)
  const response = await fetch(`${url}/api/live`, { headers: { cookie }, signal: stop.signal })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const topics: string[] = []
  const waiting = new Set<() => void>()
  const reading = (async () => {
    let read = ''
    for await (const part of response.body as ReadableStream<Uint8Array>) {
      read += Buffer.from(part).toString()
      const messages = read.split('\n\n')
      read = messages.pop() ?? ''
      for (const message of messages) {
        const data = /^data: (.*)$/m.exec(message)?.[1]
        if (data) topics.push(...(JSON.parse(data) as { topics: string[] }).topics)
      }
      for (const next of waiting) next()
    }
  })().catch(() => undefined)
  return {
    headers: response.headers,
    all: () => topics,
    ended: reading,
    told: async (topic) => {
      while (!topics.includes(topic)) await new Promise<void>((next) => waiting.add(next))
    },
  }
}
const session = async (role: Role, area: string): Promise<{ id: string; cookie: string; ask: Awaited<ReturnType<typeof signedIn>> }> => {
  const asking = await signedIn(role, area)
  const { id, username } = (await asking('GET', '/api/session')).body.actor as { id: string; username: string }
  const entered = await ask('POST', '/api/session', { username, password: 'mat-khau-thu-2021' })
  return { id, cookie: [entered.headers['set-cookie']].flat().map((line) => String(line).split(';')[0]).join('; '), ask: asking }
}

describe('GET /api/live', () => {
  test('needs an account: 401 without one, 403 for one without rights', async () => {
    expect((await fetch(`${url}/api/live`)).status).toBe(401)
    expect((await ask('GET', '/api/live')).body.code).toBe('not_signed_in')
    const viewer = await session('viewer', '91')
    await database.owner((tx) => tx.run(sql`delete from account_grant where user_id = ${viewer.id}`))
    app.signIn.forget()
    expect((await fetch(`${url}/api/live`, { headers: { cookie: viewer.cookie } })).status).toBe(403)
  })

  test('tells of a commit to those whose areas it concerns, and to nobody else', async () => {
    const epidemiologist = await session('epidemiologist', '91')
    const inside = await watch((await session('viewer', '30730')).cookie)
    const beside = await watch((await session('viewer', '30733')).cookie)
    const province = await watch(epidemiologist.cookie)
    expect(province.headers.get('x-accel-buffering')).toBe('no')
    expect(province.headers.get('cache-control')).toBe('no-cache, no-transform')

    const refused = await epidemiologist.ask('POST', '/api/figures', { area: '30730', day: '2021-10-20', figures: [{ metric: 'khong_co', value: 1 }] })
    expect(refused.status).toBe(422)
    const sent = await epidemiologist.ask('POST', '/api/figures', { area: '30730', day: '2021-10-20', figures: [{ metric: 'cases_new', value: 4 }] })
    expect(sent.status).toBe(200)
    await Promise.all([province.told('figures'), inside.told('figures')])
    expect(beside.all()).toEqual([])

    await epidemiologist.ask('POST', '/api/cases', { fullName: 'Nguyễn Văn An', areaCode: '30733', reportedOn: '2021-10-19' })
    await Promise.all([province.told('indicators'), beside.told('indicators'), beside.told('cases')])
    expect(inside.all()).not.toContain('indicators')
    // What is sent is the names of kinds of things, and nothing else.
    expect(province.all().every((topic) => /^[a-z-]+$/.test(topic))).toBe(true)
  })

  test('what another process did comes by way of the audit', async () => {
    const epidemiologist = await session('epidemiologist', '91')
    const watching = await watch(epidemiologist.cookie)
    const live = { ...app.live, knows: () => false, tell: (id: string, changes: Parameters<typeof app.live.tell>[1]) => app.live.tell(`again ${id}`, changes) }
    await epidemiologist.ask('POST', '/api/metrics', { code: 'oxygen_tanks', nameVi: 'Bình ô-xy', nameEn: 'Oxygen tanks', unit: 'item', kind: 'stock' })
    await watching.told('define-metric')
    const before = watching.all().length
    const stop = followOthers(database, app.areas, live, 20)
    while (watching.all().slice(before).filter((topic) => topic === 'define-metric').length === 0) await new Promise((next) => setTimeout(next, 20))
    stop()
  })

  test('an open stream does not keep the server from closing', async () => {
    const watching = await watch((await session('viewer', '91')).cookie)
    await app.http.close()
    await watching.ended
    expect(app.live.watchers()).toBe(0)
  })
})

import { expect, test } from 'vitest'
import { accounts } from '#accounts'
import { ok, type Id } from '#base'
import { newId, now, systemClock } from '#platform/clock'
import { EVERYWHERE } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { openTestApp, openTestDb } from '#tests/kit'
import { jobs } from './index.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts, jobs])
const district = app.areas.tree().resolve('899', '2021-10-12' as never)
const asked = async (areaPos: number): Promise<Id> => {
  const id = newId()
  await database.write(EVERYWHERE, async (tx) => ok(await enqueue(tx, {
    id, kind: 'test.run', key: id, areaPos, body: { on: '2021-10-12' }, attempts: 1, askedBy: 'an', askedAt: now(systemClock),
  })))
  return id
}

test('R1 work of the own area is listed, newest first, and read; that of others is not there', async () => {
  const root = app.areas.root('2021-10-12' as never)
  const inside = district ?? app.areas.tree().children(root.id, '2021-10-12' as never)[0]
  if (!inside) throw new Error('no district')
  const wide = await asked(root.pos)
  const near = await asked(inside.pos)
  const epidemiologist = await signedIn('epidemiologist', '91')
  const officer = await signedIn('officer', inside.code)
  expect((await epidemiologist('GET', '/api/jobs?kind=test.run')).body.jobs.map(({ id }: { id: string }) => id)).toEqual([near, wide])
  expect((await officer('GET', '/api/jobs?kind=test.run')).body.jobs).toMatchObject([{ id: near, state: 'queued', body: { on: '2021-10-12' }, fault: null }])
  expect((await officer('GET', `/api/jobs/${near}`)).body).toMatchObject({ id: near, askedBy: 'an', stopping: false })
  expect((await officer('GET', `/api/jobs/${wide}`))).toMatchObject({ status: 404, body: { code: 'unknown_job' } })
  expect((await ask('GET', '/api/jobs?kind=test.run')).status).toBe(401)
})

test('R2 only who may stops it, and once', async () => {
  const root = app.areas.root('2021-10-12' as never)
  const id = await asked(root.pos)
  const officer = await signedIn('officer', '91')
  const epidemiologist = await signedIn('epidemiologist', '91')
  expect((await officer('POST', `/api/jobs/${id}/cancel`, {})).status).toBe(403)
  expect((await epidemiologist('POST', `/api/jobs/${newId()}/cancel`, {})).body.code).toBe('unknown_job')
  expect((await epidemiologist('POST', `/api/jobs/${id}/cancel`, {}))).toMatchObject({ status: 200, body: { id } })
  expect((await epidemiologist('GET', `/api/jobs/${id}`)).body).toMatchObject({ state: 'cancelled', stopping: true })
  expect((await epidemiologist('POST', `/api/jobs/${id}/cancel`, {}))).toMatchObject({ status: 409, body: { code: 'job_ended' } })
})

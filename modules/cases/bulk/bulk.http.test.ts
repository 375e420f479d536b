import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { accounts } from '#accounts'
import { newId } from '#platform/clock'
import { EVERYWHERE, sql } from '#platform/db'
import { people } from '#people'
import { openTestApp, openTestDb, type Answer } from '#tests/kit'
import { cases, recountCases } from '../index.ts'
import { BulkEngine } from './bulk-engine.ts'

const database = await openTestDb()
const { app, signedIn, actor } = await openTestApp(database, [accounts, people, cases])
const on = day('2021-10-12')
const area = (code: string): number => app.areas.tree().resolve(code, on)?.id as number
const [vinhThanhVan, vinhBao] = [area('30730'), area('30742')]
const officer = await signedIn('officer', '30730')
const neighbour = await signedIn('officer', '30742')
const province = await signedIn('epidemiologist', '91')
const commander = await signedIn('commander', '91')

let reported = 0
const report = async (body: object = {}): Promise<string> => {
  const answer = await province('POST', '/api/cases', { fullName: `Người Hàng Loạt ${++reported}`, areaId: vinhThanhVan, reportedOn: '2021-10-12', ...body })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body.id
}
const shown = async (id: string) => (await province('GET', `/api/cases/${id}`)).body
const refused = ({ status, body }: Answer): unknown[] => [status, body.code, body.field]
const preview = (target: object, changes: object, by = province) => by('POST', '/api/cases/bulk/preview', { target, changes })
const commit = (target: object, changes: object, by = province, seenAt = new Date().toISOString(), key = newId()) =>
  by('POST', '/api/cases/bulk', { target, changes, reason: 'Theo danh sách của bệnh viện', seenAt }, { 'idempotency-key': key })
const undo = (id: string, leaveChanged = false, by = province) => by('POST', `/api/cases/bulk/${id}/undo`, { leaveChanged })
const miscounts = () => database.read(EVERYWHERE, (tx) => recountCases(tx))

describe('the preview', () => {
  test('R13 tells what would change, from what to what, and who is refused by which rule; nothing is written', async () => {
    const ids = [await report({ severity: 'mild', onsetOn: '2021-10-10' }), await report({ severity: 'severe' }), await report({ onsetOn: '2021-10-01' })]
    const answer = await preview({ ids }, { severity: 'severe', outcome: 'recovered', outcomeOn: '2021-10-05' })
    expect(answer.body).toMatchObject({ matched: 3, beyond: false, checked: 3, changing: 2, unchanged: 0, refused: 1 })
    expect(answer.body.refusals.map((one: { id: string; code: string; message: string }) => [one.id, one.code, one.message])).toEqual([
      [ids[0], 'outcome_before_onset', 'Ngày kết cục 05/10/2021 trước ngày khởi phát 10/10/2021.'],
    ])
    expect(answer.body.rows.find((row: { id: string }) => row.id === ids[1])).toMatchObject({
      areaName: 'Phường Vĩnh Thanh Vân', changes: [{ field: 'outcome', before: null, after: 'recovered' }, { field: 'outcomeOn', before: null, after: '2021-10-05' }],
    })
    expect((await preview({ ids: [ids[1]] }, { severity: 'severe' })).body).toMatchObject({ changing: 0, unchanged: 1 })
    expect((await shown(ids[1] as string)).case).toMatchObject({ version: 1, outcome: null })
  })
  test('who may not, what is no change, which area', async () => {
    const ids = [await report()]
    expect(refused(await preview({ ids }, { severity: 'mild' }, commander))).toEqual([403, 'forbidden', undefined])
    expect((await preview({ ids }, {})).body.problems[0].code).toBe('nothing_to_change')
    expect((await preview({ ids }, { fullName: 'Tất cả một tên' })).body.problems[0].code).toBe('unknown_field')
    expect(refused(await preview({ filters: { areaId: '99999999' } }, { severity: 'mild' }))).toEqual([404, 'unknown_area', 'areaId'])
    // A neighbour's case is not among those meant.
    expect((await preview({ ids }, { severity: 'mild' }, neighbour)).body).toMatchObject({ checked: 0, changing: 0 })
  })
})

describe('the edit and its undo', () => {
  test('R13 all that match the filters: changed, told, counted; the same key twice is done once', async () => {
    const sender = 'Bệnh viện dã chiến'
    const ids = [await report({ sender, detectionSource: 'community' }), await report({ sender, areaId: vinhBao, diagnosis: 'suspected' }), await report({ sender: 'Nơi khác' })]
    const key = newId()
    const changes = { detectionSource: 'quarantine', diagnosis: 'confirmed', outcome: 'died', outcomeOn: '2021-10-14' }
    const first = await commit({ filters: { sender } }, changes, province, undefined, key)
    expect(first.body.bulk).toMatchObject({ id: key, status: 'done', matched: 2, walked: 2, changed: 2, refused: 0, by: expect.stringMatching(/^epidemiologist/) })
    expect((await commit({ filters: { sender } }, changes, province, undefined, key)).body.bulk.changed).toBe(2)
    const page = await shown(ids[0] as string)
    expect(page.case).toMatchObject({ version: 2, detectionSource: 'quarantine', outcome: 'died', outcomeOn: '2021-10-14' })
    expect(page.history[0]).toMatchObject({ action: 'bulk', reason: 'Theo danh sách của bệnh viện' })
    expect((await shown(ids[2] as string)).case.version).toBe(1)
    expect(await miscounts()).toEqual([])
    expect((await province('GET', '/api/cases/bulk?limit=1')).body.bulks[0]).toMatchObject({ id: key })
    expect((await province('GET', `/api/cases/bulk/${key}`)).body.bulk.changes).toEqual(changes)

    expect((await undo(key)).body.bulk).toMatchObject({ status: 'undone', undone: 2 })
    expect((await shown(ids[0] as string)).case).toMatchObject({ version: 3, detectionSource: 'community', outcome: null, outcomeOn: null })
    expect((await shown(ids[1] as string)).case).toMatchObject({ diagnosis: 'suspected', outcome: null })
    expect((await shown(ids[0] as string)).history.map((one: { action: string }) => one.action)).toEqual(['bulk_undone', 'bulk', 'reported'])
    expect(await miscounts()).toEqual([])
    expect((await undo(key)).body.bulk.status).toBe('undone')
  })
  test('R13 what somebody changed after the preview is left to them', async () => {
    const ids = [await report({ severity: 'mild' }), await report({ severity: 'mild' })]
    const { seenAt } = (await preview({ ids }, { severity: 'severe' })).body
    await officer('POST', `/api/cases/${ids[0]}/correct`, { version: 1, reason: 'Đã khám lại', changes: { severity: 'moderate' } })
    const { bulk } = (await commit({ ids }, { severity: 'severe' }, province, seenAt)).body
    expect(bulk).toMatchObject({ changed: 1, refused: 1 })
    expect(bulk.refusals[0]).toMatchObject({ id: ids[0], code: 'changed_since_preview' })
    expect(bulk.refusals[0].message).toMatch(/vừa sửa ca này sau khi bạn xem trước/)
    expect((await shown(ids[0] as string)).case.severity).toBe('moderate')
  })
  test('R14 the undo is refused with the list for what others changed since; the others can be given back', async () => {
    const ids = [await report({ severity: 'mild' }), await report({ severity: 'mild' }), await report({ severity: 'mild' }), await report({ severity: 'mild' })]
    const { id } = (await commit({ ids }, { severity: 'severe' })).body.bulk
    await officer('POST', `/api/cases/${ids[0]}/correct`, { version: 2, reason: 'Hội chẩn', changes: { severity: 'critical' } })
    // Another field is no reason to refuse: it stays, and the severity goes back.
    await officer('POST', `/api/cases/${ids[1]}/correct`, { version: 2, reason: 'Hội chẩn', changes: { phone: '0912345678' } })
    await province('POST', `/api/cases/${ids[2]}/transfer`, { version: 2, toAreaId: vinhBao, transferredOn: '2021-10-20', reason: 'Ở nhà con' })
    const no = await undo(id)
    expect(refused(no)).toEqual([409, 'built_upon', undefined])
    expect(no.body.problems.map((one: { code: string; params: { by: string } }) => [one.code, one.params.by])).toEqual([['case_changed_since', expect.stringMatching(/^officer/)]])
    expect((await undo(id, true)).body.bulk).toMatchObject({ status: 'undone', undone: 3 })
    const after = await Promise.all(ids.map(async (one) => (await shown(one)).case))
    expect(after.map(({ severity }) => severity)).toEqual(['critical', 'mild', 'mild', 'mild'])
    expect(after[1].phone).toBe('0912345678')
    expect(after[2].areaId).toBe(vinhBao)
    expect(await miscounts()).toEqual([])
  })
  test('who may not, and what cannot be undone', async () => {
    const ids = [await report()]
    const { id } = (await commit({ ids }, { severity: 'mild' })).body.bulk
    expect(refused(await commit({ ids }, { severity: 'mild' }, commander))).toEqual([403, 'forbidden', undefined])
    expect(refused(await commit({ filters: { areaId: '99999999' } }, { severity: 'mild' }))).toEqual([404, 'unknown_area', 'areaId'])
    expect((await commit({ ids }, {})).body.problems[0].code).toBe('nothing_to_change')
    // An officer of one commune may not go on with what the province began.
    for (const [method, path] of [['GET', ''], ['POST', '/cancel'], ['POST', '/undo']] as const) {
      expect(refused(await officer(method, `/api/cases/bulk/${id}${path}`, method === 'POST' ? {} : undefined))).toEqual([404, 'unknown_bulk', undefined])
      expect(refused(await commander(method, `/api/cases/bulk/${id}${path}`, method === 'POST' ? {} : undefined))).toEqual([403, 'forbidden', undefined])
    }
    expect(refused(await commander('GET', '/api/cases/bulk'))).toEqual([403, 'forbidden', undefined])
    expect((await officer('GET', '/api/cases/bulk')).body.bulks).toEqual([])
    expect((await province('POST', `/api/cases/bulk/${id}/cancel`, {})).body.bulk.status).toBe('done')
    const none = (await commit({ ids }, { severity: 'mild' })).body.bulk
    expect(none).toMatchObject({ changed: 0 })
    expect(refused(await undo(none.id))).toEqual([409, 'bulk_not_undoable', undefined])
  })
  test('more than one batch: every case once, stopped between two, taken back', async () => {
    const sender = 'Nhiều'
    await database.owner((tx) => tx.run(sql`
      insert into case_record (id, number, disease, person_id, full_name, name_key, area_id, area_pos, province_id, reported_on, diagnosis, sender, recorded_at, changed_at, changed_by, command_id)
      select gen_random_uuid(), 'KG-2020-' || n, 'covid-19', gen_random_uuid(), 'Nhiều', 'nhieu', ${vinhBao}, (select pos from area where id = ${vinhBao}), ${area('91')}, '2020-01-01', 'suspected',
        ${sender}, now(), now(), 'test', gen_random_uuid() from generate_series(1, 120) as n`))
    const by = actor('epidemiologist', '91')
    const engine = new BulkEngine(app, 50)
    const having = async (type: string | null): Promise<number | undefined> =>
      (await database.owner((tx) => tx.first(sql<{ n: number }>`select count(*) as n from case_record where sender = ${sender} and test_type is not distinct from ${type}`)))?.n
    const begin = async (testType: 'pcr' | 'culture') => {
      const begun = await engine.commit(by, undefined, { target: { filters: { sender } }, changes: { testType }, reason: 'x', seenAt: new Date().toISOString() })
      if (!begun.ok) throw new Error(begun.problem.code)
      return begun.value
    }
    const found = async (id: string) => {
      const bulk = await engine.find(by, id)
      if (!bulk.ok) throw new Error(bulk.problem.code)
      return bulk.value
    }
    const whole = await begin('pcr')
    await whole.done
    expect(await found(whole.id)).toMatchObject({ status: 'done', batches: 3, walked: 120, changed: 120 })
    expect(await having('pcr')).toBe(120)
    const undoing = await engine.undo(by, await found(whole.id), false)
    await (undoing.ok && undoing.value.done)
    expect([(await found(whole.id)).status, await having(null)]).toEqual(['undone', 120])

    const stopped = await begin('culture')
    const cancelled = await engine.cancel(by, await found(stopped.id))
    expect(cancelled.ok && cancelled.value).toMatchObject({ status: 'cancelled', changed: 50 })
    expect(await having('culture')).toBe(50)
  })
  test('while the server closes nothing is begun', async () => {
    const engine = new BulkEngine(app)
    await engine.stop()
    const by = actor('epidemiologist', '91')
    const ids = [await report()]
    const { id } = (await commit({ ids }, { severity: 'mild' })).body.bulk
    const found = await new BulkEngine(app).find(by, id)
    if (!found.ok) throw new Error(found.problem.code)
    const begun = [await engine.commit(by, undefined, { target: { ids }, changes: { severity: 'severe' }, reason: 'x', seenAt: '2021-10-12T00:00:00Z' }), await engine.undo(by, found.value, false)]
    expect(begun.map((one) => !one.ok && one.problem.code)).toEqual(['closing', 'closing'])
  })
})

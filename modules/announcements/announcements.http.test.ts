import { describe, expect, test } from 'vitest'
import { accounts } from '#accounts'
import { cases } from '#cases'
import { figures } from '#figures'
import { levels } from '#levels'
import { sql } from '#platform/db'
import { rulebooks } from '#rulebooks'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'
import { announcements } from './index.ts'

// Sign-in keeps its own time: accounts are opened today, then it is the morning of 20/11/2021.
const clock = stoppedClock(new Date().toISOString())
const database = await openTestDb()
const { ask, signedIn } = await openTestApp(database, [accounts, figures, cases, rulebooks, levels, announcements], clock)
const epidemiologist = await signedIn('epidemiologist', '91')
const commander = await signedIn('commander', '91')
const ward = await signedIn('viewer', '30730')
const otherWard = await signedIn('viewer', '30736')
clock.advance(Date.parse('2021-11-20T03:00:00Z') - clock.milliseconds())

const report = async (area: string, day: string, values: Record<string, unknown>) => {
  const sent = await epidemiologist('POST', '/api/figures', { area, day, source: 'thử nghiệm', figures: Object.entries(values).map(([metric, value]) => ({ metric, value })) })
  expect([sent.status, sent.body]).toEqual([200, expect.anything()])
}
for (let d = 13; d <= 19; d++) await report('30730', `2021-11-${d}`, { cases_community: 4, cases_new: 4 })
await report('30730', '2021-11-12', {
  population_18plus: 14_000, dose1_18plus: 7_000, population_65plus: 1_500, full_65plus: 1_400, population_50plus: 4_000, full_50plus: 3_600, care_capacity: 'met',
})
const item = (area: string, level: number, more: object = {}) => ({ area, level, ...more })
const propose = (items: unknown[], more: object = {}, as = epidemiologist) =>
  as('POST', '/api/announcements', { assessedOn: '2021-11-19', effectiveAt: '2021-11-22T17:00:00.000Z', items, ...more })
const proposed = async (items: unknown[], more: object = {}): Promise<string> => {
  clock.advance(1_000)
  const answer = await propose(items, more)
  expect([answer.status, answer.body]).toEqual([200, { id: expect.any(String) }])
  return answer.body.id as string
}
const step = (id: string, name: string, body: object, as = commander) => as('POST', `/api/announcements/${id}/${name}`, body)
const [assessed] = (await epidemiologist('GET', '/api/levels?on=2021-11-19&area=30730')).body
expect(assessed.level).toBeGreaterThan(1)

describe('from the proposal to the document', () => {
  test('candidates show what is computed beside what is in force', async () => {
    const { body } = await epidemiologist('GET', '/api/announcements/candidates?on=2021-11-19')
    expect(body.areas).toHaveLength(144)
    expect(body.noticeHours).toEqual({ up: 48, down: 0, same: 0 })
    expect(body.areas.find(({ area }: { area: string }) => area === '30730')).toMatchObject({ computedLevel: assessed.level, inForce: null, parent: 'Thành phố Rạch Giá' })
    expect((await epidemiologist('GET', '/api/announcements/candidates?on=2021-11-19&area=khong')).body.code).toBe('unknown_area')
    expect((await ward('GET', '/api/announcements/candidates?on=2021-11-19')).status).toBe(403)
  })

  test('R2 another level needs a reason and a clause; every fault is at its row', async () => {
    const refused = await propose([item('30730', 4), item('khong', 2), item('30730', assessed.level)])
    expect(refused.status).toBe(422)
    expect(refused.body.problems.map(({ code, field }: { code: string; field: string }) => [code, field])).toEqual([
      ['reason_needed', 'items/0/reason'], ['unknown_area', 'items/1/area'], ['area_twice', 'items/2/area'],
    ])
    expect((await propose([item('30736', 2)], { area: '911' })).body.problems[0].code).toBe('area_not_within')
    expect((await propose([item('30730', 2)], { assessedOn: '2021-10-01' })).body.problems[0].code).toBe('no_rulebook_then')
    expect((await propose([item('30730', 2)], { area: 'khong' })).body.code).toBe('unknown_area')
    expect((await propose([item('30730', 2)], {}, ward)).status).toBe(403)
    expect((await ask('POST', '/api/announcements', {})).status).toBe(401)
  })

  test('R1 R3 R4 R5 R7 proposed, confirmed by another, published with notice, read by those it concerns, and never changed', async () => {
    const id = await proposed([item('30730', assessed.level), item('30736', 3, { reason: 'Ổ dịch chợ lan nhanh', clause: 'NQ 128/NQ-CP, mục III' })], { note: 'Họp 19/11' })
    const file = (await commander('GET', `/api/announcements/${id}`)).body
    expect(file).toMatchObject({ status: 'proposed', note: 'Họp 19/11', areaName: 'Tỉnh Kiên Giang' })
    expect(file.assessments['30730']).toEqual(assessed)
    expect(file.items.map(({ area, level, computedLevel, reason }: Record<string, unknown>) => [area, level, computedLevel, reason]).toSorted()).toEqual([
      ['30730', assessed.level, assessed.level, ''], ['30736', 3, null, 'Ổ dịch chợ lan nhanh'],
    ])
    // Those below read nothing of it yet.
    expect((await ward('GET', `/api/announcements/${id}`)).body.code).toBe('unknown_announcement')
    expect((await ward('GET', '/api/announcements')).body.announcements).toEqual([])
    expect((await ward('GET', '/api/announcements?status=proposed')).body.announcements).toEqual([])

    expect((await step(id, 'publish', { document: 'QĐ 1/QĐ-UBND' })).body).toMatchObject({ code: 'step_not_now' })
    expect((await step(id, 'confirm', {}, epidemiologist)).body.code).toBe('second_person_needed')
    expect((await step(id, 'confirm', {}, ward)).status).toBe(403)
    expect((await step(id, 'publish', { document: 'QĐ 1/QĐ-UBND' }, epidemiologist)).status).toBe(403)
    expect((await step(id, 'confirm', { note: 'Đồng ý' })).status).toBe(200)
    expect((await step(id, 'confirm', {})).body.code).toBe('step_not_now')
    // Nothing was published before, so that nothing is raised; two at once publish once.
    const twice = await Promise.all([step(id, 'publish', { document: 'QĐ 1/QĐ-UBND' }), step(id, 'publish', { document: 'QĐ 2/QĐ-UBND' })])
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await step(id, 'withdraw', { note: 'nhầm' })).body.code).toBe('step_not_now')
    expect((await step(id, 'return', { note: 'nhầm' })).body.code).toBe('step_not_now')

    const seen = (await ward('GET', `/api/announcements/${id}`)).body
    expect(seen.status).toBe('published')
    expect(seen.items.map(({ area }: { area: string }) => area)).toEqual(['30730'])
    expect((await otherWard('GET', '/api/announcements')).body.announcements.map((one: { id: string; items: { area: string }[] }) => [one.id, one.items[0]?.area])).toEqual([[id, '30736']])
    await expect(database.write({ lo: 0, hi: 2_000_000_000, ranges: '' }, async (tx) => ({ ok: true, value: await tx.run(sql`update level_announcement_item set level = 1`) }))).rejects.toThrow(/permission denied/)
    const why = (await epidemiologist('GET', '/api/levels/why?on=2021-11-23&area=30736')).body
    expect(why.published).toMatchObject([{ effectiveFrom: '2021-11-23', level: 3 }])
  })

  test('R4 a level is not raised without 48 hours’ notice', async () => {
    const up = { reason: 'Vượt ngưỡng', clause: 'NQ 128/NQ-CP, mục III' }
    const id = await proposed([item('30736', 4, up)], { effectiveAt: '2021-11-25T17:00:00.000Z', assessedOn: '2021-11-19' })
    await step(id, 'confirm', {})
    clock.advance(4 * 86_400_000)
    // 24/11 10:00: too late by seventeen hours.
    const late = await step(id, 'publish', { document: 'QĐ 3/QĐ-UBND' })
    expect(late.body).toMatchObject({ code: 'notice_too_short', field: 'issuedAt', params: { hours: 48, earliest: new Date(clock.milliseconds() + 48 * 3_600_000).toISOString() } })
    expect((await step(id, 'publish', { document: 'QĐ 3/QĐ-UBND', issuedAt: '2021-11-30T00:00:00.000Z' })).body.code).toBe('issued_in_future')
    // The paper went out in time and is recorded late.
    expect((await step(id, 'publish', { document: 'QĐ 3/QĐ-UBND', issuedAt: '2021-11-23T17:00:00.000Z' })).status).toBe(200)
    const below = await proposed([item('30736', 1, { reason: 'Đã kiểm soát', clause: 'NQ 128/NQ-CP, mục III' })], { effectiveAt: '2021-11-27T17:00:00.000Z' })
    await step(below, 'confirm', {})
    // A level is lowered without notice, but not before the public was told.
    clock.advance(86_400_000)
    expect((await step(below, 'publish', { document: 'QĐ 4/QĐ-UBND' })).status).toBe(200)
    const back = await proposed([item('30736', 1, { reason: 'Đã kiểm soát', clause: 'NQ 128/NQ-CP, mục III' })], { effectiveAt: '2021-11-20T17:00:00.000Z' })
    await step(back, 'confirm', {})
    expect((await step(back, 'publish', { document: 'QĐ 5/QĐ-UBND' })).body).toMatchObject({ code: 'notice_too_short', params: { hours: 0 } })
  })

  test('R5 what was sent back or withdrawn goes no further', async () => {
    const first = await proposed([item('30730', assessed.level)])
    expect((await step(first, 'return', { note: '' })).status).toBe(422)
    expect((await step(first, 'return', { note: 'Thiếu căn cứ' })).status).toBe(200)
    expect((await step(first, 'confirm', {})).body.code).toBe('step_not_now')
    const second = await proposed([item('30730', assessed.level)])
    expect((await step(second, 'withdraw', { note: 'Đề xuất lại' }, epidemiologist)).status).toBe(200)
    const statuses = (await commander('GET', '/api/announcements?limit=2')).body
    expect(statuses.announcements.map(({ status }: { status: string }) => status)).toEqual(['withdrawn', 'returned'])
    expect(statuses.more).toBe(true)
    expect((await commander('GET', `/api/announcements?status=returned&before=${second}`)).body.announcements).toHaveLength(1)
    expect((await step('01890000-0000-7000-8000-000000000001', 'confirm', {})).body.code).toBe('unknown_announcement')
  })
})

describe('both truths', () => {
  test('R6 a late correction leaves what was announced as it was, and shows what changed', async () => {
    const before = (await ward('GET', '/api/announcements/truths?area=30730&on=2021-11-23')).body
    expect(before).toMatchObject({ announced: { assessedOn: '2021-11-19', item: { area: '30730' } }, changed: [] })
    expect(before.then).toEqual(before.now)
    await report('30730', '2021-11-19', { cases_community: 40, cases_new: 40 })
    const after = (await ward('GET', '/api/announcements/truths?area=30730&on=2021-11-23')).body
    expect(after.then).toEqual(assessed)
    expect(after.then.inputs.community_cases_rate.numerator).toBe(28)
    expect(after.now.inputs.community_cases_rate.numerator).toBe(64)
    expect(after.changed).toContain('community_cases_rate')
    // A day nobody announced anything for: as known when it ended.
    const other = (await epidemiologist('GET', '/api/announcements/truths?area=30730&on=2021-11-19&knownAt=2021-11-20T04:00:00.000Z')).body
    expect(other.announced).toBeNull()
    expect(other.then.inputs.community_cases_rate.numerator).toBe(28)
    expect((await epidemiologist('GET', '/api/levels?on=2021-11-19&area=30730&knownAt=2021-11-20T04:00:00.000Z')).body[0].inputs.community_cases_rate.numerator).toBe(28)
    // A case reported later says nothing of what was known before: nobody kept a registry then.
    expect((await epidemiologist('POST', '/api/cases', { fullName: 'Nguyễn Văn An', areaCode: '30733', reportedOn: '2021-11-18', detectionSource: 'community' })).status).toBe(200)
    const registry = (await epidemiologist('GET', '/api/announcements/truths?area=30733&on=2021-11-19&knownAt=2021-11-20T04:00:00.000Z')).body
    expect([registry.then.inputs.community_cases_rate.missing, registry.now.inputs.community_cases_rate.numerator]).toEqual([true, 1])
    expect((await ward('GET', '/api/announcements/truths?area=30736&on=2021-11-23')).status).toBe(403)
    expect((await ward('GET', '/api/announcements/truths?area=khong&on=2021-11-23')).body.code).toBe('unknown_area')
  })
  test('measures of a level are for everyone', async () => {
    const { body } = await ward('GET', '/api/announcements/measures?level=3&area=30730&on=2021-11-19')
    expect([body.document, body.measures.length]).toEqual(['Nghị quyết 128/NQ-CP ngày 11/10/2021', 13])
    expect((await ward('GET', '/api/announcements/measures?level=5&area=30730')).status).toBe(422)
    expect((await ward('GET', '/api/announcements/measures?level=3&area=khong')).body.code).toBe('unknown_area')
    expect((await ward('GET', '/api/announcements/measures?level=3&area=30730&on=2021-10-01')).body).toEqual({ document: null, measures: [] })
  })
  test('R4 the notice is amended as any rule is: from its day on the province asks for 72 hours', async () => {
    const { id } = (await epidemiologist('POST', '/api/rulebook-drafts', { rulebook: 'nq-128-2021', kind: 'rule' })).body
    const { draft, dmn } = (await epidemiologist('GET', `/api/rulebook-drafts/${id}`)).body
    const saved = await epidemiologist('PUT', `/api/rulebook-drafts/${id}`, { revision: draft.revision, dmn: dmn.replace('<text>48</text>', '<text>72</text>') })
    const enacted = await commander('POST', `/api/rulebook-drafts/${id}/enact`, { revision: saved.body.revision, document: 'QĐ 10/QĐ-UBND', validFrom: '2021-12-01', validTo: null })
    expect([enacted.status, enacted.body]).toEqual([200, { id: 'nq-128-2021', version: 2 }])
    const notice = async (on: string): Promise<number> => (await epidemiologist('GET', `/api/announcements/candidates?on=${on}`)).body.noticeHours.up
    expect([await notice('2021-11-30'), await notice('2021-12-01')]).toEqual([48, 72])
    expect((await ward('GET', '/api/announcements/measures?level=3&area=30730&on=2021-12-05')).body.document).toBe('QĐ 10/QĐ-UBND')
    // Levels are decided by theirs as before.
    expect((await epidemiologist('GET', '/api/levels?on=2021-12-05&area=30730')).body[0].rulebook).toBe('qd-4800-2021')
  })
})

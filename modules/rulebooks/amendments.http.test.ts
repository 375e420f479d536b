import { expect, test } from 'vitest'
import { accounts } from '#accounts'
import { day, type Instant } from '#base'
import { readModel } from '#decisions'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'
import { allRulebooks, lawOf, rulebooks } from './index.ts'

const database = await openTestDb()
const clock = stoppedClock(new Date().toISOString())
const { app, ask, signedIn } = await openTestApp(database, [accounts, rulebooks], clock)
const epidemiologist = await signedIn('epidemiologist', '91')
const commander = await signedIn('commander', '91')
const district = await signedIn('commander', '899')
const viewer = await signedIn('viewer', '91')
const known = (): Instant => new Date(clock.milliseconds()).toISOString() as Instant
const later = (): void => clock.advance(60_000)

/** The draft with a text of its file replaced, saved. */
const edit = async (who: typeof ask, id: string, ...changes: readonly (readonly [string, string])[]) => {
  const { draft, dmn } = (await who('GET', `/api/rulebook-drafts/${id}`)).body
  for (const [from] of changes) expect(dmn).toContain(from)
  const edited = changes.reduce((text: string, [from, to]) => text.replace(from, to), dmn)
  later()
  return who('PUT', `/api/rulebook-drafts/${id}`, { revision: draft.revision, dmn: edited })
}
/** Begun a minute after what came before it: the list is in the order of time. */
const begin = async (who: typeof ask, body: object): Promise<string> => {
  later()
  return (await who('POST', '/api/rulebook-drafts', { rulebook: 'qd-4800-2021', kind: 'rule', ...body })).body.id
}
const at15 = [['<text>[0..20)</text>', '<text>[0..15)</text>'], ['<text>[20..50)</text>', '<text>[15..50)</text>']] as const
const inForce = async (area: string, on: string, knownAt?: Instant) => {
  const tree = app.areas.tree()
  const found = lawOf(await allRulebooks(database, knownAt), tree, 'covid-19').at(tree.resolve(area, day(on))?.id ?? 0, day(on))
  return [found.rule && `${found.rule.row.id}@${found.rule.row.version}`, ...found.variants.map(({ row }) => `+${row.id}@${row.version}`)]
}

test('R6 a draft is begun from a rulebook, for the own area or a part of it', async () => {
  const id = await begin(epidemiologist, {})
  const { draft, dmn, base } = (await epidemiologist('GET', `/api/rulebook-drafts/${id}`)).body
  expect(draft).toMatchObject({ kind: 'rule', rulebookId: 'qd-4800-2021', basedOn: 'qd-4800-2021@1', areaCode: '91', revision: 1, status: 'open' })
  expect(readModel(dmn)).toMatchObject({ ok: true, value: { rulebook: { id: 'qd-4800-2021', area: '91', validFrom: '2021-10-12', validTo: '2022-01-26' } } })
  expect(base).toContain('area="VN"')
  const variant = await begin(district, { kind: 'variant' })
  expect((await district('GET', `/api/rulebook-drafts/${variant}`)).body.draft).toMatchObject({ kind: 'variant', rulebookId: 'qd-4800-2021-899', areaName: 'Thành phố Rạch Giá' })
  expect((await epidemiologist('GET', '/api/rulebook-drafts')).body.drafts.map((one: { id: string }) => one.id)).toEqual([variant, id])
  // The district sees its own drafts, not those of the province.
  expect((await district('GET', '/api/rulebook-drafts')).body.drafts.map((one: { id: string }) => one.id)).toEqual([variant])
  expect((await district('GET', `/api/rulebook-drafts/${id}`)).body.code).toBe('unknown_draft')
  expect((await district('POST', '/api/rulebook-drafts', { rulebook: 'qd-4800-2021', kind: 'variant', area: '900' })).status).toBe(403)
  expect((await epidemiologist('POST', '/api/rulebook-drafts', { rulebook: 'khong', kind: 'rule' })).body.code).toBe('unknown_rulebook')
  expect((await epidemiologist('POST', '/api/rulebook-drafts', { rulebook: 'qd-4800-2021', kind: 'rule', area: 'khong' })).body.code).toBe('unknown_area')
})

test('R7 a file edited elsewhere comes back as a draft, with everything of ours in it', async () => {
  const file = (await viewer('GET', '/api/rulebooks/qd-218-2022/file?dmn=1.3')).text
  expect(file).toContain('https://www.omg.org/spec/DMN/20191111/MODEL/')
  const sent = await epidemiologist('POST', '/api/rulebook-drafts/file', { dmn: file.replace('[90..450)', '[100..450)').replace('[0..90)', '[0..100)') })
  expect(sent.status).toBe(200)
  const compared = (await epidemiologist('GET', `/api/rulebooks/compare?a=qd-218-2022&b=draft:${sent.body.id}`)).body
  expect(compared.diff.info).toEqual([{ path: 'area', before: 'VN', after: '91' }])
  const changed = compared.diff.tables.flatMap((table: { rows: { change: string; when: unknown[] }[] }) => table.rows.filter((row) => row.change !== 'same'))
  expect(changed.map((row: { when: unknown[] }) => row.when)).toEqual([[{ before: '[0..90)', after: '[0..100)' }], [{ before: '[90..450)', after: '[100..450)' }]])
  const back = await epidemiologist('GET', `/api/rulebook-drafts/${sent.body.id}/file`)
  expect(back.headers['content-disposition']).toContain('qd-218-2022.dmn')
  expect(readModel(back.text).ok).toBe(true)
  const upload = async (dmn: string) => (await epidemiologist('POST', '/api/rulebook-drafts/file', { dmn })).body.code
  expect(await upload('<a/>')).toBe('not_dmn')
  expect(await upload('<a')).toBe('xml_malformed')
  expect(await upload(file.replace(/<extensionElements>[\s\S]*?<\/extensionElements>/, ''))).toBe('rulebook_not_described')
  expect(await upload(file.replace('area="VN"', 'area="khong"'))).toBe('bad_extension')
  const java = '<decision id="f" name="f"><variable name="f"/><functionDefinition kind="Java"/></decision></definitions>'
  expect(await upload(file.replace('</definitions>', java))).toBe('logic_unsupported')
})

test('R8 a draft is saved with its faults, but not over what others saved, nor as another rulebook', async () => {
  const id = await begin(epidemiologist, {})
  expect((await edit(epidemiologist, id, ['<text>[0..20)</text>', '<text>abc</text>'], ['rulebook id="qd-4800-2021"', 'rulebook id="khac"'])).body).toEqual({ revision: 2 })
  const { dmn } = (await epidemiologist('GET', `/api/rulebook-drafts/${id}`)).body
  expect(dmn).toContain('rulebook id="qd-4800-2021"')
  const second = await commander('PUT', `/api/rulebook-drafts/${id}`, { revision: 1, dmn })
  expect([second.status, second.body.code]).toEqual([409, 'draft_changed'])
  expect((await epidemiologist('PUT', `/api/rulebook-drafts/${id}`, { revision: 2, dmn: '<a/>' })).body.code).toBe('not_dmn')
  expect((await epidemiologist('PUT', `/api/rulebook-drafts/${id}`, { revision: 2, dmn: dmn.replace(/<extensionElements>[\s\S]*?<\/extensionElements>/, '') })).body.code).toBe('rulebook_not_described')
  // What does not read is not put in force.
  const enacted = await commander('POST', `/api/rulebook-drafts/${id}/enact`, { revision: 2, document: 'QĐ 1/QĐ-UBND', validFrom: '2021-11-15', validTo: null })
  expect(enacted.body).toMatchObject({ code: 'model_faulty', problems: [{ code: 'unknown_name', params: { row: 1, column: 1 } }] })
  expect((await epidemiologist('DELETE', `/api/rulebook-drafts/${id}`)).status).toBe(200)
  expect((await epidemiologist('DELETE', `/api/rulebook-drafts/${id}`)).body.code).toBe('draft_closed')
  expect((await epidemiologist('GET', '/api/rulebook-drafts')).body.drafts.map((one: { id: string }) => one.id)).not.toContain(id)
})

/** Before version 2 was put in force. */
let beforeSecond: Instant

test('R9 a commander puts a draft in force from a day; days before stay under the version before', async () => {
  const before = (await viewer('GET', '/api/rulebooks/qd-4800-2021/file?version=1')).text
  const id = await begin(epidemiologist, {})
  await edit(epidemiologist, id, ...at15)
  const enact = (who: typeof ask, more = {}) => who('POST', `/api/rulebook-drafts/${id}/enact`, { revision: 2, document: 'QĐ 3000/QĐ-UBND', validFrom: '2021-11-15', validTo: '2022-01-26', ...more })
  expect((await enact(epidemiologist)).status).toBe(403)
  expect((await enact(district)).body.code).toBe('unknown_draft')
  expect((await enact(commander, { revision: 1 })).body.code).toBe('draft_changed')
  expect((await enact(commander, { validTo: '2021-11-14' })).body.code).toBe('validity_reversed')
  beforeSecond = known()
  later()
  expect((await enact(commander)).body).toEqual({ id: 'qd-4800-2021', version: 2 })
  expect((await enact(commander)).body.code).toBe('draft_closed')
  expect(await inForce('30730', '2021-11-14')).toEqual(['qd-4800-2021@1'])
  expect(await inForce('30730', '2021-11-15')).toEqual(['qd-4800-2021@2'])
  expect(await inForce('30730', '2022-01-27')).toEqual(['qd-218-2022@1'])
  // Another province keeps the ministry's text.
  expect(await inForce('96', '2021-11-15')).toEqual(['qd-4800-2021@1'])
  const { rulebook, versions, tables } = (await viewer('GET', '/api/rulebooks/qd-4800-2021')).body
  expect(rulebook).toMatchObject({ version: 2, document: 'QĐ 3000/QĐ-UBND', areaCode: '91', basedOn: 'qd-4800-2021@1', loadedBy: expect.stringContaining('commander') })
  expect(versions.map((one: { version: number }) => one.version)).toEqual([2, 1])
  expect(JSON.stringify(tables)).toContain('[0..15)')
  expect(JSON.stringify((await viewer('GET', '/api/rulebooks/qd-4800-2021?version=1')).body.tables)).toContain('[0..20)')
  expect((await viewer('GET', '/api/rulebooks/qd-4800-2021/file?version=1')).text).toBe(before)
  expect((await viewer('GET', '/api/rulebooks')).body.rulebooks.filter((one: { id: string }) => one.id === 'qd-4800-2021')).toHaveLength(1)
})

test('R9 a draft that answers no longer what its base did, or is the very version again, is refused', async () => {
  const lost = await begin(epidemiologist, { rulebook: 'qd-4800-2021@1' })
  await edit(epidemiologist, lost, [' name="level" label="Cấp độ dịch"', ' name="grade" label="Cấp độ dịch"'])
  const put = (id: string, revision: number) => commander('POST', `/api/rulebook-drafts/${id}/enact`, { revision, document: 'QĐ 3000/QĐ-UBND', validFrom: '2021-11-15', validTo: '2022-01-26' })
  expect((await put(lost, 2)).body).toMatchObject({ code: 'unknown_decision', params: { decision: 'level' } })
  const again = await begin(epidemiologist, { rulebook: 'qd-4800-2021@2' })
  expect((await put(again, 1)).body.code).toBe('rulebook_unchanged')
})

test('R10 what was known before a version was put in force is answered by what was in force then', async () => {
  expect(await inForce('30730', '2021-11-20', beforeSecond)).toEqual(['qd-4800-2021@1'])
  expect(await inForce('30730', '2021-11-20')).toEqual(['qd-4800-2021@2'])
})

test('R11 a variant stands beside the rule, and is refused when it is laxer in any case', async () => {
  const put = (id: string, revision: number, more = {}) => district('POST', `/api/rulebook-drafts/${id}/enact`, { revision, document: 'QĐ 7/QĐ-UBND', validFrom: '2021-11-20', validTo: '2022-01-26', ...more })
  const laxer = await begin(district, { rulebook: 'qd-4800-2021@1', kind: 'variant' })
  // The rule in force is at 15 by now: at 20 the district would be laxer.
  const refused = (await put(laxer, 1)).body
  expect(refused).toMatchObject({ code: 'variant_laxer', params: { than: 2, level: 1 } })
  expect(refused.title).toContain('Ca mắc mới tại cộng đồng')
  await edit(district, laxer, ['<text>[0..20)</text>', '<text>[0..10)</text>'], ['<text>[20..50)</text>', '<text>[10..50)</text>'])
  expect((await put(laxer, 2, { validFrom: '2021-10-01', validTo: '2021-10-05' })).body.code).toBe('no_rule_in_force')
  // Beyond 26/01/2022 another rule is in force, and against that one nothing is proven.
  expect((await put(laxer, 2, { validTo: null })).body.code).toBe('variant_laxer')
  expect((await put(laxer, 2)).body).toEqual({ id: 'qd-4800-2021-899', version: 1 })
  expect(await inForce('30730', '2021-11-20')).toEqual(['qd-4800-2021@2', '+qd-4800-2021-899@1'])
  expect(await inForce('30730', '2021-11-19')).toEqual(['qd-4800-2021@2'])
  expect((await inForce('91', '2021-11-20'))).toEqual(['qd-4800-2021@2'])

  const window = await begin(district, { kind: 'variant', rulebook: 'qd-4800-2021@2' })
  await edit(district, window, ['windowDays="7"', 'windowDays="14"'])
  expect((await put(window, 2)).body.code).toBe('variant_evidence_differs')
  const free = await begin(district, { kind: 'variant', rulebook: 'qd-4800-2021@2' })
  await edit(district, free, ['<text>&gt;= 150</text>', '<text>? &gt;= 3 * 50</text>'])
  expect((await put(free, 2)).body.code).toBe('variant_not_provable')
})

test('R5 the list says what is in force on a day in an area, variants beside the rule', async () => {
  const inForceOn = async (query: string) => (await viewer('GET', `/api/rulebooks?${query}`)).body.inForce
  expect(await inForceOn('on=2021-11-14&area=30730')).toMatchObject({ rule: { id: 'qd-4800-2021', version: 1 }, variants: [] })
  expect(await inForceOn('on=2021-11-20&area=30730')).toMatchObject({ rule: { version: 2 }, variants: [{ id: 'qd-4800-2021-899' }] })
  expect(await inForceOn('on=2020-01-01')).toEqual({ rule: null, variants: [] })
  expect(await inForceOn('')).toBeNull()
  expect((await viewer('GET', '/api/rulebooks?on=2021-11-14&area=khong')).body.code).toBe('unknown_area')
})

test('R12 a variant is withdrawn from a day on, and what was known before is as it was', async () => {
  const withdraw = (who: typeof ask, lastOn: string, version = 1) => who('POST', '/api/rulebooks/qd-4800-2021-899/withdraw', { version, document: 'QĐ 9/QĐ-UBND', lastOn })
  const then = known()
  later()
  expect((await withdraw(epidemiologist, '2021-11-30')).status).toBe(403)
  expect((await withdraw(district, '2021-11-18')).body.code).toBe('withdrawn_before_start')
  expect((await withdraw(district, '2021-11-30', 5)).body.code).toBe('unknown_rulebook')
  expect((await withdraw(district, '2021-11-30')).body).toEqual({ lastOn: '2021-11-30' })
  expect((await withdraw(district, '2021-12-05')).body.code).toBe('ended_already')
  expect(await inForce('30730', '2021-11-30')).toEqual(['qd-4800-2021@2', '+qd-4800-2021-899@1'])
  expect(await inForce('30730', '2021-12-01')).toEqual(['qd-4800-2021@2'])
  expect(await inForce('30730', '2021-12-01', then)).toEqual(['qd-4800-2021@2', '+qd-4800-2021-899@1'])
  expect((await viewer('GET', '/api/rulebooks/qd-4800-2021-899')).body.rulebook).toMatchObject({ kind: 'variant', lastOn: '2021-11-30', withdrawnBy: 'QĐ 9/QĐ-UBND' })
  // The ministry's text is not the district's to end.
  expect((await district('POST', '/api/rulebooks/qd-218-2022/withdraw', { version: 1, document: 'x', lastOn: '2022-02-01' })).status).toBe(403)
})

test('R13 two versions or two days stand side by side, cell by cell', async () => {
  const sides = async (query: string) => (await viewer('GET', `/api/rulebooks/compare?${query}`)).body
  const versions = await sides('a=qd-4800-2021@1&b=qd-4800-2021@2')
  const days = await sides('a=day:2021-11-14&b=day:2021-11-15')
  expect(days.diff).toEqual(versions.diff)
  expect([days.a.reference, days.b.reference]).toEqual(['qd-4800-2021@1', 'qd-4800-2021@2'])
  expect(versions.diff.tables.filter((table: { change: string }) => table.change !== 'same').map((table: { name: string }) => table.name)).toEqual(['transmission'])
  expect((await sides('a=qd-4800-2021@1&b=qd-4800-2021@1')).diff.same).toBe(true)
  expect((await sides('a=qd-4800-2021&b=khong')).code).toBe('unknown_rulebook')
  expect((await sides('a=qd-4800-2021&b=day:2020-01-01')).code).toBe('no_rule_in_force')
  expect((await sides('a=qd-4800-2021&b=day:2021-11-15&area=khong')).code).toBe('unknown_area')
  expect((await epidemiologist('GET', '/api/rulebooks/compare?a=qd-4800-2021&b=draft:khong')).body.code).toBe('unknown_draft')
  // A draft is not public.
  expect((await viewer('GET', `/api/rulebooks/compare?a=qd-4800-2021&b=draft:${await begin(epidemiologist, {})}`)).status).toBe(403)
})

test('drafts are for those who draft', async () => {
  expect((await viewer('GET', '/api/rulebook-drafts')).status).toBe(403)
  expect((await viewer('POST', '/api/rulebook-drafts', { rulebook: 'qd-4800-2021', kind: 'rule' })).status).toBe(403)
  expect((await viewer('POST', '/api/rulebook-drafts/file', { dmn: '<a/>' })).status).toBe(403)
  const id = await begin(epidemiologist, {})
  for (const [method, path] of [['GET', ''], ['GET', '/file'], ['PUT', ''], ['DELETE', ''], ['POST', '/enact']] as const) {
    expect([method, path, (await viewer(method, `/api/rulebook-drafts/${id}${path}`, method === 'GET' ? undefined : {})).status]).toEqual([method, path, 403])
  }
  expect((await ask('GET', '/api/rulebook-drafts')).status).toBe(401)
})

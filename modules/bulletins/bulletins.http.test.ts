import { beforeAll, describe, expect, test } from 'vitest'
import { accounts } from '#accounts'
import { announcements } from '#announcements'
import { cases } from '#cases'
import { SYNTHETIC_SOURCE } from '#demo'
import { figures } from '#figures'
import { levels } from '#levels'
import { now } from '#platform/clock'
import { sql } from '#platform/db'
import { rulebooks } from '#rulebooks'
import { openTestApp, openTestDb, stoppedClock } from '#tests/kit'
import { bulletins } from './index.ts'

const database = await openTestDb()
// Accounts are opened today: sign-in keeps time of its own.
const clock = stoppedClock(now())
const { ask, signedIn } = await openTestApp(database, [accounts, figures, cases, rulebooks, levels, announcements, bulletins], clock)
const [epidemiologist, officer, viewer, district] = [await signedIn('epidemiologist', '91'), await signedIn('officer', '91'), await signedIn('viewer', '91'), await signedIn('officer', '899')]
clock.set('2021-10-20T11:45:00Z')

const DAY = '2021-10-20'
const report = async (area: string, day: string, values: Record<string, unknown>, source = 'TTYT') => {
  const sent = await epidemiologist('POST', '/api/figures', { area, day, source, figures: Object.entries(values).map(([metric, value]) => ({ metric, value })) })
  expect([sent.status, sent.body]).toEqual([200, expect.anything()])
}
const open = async (kind = 'daily', more: object = {}, as = epidemiologist) => (await as('POST', '/api/bulletins', { kind, day: DAY, ...more })).body
const get = async (id: string, as = epidemiologist) => (await as('GET', `/api/bulletins/${id}`)).body
const said = (document: { blocks: { words?: { text: string }[] }[] }): string => document.blocks.map(({ words }) => words?.map(({ text }) => text).join('') ?? '').join('\n')

beforeAll(async () => {
  for (let d = 14; d <= 20; d++) await report('91', `2021-10-${d}`, { cases_new: 80 + d, cases_community: d, deaths: d === 20 ? 2 : 0 }, 'CDC tỉnh')
  await report('899', '2021-10-20', { cases_new: 40 })
})

describe('drafting', () => {
  test('R1 the same area, day and kind is the same draft, whoever opens it', async () => {
    const first = await open()
    expect(first).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), opened: 'new' })
    expect(await open('daily', {}, officer)).toEqual({ id: first.id, opened: 'existing' })
    expect((await open('levels')).opened).toBe('new')
    expect((await open('daily', { area: '899' })).opened).toBe('new')
    const [one, two] = await Promise.all([open('daily', { day: '2021-10-19' }), open('daily', { day: '2021-10-19' }, officer)])
    expect(one.id).toBe(two.id)
  })
  test('is the document it would be, each number with its source', async () => {
    const { id } = await open()
    const { bulletin, document, facts, next, outdated } = await get(id)
    expect(bulletin).toMatchObject({ kind: 'daily', areaCode: '91', day: DAY, status: 'draft', known: 'latest', issued: null })
    expect(document).toMatchObject({ parent: 'UBND TỈNH KIÊN GIANG', issuer: 'SỞ Y TẾ', number: null, symbol: 'BC-SYT', typeName: 'BÁO CÁO', marks: ['DỰ THẢO'], code: null })
    expect(said(document)).toContain('toàn tỉnh ghi nhận 100(1) ca mắc mới, tăng 1 ca (1,0%) so với ngày trước; trong đó có 20(2) ca phát hiện trong cộng đồng.')
    expect(said(document)).toContain('Trong ngày có 2(')
    // R8
    expect(facts['cases_new.91.2021-10-14.2021-10-20']).toMatchObject({ value: 679, origins: ['figures'], senders: ['CDC tỉnh'], freshness: '2021-10-20T11:45:00.000Z' })
    expect(facts['cases_new.899.2021-10-20.2021-10-20']).toMatchObject({ value: 40, senders: ['TTYT'] })
    // R3: a district nobody reported for is not a zero.
    expect(facts['cases_new.902.2021-10-20.2021-10-20']).toMatchObject({ value: null, atLeast: null })
    expect(next).toEqual({ number: 1, signer: '', issuedOn: DAY })
    expect(outdated).toBe(false)
    expect(document.blocks.filter(({ kind }: { kind: string }) => kind === 'picture')[0].svg).toMatch(/^<svg /)
  })
  test('R4 figures are kept as taken until somebody takes them anew', async () => {
    const { id } = await open()
    await report('91', DAY, { cases_new: 120 }, 'CDC tỉnh')
    expect(said((await get(id)).document)).toContain('ghi nhận 100(1) ca')
    expect((await get(id)).outdated).toBe(true)
    expect((await officer('POST', `/api/bulletins/${id}/figures`, {})).body).toEqual({ id, changed: true })
    expect((await officer('POST', `/api/bulletins/${id}/figures`, {})).body).toEqual({ id, changed: false })
    const again = await get(id)
    expect([said(again.document).includes('ghi nhận 120(1) ca'), again.outdated]).toEqual([true, false])
  })
  test('R12 as known when the day closed, a figure that came later does not count', async () => {
    const { id } = await open()
    await officer('POST', `/api/bulletins/${id}/figures`, { known: 'closing' })
    const { bulletin, facts } = await get(id)
    expect(bulletin.known).toBe('closing')
    // Everything was reported at 18:45; the day had closed at 18:00.
    expect(facts['cases_new.91.2021-10-20.2021-10-20']).toMatchObject({ value: null })
    await officer('POST', `/api/bulletins/${id}/figures`, { known: 'latest' })
  })
  test('R2 remarks by those of the area', async () => {
    const { id } = await open()
    expect((await officer('POST', `/api/bulletins/${id}/text`, { remarks: 'Dịch giảm.' })).body).toEqual({ id })
    expect(said((await get(id, viewer)).document)).toContain('IV. NHẬN XÉT, ĐỀ XUẤT\nDịch giảm.')
  })
  test('refused: days to come, communes, unknown areas, other people’s areas', async () => {
    const refused = async (body: object, as = epidemiologist) => {
      const { status, body: answer } = await as('POST', '/api/bulletins', { kind: 'daily', day: DAY, ...body })
      return [status, answer.code]
    }
    expect(await refused({ day: '2021-10-21' })).toEqual([422, 'future_day'])
    expect(await refused({ area: '30730' })).toEqual([422, 'no_bulletin_of_commune'])
    expect(await refused({ area: 'xx' })).toEqual([404, 'unknown_area'])
    expect(await refused({}, viewer)).toEqual([403, 'forbidden'])
    expect(await refused({ area: '91' }, district)).toEqual([403, 'forbidden'])
    expect((await ask('GET', '/api/bulletins')).status).toBe(401)
    const { id } = await open()
    for (const path of ['text', 'figures', 'issue']) {
      const given = path === 'text' ? { remarks: 'x' } : path === 'issue' ? { issuedOn: DAY, signer: 'A' } : {}
      expect([path, (await viewer('POST', `/api/bulletins/${id}/${path}`, given)).status]).toEqual([path, 403])
      // A bulletin of the province is not the district's to see, let alone to change.
      expect([path, (await district('POST', `/api/bulletins/${id}/${path}`, given)).status]).toEqual([path, path === 'issue' ? 403 : 404])
      const none = await epidemiologist('POST', `/api/bulletins/01900000-0000-7000-8000-000000000000/${path}`, given)
      expect([path, none.status, none.body.code]).toEqual([path, 404, 'unknown_bulletin'])
    }
    for (const path of ['', '/pdf', '/docx', '/reproduction']) {
      expect((await epidemiologist('GET', `/api/bulletins/01900000-0000-7000-8000-000000000000${path}`)).body.code).toBe('unknown_bulletin')
    }
    expect((await epidemiologist('GET', `/api/bulletins/${id}/reproduction`)).body.code).toBe('bulletin_not_issued')
  })
})

describe('issuing', () => {
  test('R5 R6 what was shown leaves under a number, a day and a name, once', async () => {
    const { id } = await open('daily', { day: '2021-10-18' })
    const before = await get(id)
    await report('91', '2021-10-18', { cases_new: 99 }, 'CDC tỉnh')
    expect((await epidemiologist('POST', `/api/bulletins/${id}/issue`, { issuedOn: '2021-10-17', signer: 'A' })).body.code).toBe('issued_before_day')
    expect((await epidemiologist('POST', `/api/bulletins/${id}/issue`, { issuedOn: '2021-10-21', signer: 'A' })).body.code).toBe('future_day')
    const issued = await epidemiologist('POST', `/api/bulletins/${id}/issue`, { issuedOn: DAY, signer: 'Nguyễn Văn A', number: 41 })
    expect([issued.status, issued.body]).toEqual([200, { id, number: 41, code: expect.stringMatching(/^(\w{4}-){3}\w{4}$/) }])
    const after = await get(id)
    expect(after.bulletin).toMatchObject({ status: 'issued', issued: { number: 41, symbol: 'BC-SYT', issuedOn: DAY, signer: 'Nguyễn Văn A', code: issued.body.code, synthetic: false } })
    expect(after.document).toMatchObject({ number: 41, issuedOn: DAY, signer: 'Nguyễn Văn A', marks: [], code: issued.body.code })
    expect(said(after.document)).toBe(said(before.document))
    expect(after.next).toBeNull()
    for (const [path, given] of [['text', { remarks: 'x' }], ['figures', {}], ['issue', { issuedOn: DAY, signer: 'B' }]] as const) {
      const again = await epidemiologist('POST', `/api/bulletins/${id}/${path}`, given)
      expect([again.status, again.body.code]).toEqual([409, 'bulletin_issued'])
    }
    // The next one proposed follows the clerk's number; a number is given once; another kind counts for itself.
    const next = await open('daily', { day: '2021-10-17' })
    expect((await get(next.id)).next.number).toBe(42)
    const taken = await epidemiologist('POST', `/api/bulletins/${next.id}/issue`, { issuedOn: DAY, signer: 'A', number: 41 })
    expect([taken.status, taken.body.code]).toEqual([409, 'number_taken'])
    const free = await epidemiologist('POST', `/api/bulletins/${next.id}/issue`, { issuedOn: DAY, signer: 'A' })
    expect(free.body.number).toBe(42)
    expect((await open('daily', { day: '2021-10-17' })).opened).toBe('new')
    // R10
    expect((await viewer('GET', `/api/bulletins/${id}/reproduction`)).body).toEqual({ contentIntact: true, sameText: true, samePdf: true, sameDocx: true })
    const [pdf, twice, docx] = [await viewer('GET', `/api/bulletins/${id}/pdf`), await viewer('GET', `/api/bulletins/${id}/pdf`), await viewer('GET', `/api/bulletins/${id}/docx`)]
    expect([pdf.headers['content-type'], Buffer.from(pdf.bytes).subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-'])
    expect(Buffer.from(pdf.bytes).equals(Buffer.from(twice.bytes))).toBe(true)
    expect(Buffer.from(docx.bytes).subarray(0, 2).toString()).toBe('PK')
    // R11
    const found = await viewer('GET', `/api/bulletins/check?code=${issued.body.code.toLowerCase().replaceAll('-', '')}`)
    expect(found.body).toMatchObject({ bulletinId: id, number: 41, symbol: 'BC-SYT', areaName: 'Tỉnh Kiên Giang', signer: 'Nguyễn Văn A', synthetic: false })
    expect(found.body.text).toContain('toàn tỉnh ghi nhận 98(1) ca mắc mới')
  }, 120_000)
  test('R10 what was touched in the archive is found out', async () => {
    const { bulletins: listed } = (await epidemiologist('GET', '/api/bulletins?kind=daily')).body
    const issued = listed.find(({ day, status }: { day: string; status: string }) => day === '2021-10-18' && status === 'issued')
    const rewrite = (from: string, to: string) => database.owner((tx) => tx.run(sql`update document set content = replace(content::text, ${from}, ${to})::json where code = ${issued.issued.code}`))
    await rewrite('"text":"98"', '"text":"89"')
    expect((await viewer('GET', `/api/bulletins/${issued.id}/reproduction`)).body).toMatchObject({ contentIntact: false, sameText: false, samePdf: false })
    await rewrite('"text":"89"', '"text":"98"')
    expect((await viewer('GET', `/api/bulletins/${issued.id}/reproduction`)).body).toMatchObject({ contentIntact: true, sameText: true, samePdf: true })
  }, 120_000)
  test('R11 a code that is none, or of another archive', async () => {
    expect((await viewer('GET', '/api/bulletins/check?code=abc')).body.code).toBe('bad_code')
    expect((await viewer('GET', '/api/bulletins/check?code=0000-0000-0000-0000')).body.code).toBe('unknown_code')
    expect((await district('GET', `/api/bulletins/check?code=${'1'.repeat(16)}`)).status).toBe(404)
  })
  test('R14 an announcement needs its first day, and tells when the notice is short', async () => {
    const { id } = await open('levels', { day: '2021-10-19' })
    expect((await epidemiologist('POST', `/api/bulletins/${id}/issue`, { issuedOn: DAY, signer: 'A' })).body.code).toBe('effective_day_needed')
    await epidemiologist('POST', '/api/levels/published', { document: 'QĐ 1', effectiveFrom: '2021-10-15', levels: [{ area: '30730', level: 1 }] })
    await epidemiologist('POST', '/api/levels/published', { document: 'QĐ 2', effectiveFrom: '2021-10-21', levels: [{ area: '30730', level: 3 }] })
    await officer('POST', `/api/bulletins/${id}/figures`, {})
    await officer('POST', `/api/bulletins/${id}/text`, { remarks: '', effectiveOn: '2021-10-21' })
    const { document, shortNotice } = await get(id)
    expect(shortNotice).toBe(1)
    const [appendix] = document.appendices
    const row = appendix.blocks[0].rows.find(({ cells }: { cells: { text: string }[][] }) => cells[1]?.[0]?.text === 'Phường Vĩnh Thanh Vân')
    expect(row.cells.map((words: { text: string }[]) => words.map(({ text }) => text).join('')).slice(3)).toEqual(['1', '3'])
  })
  test('R9 a figure of the demonstration marks the document', async () => {
    await report('899', '2021-10-16', { cases_new: 3 }, SYNTHETIC_SOURCE)
    const { id } = await open('daily', { day: '2021-10-16', area: '899' })
    expect((await get(id)).document.marks).toEqual(['DỮ LIỆU GIẢ LẬP', 'DỰ THẢO'])
  })
})

describe('the list', () => {
  test('newest day first, page by page, of one’s own area', async () => {
    const all = (await epidemiologist('GET', '/api/bulletins?limit=200')).body.bulletins
    expect(all.length).toBeGreaterThan(5)
    expect(all.map(({ day }: { day: string }) => day)).toEqual(all.map(({ day }: { day: string }) => day).toSorted().toReversed())
    const first = (await epidemiologist('GET', '/api/bulletins?limit=2')).body
    const second = (await epidemiologist('GET', `/api/bulletins?limit=2&after=${first.next}`)).body
    expect([...first.bulletins, ...second.bulletins].map(({ id }: { id: string }) => id)).toEqual(all.slice(0, 4).map(({ id }: { id: string }) => id))
    expect(new Set((await district('GET', '/api/bulletins?area=899')).body.bulletins.map(({ areaCode }: { areaCode: string }) => areaCode))).toEqual(new Set(['899']))
    expect((await district('GET', '/api/bulletins?area=902')).status).toBe(403)
    const ofDay = (await epidemiologist('GET', '/api/bulletins?day=2021-10-18')).body.bulletins
    expect(ofDay.map(({ day, kind }: { day: string; kind: string }) => [day, kind])).toEqual([['2021-10-18', 'daily']])
    expect((await epidemiologist('GET', '/api/bulletins?area=zz')).body.code).toBe('unknown_area')
  })
  test('its tables are read with row security', async () => {
    const rows = await database.read({ lo: 1, hi: 1, ranges: '' }, (tx) => tx.rows(sql`select 1 from bulletin union all select 1 from document`))
    expect(rows).toEqual([])
  })
})

describe('wordings', () => {
  const read = async (area: string, as = epidemiologist) => (await as('GET', `/api/bulletin-templates?kind=daily&area=${area}&on=${DAY}`)).body
  test('R13 R7 an office changes its wording; those below use it until they have their own; versions stay', async () => {
    const { template, shipped, placeholders, blocks } = await read('91')
    expect(template).toMatchObject({ version: 0, areaCode: null, body: shipped.body })
    expect(placeholders).toContain('ca_moi')
    expect(blocks).toContain('bang_don_vi')
    const frame = { ...template.frame, issuer: 'TRUNG TÂM KIỂM SOÁT BỆNH TẬT', symbol: 'BC-KSBT', signer: 'Trần Thị B' }
    const body = 'Hôm nay có **{ca_moi}** ca.\n[[phu_luc_nguon]]'
    expect((await epidemiologist('POST', '/api/bulletin-templates', { kind: 'daily', on: DAY, body, frame })).body).toEqual({ version: 1 })
    // The text is shared; head and foot are each office's own.
    expect((await read('899')).template).toMatchObject({ areaCode: '91', version: 1, body, frame: { symbol: 'BC-TTYT', issuer: 'TRUNG TÂM Y TẾ\nTHÀNH PHỐ RẠCH GIÁ' } })
    expect((await epidemiologist('POST', '/api/bulletin-templates', { kind: 'daily', on: DAY, body: `${body}\nHết.`, frame })).body).toEqual({ version: 2 })
    const again = await read('91')
    expect([again.template.version, again.versions.map(({ version }: { version: number }) => version)]).toEqual([2, [2, 1]])
    const { id } = await open('daily', { day: '2021-10-15' })
    const { document, next } = await get(id)
    expect([said(document), document.symbol, next.signer]).toEqual(['Hôm nay có 95(1) ca.\nHết.', 'BC-KSBT', 'Trần Thị B'])
    // A draft keeps its wording until its figures are taken anew.
    await epidemiologist('POST', '/api/bulletin-templates', { kind: 'daily', on: DAY, body: 'Chỉ {ca_moi} ca.', frame })
    expect(said((await get(id)).document)).toContain('Hôm nay')
    await officer('POST', `/api/bulletins/${id}/figures`, {})
    expect(said((await get(id)).document)).toBe('Chỉ 95 ca.')
  })
  test('a preview shows the real day and keeps nothing', async () => {
    const { shipped } = await read('91')
    const wording = { kind: 'daily', area: '91', on: DAY, day: DAY, body: 'Có {ca_moi} ca.', frame: shipped.frame }
    const shown = await officer('POST', '/api/bulletin-templates/preview', wording)
    expect(said(shown.body.document)).toBe('Có 120 ca.')
    expect((await read('91')).versions).toHaveLength(3)
    expect((await officer('POST', '/api/bulletin-templates/preview', { ...wording, body: '{la_gi}' })).body.code).toBe('template_faulty')
    expect((await officer('POST', '/api/bulletin-templates/preview', { ...wording, area: 'zz' })).body.code).toBe('unknown_area')
    expect((await district('POST', '/api/bulletin-templates/preview', wording)).status).toBe(403)
    expect((await viewer('POST', '/api/bulletin-templates/preview', wording)).status).toBe(403)
  })
  test('refused: what nobody knows, and those who may not', async () => {
    const { shipped } = await read('91')
    const save = async (more: object, as = epidemiologist) => (await as('POST', '/api/bulletin-templates', { kind: 'daily', on: DAY, body: 'x', frame: shipped.frame, ...more }))
    const faulty = await save({ body: 'a\n[[hinh_gi]] \n{la_gi}' })
    expect([faulty.status, faulty.body.code, faulty.body.problems.map(({ code, params }: { code: string; params: { line: number } }) => [code, params.line])]).toEqual([
      422, 'template_faulty', [['unknown_block', 2], ['unknown_placeholder', 3]],
    ])
    expect((await save({ area: 'zz' })).body.code).toBe('unknown_area')
    expect((await save({}, officer)).status).toBe(403)
    expect((await epidemiologist('GET', '/api/bulletin-templates?kind=daily&area=zz')).body.code).toBe('unknown_area')
  })
})

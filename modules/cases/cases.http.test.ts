import { describe, expect, test } from 'vitest'
import { day, type QueryOf } from '#base'
import { accounts } from '#accounts'
import { newId } from '#platform/clock'
import { sql } from '#platform/db'
import { people } from '#people'
import { openTestApp, openTestDb, type Answer } from '#tests/kit'
import * as contract from './contract.ts'
import { cases } from './index.ts'
import { csvOfCases } from './export/export-cases.ts'

const database = await openTestDb()
const { app, ask, signedIn, actor } = await openTestApp(database, [accounts, people, cases])
const on = day('2021-10-12')
const area = (code: string): number => app.areas.tree().resolve(code, on)?.id as number
const [vinhThanhVan, vinhBao, rachGia, phuQuoc] = [area('30730'), area('30742'), area('899'), area('911')]
const officer = await signedIn('officer', '30730')
const province = await signedIn('epidemiologist', '91')
const viewer = await signedIn('viewer', '91')
const commander = await signedIn('commander', '91')

const report = async (body: object, by = province): Promise<{ id: string; number: string }> => {
  const answer = await by('POST', '/api/cases', { fullName: 'Trần Thị Bé', areaId: vinhThanhVan, reportedOn: '2021-10-12', ...body })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body
}
const refused = ({ status, body }: Answer): unknown[] => [status, body.code, body.field]
const names = ({ body }: Answer): string[] => body.cases.map((one: { fullName: string }) => one.fullName)
const query = (filters: Record<string, string>): string => `?${new URLSearchParams(filters)}`

describe('reporting', () => {
  test('a report is answered once for one Idempotency-Key, under that id', async () => {
    const key = newId()
    const body = { fullName: 'Lê Văn Một', areaCode: '30730', reportedOn: '2021-10-12' }
    const first = await officer('POST', '/api/cases', body, { 'idempotency-key': key })
    const second = await officer('POST', '/api/cases', body, { 'idempotency-key': key })
    expect(first.body).toMatchObject({ id: key, version: 1, warnings: [], possibleDuplicate: null })
    expect(second.body).toEqual(first.body)
    expect(refused(await officer('POST', '/api/cases', { ...body, fullName: 'Lê Văn Hai' }, { 'idempotency-key': key }))).toEqual([409, 'command_conflict', undefined])
  })
  test('who may not report, and what a report may not be', async () => {
    const body = { fullName: 'Trần Thị Bé', areaId: vinhThanhVan, reportedOn: '2021-10-12' }
    expect((await ask('POST', '/api/cases', body)).status).toBe(401)
    expect(refused(await viewer('POST', '/api/cases', body))).toEqual([403, 'forbidden', undefined])
    expect(refused(await commander('POST', '/api/cases', body))).toEqual([403, 'forbidden', undefined])
    expect(refused(await officer('POST', '/api/cases', { ...body, areaId: vinhBao }))).toEqual([403, 'forbidden', 'areaId'])
    const shape = await officer('POST', '/api/cases', { areaId: vinhThanhVan, sex: 'x', onsetOn: '2021-02-30', tuoi: 3 })
    expect(shape.body.problems.map((one: { code: string; field: string }) => [one.field, one.code])).toEqual([
      ['fullName', 'invalid_type'], ['sex', 'invalid_choice'], ['onsetOn', 'invalid_value'], ['', 'unknown_field'],
    ])
    await report({ sender: 'CDC', senderNumber: 'H1', nationalNumber: 'BNH1', nationalId: '091185000101' })
    for (const [more, code] of [
      [{ onsetOn: '2021-10-13' }, 'onset_after_report'], [{ sampleOn: '2999-10-21' }, 'future_day'], [{ sampleOn: '1901-01-01' }, 'day_too_early'],
      [{ sampleOn: '2021-10-10', resultOn: '2021-10-09' }, 'result_before_sample'], [{ onsetOn: '2021-10-10', outcome: 'died', outcomeOn: '2021-10-09' }, 'outcome_before_onset'],
      [{ outcome: 'died' }, 'outcome_day_missing'], [{ birthYear: 1890 }, 'impossible_age'], [{ birthOn: '1985-01-01', birthYear: 1984 }, 'birth_disagrees'],
      [{ nationalId: '123' }, 'bad_national_id'], [{ areaId: 99_999_999 }, 'unknown_area'], [{ reportedOn: '2009-01-01' }, 'area_not_of_day'],
    ] as const) {
      expect(refused(await province('POST', '/api/cases', { ...body, ...more })).slice(0, 2)).toEqual([422, code])
    }
    for (const [more, code] of [
      [{ sender: 'CDC', senderNumber: 'H1' }, 'duplicate_sender_number'], [{ nationalNumber: 'BNH1' }, 'duplicate_national_number'],
      [{ nationalId: '091185000101' }, 'duplicate_person'],
    ] as const) {
      expect(refused(await province('POST', '/api/cases', { ...body, ...more })).slice(0, 2)).toEqual([409, code])
    }
    const sentence = await officer('POST', '/api/cases', { ...body, onsetOn: '2021-10-13' })
    expect(sentence.body.title).toBe('Ngày khởi phát 13/10/2021 sau ngày báo cáo 12/10/2021.')
  })
})

describe('one case', () => {
  test('its page, corrected and transferred', async () => {
    const { id } = await report({ fullName: 'Ngô Thị Sửa', severity: 'mild' })
    expect(refused(await viewer('GET', `/api/cases/${id}`))).toEqual([403, 'forbidden', undefined])
    expect(refused(await officer('GET', `/api/cases/${newId()}`))).toEqual([404, 'unknown_case', undefined])
    const correction = { version: 1, reason: 'Hồ sơ bệnh viện', changes: { severity: 'severe' } }
    expect(refused(await commander('POST', `/api/cases/${id}/correct`, correction))).toEqual([403, 'forbidden', undefined])
    expect((await officer('POST', `/api/cases/${id}/correct`, correction)).body).toEqual({ version: 2, warnings: [] })
    expect(refused(await officer('POST', `/api/cases/${id}/correct`, { ...correction, version: 2 }))).toEqual([422, 'nothing_changed', undefined])
    const conflict = await officer('POST', `/api/cases/${id}/correct`, { ...correction, changes: { severity: 'critical' } })
    expect([...refused(conflict), conflict.body.problems[0].code]).toEqual([409, 'case_conflict', undefined, 'field_changed'])
    expect(conflict.body.problems[0].title).toBe('Trường này vừa được sửa từ “mild” thành “severe”.')
    expect(refused(await officer('POST', `/api/cases/${newId()}/correct`, correction))).toEqual([404, 'unknown_case', undefined])
    const page = await commander('GET', `/api/cases/${id}`)
    expect(page.body.case).toMatchObject({ fullName: 'Ngô Thị Sửa', severity: 'severe', version: 2, areaName: 'Phường Vĩnh Thanh Vân', districtName: 'Thành phố Rạch Giá' })
    expect(Object.keys(page.body.case).toSorted()).toEqual(Object.keys(contract.shownCase.shape).toSorted())
    expect(page.body.history).toHaveLength(2)

    const transfer = { version: 2, toAreaId: vinhBao, transferredOn: '2021-10-20', reason: 'Ở nhà con gái' }
    expect(refused(await viewer('POST', `/api/cases/${id}/transfer`, transfer))).toEqual([403, 'forbidden', undefined])
    for (const [more, code] of [
      [{ toAreaId: vinhThanhVan }, 'same_area'], [{ toAreaId: 99_999_999 }, 'unknown_area'], [{ transferredOn: '2999-10-21' }, 'future_day'],
      [{ transferredOn: '2021-10-11' }, 'transfer_before_report'], [{ version: 77 }, 'case_conflict'],
    ] as const) {
      expect(refused(await officer('POST', `/api/cases/${id}/transfer`, { ...transfer, ...more })).at(1)).toBe(code)
    }
    expect((await officer('POST', `/api/cases/${id}/transfer`, transfer)).body).toEqual({ version: 3 })
    expect((await officer('GET', `/api/cases/${id}`)).status).toBe(404)
    expect((await province('GET', `/api/cases/${id}`)).body.history[0]).toMatchObject({ action: 'transferred', reason: 'Ở nhà con gái' })
  })
})

describe('the duplicate queue', () => {
  test('a page at a time; somebody says that a pair is none', async () => {
    for (const name of ['Danh Ngọc Trùng', 'Danh Ngọc Trùng', 'Danh Ngọc Trùng']) await report({ fullName: name, birthYear: 1966 })
    expect(refused(await viewer('GET', '/api/cases/duplicates'))).toEqual([403, 'forbidden', undefined])
    const first = await officer('GET', '/api/cases/duplicates?limit=1')
    expect(first.body.pairs.map((pair: { case: { fullName: string }; other: { fullName: string } }) => [pair.case.fullName, pair.other.fullName])).toEqual([['Danh Ngọc Trùng', 'Danh Ngọc Trùng']])
    const second = await officer('GET', `/api/cases/duplicates${query({ limit: '1', after: first.body.next })}`)
    expect([second.body.pairs.length, second.body.next]).toEqual([1, null])
    expect(refused(await officer('GET', '/api/cases/duplicates?after=xx'))).toEqual([400, 'bad_cursor', 'after'])
    const pair = first.body.pairs[0].id
    expect(refused(await commander('POST', `/api/cases/duplicates/${pair}/clear`, {}))).toEqual([403, 'forbidden', undefined])
    expect((await officer('POST', `/api/cases/duplicates/${pair}/clear`, { reason: 'Hai người' })).status).toBe(200)
    expect(refused(await officer('POST', `/api/cases/duplicates/${pair}/clear`, {}))).toEqual([404, 'unknown_pair', undefined])
    expect((await officer('GET', '/api/cases/duplicates')).body.pairs).toHaveLength(1)
    expect((await officer('GET', '/api/cases?possibleDuplicate=true')).body.cases).toHaveLength(1)
  })
})

describe('the list', () => {
  const list = (filters: Record<string, string>, by = province): Promise<Answer> => by('GET', `/api/cases${query(filters)}`)
  test('filters', async () => {
    const sender = 'Trạm lọc'
    await report({ fullName: 'Ánh Lọc', sender, senderNumber: 'L1', onsetOn: '2021-10-01', detectionSource: 'community', severity: 'severe' })
    await report({ fullName: 'Bình Lọc', sender, senderNumber: 'L2', areaId: phuQuoc, diagnosis: 'suspected', onsetOn: '2021-10-05' })
    await report({ fullName: 'Cúc Lọc', sender, senderNumber: 'L3', areaId: vinhBao, reportedOn: '2021-10-15', outcome: 'died', outcomeOn: '2021-10-16', nationalNumber: 'BN-L3' })
    await report({ fullName: 'Dũng Lọc', sender, senderNumber: 'L4', areaId: rachGia, outcome: 'recovered', nationalId: '091185000999', disease: 'dengue' })
    const found = async (filters: Record<string, string>): Promise<string> => names(await list({ sender, sort: 'name', direction: 'asc', ...filters })).map((name) => name[0]).join('')
    expect(await found({})).toBe('ABCD'.replace('A', 'Á'))
    expect(await found({ areaId: String(rachGia) })).toBe('ÁCD')
    expect(await found({ areaId: String(phuQuoc) })).toBe('B')
    expect(await found({ disease: 'dengue' })).toBe('D')
    expect(await found({ reportedFrom: '2021-10-13', reportedTo: '2021-10-15' })).toBe('C')
    expect(await found({ onsetFrom: '2021-10-02', onsetTo: '2021-10-05' })).toBe('B')
    // Cúc and Dũng have no known onset: they are neither before a day nor after it.
    expect([await found({ onsetTo: '2021-10-05' }), await found({ onsetFrom: '2021-10-01' }), await found({ onsetTo: '2021-10-01' })]).toEqual(['ÁB', 'ÁB', 'Á'])
    expect([await found({ status: 'active' }), await found({ status: 'closed' })]).toEqual(['ÁB', 'CD'])
    expect([await found({ diagnosis: 'suspected' }), await found({ detectionSource: 'community' }), await found({ severity: 'severe' })]).toEqual(['B', 'Á', 'Á'])
    expect(names(await province('GET', `/api/cases?sender=${encodeURIComponent(sender)}&outcome=died&outcome=recovered&sort=name&direction=asc`))).toEqual(['Cúc Lọc', 'Dũng Lọc'])
    expect([await found({ hasNationalNumber: 'true' }), await found({ hasNationalNumber: 'false' })]).toEqual(['C', 'ÁBD'])
    expect(await found({ search: 'anh lo' })).toBe('Á')
    expect(await found({ search: 'LỌC' })).toBe('ÁBCD')
    expect(await found({ search: 'cu' })).toBe('C')
    expect([await found({ search: 'BN-L3' }), await found({ search: 'L4' }), await found({ search: '091185000999' })]).toEqual(['C', 'D', 'D'])
    expect(await found({ search: "%_'x" })).toBe('')
    expect(await found({ importId: newId() })).toBe('')
    const count = await province('GET', `/api/cases/count${query({ sender })}`)
    expect(count.body).toEqual({ count: 4, beyond: false })
    expect((await province('GET', `/api/cases/count${query({ sender, areaId: String(rachGia) })}`)).body.count).toBe(3)
  })
  test('every order, both ways, page by page gives every case once', async () => {
    const sender = 'Trạm thứ tự'
    for (let n = 0; n < 13; n++) {
      await report({ fullName: `Người ${'abc'[n % 3]}`, birthYear: 1990 + (n % 2), reportedOn: `2021-10-${String(1 + (n % 5)).padStart(2, '0')}`, sender, senderNumber: `T${n}`, areaId: n % 2 ? vinhBao : phuQuoc })
    }
    const key = { reported: 'reportedOn', onset: 'onsetOn', name: 'fullName', recorded: 'recordedAt' } as const
    for (const sort of contract.CASE_SORTS) {
      for (const direction of ['asc', 'desc'] as const) {
        const seen: Record<string, string>[] = []
        let after: string | null = null
        do {
          const page: Answer = await list({ sender, sort, direction, limit: '4', ...(after ? { after } : {}) })
          seen.push(...page.body.cases)
          after = page.body.next
        } while (after)
        expect(new Set(seen.map(({ id }) => id)).size).toBe(13)
        const values = seen.map((one) => String(one[key[sort]]))
        expect(values).toEqual(direction === 'asc' ? values.toSorted() : values.toSorted().toReversed())
      }
    }
    const two = await signedIn('officer', '30742')
    expect(names(await list({ sender, limit: '50' }, two))).toHaveLength(6)
  })
  test('rights in several places: each is walked for itself', async () => {
    const sender = 'Trạm hai nơi'
    await report({ fullName: 'Ở Vĩnh Bảo', sender, areaId: vinhBao, reportedOn: '2021-10-02' })
    await report({ fullName: 'Ở Phú Quốc', sender, areaId: phuQuoc, reportedOn: '2021-10-03' })
    await report({ fullName: 'Ở giữa', sender, areaId: area('900'), reportedOn: '2021-10-04' })
    const both = await signedIn('officer', '30742')
    await database.owner((tx) => tx.run(sql`insert into account_grant (user_id, role, area_id, granted_by, granted_at)
      select user_id, role, ${phuQuoc}, granted_by, granted_at from account_grant where area_id = ${vinhBao} and role = 'officer'`))
    app.signIn.forget()
    expect(names(await list({ sender }, both))).toEqual(['Ở Phú Quốc', 'Ở Vĩnh Bảo'])
    expect(names(await list({ sender, limit: '1' }, both))).toEqual(['Ở Phú Quốc'])
    const next = (await list({ sender, limit: '1' }, both)).body.next
    expect(names(await list({ sender, limit: '1', after: next }, both))).toEqual(['Ở Vĩnh Bảo'])
    expect((await both('GET', `/api/cases/count${query({ sender })}`)).body.count).toBe(2)
    const [inBao, , between] = (await list({ sender })).body.cases.toReversed().map(({ number }: { number: string }) => number)
    expect([names(await list({ search: 'ở' }, both)), names(await list({ search: inBao }, both)), names(await list({ search: between, limit: '1' }, both))]).toEqual([['Ở Phú Quốc', 'Ở Vĩnh Bảo'], ['Ở Vĩnh Bảo'], []])
    expect(names(await list({ sender, areaId: String(rachGia) }, both))).toEqual(['Ở Vĩnh Bảo'])
    expect(names(await list({ sender, areaId: String(area('900')) }, both))).toEqual([])
    expect((await both('GET', `/api/cases/count${query({ areaId: String(area('900')) })}`)).body).toEqual({ count: 0, beyond: false })
    expect((await both('GET', `/api/cases/export.csv${query({ areaId: String(area('900')) })}`)).text.trim().split('\n')).toHaveLength(1)
  })
  test('what is refused', async () => {
    for (const path of ['/api/cases', '/api/cases/count', '/api/cases/export.csv']) {
      expect((await ask('GET', path)).status).toBe(401)
      expect(refused(await viewer('GET', path))).toEqual([403, 'forbidden', undefined])
      expect(refused(await officer('GET', `${path}?areaId=99999999`))).toEqual([404, 'unknown_area', 'areaId'])
      expect((await officer('GET', `${path}?reportedFrom=hom-qua`)).body.code).toBe('invalid_input')
    }
    const valid = Buffer.from(JSON.stringify(['name', 'a', 0, newId()])).toString('base64url')
    for (const after of ['x', Buffer.from('{}').toString('base64url'), Buffer.from(JSON.stringify(['reported', "2021'", newId()])).toString('base64url'), valid]) {
      expect(refused(await officer('GET', `/api/cases${query({ after })}`))).toEqual([400, 'bad_cursor', 'after'])
    }
  })
  test('more than 10 000 are not counted to the end; what a number finds in more than 20 000 is still the newest first', async () => {
    await database.owner((tx) => tx.run(sql`
      insert into case_record (id, number, disease, person_id, full_name, name_key, area_id, area_pos, province_id, reported_on, diagnosis, sender, recorded_at, changed_at, changed_by, command_id)
      select gen_random_uuid(), 'KG-2020-' || n, 'covid-19', gen_random_uuid(), 'Nhiều', 'nhieu', ${vinhBao}, (select pos from area where id = ${vinhBao}), ${area('91')}, date '2020-01-01' + n / 100, 'confirmed',
        'Nhiều', now(), now(), 'test', gen_random_uuid() from generate_series(1, 20500) as n`))
    expect((await province('GET', `/api/cases/count${query({ sender: 'Nhiều' })}`)).body).toEqual({ count: 10_001, beyond: true })
    const days = (answer: Answer): string[] => answer.body.cases.map((one: { reportedOn: string }) => one.reportedOn)
    const [all, some] = [await list({ search: 'KG-2020-', limit: '2' }), await list({ search: 'KG-2020-1', limit: '2' })]
    // The last of them were written last: those gathered first are not they.
    expect([days(all), days(await list({ search: 'KG-2020-', limit: '2', after: all.body.next }))]).toEqual([['2020-07-24', '2020-07-23'], ['2020-07-23', '2020-07-23']])
    expect(days(some)).toEqual(['2020-07-18', '2020-07-18'])
  })
})

describe('the export', () => {
  test('is the list as CSV, areas by name, values as they are', async () => {
    const sender = `Trạm "xuất", 'CSV'`
    await report({ fullName: 'Người "xuất", một\\n', sender, senderNumber: 'X1', currentAddress: 'Dòng một\ndòng hai', onsetOn: '2021-10-02', sex: 'female' })
    await report({ fullName: 'Người xuất hai', sender, senderNumber: 'X2', areaId: phuQuoc })
    const answer = await province('GET', `/api/cases/export.csv${query({ sender, sort: 'name', direction: 'asc' })}`)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toMatch(/ca-benh-\d{4}-\d\d-\d\d\.csv/)
    expect(answer.text.startsWith('\ufeffSố ca,Mã bệnh nhân Bộ Y tế,')).toBe(true)
    expect(answer.text).toContain('"Người ""xuất"", một\\n"')
    expect(answer.text).toContain('"Dòng một\ndòng hai"')
    expect(answer.text).toContain('Tỉnh Kiên Giang,Thành phố Rạch Giá,Phường Vĩnh Thanh Vân')
    expect(answer.text).toContain('Tỉnh Kiên Giang,Thành phố Phú Quốc,Thành phố Phú Quốc')
    expect((await province('GET', `/api/cases/export.csv${query({ sender })}`, undefined, { cookie: '' })).status).toBe(401)
    const mine = await officer('GET', `/api/cases/export.csv${query({ sender, search: 'nguoi xuat' })}`)
    expect(mine.text.match(/,X\d,/g)).toHaveLength(1)
  })
  test('a reader who goes away leaves the connection usable', async () => {
    const by = actor('epidemiologist', '91')
    // There are ten connections: were one lost for each reader, the last would wait for ever.
    for (let n = 0; n < 12; n++) {
      const csv = csvOfCases(app, by, contract.exportCases.query?.parse({ sender: 'Nhiều' }) as QueryOf<typeof contract.exportCases>, 'vi')
      if (!csv.ok) throw new Error(csv.problem.code)
      for await (const chunk of csv.value) if (String(chunk).length > 1000) break
    }
    expect((await province('GET', '/api/cases?limit=1')).status).toBe(200)
  })
})

import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, day, vietnameseDate } from '#base'
import { accounts } from '#accounts'
import { areas, areasImporter } from '#areas'
import { figures, figuresImporter } from '#figures'
import { newId } from '#platform/clock'
import { findHeader, openTable } from '#platform/import'
import { openTestApp, openTestDb, type Answer, type TestApp } from '#tests/kit'
import * as contract from './contract.ts'
import { imports } from './index.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts, areas, figures, imports([figuresImporter, areasImporter])])

let epidemiologist: TestApp['ask']
let officer: TestApp['ask']
let viewer: TestApp['ask']
beforeAll(async () => {
  epidemiologist = await signedIn('epidemiologist', '91')
  officer = await signedIn('officer', '899')
  viewer = await signedIn('viewer', '91')
})

const FILE = [
  'SỐ LIỆU DỊCH BỆNH,,,',
  'Mã xã,Xã,Ngày,Ca mắc mới',
  '30742,Vĩnh Bảo,12/10/2021,3',
  ',Bình An,12/10/2021,1',
  '30730,,32/10/2021,2',
  '30730,,12/10/2021,nhiều',
].join('\n')

const form = (content: string, name: string): { payload: string; headers: Record<string, string> } => ({
  payload: `--ranh\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--ranh--\r\n`,
  headers: { 'content-type': 'multipart/form-data; boundary=ranh' },
})
const send = (as: TestApp['ask'], content = FILE, query = 'kind=figures&sender=CDC', headers: Record<string, string> = {}): Promise<Answer> => {
  const { payload, headers: type } = form(content, 'so-lieu.csv')
  return as('POST', `/api/imports?${query}`, payload, { ...type, ...headers })
}
const sent = async (as: TestApp['ask'], content?: string): Promise<string> => (await send(as, content)).body.run.id
const settled = async (as: TestApp['ask'], id: string): Promise<Answer['body']> => {
  for (;;) {
    const { body } = await as('GET', `/api/imports/${id}`)
    if (body.run.progress === null) return body.run
    await wait(10)
  }
}
const done = async (as: TestApp['ask'], id: string, what: 'check' | 'commit'): Promise<Answer['body']> => {
  const answer = await as('POST', `/api/imports/${id}/${what}`, {})
  expect(answer.status).toBe(200)
  return settled(as, id)
}

describe('sending a file', () => {
  test('answers how it is understood', async () => {
    const { status, body } = await send(epidemiologist, FILE, 'kind=figures&sender=Trạm  Y tế&day=2021-10-12&area=899')
    expect(status).toBe(200)
    expect(body.run).toMatchObject({ kind: 'figures', sender: 'Trạm Y tế', fileName: 'so-lieu.csv', status: 'uploaded', mayCommit: true, mayUndo: false, progress: null })
    expect(body.problem).toBeNull()
    expect(body.analysis).toMatchObject({ format: 'text', encoding: 'utf-8', sheets: [], missing: [], remembered: false, sameFile: null, fileOptions: ['disease', 'area', 'day'] })
    expect(body.analysis.options).toEqual({ day: '2021-10-12', area: String(app.areas.tree().resolve('899', day('2021-10-12'))?.id) })
    expect(body.analysis.columns.map(({ letters, label, field }: Record<string, unknown>) => [letters, label, field])).toEqual([
      ['A', 'Mã xã', 'area_code'], ['B', 'Xã', 'commune'], ['C', 'Ngày', 'day'], ['D', 'Ca mắc mới', 'metric:cases_new'],
    ])
    expect(contract.analysis.parse(body.analysis)).toEqual(body.analysis)
    expect(contract.runShown.parse(body.run)).toEqual(body.run)
  })
  test('takes a raw body, and pasted cells', async () => {
    const raw = await epidemiologist('POST', '/api/imports?kind=figures&name=s%E1%BB%91.csv', FILE, { 'content-type': 'text/csv' })
    expect(raw.body.run).toMatchObject({ fileName: 'số.csv', fileBytes: Buffer.byteLength(FILE) })
    const binary = await epidemiologist('POST', '/api/imports?kind=figures', Buffer.from(FILE), { 'content-type': 'application/octet-stream' })
    expect(binary.body.run.fileBytes).toBe(Buffer.byteLength(FILE))
    const told = await epidemiologist('POST', '/api/imports?kind=figures&encoding=tcvn3&sheet=Trang1', FILE, { 'content-type': 'text/csv' })
    expect(told.body.analysis).toMatchObject({ encoding: 'tcvn3', encodingChosen: true })
    const pasted = await epidemiologist('POST', '/api/imports?kind=figures', { text: FILE.replaceAll(',', '\t') })
    expect(pasted.body.analysis.columns).toHaveLength(4)
  })
  test('under the same key again is the same import', async () => {
    const key = { 'idempotency-key': newId() }
    const first = await send(epidemiologist, FILE, undefined, key)
    expect(first.body.run.id).toBe(key['idempotency-key'])
    expect((await send(epidemiologist, FILE, undefined, key)).body).toEqual(first.body)
    expect((await send(officer, FILE, undefined, key)).body.code).toBe('command_conflict')
  })
  test.each([
    ['unknown_kind', 'kind=people', FILE], ['unknown_area', 'kind=figures&area=99999', FILE], ['empty_file', 'kind=figures', ' \n'],
    ['not_a_spreadsheet', 'kind=figures', '%PDF-1.7'], ['broken_json', 'kind=figures', '[{"a":1},'], ['not_a_table', 'kind=figures', '[{"a":1}, 2]'],
    ['invalid_input', 'kind=figures&day=12/10/2021', FILE],
  ])('is refused as %s', async (code, query, content) => {
    expect((await send(epidemiologist, content, query)).body.code).toBe(code)
  })
  test('without a file, an account or the right', async () => {
    expect((await epidemiologist('POST', '/api/imports?kind=figures', {})).body.code).toBe('no_file')
    expect((await send(ask)).body.code).toBe('not_signed_in')
    expect((await send(viewer)).status).toBe(403)
  })
  test('whose header is not found keeps its import, so that another sheet or encoding may be chosen', async () => {
    const { body } = await send(epidemiologist, '1,2\n3,4\n')
    expect(body).toMatchObject({ analysis: null, problem: { code: 'no_header' }, run: { status: 'uploaded' } })
    expect((await epidemiologist('GET', `/api/imports/${body.run.id}/analysis`)).body.problem.code).toBe('no_header')
    expect((await epidemiologist('POST', `/api/imports/${body.run.id}/check`, {})).body.code).toBe('no_header')
  })
})

describe('the desk', () => {
  test('lists the reader’s imports, newest first, page by page', async () => {
    const ids = [await sent(officer), await sent(officer), await sent(officer)]
    const first = (await officer('GET', '/api/imports?limit=2')).body
    expect(first.imports.map(({ id }: { id: string }) => id)).toEqual([ids[2], ids[1]])
    expect(first.kinds).toEqual(['figures', 'areas'])
    const second = (await officer('GET', `/api/imports?limit=2&before=${first.next}`)).body
    expect([second.imports.map(({ id }: { id: string }) => id), second.next]).toEqual([[ids[0]], null])
    expect((await officer('GET', '/api/imports?status=done')).body.imports).toEqual([])
    expect((await officer('GET', '/api/imports?kind=areas')).body.imports).toEqual([])
    expect((await epidemiologist('GET', '/api/imports')).body.imports.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(ids))
  })
  test('shows another’s import to nobody beside it, at any address', async () => {
    const id = await sent(epidemiologist)
    for (const [method, path, body] of [
      ['GET', '', undefined], ['GET', '/analysis', undefined], ['GET', '/rows', undefined], ['GET', '/faults', undefined], ['GET', '/bad-rows.xlsx', undefined],
      ['PUT', '', {}], ['POST', '/check', {}], ['POST', '/commit', {}], ['POST', '/cancel', {}], ['POST', '/undo', {}],
    ] as const) {
      expect([path, (await officer(method, `/api/imports/${id}${path}`, body)).body.code]).toEqual([path, 'unknown_import'])
      expect([path, (await viewer(method, `/api/imports/${id}${path}`, body)).status]).toEqual([path, 403])
    }
    expect((await viewer('GET', '/api/imports')).status).toBe(403)
    expect((await viewer('POST', '/api/imports/run?kind=figures', FILE, { 'content-type': 'text/csv' })).status).toBe(403)
  })
})

describe('the wizard', () => {
  test('columns, sender and options may be changed; what is left out stays', async () => {
    const id = await sent(epidemiologist)
    const { body } = await epidemiologist('PUT', `/api/imports/${id}`, { mapping: { area_code: 0, day: 2 }, options: { disease: 'dengue' } })
    expect(body.run.sender).toBe('CDC')
    expect(body.analysis.columns.map(({ field, score }: Record<string, unknown>) => [field, score])).toEqual([['area_code', null], [null, null], ['day', null], [null, null]])
    const next = (await epidemiologist('PUT', `/api/imports/${id}`, { sender: ' Trạm  Y tế ', options: { day: '2021-10-12' } })).body
    expect([next.run.sender, next.analysis.options, next.analysis.columns[1].field]).toEqual(['Trạm Y tế', { disease: 'dengue', day: '2021-10-12' }, null])
    const back = (await epidemiologist('PUT', `/api/imports/${id}`, { mapping: null, options: { disease: '' } })).body
    expect([back.analysis.columns[1].field, back.analysis.options]).toEqual(['commune', { day: '2021-10-12' }])
    expect((await epidemiologist('PUT', `/api/imports/${id}`, { mapping: { day: -1 } })).body.code).toBe('invalid_input')
    expect((await epidemiologist('PUT', `/api/imports/${id}`, { encoding: 'tcvn3' })).body.analysis).toMatchObject({ encoding: 'tcvn3', encodingChosen: true })
  })

  test('preview, choice, commit, rejected rows corrected and sent again, undo', async () => {
    const id = await sent(epidemiologist)
    const checked = await done(epidemiologist, id, 'check')
    expect(checked).toMatchObject({ status: 'checked', counts: { rows: 4, accepted: 1, rejected: 3, duplicates: 0 } })

    const { rows } = (await epidemiologist('GET', `/api/imports/${id}/rows`)).body
    expect(rows.map(({ row, kind, marks }: Answer['body']) => [row, kind, marks.map(({ column, code }: Answer['body']) => [column, code])])).toEqual([
      [1, 'header', []], [2, 'header', []], [3, 'data', []], [4, 'data', [[1, 'ambiguous_area']]], [5, 'data', [[2, 'impossible_date']]], [6, 'data', [[3, expect.any(String)]]],
    ])
    expect(rows[4].cells).toEqual(['30730', '', '32/10/2021', '2'])
    expect(rows[4].marks[0].message).toContain('32/10/2021')
    const refused = (await epidemiologist('GET', `/api/imports/${id}/rows?only=refused&limit=2`)).body
    expect([refused.rows.map(({ row }: { row: number }) => row), refused.next]).toEqual([[4, 5], 6])

    const [choice] = (await epidemiologist('GET', `/api/imports/${id}/analysis`)).body.analysis.choices
    expect(choice).toMatchObject({ text: 'Bình An', rows: 1, chosen: null })
    expect(choice.areas.length).toBeGreaterThan(1)
    expect(choice.areas[0].name).toMatch(/^Xã Bình An, .*Tỉnh Kiên Giang/)
    const chosen = (await epidemiologist('PUT', `/api/imports/${id}`, { options: { [choice.option]: String(choice.areas[0].id) } })).body
    expect(chosen.analysis.choices[0].chosen).toBe(choice.areas[0].id)

    const run = await done(epidemiologist, id, 'commit')
    expect(run).toMatchObject({ status: 'done', counts: { rows: 4, accepted: 2, rejected: 2 }, mayUndo: true, mayCommit: false, rowReached: 6 })
    const again = await done(epidemiologist, id, 'commit')
    expect(again).toEqual(run)
    expect((await epidemiologist('PUT', `/api/imports/${id}`, { sender: 'Khác' })).body.code).toBe('import_under_way')
    expect((await epidemiologist('POST', `/api/imports/${id}/check`, {})).body.code).toBe('import_under_way')

    const faults = (await epidemiologist('GET', `/api/imports/${id}/faults?limit=1`)).body
    expect(faults.faults).toMatchObject([{ row: 5, column: 2, label: 'Ngày', severity: 'fault', code: 'impossible_date' }])
    const rest = (await epidemiologist('GET', `/api/imports/${id}/faults?after=${faults.next}`)).body
    expect([rest.faults.map(({ row }: { row: number }) => row), rest.next]).toEqual([[6], null])
    expect((await epidemiologist('GET', `/api/imports/${id}/faults?severity=duplicate`)).body.faults).toEqual([])

    const file = await epidemiologist('GET', `/api/imports/${id}/bad-rows.xlsx`)
    expect(file.headers['content-disposition']).toContain(encodeURIComponent('so-lieu - dòng lỗi.xlsx'))
    const table = await openTable({ name: 'x.xlsx', bytes: file.bytes })
    expect(table.ok && table.value.head.map(({ cells }) => cells.map(({ text }) => text).slice(0, 5))).toEqual([
      ['Mã xã', 'Xã', 'Ngày', 'Ca mắc mới', 'Dòng'], ['30730', '', '32/10/2021', '2', '5'], ['30730', '', '12/10/2021', 'nhiều', '6'],
    ])
    expect(table.ok && findHeader(table.value).ok).toBe(true)

    expect((await epidemiologist('POST', `/api/imports/${id}/undo`, {})).body.run).toMatchObject({ status: 'undone', mayUndo: false, mayCommit: false })
    expect((await epidemiologist('POST', `/api/imports/${id}/undo`, {})).body.run.status).toBe('undone')
    expect((await epidemiologist('POST', `/api/imports/${id}/commit`, {})).body.code).toBe('import_undone')
    expect((await epidemiologist('POST', `/api/imports/${id}/cancel`, {})).body.run.status).toBe('undone')
  })

  test('tells what is missing, and that there is nothing to undo or to correct', async () => {
    const id = await sent(epidemiologist)
    expect((await epidemiologist('POST', `/api/imports/${id}/undo`, {})).body.code).toBe('import_not_undoable')
    expect((await epidemiologist('GET', `/api/imports/${id}/bad-rows.xlsx`)).body.code).toBe('no_bad_rows')
    const areasFile = (await send(epidemiologist, 'Cột,Số\na,1\nb,2\n', 'kind=areas')).body.run.id
    const missing = (await epidemiologist('POST', `/api/imports/${areasFile}/commit`, {})).body
    expect([missing.code, missing.title]).toEqual(['columns_missing', expect.stringContaining('Xã, phường')])
    const english = await epidemiologist('POST', `/api/imports/${areasFile}/check`, {}, { 'accept-language': 'en' })
    expect(english.body.title).toContain('Commune')
  })

  test('refuses to undo what others have built on, with the list', async () => {
    const file = (value: number): string => `Mã xã,Ngày,Tử vong\n30742,15/10/2021,${value}\n`
    const id = await sent(epidemiologist, file(1))
    await done(epidemiologist, id, 'commit')
    await done(epidemiologist, await sent(epidemiologist, file(2)), 'commit')
    const { status, body } = await epidemiologist('POST', `/api/imports/${id}/undo`, {})
    expect([status, body.code, body.problems.length]).toEqual([409, 'built_upon', 1])
    expect((await epidemiologist('GET', `/api/imports/${id}`)).body.run).toMatchObject({ status: 'done', problem: { code: 'built_upon' } })
  })

  test('does without a file that was lost', async () => {
    const id = await sent(epidemiologist)
    const { rm } = await import('node:fs/promises')
    await rm(`${app.config.dataFolder}/imports/${id}`)
    expect((await epidemiologist('GET', `/api/imports/${id}/analysis`)).body).toMatchObject({ analysis: null, problem: { code: 'import_file_gone' } })
    expect((await epidemiologist('POST', `/api/imports/${id}/commit`, {})).body.code).toBe('import_file_gone')
  })
})

describe('the shell’s one call', () => {
  test('answers the fixed report', async () => {
      const { status, body } = await epidemiologist('POST', '/api/imports/run?kind=figures&sender=shell&name=a.csv', FILE.replaceAll('12/10', '16/10'), { 'content-type': 'application/octet-stream' })
    expect(status).toBe(200)
    expect(Object.keys(body).toSorted()).toEqual(['accepted', 'duplicates', 'errors', 'import_id', 'rejected', 'rows', 'warnings'])
    expect(body).toMatchObject({ rows: 4, accepted: 1, rejected: 3, duplicates: 0, warnings: 0 })
    expect(body.errors.map(({ row, column, code }: Answer['body']) => [row, column, code])).toEqual([
      [4, 'Xã', 'ambiguous_area'], [5, 'Ngày', 'impossible_date'], [6, 'Ca mắc mới', expect.any(String)],
    ])
    for (const { message } of body.errors) expect(message).not.toMatch(/^problem\./)
    expect((await epidemiologist('GET', `/api/imports/${body.import_id}`)).body.run.status).toBe('done')
  })
  test('refuses a file without its columns', async () => {
    const missing = await epidemiologist('POST', '/api/imports/run?kind=areas', 'Cột,Số\na,1\nb,2\n', { 'content-type': 'text/csv' })
    expect([missing.status, missing.body.code]).toEqual([422, 'columns_missing'])
  })
})

test('every problem an endpoint may answer has a sentence in both languages', () => {
  const tableCodes = Object.values(contract).flatMap((one) => (typeof one === 'object' && 'problems' in one ? one.problems : []))
  for (const code of new Set(tableCodes)) for (const language of ['vi', 'en'] as const) expect(app.sentence(language, `problem.${code}`)).not.toBe(`problem.${code}`)
})

describe('a file that is stopped', () => {
  test('says that the file was cancelled, or cut off, and how far it came', async () => {
    const communes = app.areas.tree().below(app.areas.root(day('2021-10-12')).id, 'commune', day('2021-10-12'))
    const lines = Array.from({ length: 71 }, (_, i) => vietnameseDate(addDays(day('2021-01-01'), i))).flatMap((date) => communes.map(({ code }) => `${code},${date},1`))
    const start = async (metric: string): Promise<{ id: string; answer: Promise<Answer> }> => {
      const id = newId()
      const answer = epidemiologist('POST', '/api/imports/run?kind=figures', `Mã xã,Ngày,${metric}\n${lines.join('\n')}`, { 'content-type': 'text/csv', 'idempotency-key': id })
      while ((await epidemiologist('GET', `/api/imports/${id}`)).body.run?.status !== 'running') await wait(5)
      return { id, answer }
    }
    const first = await start('tests')
    expect((await epidemiologist('POST', `/api/imports/${first.id}/cancel`, {})).body.run.status).toBe('cancelled')
    const cancelled = await first.answer
    expect([cancelled.status, cancelled.body.code, cancelled.body.params.id]).toEqual([409, 'import_cancelled', first.id])

    const second = await start('positives')
    // The server closes: what is being written is finished, the rest waits for its next start.
    await app.http.close()
    const interrupted = await second.answer
    expect([interrupted.status, interrupted.body.code, interrupted.body.params.id]).toEqual([503, 'import_interrupted', second.id])
  }, 60_000)
})

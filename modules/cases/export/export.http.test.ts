import { read, utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { accounts } from '#accounts'
import { newId } from '#platform/clock'
import { people } from '#people'
import { openTestApp, openTestDb, type Answer } from '#tests/kit'
import { cases } from '../index.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts, people, cases])
const area = (code: string): number => app.areas.tree().resolve(code, day('2021-10-12'))?.id as number
const officer = await signedIn('officer', '30730')
const province = await signedIn('epidemiologist', '91')
const elsewhere = await signedIn('epidemiologist', '911')
const viewer = await signedIn('viewer', '91')
const commander = await signedIn('commander', '91')

const report = (body: object) => province('POST', '/api/cases', { areaId: area('30730'), reportedOn: '2021-10-12', ...body })
await report({ fullName: 'Nguyễn Văn Ánh', birthOn: '1985-03-02', sex: 'male', sender: 'CDC', severity: 'severe', onsetOn: '2021-10-10', phone: '0911222333', vaccineDoses: 2, senderNumber: 'X1' })
await report({ fullName: 'Trần "Bé"\tdòng\nhai', birthYear: 1990, sex: 'female', sender: 'CDC', senderNumber: 'X2', outcome: 'recovered', outcomeOn: '2021-10-20' })
await report({ fullName: 'Ở Phú Quốc', areaId: area('911'), sender: 'Nơi khác' })

const table = (answer: Answer): unknown[][] => {
  const book = read(Buffer.from(answer.bytes), { cellNF: true })
  return (utils.sheet_to_json(book.Sheets[book.SheetNames.at(-1) as string] as object, { header: 1, defval: null }) as unknown[][])
    .map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell)))
}
const refused = ({ status, body }: Answer): unknown[] => [status, body.code, body.field]

describe('the export', () => {
  const asked = 'sender=CDC&sort=name&direction=asc'
  test('R19 the columns chosen, choices in words, as CSV and as a workbook alike', async () => {
    const columns = 'fullName,birthOn,birthYear,sex,severity,outcome,areaName,vaccineDoses,phone'
    const csv = await province('GET', `/api/cases/export.csv?${asked}&columns=${columns}`)
    expect(csv.text).toBe('\ufeffHọ và tên,Ngày sinh,Năm sinh,Giới tính,Mức độ,Kết cục,Nơi ở,Số mũi vắc xin,Điện thoại\n'
      + 'Nguyễn Văn Ánh,1985-03-02,1985,Nam,Nặng,,Phường Vĩnh Thanh Vân,2,0911222333\n'
      + '"Trần ""Bé""\tdòng\nhai",,1990,Nữ,,Khỏi bệnh,Phường Vĩnh Thanh Vân,,\n')
    const book = await province('GET', `/api/cases/export.xlsx?${asked}&columns=${columns}`)
    expect(book.headers['content-disposition']).toMatch(/ca-benh-\d{4}-\d\d-\d\d\.xlsx/)
    expect(table(book)).toEqual([
      ['Họ và tên', 'Ngày sinh', 'Năm sinh', 'Giới tính', 'Mức độ', 'Kết cục', 'Nơi ở', 'Số mũi vắc xin', 'Điện thoại'],
      ['Nguyễn Văn Ánh', '1985-03-02', 1985, 'Nam', 'Nặng', null, 'Phường Vĩnh Thanh Vân', 2, '0911222333'],
      ['Trần "Bé"\tdòng\nhai', null, 1990, 'Nữ', null, 'Khỏi bệnh', 'Phường Vĩnh Thanh Vân', null, null],
    ])
    expect(table(await officer('GET', '/api/cases/export.xlsx?columns=fullName')).slice(1)).toHaveLength(2)
    expect((await province('GET', `/api/cases/export.xlsx?${asked}`)).status).toBe(200)
  })
  test('what is refused', async () => {
    expect((await ask('GET', '/api/cases/export.xlsx')).status).toBe(401)
    expect(refused(await viewer('GET', '/api/cases/export.xlsx'))).toEqual([403, 'forbidden', undefined])
    expect(refused(await province('GET', '/api/cases/export.xlsx?areaId=99999999'))).toEqual([404, 'unknown_area', 'areaId'])
    expect((await province('GET', '/api/cases/export.csv?columns=matKhau')).body.code).toBe('invalid_input')
    expect(refused(await province('GET', `/api/cases/export.xlsx?layoutId=${newId()}`))).toEqual([404, 'unknown_layout', 'layoutId'])
  })
})

const office = (): string => {
  const sheet = utils.aoa_to_sheet([
    ['SỞ Y TẾ KIÊN GIANG'], ['DANH SÁCH CA BỆNH'], [], ['STT', 'Họ và tên', 'Ngày sinh', 'Tuổi', 'Giới tính', 'Xã, phường', 'Ngày khởi phát', 'Ghi chú riêng'],
    [1, 'Người mẫu', '01/01/1980', 41, 'Nam', 'Phường mẫu', '01/10/2021', 'x'], [2, 'Người mẫu hai', '01/01/1981', 40, 'Nữ', 'Phường mẫu', '01/10/2021', 'y'],
  ])
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'Danh sách')
  return (write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer).toString('base64')
}

describe('an office’s own sheet', () => {
  test('R20 its columns are recognised, pointed to fields, kept under a name; the export fills it in', async () => {
    const content = office()
    const seen = await province('POST', '/api/cases/layouts/read', { fileName: 'mau.xlsx', content })
    expect(seen.body).toMatchObject({ sheets: ['Danh sách'], headerRow: 4 })
    expect(seen.body.columns.map((one: { label: string; field: string | null }) => [one.label, one.field])).toEqual([
      ['STT', 'ordinal'], ['Họ và tên', 'fullName'], ['Ngày sinh', 'birth'], ['Tuổi', 'age'], ['Giới tính', 'sex'], ['Xã, phường', 'communeName'], ['Ngày khởi phát', 'onsetOn'],
      ['Ghi chú riêng', null],
    ])
    const columns = seen.body.columns.filter((one: { field: string | null }) => one.field !== null).map(({ column, field }: { column: number; field: string }) => ({ column, field }))
    const saved = await province('POST', '/api/cases/layouts', { name: 'Mẫu Sở Y tế', fileName: 'mau.xlsx', content, headerRow: 4, columns })
    expect(saved.status).toBe(200)
    expect((await province('POST', '/api/cases/layouts', { name: 'Mẫu Sở Y tế', fileName: 'mau.xlsx', content, headerRow: 4, columns })).body.id).toBe(saved.body.id)
    const filled = table(await province('GET', `/api/cases/export.xlsx?sender=CDC&sort=name&direction=asc&layoutId=${saved.body.id}`))
    expect(filled.slice(0, 2).map(([first]) => first)).toEqual(['SỞ Y TẾ KIÊN GIANG', 'DANH SÁCH CA BỆNH'])
    expect(filled.slice(4)).toEqual([
      [1, 'Nguyễn Văn Ánh', '02/03/1985', 36, 'Nam', 'Phường Vĩnh Thanh Vân', '2021-10-10', null],
      [2, 'Trần "Bé"\tdòng\nhai', '1990', 31, 'Nữ', 'Phường Vĩnh Thanh Vân', null, null],
    ])
    // Everyone who works there uses it; nobody elsewhere sees it.
    expect((await officer('GET', '/api/cases/layouts')).body.layouts).toMatchObject([{ name: 'Mẫu Sở Y tế', mayRemove: false, columns }])
    expect((await elsewhere('POST', `/api/cases/layouts/${newId()}/remove`, {})).status).toBe(404)
    expect(refused(await elsewhere('POST', `/api/cases/layouts/${saved.body.id}/remove`, {}))).toEqual([403, 'forbidden', undefined])
    expect((await province('POST', `/api/cases/layouts/${saved.body.id}/remove`, {})).status).toBe(200)
    expect(refused(await province('POST', `/api/cases/layouts/${saved.body.id}/remove`, {}))).toEqual([404, 'unknown_layout', undefined])
  })
  test('what is refused', async () => {
    const content = office()
    const body = { name: 'Mẫu', fileName: 'mau.xlsx', content, headerRow: 4, columns: [{ column: 1, field: 'fullName' }] }
    for (const by of [officer, commander, viewer]) {
      expect(refused(await by('POST', '/api/cases/layouts', body))).toEqual([403, 'forbidden', undefined])
      expect(refused(await by('POST', '/api/cases/layouts/read', { fileName: 'mau.xlsx', content }))).toEqual([403, 'forbidden', undefined])
      expect(refused(await by('POST', `/api/cases/layouts/${newId()}/remove`, {}))).toEqual([403, 'forbidden', undefined])
    }
    expect(refused(await viewer('GET', '/api/cases/layouts'))).toEqual([403, 'forbidden', undefined])
    const text = Buffer.from('Họ tên;Tuổi\nA;1').toString('base64')
    expect(refused(await province('POST', '/api/cases/layouts', { ...body, content: text }))).toEqual([422, 'bad_template', 'content'])
    const code = async (more: object): Promise<string> => (await province('POST', '/api/cases/layouts/read', { fileName: 'mau.xlsx', content, ...more })).body.code
    expect(await code({ content: text })).toBe('bad_template')
    expect(await code({ sheet: 'Không có' })).toBe('unknown_sheet')
  })
})

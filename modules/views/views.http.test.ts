import { expect, test } from 'vitest'
import { day } from '#base'
import { accounts } from '#accounts'
import { newId } from '#platform/clock'
import { openTestApp, openTestDb, type Answer } from '#tests/kit'
import { views } from './index.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts, views])
const area = (code: string): number => app.areas.tree().resolve(code, day('2021-10-12'))?.id as number
const officer = await signedIn('officer', '30730')
const neighbour = await signedIn('officer', '30742')
const elsewhere = await signedIn('officer', '911')
const viewer = await signedIn('viewer', '91')
const administrator = await signedIn('administrator', '91')

const save = (by: typeof ask, name: string, more: object = {}): Promise<Answer> => by('POST', '/api/views', { list: 'cases', name, search: { severity: 'severe', sort: 'onset' }, ...more })
const names = async (by: typeof ask, list = 'cases'): Promise<string[]> => (await by('GET', `/api/views?list=${list}`)).body.views.map((one: { name: string }) => one.name)
const refused = ({ status, body }: Answer): unknown[] => [status, body.code, body.field]

test('R1 a view is its owner’s; under the same name it takes the place of the earlier one', async () => {
  const first = await save(officer, 'Ca nặng')
  const again = await save(officer, 'Ca nặng', { search: { severity: 'critical' }, columns: { table: 'cases', shown: ['name', 'onset'] } })
  expect(again.body.id).toBe(first.body.id)
  await save(neighbour, 'Ca nặng')
  await save(officer, 'Danh sách khác', { list: 'accounts' })
  expect((await officer('GET', '/api/views?list=cases')).body).toMatchObject({
    defaultId: null,
    views: [{ name: 'Ca nặng', search: { severity: 'critical' }, columns: { table: 'cases', shown: ['name', 'onset'] }, own: true, sharedTo: null, mayRemove: true }],
  })
  expect(await names(neighbour)).toEqual(['Ca nặng'])
  expect((await ask('GET', '/api/views?list=cases')).status).toBe(401)
})

test('R2 shared to an area: seen there, beneath it and above it, nowhere else; only where one may share', async () => {
  const rachGia = area('899')
  await save(administrator, 'Của thành phố', { areaId: rachGia })
  expect((await officer('GET', '/api/views?list=cases')).body.views.find((one: { name: string }) => one.name === 'Của thành phố')).toMatchObject({
    sharedTo: { id: rachGia, name: 'Thành phố Rạch Giá' }, own: false, mayRemove: false, by: expect.stringMatching(/^administrator/),
  })
  expect(await names(viewer)).toEqual(['Của thành phố'])
  expect(await names(elsewhere)).toEqual([])
  expect(refused(await save(officer, 'Quá quyền', { areaId: rachGia }))).toEqual([403, 'forbidden', 'areaId'])
  expect(refused(await save(viewer, 'Chia sẻ', { areaId: rachGia }))).toEqual([403, 'forbidden', 'areaId'])
  expect(refused(await save(officer, 'Không có', { areaId: 99_999_999 }))).toEqual([422, 'unknown_area', 'areaId'])
  expect((await save(officer, 'Của phường', { areaId: area('30730') })).status).toBe(200)
})

test('R3 taken away by its owner, or by an administrator of its area', async () => {
  const shared = (await save(officer, 'Sẽ bỏ', { areaId: area('30730') })).body.id
  const own = (await save(officer, 'Riêng')).body.id
  expect(refused(await neighbour('POST', `/api/views/${shared}/remove`, {}))).toEqual([404, 'unknown_view', undefined])
  expect(refused(await viewer('POST', `/api/views/${shared}/remove`, {}))).toEqual([403, 'forbidden', undefined])
  expect(refused(await administrator('POST', `/api/views/${own}/remove`, {}))).toEqual([404, 'unknown_view', undefined])
  expect((await administrator('POST', `/api/views/${shared}/remove`, {})).status).toBe(200)
  expect((await officer('POST', `/api/views/${own}/remove`, {})).status).toBe(200)
  expect(await names(officer)).not.toContain('Riêng')
})

test('R4 the view a list opens with is each reader’s own choice', async () => {
  const id = (await save(administrator, 'Mở đầu', { areaId: area('899') })).body.id
  expect((await officer('POST', '/api/views/default', { list: 'cases', viewId: id })).status).toBe(200)
  expect((await officer('GET', '/api/views?list=cases')).body.defaultId).toBe(id)
  expect((await administrator('GET', '/api/views?list=cases')).body.defaultId).toBeNull()
  expect(refused(await officer('POST', '/api/views/default', { list: 'accounts', viewId: id }))).toEqual([404, 'unknown_view', 'viewId'])
  expect(refused(await elsewhere('POST', '/api/views/default', { list: 'cases', viewId: id }))).toEqual([404, 'unknown_view', 'viewId'])
  expect(refused(await officer('POST', '/api/views/default', { list: 'cases', viewId: newId() }))).toEqual([404, 'unknown_view', 'viewId'])
  await administrator('POST', `/api/views/${id}/remove`, {})
  expect((await officer('GET', '/api/views?list=cases')).body.defaultId).toBeNull()
  expect((await officer('POST', '/api/views/default', { list: 'cases', viewId: null })).status).toBe(200)
})

import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { accounts } from '#accounts'
import { openTestApp, openTestDb } from '#tests/kit'
import { areas } from './index.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [areas, accounts])
const on = '2021-10-12' as Parameters<ReturnType<typeof app.areas.tree>['resolve']>[1]
const id = (code: string): number => app.areas.tree().resolve(code, on)?.id ?? -1
const province = await signedIn('officer', '91')
const get = async (query: string) => (await province('GET', `/api/areas?${query}`)).body

describe('reading the tree', () => {
  test('R7 the tree of a day: 15 districts and 144 communes in 2021, 143 in 2025, no district after June 2025', async () => {
    expect((await get(`on=2021-10-12&within=${id('91')}&level=district`)).areas).toHaveLength(15)
    expect((await get(`on=2021-10-12&within=${id('91')}&level=commune`)).areas).toHaveLength(144)
    expect((await get(`on=2025-03-01&within=${id('91')}&level=commune`)).areas).toHaveLength(143)
    const later = await get('on=2026-01-01&level=district')
    expect(later.areas).toHaveLength(0)
    expect((await get(`on=2026-01-01&within=${later.rootId}&level=commune`)).areas).toHaveLength(102)
    expect(await get('on=2026-01-01&within=root')).toEqual(await get(`on=2026-01-01&within=${later.rootId}`))
  })
  test('a name is found without tones, a code by itself', async () => {
    const names = (await get('on=2021-10-12&search=vinh thanh van')).areas.map((area: { name: string }) => area.name)
    expect(names).toContain('Phường Vĩnh Thanh Vân')
    expect((await get('on=2021-10-12&search=30730')).areas[0].name).toBe('Phường Vĩnh Thanh Vân')
  })
  test('a long answer comes compressed to who takes it so, a short one as it is', async () => {
    const [long, short] = [`/api/areas?on=2021-10-12&within=${id('91')}&level=commune`, `/api/areas?on=2021-10-12&within=${id('91')}&level=province`]
    const plain = await province('GET', long)
    const { headers, rawPayload } = await app.http.inject({ url: long, headers: { 'accept-encoding': 'gzip', authorization: `Bearer ${app.shellToken}` } })
    expect([headers['content-encoding'], headers['vary'], plain.headers['content-encoding']]).toEqual(['gzip', 'accept-encoding', undefined])
    expect(JSON.parse(gunzipSync(rawPayload).toString())).toEqual(plain.body)
    expect((await province('GET', short, undefined, { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined()
  })
  test('populations say whether they are estimates', async () => {
    const [province91] = (await get(`on=2021-10-12&within=${id('91')}&level=province`)).areas
    expect(province91).toMatchObject({ population: 1_728_900, populationEstimated: false })
    const communes = (await get(`on=2021-10-12&within=${id('91')}&level=commune`)).areas as { population: number; populationEstimated: boolean }[]
    expect(communes.reduce((sum, area) => sum + area.population, 0)).toBe(1_728_900)
    expect(communes.some((area) => area.populationEstimated)).toBe(true)
  })
  test('a unit tells what it became', async () => {
    const { successors, ancestors } = (await province('GET', `/api/areas/${id('30730')}`)).body
    expect(successors.reduce((sum: number, one: { share: number }) => sum + one.share, 0)).toBeCloseTo(1, 9)
    expect(ancestors.map((area: { level: string }) => area.level)).toEqual(['district', 'province', 'country'])
    expect((await province('GET', '/api/areas/99999999')).body.code).toBe('unknown_area')
    expect((await province('GET', '/api/areas?within=99999999')).body.code).toBe('unknown_area')
  })
  test('boundaries are GeoJSON keyed by area', async () => {
    const answer = await province('GET', '/api/areas/boundaries?layer=communes-2021')
    const shapes = JSON.parse(answer.text)
    expect(shapes.features.length).toBeGreaterThan(140)
    expect(app.areas.tree().byId(shapes.features[0].id)?.level).toBe('commune')
  })
  test('nobody reads without an account', async () => {
    for (const path of ['/api/areas', '/api/areas/1', '/api/areas/boundaries?layer=provinces']) expect((await ask('GET', path)).status).toBe(401)
  })
})

describe('hamlets and groups', () => {
  const hamlet = (name: string, more: object = {}) => ({ parentId: id('30730'), level: 'hamlet', kind: 'Khu phố', name, ...more })
  const add = (...wanted: object[]) => province('POST', '/api/areas', { areas: wanted })

  test('R1 R2 R3 a hamlet is added once under a commune, with a code of its own', async () => {
    const added = await add(hamlet('Khu phố 1', { population: 1200 }), hamlet('Khu phố 2', { code: 'KP2' }))
    expect(added.body.areas.map((area: { code: string }) => area.code)).toEqual(['30730-01', 'KP2'])
    const again = await add(hamlet('KHU PHO 1'))
    expect([again.status, again.body.code, again.body.field]).toEqual([409, 'area_exists', 'areas/0/name'])
    expect((await add(hamlet('Khu phố 3', { code: 'KP2' }))).body.code).toBe('code_taken')
    const listed = await get(`on=2021-10-12&within=${id('30730')}&level=hamlet`)
    expect(listed.areas.map((area: { name: string; population: number | null }) => [area.name, area.population])).toEqual([['Khu phố 1', 1200], ['Khu phố 2', null]])
  })
  test('R1 a group lies in a hamlet or commune; a hamlet in a commune only', async () => {
    const kp1 = (await get(`on=2021-10-12&within=${id('30730')}&level=hamlet`)).areas[0].id
    expect((await add({ parentId: kp1, level: 'group', kind: 'Tổ nhân dân tự quản', name: 'Tổ 1' })).status).toBe(200)
    expect((await add({ parentId: kp1, level: 'hamlet', kind: 'Ấp', name: 'Ấp trong ấp' })).body.code).toBe('wrong_parent')
    expect((await add({ parentId: id('899'), level: 'hamlet', kind: 'Ấp', name: 'Ấp huyện' })).body.code).toBe('wrong_parent')
    expect((await add({ parentId: 99_999_999, level: 'hamlet', kind: 'Ấp', name: 'Ấp lạ' })).body.code).toBe('unknown_area')
  })
  test('all or none: one fault and nothing is added', async () => {
    const before = (await get(`on=2021-10-12&within=${id('30733')}&level=hamlet`)).areas.length
    const refused = await add({ ...hamlet('Khu phố A'), parentId: id('30733') }, { ...hamlet('khu pho a'), parentId: id('30733') })
    expect(refused.body.field).toBe('areas/1/name')
    expect((await get(`on=2021-10-12&within=${id('30733')}&level=hamlet`)).areas.length).toBe(before)
  })
  test('R4 a hamlet holds 99 groups, and no more', async () => {
    const { areas: [made] } = (await add(hamlet('Khu phố đông'))).body
    const groups = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ parentId: made.id, level: 'group', kind: 'Tổ', name: `Tổ ${from + i}` }))
    expect((await add(...groups(1, 99))).status).toBe(200)
    expect((await add(...groups(100, 100))).body.code).toBe('no_room')
  })
  test('R5 only under one’s own area, and only by those who may', async () => {
    const district = await signedIn('officer', '900')
    expect((await district('POST', '/api/areas', { areas: [hamlet('Khu phố 9')] })).status).toBe(403)
    const viewer = await signedIn('viewer', '91')
    expect((await viewer('POST', '/api/areas', { areas: [hamlet('Khu phố 9')] })).status).toBe(403)
    expect((await viewer('POST', `/api/areas/${id('30730')}/population`, { asOf: '2021-01-01', value: 1, source: 'x' })).status).toBe(403)
  })
  test('R6 a part has no more people than the whole; the office counts hamlets, the province communes', async () => {
    expect((await add(hamlet('Khu phố rất đông', { population: 900_000 }))).body.code).toBe('population_beyond_parent')
    const kp1 = (await get(`on=2021-10-12&within=${id('30730')}&level=hamlet`)).areas[0].id
    expect((await province('POST', `/api/areas/${kp1}/population`, { asOf: '2021-06-01', value: 1300, source: 'Sổ hộ khẩu' })).status).toBe(200)
    expect((await province('GET', `/api/areas/${kp1}`)).body.area).toMatchObject({ population: 1300, populationSource: 'Sổ hộ khẩu' })
    expect((await province('POST', `/api/areas/${id('30730')}/population`, { asOf: '2021-06-01', value: 1300, source: 'x' })).body.code).toBe('only_below_commune')
    expect((await province('POST', '/api/areas/99999999/population', { asOf: '2021-06-01', value: 1, source: 'x' })).body.code).toBe('unknown_area')
  })
})

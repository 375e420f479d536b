import { describe, expect, test } from 'vitest'
import { openTestApp, openTestDb } from '#tests/kit'
import { accounts, openFirstAccount } from './index.ts'

const database = await openTestDb()
const { app, ask, signedIn } = await openTestApp(database, [accounts])
const rachGia = app.areas.tree().resolve('899', '2021-10-12' as never)?.id as number
const kienGiang = app.areas.root('2021-10-12' as never).id

describe('signing in', () => {
  test('R1 the first account is opened once, and its password works', async () => {
    const first = await openFirstAccount(app)
    expect(first?.made).toBe(true)
    expect(await openFirstAccount(app)).toBeUndefined()
    const entered = await ask('POST', '/api/session', { username: 'ADMIN', password: first?.password })
    expect(entered.status).toBe(200)
    expect(entered.body.actor.grants[0].role).toBe('administrator')
    expect(String(entered.headers['set-cookie'])).toMatch(/HttpOnly/)
  })
  test('a wrong password, an unknown name and a missing one are refused alike', async () => {
    const wrong = await ask('POST', '/api/session', { username: 'admin', password: 'khong-phai' })
    expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong_password'])
    const unknown = await ask('POST', '/api/session', { username: 'khong-co', password: 'khong-phai' })
    expect([unknown.status, unknown.body.code]).toEqual([401, 'wrong_password'])
    const empty = await ask('POST', '/api/session', { username: '' })
    expect(empty.body.problems.map((one: { field: string }) => one.field)).toEqual(['username', 'password'])
  })
  test('too many wrong passwords have to wait', async () => {
    for (let i = 0; i < 8; i++) await ask('POST', '/api/session', { username: 'kẻ-dò', password: 'sai' })
    expect((await ask('POST', '/api/session', { username: 'kẻ-dò', password: 'sai' })).body.code).toBe('too_many_tries')
  })
  test('without a session nothing is told, in the language asked for', async () => {
    const vi = await ask('GET', '/api/session')
    expect([vi.status, vi.body.title]).toEqual([401, 'Chưa đăng nhập hoặc phiên làm việc đã hết hạn.'])
    expect((await ask('GET', '/api/session', undefined, { cookie: 'language=en' })).body.title).toMatch(/^Not signed in/)
  })
  test('signing out ends the session', async () => {
    const officer = await signedIn('officer', '899')
    expect((await officer('GET', '/api/session')).body.actor.grants[0].areaName).toBe('Thành phố Rạch Giá')
    await officer('DELETE', '/api/session')
    expect((await officer('GET', '/api/session')).status).toBe(401)
  })
  test('one changes one’s own password, knowing the old one', async () => {
    const officer = await signedIn('officer', '899')
    expect((await officer('POST', '/api/session/password', { current: 'sai-hoan-toan', next: 'mat-khau-moi-1' })).body.code).toBe('wrong_password')
    expect((await officer('POST', '/api/session/password', { current: 'mat-khau-thu-2021', next: 'ngan' })).body.code).toBe('password_too_short')
    expect((await officer('POST', '/api/session/password', { current: 'mat-khau-thu-2021', next: 'mat-khau-moi-1' })).status).toBe(200)
  })
})

describe('accounts', () => {
  test('R2 an administrator opens accounts within the own area only; the link sets the password once', async () => {
    const admin = await signedIn('administrator', '899')
    const opened = await admin('POST', '/api/accounts', { accounts: [{ username: 'Tram.VTV', name: 'Trạm Vĩnh Thanh Vân', grants: [{ role: 'officer', areaId: rachGia }] }] })
    expect(opened.status).toBe(200)
    const token = opened.body.accounts[0].link.split('#token=')[1]
    expect((await ask('POST', '/api/session/welcome', { token, password: 'ngắn' })).body.code).toBe('password_too_short')
    expect((await ask('POST', '/api/session/welcome', { token, password: 'mat-khau-cua-tram' })).status).toBe(200)
    expect((await ask('POST', '/api/session/welcome', { token, password: 'mat-khau-cua-tram' })).body.code).toBe('link_used')
    expect((await ask('POST', '/api/session', { username: 'tram.vtv', password: 'mat-khau-cua-tram' })).status).toBe(200)

    const beyond = await admin('POST', '/api/accounts', { accounts: [{ username: 'tinh', name: 'Tỉnh', grants: [{ role: 'viewer', areaId: kienGiang }] }] })
    expect([beyond.status, beyond.body.code]).toEqual([403, 'grant_beyond_own'])
    const unknown = await admin('POST', '/api/accounts', { accounts: [{ username: 'la', name: 'Lạ', grants: [{ role: 'viewer', areaId: 999_999 }] }] })
    expect(unknown.body.code).toBe('unknown_area')
  })
  test('many at once: all or none, every fault at its row', async () => {
    const admin = await signedIn('administrator', '91')
    const one = (username: string) => ({ username, name: username, grants: [{ role: 'officer', areaId: rachGia }] })
    await admin('POST', '/api/accounts', { accounts: [one('co-roi')] })
    const refused = await admin('POST', '/api/accounts', { accounts: [one('moi-1'), one('co-roi'), one('MOI-1')] })
    expect(refused.body.problems.map((fault: { code: string; field: string }) => [fault.code, fault.field])).toEqual([
      ['username_twice', 'accounts/2/username'], ['username_taken', 'accounts/1/username'],
    ])
    const names = (await admin('GET', '/api/accounts')).body.accounts.map((account: { username: string }) => account.username)
    expect(names).toContain('co-roi')
    expect(names).not.toContain('moi-1')
    const single = await admin('POST', '/api/accounts', { accounts: [one('co-roi')] })
    expect([single.status, single.body.code]).toEqual([409, 'username_taken'])
    const twice = await admin('POST', '/api/accounts', { accounts: [one('hai'), one('hai')] })
    expect(twice.body.code).toBe('username_twice')
  })
  test('R3 switching off ends the sessions; rights change at once', async () => {
    const admin = await signedIn('administrator', '91')
    const opened = await admin('POST', '/api/accounts', { accounts: [{ username: 'tam', name: 'Tạm', grants: [{ role: 'administrator', areaId: rachGia }] }] })
    const { id, link } = opened.body.accounts[0]
    await ask('POST', '/api/session/welcome', { token: link.split('#token=')[1], password: 'mat-khau-tam-thoi' })
    const entered = await ask('POST', '/api/session', { username: 'tam', password: 'mat-khau-tam-thoi' })
    const cookie = String([entered.headers['set-cookie']].flat()[0]).split(';')[0] as string
    expect((await ask('GET', '/api/accounts', undefined, { cookie })).status).toBe(200)
    expect((await admin('POST', `/api/accounts/${id}/grants`, { grants: [{ role: 'viewer', areaId: rachGia }] })).status).toBe(200)
    expect((await ask('GET', '/api/accounts', undefined, { cookie })).body.code).toBe('forbidden')
    expect((await admin('POST', `/api/accounts/${id}/status`, { disabled: true })).status).toBe(200)
    expect((await ask('GET', '/api/session', undefined, { cookie })).status).toBe(401)
    expect((await ask('POST', '/api/session', { username: 'tam', password: 'mat-khau-tam-thoi' })).body.code).toBe('wrong_password')
    expect((await admin('POST', `/api/accounts/${id}/link`, {})).body.link).toContain('/welcome#token=')
  })
  test('faults of grants, status and link', async () => {
    const admin = await signedIn('administrator', '899')
    const me = (await admin('GET', '/api/session')).body.actor.id
    expect((await admin('POST', `/api/accounts/${me}/status`, { disabled: true })).body.code).toBe('own_account')
    for (const [path, body] of [['grants', { grants: [{ role: 'viewer', areaId: rachGia }] }], ['status', { disabled: true }], ['link', {}]] as const) {
      expect((await admin('POST', `/api/accounts/khong-co/${path}`, body)).body.code).toBe('unknown_account')
    }
    const province = await signedIn('administrator', '91')
    const other = (await province('GET', '/api/session')).body.actor.id
    for (const [path, body] of [['grants', { grants: [{ role: 'viewer', areaId: rachGia }] }], ['status', { disabled: true }], ['link', {}]] as const) {
      expect((await admin('POST', `/api/accounts/${other}/${path}`, body)).body.code).toBe('grant_beyond_own')
    }
    expect((await admin('POST', `/api/accounts/${me}/grants`, { grants: [{ role: 'viewer', areaId: 999_999 }] })).body.code).toBe('unknown_area')
  })
  test('an officer manages no accounts and reads no audit', async () => {
    const officer = await signedIn('officer', '91')
    for (const [method, path] of [
      ['GET', '/api/accounts'], ['POST', '/api/accounts'], ['POST', '/api/accounts/x/grants'], ['POST', '/api/accounts/x/status'],
      ['POST', '/api/accounts/x/link'], ['GET', '/api/audit'], ['POST', '/api/audit/verify'],
    ] as const) {
      expect((await officer(method, path, method === 'POST' ? {} : undefined)).status).toBe(403)
    }
  })
})

describe('audit', () => {
  test('R4 what was done is listed by area, and the chain is verified', async () => {
    const commander = await signedIn('commander', '91')
    const admin = await signedIn('administrator', '91')
    await admin('POST', '/api/accounts', { accounts: [{ username: 'ghi-vet', name: 'Ghi vết', grants: [{ role: 'officer', areaId: rachGia }] }] })
    const { entries } = (await commander('GET', '/api/audit')).body
    expect(entries[0]).toMatchObject({ name: 'accounts.open', areaName: 'Thành phố Rạch Giá' })
    expect((await commander('POST', '/api/audit/verify', {})).body.intact).toBe(true)
  })
  test('a page written from another site is refused', async () => {
    const refused = await ask('POST', '/api/session', { username: 'admin', password: 'x' }, { origin: 'https://ke-xau.example' })
    expect([refused.status, refused.body.code]).toEqual([403, 'bad_origin'])
  })
})

import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { launchBrowser, runProduct, violations } from '#tests/kit'

const product = await runProduct()
const browser = await launchBrowser()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })
const page = await context.newPage()
page.setDefaultTimeout(60_000)
const faults: string[] = []
page.on('pageerror', (error) => faults.push(String(error)))
afterAll(async () => {
  await browser.close()
  await product.stop()
})

const ON = '2021-10-20'
const [DISTRICT, WARD] = ['899', '30730']
const HERE = `${product.url}/?area=${DISTRICT}&day=${ON}`
const report = async (area: string, day: string, values: Record<string, number>): Promise<void> => {
  const answer = await context.request.post(`${product.url}/api/figures`, {
    headers: { origin: product.url }, data: { area, day, figures: Object.entries(values).map(([metric, value]) => ({ metric, value })) },
  })
  expect(answer.status()).toBe(200)
}
const settled = async (): Promise<void> => {
  await page.getByRole('heading', { name: 'Cần xử lý' }).waitFor()
  await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root'))
}
/** The definition under a term of the key figures. */
const figure = (term: string) => page.locator('dl > div').filter({ has: page.locator('dt', { hasText: new RegExp(`^${term}$`) }) }).locator('dd').first()

test('a fresh installation says, in Vietnamese, what to do first', async () => {
  await page.goto(product.url)
  await page.getByLabel('Tên đăng nhập').fill('admin')
  await page.getByLabel('Mật khẩu', { exact: true }).fill(product.password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Tình hình dịch/ }).waitFor()
  await page.getByText('Hệ thống chưa có số liệu nào').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Nhập số liệu trong ngày của các xã' }).click()
  await page.waitForURL(/\/figures/)
})

test('how many, rising or falling, what is missing: read at a glance', async () => {
  for (let back = 13; back >= 0; back--) {
    const day = new Date(Date.parse(`${ON}T00:00Z`) - back * 86_400_000).toISOString().slice(0, 10)
    await report(WARD, day, { cases_new: back > 6 ? 4 : 5, cases_community: 4 })
  }
  await page.goto(`${product.url}/?area=${WARD}&day=${ON}`)
  await settled()
  expect(await figure('Ca mới trong ngày').innerText()).toBe('5')
  expect(await figure('Ca mới 7 ngày').innerText()).toBe('35')
  await page.getByText('tăng 25').first().waitFor({ state: 'attached' })
  await page.goto(HERE)
  await settled()
  // Eleven of the city's wards have sent nothing: what is known is a lower bound.
  expect(await figure('Ca mới 7 ngày').innerText()).toMatch(/^≥ 35/)
  await page.getByText(/trong \d+ xã chưa gửi số liệu trong ngày \(hạn 18:00\)/).waitFor()
  expect(await violations(page)).toEqual([])
})

/** Code and styles that come before the first numbers, compressed. Raise it only for what those numbers need. Unit: kilobytes. */
const BUDGET = 395

test('before the first numbers comes their own code: within its budget, without map, charts, files and editors', async () => {
  const read = async (path: string): Promise<string> => (await fetch(`${product.url}${path}`)).text()
  const files = [...new Set([...(await read('/')).matchAll(/\/assets\/[\w.-]+\.(?:js|css)/g)].map(([path]) => path))]
  const texts = await Promise.all(files.map(read))
  // As they come over a slow line: compressed already.
  for (const file of ['/', ...files.filter((_, f) => (texts[f] as string).length > 1_024)]) {
    expect([file, (await fetch(`${product.url}${file}`, { headers: { 'accept-encoding': 'gzip' } })).headers.get('content-encoding')]).toEqual([file, 'gzip'])
  }
  expect(texts.reduce((sum, text) => sum + gzipSync(text).length, 0) / 1024).toBeLessThan(BUDGET)
  for (const [f, text] of texts.entries()) expect([files[f], /maplibregl-map|ecModel|SheetJS|skippedNodes|invalid_union/.exec(text)?.[0]]).toEqual([files[f], undefined])
  // The list in the page is the true one: nothing else is fetched before the figures stand there.
  const fresh = await context.newPage()
  await fresh.addInitScript(() => new MutationObserver((_, observer) => {
    if (!document.querySelector('dl > div:nth-child(2) > dd')) return
    observer.disconnect()
    Object.assign(globalThis, { before: performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname) })
  }).observe(document, { childList: true, subtree: true }))
  await fresh.goto(HERE)
  const before = await fresh.waitForFunction(() => (globalThis as { before?: string[] }).before).then((found) => found.jsonValue())
  await fresh.getByRole('heading', { name: 'Cần xử lý' }).waitFor()
  const asked = await fresh.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => /^\/api\/(session|areas|overview|overview\/duties)$/.test(path)))
  await fresh.close()
  // What was asked while the code came is what the screen asks for: else it would be asked once more.
  expect(asked.toSorted()).toEqual(['/api/areas', '/api/overview', '/api/overview/duties', '/api/session'])
  expect(before?.filter((path) => /\.(js|css)$/.test(path) && path !== '/first.js').toSorted()).toEqual(files.toSorted())
})

test('what somebody else commits appears by itself, with no reload', async () => {
  await page.goto(`${product.url}/?area=${WARD}&day=${ON}`)
  await settled()
  await page.evaluate(() => Object.assign(globalThis, { untouched: true }))
  await report(WARD, ON, { cases_new: 9 })
  await expect.poll(() => figure('Ca mới trong ngày').innerText(), { timeout: 30_000 }).toBe('9')
  expect(await figure('Ca mới 7 ngày').innerText()).toBe('39')
  await expect.poll(() => figure('Ca mới trong ngày').locator('[data-changed]').count(), { timeout: 30_000 }).toBe(1)
  // The figures of another ward change nothing here.
  expect(await page.evaluate(() => 'untouched' in globalThis)).toBe(true)
})

test('by keyboard: into the table, to the reason of a level, back, onto the wall and off it', async () => {
  await page.goto(HERE)
  await settled()
  await page.locator('main').focus()
  await page.keyboard.press('j')
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TR')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/levels\/\d+/)
  await page.goBack()
  await settled()
  await page.locator('main').focus()
  await page.keyboard.press('w')
  await page.waitForURL(/wall=1/)
  await page.getByText('Đang cập nhật trực tiếp').waitFor()
  expect(await page.getByRole('navigation', { name: 'Các hệ thống' }).count()).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('w')
  await page.getByRole('navigation', { name: 'Các hệ thống' }).first().waitFor()
})

test('on a phone the same stands in one column, and in English', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(HERE)
  await settled()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'To be done' }).waitFor()
  expect(await page.getByText(/overview\./).count()).toBe(0)
  expect(faults).toEqual([])
})

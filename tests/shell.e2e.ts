import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { launchBrowser, runProduct, violations } from '#tests/kit'

const product = await runProduct()
const browser = await launchBrowser()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
const page = await context.newPage()
page.setDefaultTimeout(60_000)
const opened: (string | undefined)[] = []
page.on('request', (request) => {
  if (request.method() === 'POST' && request.url().endsWith('/api/accounts')) opened.push(request.headers()['idempotency-key'])
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

const signIn = async (on: Page, username: string, password: string): Promise<void> => {
  await on.getByLabel('Tên đăng nhập').fill(username)
  await on.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await on.keyboard.press('Enter')
}

test('the address asked for is shown after signing in', async () => {
  await page.goto(`${product.url}/accounts?q=quan`)
  await signIn(page, 'admin', product.password)
  await page.getByRole('row', { name: /admin/ }).waitFor()
  expect(new URL(page.url()).search).toBe('?q=quan')
})

test('the language is changed on the page and kept', async () => {
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Accounts' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Accounts' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.getByRole('button', { name: 'Tiếng Việt' }).click()
  await page.getByRole('heading', { name: 'Tài khoản' }).waitFor()
})

test('a lost connection loses nothing typed, and the second try is the same command', async () => {
  await page.goto(`${product.url}/accounts/new`)
  const list = page.getByLabel('Danh sách')
  await list.fill('Nguyễn Thị Ánh, anh.nt, cán bộ, 91')
  const open = page.getByRole('button', { name: 'Mở 1 tài khoản' })
  await open.waitFor()
  await context.setOffline(true)
  await open.click()
  await page.getByText('Mất kết nối — đang thử lại').waitFor()
  expect(await list.inputValue()).toContain('anh.nt')
  await context.setOffline(false)
  await page.getByText('Mất kết nối — đang thử lại').waitFor({ state: 'hidden' })
  await open.dblclick()
  await page.getByRole('list', { name: 'Đường dẫn dùng một lần' }).waitFor()
  expect(opened).toHaveLength(2)
  expect(opened[0]).toBe(opened[1])
})

test('a one-time link sets a password; what the account may not see says why', async () => {
  const link = await page.getByText('/welcome#token=').innerText()
  const other = await (await browser.newContext()).newPage()
  await other.goto(link)
  await other.getByLabel('Mật khẩu mới').fill('ngắn')
  await other.keyboard.press('Enter')
  await other.getByText('Mật khẩu phải có ít nhất 8 ký tự.').waitFor()
  await other.getByLabel('Mật khẩu mới').fill('một câu dễ nhớ')
  await other.keyboard.press('Enter')
  await other.getByRole('button', { name: 'Đăng nhập' }).click()
  await signIn(other, 'anh.nt', 'một câu dễ nhớ')
  await other.getByRole('navigation').first().waitFor()
  expect(await other.getByRole('link', { name: 'Tài khoản' }).count()).toBe(0)
  await other.goto(`${product.url}/accounts`)
  await other.getByText('Tài khoản của bạn không xem được trang này').waitFor()
  await other.context().close()
})

test('a session that ends at work is taken up again over the page', async () => {
  await page.goto(`${product.url}/accounts/new`)
  await page.getByLabel('Danh sách').fill('Lê Chi, chi, cán bộ, 91')
  await context.clearCookies()
  await page.getByRole('button', { name: 'Mở 1 tài khoản' }).click()
  const dialog = page.getByRole('dialog', { name: 'Phiên làm việc đã hết hạn' })
  await dialog.waitFor()
  await signIn(page, 'admin', product.password)
  await dialog.waitFor({ state: 'hidden' })
  expect(await page.getByLabel('Danh sách').inputValue()).toContain('Lê Chi')
})

test('by keyboard: rows, search, the list of keys', async () => {
  await page.goto(`${product.url}/accounts`)
  const first = page.locator('tr[data-index="0"]')
  await first.focus()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-index'))).toBe('1')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('Shift+?')
  await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Tìm địa bàn, trang, thao tác…').fill('nhat ky')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Nhật ký' }).waitFor()
})

test('a code that another unit bears after a merger is said to be another’s', async () => {
  await page.goto(`${product.url}/areas?area=30742&day=2025-06-30`)
  await page.getByRole('button', { name: /Phường Vĩnh Thanh Vân/ }).first().waitFor()
  await page.getByRole('button', { name: 'Ngày sau' }).click()
  await page.getByText('Mã 30742 được dùng lại: vào ngày 01/07/2025 là Phường Rạch Giá').waitFor()
})

test.each([
  [1440, 'light'], [1024, 'dark'], [390, 'light'], [390, 'dark'],
] as const)('no axe violations at %i px, %s', async (width, colorScheme) => {
  const fresh = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
  const at = await fresh.newPage()
  await at.goto(`${product.url}/accounts`)
  await at.getByRole('heading', { name: 'Đăng nhập' }).waitFor()
  expect(await violations(at)).toEqual([])
  await signIn(at, 'admin', product.password)
  await at.getByRole('row', { name: /admin/ }).waitFor()
  expect(await violations(at)).toEqual([])
  await fresh.close()
})

import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { launchBrowser, runProduct } from '#tests/kit'

const PICTURES = resolve(import.meta.dirname, '../dist/pictures')
mkdirSync(PICTURES, { recursive: true })
const PASSWORD = 'mat-khau-thu-2021'

const product = await runProduct()
const browser = await launchBrowser()
const faults: string[] = []
afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** Opens an account at the shell and signs it in, in a browser of its own. */
const at = async (username: string, name: string, role: string): Promise<Page> => {
  const added = await product.shell('user', 'add', username, '--name', name, '--role', role, '--json')
  const link = (JSON.parse(added.text) as { accounts: { link: string }[] }).accounts[0]?.link as string
  const token = new URLSearchParams(new URL(link, product.url).hash.slice(1)).get('token')
  const welcomed = await fetch(new URL('/api/session/welcome', product.url), {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, password: PASSWORD }),
  })
  expect(welcomed.status).toBe(200)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(`${product.url}/announcements`)
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Công bố cấp độ', exact: true }).waitFor()
  return page
}

const loaded = await product.shell('demo', 'load', '--cases', '8000', '--json')
const epidemiologist = await at('dichte', 'Trần Thị Dịch Tễ', 'epidemiologist')
const commander = await at('chihuy', 'Nguyễn Văn Chỉ Huy', 'commander')

test('a made-up season says so on every screen', async () => {
  expect(loaded.code).toBe(0)
  await epidemiologist.getByText('DỮ LIỆU GIẢ LẬP').first().waitFor()
})

test('three communes are proposed; who proposed does not confirm', async () => {
  const page = epidemiologist
  await page.goto(`${product.url}/announcements/new?day=2021-12-10`)
  const communes = page.getByRole('checkbox', { name: /^Chọn (Xã|Phường|Thị trấn)/ })
  await communes.nth(2).waitFor()
  for (const n of [0, 1, 2]) await communes.nth(n).check()
  // Another level than the computed one: it says so and asks why.
  const first = page.getByRole('combobox', { name: /^Cấp độ đề xuất cho/ }).first()
  const computed = await first.inputValue()
  await first.selectOption(computed === '4' ? '3' : '4')
  const send = page.getByRole('button', { name: /^Đề xuất 3 địa bàn/ })
  expect(await send.getAttribute('aria-disabled')).toBe('true')
  await page.getByRole('textbox', { name: /^Lý do cho/ }).fill('Ổ dịch chưa rõ nguồn lây')
  await page.getByRole('textbox', { name: /^Điều khoản cho/ }).fill('NQ 128/NQ-CP, mục III')
  await page.getByLabel('Ghi chú của người đề xuất').fill('Họp giao ban sáng 10/12')
  await page.screenshot({ path: join(PICTURES, 'announcement-new.png') })
  await send.click()
  await page.getByRole('heading', { name: 'Công bố cấp độ ngày 10/12/2021' }).waitFor()
  const confirm = page.getByRole('button', { name: /^Xác nhận/ })
  expect(await confirm.getAttribute('aria-disabled')).toBe('true')
  await page.getByText('Ổ dịch chưa rõ nguồn lây').waitFor()
})

test('the commander confirms and publishes; what leaves is shown first', async () => {
  const page = commander
  await page.goto(`${product.url}/announcements`)
  await page.getByRole('row', { name: /chờ xác nhận/ }).first().click()
  await page.getByRole('button', { name: 'Xác nhận', exact: true }).click()
  await page.getByText('Xác nhận: Nguyễn Văn Chỉ Huy', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Công bố', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Công bố cấp độ dịch' })
  await dialog.getByLabel('Văn bản').fill('QĐ 2990/QĐ-UBND ngày 10/12/2021')
  await dialog.getByLabel('Thời điểm đã thông báo cho dân').fill('31/02/2021')
  await dialog.getByText('Ghi theo dạng 17:00 20/11/2021.').waitFor()
  await dialog.getByLabel('Thời điểm đã thông báo cho dân').fill('17:00 10/12/2021')
  await dialog.getByRole('button', { name: 'Công bố', exact: true }).click()
  await page.getByText('QĐ 2990/QĐ-UBND ngày 10/12/2021', { exact: false }).first().waitFor()
  await page.screenshot({ path: join(PICTURES, 'announcement.png') })
  expect(await page.getByRole('button', { name: 'Rút đề xuất' }).count()).toBe(0)
})

test('a week later a correction comes: both truths are shown', async () => {
  const page = epidemiologist
  const link = page.getByRole('link', { name: 'Xem căn cứ' }).first()
  await page.reload()
  await link.click()
  await page.getByRole('heading', { name: /: vì sao có cấp độ này$/ }).waitFor()
  const code = new URL(page.url()).pathname.split('/').at(-1) as string
  const sent = await page.evaluate(async (area) => {
    const answer = await fetch('/api/figures', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ area, day: '2021-12-09', source: 'đính chính', figures: [{ metric: 'cases_community', value: 19 }] }),
    })
    return answer.status
  }, code)
  expect(sent).toBe(200)
  await page.goto(`${product.url}/levels/${code}?day=2021-12-13&area=${code}`)
  const truths = page.getByRole('region', { name: 'Như đã biết khi đó và như đã sửa nay' })
  await truths.getByText('QĐ 2990/QĐ-UBND ngày 10/12/2021', { exact: false }).waitFor()
  await truths.getByRole('row', { name: /Ca mắc mới tại cộng đồng/ }).waitFor()
  await page.getByRole('heading', { name: /^Biện pháp đang áp dụng ở cấp/ }).waitFor()
  await truths.scrollIntoViewIfNeeded()
  await page.screenshot({ path: join(PICTURES, 'truths.png') })
})

test('nothing broke on the way', () => {
  expect(faults).toEqual([])
})

import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { addDays, day, eachDay } from '#base'
import { launchBrowser, runProduct, violations } from '#tests/kit'

const product = await runProduct()
const browser = await launchBrowser()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
afterAll(async () => {
  await browser.close()
  await product.stop()
})

const send = async (path: string, data: object): Promise<void> => {
  const answer = await context.request.post(`${product.url}${path}`, { headers: { origin: product.url }, data })
  expect([path, answer.status()]).toEqual([path, 200])
}
const newPage = async (path: string): Promise<Page> => {
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(`${product.url}${path}`)
  return page
}

await send('/api/session', { username: 'admin', password: product.password })
const last = day('2021-10-12')
for (const on of eachDay(addDays(last, -20), last)) {
  await send('/api/figures', { area: '30742', day: on, figures: [{ metric: 'cases_new', value: on === last ? 14 : 2 + (Number(on.slice(8)) % 2) }] })
}

test('a day is looked at, the warning says why, is dismissed with a reason, taken back, and acknowledged', async () => {
  const page = await newPage('/warnings?day=2021-10-12')
  await page.getByText('Chưa rà soát lần nào').waitFor()
  await page.getByRole('button', { name: 'Rà soát ngày 12/10/2021' }).first().click()
  await page.getByRole('link', { name: 'Phường Vĩnh Bảo' }).waitFor()
  await page.getByText('Đã rà soát đến hết ngày 12/10/2021').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Phường Vĩnh Bảo' }).click()
  await page.getByText('Ngày 12/10/2021 có 14 ca').waitFor()
  // Behind the picture stands the table that is read out. By hand: days 3 … 9 are four threes and three twos, 18/7; plus 3.09 standard deviations, of at least 1.
  expect(await page.locator('figure table tbody tr').last().innerText()).toMatch(/^12\/10\/2021\s+14\s+2[.,]57\s+5[.,]66\s+▲$/)
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: /^Bỏ qua — Hãy ghi lý do/ }).waitFor()
  await page.getByLabel('Ghi chú hoặc lý do').fill('Nhập dồn ba ngày')
  await page.getByRole('button', { name: 'Bỏ qua', exact: true }).click()
  await page.getByText('Bỏ qua — admin').waitFor()
  await page.getByRole('button', { name: 'Hoàn tác', exact: true }).click()
  await page.getByText('đã hoàn tác bởi admin').waitFor()
  await page.getByRole('button', { name: 'Đã biết', exact: true }).click()
  await page.getByText('Đã biết — admin').waitFor()
  await page.getByRole('link', { name: 'Cảnh báo sớm' }).last().click()
  await page.getByText('Không có cảnh báo nào cần xử lý').waitFor()
  await page.getByRole('combobox', { name: 'Tình trạng' }).click()
  await page.getByRole('option', { name: 'Tất cả' }).click()
  await page.waitForURL(/status=all/)
  await page.getByRole('link', { name: 'Phường Vĩnh Bảo' }).waitFor()
  await page.close()
})

test('the sensitivity of an area tells its effect before it is saved', async () => {
  const page = await newPage('/warnings/sensitivity?day=2021-10-12&area=30742')
  await page.getByText('1 đợt cảnh báo ở 1/1 địa bàn').first().waitFor()
  await page.getByRole('button', { name: /^Lưu độ nhạy — Đang là độ nhạy này/ }).waitFor()
  await page.getByLabel('Báo sớm').check()
  await page.getByRole('button', { name: 'Lưu độ nhạy', exact: true }).click()
  await page.getByText('Đang dùng “Báo sớm”, đặt tại Phường Vĩnh Bảo bởi admin').waitFor()
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.close()
})

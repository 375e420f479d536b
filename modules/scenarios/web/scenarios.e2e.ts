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

await send('/api/session', { username: 'admin', password: product.password })
const ON = day('2021-10-12')
for (const on of eachDay(addDays(ON, -9), addDays(ON, 5))) {
  await send('/api/figures', { area: '91', day: on, figures: [{ metric: 'cases_new', value: on <= ON ? 60 : 75 }, ...(on === ON ? [{ metric: 'icu_free', value: 20 }] : [])] })
}

test('a meeting: the start is filled, a stricter variant beside the baseline, why, saved, held against what came, withdrawn and brought back', async () => {
  const page = await context.newPage()
  page.setDefaultTimeout(45_000)
  await page.goto(`${product.url}/scenarios?area=91&day=2021-10-12`)
  // What the product knows.
  await page.getByText('60 ca mỗi ngày', { exact: false }).waitFor()
  await page.getByText('Điểm xuất phát').click()
  await page.getByText('Trung bình 7 ngày đến 12/10/2021').waitFor()
  expect(await page.getByLabel('Ca báo cáo mỗi ngày hiện nay').inputValue()).toBe('60')
  expect(await page.getByLabel('Hồi sức').first().inputValue()).toBe('20')
  await page.getByText('1.000 lần chạy').first().waitFor()

  await page.getByRole('button', { name: 'Thêm phương án' }).click()
  await page.getByLabel('Tên phương án').fill('Giãn cách')
  const school = page.getByRole('slider', { name: 'Trường học' })
  await school.focus()
  await school.press('End')
  const other = page.getByRole('slider', { name: 'Nơi khác' })
  await other.focus()
  for (let n = 0; n < 8; n++) await other.press('ArrowRight')
  await page.getByText('Trường học: giảm tiếp xúc 100 % thay vì 0 %; Nơi khác: giảm tiếp xúc 40 % thay vì 0 %', { exact: false }).waitFor()
  const rows = page.getByRole('table').filter({ hasText: 'So sánh các phương án' }).getByRole('row')
  await page.locator('article:not([data-settling])').filter({ hasText: 'Giãn cách' }).getByText('1.000 lần chạy').waitFor()
  const infections = async (place: number): Promise<number> => Number((await rows.filter({ hasText: 'Số nhiễm 180 ngày' }).getByRole('cell').nth(place).locator('strong').innerText()).replaceAll(/\D/g, ''))
  expect(await infections(1)).toBeLessThan(await infections(0))
  await page.getByRole('radiogroup', { name: 'Xem' }).getByText('Hồi sức', { exact: true }).click()
  await page.getByText(/Quá 20 giường trong \d+\s% số lần chạy/).first().waitFor()
  await page.getByText('Kịch bản không phải dự báo', { exact: false }).waitFor()
  await page.getByText('Tham số của bệnh và nguồn').click()
  await page.getByText('ghi theo trí nhớ, chưa kiểm').first().waitFor()
  await page.getByText('một nửa số nhập viện không cần hồi sức').waitFor()
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'Lưu kịch bản' }).click()
  await page.getByLabel('Tên kịch bản').fill('Họp giao ban 12/10')
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu kịch bản' }).click()
  await page.getByRole('heading', { name: 'Họp giao ban 12/10', level: 1 }).waitFor()
  // Five days have come since.
  await page.getByText(/\d\/5 ngày/).first().waitFor()
  expect(await violations(page)).toEqual([])
  const sheet = await context.request.get(`${product.url}${await page.getByRole('link', { name: 'Tải CSV' }).getAttribute('href')}`)
  expect((await sheet.text()).split('\r\n')).toHaveLength(1 + 2 * 180 + 1)
  await page.getByRole('button', { name: 'Rút lại' }).click()
  await page.getByText('Chưa có kịch bản nào được lưu').waitFor()
  await page.getByRole('button', { name: 'Hoàn tác' }).click()
  await page.getByRole('link', { name: 'Họp giao ban 12/10' }).click()
  await page.getByRole('button', { name: 'Sửa thành bản mới' }).click()
  await page.getByRole('button', { name: 'Lưu kịch bản' }).waitFor()
  await page.getByText('Giãn cách').first().waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.close()
}, 180_000)

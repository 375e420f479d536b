import AxeBuilder from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { launchBrowser, runProduct } from '#tests/kit'

const product = await runProduct()
const browser = await launchBrowser()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
afterAll(async () => {
  await browser.close()
  await product.stop()
})

const ask = async <T,>(method: 'get' | 'post', path: string, data?: object): Promise<T> => {
  const answer = await context.request[method](`${product.url}${path}`, { headers: { origin: product.url }, ...(data ? { data } : {}) })
  expect([path, answer.status()]).toEqual([path, 200])
  return (await answer.json()) as T
}
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(AxeBuilder.source)
  return page.evaluate(async () => {
    const { axe } = globalThis as typeof globalThis & { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
  })
}
const row = (page: Page, index: number): Locator => page.locator(`tr[data-index="${index}"]`)

await ask('post', '/api/session', { username: 'admin', password: product.password })
const reported: { id: string; number: string }[] = []
for (let n = 0; n < 5; n++) {
  reported.push(await ask('post', '/api/cases', { fullName: 'Nguyễn Văn Khánh', birthYear: 1950 + n, areaCode: '30745', reportedOn: '2021-10-11', severity: 'mild', ...(n === 4 ? { onsetOn: '2021-10-10' } : {}) }))
}

test('rows chosen by keys are edited at once after a preview that refuses one, and given back', async () => {
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${product.url}/cases`)
  await row(page, 4).waitFor()
  await page.keyboard.press('j')
  await page.locator('tr[data-index="0"]:focus').waitFor()
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'Chọn tất cả 5 ca khớp bộ lọc' }).click()
  await page.getByRole('button', { name: 'Sửa hàng loạt', exact: true }).click()
  await page.getByLabel('Trường cần sửa').selectOption('outcome')
  await page.getByLabel('Giá trị mới: Kết cục').selectOption('recovered')
  await page.getByLabel('Trường cần sửa').selectOption('outcomeOn')
  await page.getByLabel('Giá trị mới: Ngày kết cục').fill('09/10/2021')
  await page.getByText('4 sẽ đổi').waitFor()
  await page.getByText('Ngày kết cục 09/10/2021 trước ngày khởi phát 10/10/2021.').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Lý do (ghi vào hồ sơ từng ca)').fill('Theo bệnh viện')
  await page.getByRole('button', { name: 'Sửa 4 ca' }).click()
  await page.getByText('Đã sửa 4 ca; 1 ca bị từ chối và để nguyên.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Hoàn tác' }).click()
  await page.getByText('Đã hoàn tác 4 ca.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).last().click()
  await expect.poll(() => page.getByText('Khỏi bệnh 09/10/2021').count()).toBe(0)
  await page.goto(`${product.url}/cases/bulk`)
  await page.getByText('Đã hoàn tác 4 ca.').waitFor()
  await page.close()
})

test('filters and order are kept under a name and picked again; the file holds what is looked at', async () => {
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${product.url}/cases?severity=mild&sort=name&direction=asc`)
  await row(page, 4).waitFor()
  await page.getByRole('button', { name: 'Khung xem' }).click()
  await page.getByRole('menuitem', { name: 'Lưu bộ lọc, thứ tự và cột đang xem…' }).click()
  await page.getByLabel('Tên khung xem').fill('Ca nhẹ theo tên')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await page.waitForURL(/view=/)
  await page.goto(`${product.url}/cases`)
  await row(page, 4).waitFor()
  await page.getByRole('button', { name: 'Khung xem' }).click()
  await page.getByRole('menuitem', { name: 'Ca nhẹ theo tên' }).click()
  await page.waitForURL(/severity=mild/)
  await page.getByRole('button', { name: 'Xuất danh sách đang xem' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Excel (XLSX), các cột đang xem' }).click()])
  expect(file.suggestedFilename()).toMatch(/^ca-benh-.*\.xlsx$/)
  await page.close()
})

test('a case lives: a day of its course, its end, its duplicate, all on one timeline', async () => {
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${product.url}/cases/${reported[0]?.id}`)
  await page.getByRole('heading', { name: 'Diễn biến', exact: true }).waitFor()
  await page.keyboard.press('d')
  const course = page.getByRole('dialog')
  await course.getByLabel('Ngày diễn biến').fill('14/10/2021')
  await course.getByLabel('Mức độ').selectOption('severe')
  await course.getByLabel('Thở ô xy').selectOption('true')
  await course.getByRole('button', { name: 'Ghi diễn biến ngày' }).click()
  await page.getByText('Mức độ: Nặng · thở ô xy').waitFor()
  await course.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Kết thúc ca' }).click()
  await page.getByRole('dialog').getByLabel(/^Kết cục/).selectOption('recovered')
  await page.getByRole('dialog').getByLabel('Ngày kết cục').fill('20/10/2021')
  await page.getByRole('dialog').getByRole('button', { name: 'Kết thúc ca' }).click()
  await page.getByText('Kết cục: Khỏi bệnh', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Gộp ca trùng' }).click()
  await page.getByRole('radio', { name: new RegExp(reported[1]?.number ?? '') }).check()
  await page.getByRole('dialog').getByLabel('Lý do').fill('Cùng một người')
  await page.getByRole('button', { name: `Gộp vào ca ${reported[1]?.number}` }).click()
  await page.waitForURL(new RegExp(reported[1]?.id ?? ''))
  await page.getByText('Ca đã gộp vào đây:').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('note').getByRole('link', { name: reported[0]?.number ?? '' }).click()
  await page.getByText('Ca này đã được gộp vào ca').waitFor()
  await page.getByRole('button', { name: 'Bỏ gộp' }).click()
  await page.getByRole('dialog').getByLabel('Lý do').fill('Hai người')
  await page.getByRole('dialog').getByRole('button', { name: 'Bỏ gộp' }).click()
  await page.getByText(/đứng lại thành ca riêng/).waitFor()
  await page.close()
})

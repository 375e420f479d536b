import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { launchBrowser, runProduct, violations } from '#tests/kit'

const product = await runProduct()
const browser = await launchBrowser()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
afterAll(async () => {
  await browser.close()
  await product.stop()
})

const post = async (path: string, data: object): Promise<void> => {
  const answer = await context.request.post(`${product.url}${path}`, { headers: { origin: product.url }, data })
  expect([path, answer.status()]).toEqual([path, 200])
}

await post('/api/session', { username: 'admin', password: product.password })
for (let d = 7; d <= 20; d++) {
  await post('/api/figures', {
    area: '91', day: `2021-10-${String(d).padStart(2, '0')}`, source: 'CDC tỉnh', figures: [{ metric: 'cases_new', value: 600 + d }, { metric: 'cases_community', value: 200 }, { metric: 'deaths', value: 3 }],
  })
}

test('from the day to the paper: draft, source of a number, remarks, wording, issue, files, made again, checked by its code; the shell gives the same', async () => {
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${product.url}/bulletins?day=2021-10-20`)
  await page.getByText('Chưa có bản tin nào').waitFor()
  expect(await violations(page)).toEqual([])

  // Wording first: the office writes its own sentence and its own name.
  await page.getByRole('link', { name: 'Mẫu văn bản' }).click()
  const body = page.getByLabel('Nội dung')
  await body.fill('# I. TÌNH HÌNH\nHôm nay có {ca_moi} ca mới, {so_voi_hom_truoc}.\n[[bieu_do]]\n{la_gi}\n? {nhan_xet}: # II. ĐỀ XUẤT\n[[nhan_xet]]\n[[phu_luc_nguon]]')
  await page.getByLabel('Cơ quan ban hành').fill('TRUNG TÂM KIỂM SOÁT BỆNH TẬT')
  await page.getByRole('button', { name: 'Lưu thành bản mới' }).click()
  await page.getByText('Dòng 4: không có trường “la_gi”.').first().waitFor()
  await body.fill((await body.inputValue()).replace('{la_gi}\n', ''))
  await page.getByRole('button', { name: 'Xem trước với số liệu ngày 20/10/2021' }).click()
  await page.getByRole('article').getByText('TRUNG TÂM KIỂM SOÁT BỆNH TẬT').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Lưu thành bản mới' }).click()
  await page.getByText('Đã lưu bản 1.').waitFor()

  // The draft of the day, by its key.
  await page.goto(`${product.url}/bulletins?day=2021-10-20`)
  await page.getByText('Chưa có bản tin nào').waitFor()
  await page.locator('main').focus()
  await page.keyboard.press('n')
  await page.waitForURL(/\/bulletins\/[0-9a-f-]{36}/)
  const paper = page.getByRole('article', { name: 'Xem trước văn bản' })
  await paper.getByText('tăng 1 ca (0,2%) so với ngày trước').waitFor()
  expect(await paper.innerText()).toContain('DỰ THẢO')
  expect(await violations(page)).toEqual([])
  await paper.getByRole('button', { name: '620', exact: true }).click()
  await page.getByText('CDC tỉnh', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Xem số liệu ngày' }).click()
  await page.waitForURL(/\/figures\?.*metrics=cases_new/)
  await page.goBack()
  await paper.waitFor()

  await page.getByLabel('Nhận xét, đề xuất của đơn vị').fill('Đề nghị các huyện báo cáo đúng giờ.')
  await page.getByRole('button', { name: 'Lưu nội dung', exact: true }).click()
  await paper.getByText('Đề nghị các huyện báo cáo đúng giờ.').waitFor()
  await page.getByLabel('Người ký').fill('Nguyễn Văn A')
  await page.getByRole('button', { name: 'Ban hành', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Ban hành' }).click()
  await page.getByText('Đã ban hành số 1.').waitFor()
  await page.getByRole('button', { name: 'Lập lại từ kho lưu' }).click()
  await page.getByRole('region', { name: 'Kết quả lập lại' }).waitFor()
  expect(await page.getByRole('region', { name: 'Kết quả lập lại' }).getByRole('definition').allInnerTexts()).toEqual(['đúng', 'đúng', 'đúng', 'đúng'])
  expect(await violations(page)).toEqual([])
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tải PDF để in' }).click()])
  const saved = readFileSync(await download.path())
  expect(saved.subarray(0, 5).toString()).toBe('%PDF-')

  const code = await page.locator('code').first().innerText()
  await page.goto(`${product.url}/bulletins/check`)
  await page.getByLabel('Mã kiểm tra').fill(code.toLowerCase().replaceAll('-', ' '))
  await page.getByRole('button', { name: 'Kiểm tra', exact: true }).click()
  await page.getByText('Hôm nay có 620(1) ca mới').waitFor()
  expect(await violations(page)).toEqual([])
  await page.close()

  const shell = await product.shell('bulletin', '--on', '2021-10-20', '--out', join(product.folder, 'giay'), '--json')
  expect([shell.code, JSON.parse(shell.text)]).toMatchObject([0, { status: 'issued', number: '1/BC-SYT' }])
  expect(readFileSync(join(product.folder, 'giay', 'daily-2021-10-20.pdf')).equals(saved)).toBe(true)
  expect(statSync(join(product.folder, 'giay', 'daily-2021-10-20.docx')).size).toBeGreaterThan(10_000)
}, 240_000)

import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { launchBrowser, pdfText, runProduct } from '#tests/kit'

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
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', acceptDownloads: true })
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

/** The night's file: sixty people who do not exist, forty of them found "by screening" because the clerk copied a column down. */
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Danh', 'Võ', 'Đặng', 'Bùi', 'Thị']
const GIVEN = ['An', 'Bình', 'Cẩm', 'Dũng', 'Giang', 'Hạnh']
const overnight = (): Buffer => Buffer.from(['Mã ca,Họ và tên,Năm sinh,Giới,Xã/Phường,Huyện,Ngày khởi phát,Ngày báo cáo,Nguồn phát hiện'].concat(
  Array.from({ length: 60 }, (_, n) => [
    `DEM-${n + 1}`, `${FAMILY[n % 10]} Sáng ${GIVEN[Math.floor(n / 10)]}`, 1950 + n, n % 2 === 0 ? 'Nam' : 'Nữ', 'Phường Vĩnh Thanh Vân', 'Rạch Giá', '08/12/2021', '10/12/2021',
    n < 40 ? 'Sàng lọc' : 'Cộng đồng',
  ].join(',')),
).join('\r\n'))
/** The three communes of the morning, each computed one level higher than what stands. */
interface Candidate { readonly area: string; readonly name: string; readonly computedLevel: number | null }
const DECISION = 'QĐ 2990/QĐ-UBND ngày 10/12/2021'

const post = async (page: Page, path: string, data: object): Promise<void> => {
  const answer = await page.request.post(`${product.url}${path}`, { headers: { origin: product.url }, data })
  expect([path, answer.status()]).toEqual([path, 200])
}
const bulk = async (page: Page, field: string, value: string, why: string, count: number): Promise<Locator> => {
  await page.getByRole('checkbox', { name: 'Chọn tất cả' }).check()
  await page.getByRole('button', { name: 'Sửa hàng loạt', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Trường cần sửa').selectOption(field)
  await dialog.getByLabel(/^Giá trị mới/).selectOption(value)
  await dialog.getByText(`${count} sẽ đổi`).waitFor()
  await dialog.getByLabel('Lý do (ghi vào hồ sơ từng ca)').fill(why)
  await dialog.getByRole('button', { name: `Sửa ${count} ca` }).click()
  await dialog.getByText(`Đã sửa ${count} ca`).waitFor()
  return dialog
}

const loaded = await product.shell('demo', 'load', '--cases', '8000', '--json')
const officer = await at('canbo', 'Lê Thị Cán Bộ', 'officer')
const epidemiologist = await at('dichte', 'Trần Thị Dịch Tễ', 'epidemiologist')
const commander = await at('chihuy', 'Nguyễn Văn Chỉ Huy', 'commander')
let raised: readonly Candidate[] = []

test('a made-up season says so on every screen', async () => {
  expect(loaded.code).toBe(0)
  await epidemiologist.getByText('DỮ LIỆU GIẢ LẬP').first().waitFor()
  // A week ago the committee announced three communes one level lower than they are now.
  const { areas } = await epidemiologist.request.get(`${product.url}/api/announcements/candidates?on=2021-12-10`).then((answer) => answer.json()) as { areas: Candidate[] }
  raised = areas.filter(({ computedLevel, name }) => (computedLevel ?? 0) >= 2 && name !== 'Phường Vĩnh Thanh Vân').slice(0, 3)
  expect(raised).toHaveLength(3)
  await post(commander, '/api/levels/published', {
    document: 'QĐ 2900/QĐ-UBND ngày 01/12/2021', effectiveFrom: '2021-12-03', levels: raised.map(({ area, computedLevel }) => ({ area, level: (computedLevel as number) - 1 })),
  })
})

test('the file of the night comes in', async () => {
  const page = epidemiologist
  await page.goto(`${product.url}/imports?day=2021-12-10`)
  expect(await page.getByRole('combobox', { name: 'Tệp có gì' }).inputValue()).toBe('Danh sách ca bệnh')
  await page.getByRole('combobox', { name: 'Nơi gửi' }).fill('TTYT Rạch Giá')
  await page.locator('input[type=file]').setInputFiles({ name: 'ca-dem-09-12.csv', mimeType: 'text/csv', buffer: overnight() })
  await page.getByRole('button', { name: 'Nhập 60 dòng hợp lệ' }).click()
  await page.getByText(/nhận 60/).first().waitFor()
  await page.getByRole('link', { name: 'Xem các ca vừa nhập' }).click()
  await page.getByText('Nguyễn Sáng An').waitFor()
})

test('forty rows are put right at once; a wrong edit of all sixty is given back', async () => {
  const page = officer
  const imported = epidemiologist.url()
  await page.goto(`${imported}&detectionSource=screening`)
  await page.getByText('40 dòng', { exact: true }).waitFor()
  const right = await bulk(page, 'detectionSource', 'community', 'Nguồn phát hiện chép nhầm cột', 40)
  await page.screenshot({ path: join(PICTURES, 'bulk.png') })
  await right.getByRole('button', { name: 'Đóng' }).last().click()
  await page.goto(`${imported}&detectionSource=community`)
  await page.getByText('60 dòng', { exact: true }).waitFor()
  const wrong = await bulk(page, 'diagnosis', 'suspected', 'Chọn nhầm', 60)
  await wrong.getByRole('button', { name: 'Đóng' }).last().click()
  await page.goto(`${imported}&diagnosis=suspected`)
  await page.getByText('60 dòng', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Các lần sửa hàng loạt' }).click()
  await page.getByRole('region', { name: /^Sửa hàng loạt/ }).first().getByRole('button', { name: 'Hoàn tác' }).click()
  await page.getByText('Đã hoàn tác 60 ca.').waitFor()
  await page.goto(`${imported}&diagnosis=confirmed&detectionSource=community`)
  await page.getByText('60 dòng', { exact: true }).waitFor()
})

test('a threshold is amended in the table; which communes would change is seen before', async () => {
  const page = epidemiologist
  await page.goto(`${product.url}/rulebooks/qd-4800-2021`)
  await page.getByRole('button', { name: 'Soạn sửa đổi' }).click()
  await page.getByRole('button', { name: 'Bắt đầu soạn' }).click()
  await page.waitForURL(/\/rulebooks\/drafts\/[0-9a-f-]{36}/)
  const table = page.getByRole('region', { name: 'Mức của tiêu chí 1: ca mắc mới tại cộng đồng' })
  for (const [row, words] of [[2, 'từ 20 đến dưới 35'], [3, 'từ 35 đến dưới 150']] as const) {
    const cell = table.getByRole('textbox', { name: `Dòng ${row}, Ca mắc mới tại cộng đồng /100.000 dân/tuần` })
    await cell.fill(words)
    await cell.press('Enter')
  }
  await page.getByText('Bảng đầy đủ, không chồng lấn').waitFor()
  await page.getByRole('tab', { name: 'Xem trước tác động' }).click()
  await page.getByRole('row', { name: /dòng 2 → dòng 3/ }).first().waitFor()
  await page.getByText(/[1-9]\d* xã đổi cấp độ/).waitFor()
  await page.screenshot({ path: join(PICTURES, 'amended.png') })
})

test('three communes are proposed to be raised; who proposed does not confirm', async () => {
  const page = epidemiologist
  await page.goto(`${product.url}/announcements/new?day=2021-12-10`)
  for (const { name } of raised) await page.getByRole('checkbox', { name: `Chọn ${name}`, exact: true }).first().check()
  await page.getByLabel('Ghi chú của người đề xuất').fill('Họp giao ban sáng 10/12')
  await page.screenshot({ path: join(PICTURES, 'announcement-new.png') })
  await page.getByRole('button', { name: /^Đề xuất 3 địa bàn/ }).click()
  await page.getByRole('heading', { name: 'Công bố cấp độ ngày 10/12/2021' }).waitFor()
  const confirm = page.getByRole('button', { name: /^Xác nhận/ })
  expect(await confirm.getAttribute('aria-disabled')).toBe('true')
})

test('the commander confirms and publishes, not before the public has had 48 hours', async () => {
  const page = commander
  await page.goto(`${product.url}/announcements`)
  await page.getByRole('row', { name: /chờ xác nhận/ }).first().click()
  await page.getByRole('button', { name: 'Xác nhận', exact: true }).click()
  await page.getByText('Xác nhận: Nguyễn Văn Chỉ Huy', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Công bố', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Công bố cấp độ dịch' })
  const told = dialog.getByLabel('Thời điểm đã thông báo cho dân')
  await dialog.getByLabel('Văn bản').fill(DECISION)
  await told.fill('31/02/2021')
  await dialog.getByText('Ghi theo dạng 17:00 20/11/2021.').waitFor()
  await told.fill('17:00 11/12/2021')
  await dialog.getByRole('button', { name: 'Công bố', exact: true }).click()
  await dialog.getByText(/48 giờ/).waitFor()
  await told.fill('17:00 10/12/2021')
  await dialog.getByRole('button', { name: 'Công bố', exact: true }).click()
  await page.getByText(DECISION, { exact: false }).first().waitFor()
  await page.screenshot({ path: join(PICTURES, 'announcement.png') })
  expect(await page.getByRole('button', { name: 'Rút đề xuất' }).count()).toBe(0)
})

test('the bulletin of the day says what the desk shows; its PDF is opened and read', async () => {
  const page = officer
  await page.goto(`${product.url}/?day=2021-12-10`)
  const figure = (term: string): Promise<string> =>
    page.locator('dl > div').filter({ has: page.getByText(term, { exact: true }) }).getByRole('link').first().innerText()
  await page.getByText('Ca mới trong ngày', { exact: true }).waitFor()
  const [day, week] = [await figure('Ca mới trong ngày'), await figure('Ca mới 7 ngày')]
  expect(Number(day)).toBeGreaterThan(59)
  await page.goto(`${product.url}/bulletins?day=2021-12-10`)
  await page.getByText('Chưa có bản tin nào').waitFor()
  await page.locator('main').focus()
  await page.keyboard.press('n')
  await page.getByRole('article', { name: 'Xem trước văn bản' }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tải PDF để in' }).click()])
  const file = join(PICTURES, 'bulletin.pdf')
  await download.saveAs(file)
  const text = pdfText(readFileSync(file))
  expect(text).toContain('Từ 18 giờ 00 ngày 09/12/2021 đến 18 giờ 00 ngày 10/12/2021')
  expect(text).toMatch(new RegExp(`ghi nhận ${day} \\(1\\) ca mắc mới`))
  expect(text).toMatch(new RegExp(`Trong 7 ngày .* có ${week} \\(\\d+\\) ca mắc`))
  expect(text).toContain('DỮ LIỆU GIẢ LẬP')
  // The browser of the journey shows the paper as a reader sees it.
  const viewer = await browser.newPage({ viewport: { width: 860, height: 1200 } })
  const shown = await viewer.goto(`file://${file}#toolbar=0&navpanes=0`).then(() => true, () => false)
  if (!shown) return console.log('this Chromium shows no PDF: its picture was not made')
  const picture = () => viewer.screenshot({ path: join(PICTURES, 'bulletin.png') })
  await expect.poll(async () => (await picture()).length, { timeout: 30_000, interval: 500 }).toBeGreaterThan(100_000)
  await viewer.close()
})

test('a week later a correction comes: both truths are shown', async () => {
  const { area, name } = raised[0] as Candidate
  await officer.goto(`${product.url}/figures?day=2021-12-09&area=${area}&metrics=cases_community`)
  const cell = officer.getByRole('row', { name: new RegExp(name) }).getByRole('gridcell').last()
  await cell.click()
  await expect.poll(() => cell.evaluate((one) => one === document.activeElement)).toBe(true)
  await officer.keyboard.type('19')
  await officer.keyboard.press('Enter')
  await officer.keyboard.press('Control+s')
  await officer.getByText(/^Đã gửi 1 ô/).waitFor()
  const page = epidemiologist
  await page.goto(`${product.url}/levels/${area}?day=2021-12-13&area=${area}`)
  const truths = page.getByRole('region', { name: 'Như đã biết khi đó và như đã sửa nay' })
  await truths.getByText(DECISION, { exact: false }).waitFor()
  await truths.getByRole('row', { name: /Ca mắc mới tại cộng đồng/ }).waitFor()
  await page.getByRole('heading', { name: /^Biện pháp đang áp dụng ở cấp/ }).waitFor()
  await truths.scrollIntoViewIfNeeded()
  await page.screenshot({ path: join(PICTURES, 'truths.png') })
})

test('nothing broke on the way', () => {
  expect(faults).toEqual([])
})

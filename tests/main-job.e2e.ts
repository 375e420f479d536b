import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { read, utils, write } from '@e965/xlsx'
import { afterAll, expect, test } from 'vitest'
import { launchBrowser, runProduct, violations } from '#tests/kit'
import { messyLineList } from './messy-line-list.ts'

/** Pictures of the journey, for the documents. */
const PICTURES = resolve(import.meta.dirname, '../dist/pictures')
mkdirSync(PICTURES, { recursive: true })

const product = await runProduct()
const browser = await launchBrowser()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', acceptDownloads: true })
const page = await context.newPage()
page.setDefaultTimeout(60_000)
const faults: string[] = []
page.on('pageerror', (error) => faults.push(String(error)))
afterAll(async () => {
  await browser.close()
  await product.stop()
})

const picture = (name: string): Promise<Buffer> => page.screenshot({ path: join(PICTURES, `${name}.png`) })


test('an epidemiologist signs in, in Vietnamese', async () => {
  await page.goto(product.url)
  expect(await page.locator('html').getAttribute('lang')).toBe('vi')
  await page.getByLabel('Tên đăng nhập').fill('admin')
  await page.getByLabel('Mật khẩu', { exact: true }).fill('sai-mat-khau')
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByText('Tên đăng nhập hoặc mật khẩu không đúng.').waitFor()
  await page.getByLabel('Mật khẩu', { exact: true }).fill(product.password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Tình hình dịch/ }).waitFor()
})

test('enters the day’s figures by keyboard, and loses none with the network', async () => {
  await page.goto(`${product.url}/figures?day=2021-10-20`)
  const grid = page.getByRole('grid')
  await grid.waitFor()
  const cell = page.getByRole('row', { name: /Phường Vĩnh Thanh Vân/ }).getByRole('gridcell').nth(1)
  await cell.click()
  await expect.poll(() => cell.evaluate((one) => one === document.activeElement)).toBe(true)
  await page.keyboard.type('3')
  await page.keyboard.press('Tab')
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  await picture('figures')
  // The network goes away in the middle: what was typed stays, and is sent when it is back.
  await context.setOffline(true)
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: 'Thử lại' }).waitFor()
  await page.getByText(/2 ô chưa gửi, đã lưu trên máy này/).waitFor()
  await context.setOffline(false)
  await page.keyboard.press('Control+s')
  await page.getByText(/^Đã gửi 2 ô/).waitFor()
  const shown = await product.shell('assess', '--on', '2021-10-20', '--area', '30730', '--json')
  expect((JSON.parse(shown.text) as { inputs: { community_cases_rate: { missingDays: number } } }[])[0]?.inputs.community_cases_rate.missingDays).toBe(6)
})

test('imports a messy workbook, sees every fault, chooses the place, fixes the refused rows', async () => {
  await page.goto(`${product.url}/imports?day=2021-10-20`)
  await page.getByRole('combobox', { name: 'Nơi gửi' }).fill('TTYT Rạch Giá')
  await page.locator('input[type=file]').setInputFiles({ name: 'ca-benh-20-10.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: messyLineList() })
  await page.getByRole('heading', { name: 'ca-benh-20-10.xlsx' }).waitFor()
  await page.getByText(/từ chối \d/).first().waitFor()
  await page.getByText('Những tên này có ở nhiều nơi').waitFor()
  await picture('import')
  const choice = page.getByRole('combobox', { name: '“Xã Bình An” là địa bàn nào' })
  await choice.click()
  await page.getByRole('option', { name: /Bình An/ }).first().click()
  await page.getByRole('button', { name: /Nhập 4 dòng hợp lệ/ }).click()
  await page.getByText(/nhận 4/).first().waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /dòng lỗi \(XLSX\)/ }).click()])
  const file = join(PICTURES, '..', 'bad-rows.xlsx')
  await download.saveAs(file)

  const book = read(readFileSync(file))
  const sheet = book.Sheets[book.SheetNames[0] as string] as NonNullable<(typeof book.Sheets)[string]>
  const rows = utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: false })
  const text = JSON.stringify(rows)
  for (const reason of ['RG-005', 'RG-006', 'RG-007', 'RG-009']) expect(text).toContain(reason)
  // The office corrects the day written with two digits and sends the same workbook again.
  for (const address of Object.keys(sheet)) {
    const cell = sheet[address] as { v?: unknown; w?: string; t?: string }
    if (cell.v === '18/10/21') Object.assign(cell, { v: '18/10/2021', w: '18/10/2021', t: 's' })
  }
  writeFileSync(file, write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  await page.goto(`${product.url}/imports?day=2021-10-20`)
  await page.getByRole('combobox', { name: 'Nơi gửi' }).fill('TTYT Rạch Giá')
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: /Nhập 1 dòng hợp lệ/ }).click()
  await page.getByText(/nhận 1/).first().waitFor()
  await page.getByRole('link', { name: 'Xem các ca vừa nhập' }).click()
  await page.getByText('Huỳnh Văn Tài').waitFor()
})

test('a wrong file is refused in words, and nothing is lost', async () => {
  await page.goto(`${product.url}/imports`)
  await page.locator('input[type=file]').setInputFiles({ name: 'anh.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') })
  await page.getByText(/không phải (là )?(bảng tính|tệp bảng)/i).first().waitFor()
})

test('sees the registry, searches without tones, opens a case', async () => {
  await page.goto(`${product.url}/cases?day=2021-10-20`)
  await page.getByPlaceholder(/^Tên \(không cần dấu\)/).fill('sa ruol')
  await page.getByText('Danh Thị Sà Rươl').waitFor()
  await picture('cases')
  await page.getByText('Danh Thị Sà Rươl').click()
  await page.getByRole('heading', { name: /Danh Thị Sà Rươl/ }).waitFor()
  await page.goBack()
  await page.getByText('Danh Thị Sà Rươl').waitFor()
})

test('sees the map and the table, and asks why', async () => {
  const figures = (await product.shell('demo', 'load', '--cases', '4000', '--json')).code
  expect(figures).toBe(0)
  await page.goto(`${product.url}/levels?day=2021-10-20`)
  await page.getByText('144 xã:').waitFor()
  await page.locator('[data-drawn]').waitFor({ timeout: 60_000 })
  await page.waitForTimeout(3_000)
  await picture('levels')
  expect(await violations(page)).toEqual([])
  await page.getByPlaceholder(/Tìm địa bàn/).fill('vinh thanh van')
  await page.getByRole('row', { name: /Vĩnh Thanh Vân/ }).first().click()
  await page.getByRole('heading', { name: /Phường Vĩnh Thanh Vân/ }).waitFor()
  await page.getByText('Số liệu đã dùng').waitFor()
  await picture('why')
  expect(await violations(page)).toEqual([])
})

test('reads the rulebook, and the same in English', async () => {
  await page.goto(`${product.url}/rulebooks/qd-4800-2021`)
  await page.getByText('chưa xác nhận').first().waitFor()
  await picture('rulebook')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('button', { name: 'Tiếng Việt' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.getByRole('button', { name: 'Tiếng Việt' }).click()
})

test('on a phone the same pages fit', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/levels?day=2021-10-20', '/cases', '/figures?day=2021-10-20', '/imports']) {
    await page.goto(product.url + path)
    await page.getByRole('heading').first().waitFor()
    await page.waitForTimeout(1_500)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect([path, wide]).toEqual([path, 0])
    await picture(`phone${path.split('?')[0]?.replaceAll('/', '-')}`)
  }
})

test('nothing broke on the way', () => {
  expect(faults).toEqual([])
})

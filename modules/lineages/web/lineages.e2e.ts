import { afterAll, expect, test } from 'vitest'
import { addDays, day } from '#base'
import { launchBrowser, runProduct, violations } from '#tests/kit'

const product = await runProduct()
const browser = await launchBrowser()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
const page = await context.newPage()
page.setDefaultTimeout(45_000)
const faults: string[] = []
page.on('pageerror', (error) => faults.push(String(error)))
afterAll(async () => {
  await browser.close()
  await product.stop()
})

const entered = await context.request.post(`${product.url}/api/session`, { headers: { origin: product.url }, data: { username: 'admin', password: product.password } })
expect(entered.status()).toBe(200)

const ON = day('2021-10-12')
/** Eight weeks in which one lineage replaces another, as Nextclade writes them for an office that added the last columns. */
const nextclade = (): string => [
  '\ufeffindex;seqName;clade;Nextclade_pango;clade_who;qc.overallStatus;substitutions;Ngày lấy mẫu;Huyện',
  ...Array.from({ length: 56 }, (_, n) => n).flatMap((n) => {
    const share = 1 / (1 + 12 * Math.exp(-0.09 * n))
    return Array.from({ length: 6 }, (_, k) => `${n * 6 + k};KG-${n}-${k};${(k + 0.5) / 6 < share ? '21J;AY.57;Delta' : '20A;B.1.36;'};good;"C241T,C3037T";${addDays(ON, n - 55)};${k % 2 ? 'Rạch Giá' : 'Phú Quốc'}`)
  }),
  '999;KG-khong-ngay;21J;AY.57;Delta;good;;;Rạch Giá',
].join('\r\n')

const send = async (kind: string, name: string, content: string): Promise<void> => {
  await page.goto(`${product.url}/imports?kind=${kind}&sender=Viện Pasteur&day=2021-10-12`)
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
}

test('an empty desk says what to bring; a wrong file is refused in words; a file of Nextclade is previewed, imported, and seen as shares and growth', async () => {
  await page.goto(`${product.url}/lineages?day=2021-10-12`)
  await page.getByText('Chưa có trình tự nào của địa bàn này trong 12 tuần này').waitFor()
  const [template] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Tải tệp mẫu (CSV)' }).click()])
  expect(template.suggestedFilename()).toBe('mau-bien-the.csv')
  await page.getByRole('button', { name: 'Nhập tệp biến thể' }).click()
  await page.getByRole('combobox', { name: 'Tệp có gì' }).waitFor()
  expect(await page.getByRole('combobox', { name: 'Tệp có gì' }).inputValue()).toBe('Kết quả biến thể (Nextclade, pangolin)')

  await send('lineages', 'ca-benh.csv', 'Họ tên,Tuổi,Địa chỉ\nNguyễn Văn An,45,Rạch Giá\n')
  await page.getByText('Chưa biết cột nào ghi: Mã trình tự', { exact: false }).first().waitFor()
  await send('lineages', 'anh.csv', '%PDF-1.7')
  await page.getByText('Tệp này không phải là bảng tính.', { exact: false }).waitFor()

  await send('lineages', 'nextclade.csv', nextclade())
  await page.getByRole('heading', { name: 'nextclade.csv' }).waitFor()
  await page.getByText(/từ chối 1/).first().waitFor()
  await page.getByRole('tab', { name: 'Danh sách lỗi' }).click()
  await page.getByText('KG-khong-ngay: không có ngày lấy mẫu.', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Nhập 336 dòng hợp lệ' }).click()
  await page.getByRole('link', { name: 'Xem biến thể' }).click()

  await page.getByText('336 trình tự được tính vào tỷ lệ.', { exact: false }).waitFor()
  const behind = page.locator('figure').filter({ hasText: 'Tỷ lệ các biến thể theo tuần' }).locator('table')
  await expect.poll(() => behind.locator('tbody tr').count(), { timeout: 30_000 }).toBe(12)
  expect((await behind.locator('tbody tr').last().innerText()).split('\t').slice(0, 2)).toEqual(['12/10/2021', '42'])
  const weeks = page.getByRole('table', { name: 'Tỷ lệ theo tuần, khoảng 95 %', exact: true })
  await weeks.getByRole('columnheader', { name: 'AY.57' }).waitFor()

  const reference = page.getByRole('combobox', { name: 'So tăng trưởng với' })
  await reference.click()
  await page.getByRole('option', { name: 'B.1.36' }).click()
  await page.waitForURL(/reference=B\.1\.36/)
  await page.getByText(/^AY\.57 tăng nhanh hơn B\.1\.36: mỗi tuần tỷ số giữa hai dòng nhân 1,\d/).waitFor()
  await page.getByRole('link', { name: 'Thành phố Rạch Giá' }).waitFor()
  expect(await violations(page)).toEqual([])
  const csv = await context.request.get(`${product.url}${await page.getByRole('link', { name: 'Tải tỷ lệ theo tuần (CSV)' }).getAttribute('href')}`)
  expect((await csv.text()).split('\r\n').at(-2)).toMatch(/^91,Tỉnh Kiên Giang,2021-10-06,2021-10-12,Khác,0,42,0,0,/)

  const scheme = page.getByRole('combobox', { name: 'Gọi tên theo' })
  await scheme.click()
  await page.getByRole('option', { name: 'Nhánh Nextstrain' }).click()
  await weeks.getByRole('columnheader', { name: '21J' }).waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.setViewportSize({ width: 1440, height: 900 })
  expect(faults).toEqual([])
})

test('a serosurvey is imported and read by age, as measured and corrected', async () => {
  await page.goto(`${product.url}/lineages/serology?day=2021-10-12`)
  await page.getByText('Chưa có khảo sát huyết thanh nào của địa bàn này đến ngày 12/10/2021').waitFor()
  await send('serology', 'huyet-thanh.csv', [
    'Đợt khảo sát;Huyện;Từ ngày;Đến ngày;Nhóm tuổi;Số xét nghiệm;Số dương tính;Sinh phẩm;Độ nhạy;Số mẫu chứng dương;Độ đặc hiệu;Số mẫu chứng âm',
    'KG tháng 10;Rạch Giá;01/10/2021;05/10/2021;0-19;400;30;ELISA;178/179;;358/359;', 'KG tháng 10;Rạch Giá;01/10/2021;05/10/2021;20-59;600;90;ELISA;178/179;;358/359;',
    'KG tháng 10;Phú Quốc;01/10/2021;05/10/2021;60+;300;45;ELISA;178/179;;358/359;', 'KG tháng 10;Phú Quốc;01/10/2021;05/10/2021;60+;10;45;ELISA;178/179;;358/359;',
  ].join('\n'))
  await page.getByText(/từ chối 1/).first().waitFor()
  await page.getByRole('button', { name: 'Nhập 3 dòng hợp lệ' }).click()
  await page.getByRole('link', { name: 'Xem khảo sát huyết thanh' }).click()
  await page.getByText('165/1.300 người dương tính', { exact: false }).waitFor()
  await page.getByText(/Hiệu chỉnh theo sinh phẩm: 12,\d/).waitFor()
  const ages = page.getByRole('table', { name: 'Theo nhóm tuổi', exact: true })
  await expect.poll(() => ages.getByRole('row').count(), { timeout: 30_000 }).toBe(5)
  await ages.getByRole('row', { name: /^60\+ 300 45/ }).waitFor()
  await page.getByText('ELISA: độ nhạy 99,4', { exact: false }).waitFor()
  expect(await violations(page)).toEqual([])
  expect(faults).toEqual([])
})

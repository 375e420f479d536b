import { dayNumber, fromDayNumber, provinceDay, provinceTime, vietnameseDate, type Instant, type PlainDate } from '#base'
import type { Words } from '#platform/documents'
import type { Fact } from './figures.ts'

/** Numbers of a document do not follow the machine: points between thousands, comma before decimals. Example: `whole(12345) === '12.345'`. */
export const whole = (n: number): string => {
  const digits = String(Math.abs(Math.round(n)))
  return `${n < 0 ? '−' : ''}${digits.replace(/\B(?=(\d{3})+$)/g, '.')}`
}

/** Example: `decimal(8.52, 1) === '8,5'`. */
export const decimal = (n: number, digits: number): string => {
  const scaled = Math.round(Math.abs(n) * 10 ** digits)
  const fraction = String(scaled % 10 ** digits).padStart(digits, '0')
  return `${n < 0 && scaled > 0 ? '−' : ''}${whole(Math.floor(scaled / 10 ** digits))}${digits > 0 ? `,${fraction}` : ''}`
}

/** An instant on the province's clock, in a sentence: `18:42 ngày 20/10/2021`. */
export const clockTime = (at: Instant): string => `${provinceTime(at)} ngày\u00a0${vietnameseDate(provinceDay(at))}`

/** The same in a cell: `20/10/2021 18:42`. */
export const stamp = (at: Instant): string => `${vietnameseDate(provinceDay(at))} ${provinceTime(at)}`

/** The hour a day closes: `18 giờ 00 ngày 20/10/2021`. */
export const closingTime = (on: PlainDate, hour: number): string => `${String(hour).padStart(2, '0')} giờ 00 ngày\u00a0${vietnameseDate(on)}`

/** A day before another, without leaving the calendar. */
export const dayBefore = (on: PlainDate): PlainDate => fromDayNumber(dayNumber(on) - 1)

/** A unit in the middle of a sentence: `thành phố Rạch Giá`. */
export const inSentence = (name: string): string => name.charAt(0).toLocaleLowerCase('vi') + name.slice(1)

/** A number in a sentence; what is missing is said, never a zero. */
export const numberWords = (fact: Fact | undefined, key: string): Words => {
  if (!fact) return [{ text: 'chưa có số liệu' }]
  if (fact.value !== null) return [{ text: whole(fact.value), fact: key }, ...(fact.estimated ? [{ text: ' (ước tính)' }] : [])]
  if (fact.atLeast !== null) return [{ text: `ít nhất ${whole(fact.atLeast)}`, fact: key }, { text: ' (chưa đủ số liệu)' }]
  return [{ text: 'chưa có số liệu', fact: key }]
}

/** A number in a table: `≥` where some of it is missing, a dash where nothing is known. */
export const numberCell = (fact: Fact | undefined, key: string): Words => {
  if (!fact || (fact.value === null && fact.atLeast === null)) return [{ text: '–', ...(fact ? { fact: key } : {}) }]
  return [{ text: fact.value === null ? `≥ ${whole(fact.atLeast as number)}` : `${fact.estimated ? '≈ ' : ''}${whole(fact.value)}`, fact: key }]
}

/** How a count stands to an earlier one: `tăng 48 ca (8,5%)`. Nothing is compared with what is not known. */
export const comparison = (now: Fact | undefined, before: Fact | undefined, against: string): string => {
  if (!now || !before || now.value === null || before.value === null) return `chưa đủ số liệu để so với ${against}`
  const change = now.value - before.value
  if (change === 0) return `bằng ${against}`
  const share = before.value > 0 ? ` (${decimal((Math.abs(change) / before.value) * 100, 1)}%)` : ''
  return `${change > 0 ? 'tăng' : 'giảm'} ${whole(Math.abs(change))} ca${share} so với ${against}`
}

/** The change in a cell: `+8,5%`; `mới` where there was none before. */
export const changeCell = (now: Fact | undefined, before: Fact | undefined): string => {
  if (!now || !before || now.value === null || before.value === null) return '–'
  if (before.value === 0) return now.value === 0 ? '0' : 'mới'
  const change = ((now.value - before.value) / before.value) * 100
  return `${change > 0 ? '+' : ''}${decimal(change, Math.abs(change) < 100 ? 1 : 0)}%`
}

export const ORIGINS: Readonly<Record<string, string>> = {
  figures: 'số liệu báo cáo', registry: 'danh sách ca bệnh', sum_of_parts: 'cộng từ cấp dưới', reference: 'dân số tham chiếu', inherited: 'theo cấp trên',
  assessment: 'kết quả đánh giá',
}

export const METRICS: Readonly<Record<string, string>> = {
  cases_new: 'Ca mắc mới', cases_community: 'Ca mắc mới trong cộng đồng', deaths: 'Ca tử vong',
}

import { addDays, vietnameseDate, type PlainDate } from '#base'

/** A seeded source of numbers in 0…1 (mulberry32, T. Ettinger 2017): the same seed gives the same people on every machine. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý', 'Danh', 'Thị', 'Lâm', 'Châu', 'Mai']
const MIDDLE = { male: ['Văn', 'Hữu', 'Minh', 'Quốc', 'Thanh', 'Hoàng', 'Công', 'Đức', 'Chí', 'Nhật'], female: ['Thị', 'Ngọc', 'Thị Kim', 'Thị Mỹ', 'Bích', 'Thị Thu', 'Hồng', 'Thị Cẩm', 'Như', 'Diễm'] }
const GIVEN = {
  male: ['An', 'Bảo', 'Cường', 'Dũng', 'Đạt', 'Hải', 'Hùng', 'Khang', 'Khánh', 'Long', 'Lợi', 'Nam', 'Nghĩa', 'Phát', 'Phúc', 'Quân', 'Sơn', 'Tài', 'Tâm', 'Thắng', 'Thịnh', 'Toàn', 'Trí', 'Tuấn', 'Vinh'],
  female: ['Anh', 'Chi', 'Diệu', 'Dung', 'Giang', 'Hà', 'Hạnh', 'Hiền', 'Hoa', 'Hương', 'Lan', 'Liên', 'Linh', 'Loan', 'Mai', 'My', 'Nga', 'Ngân', 'Nhung', 'Phượng', 'Quyên', 'Thảo', 'Trang', 'Tuyền', 'Yến'],
}
const SOURCES = ['Cộng đồng', 'Truy vết', 'Khu cách ly', 'Khu phong tỏa', 'Sàng lọc', 'Cơ sở y tế'] as const
const SEVERITIES = ['Không triệu chứng', 'Nhẹ', 'Trung bình', 'Nặng', 'Nguy kịch'] as const

/** A commune people live in. */
export interface SyntheticCommune {
  readonly code: string
  readonly name: string
  readonly district: string
  /** Persons; communes get cases in proportion. */
  readonly population: number
}

export interface SyntheticSeason {
  readonly communes: readonly SyntheticCommune[]
  readonly count: number
  readonly seed: number
  readonly from: PlainDate
  /** Length of the season. Unit: days. */
  readonly days: number
}

/** Header of the line list, as an office would write it. */
export const SYNTHETIC_HEADER = [
  'Mã ca', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD', 'Điện thoại', 'Huyện', 'Xã/Phường', 'Ngày khởi phát', 'Ngày báo cáo', 'Nguồn phát hiện', 'Mức độ',
] as const

/**
 * A line list of people who do not exist: names, ages, communes by population, an epidemic that rises and falls over the season,
 * report one to six days after onset. Rows in order of the case number; one array a row, as in `SYNTHETIC_HEADER`.
 */
export function* syntheticCases({ communes, count, seed, from, days }: SyntheticSeason): Generator<readonly string[]> {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const bounds: number[] = []
  let people = 0
  for (const { population } of communes) bounds.push((people += population))
  const commune = (): SyntheticCommune => {
    const at = random() * people
    let low = 0
    let high = bounds.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((bounds[middle] as number) <= at) low = middle + 1
      else high = middle
    }
    return communes[low] as SyntheticCommune
  }
  for (let n = 1; n <= count; n++) {
    const sex = random() < 0.5 ? 'male' : 'female'
    const home = commune()
    // The sum of two uniform numbers peaks in the middle of the season.
    const reported = addDays(from, Math.floor(((random() + random()) / 2) * days))
    const onset = addDays(reported, -1 - Math.floor(random() * 6))
    const year = 1930 + Math.floor(random() * 90)
    const born = `${String(1 + Math.floor(random() * 28)).padStart(2, '0')}/${String(1 + Math.floor(random() * 12)).padStart(2, '0')}/${year}`
    const century = (year < 2000 ? 0 : 2) + (sex === 'male' ? 0 : 1)
    yield [
      `GL${seed}-${n}`, `${pick(FAMILY)} ${pick(MIDDLE[sex])} ${pick(GIVEN[sex])}`, born, sex === 'male' ? 'Nam' : 'Nữ',
      `091${century}${String(year % 100).padStart(2, '0')}${String(n % 1_000_000).padStart(6, '0')}`, `09${String(Math.floor(random() * 1e8)).padStart(8, '0')}`,
      home.district, home.name, vietnameseDate(onset), vietnameseDate(reported), pick(SOURCES), pick(SEVERITIES),
    ]
  }
}

/** A row of CSV; none of our values holds a quote. */
export const csvLine = (cells: readonly string[]): string => `${cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\n`

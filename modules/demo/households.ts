import type { PlainDate } from '#base'
import { seeded, sumsOf, indexIn } from './seeded.ts'

/** A commune people live in. */
export interface SyntheticCommune {
  readonly code: string
  readonly name: string
  readonly district: string
  /** Persons; communes get households in proportion. */
  readonly population: number
}

export interface SyntheticPerson {
  readonly fullName: string
  readonly bornOn: PlainDate
  readonly sex: 'male' | 'female'
  /** Twelve digits that agree with province, sex and year of birth. */
  readonly nationalId: string
  readonly phone: string
}

export interface Household {
  readonly commune: SyntheticCommune
  readonly address: string
  readonly members: readonly SyntheticPerson[]
}

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý', 'Danh', 'Thị', 'Lâm', 'Châu', 'Mai']
const MIDDLE = { male: ['Văn', 'Hữu', 'Minh', 'Quốc', 'Thanh', 'Hoàng', 'Công', 'Đức', 'Chí', 'Nhật'], female: ['Thị', 'Ngọc', 'Thị Kim', 'Thị Mỹ', 'Bích', 'Thị Thu', 'Hồng', 'Thị Cẩm', 'Như', 'Diễm'] }
const GIVEN = {
  male: ['An', 'Bảo', 'Cường', 'Dũng', 'Đạt', 'Hải', 'Hùng', 'Khang', 'Khánh', 'Long', 'Lợi', 'Nam', 'Nghĩa', 'Phát', 'Phúc', 'Quân', 'Sơn', 'Tài', 'Tâm', 'Thắng', 'Thịnh', 'Toàn', 'Trí', 'Tuấn', 'Vinh'],
  female: ['Anh', 'Chi', 'Diệu', 'Dung', 'Giang', 'Hà', 'Hạnh', 'Hiền', 'Hoa', 'Hương', 'Lan', 'Liên', 'Linh', 'Loan', 'Mai', 'My', 'Nga', 'Ngân', 'Nhung', 'Phượng', 'Quyên', 'Thảo', 'Trang', 'Tuyền', 'Yến'],
}
const STREETS = ['Nguyễn Trung Trực', 'Trần Phú', 'Lạc Hồng', 'Mạc Cửu', 'Ngô Quyền', 'Quang Trung', 'Tổ 3', 'Tổ 7', 'Tổ 12']
/** Households of one to seven, about 3.6 persons on average as in the census of 2019; the shares themselves are made up. */
const SIZES = sumsOf([0.11, 0.18, 0.2, 0.24, 0.14, 0.08, 0.05])
/** Members a household may have: a person's number is the household's, times this, plus the place in it. */
export const MOST_MEMBERS = 8
const PERSONS_A_HOUSEHOLD = 3.56
/** Provinces (as personal numbers begin) that the first, second, … million persons are registered in: so no two have the same number. */
const BORN_IN = ['091', '089', '092', '093', '094', '095', '096', '087', '086', '084', '083', '082', '080', '079', '077', '075', '074', '072', '070', '068'] as const
/** Ages are those of the end of 2020: nobody is born after the season has begun. */
const YEAR = 2020

const two = (n: number): string => String(n).padStart(2, '0')

/**
 * A population that exists only as its seed: any household can be asked for, is always the same, and nothing is held in memory. Households of a
 * commune have consecutive numbers.
 */
export class Households {
  readonly #seed: number
  readonly #communes: readonly SyntheticCommune[]
  readonly #bounds: Float64Array
  readonly count: number

  constructor(communes: readonly SyntheticCommune[], persons: number, seed: number) {
    this.#seed = seed
    this.#communes = communes
    this.count = Math.max(communes.length, Math.ceil(persons / PERSONS_A_HOUSEHOLD))
    const people = communes.reduce((sum, { population }) => sum + population, 0)
    this.#bounds = sumsOf(communes.map(({ population }) => (population / people) * this.count))
  }

  /** A household of a commune, chosen by a number in 0…1. */
  in(commune: number, at: number): number {
    const from = commune === 0 ? 0 : Math.ceil(this.#bounds[commune - 1] as number)
    const to = Math.max(from + 1, Math.ceil(this.#bounds[commune] as number))
    return Math.min(this.count - 1, from + Math.floor(at * (to - from)))
  }

  /** How many live in it. */
  sizeOf(number: number): number {
    return indexIn(SIZES, this.#random(number)()) + 1
  }

  #random(number: number): () => number {
    return seeded(Math.imul(this.#seed + 1, 0x9e37_79b1) ^ Math.imul(number + 1, 0x85eb_ca6b))
  }

  household(number: number): Household {
    const random = this.#random(number)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    const size = indexIn(SIZES, random()) + 1
    const family = pick(FAMILY)
    const headAge = 22 + Math.floor(random() * 50)
    const members = Array.from({ length: size }, (_, place): SyntheticPerson => {
      const partner = place === 1 && size > 1
      const elder = size >= 5 && place === size - 1
      const age = place === 0 ? headAge : partner ? Math.max(19, headAge - 4 + Math.floor(random() * 8)) : elder ? Math.min(96, headAge + 20 + Math.floor(random() * 12))
        // Nobody is born during a season: an illness does not come before a birth.
        : Math.max(1, headAge - 20 - Math.floor(random() * 14))
      const sex = random() < 0.5 ? 'male' : 'female'
      const year = YEAR - age
      const century = (year < 2000 ? 0 : 2) + (sex === 'male' ? 0 : 1)
      const id = number * MOST_MEMBERS + place
      return {
        fullName: `${partner || elder ? pick(FAMILY) : family} ${pick(MIDDLE[sex])} ${pick(GIVEN[sex])}`,
        bornOn: `${year}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}` as PlainDate,
        sex, nationalId: `${BORN_IN[Math.floor(id / 1_000_000) % BORN_IN.length]}${century}${two(year % 100)}${String(id % 1_000_000).padStart(6, '0')}`, phone: `09${String(Math.floor(random() * 1e8)).padStart(8, '0')}`,
      }
    })
    return { commune: this.#communes[indexIn(this.#bounds, number)] as SyntheticCommune, address: `Số ${1 + Math.floor(random() * 300)}, ${pick(STREETS)}`, members }
  }
}

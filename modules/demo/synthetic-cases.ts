import { addDays, daysBetween, vietnameseDate, type PlainDate } from '#base'
import { Households, MOST_MEMBERS, type SyntheticCommune, type SyntheticPerson } from './households.ts'
import { indexIn, seeded, sumsOf } from './seeded.ts'

export interface SyntheticSeason {
  readonly communes: readonly SyntheticCommune[]
  readonly count: number
  readonly seed: number
  readonly from: PlainDate
  /** Length of the season. Unit: days. */
  readonly days: number
  /** Cases of each day, in proportion; left out, the season rises to its middle and falls. */
  readonly curve?: readonly number[]
  /** People the cases are among; five a case when left out. */
  readonly persons?: number
}

/** Header of the line list, as an office would write it. */
export const SYNTHETIC_HEADER = [
  'Mã ca', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD', 'Điện thoại', 'Huyện', 'Xã/Phường', 'Ngày khởi phát', 'Ngày báo cáo', 'Nguồn phát hiện', 'Mức độ',
  'Địa chỉ hiện tại', 'Mã ca lây', 'Số mũi vắc xin', 'Ngày tử vong', 'Ngày khỏi bệnh',
] as const

const FOUND = {
  first: { names: ['Cộng đồng', 'Sàng lọc', 'Cơ sở y tế', 'Khu phong tỏa', 'Khu cách ly'], bounds: sumsOf([0.4, 0.2, 0.15, 0.15, 0.1]) },
  later: { names: ['Truy vết', 'Khu cách ly', 'Khu phong tỏa', 'Cộng đồng'], bounds: sumsOf([0.5, 0.25, 0.15, 0.1]) },
} as const
const SEVERITIES = ['Không triệu chứng', 'Nhẹ', 'Trung bình', 'Nặng', 'Nguy kịch'] as const
/** Shares of the severities up to 39, 40–64, and from 65 years; made up. */
const SEVERE = [sumsOf([0.35, 0.55, 0.08, 0.015, 0.005]), sumsOf([0.25, 0.53, 0.15, 0.05, 0.02]), sumsOf([0.15, 0.4, 0.23, 0.14, 0.08])]
/** Of the severe and the critical so many die. */
const DIE = [0, 0, 0.005, 0.12, 0.5] as const
/** Days from onset to report: most within four, a tail of late ones. */
const DELAY = sumsOf([0, 0.2, 0.24, 0.2, 0.13, 0.08, 0.05, 0.03, 0.02, 0.015, 0.01, 0.01, 0.005, 0.005, 0.005])
/** An infected person infects so many of the others at home. */
const AT_HOME = 0.3
/** Of a day's cases at most so many come from households that have cases already. */
const MOST_AT_HOME = 0.5

/** A person of a household who falls ill because of another of it. */
interface Later {
  readonly household: number
  readonly place: number
  readonly infector: string
}

/** Cases of each day: the curve, scaled to the number wanted by largest remainders. */
const perDay = (curve: readonly number[], count: number): number[] => {
  const sum = curve.reduce((all, one) => all + one, 0)
  const exact = curve.map((one) => (one / sum) * count)
  const whole = exact.map(Math.floor)
  const left = count - whole.reduce((all, one) => all + one, 0)
  const order = exact.map((one, index) => ({ index, part: one - Math.floor(one) })).toSorted((a, b) => b.part - a.part || a.index - b.index)
  for (const { index } of order.slice(0, left)) whole[index] = (whole[index] as number) + 1
  return whole
}

/**
 * A line list of people who do not exist, in the order of reports; one array a row, as in `SYNTHETIC_HEADER`. Cases come in clusters: communes wax
 * and wane from week to week, and who falls ill infects some of the household two to seven days later. Nobody falls ill twice.
 * Errors: RangeError when there are fewer people than twice the cases.
 */
export function* syntheticCases({ communes, count, seed, from, days, curve, persons = 5 * count }: SyntheticSeason): Generator<readonly string[]> {
  if (persons < 2 * count) throw new RangeError(`${count} cases need at least ${2 * count} persons`)
  const random = seeded(seed)
  const people = new Households(communes, persons, seed)
  const counts = perDay(curve ?? Array.from({ length: days }, (_, d) => Math.min(d + 1, days - d)), count)
  const end = addDays(from, days - 1)
  const drift = Float64Array.from(communes, () => 0)
  let places = sumsOf([])
  const ill = new Set<number>()
  let due: Later[][] = []
  let n = 0

  const someone = (): { household: number; place: number } => {
    for (;;) {
      const household = people.in(indexIn(places, random() * (places.at(-1) as number)), random())
      const place = Math.floor(random() * people.sizeOf(household))
      if (!ill.has(household * MOST_MEMBERS + place)) return { household, place }
      // A commune whose people are all ill gives way to the others.
      if (random() < 0.05) places = sumsOf(communes.map(({ population }) => population))
    }
  }

  for (let d = 0; d < days; d++) {
    if (d % 7 === 0) {
      for (let c = 0; c < drift.length; c++) drift[c] = 0.85 * (drift[c] as number) + 1.1 * (random() + random() - 1)
      places = sumsOf(communes.map(({ population }, c) => population * Math.exp(drift[c] as number)))
    }
    const wanted = counts[d] as number
    const today = due.shift() ?? []
    const later = today.slice(0, Math.floor(wanted * MOST_AT_HOME))
    for (let k = 0; k < wanted; k++) {
      const next = later[k]
      const second = next !== undefined && !ill.has(next.household * MOST_MEMBERS + next.place)
      const { household, place } = second ? next : someone()
      const infector = second ? next.infector : undefined
      ill.add(household * MOST_MEMBERS + place)
      const home = people.household(household)
      const person = home.members[place] as SyntheticPerson
      const number = `GL${seed}-${++n}`
      const reported = addDays(from, d)
      for (let other = 0; other < home.members.length; other++) {
        if (other === place || random() >= AT_HOME) continue
        const after = 1 + Math.floor(random() * 6)
        due = Array.from({ length: Math.max(due.length, after + 1) }, (_, i) => due[i] ?? [])
        ;(due[after] as Later[]).push({ household, place: other, infector: number })
      }
      const age = Number(reported.slice(0, 4)) - Number(person.bornOn.slice(0, 4))
      const severity = indexIn(SEVERE[age < 40 ? 0 : age < 65 ? 1 : 2] as Float64Array, random())
      const found = infector === undefined ? FOUND.first : FOUND.later
      const onset = addDays(reported, -indexIn(DELAY, random()))
      const dies = random() < (DIE[severity] as number)
      const outcome = addDays(reported, dies ? 3 + Math.floor(random() * 18) : 8 + Math.floor(random() * 12))
      const known = outcome <= end ? vietnameseDate(outcome) : ''
      const doses = age < 18 ? 0 : Math.min(2, Math.floor(random() + Math.max(0, daysBetween(DOSES_FROM, reported)) / 60))
      yield [
        number, person.fullName, vietnameseDate(person.bornOn), person.sex === 'male' ? 'Nam' : 'Nữ', person.nationalId, person.phone, home.commune.district, home.commune.name,
        vietnameseDate(onset), vietnameseDate(reported), found.names[indexIn(found.bounds, random())] as string, SEVERITIES[severity] as string,
        home.address, infector ?? '', String(doses), dies ? known : '', dies ? '' : known,
      ]
    }
    // Who could not be reported today is reported tomorrow.
    const left = today.slice(later.length)
    if (left.length > 0 && due.length > 0) due[0] = [...left, ...(due[0] as Later[])]
  }
}

/** Doses came to the province in numbers from here on. */
const DOSES_FROM = '2021-07-15' as PlainDate

/** A row of CSV; none of our values holds a quote. */
export const csvLine = (cells: readonly string[]): string => `${cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\n`

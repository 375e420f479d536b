import { addDays } from '#base'
import { DAYS, FROM, SEED } from './season.ts'

/** A question people ask of the list: its parameters over HTTP, and the same by hand. `n` makes ten of each. */
export interface Question {
  readonly name: string
  readonly ask: (n: number) => Readonly<Record<string, string | readonly string[]>>
  /** The condition by hand, the area apart. */
  readonly where: (n: number) => string
  readonly order: string
  /** The page after the first one. */
  readonly following?: true
}

const day = (n: number, of: number): string => addDays(FROM, Math.floor(((n + 0.5) / of) * DAYS))
const NEWEST = 'reported_on desc, id desc'
const ONSET = 'onset_sort desc, id desc'
const BY_NAME = 'name_key, birth_sort, id'
const NAMES = ['Bảo', 'Hùng', 'Lan', 'Phượng', 'Tuấn', 'Hương', 'Khang', 'Linh', 'Sơn', 'Yến'] as const
const KEYS = ['bao', 'hung', 'lan', 'phuong', 'tuan', 'huong', 'khang', 'linh', 'son', 'yen'] as const
const FAMILIES = ['Nguyễn Văn', 'Trần Thị', 'Lê Minh', 'Danh Thị Mỹ', 'Phạm Quốc', 'Huỳnh Thị Cẩm', 'Võ Hoàng', 'Đặng Ngọc', 'Bùi Thanh', 'Hồ Diễm'] as const
const FAMILY_KEYS = ['nguyen van', 'tran thi', 'le minh', 'danh thi my', 'pham quoc', 'huynh thi cam', 'vo hoang', 'dang ngoc', 'bui thanh', 'ho diem'] as const
const either = (column: string, values: readonly string[]): string => `${column} in (${values.map((value) => `'${value}'`).join(', ')})`
const SOURCES = ['community', 'contact_tracing', 'quarantine', 'blockade', 'screening', 'health_facility'] as const

export const QUESTIONS: readonly Question[] = [
  { name: 'newest', ask: () => ({}), where: () => 'true', order: NEWEST },
  { name: 'newest, following page', ask: () => ({}), where: () => 'true', order: NEWEST, following: true },
  { name: 'oldest', ask: () => ({ direction: 'asc' }), where: () => 'true', order: 'reported_on, id' },
  { name: 'last recorded', ask: () => ({ sort: 'recorded' }), where: () => 'true', order: 'recorded_at desc, id desc' },
  { name: 'last onset', ask: () => ({ sort: 'onset' }), where: () => 'true', order: ONSET },
  { name: 'by name', ask: () => ({ sort: 'name', direction: 'asc' }), where: () => 'true', order: BY_NAME },
  { name: 'by name, following page', ask: () => ({ sort: 'name', direction: 'asc' }), where: () => 'true', order: BY_NAME, following: true },
  { name: 'active', ask: () => ({ status: 'active' }), where: () => 'outcome is null', order: NEWEST },
  { name: 'died', ask: () => ({ outcome: 'died' }), where: () => `outcome = 'died'`, order: NEWEST },
  { name: 'not confirmed', ask: () => ({ diagnosis: ['suspected', 'probable'] }), where: () => either('diagnosis', ['suspected', 'probable']), order: NEWEST },
  {
    name: 'found how', ask: (n) => ({ detectionSource: SOURCES[n % SOURCES.length] as string }),
    where: (n) => `detection_source = '${SOURCES[n % SOURCES.length]}'`, order: NEWEST,
  },
  { name: 'severe or critical', ask: () => ({ severity: ['severe', 'critical'] }), where: () => either('severity', ['severe', 'critical']), order: NEWEST },
  {
    name: 'a week', ask: (n) => ({ reportedFrom: day(n, 10), reportedTo: addDays(FROM, Math.floor(((n + 0.5) / 10) * DAYS) + 6) }),
    where: (n) => `reported_on between '${day(n, 10)}' and date '${day(n, 10)}' + 6`, order: NEWEST,
  },
  {
    name: 'onset of a week, in the community, by onset',
    ask: (n) => ({ onsetFrom: day(n, 10), onsetTo: addDays(FROM, Math.floor(((n + 0.5) / 10) * DAYS) + 6), detectionSource: 'community', sort: 'onset' }),
    where: (n) => `onset_on between '${day(n, 10)}' and date '${day(n, 10)}' + 6 and detection_source = 'community'`, order: ONSET,
  },
  {
    name: 'active and severe since a day, oldest first',
    ask: (n) => ({ status: 'active', severity: 'severe', reportedFrom: day(n, 12), direction: 'asc' }),
    where: (n) => `outcome is null and severity = 'severe' and reported_on >= '${day(n, 12)}'`, order: 'reported_on, id',
  },
  { name: 'with the ministry’s number', ask: () => ({ hasNationalNumber: 'true', status: 'closed' }), where: () => 'national_number is not null and outcome is not null', order: NEWEST },
  { name: 'a given name', ask: (n) => ({ search: NAMES[n] as string }), where: (n) => `name_key like '%${KEYS[n]}%'`, order: NEWEST },
  { name: 'family and middle name', ask: (n) => ({ search: FAMILIES[n] as string }), where: (n) => `name_key like '%${FAMILY_KEYS[n]}%'`, order: NEWEST },
  {
    name: 'a full name, by name', ask: (n) => ({ search: `${FAMILIES[n]} ${NAMES[n]}`, sort: 'name', direction: 'asc' }),
    where: (n) => `name_key like '%${FAMILY_KEYS[n]} ${KEYS[n]}%'`, order: BY_NAME,
  },
  {
    name: 'a number of the sender', ask: (n) => ({ search: `GL${SEED}-1${n}` }),
    where: (n) => `sender_number >= 'GL${SEED}-1${n}' and sender_number < 'GL${SEED}-1${n}\u{10ffff}'`, order: NEWEST,
  },
]

import { addDays, ratePerHundredThousand, vietnameseDate, type PlainDate } from '#base'
import { fillTemplate, fillWords, plain, type Block, type OfficialDocument, type Run, type Value, type Words } from '#platform/documents'
import type { Counts, Figures, UnitLevel } from './figures.ts'
import type { Frame, Kind, Template } from './frame.ts'
import { byLevelWords, changesTable, communesTable, curve, levelWords, map, partsTable, sourcesTable, unitsTable, type Shown } from './tables.ts'
import { clockTime, closingTime, comparison, dayBefore, decimal, inSentence, numberWords, whole } from './words.ts'

/** What a bulletin is made of; the same input gives the same document. */
export interface Making {
  readonly kind: Kind
  readonly figures: Figures
  readonly template: Template
  /** What the office adds, one paragraph a line. */
  readonly remarks: string
  /** First day the announced levels hold. */
  readonly effectiveOn: PlainDate | null
  readonly number: number | null
  readonly issuedOn: PlainDate | null
  readonly signer: string
}

/** Stands on every page of a document whose figures were made up for a demonstration. */
const SYNTHETIC_MARK = 'DỮ LIỆU GIẢ LẬP'
const DRAFT_MARK = 'DỰ THẢO'

const DISEASES: Readonly<Record<string, string>> = { 'covid-19': 'COVID-19' }

/** Tables, pictures and appendices a template may ask for. */
export const BLOCKS = ['bang_don_vi', 'bieu_do', 'ban_do', 'bang_thay_doi_cap', 'bang_cap_don_vi', 'nhan_xet', 'phu_luc_nguon', 'phu_luc_cap_do'] as const

/** Placeholders a template may use; each is explained in the texts of the module. */
export const PLACEHOLDERS = [
  'benh', 'dia_ban', 'dia_ban_hoa', 'toan', 'co_quan', 'ngay', 'tu_gio', 'den_gio', 'ky_7_ngay', 'tinh_tu', 'ghi_nhan_den', 'goc_so_lieu',
  'ca_moi', 'so_voi_hom_truoc', 'ca_cong_dong', 'ca_7_ngay', 'so_voi_7_ngay_truoc', 'ty_le_7_ngay', 'tong_ca', 'don_vi_cao_nhat',
  'tu_vong', 'tu_vong_7_ngay', 'tong_tu_vong',
  'van_ban_cap_do', 'khong_co_van_ban', 'cap_do_chung', 'tong_xa', 'xa_theo_cap', 'thay_doi_cap', 'khong_thay_doi_cap', 'so_tang_cap', 'so_giam_cap', 'chua_du_cap', 'ap_dung_tu',
  'so_xa_chua_bao_cao', 'so_xa_phai_bao_cao', 'xa_chua_bao_cao', 'so_xa_bao_cao_thieu', 'du_bao_cao', 'nhan_xet',
] as const
type Placeholder = (typeof PLACEHOLDERS)[number]

const text = (words: string, empty = words === ''): Value => ({ words: [{ text: words }], empty })
const count = (n: number): Value => text(whole(n), n === 0)

/**
 * The level a document gives each unit, and the one it stood at. A daily report tells what was assessed on the day and the day before; an announcement
 * what a decision for its first day has, else what was assessed, against what was published before.
 */
export const shownLevels = (kind: Kind, units: readonly UnitLevel[], effectiveOn: PlainDate | null): Shown[] =>
  units.map((unit) => {
    if (kind === 'daily') return { unit, level: unit.level, before: unit.before }
    const decided = unit.published.find(({ effectiveFrom }) => effectiveFrom === effectiveOn)
    const standing = unit.published.find(({ effectiveFrom }) => effectiveOn === null || effectiveFrom < effectiveOn)
    return { unit, level: decided?.level ?? unit.level, before: standing?.level ?? null }
  })

/** Names in a sentence; more than `most` are counted. */
const listed = (names: readonly string[], most: number): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} và ${names.length - most} đơn vị khác`

const valuesOf = ({ kind, figures, template: { frame }, remarks, effectiveOn }: Making, shown: readonly Shown[]): ReadonlyMap<string, Value> => {
  const { facts, whole: all, area, day, closing, missing } = figures
  const fact = (key: keyof Counts): Value => ({ words: numberWords(facts[all.counts[key]], all.counts[key]), empty: (facts[all.counts[key]]?.value ?? 0) === 0 })
  const week = facts[all.counts.week]?.value
  const rate = week !== null && week !== undefined && all.population !== null ? ratePerHundredThousand(week, all.population) : undefined
  const most = figures.parts.flatMap(({ name, counts }) => {
    const today = facts[counts.today]
    return today?.value ? [{ name, value: today.value, key: counts.today }] : []
  }).toSorted((a, b) => b.value - a.value).slice(0, 3)
  const unknown = figures.parts.filter(({ counts }) => (facts[counts.today]?.value ?? null) === null).length
  const communes = shown.filter(({ unit }) => unit.rank === 'commune')
  const own = shown.find(({ unit }) => unit.areaId === area.areaId)
  const up = communes.filter(({ level, before }) => level !== null && before !== null && level > before).length
  const down = communes.filter(({ level, before }) => level !== null && before !== null && level < before).length
  const open = communes.filter(({ level }) => level === null)
  const rulebook = own?.unit.rulebook ?? communes[0]?.unit.rulebook ?? null
  const until = clockTime(figures.known === 'closing' ? closing.at : figures.takenAt)
  const silent = missing.silent.length
  const values: Record<Placeholder, Value> = {
    benh: text(DISEASES[figures.disease] ?? figures.disease), dia_ban: text(inSentence(area.name)), dia_ban_hoa: text(area.name), co_quan: text(issuerInSentence(frame)),
    toan: text(`toàn ${inSentence(area.kind)}`),
    ngay: text(vietnameseDate(day)), tu_gio: text(closingTime(dayBefore(day), closing.hour)), den_gio: text(closingTime(day, closing.hour)),
    ky_7_ngay: text(`${vietnameseDate(addDays(day, -6))} – ${vietnameseDate(day)}`), tinh_tu: text(vietnameseDate(figures.countFrom)), ghi_nhan_den: text(until),
    goc_so_lieu: text(
      `Số liệu tính theo ngày báo cáo do đơn vị gửi ghi (hệ thống không có giờ của từng ca), ngày báo cáo khép lúc ${String(closing.hour).padStart(2, '0')} giờ 00; ` +
      (figures.known === 'closing' ? `lấy như đã ghi nhận tại thời điểm khép ngày (${until}), chưa gồm bổ sung, đính chính sau đó.` : `gồm cả bổ sung, đính chính ghi nhận đến ${until}.`)),
    ca_moi: fact('today'), so_voi_hom_truoc: text(comparison(facts[all.counts.today], facts[all.counts.yesterday], 'ngày trước')), ca_cong_dong: fact('community'),
    ca_7_ngay: fact('week'), so_voi_7_ngay_truoc: text(comparison(facts[all.counts.week], facts[all.counts.weekBefore], '7 ngày trước đó')),
    ty_le_7_ngay: text(rate === undefined ? 'chưa đủ số liệu' : `${decimal(rate, 1)} ca/100.000 dân`), tong_ca: fact('total'),
    don_vi_cao_nhat: {
      words: [
        ...most.flatMap(({ name, value, key }, i): Run[] => [{ text: `${i > 0 ? ', ' : ''}${inSentence(name)} (` }, { text: whole(value), fact: key }, { text: ' ca)' }]),
        ...(unknown > 0 ? [{ text: `; chưa gồm ${whole(unknown)} đơn vị chưa đủ số liệu` }] : []),
      ],
      empty: most.length === 0,
    },
    tu_vong: fact('deaths'), tu_vong_7_ngay: fact('deathsWeek'), tong_tu_vong: fact('deathsTotal'),
    van_ban_cap_do: text(rulebook ?? ''), khong_co_van_ban: text(rulebook === null ? 'chưa có' : ''),
    cap_do_chung: text(own ? (own.level !== null ? `cấp độ ${own.level}` : levelWords(null, own.unit.possible)) : 'chưa đánh giá'),
    tong_xa: count(communes.length), xa_theo_cap: text(byLevelWords(communes.map(({ level }) => level))),
    thay_doi_cap: text(up + down > 0 ? whole(up + down) : ''), khong_thay_doi_cap: text(rulebook !== null && up + down === 0 && communes.some(({ before }) => before !== null) ? 'không' : ''),
    so_tang_cap: count(up), so_giam_cap: count(down), chua_du_cap: text(open.length === 0 ? '' : `${whole(open.length)} xã`),
    ap_dung_tu: text(kind === 'levels' && effectiveOn !== null ? vietnameseDate(effectiveOn) : ''),
    so_xa_chua_bao_cao: count(silent), so_xa_phai_bao_cao: count(missing.asked), xa_chua_bao_cao: text(silent > 12 && silent === missing.asked ? 'tất cả các xã' : listed(missing.silent.map(({ name, above }) => (above === area.name ? name : `${name} (${above})`)), 12)),
    so_xa_bao_cao_thieu: count(missing.partial), du_bao_cao: text(silent === 0 && missing.partial === 0 && missing.asked > 0 ? 'đủ' : ''), nhan_xet: text(remarks.trim()),
  }
  return new Map(Object.entries(values))
}

/** Abbreviations that stay capitals in a sentence. */
const ABBREVIATED = /^(UBND|CDC|TTYT|BCĐ|Y)$/

/** `SỞ Y TẾ` as it stands in a sentence: `Sở Y tế`. */
const issuerInSentence = ({ issuer }: Frame): string =>
  issuer.replace(/\n/g, ' ').split(' ').map((word, i) =>
    ABBREVIATED.test(word) ? word : i === 0 ? word.charAt(0) + word.slice(1).toLocaleLowerCase('vi') : word.toLocaleLowerCase('vi')).join(' ')

/** Puts the number of its note behind every number of the text, the same for the same number. */
const withNotes = (blocks: readonly Block[], keys: string[]): Block[] => {
  const noted = (words: Words): Words => words.flatMap((run): Run[] => {
    if (run.fact === undefined) return [run]
    let at = keys.indexOf(run.fact)
    if (at < 0) at = keys.push(run.fact) - 1
    return [run, { text: `(${at + 1})`, raised: true, fact: run.fact }]
  })
  return blocks.map((block) => (block.kind === 'paragraph' || block.kind === 'item' || block.kind === 'basis' ? { ...block, words: noted(block.words) } : block))
}

/** The bulletin as a document. */
export const compose = (making: Making): OfficialDocument => {
  const { kind, figures, template: { body, frame }, remarks, effectiveOn, number, issuedOn, signer } = making
  const shown = shownLevels(kind, figures.levels, effectiveOn)
  const values = valuesOf(making, shown)
  const asked = new Set<string>()
  const counted = { table: 0, picture: 0 }
  /** Tables and pictures are numbered as they come; one with nothing to show takes no number. */
  const numbered = (kindOf: keyof typeof counted, made: (n: number) => Block[]): Block[] => {
    const blocks = made(counted[kindOf] + 1)
    if (blocks.length > 0) counted[kindOf] += 1
    return blocks
  }
  const block = (name: string): readonly Block[] => {
    switch (name) {
      case 'bang_don_vi': return numbered('table', (n) => partsTable(figures, n))
      case 'bang_thay_doi_cap': return numbered('table', (n) => changesTable(shown, n))
      case 'bang_cap_don_vi': return numbered('table', (n) => unitsTable(shown, figures.parts, n))
      case 'bieu_do': return numbered('picture', (n) => curve(figures, n))
      case 'ban_do': return numbered('picture', (n) => map(figures, shown, n))
      case 'nhan_xet': return remarks.split('\n').flatMap((paragraph): Block[] => (paragraph.trim() === '' ? [] : [{ kind: 'paragraph', words: [{ text: paragraph.trim() }] }]))
      default:
        asked.add(name)
        return []
    }
  }
  const filled = fillTemplate(body, values, block)
  const keys: string[] = []
  const blocks = asked.has('phu_luc_nguon') ? withNotes(filled, keys) : filled
  return {
    parent: frame.parent === '' ? null : frame.parent, issuer: frame.issuer, number, symbol: frame.symbol, place: frame.place, issuedOn, typeName: frame.typeName,
    subject: plain(fillWords(frame.subject, values)), addressees: frame.addressees, blocks, recipients: frame.recipients, authority: frame.authority, signer,
    appendices: [
      ...(asked.has('phu_luc_cap_do') ? [{ title: 'CẤP ĐỘ DỊCH CỦA CÁC XÃ, PHƯỜNG, THỊ TRẤN', blocks: [communesTable(shown)] }] : []),
      ...(asked.has('phu_luc_nguon') && keys.length > 0 ? [{ title: 'NGUỒN CỦA TỪNG SỐ LIỆU', blocks: [sourcesTable(keys, figures.facts)] }] : []),
    ],
    marks: [...(figures.synthetic ? [SYNTHETIC_MARK] : []), ...(number === null ? [DRAFT_MARK] : [])],
    code: null,
  }
}

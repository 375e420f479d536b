import { ratePerHundredThousand, vietnameseDate } from '#base'
import { points, TEXT_WIDTH, type Block, type Words } from '#platform/documents'
import { epidemicCurve } from './epidemic-curve.ts'
import type { Fact, Figures, Part, UnitLevel } from './figures.ts'
import { levelMap } from './level-map.ts'
import { changeCell, clockTime, decimal, METRICS, numberCell, ORIGINS, stamp, whole } from './words.ts'

const say = (text: string): Words => [{ text }]
const WIDTH = points(TEXT_WIDTH)

/** A unit with the level a document gives it and the one it stood at. */
export interface Shown {
  readonly unit: UnitLevel
  readonly level: number | null
  readonly before: number | null
}

export const levelWords = (level: number | null, possible: readonly number[]): string =>
  level !== null ? `Cấp độ ${level}` : possible.length > 0 && possible.length < 4 ? `chưa đủ số liệu (có thể là cấp độ ${possible.join(' hoặc ')})` : 'chưa đủ số liệu'

/** A level leads to its reasons: `level.` and the unit's code is no count, and stands in no list of sources. */
const levelCell = ({ unit, level }: Shown): Words => [{
  text: level !== null ? String(level) : unit.rulebook === null ? '–' : unit.possible.length > 0 && unit.possible.length < 4 ? `? (${unit.possible.join('/')})` : '?',
  fact: `level.${unit.code}`,
}]

/** Where the numbers of a table come from, and until when they were known. */
const sourceLine = (facts: readonly (Fact | undefined)[], figures: Figures): Words => {
  const origins = [...new Set(facts.flatMap((fact) => fact?.origins ?? []))].map((one) => ORIGINS[one] ?? one)
  const incomplete = facts.some((fact) => fact && fact.value === null)
  return say(`Nguồn: ${origins.length > 0 ? origins.join(', ') : 'chưa có số liệu'}; số liệu ghi nhận đến ${clockTime(figures.known === 'closing' ? figures.closing.at : figures.takenAt)}.${
    incomplete ? ' “≥”: còn thiếu báo cáo của một số xã hoặc ngày; “–”: chưa có số liệu.' : ''}`)
}

/** New cases, the week and deaths of the units below. */
export const partsTable = (figures: Figures, number: number): Block[] => {
  const { parts, whole: all, facts } = figures
  if (parts.length === 0) return []
  const levels = new Map(figures.levels.map((unit) => [unit.areaId, unit]))
  const cells = (part: Part, first: Words, name: string): Words[] => {
    const of = (key: keyof Part['counts']): Words => numberCell(facts[part.counts[key]], part.counts[key])
    const week = facts[part.counts.week]?.value
    const rate = week !== null && week !== undefined && part.population !== null ? ratePerHundredThousand(week, part.population) : undefined
    const unit = levels.get(part.areaId)
    return [
      first, say(name), of('today'), of('week'), say(changeCell(facts[part.counts.week], facts[part.counts.weekBefore])),
      say(rate === undefined ? '–' : decimal(rate, 1)), of('total'), of('deaths'), of('deathsTotal'),
      unit ? levelCell({ unit, level: unit.level, before: unit.before }) : say('–'),
    ]
  }
  return [
    {
      kind: 'table', caption: `Bảng ${number}. Ca mắc, tử vong và cấp độ dịch theo đơn vị ngày ${vietnameseDate(figures.day)}`,
      columns: [
        { width: 6.5, align: 'centre' }, { width: 30, align: 'left' }, { width: 8, align: 'right' }, { width: 9, align: 'right' }, { width: 12, align: 'right' },
        { width: 13, align: 'right' }, { width: 12, align: 'right' }, { width: 8, align: 'right' }, { width: 9, align: 'right' }, { width: 9, align: 'centre' },
      ],
      head: ['TT', 'Đơn vị', 'Ca mới', '7 ngày', 'So 7 ngày trước', 'Ca/tuần/ 100.000 dân', 'Cộng dồn', 'Tử vong', 'TV cộng dồn', 'Cấp độ'].map(say),
      rows: [
        ...parts.map((part, i) => ({ cells: cells(part, say(String(i + 1)), part.name) })),
        ...unplaced(figures),
        { cells: cells(all, say(''), 'Tổng cộng'), strong: true },
      ],
    },
    { kind: 'source', words: sourceLine([all, ...parts].flatMap(({ counts }) => Object.values(counts).map((key) => facts[key])), figures) },
  ]
}

/** What the whole has and its parts have not: where the office reports a total, or a case is known by the whole alone. Only known numbers are subtracted. */
const unplaced = ({ whole: all, parts, facts }: Figures): { cells: Words[] }[] => {
  const rest = (key: keyof Part['counts']): number | null => {
    const total = facts[all.counts[key]]?.value ?? null
    const known = parts.map(({ counts }) => facts[counts[key]]?.value ?? null)
    return total === null || known.some((value) => value === null) ? null : known.reduce<number>((left, value) => left - (value as number), total)
  }
  const [today, week, total, deaths, deathsTotal] = [rest('today'), rest('week'), rest('total'), rest('deaths'), rest('deathsTotal')]
  const some = [today, week, total, deaths, deathsTotal].filter((left) => left !== null && left !== 0)
  if (some.length === 0) return []
  const cell = (left: number | null): Words => say(left === null ? '–' : whole(left))
  const name = some.every((left) => (left as number) > 0) ? 'Chưa phân theo đơn vị' : 'Chênh lệch với tổng các đơn vị'
  return [{ cells: [say(''), [{ text: name, italic: true }], cell(today), cell(week), say(''), say(''), cell(total), cell(deaths), cell(deathsTotal), say('')] }]
}

export const curve = (figures: Figures, number: number): Block[] => {
  const { curve: days } = figures
  if (days.every(({ cases, atLeast }) => cases === null && atLeast === 0)) return []
  const caption = `Hình ${number}. Ca mắc mới theo ngày báo cáo và trung bình 7 ngày`
  const known = days.filter(({ cases }) => cases !== null)
  const last = days.at(-1)
  return [{
    kind: 'picture', caption,
    picture: epidemicCurve(days, WIDTH, `${caption}. ${known.length}/${days.length} ngày đủ báo cáo; ngày cuối ${last?.cases === null || last === undefined ? 'chưa đủ báo cáo' : `${whole(last.cases)} ca`}.`),
  }]
}

export const map = (figures: Figures, shown: readonly Shown[], number: number): Block[] => {
  if (shown.every(({ level }) => level === null)) return []
  const units = shown.filter(({ unit }) => unit.rank === 'commune').map(({ unit, level }) => ({ areaId: unit.areaId, level }))
  const caption = `Hình ${number}. Cấp độ dịch theo xã, phường, thị trấn ngày ${vietnameseDate(figures.day)}`
  const picture = levelMap(units, figures.day, WIDTH, `${caption}: ${byLevelWords(units.map(({ level }) => level))}.`)
  return picture ? [{ kind: 'picture', caption, picture }] : []
}

/** `40 xã cấp độ 1, 87 xã cấp độ 2`. */
export const byLevelWords = (levels: readonly (number | null)[]): string => {
  const counted = [1, 2, 3, 4].map((level) => [level, levels.filter((one) => one === level).length] as const).filter(([, count]) => count > 0)
  const open = levels.filter((level) => level === null).length
  return [...counted.map(([level, count]) => `${count} xã cấp độ ${level}`), ...(open > 0 ? [`${open} xã chưa đủ số liệu`] : [])].join(', ')
}

const rateCell = ({ rate, ratePer }: UnitLevel): Words => say(rate === null ? '–' : decimal(ratePer === 1 ? rate * 100 : rate, 1))

/** What the rule in force calls its first rate, without the number of the criterion. */
const rateHead = (shown: readonly Shown[]): string =>
  shown.find(({ unit }) => unit.rateLabel !== null)?.unit.rateLabel?.replace(/\s*\(\w+\)$/, '') ?? 'Tỷ lệ'

/** Communes whose level is another than before. */
export const changesTable = (shown: readonly Shown[], number: number): Block[] => {
  const changed = shown.filter(({ unit, level, before }) => unit.rank === 'commune' && level !== null && before !== null && level !== before)
  if (changed.length === 0) return []
  return [{
    kind: 'table', caption: `Bảng ${number}. Xã, phường, thị trấn thay đổi cấp độ`,
    columns: [{ width: 6, align: 'centre' }, { width: 30, align: 'left' }, { width: 24, align: 'left' }, { width: 20, align: 'right' }, { width: 10, align: 'centre' }, { width: 10, align: 'centre' }],
    head: ['TT', 'Xã, phường, thị trấn', 'Thuộc', rateHead(changed), 'Trước', 'Nay'].map(say),
    rows: changed.map(({ unit, level, before }, i) => ({
      cells: [say(String(i + 1)), say(unit.name), say(unit.above), rateCell(unit), say(String(before)), [{ text: String(level), bold: true, fact: `level.${unit.code}` }, { text: (level as number) > (before as number) ? ' ▲' : ' ▼' }]],
    })),
  }]
}

/** Levels of the units right below, with the communes of each by level. */
export const unitsTable = (shown: readonly Shown[], parts: readonly Part[], number: number): Block[] => {
  const listed = shown.filter(({ unit }) => parts.some(({ areaId }) => areaId === unit.areaId))
  if (listed.length === 0) return []
  const communes = Map.groupBy(shown.filter(({ unit }) => unit.rank === 'commune'), ({ unit }) => unit.above)
  const count = (name: string, level: number | null): Words => say(String((communes.get(name) ?? []).filter((one) => one.level === level).length))
  const withCommunes = listed.some(({ unit }) => unit.rank !== 'commune')
  return [{
    kind: 'table', caption: `Bảng ${number}. Cấp độ dịch của các đơn vị trực thuộc`,
    columns: [
      { width: 6, align: 'centre' }, { width: 30, align: 'left' }, { width: 12, align: 'centre' }, { width: 12, align: 'centre' },
      ...(withCommunes ? [1, 2, 3, 4, 5].map(() => ({ width: 8, align: 'centre' as const })) : []),
    ],
    head: ['TT', 'Đơn vị', 'Cấp độ', 'Trước đó', ...(withCommunes ? ['Xã cấp 1', 'Xã cấp 2', 'Xã cấp 3', 'Xã cấp 4', 'Chưa đủ'] : [])].map(say),
    rows: listed.map((one, i) => ({
      cells: [
        say(String(i + 1)), say(one.unit.name), levelCell(one), say(one.before === null ? '–' : String(one.before)),
        ...(withCommunes ? [1, 2, 3, 4, null].map((level) => count(one.unit.name, level)) : []),
      ],
    })),
  }]
}

/** Every commune with its level, by unit above. */
export const communesTable = (shown: readonly Shown[]): Block => {
  const groups = Map.groupBy(shown.filter(({ unit }) => unit.rank === 'commune'), ({ unit }) => unit.above)
  const rows: { cells: Words[]; strong?: boolean }[] = []
  let n = 0
  for (const [above, communes] of groups) {
    rows.push({ cells: [say(''), say(above), say(''), say(''), say('')], strong: true })
    for (const one of communes) rows.push({ cells: [say(String(++n)), say(one.unit.name), rateCell(one.unit), say(one.before === null ? '–' : String(one.before)), levelCell(one)] })
  }
  return {
    kind: 'table', caption: '',
    columns: [{ width: 8, align: 'centre' }, { width: 42, align: 'left' }, { width: 24, align: 'right' }, { width: 12, align: 'centre' }, { width: 14, align: 'centre' }],
    head: ['TT', 'Xã, phường, thị trấn', rateHead(shown), 'Trước đó', 'Cấp độ'].map(say), rows,
  }
}

/** The list of sources: the notes of the text in their order. */
export const sourcesTable = (keys: readonly string[], facts: Figures['facts']): Block => ({
  kind: 'table', caption: '',
  columns: [{ width: 6, align: 'centre' }, { width: 20, align: 'left' }, { width: 18, align: 'left' }, { width: 18, align: 'left' }, { width: 26, align: 'left' }, { width: 17, align: 'left' }],
  head: ['Số', 'Số liệu', 'Địa bàn', 'Kỳ (ngày báo cáo)', 'Nguồn', 'Cập nhật lúc'].map(say),
  rows: keys.flatMap((key, i) => {
    const fact = facts[key]
    if (!fact) return []
    const period = fact.from === fact.to ? vietnameseDate(fact.to) : `${vietnameseDate(fact.from)} – ${vietnameseDate(fact.to)}`
    const origins = fact.origins.map((one) => ORIGINS[one] ?? one).join(', ')
    const remarks = [
      ...(fact.missingDays > 0 ? [`thiếu ${fact.missingDays} ngày`] : []), ...(fact.held ? ['có số tạm giữ'] : []), ...(fact.estimated ? ['ước tính'] : []),
    ]
    return [{
      cells: [
        say(String(i + 1)), say(`${METRICS[fact.metric] ?? fact.metric}: ${fact.value !== null ? whole(fact.value) : fact.atLeast !== null ? `≥ ${whole(fact.atLeast)}` : '–'}`),
        say(fact.areaName), say(period),
        say([`${origins === '' ? 'chưa có' : origins}${fact.senders.length > 0 ? ` (${fact.senders.join('; ')})` : ''}`, ...remarks].join('; ')),
        say(fact.freshness === null ? '–' : stamp(fact.freshness)),
      ],
    }]
  }),
})

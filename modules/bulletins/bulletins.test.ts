import { describe, expect, test } from 'vitest'
import { addDays, day, type Instant } from '#base'
import type { Area } from '#platform/areas'
import { plain, textOf, type Block } from '#platform/documents'
import { compose, shownLevels, type Making } from './compose.ts'
import { epidemicCurve, sevenDayMean } from './epidemic-curve.ts'
import { factKey, type Counted, type Counts, type Fact, type Figures, type Part, type UnitLevel } from './figures.ts'
import { levelMap } from './level-map.ts'
import { faultOf } from './save-template.ts'
import { shippedFor } from './shipped-templates.ts'
import { changeCell, clockTime, comparison, decimal, numberCell, numberWords, stamp, whole } from './words.ts'

const ON = day('2021-10-20')
const place = (level: Area['level'], kind: string, name: string): Area => ({
  id: 1, code: '1', level, kind, name, nameEn: '', parentId: null, validFrom: ON, validTo: null, pos: 1, posEnd: 1, standsIn: false,
})
const province = place('province', 'Tỉnh', 'Tỉnh Kiên Giang')
const SHIPPED = { daily: shippedFor('daily', { area: province, above: undefined }), levels: shippedFor('levels', { area: province, above: undefined }) }
const facts: Record<string, Fact> = {}
const fact = (metric: Counted, code: string, name: string, from: string, value: number | null, atLeast: number | null = null): string => {
  const key = factKey(metric, code, day(from), ON)
  facts[key] = {
    metric, areaCode: code, areaName: name, from: day(from), to: ON, value, atLeast, origins: ['figures'], senders: ['TTYT'], freshness: '2021-10-20T11:42:00.000Z' as Instant,
    missingDays: value === null ? 2 : 0, held: false, estimated: false,
  }
  return key
}
const counts = (code: string, name: string, [today, yesterday, week, before]: readonly (number | null)[], deaths: number | null): Counts => ({
  today: fact('cases_new', code, name, '2021-10-20', today ?? null), yesterday: fact('cases_new', code, name, '2021-10-19', yesterday ?? null),
  week: fact('cases_new', code, name, '2021-10-14', week ?? null, week === null ? 5 : null), weekBefore: fact('cases_new', code, name, '2021-10-07', before ?? null),
  total: fact('cases_new', code, name, '2021-04-27', null, 7_000), community: fact('cases_community', code, name, '2021-10-20', 10),
  deaths: fact('deaths', code, name, '2021-10-20', deaths), deathsWeek: fact('deaths', code, name, '2021-10-14', deaths), deathsTotal: fact('deaths', code, name, '2021-04-27', 12),
})
const part = (areaId: number, code: string, name: string, kind: string, numbers: readonly (number | null)[], deaths: number | null = 0): Part => ({
  areaId, code, name, rank: areaId === 191 ? 'province' : 'district', kind, population: 100_000, counts: counts(code, name, numbers, deaths),
})
const unit = (areaId: number, name: string, level: number | null, before: number | null, more: Partial<UnitLevel> = {}): UnitLevel => ({
  areaId, code: String(areaId), name, rank: 'commune', kind: 'Phường', above: 'Thành phố Rạch Giá', level, before, possible: level === null ? [1, 2] : [level], rate: 73.5, ratePer: 100_000,
  rateLabel: 'Ca mắc mới tại cộng đồng /100.000 dân/tuần (1a)', rulebook: 'Quyết định 4800/QĐ-BYT ngày 12/10/2021', published: [], ...more,
})
const figures: Figures = {
  area: { areaId: 191, code: '91', name: 'Tỉnh Kiên Giang', rank: 'province', kind: 'Tỉnh' }, disease: 'covid-19', day: ON, known: 'latest', takenAt: '2021-10-20T11:45:00.000Z' as Instant,
  closing: { hour: 18, at: '2021-10-20T11:00:00.000Z' as Instant }, countFrom: day('2021-04-27'), facts,
  whole: part(191, '91', 'Tỉnh Kiên Giang', 'Tỉnh', [612, 564, 3_892, 3_466]),
  parts: [part(1899, '899', 'Thành phố Rạch Giá', 'Thành phố', [400, 300, 2_000, 1_000]), part(1902, '902', 'Huyện Kiên Lương', 'Huyện', [null, 3, null, 9], null)],
  curve: Array.from({ length: 10 }, (_, i) => ({ day: addDays(ON, i - 9), cases: i === 2 ? null : 100 + i, atLeast: i === 2 ? 40 : 0 })),
  levels: [
    { ...unit(191, 'Tỉnh Kiên Giang', 2, 2), rank: 'province' }, unit(130730, 'Phường Vĩnh Thanh Vân', 3, 2), unit(130733, 'Phường Vĩnh Thanh', 1, 1), unit(130736, 'Phường Vĩnh Quang', null, 1),
  ],
  missing: { asked: 144, silent: [{ code: '1', name: 'Xã Hòn Nghệ', above: 'Huyện Kiên Lương' }], partial: 0 }, synthetic: false,
}
const making = (more: Partial<Making> = {}): Making => ({
  kind: 'daily', figures, template: SHIPPED.daily, remarks: '', effectiveOn: null, number: 7, issuedOn: ON, signer: 'Nguyễn Văn A', ...more,
})
const said = (blocks: readonly Block[]): string => blocks.map((block) => (block.kind === 'table' ? block.rows.map(({ cells }) => cells.map(plain).join('|')).join('\n') : block.kind === 'picture' ? block.caption : plain(block.words))).join('\n')

describe('numbers as an office writes them', () => {
  test('points between thousands, a comma before decimals', () => {
    expect([0, 999, 1_000, 12_345, 1_234_567, -1_500].map(whole)).toEqual(['0', '999', '1.000', '12.345', '1.234.567', '−1.500'])
    expect([decimal(8.52, 1), decimal(73.45, 1), decimal(1_234.56, 2), decimal(0.04, 1), decimal(-2.5, 1)]).toEqual(['8,5', '73,5', '1.234,56', '0,0', '−2,5'])
  })
  test('instants on the province’s clock', () => {
    expect(clockTime('2021-10-20T11:42:00.000Z' as Instant)).toBe('18:42 ngày\u00a020/10/2021')
    expect(stamp('2021-12-31T17:05:00.000Z' as Instant)).toBe('01/01/2022 00:05')
  })
  test('R3 what is missing is said, and nothing is compared with it', () => {
    const known = facts[figures.whole.counts.today]
    const before = facts[figures.whole.counts.yesterday]
    const none = { ...(known as Fact), value: null, atLeast: null }
    const some = { ...(known as Fact), value: null, atLeast: 12 }
    expect(plain(numberWords(some, 'k'))).toBe('ít nhất 12 (chưa đủ số liệu)')
    expect(plain(numberWords(none, 'k'))).toBe('chưa có số liệu')
    expect([plain(numberCell(some, 'k')), plain(numberCell(none, 'k')), plain(numberCell(undefined, 'k'))]).toEqual(['≥ 12', '–', '–'])
    expect(comparison(known, before, 'ngày trước')).toBe('tăng 48 ca (8,5%) so với ngày trước')
    expect(comparison(before, known, 'ngày trước')).toBe('giảm 48 ca (7,8%) so với ngày trước')
    expect(comparison(known, some, 'ngày trước')).toBe('chưa đủ số liệu để so với ngày trước')
    expect([changeCell(known, before), changeCell(known, { ...(known as Fact), value: 0 }), changeCell(some, known)]).toEqual(['+8,5%', 'mới', '–'])
  })
})

describe('the daily report', () => {
  const document = compose(making())
  const text = said(document.blocks)
  test('says day, closing hour, counts, comparison, levels and who is missing', () => {
    expect(document.subject).toBe('Tình hình dịch bệnh COVID-19 trên địa bàn tỉnh Kiên Giang ngày\u00a020/10/2021')
    expect(text).toContain('Từ 18 giờ 00 ngày\u00a019/10/2021 đến 18 giờ 00 ngày\u00a020/10/2021, toàn tỉnh ghi nhận 612(1) ca mắc mới, tăng 48 ca (8,5%) so với ngày trước; trong đó có 10(2) ca phát hiện trong cộng đồng.')
    expect(text).toContain('Cộng dồn từ ngày 27/04/2021 có ít nhất 7.000(4) (chưa đủ số liệu) ca mắc.')
    expect(text).toContain('nhiều ca nhất trong ngày: thành phố Rạch Giá (400(5) ca); chưa gồm 1 đơn vị chưa đủ số liệu.')
    expect(text).toContain('tỉnh Kiên Giang ở cấp độ 2; 3 xã, phường, thị trấn gồm 1 xã cấp độ 1, 1 xã cấp độ 3, 1 xã chưa đủ số liệu.')
    expect(text).toContain('So với ngày trước có 1 xã tăng, 0 xã giảm cấp độ.')
    expect(text).toContain('1|Phường Vĩnh Thanh Vân|Thành phố Rạch Giá|73,5|2|3 ▲')
    expect(text).toContain('Có 1/144 xã chưa gửi báo cáo ngày: Xã Hòn Nghệ (Huyện Kiên Lương).')
    expect(text).not.toContain('IV. NHẬN XÉT')
    expect(text).not.toMatch(/\{[a-z_]+\}|\[\[/)
  })
  test('R3 a table never adds what is not known: a missing part is a dash or “at least”, and the rest is not made up', () => {
    expect(text).toContain('1|Thành phố Rạch Giá|400|2.000|+100%|2.000,0|≥ 7.000|0|12|–')
    expect(text).toContain('2|Huyện Kiên Lương|–|≥ 5|–|–|≥ 7.000|–|12|–')
    expect(text).toContain('Tổng cộng|612|3.892')
    const apart = compose(making({ figures: { ...figures, parts: [figures.parts[0] as Part] } }))
    expect(said(apart.blocks)).toContain('|Chưa phân theo đơn vị|212|1.892|||–|0|0|')
  })
  test('R8 every number of the text has its note, in order, and the appendix names metric, area, period, source, freshness', () => {
    const [appendix] = document.appendices
    const rows = said(appendix?.blocks ?? []).split('\n')
    expect(rows[0]).toBe('1|Ca mắc mới: 612|Tỉnh Kiên Giang|20/10/2021|số liệu báo cáo (TTYT)|20/10/2021 18:42')
    expect(rows[3]).toBe('4|Ca mắc mới: ≥ 7.000|Tỉnh Kiên Giang|27/04/2021 – 20/10/2021|số liệu báo cáo (TTYT); thiếu 2 ngày|20/10/2021 18:42')
    const cited = document.blocks.flatMap((block) => ('words' in block ? block.words : [])).filter(({ raised }) => raised)
    expect(rows).toHaveLength(new Set(cited.map(({ text: mark }) => mark)).size)
    const cells = document.blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flatMap((row) => row.cells.flat()) : []))
    const [reasons, keys] = [true, false].map((ofLevel) => cells.flatMap(({ fact }) => (fact?.startsWith('level.') === ofLevel ? [fact] : []))) as [string[], string[]]
    expect(reasons).toContain('level.130730')
    // Five numbers each of two parts and the whole.
    expect(keys).toHaveLength(15)
    expect(keys.every((key) => key in figures.facts)).toBe(true)
  })
  test('R9 made-up data mark every page; so does a draft', () => {
    expect(document.marks).toEqual([])
    expect(compose(making({ figures: { ...figures, synthetic: true }, number: null, issuedOn: null })).marks).toEqual(['DỮ LIỆU GIẢ LẬP', 'DỰ THẢO'])
  })
  test('R12 the text says by which day figures are counted, and as known when', () => {
    expect(text).toContain('tính theo ngày báo cáo do đơn vị gửi ghi (hệ thống không có giờ của từng ca), ngày báo cáo khép lúc 18 giờ 00; gồm cả bổ sung, đính chính ghi nhận đến 18:45 ngày\u00a020/10/2021.')
    expect(said(compose(making({ figures: { ...figures, known: 'closing' } })).blocks)).toContain('lấy như đã ghi nhận tại thời điểm khép ngày (18:00 ngày\u00a020/10/2021)')
  })
  test('R10 the same input gives the same document; remarks are paragraphs of their own', () => {
    expect(textOf(compose(making()))).toBe(textOf(document))
    const remarked = said(compose(making({ remarks: 'Dịch giảm.\n\nĐề nghị báo cáo đúng giờ.' })).blocks)
    expect(remarked).toContain('IV. NHẬN XÉT, ĐỀ XUẤT\nDịch giảm.\nĐề nghị báo cáo đúng giờ.')
  })
  test('without a rulebook in force no level is told', () => {
    const bare = said(compose(making({ figures: { ...figures, levels: figures.levels.map((one) => ({ ...one, level: null, before: null, possible: [], rulebook: null })) } })).blocks)
    expect(bare).toContain('Ngày 20/10/2021 chưa có văn bản nào quy định đánh giá cấp độ dịch có hiệu lực.')
    expect(bare).not.toContain('Theo Quyết định')
    expect(bare).not.toContain('Hình 2')
  })
})

describe('the announcement', () => {
  const effectiveOn = day('2021-10-23')
  const published = [{ level: 4, effectiveFrom: effectiveOn, document: 'QĐ 2' }, { level: 2, effectiveFrom: day('2021-10-15'), document: 'QĐ 1' }]
  test('R14 gives the level published for its first day, else the assessed one, against what was published before', () => {
    const [decided, assessed] = shownLevels('levels', [unit(1, 'A', 3, 2, { published }), unit(2, 'B', 3, 2, { published: published.slice(1) })], effectiveOn)
    expect([decided?.level, decided?.before, assessed?.level, assessed?.before]).toEqual([4, 2, 3, 2])
    expect(shownLevels('levels', [unit(3, 'C', 3, 2)], effectiveOn)[0]?.before).toBeNull()
  })
  test('lists every commune in its appendix and says from when', () => {
    const document = compose(making({ kind: 'levels', template: SHIPPED.levels, effectiveOn }))
    expect(said(document.blocks)).toContain('áp dụng từ 00 giờ 00 ngày 23/10/2021')
    expect(said(document.blocks)).toContain('Sở Y tế thông báo cấp độ dịch COVID-19 trên địa bàn tỉnh Kiên Giang như sau:')
    expect(said(document.appendices[0]?.blocks ?? [])).toContain('1|Phường Vĩnh Thanh Vân|73,5|–|3')
    expect(said(document.appendices[0]?.blocks ?? [])).toContain('3|Phường Vĩnh Quang|73,5|–|? (1/2)')
  })
})

test('R13 head and foot are the office’s own: a province’s, a district’s', () => {
  const district = { area: place('district', 'Thành phố', 'Thành phố Rạch Giá'), above: province }
  expect(SHIPPED.daily.frame).toMatchObject({ parent: 'UBND TỈNH KIÊN GIANG', issuer: 'SỞ Y TẾ', symbol: 'BC-SYT', place: 'Kiên Giang', addressees: ['Ban Thường vụ Tỉnh ủy'] })
  expect(shippedFor('daily', district).frame).toMatchObject({
    parent: 'SỞ Y TẾ TỈNH KIÊN GIANG', issuer: 'TRUNG TÂM Y TẾ\nTHÀNH PHỐ RẠCH GIÁ', symbol: 'BC-TTYT', place: 'Rạch Giá', addressees: ['Ban Thường vụ Thành ủy'],
  })
  expect(shippedFor('levels', district).frame).toMatchObject({ issuer: 'UBND THÀNH PHỐ RẠCH GIÁ', symbol: 'TB-UBND', authority: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'] })
})

test('R7 the shipped wordings name only what is known; another is refused with its line', () => {
  expect(faultOf(SHIPPED.daily)).toBeUndefined()
  expect(faultOf(SHIPPED.levels)).toBeUndefined()
  const fault = faultOf({ body: 'a\n{la_gi}', frame: { ...SHIPPED.daily.frame, subject: '{kia}' } })
  expect(fault?.problems?.map(({ code, field, params }) => [code, field, params?.['name'], params?.['line']])).toEqual([
    ['unknown_placeholder', 'body', 'la_gi', 2], ['unknown_placeholder', 'frame/subject', 'kia', 1],
  ])
})

describe('pictures', () => {
  test('a mean stands only on seven known days', () => {
    const days = Array.from({ length: 9 }, (_, i) => ({ day: addDays(ON, i), cases: i === 8 ? null : i, atLeast: 0 }))
    expect(sevenDayMean(days)).toEqual([null, null, null, null, null, null, 3, 4, null])
  })
  test('R3 a day without all its reports is an open bar with a mark, not a low one', () => {
    const shapes = epidemicCurve(figures.curve, 450, 'x').shapes
    expect(shapes.filter((shape) => shape.kind === 'label' && shape.text === '?')).toHaveLength(1)
    expect(shapes.filter((shape) => shape.kind === 'path' && shape.fill === '#ffffff' && shape.stroke !== undefined)).toHaveLength(2)
  })
  test('the map carries the number of the level on the colour', () => {
    const drawn = levelMap([{ areaId: 130736, level: 4 }, { areaId: 130733, level: null }], ON, 450, 'x')
    const labels = drawn?.shapes.flatMap((shape) => (shape.kind === 'label' && shape.text.length === 1 ? [shape.text] : []))
    expect(labels?.toSorted()).toEqual(['4', '?'])
    expect(levelMap([{ areaId: 1, level: 1 }], ON, 450, 'x')).toBeUndefined()
  })
})

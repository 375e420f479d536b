import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { day } from '#base'
import { AreaTree, parseAreas, type Area, type AreaLevel } from './area.ts'
import { resolveName, tonedKey } from './area-names.ts'

const rows = parseAreas(readFileSync(join(import.meta.dirname, '../../db/reference/areas.csv'), 'utf8'))
const tree = new AreaTree(rows)
const in2021 = day('2021-10-12')
const kienGiang = (tree.resolve('91', in2021) as Area).id
const district = (code: string): number => (tree.resolve(code, in2021) as Area).id

/** 'code name' of what a text names in Kiên Giang of 2021; several joined by ' | '. */
const reads = (text: string, scope: { level?: AreaLevel; within?: number; day?: string } = {}): string => {
  const match = resolveName(tree, text, { within: kienGiang, level: 'commune', ...scope, day: day(scope.day ?? '2021-10-12') })
  if (match.kind === 'none') return 'none'
  const found = match.kind === 'exact' ? [match.area] : match.areas
  return found.map((area) => area.code).join(' | ') + (match.rest ? ` (unread: ${match.rest})` : '')
}

describe('one name, many writings', () => {
  test.each([
    ['Phường Vĩnh Bảo', '30742'],
    ['phường vĩnh bảo', '30742'],
    ['PHUONG VINH BAO', '30742'],
    ['P. Vĩnh Bảo', '30742'],
    ['P.Vĩnh Bảo', '30742'],
    ['Vĩnh Bảo', '30742'],
    ['vinh  bao', '30742'],
    ['VinhBao', '30742'],
    ['TT Hòn Đất', '30817'],
    ['TT. Hòn Đất', '30817'],
    ['T.T Hòn Đất', '30817'],
    ['thị trấn Hòn Đất', '30817'],
    ['X. Mỹ Lâm', '30844'],
    ['xã Mĩ Lâm', '30844'],
    ['Xã Hoà Lợi', '30937'],
    ['Xã Hòa Lợi', '30937'],
    ['30730', '30730'],
    [' 30730 ', '30730'],
    ['Xã Mỹ Đức', '30778'],
    ['Thứ Mười Một', '31018'],
    ['Vĩnh Thanh Vân'.normalize('NFD'), '30730'],
  ])('%s', (text, code) => expect(reads(text)).toBe(code))

  test.each([
    ['huyện Kiên Lương', '902'],
    ['H. Kiên Lương', '902'],
    ['H.Kiên Lương', '902'],
    ['Kiên Lương', '902'],
    ['TP Rạch Giá', '899'],
    ['TP.Rạch Giá', '899'],
    ['T.P Rạch Giá', '899'],
    ['thành phố Phú Quốc', '911'],
    ['Phú Quốc', '911'],
    ['905', '905'],
  ])('district %s', (text, code) => expect(reads(text, { level: 'district' })).toBe(code))

  test.each([
    ['Phường 6', 'Phường 6'],
    ['P6', 'Phường 6'],
    ['P.06', 'Phường 6'],
    ['P 6', 'Phường 6'],
    ['f6', 'Phường 6'],
    ['phuong 06', 'Phường 6'],
    ['6', 'Phường 6'],
    ['Phường 16', 'none'],
  ])('numbered %s', (text, name) => {
    const caMau = (tree.resolve('964', in2021) as Area).id
    const match = resolveName(tree, text, { within: caMau, level: 'commune', day: in2021 })
    expect(match.kind === 'exact' ? match.area.name : match.kind).toBe(name)
  })

  test.each([
    ['TP.HCM', '79'],
    ['TP HCM', '79'],
    ['tphcm', '79'],
    ['Hồ Chí Minh', '79'],
    ['Thừa Thiên Huế', '46'],
    ['Bà Rịa - Vũng Tàu', '77'],
    ['Ba Ria Vung Tau', '77'],
    ['tỉnh Kiên Giang', '91'],
    ['T. Kiên Giang', '91'],
    ['Đắk Lắk', '66'],
    ['Dak Lak', '66'],
    ['91', '91'],
  ])('province %s', (text, code) => {
    const match = resolveName(tree, text, { level: 'province', day: in2021 })
    expect(match.kind === 'exact' && match.area.code).toBe(code)
  })

  test('every unit is found by its own full name, at its level and place', () => {
    for (const area of tree.atDay(in2021)) {
      if (area.parentId === null) continue
      const match = resolveName(tree, area.name, { within: area.parentId, level: area.level, day: in2021 })
      expect(match, area.name).toMatchObject({ kind: 'exact', area: { id: area.id } })
    }
  })
})

describe('homonyms', () => {
  test('of the province are offered for choice, unless the district tells', () => {
    expect(reads('Bình An')).toBe('30808 | 30898')
    expect(reads('xã Bình An, huyện Kiên Lương')).toBe('30808')
    expect(reads('xã Bình An, huyện Châu Thành, tỉnh Kiên Giang, Việt Nam')).toBe('30898')
    expect(reads('Bình An (Kiên Lương)')).toBe('30808')
    expect(reads('Bình An - Kiên Lương')).toBe('30808')
    expect(reads('xa binh an huyen kien luong tinh kien giang')).toBe('30808')
    expect(reads('xã Bình An huyện Kiên Lương tỉnh Kiên Giang')).toBe('30808')
    expect(reads('Bình An, 902')).toBe('30808')
    expect(reads('Bình An', { within: district('905') })).toBe('30898')
    expect(reads('thanh loc')).toBe('30901 | 30913')
    expect(reads('Vĩnh Phú')).toBe('30947 | 30791')
    expect(reads('Vĩnh Phú, H. Giang Thành')).toBe('30791')
    expect(reads('Vĩnh Phú, Giồng Riềng')).toBe('30947')
  })

  test('thị trấn and xã of one name', () => {
    expect(reads('Vĩnh Thuận')).toBe('31051 | 31069')
    expect(reads('TT Vĩnh Thuận')).toBe('31051')
    expect(reads('xã Vĩnh Thuận')).toBe('31069')
    expect(reads('Kiên Lương', { level: 'commune' })).toBe('30787')
  })

  test('tones decide where the text has them', () => {
    expect(reads('Tân Thành')).toBe('30856')
    expect(reads('Tân Thạnh')).toBe('31031')
    expect(reads('Tan Thanh')).toBe('30856 | 31031')
    expect(reads('xã Tan Thanh, An Minh')).toBe('31031')
  })

  test('without a level the district of the name is offered too', () => {
    const match = resolveName(tree, 'Kiên Lương', { within: kienGiang, day: in2021 })
    expect(match.kind === 'ambiguous' && match.areas.map((area) => area.level).sort()).toEqual(['commune', 'district'])
  })
})

describe('what must not be guessed', () => {
  test.each([
    ['xã Bình An, huyện Gò Quao', 'none'],
    ['Bình Ann, huyện Kiên Lương', 'none'],
    ['huyện Kiên Lương', 'none'],
    ['', 'none'],
    ['...', 'none'],
    ['99999', 'none'],
    ['Phường Bến Thành', 'none'],
  ])('%s', (text, answer) => expect(reads(text)).toBe(answer))

  test('house, street and unknown hamlet stay unread, and are said', () => {
    expect(reads('ấp Hòa Lập, xã Bình An, huyện Kiên Lương')).toBe('30808 (unread: ấp Hòa Lập)')
    expect(reads('Tổ 3, ấp Hòa Lập, Bình An, Kiên Lương')).toBe('30808 (unread: Tổ 3, ấp Hòa Lập)')
    expect(reads('123 Nguyễn Trung Trực, P. Vĩnh Bảo, TP Rạch Giá')).toBe('30742 (unread: 123 Nguyễn Trung Trực)')
  })

  test('names of another day', () => {
    expect(reads('Vĩnh Bảo', { day: '2025-02-01' })).toBe('none')
    const after = (tree.resolve('91', day('2025-07-01')) as Area).id
    expect(reads('Bình An', { within: after, day: '2025-07-01' })).toBe('30898')
    expect(reads('Phú Quốc', { within: after, day: '2025-07-01' })).toBe('31078')
    expect(reads('Long Xuyên', { within: after, day: '2025-07-01' })).toBe('30307')
  })
})

test('hamlets an office added are found within their commune', () => {
  const commune = tree.resolve('30808', in2021) as Area
  const hamlet = (id: number, kind: string, name: string, k: number): Area => ({
    ...commune,
    id,
    code: `30808-${k}`,
    level: 'hamlet',
    kind,
    name: `${kind} ${name}`,
    parentId: commune.id,
    pos: commune.pos + 100 * k,
    posEnd: commune.pos + 100 * k + 99,
  })
  const wider = new AreaTree([...rows, hamlet(1_000_000, 'Ấp', 'Hòa Lập', 1), hamlet(1_000_001, 'Khu phố', '3', 2)])
  const read = (text: string): unknown => {
    const match = resolveName(wider, text, { within: kienGiang, day: in2021 })
    return match.kind === 'exact' ? match.area.id : match.kind
  }
  expect(read('ấp Hòa Lập, xã Bình An, huyện Kiên Lương')).toBe(1_000_000)
  expect(read('hoa lap')).toBe(1_000_000)
  expect(read('KP3, Bình An, Kiên Lương')).toBe(1_000_001)
  expect(read('KP.03')).toBe(1_000_001)
  expect(read('30808-1')).toBe(1_000_000)
})

test('where a tone is written does not matter, which tone does', () => {
  expect(tonedKey('Xã Hoà')).toBe(tonedKey('xã hòa'))
  expect(tonedKey('Hòa')).not.toBe(tonedKey('Hóa'))
  expect(tonedKey('Thuỷ')).toBe(tonedKey('Thủy'))
  expect(tonedKey('Đức')).not.toBe(tonedKey('Dức'))
})

test('a million names of a list are read in seconds', () => {
  const texts = tree
    .below(kienGiang, 'commune', in2021)
    .flatMap((area) => [area.name, area.name.toLowerCase(), `${area.name}, ${tree.parent(area.id)?.name}`])
  const started = process.cpuUsage().user
  let found = 0
  for (let i = 0; i < 1_000_000; i++) {
    if (resolveName(tree, texts[i % texts.length] as string, { within: kienGiang, level: 'commune', day: in2021 }).kind !== 'none')
      found += 1
  }
  expect(found).toBe(1_000_000)
  // Time of the processor, so that a busy machine does not make it slow. Unit: microseconds.
  expect(process.cpuUsage().user - started).toBeLessThan(5_000_000)
})

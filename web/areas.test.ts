import { expect, test } from 'vitest'
import { indexAreas, type AreaNode } from './areas.tsx'

const area = (id: number, code: string, level: string, name: string, parentId: number | null): AreaNode => ({ id, code, level, name, parentId })
const areas = indexAreas([
  area(1, '91', 'province', 'Tỉnh Kiên Giang', 0),
  area(2, '899', 'district', 'Thành phố Rạch Giá', 1),
  area(3, '900', 'district', 'Thành phố Hà Tiên', 1),
  area(4, '30745', 'commune', 'Phường Vĩnh Bảo', 2),
  area(5, '30742', 'commune', 'Phường Vĩnh Thanh', 2),
  area(6, '30766', 'commune', 'Xã Tiên Hải', 3),
], true)

test('the root is what nothing of the day lies above', () => {
  expect(areas.roots.map(({ id }) => id)).toEqual([1])
  expect(areas.above(4).map(({ id }) => id)).toEqual([4, 2, 1])
})

test('children stand in Vietnamese order', () => {
  expect(areas.childrenOf(1).map(({ name }) => name)).toEqual(['Thành phố Hà Tiên', 'Thành phố Rạch Giá'])
})

test.each([
  ['vinh bao', ['30745']],
  ['VĨNH', ['30745', '30742']],
  ['899', ['899']],
  ['tien', ['900', '30766']],
  ['khong co', []],
])('search without tones: %s', (text, codes) => {
  expect(areas.search(text, 10).map(({ code }) => code)).toEqual(codes)
})

test('no more than asked for', () => {
  expect(areas.search('vinh', 1)).toHaveLength(1)
})

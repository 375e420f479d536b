import { expect, test } from 'vitest'
import { readMergedFrom } from './merged-from.ts'

const read = (prose: string): string[] => readMergedFrom(prose).map(({ kind, text, part }) => `${kind} ${text}${part ? ' (part)' : ''}`)

test('units between commas, with the district that tells homonyms apart', () => {
  expect(read('Thị trấn Kiên Lương, Xã Bình An (huyện Kiên Lương), Xã Bình Trị')).toEqual([
    'Thị trấn Kiên Lương',
    'Xã Bình An, huyện Kiên Lương',
    'Xã Bình Trị',
  ])
})

test('parts and remainders', () => {
  expect(read('Phường Núi Sam, Xã Vĩnh Châu (phần còn lại sau khi sáp nhập vào phường Châu Đốc, phường X)')).toEqual([
    'Phường Núi Sam',
    'Xã Vĩnh Châu (part)',
  ])
  expect(read('Xã Yên Nam và một phần diện tích tự nhiên, quy mô dân số của  Phường Hòa Mạc')).toEqual([
    'Xã Yên Nam',
    'Phường Hòa Mạc (part)',
  ])
  expect(read('Xã Tiên Tiến và phần còn lại của xã  Xã Vầy Nưa sau khi sắp xếp theo quy định')).toEqual([
    'Xã Tiên Tiến',
    'Xã Vầy Nưa (part)',
  ])
})

test('a kind said once for several, and words that belong to a name', () => {
  expect(read('phần còn lại của phường Cửa Đông, Đồng Xuân sau khi sắp Xếp')).toEqual(['phường Cửa Đông (part)', 'phường Đồng Xuân'])
  expect(read('Thị trấn Củ Chi, Xã Các Sơn, Xã Mường Và')).toEqual(['Thị trấn Củ Chi', 'Xã Các Sơn', 'Xã Mường Và'])
})

test('a whole district, and a unit left as it was', () => {
  expect(read('Huyện Kiên Hải')).toEqual(['Huyện Kiên Hải'])
  expect(read('giữ nguyên')).toEqual([])
})

import { expect, test } from 'vitest'
import type { Role } from '#base'
import { readRows } from './read-rows.ts'

const all = [
  { id: 1, code: '91', level: 'province', name: 'Tỉnh Kiên Giang', parentId: null },
  { id: 2, code: '30745', level: 'commune', name: 'Phường Vĩnh Bảo', parentId: 1 },
  { id: 3, code: '30900', level: 'commune', name: 'Xã Tân Hiệp', parentId: 1 },
  { id: 4, code: '30901', level: 'commune', name: 'Xã Tân Hiệp', parentId: 1 },
]
const areas = { all, byCode: (code: string) => all.find((area) => area.code === code) }
const names: Record<Role, string[]> = {
  viewer: ['Người xem'], officer: ['Cán bộ'], epidemiologist: ['Cán bộ dịch tễ'], commander: ['Chỉ huy'], administrator: ['Quản trị'],
}
const read = (text: string) => readRows(text, areas, (role) => names[role])

test('rows pasted from Excel, with a heading, roles and areas without tones', () => {
  const { accounts, faults } = read('Họ tên\tTên đăng nhập\tVai trò\tĐịa bàn\nNguyễn Thị Ánh\tanh.nt\tcan bo\t30745\nTrần Văn Bình\tbinh\tCHỈ HUY\tphuong vinh bao\n')
  expect(faults).toEqual([])
  expect(accounts.map(({ username, grants }) => [username, grants[0]?.role, grants[0]?.area.code])).toEqual([['anh.nt', 'officer', '30745'], ['binh', 'commander', '30745']])
})

test('the same username on two lines is one account with two rights', () => {
  const { accounts } = read('Lê Chi, chi, officer, 30745\nLê Chi, chi, viewer, 91')
  expect(accounts).toHaveLength(1)
  expect(accounts[0]?.grants.map(({ role, area }) => `${role} ${area.id}`)).toEqual(['officer 2', 'viewer 1'])
})

test.each([
  ['An, an.a, officer', 'row_columns'],
  ['An, an, officer, 30745, thừa', 'row_columns'],
  ['An, ẩn, officer, 30745', 'row_username'],
  ['An, an, giám đốc, 30745', 'row_role'],
  ['An, an, officer, Xã Không Có', 'row_area'],
  ['An, an, officer, Xã Tân Hiệp', 'row_areas'],
  ['An, an, officer, 30745\nBình, AN, officer, 30745', 'row_name'],
])('a faulty line says why: %s', (text, code) => {
  const { faults } = read(text)
  expect(faults.map(({ fault }) => fault.code)).toEqual([code])
})

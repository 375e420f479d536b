import { utils, write, type CellObject } from '@e965/xlsx'

/** A serial number of Excel shown as a day. */
const serial = (v: number): CellObject => ({ t: 'n', v, z: 'dd/mm/yyyy' })

const HEADER = [
  ['TRUNG TÂM Y TẾ THÀNH PHỐ RẠCH GIÁ'],
  ['DANH SÁCH CA BỆNH NGÀY 20/10/2021'],
  [],
  ['STT', 'Mã ca', 'Họ và tên', 'Năm sinh', 'Giới', 'Nơi cư trú', null, 'Ngày', null, 'Nguồn phát hiện'],
  [null, null, null, null, null, 'Xã/Phường', 'Huyện', 'Khởi phát', 'Báo cáo', null],
]

/** Rows as offices send them; 44489 is 20/10/2021. */
const ROWS: (string | number | CellObject | null)[][] = [
  [1, 'RG-001', 'Nguyễn Thị Ánh', 1980, 'Nữ', 'P. Vĩnh Thanh Vân', 'Rạch Giá', '18/10/2021', serial(44489), 'Cộng đồng'],
  [2, 'RG-002', 'Trần Văn Bé', 1975, 'Nam', 'vinh thanh van', 'TP Rach Gia', serial(44486), '20/10/2021', 'cong dong'],
  [3, 'RG-003', 'Danh Thị Sà Rươl', 1991, 'nữ', 'Phường Vĩnh Thanh Vân', 'Rạch Giá', '2021-10-17', '2021-10-19', 'Cộng đồng'],
  [4, 'RG-004', 'Lê Hoàng Phúc', 2001, 'Nam', 'Xã Bình An', null, '17/10/2021', '19/10/2021', 'Truy vết'],
  [5, 'RG-005', 'Phạm Thị Dung', 1966, 'Nữ', 'Phường Vĩnh Bảo', 'Rạch Giá', '31/09/2021', '19/10/2021', 'Cộng đồng'],
  [6, 'RG-006', 'Huỳnh Văn Tài', 1988, 'Nam', 'Phường Vĩnh Bảo', 'Rạch Giá', '18/10/21', '19/10/2021', 'Cộng đồng'],
  [7, 'RG-007', 'Võ Thị Mai', 1959, 'Nữ', 'Phường Vĩnh Bảo', 'Rạch Giá', '20/10/2021', '18/10/2021', 'Cộng đồng'],
  [8, 'RG-001', 'Nguyễn Thị Ánh', 1980, 'Nữ', 'P. Vĩnh Thanh Vân', 'Rạch Giá', '18/10/2021', '20/10/2021', 'Cộng đồng'],
  [9, 'RG-009', 'Ngô Văn Xa', 1990, 'Nam', 'Xã Không Có', 'Rạch Giá', '18/10/2021', '20/10/2021', 'Cộng đồng'],
  [null, null, 'Tổng cộng', null, null, null, null, null, null, 9],
]

/** A workbook with titles above, a header of two merged rows, days as text and as serials, and six rows that cannot be taken as they are. */
export const messyLineList = (): Buffer => {
  const sheet = utils.aoa_to_sheet([...HEADER, ...ROWS])
  const merge = (r1: number, c1: number, r2: number, c2: number) => ({ s: { r: r1, c: c1 }, e: { r: r2, c: c2 } })
  sheet['!merges'] = [
    merge(0, 0, 0, 9), merge(1, 0, 1, 9), merge(3, 5, 3, 6), merge(3, 7, 3, 8), ...[0, 1, 2, 3, 4, 9].map((column) => merge(3, column, 4, column)),
  ]
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'Ca bệnh')
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

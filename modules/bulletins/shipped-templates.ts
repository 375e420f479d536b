import { day } from '#base'
import { bareName, type Area } from '#platform/areas'
import type { Frame, Kind, Template } from './frame.ts'

/** The fourth wave began on 27/04/2021: running totals of the Ministry's bulletins are counted from that day. */
const COUNT_FROM = day('2021-04-27')

const DAILY = `# I. TÌNH HÌNH DỊCH BỆNH

## 1. Ca mắc
Từ {tu_gio} đến {den_gio}, {toan} ghi nhận **{ca_moi}** ca mắc mới, {so_voi_hom_truoc}; trong đó có {ca_cong_dong} ca phát hiện trong cộng đồng.
Trong 7 ngày ({ky_7_ngay}) có {ca_7_ngay} ca mắc, {so_voi_7_ngay_truoc}; tỷ lệ {ty_le_7_ngay}. Cộng dồn từ ngày {tinh_tu} có {tong_ca} ca mắc.
? {don_vi_cao_nhat}: Đơn vị có nhiều ca nhất trong ngày: {don_vi_cao_nhat}.

## 2. Tử vong
Trong ngày có {tu_vong} ca tử vong; trong 7 ngày có {tu_vong_7_ngay} ca; cộng dồn từ ngày {tinh_tu} có {tong_tu_vong} ca.

## 3. Phân bố và diễn biến
[[bang_don_vi]]
[[bieu_do]]

# II. CẤP ĐỘ DỊCH
? {khong_co_van_ban}: Ngày {ngay} chưa có văn bản nào quy định đánh giá cấp độ dịch có hiệu lực.
? {van_ban_cap_do}: Theo {van_ban_cap_do}, đến ngày {ngay}: {dia_ban} ở {cap_do_chung}; {tong_xa} xã, phường, thị trấn gồm {xa_theo_cap}.
? {khong_thay_doi_cap}: So với ngày trước, không có xã nào thay đổi cấp độ.
? {thay_doi_cap}: So với ngày trước có {so_tang_cap} xã tăng, {so_giam_cap} xã giảm cấp độ.
[[bang_thay_doi_cap]]
[[ban_do]]

# III. CHẾ ĐỘ BÁO CÁO
? {xa_chua_bao_cao}: Có {so_xa_chua_bao_cao}/{so_xa_phai_bao_cao} xã chưa gửi báo cáo ngày: {xa_chua_bao_cao}.
? {so_xa_bao_cao_thieu}: Có {so_xa_bao_cao_thieu} xã gửi báo cáo chưa đủ các chỉ tiêu hằng ngày.
? {du_bao_cao}: Tất cả {so_xa_phai_bao_cao} xã đã gửi đủ báo cáo ngày.
{goc_so_lieu}

? {nhan_xet}: # IV. NHẬN XÉT, ĐỀ XUẤT
[[nhan_xet]]
Nguồn của từng số liệu nêu tại Phụ lục kèm theo.
[[phu_luc_nguon]]
`

const LEVELS = `> Căn cứ Nghị quyết số 128/NQ-CP ngày 11 tháng 10 năm 2021 của Chính phủ ban hành Quy định tạm thời “Thích ứng an toàn, linh hoạt, kiểm soát hiệu quả dịch COVID-19”;
? {van_ban_cap_do}: > Căn cứ {van_ban_cap_do} và kết quả đánh giá đến ngày {ngay},

{co_quan} thông báo cấp độ dịch COVID-19 trên địa bàn {dia_ban} như sau:

## 1. Cấp độ dịch chung
{dia_ban_hoa}: {cap_do_chung}.

## 2. Cấp độ dịch của các đơn vị trực thuộc
[[bang_cap_don_vi]]

## 3. Cấp độ dịch cấp xã
Trong {tong_xa} xã, phường, thị trấn có {xa_theo_cap}. Danh sách nêu tại Phụ lục kèm theo.
? {thay_doi_cap}: So với trước có {so_tang_cap} xã tăng, {so_giam_cap} xã giảm cấp độ.
[[bang_thay_doi_cap]]
[[ban_do]]

? {ap_dung_tu}: ## 4. Hiệu lực
? {ap_dung_tu}: Cấp độ dịch nêu trên áp dụng từ 00 giờ 00 ngày {ap_dung_tu} cho đến khi có thông báo mới.
? {chua_du_cap}: {chua_du_cap} chưa đủ số liệu để xếp cấp độ và giữ cấp độ đang áp dụng.
[[nhan_xet]]
[[phu_luc_cap_do]]
`

const BODIES: Readonly<Record<Kind, string>> = { daily: DAILY, levels: LEVELS }

/** What the frame must know of the office's area. */
export interface Seat {
  readonly area: Area
  /** The province it lies in; none for a province itself. */
  readonly above: Area | undefined
}

/** Party committee of a unit: Tỉnh ủy, Thành ủy, Thị ủy, Huyện ủy. */
const COMMITTEES: Readonly<Record<string, string>> = { 'Thành phố': 'Thành ủy', 'Thị xã': 'Thị ủy', 'Huyện': 'Huyện ủy' }

/** Head and foot as the health office of a province or district has them; what differs an office writes into its own wording. */
const frameFor = (kind: Kind, { area, above }: Seat): Frame => {
  const same = { place: bareName(area), signer: '', countFrom: COUNT_FROM }
  const subject = kind === 'daily' ? 'Tình hình dịch bệnh {benh} trên địa bàn {dia_ban} ngày\u00a0{ngay}' : 'Cấp độ dịch {benh} trên địa bàn {dia_ban}'
  const [typeName, symbol] = kind === 'daily' ? ['BÁO CÁO', 'BC'] : ['THÔNG BÁO', 'TB']
  const capitals = (name: string): string => name.toLocaleUpperCase('vi')
  if (!above) {
    return {
      ...same, subject, typeName, parent: `UBND ${capitals(area.name)}`, issuer: 'SỞ Y TẾ', symbol: `${symbol}-SYT`, authority: ['GIÁM ĐỐC'],
      addressees: kind === 'daily' ? [`Ban Thường vụ ${area.kind === 'Tỉnh' ? 'Tỉnh ủy' : 'Thành ủy'}`] : [],
      recipients: kind === 'daily'
        ? ['Như trên', 'Thường trực HĐND tỉnh', 'UBND tỉnh', 'Ban Chỉ đạo phòng, chống dịch tỉnh', 'Giám đốc, các Phó Giám đốc Sở', 'Lưu: VT, NVY']
        : ['Bộ Y tế (báo cáo)', 'UBND tỉnh (báo cáo)', 'Ban Chỉ đạo phòng, chống dịch tỉnh', 'UBND cấp huyện, cấp xã', 'Các cơ quan báo, đài', 'Giám đốc, các Phó Giám đốc Sở', 'Lưu: VT, NVY'],
    }
  }
  const unit = area.kind.toLocaleLowerCase('vi')
  return kind === 'daily'
    ? {
      ...same, subject, typeName, parent: `SỞ Y TẾ ${capitals(above.name)}`, issuer: `TRUNG TÂM Y TẾ\n${capitals(area.name)}`, symbol: `${symbol}-TTYT`, authority: ['GIÁM ĐỐC'],
      addressees: [`Ban Thường vụ ${COMMITTEES[area.kind] ?? 'Huyện ủy'}`], recipients: ['Như trên', 'Sở Y tế (báo cáo)', `UBND ${unit}`, `Ban Chỉ đạo phòng, chống dịch ${unit}`, 'Lưu: VT'],
    }
    // Districts may publish the levels of their own communes (LVL-15).
    : {
      ...same, subject, typeName, parent: `UBND ${capitals(above.name)}`, issuer: `UBND ${capitals(area.name)}`, symbol: `${symbol}-UBND`, authority: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
      addressees: [], recipients: ['UBND tỉnh (báo cáo)', 'Sở Y tế (báo cáo)', `Ban Chỉ đạo phòng, chống dịch ${unit}`, 'UBND cấp xã', 'Lưu: VT'],
    }
}

/** The wording the product comes with, for an office of the area; every office may replace it with its own. */
export const shippedFor = (kind: Kind, seat: Seat): Template => ({ body: BODIES[kind], frame: frameFor(kind, seat) })

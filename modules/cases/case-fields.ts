import { nameKey, problem, type Problem } from '#base'
import { choiceReader, isBlank, type Cell, type FieldDefinition, type Reading } from '#platform/import'
import type { CaseFacts } from './case.ts'

type Choice<F extends keyof CaseFacts> = NonNullable<CaseFacts[F]> & string

/** What a line list may hold, with the headers offices give it. Keys are the fields of a case, or parts of them (`birth`, `commune`). */
export const CASE_FIELDS: readonly FieldDefinition[] = [
  { key: 'fullName', kind: 'name', labels: {
    vi: ['Họ và tên', 'Họ tên', 'Tên bệnh nhân', 'Họ tên bệnh nhân', 'Họ và tên bệnh nhân', 'Họ và tên F0', 'Họ, chữ đệm, tên'], en: ['Full name', 'Name', 'Patient name'],
  } },
  { key: 'birth', kind: 'birth', labels: {
    vi: ['Ngày sinh', 'Năm sinh', 'Ngày tháng năm sinh', 'Ngày, tháng, năm sinh', 'Sinh ngày', 'Sinh năm'], en: ['Date of birth', 'Year of birth', 'Birth date', 'Birth year'],
  } },
  { key: 'birthMale', kind: 'text', labels: { vi: ['Năm sinh nam', 'Ngày sinh nam'], en: ['Birth year male'] } },
  { key: 'birthFemale', kind: 'text', labels: { vi: ['Năm sinh nữ', 'Ngày sinh nữ'], en: ['Birth year female'] } },
  { key: 'age', kind: 'age', labels: { vi: ['Tuổi', 'Số tuổi'], en: ['Age', 'Age in years'] } },
  { key: 'sex', kind: 'sex', labels: { vi: ['Giới tính', 'Giới', 'Phái'], en: ['Sex', 'Gender'] } },
  { key: 'nationalId', kind: 'national_id', labels: {
    vi: ['Số định danh', 'Số CCCD', 'CCCD', 'Số CCCD/CMND', 'CMND/CCCD', 'Số CMND', 'CMND', 'Căn cước công dân', 'Số định danh cá nhân', 'Chứng minh nhân dân'],
    en: ['Personal number', 'National id', 'Identity card number', 'ID card'],
  } },
  { key: 'phone', kind: 'phone', labels: { vi: ['Điện thoại', 'Số điện thoại', 'SĐT', 'Số ĐT', 'Điện thoại liên hệ'], en: ['Telephone', 'Phone', 'Phone number'] } },
  { key: 'ethnicity', kind: 'text', labels: { vi: ['Dân tộc'], en: ['Ethnic group', 'Ethnicity'] } },
  { key: 'occupation', kind: 'text', labels: { vi: ['Nghề nghiệp', 'Nghề'], en: ['Occupation', 'Job'] } },
  { key: 'areaCode', kind: 'code', labels: { vi: ['Mã xã', 'Mã địa bàn', 'Mã phường xã', 'Mã đơn vị hành chính', 'Mã ĐVHC'], en: ['Area code', 'Commune code', 'GSO code'] } },
  { key: 'hamlet', kind: 'name', labels: { vi: ['Ấp, khu phố', 'Ấp', 'Khu phố', 'Thôn', 'Khóm', 'Tổ, ấp'], en: ['Hamlet', 'Quarter'] } },
  { key: 'commune', kind: 'name', labels: {
    vi: ['Xã, phường', 'Xã', 'Phường', 'Xã/Phường', 'Phường/Xã', 'Xã, phường, thị trấn', 'Tên xã'], en: ['Commune', 'Ward', 'Commune name'],
  } },
  { key: 'district', kind: 'name', labels: { vi: ['Quận, huyện', 'Huyện', 'Quận/Huyện', 'Huyện, thành phố', 'Tên huyện'], en: ['District', 'District name'] } },
  { key: 'province', kind: 'name', labels: { vi: ['Tỉnh', 'Tỉnh, thành phố', 'Tỉnh/Thành phố', 'Tỉnh/TP', 'Tên tỉnh'], en: ['Province', 'Province name'] } },
  { key: 'currentAddress', kind: 'text', labels: {
    vi: ['Địa chỉ hiện tại', 'Địa chỉ', 'Nơi ở', 'Nơi ở hiện tại', 'Chỗ ở', 'Địa chỉ nơi ở', 'Địa chỉ tạm trú', 'Số nhà, đường'], en: ['Current address', 'Address', 'Residence'],
  } },
  { key: 'permanentAddress', kind: 'text', labels: { vi: ['Địa chỉ thường trú', 'Thường trú', 'Hộ khẩu', 'Hộ khẩu thường trú'], en: ['Permanent address'] } },
  { key: 'workplace', kind: 'text', labels: { vi: ['Nơi làm việc, học tập', 'Nơi làm việc', 'Nơi học tập', 'Đơn vị công tác', 'Trường học'], en: ['Workplace', 'School', 'Workplace or school'] } },
  { key: 'onsetOn', kind: 'date', labels: {
    vi: ['Ngày khởi phát', 'Ngày khởi bệnh', 'Khởi phát', 'Ngày có triệu chứng'], en: ['Onset', 'Date of onset', 'Onset date', 'Symptom onset', 'Date onset symptoms'],
  } },
  { key: 'sampleOn', kind: 'date', labels: { vi: ['Ngày lấy mẫu', 'Ngày lấy mẫu xét nghiệm', 'Ngày xét nghiệm'], en: ['Sample taken', 'Sample date', 'Date of sample'] } },
  { key: 'resultOn', kind: 'date', labels: {
    vi: ['Ngày có kết quả', 'Ngày dương tính', 'Ngày có kết quả dương tính', 'Ngày trả kết quả', 'Ngày khẳng định', 'Ngày phát hiện'],
    en: ['Test result day', 'Result date', 'Date of confirmation', 'Confirm date', 'Date confirmation'],
  } },
  { key: 'reportedOn', kind: 'date', labels: { vi: ['Ngày báo cáo', 'Ngày công bố', 'Ngày báo'], en: ['Report day', 'Report date', 'Date of report'] } },
  { key: 'admittedOn', kind: 'date', labels: { vi: ['Ngày nhập viện', 'Ngày vào viện'], en: ['Admission', 'Admission date', 'Date hospital'] } },
  { key: 'admittedTo', kind: 'text', labels: { vi: ['Nơi điều trị', 'Cơ sở điều trị', 'Bệnh viện', 'Khu điều trị'], en: ['Admitted to', 'Hospital', 'Place of treatment'] } },
  { key: 'diagnosis', kind: 'choice', labels: { vi: ['Phân loại ca', 'Phân loại chẩn đoán', 'Phân loại ca bệnh', 'Chẩn đoán'], en: ['Case class', 'Case classification', 'Diagnosis'] } },
  { key: 'testType', kind: 'choice', labels: { vi: ['Loại xét nghiệm', 'Phương pháp xét nghiệm', 'Loại test'], en: ['Test type', 'Type of test'] } },
  { key: 'detectionSource', kind: 'choice', labels: {
    vi: ['Nguồn phát hiện', 'Loại ca', 'Nơi phát hiện', 'Phát hiện tại', 'Hình thức phát hiện', 'Nguồn ca'], en: ['Detection source', 'Found by', 'Detected at', 'Case type'],
  } },
  { key: 'severity', kind: 'choice', labels: { vi: ['Mức độ', 'Mức độ bệnh', 'Mức độ lâm sàng', 'Tình trạng lâm sàng'], en: ['Severity', 'Clinical severity'] } },
  { key: 'outcome', kind: 'choice', labels: { vi: ['Kết cục', 'Kết quả điều trị', 'Tình trạng hiện tại'], en: ['Outcome', 'Final outcome'] } },
  { key: 'outcomeOn', kind: 'date', labels: { vi: ['Ngày kết cục', 'Ngày có kết cục'], en: ['Outcome day', 'Outcome date'] } },
  { key: 'diedOn', kind: 'date', labels: { vi: ['Ngày tử vong', 'Ngày mất'], en: ['Date of death', 'Death date', 'Death'] } },
  { key: 'recoveredOn', kind: 'date', labels: { vi: ['Ngày khỏi bệnh', 'Ngày ra viện', 'Ngày xuất viện', 'Ngày khỏi'], en: ['Recovery date', 'Discharge date', 'Date discharge'] } },
  { key: 'vaccineDoses', kind: 'text', labels: { vi: ['Số mũi vắc xin', 'Số mũi tiêm', 'Số mũi vaccine', 'Tiêm vắc xin', 'Số mũi đã tiêm'], en: ['Vaccine doses', 'Doses received'] } },
  { key: 'infectorNumber', kind: 'code', labels: {
    vi: ['Số ca người lây', 'Mã người lây', 'Mã ca lây', 'Mã nguồn lây', 'Mã BN nguồn lây', 'Nguồn lây'], en: ['Infector’s case number', 'Infector', 'Infector id', 'Infected by'],
  } },
  { key: 'exposureNote', kind: 'text', labels: {
    vi: ['Đi lại, tiếp xúc', 'Yếu tố dịch tễ', 'Tiền sử dịch tễ', 'Dịch tễ', 'Lịch sử đi lại', 'Ghi chú'], en: ['Travel and contacts', 'Exposure', 'Travel history', 'Note'],
  } },
  { key: 'reporter', kind: 'name', labels: { vi: ['Người báo cáo', 'Cán bộ báo cáo'], en: ['Reporter', 'Reported by'] } },
  { key: 'reporterUnit', kind: 'name', labels: { vi: ['Đơn vị báo cáo', 'Nơi báo cáo'], en: ['Reporting unit'] } },
  { key: 'nationalNumber', kind: 'code', labels: {
    vi: ['Mã bệnh nhân Bộ Y tế', 'Mã bệnh nhân', 'Mã BN', 'Mã BN Bộ Y tế', 'Mã số bệnh nhân', 'Mã số BN', 'Số BN', 'Mã BN quốc gia'], en: ['Ministry number', 'Patient number', 'National case number', 'National number'],
  } },
  { key: 'senderNumber', kind: 'code', labels: {
    vi: ['Mã ca của nơi gửi', 'Mã ca', 'Mã ca bệnh', 'Số ca', 'Mã số ca', 'Số thứ tự ca', 'Mã ca đơn vị', 'Số hồ sơ'], en: ['Sender’s case number', 'Case id', 'Case number', 'Case no', 'CaseID'],
  } },
  { key: 'reinfection', kind: 'yes_no', labels: { vi: ['Tái nhiễm', 'Ca tái nhiễm'], en: ['Reinfection', 'Another infection'] } },
]

export const readDiagnosis = choiceReader<Choice<'diagnosis'>>({
  confirmed: ['Xác định', 'Ca xác định', 'Ca bệnh xác định', 'Dương tính', 'F0', 'Khẳng định', 'Confirmed', 'Positive'],
  probable: ['Có thể', 'Ca có thể', 'Lâm sàng', 'Ca lâm sàng', 'Ca bệnh lâm sàng', 'Probable', 'Clinical'],
  suspected: ['Nghi ngờ', 'Ca nghi ngờ', 'Ca bệnh nghi ngờ', 'Nghi nhiễm', 'Suspected', 'Suspect'],
})

export const readTestType = choiceReader<Choice<'testType'>>({
  pcr: ['RT-PCR', 'PCR', 'Realtime PCR', 'Real-time PCR', 'rRT-PCR', 'Realtime RT-PCR'],
  rapid_antigen: ['Test nhanh', 'Test nhanh kháng nguyên', 'Kháng nguyên', 'Kháng nguyên nhanh', 'Ag', 'RDT', 'Rapid antigen', 'Rapid test', 'Antigen'],
  serology: ['Huyết thanh', 'Kháng thể', 'ELISA', 'Serology', 'Antibody'],
  culture: ['Nuôi cấy', 'Cấy', 'Culture'],
  other: ['Khác', 'Other'],
})

export const readDetectionSource = choiceReader<Choice<'detectionSource'>>({
  community: ['Cộng đồng', 'Ngoài cộng đồng', 'Ca cộng đồng', 'Tại cộng đồng', 'Trong cộng đồng', 'CĐ', 'Community'],
  contact_tracing: ['Truy vết', 'Tiếp xúc gần', 'F1', 'F1 chuyển F0', 'Người tiếp xúc', 'Contact tracing', 'Contact'],
  quarantine: ['Khu cách ly', 'Cách ly', 'Cách ly tập trung', 'Cách ly tại nhà', 'Trong khu cách ly', 'KCL', 'Quarantine'],
  blockade: ['Khu phong tỏa', 'Phong tỏa', 'Vùng phong tỏa', 'Trong khu phong tỏa', 'KPT', 'Blockade', 'Lockdown area'],
  screening: ['Sàng lọc', 'Tầm soát', 'Xét nghiệm sàng lọc', 'Screening'],
  health_facility: ['Cơ sở y tế', 'Bệnh viện', 'Sàng lọc tại cơ sở y tế', 'Tại cơ sở y tế', 'CSYT', 'Health facility', 'Hospital'],
  border: ['Nhập cảnh', 'Ca nhập cảnh', 'Biên giới', 'Cửa khẩu', 'Border', 'Imported'],
  other: ['Khác', 'Other'],
})

export const readSeverity = choiceReader<Choice<'severity'>>({
  asymptomatic: ['Không triệu chứng', 'Không có triệu chứng', 'Chưa có triệu chứng', 'KTC', 'Asymptomatic'],
  mild: ['Nhẹ', 'Mức độ nhẹ', 'Mild'],
  moderate: ['Trung bình', 'Vừa', 'Moderate', 'Normal'],
  severe: ['Nặng', 'Mức độ nặng', 'Severe'],
  critical: ['Nguy kịch', 'Rất nặng', 'Critical'],
})

/** Those still under treatment have no outcome. */
export const readOutcome = choiceReader<Choice<'outcome'> | 'active'>({
  recovered: ['Khỏi', 'Khỏi bệnh', 'Đã khỏi', 'Ra viện', 'Xuất viện', 'Hoàn thành điều trị', 'Recovered', 'Discharged', 'Cured'],
  died: ['Tử vong', 'Đã tử vong', 'Chết', 'Died', 'Dead', 'Deceased', 'Death'],
  active: ['Đang điều trị', 'Còn điều trị', 'Đang theo dõi', 'Đang cách ly', 'Active', 'Under treatment'],
  other: ['Khác', 'Chuyển tuyến', 'Mất dấu', 'Other'],
})

const NO_DOSES = new Set(['chua', 'chua tiem', 'khong', 'khong tiem', 'chua tiem mui nao', 'none', 'no'])
const counts: readonly Reading<number>[] = Array.from({ length: 11 }, (_, value) => ({ ok: true, value }))
const NOT_KNOWN: Reading<number> = { ok: true, value: undefined }

/** Doses received: `2`, `2 mũi`, `Mũi 2`, `Chưa tiêm`. Problem `bad_dose_count`. */
export const readDoses = (cell: Cell | undefined): Reading<number> => {
  if (cell === undefined || isBlank(cell)) return NOT_KNOWN
  const key = nameKey(cell.text)
  if (NO_DOSES.has(key)) return counts[0] as Reading<number>
  const found = /^(?:da )?(?:tiem )?(?:du )?(?:mui (?:thu )?)?(\d{1,2})(?: (?:mui|lieu|doses?))?$/.exec(key)
  return counts[Number(found?.[1] ?? Number.NaN)] ?? { ok: false, problem: badDoses(cell) }
}

const badDoses = (cell: Cell): Problem => problem('bad_dose_count', { params: { text: cell.text.slice(0, 80) } })

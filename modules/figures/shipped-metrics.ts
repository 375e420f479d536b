import type { Metric, MetricKind, MetricUnit } from './metric.ts'

type Given = readonly [
  code: string, nameVi: string, nameEn: string, unit: MetricUnit, kind: MetricKind, aliases: readonly string[], categories?: readonly string[],
]

/** Every commune is asked for these each day. */
const DAILY: readonly Given[] = [
  ['cases_new', 'Ca mắc mới', 'New cases', 'case', 'daily_count', [
    'confirmed', 'cases', 'ca mắc', 'số ca mắc', 'số ca mắc mới', 'số ca', 'ca nhiễm mới', 'số ca nhiễm', 'số mắc', 'mắc mới', 'F0', 'F0 mới',
  ]],
  ['cases_community', 'Ca mắc mới trong cộng đồng', 'New community cases', 'case', 'daily_count', [
    'community', 'community cases', 'cộng đồng', 'ca cộng đồng', 'số ca cộng đồng', 'ca mắc cộng đồng', 'F0 cộng đồng',
  ]],
  ['deaths', 'Tử vong', 'Deaths', 'person', 'daily_count', ['death', 'new deaths', 'ca tử vong', 'số ca tử vong', 'số tử vong', 'tử vong mới']],
  ['patients_oxygen', 'Bệnh nhân phải thở ô xy', 'Patients on oxygen', 'person', 'stock', [
    'oxygen', 'thở oxy', 'thở ô xy', 'bệnh nhân thở oxy', 'ca thở oxy', 'số bệnh nhân thở oxy', 'BN thở oxy',
  ]],
  ['tests', 'Mẫu xét nghiệm', 'Tests', 'test', 'daily_count', ['new tests', 'xét nghiệm', 'số mẫu', 'số xét nghiệm', 'số mẫu xét nghiệm']],
  ['positives', 'Mẫu dương tính', 'Positive tests', 'test', 'daily_count', ['positive', 'dương tính', 'số dương tính', 'số mẫu dương tính']],
]

const OTHERS: readonly Given[] = [
  ['dose1_18plus', 'Người từ 18 tuổi đã tiêm ít nhất 1 mũi', 'People of 18 and over with at least one dose', 'person', 'cumulative', [
    'mũi 1 từ 18 tuổi', 'tiêm mũi 1', 'mũi 1', 'đã tiêm mũi 1', 'dose 1',
  ]],
  ['full_50plus', 'Người từ 50 tuổi đã tiêm đủ mũi', 'People of 50 and over fully dosed', 'person', 'cumulative', ['đủ mũi từ 50 tuổi']],
  ['full_65plus', 'Người từ 65 tuổi đã tiêm đủ mũi', 'People of 65 and over fully dosed', 'person', 'cumulative', ['đủ mũi từ 65 tuổi']],
  ['full_total', 'Người đã tiêm đủ mũi', 'People fully dosed', 'person', 'cumulative', ['đủ mũi', 'tiêm đủ mũi', 'mũi 2', 'tiêm mũi 2', 'fully vaccinated']],
  ['full_highrisk', 'Người nguy cơ cao đã tiêm đủ mũi', 'People at high risk fully dosed', 'person', 'cumulative', ['đủ mũi nguy cơ cao']],
  ['population', 'Dân số', 'Population', 'person', 'population', ['số dân', 'tổng dân số', 'people']],
  ['population_18plus', 'Dân số từ 18 tuổi', 'Population of 18 and over', 'person', 'population', ['dân số từ 18 tuổi trở lên', 'người từ 18 tuổi']],
  ['population_50plus', 'Dân số từ 50 tuổi', 'Population of 50 and over', 'person', 'population', ['dân số từ 50 tuổi trở lên', 'người từ 50 tuổi']],
  ['population_65plus', 'Dân số từ 65 tuổi', 'Population of 65 and over', 'person', 'population', ['dân số từ 65 tuổi trở lên', 'người từ 65 tuổi']],
  ['population_highrisk', 'Số người thuộc nhóm nguy cơ cao', 'Population at high risk', 'person', 'population', [
    'dân số nguy cơ cao', 'người nguy cơ cao',
  ]],
  ['beds_free', 'Giường điều trị COVID-19 còn trống', 'Free COVID-19 beds', 'bed', 'stock', ['giường trống', 'giường còn trống', 'số giường trống']],
  ['icu_free', 'Giường hồi sức tích cực còn trống', 'Free intensive-care beds', 'bed', 'stock', [
    'giường ICU trống', 'giường hồi sức trống', 'ICU trống',
  ]],
  ['patients_hospital', 'Bệnh nhân đang nằm viện', 'Patients in hospital', 'person', 'stock', [
    'đang nằm viện', 'bệnh nhân nội trú', 'số bệnh nhân đang nằm viện', 'BN nội trú', 'inpatients',
  ]],
  ['patients_icu', 'Bệnh nhân hồi sức tích cực', 'Patients in intensive care', 'person', 'stock', [
    'bệnh nhân ICU', 'bệnh nhân hồi sức', 'số bệnh nhân ICU', 'BN ICU',
  ]],
]

const CATEGORIES: readonly Given[] = [
  ['response_capacity', 'Khả năng đáp ứng', 'Response capacity', 'category', 'category', ['đáp ứng', 'năng lực đáp ứng'], ['low', 'medium', 'high']],
  ['care_capacity', 'Bảo đảm khả năng thu dung, điều trị (tiêu chí 3)', 'Care capacity (criterion 3)', 'category', 'category', [
    'tiêu chí 3', 'khả năng thu dung, điều trị', 'thu dung điều trị',
  ], ['not_met', 'met']],
]

/** The metrics the product ships with: those that the rulebooks of 2021 and 2022 ask for, and what a daily report holds. The office adds its own. */
export const SHIPPED_METRICS: readonly Metric[] = [...DAILY, ...OTHERS, ...CATEGORIES].map(
  ([code, nameVi, nameEn, unit, kind, aliases, categories = []], index) => ({
    code, nameVi, nameEn, unit, kind, aliases, categories, minimum: null, maximum: null, askedDaily: index < DAILY.length, position: (index + 1) * 10,
  }),
)

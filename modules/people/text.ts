import { texts } from '#base'

export const text = texts(
  {
    'problem.national_id_province': 'Số định danh mang mã tỉnh {province} không có trong danh mục; vẫn nhận, đề nghị kiểm tra.',
    'problem.national_id_birth': 'Số định danh ghi năm sinh {inNumber}, khác năm sinh {given}; vẫn nhận, đề nghị kiểm tra.',
    'problem.national_id_sex': 'Số định danh không khớp giới tính; vẫn nhận, đề nghị kiểm tra.',
  },
  {
    'problem.national_id_province': 'The personal number has the unknown province code {province}; accepted, please check.',
    'problem.national_id_birth': 'The personal number says born in {inNumber}, not {given}; accepted, please check.',
    'problem.national_id_sex': 'The personal number does not agree with the sex; accepted, please check.',
  },
)

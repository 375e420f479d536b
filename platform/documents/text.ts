import { texts } from '#base'

export const text = texts(
  {
    'problem.number_taken': 'Số {number} năm {year} đã có trong sổ đăng ký văn bản này. Hãy lấy số khác.',
    'problem.unknown_placeholder': 'Dòng {line}: không có trường “{name}”.',
    'problem.unknown_block': 'Dòng {line}: không có bảng hoặc hình “{name}”.',
  },
  {
    'problem.number_taken': 'Number {number} of {year} is in this register already. Take another one.',
    'problem.unknown_placeholder': 'Line {line}: there is no placeholder “{name}”.',
    'problem.unknown_block': 'Line {line}: there is no table or picture “{name}”.',
  },
)

import { joinTexts, texts } from '#base'
import { screenText } from './screen-text.ts'

const server = texts(
  {
    'problem.unknown_bulletin': 'Không có bản tin này, hoặc nằm ngoài địa bàn được xem.',
    'problem.bulletin_issued': 'Bản tin đã ban hành, không sửa được. Có thể lập bản mới cho cùng ngày.',
    'problem.bulletin_not_issued': 'Bản tin chưa ban hành.',
    'problem.no_bulletin_of_commune': 'Bản tin lập cho tỉnh hoặc huyện; {area} không lập bản tin riêng.',
    'problem.issued_before_day': 'Ngày ban hành trước ngày của số liệu ({day}).',
    'problem.effective_day_needed': 'Cần ngày bắt đầu áp dụng cấp độ.',
    'problem.bad_code': 'Mã kiểm tra gồm 16 chữ và số, in dưới mã QR ở cuối văn bản.',
    'problem.unknown_code': 'Không có văn bản mang mã {code} trong kho lưu.',
    'problem.template_faulty': 'Mẫu có chỗ không hiểu được.',
  },
  {
    'problem.unknown_bulletin': 'There is no such bulletin, or it lies outside your area.',
    'problem.bulletin_issued': 'The bulletin has been issued and does not change. A new one can be opened for the same day.',
    'problem.bulletin_not_issued': 'The bulletin has not been issued.',
    'problem.no_bulletin_of_commune': 'Bulletins are for a province or district; {area} has none of its own.',
    'problem.issued_before_day': 'The day of issue is before the day of the figures ({day}).',
    'problem.effective_day_needed': 'The first day the levels hold is needed.',
    'problem.bad_code': 'The code has 16 letters and digits and is printed under the QR at the end of the document.',
    'problem.unknown_code': 'The archive holds no document with code {code}.',
    'problem.template_faulty': 'The wording has places that cannot be understood.',
  },
)

export const text = joinTexts(server, screenText)

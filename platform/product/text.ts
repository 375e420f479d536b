import { texts } from '#base'

export const text = texts(
  {
    'problem.port_taken': 'Cổng {port} tại {host} đã có chương trình khác dùng; đặt PORT khác rồi chạy lại.',
    'start.reference': 'Đã nạp danh mục đơn vị hành chính, dân số và bảng chuyển đổi.',
    'start.ready': 'Lũy Tre đã sẵn sàng tại {address}',
    'start.password': 'Tài khoản quản trị đầu tiên: {username} — mật khẩu (chỉ hiện một lần): {password}',
    'start.password_given': 'Tài khoản quản trị đầu tiên: {username} — mật khẩu lấy từ LUYTRE_ADMIN_PASSWORD.',
    'problem.as_needed': 'Với DATABASE_URL và máy chủ không chạy, cần --as TÀI_KHOẢN để biết ai đang làm.',
    'problem.unknown_account_as': 'Không có tài khoản “{username}”.',
    'problem.file_not_found': 'Không đọc được tệp {file}.',
    'problem.file_not_written': 'Không ghi được tệp {file}: {reason}.',
    'problem.bad_input_json': '--input không phải là JSON hợp lệ.',
    'problem.epi_input_refused': 'Phương pháp {method} không dùng được dữ liệu này: {reason}.',
    'shell.usage': 'Cách dùng: npm run -s luytre -- <lệnh> [--json]\n{commands}',
    'shell.wrong': 'Lệnh không đúng: {reason}',
  },
  {
    'problem.port_taken': 'Port {port} at {host} is used by another program; set another PORT and start again.',
    'start.reference': 'Administrative units, populations and the crosswalk have been loaded.',
    'start.ready': 'Lũy Tre is ready at {address}',
    'start.password': 'First administrator: {username} — password (shown once): {password}',
    'start.password_given': 'First administrator: {username} — password taken from LUYTRE_ADMIN_PASSWORD.',
    'problem.as_needed': 'With DATABASE_URL and no server running, --as USER must say who is acting.',
    'problem.unknown_account_as': 'There is no account “{username}”.',
    'problem.file_not_found': 'The file {file} cannot be read.',
    'problem.file_not_written': 'The file {file} cannot be written: {reason}.',
    'problem.bad_input_json': '--input is not valid JSON.',
    'problem.epi_input_refused': 'The method {method} cannot use these data: {reason}.',
    'shell.usage': 'Usage: npm run -s luytre -- <command> [--json]\n{commands}',
    'shell.wrong': 'Not a command: {reason}',
  },
)

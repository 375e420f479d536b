import { texts } from '#base'

export const text = texts(
  {
    'problem.bad_config': 'Cấu hình chưa đúng; xem từng biến môi trường.',
    'problem.bad_variable': 'Biến môi trường {variable} có giá trị không dùng được: {reason}',
    'problem.tls_incomplete': 'TLS_CERT và TLS_KEY phải đi cùng nhau: hiện chỉ có một trong hai.',
  },
  {
    'problem.bad_config': 'The configuration is not right; see each environment variable.',
    'problem.bad_variable': 'The environment variable {variable} has a value that cannot be used: {reason}',
    'problem.tls_incomplete': 'TLS_CERT and TLS_KEY belong together: only one of them is set.',
  },
)

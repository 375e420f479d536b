import { texts } from '#base'

export const text = texts(
  {
    'problem.shell_only': 'Việc này chỉ làm được từ dòng lệnh trên máy chủ.',
    'problem.audit_broken': 'Nhật ký không còn nguyên vẹn: lô {batch} không khớp với chuỗi niêm phong.',
  },
  {
    'problem.shell_only': 'This can be done only from the shell of the server.',
    'problem.audit_broken': 'The audit is not intact: batch {batch} does not agree with the chain.',
  },
)

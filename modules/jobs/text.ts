import { texts } from '#base'

export const text = texts(
  {
    'jobs.queued': 'Đang chờ đến lượt', 'jobs.stopping': 'Đang dừng',
    'jobs.failed': 'Lần chạy gần nhất không xong: {reason}', 'jobs.cancelled': 'Lần chạy gần nhất đã bị dừng lúc {at}.',
    'problem.unknown_job': 'Không có công việc nền này.', 'problem.job_ended': 'Công việc này đã kết thúc.',
    'problem.job_worker_lost': 'Máy chủ dừng đột ngột nhiều lần khi đang tính. Hãy chạy lại; nếu vẫn vậy, xem nhật ký của máy chủ.',
    'problem.job_crashed': 'Chương trình gặp lỗi khi tính ({reason}). Chi tiết có trong nhật ký của máy chủ.',
  },
  {
    'jobs.queued': 'Waiting for its turn', 'jobs.stopping': 'Stopping',
    'jobs.failed': 'The last run did not finish: {reason}', 'jobs.cancelled': 'The last run was stopped at {at}.',
    'problem.unknown_job': 'There is no such background work.', 'problem.job_ended': 'This work has ended.',
    'problem.job_worker_lost': 'The server stopped several times while computing. Run it again; should it happen again, see the log of the server.',
    'problem.job_crashed': 'The program failed while computing ({reason}). Details are in the log of the server.',
  },
)

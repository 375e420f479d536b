import { texts } from '#base'

export const text = texts(
  {
    'demo.loading': 'Đang nạp mùa dịch giả lập (khoảng một phút)…',
    'demo.loaded': 'Đã nạp mùa dịch giả lập: 27/04/2021–30/06/2022, Kiên Giang.',
    'problem.demo_too_few_persons': '{cases} ca bệnh cần ít nhất {least} người (--persons).',
  },
  {
    'demo.loading': 'Loading the made-up season (about a minute)…',
    'demo.loaded': 'The made-up season is loaded: 27/04/2021–30/06/2022, Kiên Giang.',
    'problem.demo_too_few_persons': '{cases} cases need at least {least} persons (--persons).',
  },
)

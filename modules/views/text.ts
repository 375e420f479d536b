import { texts } from '#base'

export const text = texts(
  { 'problem.unknown_view': 'Không có khung xem này, hoặc nó không còn được chia sẻ với bạn.' },
  { 'problem.unknown_view': 'There is no such view, or it is shared with you no more.' },
)

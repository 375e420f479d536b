import { Badge, Tooltip } from '@mantine/core'
import { daysBetween, type PlainDate } from '#base'
import { today, useFormat, useT } from '#web'

interface Dutiful {
  readonly duty: 'met' | 'late' | 'due' | 'overdue' | null
  readonly dueOn: string | null
  readonly reportedOn: string
}

const COLOURS = { met: 'gray', late: 'orange', due: 'teal', overdue: 'red' } as const

/** How a case stands with the 24 hours of TT 54: in words, with the days past. */
export const useDutyWords = (): ((row: Dutiful) => string) => {
  const t = useT()
  const format = useFormat()
  return ({ duty, dueOn, reportedOn }) => {
    if (duty === null || dueOn === null) return ''
    const past = daysBetween(dueOn as PlainDate, duty === 'overdue' ? today() : (reportedOn as PlainDate))
    const late = duty === 'late' || duty === 'overdue' ? ` ${t('cases.days_past', { days: format.whole(past) })}` : ''
    return `${t(`cases.duty.${duty}`)}${late}`
  }
}

export const DutyBadge = ({ row }: { row: Dutiful }) => {
  const t = useT()
  const format = useFormat()
  const words = useDutyWords()
  if (row.duty === null || row.dueOn === null) return null
  return (
    <Tooltip label={t('cases.duty_about')} multiline maw={320}>
      <Badge variant="outline" color={COLOURS[row.duty]} size="lg" tt="none" tabIndex={0}>{t('cases.due')} {format.day(row.dueOn as PlainDate)} · {words(row)}</Badge>
    </Tooltip>
  )
}

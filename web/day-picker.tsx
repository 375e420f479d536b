import { ActionIcon, Group } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { addDays, dateOf, parseDate, type PlainDate } from '#base'
import { today } from './clock.ts'
import { typedDay } from './format.ts'
import { given } from './given.ts'
import { useT } from './language.tsx'

interface DayPickerProps {
  readonly value: PlainDate | undefined
  readonly onChange: (day: PlainDate | undefined) => void
  readonly label?: string
  readonly ariaLabel?: string
  readonly min?: PlainDate
  /** Last day that may be chosen; today by default. */
  readonly max?: PlainDate
  readonly error?: string | undefined
  readonly required?: boolean
  /** With buttons for the day before and after. */
  readonly steps?: boolean
  readonly clearable?: boolean
  readonly className?: string | undefined
}

/** A day typed as an office writes it (`22/11/2021`, `22-11-2021`, ISO) or picked from the calendar. */
export const DayPicker = ({
  value, onChange, label, ariaLabel, min, max = today(), error, required, steps = false, clearable = false, className,
}: DayPickerProps) => {
  const t = useT()
  const input = (
    <DateInput
      {...given({ className, label, error, minDate: min, withAsterisk: required })}
      {...(label ? {} : { 'aria-label': ariaLabel ?? t('web.day') })}
      size="sm"
      placeholder={t('web.day_shape')}
      value={value ?? null}
      onChange={(text) => {
        const parsed = text === null ? undefined : parseDate(text)
        if (parsed === undefined) onChange(undefined)
        else if (parsed.ok) onChange(parsed.value)
      }}
      valueFormat="DD/MM/YYYY"
      dateParser={(text) => {
        const typed = typedDay(text)
        return typed ? (dateOf(typed.year, typed.month, typed.dayOfMonth) ?? null) : null
      }}
      maxDate={max}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('web.clear_day') }}
      leftSection={<IconCalendar size={16} />}
      firstDayOfWeek={1}
    />
  )
  if (!steps) return input
  return (
    <Group gap={2} wrap="nowrap" align="flex-end">
      <ActionIcon aria-label={t('web.day_before')} disabled={!value || (min !== undefined && value <= min)} onClick={() => value && onChange(addDays(value, -1))}>
        <IconChevronLeft size={18} />
      </ActionIcon>
      {input}
      <ActionIcon aria-label={t('web.day_after')} disabled={!value || value >= max} onClick={() => value && onChange(addDays(value, 1))}>
        <IconChevronRight size={18} />
      </ActionIcon>
    </Group>
  )
}

import { ActionIcon, Popover, TextInput } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import { IconCalendar } from '@tabler/icons-react'
import { useState } from 'react'
import { parseDate, vietnameseDate } from '#base'
import { today, useT } from '#web'
import { readBirth, readDay } from './read-typed.ts'

interface DayFieldProps {
  readonly name: string
  readonly label: string
  /** As typed: a text that is no day stays as it is, with its reason under it. */
  readonly value: string
  readonly onChange: (typed: string) => void
  readonly error: string | undefined
  readonly required?: boolean
  /** A year alone will do. */
  readonly birth?: boolean
}

/** A day typed as an office writes it; leaving the field says at once what cannot be read. The calendar is for those who point. */
export const DayField = ({ name, label, value, onChange, error, required = false, birth = false }: DayFieldProps) => {
  const t = useT()
  const [left, setLeft] = useState(false)
  const [opened, setOpened] = useState(false)
  const read = birth ? readBirth(value) : readDay(value)
  const day = readDay(value)
  const fault = left && !read.ok ? t(`problem.${read.problem.code}`, read.problem.params) : undefined
  return (
    <TextInput
      name={name}
      label={label}
      value={value}
      withAsterisk={required}
      aria-required={required}
      error={fault ?? error}
      placeholder={birth ? t('cases.birth_shape') : t('web.day_shape')}
      inputMode="numeric"
      autoComplete="off"
      onChange={(event) => {
        setLeft(false)
        onChange(event.currentTarget.value)
      }}
      onBlur={() => {
        setLeft(true)
        if (day.ok && day.value) onChange(vietnameseDate(day.value))
      }}
      rightSection={(
        <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
          <Popover.Target>
            {/* Out of the tab order: who uses the keyboard types the day. */}
            <ActionIcon tabIndex={-1} size="sm" aria-label={t('cases.calendar')} onClick={() => setOpened(!opened)}>
              <IconCalendar size={16} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <DatePicker
              value={day.ok ? day.value : null}
              defaultDate={day.ok && day.value ? day.value : today()}
              maxDate={today()}
              onChange={(picked) => {
                const parsed = parseDate(picked ?? '')
                onChange(parsed.ok ? vietnameseDate(parsed.value) : '')
                setOpened(false)
              }}
            />
          </Popover.Dropdown>
        </Popover>
      )}
    />
  )
}

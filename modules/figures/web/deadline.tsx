import { ActionIcon, NativeSelect, Popover } from '@mantine/core'
import { IconClockEdit } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Instant } from '#base'
import { now, ProblemNotice, useFormat, useMay, useSend, useT } from '#web'
import { deadlineSet, listMissing, readGrid, setDeadline, type GridShown } from '../contract.ts'
import classes from './figures.module.css'

/** How often the time left is told anew. Unit: milliseconds. */
const TICK = 20_000
/** Farther away the time left or over says nothing the date does not. Unit: minutes. */
const TOLD = 7 * 1440

/** Until when the day's figures are due, and the time left or over. */
export const Deadline = ({ area, deadline }: Pick<GridShown, 'area' | 'deadline'>) => {
  const t = useT()
  const format = useFormat()
  const may = useMay()
  const setting = useSend(setDeadline, { invalidates: [readGrid, listMissing] })
  const [moment, setMoment] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setMoment(now()), TICK)
    return () => clearInterval(timer)
  }, [])
  const at = deadline.at as Instant
  const minutes = Math.round((Date.parse(at) - Date.parse(moment)) / 60_000)
  const span = (length: number): string =>
    length < 60 ? t('figures.minutes', { minutes: length })
    : length < 2880 ? t('figures.hours', { hours: Math.floor(length / 60), minutes: length % 60 })
    : t('figures.days', { days: Math.floor(length / 1440) })
  return (
    <span className={classes.deadline} data-over={minutes < 0 ? true : undefined}>
      {t('figures.deadline', { at: format.instant(at) })}
      {Math.abs(minutes) < TOLD && (
        <>{' · '}<strong>{minutes >= 0 ? t('figures.deadline_left', { time: span(minutes) }) : t('figures.deadline_over', { time: span(-minutes) })}</strong></>
      )}
      {deadline.isDefault && ` (${t('figures.deadline_default')})`}
      {may(deadlineSet, area.id) && (
        <Popover position="bottom-start" withArrow trapFocus>
          <Popover.Target>
            <ActionIcon size="sm" className="no-print" aria-label={t('figures.deadline_set', { area: area.name })}><IconClockEdit size={16} /></ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <NativeSelect
              label={t('figures.deadline_set', { area: area.name })}
              aria-label={t('figures.deadline_hour')}
              value={String(deadline.hour)}
              disabled={setting.pending}
              data={Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }))}
              onChange={(event) => void setting.send({ body: { areaId: area.id, hour: Number(event.currentTarget.value) } })}
            />
            <ProblemNotice problem={setting.problem} />
          </Popover.Dropdown>
        </Popover>
      )}
    </span>
  )
}

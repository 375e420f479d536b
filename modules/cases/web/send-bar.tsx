import { Button, Group } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import type { Instant } from '#base'
import { useFormat, useT } from '#web'
import classes from './cases.module.css'

interface SendBarProps {
  /** What the button does: 'Gửi báo cáo'. */
  readonly send: string
  readonly pending: boolean
  /** Something stands in the form that was not there when it was opened. */
  readonly changed: boolean
  /** When this machine last kept what is typed; nothing where it could not. */
  readonly keptAt: Instant | undefined
  readonly onDiscard: () => void
}

/** Always in sight under the form: what has been kept where, and the one button. */
export const SendBar = ({ send, pending, changed, keptAt, onDiscard }: SendBarProps) => {
  const t = useT()
  const format = useFormat()
  return (
    <div className={`${classes.sendBar} no-print`}>
      <span className={classes.kept}>
        {pending ? t('cases.sending') : !changed ? t('cases.nothing_typed') : keptAt ? t('cases.kept_here', { at: format.time(keptAt) }) : t('cases.not_kept')}
      </span>
      <Group gap="sm" wrap="nowrap">
        {changed && <Button variant="default" onClick={onDiscard} disabled={pending}>{t('cases.discard')}</Button>}
        <Button type="submit" loading={pending} leftSection={<IconDeviceFloppy size={16} />}>{send}</Button>
      </Group>
    </div>
  )
}

import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { DisabledWithReason, ProblemNotice, useMay, useT } from '#web'
import { warningDecide, type WarningShown } from '../contract.ts'
import { useDecide } from './use-decide.tsx'
import classes from './warnings.module.css'

interface DecideBarProps {
  readonly warnings: readonly WarningShown[]
  /** Called when something was decided. */
  readonly onDecided?: () => void
}

/** Acknowledge, investigate, dismiss: one line under the list and on the page of a warning. */
export const DecideBar = ({ warnings, onDecided }: DecideBarProps) => {
  const t = useT()
  const may = useMay()(warningDecide)
  const [reason, setReason] = useState('')
  const { decide, pending, problem } = useDecide()
  const act = async (status: 'acknowledged' | 'investigating' | 'dismissed'): Promise<void> => {
    if (!(await decide(warnings.map(({ id }) => id), status, reason))) return
    setReason('')
    onDecided?.()
  }
  const roles = t('warnings.may_not', { roles: warningDecide.roles.map((role) => t(`role.${role}`)).join(', ') })
  const reasonFor = (status: WarningShown['status']): string | undefined =>
    !may ? roles
      : warnings.length === 0 ? t('warnings.choose_first')
        : warnings.some((one) => one.status === status) ? t('problem.already_so')
          : status === 'dismissed' && reason.trim() === '' ? t('warnings.reason_needed') : undefined
  return (
    <div className={`${classes.decide} no-print`}>
      <TextInput className={classes.note ?? ''} label={t('warnings.note')} value={reason} maxLength={500} autoComplete="off" onChange={(event) => setReason(event.currentTarget.value)} />
      <DisabledWithReason loading={pending} reason={reasonFor('acknowledged')} onClick={() => void act('acknowledged')}>{t('warnings.acknowledge')}</DisabledWithReason>
      <DisabledWithReason variant="default" reason={reasonFor('investigating')} onClick={() => void act('investigating')}>{t('warnings.investigate')}</DisabledWithReason>
      <DisabledWithReason variant="default" reason={reasonFor('dismissed')} onClick={() => void act('dismissed')}>
        {warnings.length > 1 ? t('warnings.dismiss_of', { count: warnings.length }) : t('warnings.dismiss')}
      </DisabledWithReason>
      <ProblemNotice problem={problem} />
    </div>
  )
}

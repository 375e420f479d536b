import { Button, Group } from '@mantine/core'
import { IconEdit } from '@tabler/icons-react'
import { DisabledWithReason, useFormat, useT } from '#web'
import { BULK_BATCH } from '../../contract.ts'
import classes from '../cases.module.css'
import type { Selection } from './use-selection.ts'

/** What is selected in the list, and what can be done with it. */
export const BulkBar = ({ selection, total, onEdit }: {
  selection: Selection; total: { readonly rows: number; readonly more: boolean }; onEdit: () => void
}) => {
  const t = useT()
  const format = useFormat()
  const { chosen, all } = selection
  if (!all && chosen.size === 0) return null
  const count = format.count(total.rows, total.more)
  return (
    <div className={`${classes.bulkBar} no-print`} role="status">
      <strong>{all ? t('cases.bulk_chosen_all', { count }) : t('cases.bulk_chosen', { count: format.whole(chosen.size) })}</strong>
      <Group gap="sm">
        <DisabledWithReason
          size="compact-sm" leftSection={<IconEdit size={16} />} onClick={onEdit}
          reason={!all && chosen.size > BULK_BATCH ? t('cases.bulk_too_many', { most: format.whole(BULK_BATCH) }) : undefined}
        >{t('cases.bulk')}</DisabledWithReason>
        {!all && (total.more || total.rows > chosen.size) && (
          <Button size="compact-sm" variant="default" onClick={selection.chooseAll}>{t('cases.bulk_choose_all', { count })}</Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={selection.clear}>{t('cases.bulk_choose_none')}</Button>
      </Group>
    </div>
  )
}

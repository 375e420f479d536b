import { Button, Group, Stack } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { AnswerOf } from '#base'
import { Notice, ProblemNotice, Progress, useFormat, useQueryOf, useSend, useT } from '#web'
import { cancelBulk, countCases, getBulk, getCase, listBulks, listCases, undoBulk } from '../../contract.ts'

export type BulkShown = AnswerOf<typeof getBulk>['bulk']

/** How often a running edit is asked how far it is. Unit: milliseconds. */
const OFTEN = 500

export const isRunning = ({ status }: Pick<BulkShown, 'status'>): boolean => status === 'running' || status === 'undoing'

/** Sends the undo of a bulk edit; a refusal with the list can be answered by leaving those cases as they are. */
export const useUndoBulk = () => useSend(undoBulk, { invalidates: [getBulk, listBulks, listCases, countCases, getCase] })

/** A bulk edit from its beginning to its undo. */
export const BulkProgress = ({ id, onClose, onChanged }: { id: string; onClose: () => void; onChanged: () => void }) => {
  const t = useT()
  const { data } = useQueryOf(getBulk, { params: { id } }, { every: OFTEN, freshFor: 0 })
  const bulk = data?.bulk
  const told = useRef('')
  useEffect(() => {
    // The list is read again once after each end, not while it runs.
    if (!bulk || isRunning(bulk) || told.current === bulk.status) return
    told.current = bulk.status
    onChanged()
  }, [bulk, onChanged])
  if (!bulk) return <Progress label={t('cases.bulk_running')} done={undefined} />
  return (
    <Stack gap="md">
      <BulkState bulk={bulk} />
      <Group justify="flex-end"><Button onClick={onClose} data-autofocus>{t('web.close')}</Button></Group>
    </Stack>
  )
}

/** Where a bulk edit stands, and what can be done about it. */
export const BulkState = ({ bulk }: { bulk: BulkShown }) => {
  const t = useT()
  const format = useFormat()
  const cancel = useSend(cancelBulk, { invalidates: [getBulk, listBulks] })
  const undo = useUndoBulk()
  const input = { params: { id: bulk.id } }
  if (bulk.status === 'running') {
    return (
      <Stack gap="sm">
        <Progress
          label={t('cases.bulk_running')} done={bulk.beyond ? undefined : Math.min(1, bulk.walked / Math.max(1, bulk.matched))}
          detail={t('cases.bulk_walked', { walked: format.whole(bulk.walked) })} onCancel={() => void cancel.send({ ...input, body: {} })}
        />
        <Notice>{t('cases.bulk_goes_on')}</Notice>
        <ProblemNotice problem={cancel.problem} />
      </Stack>
    )
  }
  if (bulk.status === 'undoing' && undo.pending) return <Progress label={t('cases.bulk_undoing')} done={bulk.undone / Math.max(1, bulk.changed)} />
  return (
    <Stack gap="sm" align="flex-start">
      <span role="status">
        {bulk.status === 'undone' ? t('cases.bulk_undone', { undone: format.whole(bulk.undone) })
          : t('cases.bulk_done', { changed: format.whole(bulk.changed), refused: format.whole(bulk.refused) })}
      </span>
      {bulk.status !== 'undone' && bulk.refusals.length > 0 && (
        <ul>{bulk.refusals.slice(0, 10).map((one) => <li key={one.id}>{one.number}: {one.message}</li>)}</ul>
      )}
      <ProblemNotice problem={undo.problem} />
      {bulk.status !== 'undone' && bulk.changed > 0 && (
        undo.problem?.code === 'built_upon'
          ? <Button variant="default" loading={undo.pending} onClick={() => void undo.send({ ...input, body: { leaveChanged: true } })}>{t('cases.bulk_undo_rest')}</Button>
          : <Button variant="default" loading={undo.pending} onClick={() => void undo.send({ ...input, body: {} })}>{t('cases.bulk_undo')}</Button>
      )}
    </Stack>
  )
}

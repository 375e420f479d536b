import { Button, Skeleton } from '@mantine/core'
import type { Instant } from '#base'
import { EmptyState, PageHeader, ProblemNotice, useFormat, usePagesOf, useQueryOf, useT } from '#web'
import { getBulk, listBulks } from '../../contract.ts'
import classes from '../cases.module.css'
import { useWords } from '../words.ts'
import { BulkState, isRunning, type BulkShown } from './bulk-progress.tsx'

const OFTEN = 1000

/** Every bulk edit of the reader's area, the latest first, each with its undo. */
const BulkList = () => {
  const t = useT()
  const { pages, problem, loading, hasMore, more } = usePagesOf(
    listBulks, (before: string | undefined) => ({ query: before === undefined ? {} : { before } }), ({ next }) => next ?? undefined,
  )
  const bulks = pages?.flatMap((page) => page.bulks)
  return (
    <>
      <PageHeader title={t('cases.bulk_list')} about={t('cases.bulk_list_about')} />
      <ProblemNotice problem={problem} />
      {!bulks && !problem && <Skeleton height={320} />}
      {bulks?.length === 0 && <EmptyState title={t('cases.bulk_none')}>{t('cases.bulk_none_about')}</EmptyState>}
      <div className={classes.pairs}>{bulks?.map((bulk) => <One key={bulk.id} listed={bulk} />)}</div>
      {hasMore && <Button variant="default" loading={loading} onClick={more}>{t('web.more_rows')}</Button>}
    </>
  )
}
export default BulkList

const One = ({ listed }: { listed: BulkShown }) => {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const running = isRunning(listed)
  const { data } = useQueryOf(getBulk, running ? { params: { id: listed.id } } : undefined, { every: OFTEN })
  const bulk = running ? (data?.bulk ?? listed) : listed
  return (
    <section className={classes.pair} aria-label={`${t('cases.bulk')} ${format.instant(bulk.at as Instant)}`}>
      <div><strong>{t(`cases.bulk_status.${bulk.status}`)}</strong> · {format.instant(bulk.at as Instant)} · {bulk.by}</div>
      <div>{Object.entries(bulk.changes).map(([field, value]) => `${t(`cases.field.${field}`)}: ${words.value(field, value)}`).join(' · ')}</div>
      <div>{t('cases.because', { reason: bulk.reason })}</div>
      <BulkState bulk={bulk} />
    </section>
  )
}

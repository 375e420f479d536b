import { Button, Group, Skeleton, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AnswerOf, Instant } from '#base'
import { DisabledWithReason, EmptyState, now, PageHeader, ProblemNotice, ScreenLink, useFormat, useMay, usePagesOf, useQueryOf, useSend, useT, useToast } from '#web'
import { caseCorrect, clearDuplicate, getCase, listCases, listDuplicates } from '../contract.ts'
import classes from './cases.module.css'
import { MergeCase } from './life/merge-case.tsx'
import { useWords } from './words.ts'

type Pair = AnswerOf<typeof listDuplicates>['pairs'][number]
type Row = Pair['case']

const PAGE = 20

/** Pairs that look like one person: compared by a human, one decision each. */
const DuplicateQueue = () => {
  const t = useT()
  const { pages, problem, loading, hasMore, more } = usePagesOf(
    listDuplicates,
    (after: string | undefined) => ({ query: { limit: PAGE, ...(after === undefined ? {} : { after }) } }),
    ({ next }) => next ?? undefined,
  )
  const pairs = pages?.flatMap((page) => page.pairs)
  return (
    <>
      <PageHeader title={t('cases.duplicates')} about={t('cases.duplicates_about')} />
      <ProblemNotice problem={problem} />
      {!pairs && !problem && <Skeleton height={320} />}
      {pairs?.length === 0 && <EmptyState title={t('cases.no_duplicates')}>{t('cases.no_duplicates_about')}</EmptyState>}
      <div className={classes.pairs}>{pairs?.map((pair) => <Compared key={pair.id} pair={pair} />)}</div>
      {hasMore && <Button variant="default" loading={loading} onClick={more}>{t('web.more_rows')}</Button>}
    </>
  )
}
export default DuplicateQueue

const Compared = ({ pair }: { pair: Pair }) => {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const toast = useToast()
  const mayDecide = useMay()(caseCorrect)
  const [reason, setReason] = useState('')
  const [merging, setMerging] = useState<string>()
  const whole = useQueryOf(getCase, merging === undefined ? undefined : { params: { id: merging } }, { keep: false })
  const clearing = useSend(clearDuplicate, { invalidates: [listDuplicates, listCases, getCase] })
  const { case: later, other: earlier } = pair
  const clear = async (): Promise<void> => {
    const cleared = await clearing.send({ params: { id: pair.id }, body: reason.trim() === '' ? {} : { reason: reason.trim() } })
    if (cleared.ok) toast.say(t('cases.cleared', { name: later.fullName }))
  }
  const lines: readonly (readonly [string, (row: Row) => string])[] = [
    [t('cases.field.fullName'), (row) => row.fullName],
    [t('cases.born'), (row) => words.born(row)],
    [t('cases.area'), (row) => words.place(row)],
    [t('cases.field.reportedOn'), (row) => words.day(row.reportedOn)],
    [t('cases.field.onsetOn'), (row) => words.day(row.onsetOn)],
    [t('cases.field.diagnosis'), (row) => words.choice('diagnosis', row.diagnosis)],
    [t('cases.field.detectionSource'), (row) => words.choice('detectionSource', row.detectionSource)],
    [t('cases.field.severity'), (row) => words.choice('severity', row.severity)],
    [t('cases.state'), (row) => words.state(row)],
    [t('cases.field.nationalNumber'), (row) => row.nationalNumber ?? ''],
    [t('cases.of_sender'), (row) => [row.sender, row.senderNumber].filter(Boolean).join(' · ')],
    [t('cases.recorded_at'), (row) => words.instant(row.recordedAt)],
  ]
  return (
    <article className={classes.pair} aria-label={t('cases.pair', { name: later.fullName })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('cases.found', { at: format.instant(pair.foundAt as Instant), ago: format.relative(pair.foundAt as Instant, now()) })}</th>
            <th scope="col">{t('cases.later')} <ScreenLink to={`/cases/${later.id}`}>{later.number}</ScreenLink></th>
            <th scope="col">{t('cases.earlier')} {earlier ? <ScreenLink to={`/cases/${earlier.id}`}>{earlier.number}</ScreenLink> : t('cases.unseen')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([name, said]) => {
            const differs = earlier !== null && said(later) !== said(earlier)
            return (
              <tr key={name} data-differs={differs || undefined}>
                <th scope="row">{name}{differs && <span className={classes.differs}> ≠ {t('cases.differs')}</span>}</th>
                <td>{said(later) || '—'}</td>
                <td>{earlier ? said(earlier) || '—' : ''}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <ProblemNotice problem={clearing.problem} />
      <Group gap="sm" align="flex-end" className={classes.decide}>
        <TextInput label={t('cases.why_different')} value={reason} maxLength={500} autoComplete="off" onChange={(event) => setReason(event.currentTarget.value)} className={classes.grow ?? ''} />
        <DisabledWithReason
          loading={clearing.pending} onClick={() => void clear()}
          reason={mayDecide ? undefined : t('cases.may_not', { roles: caseCorrect.roles.map((role) => t(`role.${role}`)).join(', ') })}
        >{t('cases.not_duplicate')}</DisabledWithReason>
        {earlier && (
          <DisabledWithReason
            variant="default" loading={merging !== undefined && whole.isFetching} onClick={() => setMerging(later.id)}
            reason={mayDecide ? undefined : t('cases.may_not', { roles: caseCorrect.roles.map((role) => t(`role.${role}`)).join(', ') })}
          >{t('cases.merge_pair')}</DisabledWithReason>
        )}
      </Group>
      <MergeCase shown={merging === undefined ? undefined : whole.data?.case} into={earlier?.id} onClose={() => setMerging(undefined)} />
    </article>
  )
}

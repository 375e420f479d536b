import { Badge, Button, Skeleton } from '@mantine/core'
import { IconArrowMerge, IconArrowsExchange, IconFlag, IconHeartbeat, IconPencil, IconPrinter } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { AnswerOf } from '#base'
import { importUse } from '#imports/contract'
import { DisabledWithReason, Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useGo, useKeys, useMay, useQueryOf, useT } from '#web'
import { caseCorrect, caseTransfer, getCase } from '../contract.ts'
import { CaseFacts } from './case-facts.tsx'
import classes from './cases.module.css'
import { CaseTimeline } from './life/case-timeline.tsx'
import { RecordCourse, RemoveCourse } from './life/course.tsx'
import { DutyBadge } from './life/duty-badge.tsx'
import { IsMerged, MergeCase } from './life/merge-case.tsx'
import { CaseStand } from './life/stand.tsx'
import type { CourseShown } from './life/timeline.ts'
import { TransferCase } from './transfer-case.tsx'
import { useWords } from './words.ts'

type Answer = AnswerOf<typeof getCase>
type Named = Answer['otherCases'][number]

/** One case: who, how it stands, what is known, what was done. */
const ShowCase = () => {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useQueryOf(getCase, { params: { id } }, { keep: false })
  if (error) {
    return (
      <>
        <PageHeader title={t('cases.case')} />
        <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
        <p><ScreenLink to="/cases">{t('cases.to_list')}</ScreenLink></p>
      </>
    )
  }
  return data ? <Opened answer={data} /> : <><PageHeader title={t('cases.case')} /><Skeleton height={400} /></>
}
export default ShowCase

const Opened = ({ answer }: { answer: Answer }) => {
  const t = useT()
  const go = useGo()
  const may = useMay()
  const words = useWords()
  const [form, setForm] = useState<'move' | 'stand' | 'course' | 'merge'>()
  const [removing, setRemoving] = useState<CourseShown>()
  const closeForm = (): void => setForm(undefined)
  const { case: shown, otherCases, infected, duplicates, course, merged, mergedInto } = answer
  // A merged case has no present version: its last entry says so.
  const gone = answer.history[0]?.action === 'merged' && (mergedInto !== null || !shown.withdrawn) && answer.history[0].changes.length === 0
  const roles = (names: readonly string[]): string => names.map((role) => t(`role.${role}`)).join(', ')
  const barred = (permission: typeof caseCorrect): string | undefined =>
    shown.withdrawn ? t('cases.withdrawn') : gone ? t('cases.is_merged_unseen') : may(permission) ? undefined : t('cases.may_not', { roles: roles(permission.roles) })
  const correct = (): void => go(`/cases/${shown.id}/correct`)
  useKeys(barred(caseCorrect) === undefined ? [
    { keys: 'e', does: 'cases.key_correct', run: correct }, { keys: 'd', does: 'cases.key_course', run: () => setForm('course') },
    { keys: 'c', does: 'cases.key_close', run: () => setForm('stand') },
  ] : [])

  return (
    <>
      <PageHeader
        title={shown.fullName}
        about={(
          <>
            {[
              shown.sex && words.choice('sex', shown.sex), shown.age !== null && t('cases.years_old', { age: shown.age }),
              words.place(shown),
            ].filter(Boolean).join(' · ')}
            <span className={classes.stand}>
              <Badge variant="light" color={shown.status === 'active' ? 'teal' : 'gray'} size="lg" tt="none">{words.state(shown)}</Badge>
              <DutyBadge row={shown} />
              {shown.reinfection && <Badge variant="outline" color="gray" size="lg" tt="none">{t('cases.reinfected')}</Badge>}
            </span>
          </>
        )}
        actions={(
          <>
            <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('cases.print')}</Button>
            <DisabledWithReason variant="default" leftSection={<IconArrowsExchange size={16} />} reason={barred(caseTransfer)} onClick={() => setForm('move')}>
              {t('cases.transfer')}
            </DisabledWithReason>
            <DisabledWithReason variant="default" leftSection={<IconArrowMerge size={16} />} reason={barred(caseCorrect)} onClick={() => setForm('merge')}>{t('cases.merge')}</DisabledWithReason>
            <DisabledWithReason variant="default" leftSection={<IconFlag size={16} />} reason={barred(caseCorrect)} onClick={() => setForm('stand')}>
              {t(shown.status === 'active' ? 'cases.close' : 'cases.reopen')}
            </DisabledWithReason>
            <DisabledWithReason variant="default" leftSection={<IconHeartbeat size={16} />} reason={barred(caseCorrect)} onClick={() => setForm('course')}>{t('cases.course_add')}</DisabledWithReason>
            <DisabledWithReason leftSection={<IconPencil size={16} />} reason={barred(caseCorrect)} onClick={correct}>{t('cases.correct')}</DisabledWithReason>
          </>
        )}
      />
      <dl className={classes.numbers}>
        <Numbered name={t('cases.number')} text={shown.number} />
        <Numbered name={t('cases.field.nationalNumber')} text={shown.nationalNumber ?? t('cases.none_yet')} />
        {(shown.senderNumber ?? shown.sender) && <Numbered name={t('cases.of_sender')} text={[shown.sender, shown.senderNumber].filter(Boolean).join(' · ')} />}
        {shown.importId && (
          <div>
            <dt>{t('cases.came_by')}</dt>
            <dd>{may(importUse) ? <ScreenLink to={`/imports/${shown.importId}`}>{t('cases.one_import')}</ScreenLink> : t('cases.one_import')} (<ScreenLink to="/cases" search={{ importId: shown.importId }}>{t('cases.same_import')}</ScreenLink>)</dd>
          </div>
        )}
      </dl>
      {shown.withdrawn && <div className={classes.note}><Notice warning>{t('cases.withdrawn')}</Notice></div>}
      {gone && <div className={classes.note}><IsMerged shown={shown} into={mergedInto} mayUndo={may(caseCorrect)} /></div>}
      {merged.length > 0 && <div className={classes.note}><Notice>{t('cases.merged_here')} <Cases cases={merged} /></Notice></div>}
      {duplicates.length > 0 && (
        <div className={classes.note}>
          <Notice warning>
            {t('cases.looks_like')} <Cases cases={duplicates.map((pair) => pair.case)} />. <ScreenLink to="/cases/duplicates">{t('cases.to_duplicates')}</ScreenLink>
          </Notice>
        </div>
      )}
      {otherCases.length > 0 && <div className={classes.note}><Notice>{t('cases.other_infections')} <Cases cases={otherCases} /></Notice></div>}
      <div className={classes.columns}>
        <CaseFacts shown={shown} infected={infected} />
        <CaseTimeline answer={answer} onRemove={barred(caseCorrect) === undefined ? setRemoving : undefined} />
      </div>
      <TransferCase shown={shown} opened={form === 'move'} onClose={closeForm} />
      <CaseStand shown={shown} opened={form === 'stand'} onClose={closeForm} />
      <RecordCourse shown={shown} place={course.at(-1)?.place ?? null} opened={form === 'course'} onClose={closeForm} />
      <RemoveCourse entry={removing} onClose={() => setRemoving(undefined)} />
      <MergeCase shown={form === 'merge' ? shown : undefined} onClose={closeForm} />
    </>
  )
}

const Numbered = ({ name, text }: { name: string; text: string }) => <div><dt>{name}</dt><dd>{text}</dd></div>

/** Other cases, each a link. */
export const Cases = ({ cases }: { cases: readonly Named[] }) => {
  const words = useWords()
  return cases.map((one, index) => (
    <span key={one.id}>{index > 0 && ', '}<ScreenLink to={`/cases/${one.id}`}>{one.number}</ScreenLink> ({one.fullName}, {words.day(one.reportedOn)})</span>
  ))
}

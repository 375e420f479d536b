import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AnswerOf, Instant, PlainDate } from '#base'
import { now, ScreenLink, useFormat, useT } from '#web'
import type { getCase } from '../../contract.ts'
import { Changed } from '../case-history.tsx'
import classes from '../cases.module.css'
import { useWords } from '../words.ts'
import { timelineOf, type CourseShown, type Event } from './timeline.ts'

type Answer = AnswerOf<typeof getCase>

/** What happened to the person and what was done with the record, day by day. */
export const CaseTimeline = ({ answer, onRemove }: { answer: Answer; onRemove: ((entry: CourseShown) => void) | undefined }) => {
  const t = useT()
  const format = useFormat()
  const { case: shown } = answer
  return (
    <section aria-labelledby="timeline" className={classes.history}>
      <h2 id="timeline">{t('cases.timeline')}</h2>
      <ol>
        {(shown.infectorNumber !== null || shown.exposureNote !== null) && (
          <li>
            <div className={classes.when}>{t('cases.timeline_no_day')}</div>
            {shown.infectorNumber !== null && (
              <div>{shown.infector ? <ScreenLink to={`/cases/${shown.infector.id}`}>{t('cases.event.exposed', { number: shown.infectorNumber })}</ScreenLink> : t('cases.event.exposed', { number: shown.infectorNumber })}</div>
            )}
            {shown.exposureNote !== null && <div>{t('cases.event.exposure_note', { note: shown.exposureNote })}</div>}
          </li>
        )}
        {timelineOf(answer).map(([day, events]) => (
          <li key={day}>
            <div className={classes.when}>{format.day(day as PlainDate)}</div>
            {events.map((event, index) => <Happened key={index} event={event} shown={shown} onRemove={onRemove} />)}
          </li>
        ))}
      </ol>
    </section>
  )
}

const Happened = ({ event, shown, onRemove }: { event: Event; shown: Answer['case']; onRemove: ((entry: CourseShown) => void) | undefined }): ReactNode => {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  if (event.kind === 'record') {
    const { entry } = event
    return (
      <div className={classes.record}>
        <div>{t(`cases.action.${entry.action}`)} · {entry.by} · {format.instant(entry.at as Instant)} ({format.relative(entry.at as Instant, now())})</div>
        {entry.reason && <div>{t('cases.because', { reason: entry.reason })}</div>}
        <Changed changes={entry.changes} />
      </div>
    )
  }
  if (event.kind === 'course') {
    const { entry } = event
    const about = [entry.place, entry.oxygen === null ? null : t(`cases.oxygen.${entry.oxygen}`), entry.note, entry.ofMerged ? t('cases.of_merged') : null].filter(Boolean).join(' · ')
    return (
      <div>
        <strong>{t('cases.event.course', { severity: words.choice('severity', entry.severity) })}</strong>{about && ` · ${about}`}
        {' '}<span className={classes.when}>{t('cases.by_whom', { by: entry.by, at: format.instant(entry.at as Instant) })}</span>
        {onRemove && !entry.ofMerged && (
          <ActionIcon className="no-print" size="sm" aria-label={t('cases.course_remove', { day: format.day(entry.day as PlainDate) })} onClick={() => onRemove(entry)}><IconX size={14} /></ActionIcon>
        )}
      </div>
    )
  }
  const about = {
    onset: '', sample: words.choice('testType', shown.testType), result: '', reported: [shown.reporterUnit, shown.reporter].filter(Boolean).join(', '),
    admitted: shown.admittedTo ?? '', moved: words.place(shown), outcome: '',
  }[event.kind]
  return <div><strong>{t(`cases.event.${event.kind}`, { outcome: words.choice('outcome', shown.outcome) })}</strong>{about && ` · ${about}`}</div>
}

import type { ReactNode } from 'react'
import type { PlainDate } from '#base'
import { caseRead, countCases } from '#cases/contract'
import { Changing, EmptyState, ScreenLink, useDay, useFormat, useLanguage, useMay, useQueryOf, useT } from '#web'
import type { Duties, Overview } from '../contract.ts'
import classes from './overview.module.css'

/** Names shown beneath a duty. */
const NAMED = 3
/** Changes of level shown before the rest is counted. */
const CHANGES = 6

interface TaskProps {
  readonly count: string
  readonly what: string
  readonly to: string
  readonly search?: Record<string, string | undefined>
  /** It is late, or somebody may be misled. */
  readonly urgent?: boolean
  readonly children?: ReactNode
}

const Task = ({ count, what, to, search = {}, urgent = false, children }: TaskProps) => (
  <li className={classes.task} data-urgent={urgent || undefined}>
    <ScreenLink to={to} search={search}><strong><Changing of={what}>{count}</Changing></strong> {what}</ScreenLink>
    {children && <div className={classes.small}>{children}</div>}
  </li>
)

interface TasksProps {
  readonly overview: Overview
  readonly duties: Duties | undefined
}

/** What waits for somebody, each with the place it is done at. */
export const Tasks = ({ overview, duties }: TasksProps) => {
  const t = useT()
  const format = useFormat()
  const { language } = useLanguage()
  const may = useMay()
  const { day } = useDay()
  const cases = useWaitingCases(overview.own.areaId)
  if (!duties) return <section className={classes.panel} aria-label={t('overview.to_do')} aria-busy />
  const { reports, held, near, differing, imports } = duties
  const names = (units: readonly { readonly name: string }[]): string =>
    units.slice(0, NAMED).map(({ name }) => name).join(', ') + (units.length > NAMED ? ` ${t('overview.and_more', { count: format.whole(units.length - NAMED) })}` : '')
  const due = t('overview.due', { hour: String(overview.due.hour).padStart(2, '0') })
  const tasks = [
    near.length > 0 && (
      <Task key="near" count={format.whole(near.length)} what={t('overview.near')} to="/levels" search={{ sort: '-level' }}>
        {near.slice(0, NAMED).map((one) => (
          <div key={one.areaId}>
            <ScreenLink to={`/levels/${one.area}`} search={{ area: one.area }}>{one.name}</ScreenLink>{' '}
            <span title={(language === 'en' && one.labelEn) || one.label}>{t('overview.near_one', { from: one.level, to: one.to, count: format.whole(one.counts) })}</span>
          </div>
        ))}
      </Task>
    ),
    reports.silent.length > 0 && (
      <Task
        key="silent" count={format.whole(reports.silent.length)} what={t('overview.silent', { of: format.whole(reports.communes), due })} to="/figures"
        search={{ tab: 'missing' }} urgent={overview.due.passed}
      >
        {names(reports.silent)}
      </Task>
    ),
    reports.partial.length > 0 && (
      <Task key="partial" count={format.whole(reports.partial.length)} what={t('overview.partial')} to="/figures" search={{ tab: 'missing' }}>{names(reports.partial)}</Task>
    ),
    held > 0 && <Task key="held" count={format.whole(held)} what={t('overview.held_figures')} to="/figures" search={{ tab: 'held' }} urgent />,
    differing.length > 0 && (
      <Task key="differing" count={format.whole(differing.length)} what={t('overview.differing')} to="/levels">
        {differing.slice(0, NAMED).map((one) => (
          <div key={one.areaId}>
            <ScreenLink to={`/levels/${one.area}`} search={{ area: one.area }}>{one.name}</ScreenLink> {t('overview.differing_one', { published: one.published.level, level: one.level })}
          </div>
        ))}
      </Task>
    ),
    cases.overdue && <Task key="overdue" count={format.count(cases.overdue.count, cases.overdue.beyond)} what={t('overview.overdue')} to="/cases" search={{ duty: 'overdue' }} urgent />,
    cases.duplicates && <Task key="duplicates" count={format.count(cases.duplicates.count, cases.duplicates.beyond)} what={t('overview.duplicates')} to="/cases/duplicates" />,
    imports !== null && imports.interrupted > 0 && <Task key="interrupted" count={format.whole(imports.interrupted)} what={t('overview.interrupted')} to="/imports" urgent />,
    imports !== null && imports.failed > 0 && <Task key="failed" count={format.whole(imports.failed)} what={t('overview.failed')} to="/imports" />,
  ].filter((task) => task !== false && task !== undefined && task !== null)
  return (
    <section className={classes.panel} aria-labelledby="overview-tasks">
      <h2 id="overview-tasks">{t('overview.to_do')}</h2>
      {tasks.length > 0 ? <ul className={classes.tasks}>{tasks}</ul> : <EmptyState title={t('overview.nothing_to_do')}>{may(caseRead) ? t('overview.nothing_about') : t('overview.nothing_about_viewer')}</EmptyState>}
      <Changes overview={overview} day={day} />
    </section>
  )
}

/** Cases that wait; nothing for those who may not see cases. */
const useWaitingCases = (areaId: number) => {
  const may = useMay()
  const asked = may(caseRead)
  const live = ['cases', 'indicators']
  const overdue = useQueryOf(countCases, asked ? { query: { areaId, duty: ['overdue'] } } : undefined, { live }).data
  const duplicates = useQueryOf(countCases, asked ? { query: { areaId, possibleDuplicate: 'true' } } : undefined, { live }).data
  const some = <T extends { readonly count: number }>(answer: T | undefined): T | undefined => (answer && answer.count > 0 ? answer : undefined)
  return { overdue: some(overdue), duplicates: some(duplicates) }
}

/** Which communes have another level than the day before. */
const Changes = ({ overview: { communes }, day }: { overview: Overview; day: PlainDate }) => {
  const t = useT()
  const format = useFormat()
  const changed = communes.filter(({ level, before }) => level !== before && level !== null && before !== null)
    .toSorted((a, b) => (b.level as number) - (b.before as number) - ((a.level as number) - (a.before as number)) || a.name.localeCompare(b.name, 'vi'))
  return (
    <>
      <h2>{t('overview.changes')}</h2>
      {changed.length === 0 ? <p className={classes.small}>{t('overview.no_changes', { day: format.day(day) })}</p> : (
        <ul className={classes.changes}>
          {changed.slice(0, CHANGES).map((one) => {
            const up = (one.level as number) > (one.before as number)
            return (
              <li key={one.areaId}>
                <span aria-hidden data-direction={up ? 'up' : 'down'} className={classes.change}>{up ? '▲' : '▼'}</span>{' '}
                <ScreenLink to={`/levels/${one.area}`} search={{ area: one.area }}>{one.name}</ScreenLink>{' '}
                {t(up ? 'overview.raised' : 'overview.lowered', { from: one.before as number, to: one.level as number })}
              </li>
            )
          })}
          {changed.length > CHANGES && <li><ScreenLink to="/levels">{t('overview.more_changes', { count: format.whole(changed.length - CHANGES) })}</ScreenLink></li>}
        </ul>
      )}
    </>
  )
}

import type { ReactNode } from 'react'
import { addDays, type PlainDate } from '#base'
import { caseRead } from '#cases/contract'
import { Changing, LevelBadge, ScreenLink, useFormat, useMay, useT } from '#web'
import type { Counted, Duties, NumberShown, Overview } from '../contract.ts'
import classes from './overview.module.css'
import { useNumbers } from './use-numbers.ts'

interface FigureProps {
  readonly label: string
  readonly of: string
  readonly number: NumberShown
  readonly to: { readonly path: string; readonly search: Record<string, string | undefined> }
  readonly children?: ReactNode
}

/** One key figure: what, how many, against what; a link to its rows. */
const Figure = ({ label, of, number, to, children }: FigureProps) => {
  const numbers = useNumbers()
  const t = useT()
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd className={classes.big}>
        <ScreenLink to={to.path} search={to.search} title={numbers.about(number)} data-incomplete={number.value === null || undefined}>
          <Changing of={of}>{numbers.text(number)}</Changing>
        </ScreenLink>
        {number.held && <span className={classes.mark}>{t('overview.held_short')}</span>}
        {number.value === null && number.atLeast !== null && <span className={classes.mark}>{t('overview.incomplete_short')}</span>}
      </dd>
      <dd className={classes.small}>{children}</dd>
    </div>
  )
}

const Change = ({ now, before, against }: { now: NumberShown; before: NumberShown; against: string }) => {
  const numbers = useNumbers()
  const change = numbers.change(now, before)
  if (!change) return <span>{against}: {numbers.text(before)}</span>
  return (
    <span title={`${against}: ${numbers.text(before)}`}>
      <span aria-hidden data-direction={change.direction} className={classes.change}>{change.sign}</span>
      <span className={classes.unseen}>{change.said}</span> {against}
    </span>
  )
}

/** How many, rising or falling, which level: the first line of the screen. */
export const KeyFigures = ({ overview, duties }: { overview: Overview; duties: Duties | undefined }) => {
  const t = useT()
  const format = useFormat()
  const may = useMay()
  const { own, counts, on } = overview
  const day = on as PlainDate
  const key = `${own.areaId} ${on}`
  const rows = (from: PlainDate, number: NumberShown, more: Record<string, string> = {}): FigureProps['to'] =>
    may(caseRead) && number.sources.includes('registry') && !number.sources.includes('figures')
      ? { path: '/cases', search: { reportedFrom: from, reportedTo: on, diagnosis: 'confirmed', ...more } }
      : { path: '/figures', search: {} }
  const week = addDays(day, -6)
  const since = duties?.since.find(({ areaId }) => areaId === own.areaId)
  const counted = (metric: Counted) => counts[metric]
  const cases = counted('cases_new')
  return (
    <dl className={classes.figures}>
      <div className={classes.figure}>
        <dt>{t('overview.level')}</dt>
        <dd className={classes.level}>
          {own.state === 'no_rulebook' ? t('overview.no_rulebook_short')
            : <ScreenLink to={`/levels/${own.area}`} search={{ area: own.area }}><LevelBadge level={own.level} possible={own.possible} word size={28} /></ScreenLink>}
        </dd>
        <dd className={classes.small}>
          {since && <span>{t(since.earlier ? 'overview.since_before' : 'overview.since', { day: format.day(since.day as PlainDate) })}</span>}
          {own.published && (
            <span title={own.published.document}>
              {t('overview.published', { level: own.published.level, day: format.day(own.published.effectiveFrom as PlainDate) })}
            </span>
          )}
        </dd>
      </div>
      <Figure label={t('overview.cases_day')} of={`${key} day`} number={cases.day} to={rows(day, cases.day)}>
        <Change now={cases.day} before={cases.dayBefore} against={t('overview.than_yesterday')} />
      </Figure>
      <Figure label={t('overview.cases_week')} of={`${key} week`} number={cases.week} to={rows(week, cases.week)}>
        <Change now={cases.week} before={cases.weekBefore} against={t('overview.than_week')} />
      </Figure>
      <div className={classes.figure}>
        <dt>{t('overview.rate')}</dt>
        <dd className={classes.big}>
          <Changing of={`${key} rate`}>{own.rate === null ? '–' : format.rate(own.rate)}</Changing>
        </dd>
        <dd className={classes.small}>
          {own.rateBefore !== null && <span>{t('overview.week_before_was', { rate: format.rate(own.rateBefore) })}</span>}
          {own.population !== null && <span>{t('overview.people', { people: format.whole(own.population) })}</span>}
        </dd>
      </div>
      <Figure
        label={t('overview.community_week')} of={`${key} community`} number={counted('cases_community').week}
        to={rows(week, counted('cases_community').week, { detectionSource: 'community' })}
      >
        <Change now={counted('cases_community').week} before={counted('cases_community').weekBefore} against={t('overview.than_week')} />
      </Figure>
      <Figure label={t('overview.deaths_week')} of={`${key} deaths`} number={counted('deaths').week} to={{ ...rows(week, counted('deaths').week), search: rows(week, counted('deaths').week).path === '/cases' ? { outcome: 'died' } : {} }}>
        <Change now={counted('deaths').week} before={counted('deaths').weekBefore} against={t('overview.than_week')} />
      </Figure>
      {overview.communes.length > 1 && <LevelCounts overview={overview} />}
    </dl>
  )
}

/** How many communes have which level, and how many more or fewer than the day before. */
const LevelCounts = ({ overview: { levels, communes, own, on } }: { overview: Overview }) => {
  const t = useT()
  const format = useFormat()
  const more = (now: number, before: number): string => (now === before ? '' : `(${format.whole(now - before, true)})`)
  return (
    <div className={`${classes.figure} ${classes.spread}`}>
      <dt>{t('overview.communes', { count: format.whole(communes.length) })}</dt>
      <dd className={classes.counts}>
        {levels.today.known.map((count, l) => (
          <ScreenLink key={l} to="/levels" search={{ level: String(l + 1) }} className={classes.count}>
            <LevelBadge level={l + 1} size={20} />
            <Changing of={`${own.areaId} ${on} level ${l}`}>{format.whole(count)}</Changing>
            <span className={classes.more}>{more(count, levels.before.known[l] ?? 0)}</span>
          </ScreenLink>
        ))}
        <ScreenLink to="/levels" search={{ level: 'unknown' }} className={classes.count}>
          <LevelBadge level={null} size={20} />
          <Changing of={`${own.areaId} ${on} open`}>{format.whole(levels.today.open)}</Changing>
          <span className={classes.more}>{more(levels.today.open, levels.before.open)}</span>
        </ScreenLink>
      </dd>
      <dd className={classes.small}>{t('overview.than_yesterday_brackets')}</dd>
    </div>
  )
}

import { ActionIcon, Skeleton, Tooltip } from '@mantine/core'
import { IconDeviceTv, IconPrinter } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { daysBetween, type Instant, type PlainDate } from '#base'
import {
  Freshness, Later, Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useActor, useAddress, useArea, useDay, useFormat, useKeys, useLiveOpen, useQueryOf, useT, useWall,
} from '#web'
import { getDuties, getOverview } from '../contract.ts'
import { Curve } from './curve.tsx'
import { FirstSteps } from './first-steps.tsx'
import { KeyFigures } from './key-figures.tsx'
import classes from './overview.module.css'
import { PartsTable } from './parts-table.tsx'
import { SituationMap } from './situation-map.tsx'
import { Tasks } from './tasks.tsx'
import { WallBar } from './wall-bar.tsx'

/** What concerns this screen. */
const LIVE = ['indicators', 'figures', 'levels', 'announcements', 'rulebooks', 'areas']
/** Asked again by itself: rarely while changes are told, soon while they are not. Unit: milliseconds. */
const [TOLD, NOT_TOLD] = [300_000, 15_000]
/** Figures older than this are another time's: the reader is led to the newest. Unit: days. */
const OLD = 7

/** A screen nobody touches goes over to the next day by itself. Unit: milliseconds. */
const LOOK = 30_000
const useDayTurns = (): void => {
  const [, turn] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => turn((times) => times + 1), LOOK)
    return () => clearInterval(timer)
  }, [])
}

const OverviewPage = () => {
  const t = useT()
  const format = useFormat()
  useDayTurns()
  const { day } = useDay()
  const { code, area } = useArea()
  const [{ area: named }] = useAddress({ area: '' })
  // With one right the server knows the reader's area, after a merger too, and need not wait for the list of units.
  const own = named === '' && (useActor()?.grants.length ?? 0) === 1
  const { wall, setWall } = useWall()
  const every = useLiveOpen() ? TOLD : NOT_TOLD
  const input = own ? { query: { on: day } } : code === undefined ? undefined : { query: { area: code, on: day } }
  const { data, error, isPlaceholderData, refetch } = useQueryOf(getOverview, input, { live: LIVE, every })
  const duties = useQueryOf(getDuties, input, { live: [...LIVE, 'imports'], every })
  useKeys([{ keys: 'w', does: 'overview.key_wall', run: () => setWall(!wall) }])
  const problem = problemIn(error)
  const until = data?.until as Instant | null | undefined
  const newest = data?.newestDay as PlainDate | null | undefined
  const old = newest !== null && newest !== undefined && daysBetween(newest, day) > OLD
  return (
    <div className={classes.screen}>
      <PageHeader
        title={t('overview.heading', { area: data?.own.name ?? area?.name ?? '' })}
        about={(
          <>
            {format.day(day)}
            {until && <> · {t('overview.until', { at: format.instant(until) })}</>}
            {data?.rulebook && <> · <ScreenLink to={`/rulebooks/${data.rulebook.id}`}>{data.rulebook.document}</ScreenLink></>}
          </>
        )}
        actions={wall ? <WallBar /> : (
          <>
            <Tooltip label={t('overview.print')}><ActionIcon aria-label={t('overview.print')} onClick={() => window.print()}><IconPrinter size={18} /></ActionIcon></Tooltip>
            <Tooltip label={t('overview.wall')}><ActionIcon className={classes.desk ?? ''} aria-label={t('overview.wall')} onClick={() => setWall(true)}><IconDeviceTv size={18} /></ActionIcon></Tooltip>
          </>
        )}
      />
      <Freshness until={until ?? undefined} />
      {problem?.code !== 'unknown_area' && <ProblemNotice problem={problem} retry={() => void refetch()} />}
      {data && newest === null && <FirstSteps />}
      {data && old && (
        <Notice warning>
          {t('overview.old', { day: format.day(newest) })} <ScreenLink to="/" search={{ day: newest }}>{t('overview.see_newest', { day: format.day(newest) })}</ScreenLink>
        </Notice>
      )}
      {data && newest !== null && data.rulebook === null && <Notice>{t('overview.no_rulebook', { day: format.day(day) })} <ScreenLink to="/rulebooks">{t('overview.see_rulebooks')}</ScreenLink></Notice>}
      {!data && !error && <Waiting />}
      {data && newest !== null && (
        <div className={classes.all} data-settling={isPlaceholderData || undefined} data-wall={wall || undefined}>
          <KeyFigures overview={data} duties={duties.data} />
          <div className={classes.pair}>
            <Later instead={<Skeleton className={`${classes.map} no-print`} />}><SituationMap communes={data.communes} on={data.on as PlainDate} extent={data.own.area} /></Later>
            <Later instead={<section className={classes.panel} aria-label={t('overview.to_do')} aria-busy />}><Tasks overview={data} duties={duties.data} /></Later>
          </div>
          <div className={classes.curve}><Later instead={<Skeleton height={250} />}><Curve overview={data} height={wall ? 240 : 200} /></Later></div>
          {data.parts.length > 0 && <div className={classes.parts}><Later instead={<Skeleton height={320} />}><PartsTable overview={data} duties={duties.data} brief={wall} /></Later></div>}
        </div>
      )}
    </div>
  )
}
export default OverviewPage

const Waiting = () => (
  <div className={classes.all} aria-busy>
    <Skeleton height={96} />
    <Skeleton height={380} />
    <Skeleton height={250} />
  </div>
)

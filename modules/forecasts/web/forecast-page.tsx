import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { IconDownload, IconPrinter, IconRefresh } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { day, daysBetween, type Instant, type PlainDate } from '#base'
import { listJobs } from '#jobs/contract'
import { RunBar, useRun } from '#jobs/web'
import {
  DisabledWithReason, EmptyState, Freshness, hrefOf, keyOf, Notice, PageHeader, problemIn, ProblemNotice, today, useAddress, useArea, useDay, useFormat, useMay, useQueryOf, useSend, useT, useToast,
} from '#web'
import { exportForecast, FORECAST_RUN, forecastRun, getForecast, listForecasts, startForecasts, type ForecastShown } from '../contract.ts'
import { Demand } from './demand.tsx'
import { ForecastChart, PastChart, ReproductionChart } from './forecast-chart.tsx'
import { BelowTable, ScoreTable, WeekTable } from './forecast-tables.tsx'
import classes from './forecasts.module.css'

const HORIZONS = ['1', '2', '3', '4']
/** What is asked for before anything is forecast; the server decides (`ENOUGH` of the computation). */
const ENOUGH = { ever: 100, twoWeeks: 20 }

const ForecastPage = () => {
  const t = useT()
  const format = useFormat()
  const toast = useToast()
  const cache = useQueryClient()
  const { code, area } = useArea()
  const { day: on } = useDay()
  const [{ horizon: asked }, set] = useAddress({ horizon: '' })
  const horizon = HORIZONS.includes(asked) ? asked : '1'
  const { data, error, refetch, isPlaceholderData } = useQueryOf(getForecast, code === undefined ? undefined : { query: { area: code, on } })
  const { run, underWay } = useRun(FORECAST_RUN, () => {
    for (const endpoint of [getForecast, listForecasts]) void cache.invalidateQueries({ queryKey: keyOf(endpoint) })
  })
  const starting = useSend(startForecasts, { invalidates: [listJobs] })
  const may = useMay()(forecastRun)
  const start = async (): Promise<void> => {
    const started = await starting.send({ body: { on } })
    if (started.ok) toast.say(t('forecasts.run_asked', { day: format.day(on) }))
  }
  const startButton = (
    <DisabledWithReason
      variant="default" leftSection={<IconRefresh size={16} />} loading={starting.pending || underWay} onClick={() => void start()}
      reason={!may ? t('forecasts.may_not', { roles: forecastRun.roles.map((role) => t(`role.${role}`)).join(', ') }) : on < today() ? undefined : t('forecasts.today_open', { day: format.day(on) })}
    >{t('forecasts.run', { day: format.day(on) })}</DisabledWithReason>
  )
  const shown = data
  const forecast = shown?.forecast
  return (
    <div className={classes.screen} data-settling={isPlaceholderData || undefined}>
      <PageHeader
        title={t('forecasts.of', { area: area?.name ?? '' })} about={t('forecasts.about', { area: area?.name ?? '', day: format.day(on) })}
        actions={(
          <>
            {forecast && code !== undefined && (
              <Button component="a" variant="default" leftSection={<IconDownload size={16} />} href={hrefOf(exportForecast, { query: { area: code, on } })}>{t('forecasts.export')}</Button>
            )}
            <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('forecasts.print')}</Button>
            {startButton}
          </>
        )}
      />
      {forecast && <Freshness until={forecast.madeAt as Instant} />}
      <ProblemNotice problem={problemIn(error) ?? starting.problem} retry={() => void refetch()} />
      <RunBar run={run} label={t('forecasts.running')} detail={(done, total) => t('forecasts.run_steps', { done, total })} />
      {!shown && !error && <Skeleton height={420} />}
      {shown && !forecast && (
        shown.state === 'too_few' ? <EmptyState title={t('forecasts.too_few')}>{t('forecasts.too_few_about', ENOUGH)}</EmptyState>
          : shown.state === 'no_data' ? <EmptyState title={t('forecasts.no_data')}>{t('forecasts.no_data_about')}</EmptyState>
            : <EmptyState title={t('forecasts.not_made', { day: format.day(on) })} action={startButton}>{t('forecasts.not_made_about')}</EmptyState>
      )}
      {shown && shown.state !== 'no_data' && (
        <>
          {forecast && <Sentences shown={shown} />}
          <ForecastChart shown={shown} />
        </>
      )}
      {shown && forecast && (
        <>
          <WeekTable shown={shown} />
          <Demand shown={shown} />
          <ReproductionChart shown={shown} />
          <p className={classes.small}>{t('forecasts.reproduction_how')}</p>
          <section>
            <div className={classes.head}>
              <h2 className={classes.section}>{t('forecasts.past')}</h2>
              <SegmentedControl
                className="no-print" aria-label={t('forecasts.horizon')} value={horizon} onChange={(next) => set({ horizon: next === '1' ? '' : next })}
                data={HORIZONS.map((one) => ({ value: one, label: t(`forecasts.horizon.${one}`) }))}
              />
            </div>
            {shown.past.length === 0 ? <p>{t('forecasts.past_none')}</p> : <PastChart shown={shown} horizon={Number(horizon)} />}
            <ScoreTable shown={shown} />
            <p className={classes.small}>{t('forecasts.scores_about')} {shown.past.some(({ retrospective }) => retrospective) && t('forecasts.retrospective')}</p>
          </section>
        </>
      )}
      {forecast && code !== undefined && area && area.level !== 'commune' && (
        <section>
          <h2 className={classes.section}>{t('forecasts.below')}</h2>
          <BelowTable area={code} on={on} />
        </section>
      )}
      {forecast && (
        <p className={classes.small}>
          {forecast.knownAt === null ? t('forecasts.known_later') : t('forecasts.known_at', { at: format.instant(forecast.knownAt as Instant) })}{' '}
          {t('forecasts.made_by', { at: format.instant(forecast.madeAt as Instant), version: forecast.codeVersion, inputs: forecast.inputsSha256.slice(0, 12), seed: forecast.seed })}
        </p>
      )}
    </div>
  )
}
export default ForecastPage

/** The coming week, the reproduction number, and how much to trust it: what is read out in a meeting. */
const Sentences = ({ shown }: { shown: ForecastShown }) => {
  const t = useT()
  const format = useFormat()
  const [next] = shown.forecast?.weeks ?? []
  const newest = shown.forecast?.reproduction.findLast((row) => row.day === shown.on)
  const { trust } = shown
  const share = trust.better === null ? '' : format.percent(Math.abs(trust.better), 0)
  const last = lastWeekOf(shown)
  const better = t(trust.better === null || Math.abs(trust.better) < 0.005 ? 'forecasts.same' : trust.better > 0 ? 'forecasts.better' : 'forecasts.worse', { share })
  return (
    <div className={classes.sentences}>
      {next && (
        <p>
          {t(last === null ? 'forecasts.next_new' : 'forecasts.next', {
            from: format.shortDay(next.from as PlainDate), to: format.shortDay(next.to as PlainDate), median: format.whole(next.shown.median), lower: format.whole(next.shown.lower95),
            upper: format.whole(next.shown.upper95), last: last === null ? '' : format.whole(last),
          })}
          {newest && ` ${t('forecasts.reproduction_now', {
            median: format.number(newest.median, 2), lower: format.number(newest.lower, 2), upper: format.number(newest.upper, 2),
            trend: t(newest.lower > 1 ? 'forecasts.trend.up' : newest.upper < 1 ? 'forecasts.trend.down' : 'forecasts.trend.flat'),
          })}`}
        </p>
      )}
      <Notice warning={trust.level === 'poor'}>
        <strong>{t('forecasts.trust')}</strong> · {t(`forecasts.trust.${trust.level}`, { forecasts: trust.forecasts, inside: trust.inside95, better })}
      </Notice>
    </div>
  )
}

/** Cases of the seven days to the day of the forecast, as known now. */
const lastWeekOf = ({ curve, on }: ForecastShown): number | null => {
  const until = daysBetween(day(curve.from), day(on)) + 1
  const week = curve.counts.slice(until - 7, until)
  return week.length < 7 || week.includes(null) ? null : (week as number[]).reduce((sum, count) => sum + count, 0)
}

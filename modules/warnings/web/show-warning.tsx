import { Button, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { AnswerOf, Instant, PlainDate } from '#base'
import { Chart, PageHeader, problemIn, ProblemNotice, ScreenLink, useChartColours, useFormat, useMay, useQueryOf, useT } from '#web'
import { getWarning, warningDecide } from '../contract.ts'
import { DecideBar } from './decide-bar.tsx'
import { Severity } from './severity.tsx'
import { useDecide } from './use-decide.tsx'
import classes from './warnings.module.css'

type Shown = AnswerOf<typeof getWarning>

const ShowWarning = () => {
  const t = useT()
  const format = useFormat()
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQueryOf(getWarning, { params: { id } }, { keep: false })
  const warning = data?.warning
  return (
    <div className={classes.why}>
      <PageHeader
        title={warning ? `${t('warnings.one')}: ${warning.area.name}` : t('warnings.one')}
        about={warning && (
          <span>
            <ScreenLink to="/warnings">{t('warnings.title')}</ScreenLink>{warning.area.within && <> › {warning.area.within}</>} · {format.day(warning.lastOn as PlainDate)}
          </span>
        )}
      />
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      {!data && !error && <Skeleton height={320} />}
      {data && warning && (
        <>
          <p className={classes.sentence}><Severity severity={warning.severity} /> · {t(`warnings.method.${warning.method}`)} · <strong>{t(`warnings.status.${warning.status}`)}</strong>{warning.status === 'open' && warning.worseAt !== null && ` (${t('warnings.worse')})`}</p>
          <section>
            <h2 className={classes.section}>{t('warnings.why')}</h2>
            <p className={classes.sentence}><Sentence shown={data} /></p>
            <Series shown={data} />
            {warning.cluster && (
              <p>{t('warnings.cluster_areas')}: {warning.cluster.areas.map((area, n) => <span key={area.id}>{n > 0 && ', '}<ScreenLink to={`/levels/${area.code}`}>{area.name}</ScreenLink></span>)}</p>
            )}
            <p className={classes.links}>
              <ScreenLink to="/cases" search={{ area: warning.area.code }}>{t('warnings.see_cases')}</ScreenLink>
            </p>
          </section>
          <section>
            <h2 className={classes.section}>{t('warnings.act')}</h2>
            <DecideBar warnings={[warning]} />
            <p className={classes.small}>{t('warnings.quiet')}</p>
          </section>
          <Decisions shown={data} />
          <p className={classes.small}>
            {t('warnings.made_by', { version: data.codeVersion, inputs: data.inputsSha256.slice(0, 12), seed: data.seed === null ? '' : t('warnings.made_seed', { seed: data.seed }) })}
          </p>
        </>
      )}
    </div>
  )
}
export default ShowWarning

/** Why it fired, in one sentence. */
const Sentence = ({ shown: { warning } }: { shown: Shown }) => {
  const t = useT()
  const format = useFormat()
  const { cluster, area } = warning
  const said = t(`warnings.why.${warning.method}`, {
    day: format.day(warning.lastOn as PlainDate), observed: format.whole(warning.observed), expected: format.number(warning.expected),
    bound: warning.bound === null ? '' : format.number(warning.bound), days: cluster?.days ?? 0, p: cluster ? format.number(cluster.p, 3) : '',
    areas: cluster && cluster.areas.length > 1 ? t('warnings.areas_count', { count: cluster.areas.length, name: area.name }) : area.name,
  })
  const long = warning.firstOn < warning.lastOn && !cluster
  return <>{said}{long && ` ${t('warnings.episode', { from: format.day(warning.firstOn as PlainDate), to: format.day(warning.lastOn as PlainDate) })}`}</>
}

/** The counts as the run saw them, what was usual, and the bound. */
const Series = ({ shown: { warning, series } }: { shown: Shown }) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const sounded = series.days.map((on, n) => {
    const observed = series.observed[n]
    const bound = series.bound[n]
    return warning.cluster ? on >= warning.firstOn && on <= warning.lastOn : typeof observed === 'number' && typeof bound === 'number' && observed > bound
  })
  const option = useMemo(() => ({
    xAxis: { type: 'category', data: series.days.map((on) => format.shortDay(on as PlainDate)) },
    yAxis: { type: 'value', minInterval: 1 },
    legend: { top: 0, data: [t('warnings.chart_observed'), t('warnings.chart_expected'), ...(warning.bound === null ? [] : [t('warnings.chart_bound')])] },
    series: [
      {
        type: 'bar', name: t('warnings.chart_observed'), barCategoryGap: '15%', itemStyle: { color: colours.series[2] },
        data: series.observed.map((value, n) => ({ value, ...(sounded[n] ? { itemStyle: { color: colours.series[1] }, label: { show: true, position: 'top', formatter: '▲', color: colours.ink, fontSize: 10 } } : {}) })),
      },
      { type: 'line', name: t('warnings.chart_expected'), data: series.expected, symbol: 'none', lineStyle: { color: colours.accent, width: 1.5 }, itemStyle: { color: colours.accent } },
      ...(warning.bound === null ? [] : [{
        type: 'line', name: t('warnings.chart_bound'), data: series.bound, symbol: 'none', step: 'middle', lineStyle: { color: colours.ink, width: 1.5, type: 'dashed' }, itemStyle: { color: colours.ink },
      }]),
    ],
  }), [series, colours, format, t])
  return (
    <Chart
      label={t(warning.cluster ? 'warnings.chart_cluster' : 'warnings.chart', { area: warning.area.name })} name={`canh-bao-${warning.area.code}-${warning.lastOn}`} option={option}
      data={{
        columns: [t(series.step === 7 ? 'warnings.chart_week' : 'warnings.chart_day'), t('warnings.chart_observed'), t('warnings.chart_expected'), t('warnings.chart_bound'), t('warnings.chart_alarm')],
        rows: series.days.map((on, n) => [
          format.day(on as PlainDate), series.observed[n] ?? null, rounded(series.expected[n]), rounded(series.bound[n]), sounded[n] ? '▲' : '',
        ]),
      }}
    />
  )
}

const rounded = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : Math.round(value * 100) / 100)

const Decisions = ({ shown: { warning, decisions } }: { shown: Shown }) => {
  const t = useT()
  const format = useFormat()
  const may = useMay()(warningDecide)
  const { undo, pending, problem } = useDecide()
  const standing = decisions.findLast(({ undoneAt }) => undoneAt === null)
  return (
    <section>
      <h2 className={classes.section}>{t('warnings.decisions')}</h2>
      <ProblemNotice problem={problem} />
      {decisions.length === 0 ? <p className={classes.small}>{t('warnings.not_decided')}</p> : (
        <ol className={classes.decisions}>
          {decisions.map((one) => (
            <li key={one.id} data-undone={one.undoneAt !== null || undefined}>
              {t('warnings.decision_line', { status: t(`warnings.status.${one.status}`), by: one.by, at: format.instant(one.at as Instant) })}
              {one.reason !== null && <> · {one.reason}</>}
              {one.undoneAt !== null && <> · {t('warnings.decision_undone', { by: one.undoneBy ?? '', at: format.instant(one.undoneAt as Instant) })}</>}
              {may && warning.status !== 'open' && one.id === standing?.id && (
                <Button size="compact-sm" variant="subtle" loading={pending} onClick={() => void undo([warning.id])}>{t('warnings.undo_decision')}</Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

import { useMemo } from 'react'
import { addDays, day as toDay, daysBetween, eachDay, type PlainDate } from '#base'
import { Chart, useChartColours, useFormat, useT } from '#web'
import type { ForecastShown } from '../contract.ts'
import { dailyFan, fanSeries, type Banded } from './fan.ts'

const WEEK = 7
const one = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : Math.round(value * 10) / 10)

/** The epidemic curve, the days still coming in hatched, and the fan of the coming weeks. */
export const ForecastChart = ({ shown }: { shown: ForecastShown }) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const on = toDay(shown.on)
  const made = useMemo(() => {
    const from = toDay(shown.curve.from)
    const weeks = shown.forecast?.weeks ?? []
    const end = weeks.length === 0 ? on : addDays(on, WEEK * weeks.length)
    const days = eachDay(from, end)
    const today = daysBetween(from, on)
    const counts = days.map((_, n) => shown.curve.counts[n] ?? null)
    const estimated = new Map((shown.forecast?.nowcast ?? []).filter(({ median, upper, reported }) => median > reported || upper > reported).map((row) => [row.day, row]))
    const completed = days.map((day, n) => (n > today ? null : (estimated.get(day)?.median ?? counts[n] ?? null)))
    const means = days.map((_, n) => {
      const week = completed.slice(n - WEEK + 1, n + 1)
      return n < WEEK - 1 || n > today || week.includes(null) ? null : (week as number[]).reduce((sum, count) => sum + count, 0) / WEEK
    })
    const last = means[today]
    const fan = dailyFan(typeof last === 'number' ? last * WEEK : null, weeks.map((week) => week.shown))
    const banded: Banded[] = days.map((_, n) => (n >= today ? (fan[n - today] ?? null) : null))
    return { days, today, counts, estimated, means, banded }
  }, [shown, on])
  const { days, today, counts, estimated, means, banded } = made
  const option = useMemo(() => ({
    xAxis: { type: 'category', data: days.map((day) => format.shortDay(day)), axisLabel: { interval: 6 } },
    yAxis: { type: 'value', min: 0, axisLabel: { formatter: (value: number) => format.whole(value) } },
    legend: { top: 0, type: 'scroll', data: [t('forecasts.cases'), ...(estimated.size > 0 ? [t('forecasts.incomplete')] : []), t('forecasts.mean'), t('forecasts.median'), t('forecasts.band50'), t('forecasts.band80'), t('forecasts.band95')] },
    tooltip: {
      trigger: 'axis', confine: true,
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const n = points[0]?.dataIndex ?? 0
        const row = estimated.get(days[n] as string)
        const fan = n > today ? banded[n] : null
        return [
          format.day(days[n] as PlainDate),
          ...(counts[n] === null || counts[n] === undefined ? [] : [`${n > today ? t('forecasts.came') : t('forecasts.cases')}: ${format.whole(counts[n])}`]),
          ...(row ? [`${t('forecasts.incomplete')}: ${format.whole(row.median)} (${format.whole(row.lower)}–${format.whole(row.upper)})`] : []),
          ...(typeof means[n] === 'number' ? [`${t('forecasts.mean')}: ${format.number(means[n])}`] : []),
          ...(fan ? [`${t('forecasts.median')}: ${format.number(fan.median)}`, `${t('forecasts.band95')}: ${format.number(fan.lower95)}–${format.number(fan.upper95)}`] : []),
        ].join('<br>')
      },
    },
    series: [
      {
        type: 'bar', name: t('forecasts.cases'), stack: 'cases', barCategoryGap: '12%', itemStyle: { color: colours.series[2] },
        data: counts.map((value, n) => (n > today ? { value, itemStyle: { color: 'transparent', borderColor: colours.series[2], borderWidth: 1 } } : value)), z: 2,
        markLine: { silent: true, symbol: 'none', lineStyle: { color: colours.ink, type: 'solid', width: 1 }, label: { formatter: t('forecasts.day_of_forecast'), color: colours.ink, position: 'insideEnd', rotate: 0, align: 'right', offset: [-6, 8] }, data: [{ xAxis: today }] },
      },
      {
        type: 'bar', name: t('forecasts.incomplete'), stack: 'cases', itemStyle: { color: colours.series[2], opacity: 0.55, decal: colours.incomplete },
        data: days.map((day, n) => {
          const row = estimated.get(day)
          return row && n <= today ? Math.max(0, row.median - (counts[n] ?? 0)) : null
        }),
      },
      { type: 'line', name: t('forecasts.mean'), data: means, symbol: 'none', lineStyle: { color: colours.ink, width: 2 }, itemStyle: { color: colours.ink }, z: 3 },
      ...fanSeries(banded, colours.accent, { median: t('forecasts.median'), band50: t('forecasts.band50'), band80: t('forecasts.band80'), band95: t('forecasts.band95') }),
    ],
  }), [made, colours, format, t])
  return (
    <Chart
      label={t('forecasts.chart', { area: shown.area.name })} name={`du-bao-${shown.area.code}-${shown.on}`} option={option} height={400}
      data={{
        columns: [
          t('forecasts.day'), t('forecasts.cases'), t('forecasts.incomplete'), t('forecasts.mean'), t('forecasts.median'),
          ...(['lower50', 'upper50', 'lower80', 'upper80', 'lower95', 'upper95'] as const).map((key) => t(`forecasts.${key}`)),
        ],
        rows: days.map((day, n) => {
          const fan = n > today ? banded[n] : null
          return [
            format.day(day), counts[n] ?? null, n <= today ? (estimated.get(day)?.median ?? null) : null, one(means[n]), one(fan?.median), one(fan?.lower50), one(fan?.upper50), one(fan?.lower80),
            one(fan?.upper80), one(fan?.lower95), one(fan?.upper95),
          ]
        }),
      }}
    />
  )
}

/** Reproduction numbers with their interval; 1 is drawn, because it is what is read off. */
export const ReproductionChart = ({ shown }: { shown: ForecastShown }) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const days = shown.forecast?.reproduction ?? []
  const option = useMemo(() => {
    const top = Math.min(6, Math.max(2, ...days.map(({ median }) => median * 1.5)))
    const area = (opacity: number, values: readonly number[]): object => ({
      type: 'line', stack: 'rt', stackStrategy: 'all', silent: true, symbol: 'none', lineStyle: { opacity: 0 }, areaStyle: { color: colours.accent, opacity }, itemStyle: { color: colours.accent }, name: t('forecasts.band95'), data: values,
    })
    return {
      xAxis: { type: 'category', data: days.map(({ day }) => format.shortDay(day as PlainDate)) },
      yAxis: { type: 'value', min: 0, max: Math.ceil(top * 2) / 2, axisLabel: { formatter: (value: number) => format.number(value, 1) } },
      series: [
        area(0, days.map(({ lower }) => lower)), area(0.25, days.map(({ lower, upper }) => upper - lower)),
        {
          type: 'line', name: 'Rt', data: days.map(({ median }) => median), symbol: 'none', lineStyle: { color: colours.accent, width: 2 }, itemStyle: { color: colours.accent },
          markLine: { silent: true, symbol: 'none', lineStyle: { color: colours.ink, type: 'dashed' }, label: { formatter: '1', color: colours.ink }, data: [{ yAxis: 1 }] },
        },
      ],
      tooltip: {
        trigger: 'axis', confine: true,
        formatter: (points: readonly { readonly dataIndex: number }[]) => {
          const row = days[points[0]?.dataIndex ?? 0]
          return row ? `${format.day(row.day as PlainDate)}<br>Rt ${format.number(row.median, 2)} (${format.number(row.lower, 2)}–${format.number(row.upper, 2)})` : ''
        },
      },
    }
  }, [days, colours, format, t])
  return (
    <Chart
      label={t('forecasts.reproduction', { area: shown.area.name })} name={`rt-${shown.area.code}-${shown.on}`} option={option} height={240}
      data={{ columns: [t('forecasts.day'), 'Rt', t('forecasts.lower95'), t('forecasts.upper95')], rows: days.map((row) => [format.day(row.day as PlainDate), row.median, row.lower, row.upper]) }}
    />
  )
}

/** What was forecast so many weeks ahead, and what came. */
export const PastChart = ({ shown, horizon }: { shown: ForecastShown; horizon: number }) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const rows = useMemo(() => shown.past.filter((row) => row.horizon === horizon && row.to <= shown.on), [shown, horizon])
  const option = useMemo(() => ({
    xAxis: { type: 'category', data: rows.map(({ to }) => format.shortDay(to as PlainDate)) },
    yAxis: { type: 'value', min: 0, axisLabel: { formatter: (value: number) => format.whole(value) } },
    legend: { top: 0, type: 'scroll', data: [t('forecasts.observed'), t('forecasts.median'), t('forecasts.band50'), t('forecasts.band80'), t('forecasts.band95')] },
    series: [
      ...fanSeries(rows.map((row) => row.shown), colours.accent, { median: t('forecasts.median'), band50: t('forecasts.band50'), band80: t('forecasts.band80'), band95: t('forecasts.band95') }),
      { type: 'line', name: t('forecasts.observed'), data: rows.map(({ observed }) => observed), symbol: 'circle', symbolSize: 8, lineStyle: { color: colours.ink, width: 1 }, itemStyle: { color: colours.ink }, z: 4 },
    ],
    tooltip: {
      trigger: 'axis', confine: true,
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const row = rows[points[0]?.dataIndex ?? 0]
        return row ? [
          `${t('forecasts.past_to')} ${format.day(row.to as PlainDate)}`, `${t('forecasts.observed')}: ${row.observed === null ? '–' : format.whole(row.observed)}`,
          `${t('forecasts.median')}: ${format.whole(row.shown.median)}`, `${t('forecasts.band95')}: ${format.whole(row.shown.lower95)}–${format.whole(row.shown.upper95)}`,
        ].join('<br>') : ''
      },
    },
  }), [rows, colours, format, t])
  return (
    <Chart
      label={t('forecasts.past_chart', { horizon, area: shown.area.name })} name={`du-bao-cu-${shown.area.code}-${shown.on}`} option={option} height={280}
      data={{
        columns: [t('forecasts.past_to'), t('forecasts.observed'), t('forecasts.median'), ...(['lower50', 'upper50', 'lower80', 'upper80', 'lower95', 'upper95'] as const).map((key) => t(`forecasts.${key}`))],
        rows: rows.map(({ to, observed, shown: band }) => [format.day(to as PlainDate), observed, one(band.median), one(band.lower50), one(band.upper50), one(band.lower80), one(band.upper80), one(band.lower95), one(band.upper95)]),
      }}
    />
  )
}

import { useMemo } from 'react'
import { addDays, day as toDay, daysBetween, eachDay, type PlainDate } from '#base'
import { Chart, useChartColours, useFormat, useT } from '#web'
import { DAYS, type Counted, type Outcome } from '../contract.ts'
import classes from './scenarios.module.css'

export const SERIES = ['infections', 'reported', 'ward', 'oxygen', 'intensive'] as const
export type Series = (typeof SERIES)[number]
export const isTier = (series: Series): series is 'ward' | 'oxygen' | 'intensive' => series === 'ward' || series === 'oxygen' || series === 'intensive'

interface OutcomeChartProps {
  readonly name: string
  readonly on: PlainDate
  readonly series: Series
  readonly outcome: Outcome
  readonly beds: number | null
  readonly counted: Counted
  /** The same for all variants, so that they can be compared by eye. */
  readonly most: number
}

/** One variant: median and bands by day, what was counted around the start, and the line of the beds. */
export const OutcomeChart = ({ name, on, series, outcome, beds, counted, most }: OutcomeChartProps) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const made = useMemo(() => {
    const lead = series === 'reported' ? daysBetween(toDay(counted.from), on) + 1 : 0
    const days = eachDay(addDays(on, 1 - lead), addDays(on, DAYS))
    const band = outcome.bands[series]
    const at = (values: readonly number[], n: number): number | null => (n < lead ? null : (values[n - lead] ?? null))
    const counts = days.map((_, n) => (series === 'reported' ? (counted.counts[n] ?? null) : null))
    return { lead, days, band, at, counts }
  }, [series, outcome, counted, on])
  const option = useMemo(() => {
    const { lead, days, band, at, counts } = made
    const stacked = (label: string, opacity: number, of: (n: number) => number | null): object => ({
      type: 'line', stack: 'band', stackStrategy: 'all', name: label, silent: true, symbol: 'none', lineStyle: { opacity: 0 }, itemStyle: { color: colours.accent, opacity: Math.max(opacity, 0.15) },
      areaStyle: { color: colours.accent, opacity }, data: days.map((_, n) => of(n)), z: 1,
    })
    const between = (low: readonly number[], high: readonly number[]) => (n: number): number | null => {
      const [from, to] = [at(low, n), at(high, n)]
      return from === null || to === null ? null : to - from
    }
    return {
      xAxis: { type: 'category', data: days.map((day) => format.shortDay(day)), axisLabel: { interval: 44 } },
      yAxis: { type: 'value', min: 0, max: most, axisLabel: { formatter: (value: number) => format.whole(value) } },
      legend: { show: false },
      tooltip: {
        trigger: 'axis', confine: true,
        formatter: (points: readonly { readonly dataIndex: number }[]) => {
          const n = points[0]?.dataIndex ?? 0
          const median = at(band.median, n)
          return [
            format.day(days[n] as PlainDate),
            ...(median === null ? [] : [
              `${t('scenarios.median')}: ${format.whole(median)}`, `${t('scenarios.band50')}: ${format.whole(at(band.lower50, n) ?? 0)}–${format.whole(at(band.upper50, n) ?? 0)}`,
              `${t('scenarios.band95')}: ${format.whole(at(band.lower95, n) ?? 0)}–${format.whole(at(band.upper95, n) ?? 0)}`,
            ]),
            ...(typeof counts[n] === 'number' ? [`${t('scenarios.counted')}: ${format.whole(counts[n])}`] : []),
          ].join('<br>')
        },
      },
      series: [
        stacked(t('scenarios.band95'), 0, (n) => at(band.lower95, n)), stacked(t('scenarios.band95'), 0.16, between(band.lower95, band.lower50)), stacked(t('scenarios.band50'), 0.38, between(band.lower50, band.upper50)),
        stacked(t('scenarios.band95'), 0.16, between(band.upper50, band.upper95)),
        {
          type: 'line', name: t('scenarios.median'), symbol: 'none', data: days.map((_, n) => at(band.median, n)), lineStyle: { color: colours.accent, width: 2 }, itemStyle: { color: colours.accent }, z: 3,
          ...(beds === null ? {} : {
            markLine: {
              silent: true, symbol: 'none', lineStyle: { color: colours.series[1], type: 'solid', width: 2 },
              label: { formatter: t('scenarios.capacity', { beds: format.whole(beds) }), color: colours.ink, position: 'insideEndTop' }, data: [{ yAxis: beds }],
            },
          }),
        },
        { type: 'scatter', name: t('scenarios.counted'), symbolSize: 4, data: counts, itemStyle: { color: colours.ink }, z: 4, silent: true },
        ...(lead > 0 ? [{ type: 'line', data: [], markLine: { silent: true, symbol: 'none', lineStyle: { color: colours.soft, type: 'dashed' }, label: { show: false }, data: [{ xAxis: lead - 1 }] } }] : []),
      ],
    }
  }, [made, beds, most, colours, format, t])
  const { days, band, at, counts } = made
  return (
    <Chart
      label={t('scenarios.chart', { variant: name, series: t(`scenarios.series.${series}`) })} name={`kich-ban-${name}-${series}`} option={option} height={240}
      data={{
        columns: [t('scenarios.day'), t('scenarios.median'), ...(['lower50', 'upper50', 'lower95', 'upper95'] as const).map((key) => t(`scenarios.csv.${key}`)), t('scenarios.counted')],
        rows: days.map((day, n) => [format.day(day), at(band.median, n), at(band.lower50, n), at(band.upper50, n), at(band.lower95, n), at(band.upper95, n), counts[n] ?? null]),
      }}
    />
  )
}

/** When the beds of a tier run out, in one sentence. */
export const CrossingSentence = ({ on, beds, crossing }: { on: PlainDate; beds: number | null; crossing: Outcome['crossings']['ward'] }) => {
  const t = useT()
  const format = useFormat()
  if (beds === null || crossing === null) return null
  const dayOf = (n: number | null): string => (n === null ? '' : format.day(addDays(on, n + 1)))
  const given = { beds: format.whole(beds), share: format.percent(crossing.probability, 0), median: dayOf(crossing.median), early: dayOf(crossing.early) }
  return (
    <p className={classes.crossing}>
      {crossing.probability === 0 ? t('scenarios.never_crossed', given)
        : crossing.median !== null ? t('scenarios.crossed', given) : crossing.early !== null ? t('scenarios.crossed_few', given) : t('scenarios.crossed_rare', given)}
    </p>
  )
}

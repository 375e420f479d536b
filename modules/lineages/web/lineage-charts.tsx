import { useMemo } from 'react'
import type { PlainDate } from '#base'
import { Chart, useChartColours, useFormat, useT } from '#web'
import type { LineagesShown } from '../contract.ts'

interface Props {
  readonly shown: LineagesShown
}

/** Every lineage's share of each week, one upon the other, with how many sequences it rests on. */
export const ShareChart = ({ shown }: Props) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const names = useMemo(() => [...shown.names, t('lineages.rest')], [shown.names, t])
  const option = useMemo(() => ({
    xAxis: { type: 'category', data: shown.weeks.map(({ to, total }) => `${format.shortDay(to as PlainDate)}\nn=${format.whole(total)}`), axisLabel: { hideOverlap: true, lineHeight: 15 } },
    yAxis: { type: 'value', min: 0, max: 1, axisLabel: { formatter: (value: number) => format.percent(value, 0) } },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    legend: { top: 0, type: 'scroll' },
    tooltip: {
      trigger: 'axis', confine: true,
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const week = shown.weeks[points[0]?.dataIndex ?? 0]
        if (!week) return ''
        return [
          `${format.day(week.from as PlainDate)}–${format.day(week.to as PlainDate)} · ${t('lineages.sequences')}: ${format.whole(week.total)}`,
          ...week.shares.flatMap(({ count, share, lower, upper }, j) =>
            (share === null || count === 0 ? [] : [`${names[j]}: ${format.percent(share)} (${format.percent(lower ?? 0)}–${format.percent(upper ?? 1)}), n=${format.whole(count)}`])),
        ].join('<br>')
      },
    },
    series: names.map((name, j) => {
      const rest = j === names.length - 1
      // Four colours can be told apart by everyone; the next ones have a pattern too.
      const repeated = !rest && j >= colours.series.length
      return {
        type: 'bar', stack: 'shares', name, barCategoryGap: '14%', data: shown.weeks.map(({ shares }) => shares[j]?.share ?? null),
        itemStyle: { color: rest ? colours.line : colours.series[j % colours.series.length], borderColor: colours.ground, borderWidth: 1, ...(repeated ? { decal: colours.incomplete } : {}) },
      }
    }),
  }), [shown, names, colours, format, t])
  return (
    <Chart
      label={t('lineages.chart', { area: shown.area.name })} name={`bien-the-${shown.area.code}-${shown.on}`} option={option} height={340}
      data={{
        columns: [t('lineages.week_to'), t('lineages.sequences'), ...names],
        rows: shown.weeks.map(({ to, total, shares }) => [format.day(to as PlainDate), total, ...shares.map(({ share }) => (share === null ? null : format.percent(share)))]),
      }}
    />
  )
}

/** One lineage's share with its interval: how sure a rise is. */
export const OneLineageChart = ({ shown, name }: Props & { readonly name: string }) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const own = useMemo(() => shown.weeks.map(({ to, total, shares }) => ({ to, total, ...(shares[shown.names.indexOf(name)] ?? { count: 0, share: null, lower: null, upper: null }) })), [shown, name])
  const option = useMemo(() => {
    const band = (opacity: number, data: readonly (number | null)[]): object => ({
      type: 'line', stack: 'interval', stackStrategy: 'all', silent: true, symbol: 'none', lineStyle: { opacity: 0 }, areaStyle: { color: colours.accent, opacity }, itemStyle: { color: colours.accent },
      name: t('lineages.interval'), data,
    })
    return {
      xAxis: { type: 'category', data: own.map(({ to }) => format.shortDay(to as PlainDate)), axisLabel: { hideOverlap: true } },
      yAxis: { type: 'value', min: 0, max: 1, axisLabel: { formatter: (value: number) => format.percent(value, 0) } },
      tooltip: {
        trigger: 'axis', confine: true,
        formatter: (points: readonly { readonly dataIndex: number }[]) => {
          const week = own[points[0]?.dataIndex ?? 0]
          return week ? `${t('lineages.week_to')} ${format.day(week.to as PlainDate)}<br>${week.share === null ? '–' : `${format.percent(week.share)} (${format.percent(week.lower ?? 0)}–${format.percent(week.upper ?? 1)})`}, ${format.whole(week.count)}/${format.whole(week.total)}` : ''
        },
      },
      series: [
        band(0, own.map(({ lower }) => lower)), band(0.22, own.map(({ lower, upper }) => (lower === null || upper === null ? null : upper - lower))),
        { type: 'line', name: t('lineages.share'), symbol: 'circle', symbolSize: 7, lineStyle: { color: colours.accent, width: 2 }, itemStyle: { color: colours.accent }, data: own.map(({ share }) => share), z: 3 },
      ],
    }
  }, [own, colours, format, t])
  return (
    <Chart
      label={t('lineages.one_chart', { name, area: shown.area.name })} name={`bien-the-${name}-${shown.area.code}-${shown.on}`} option={option} height={240}
      data={{
        columns: [t('lineages.week_to'), t('lineages.sequences'), t('lineages.share'), t('lineages.lower'), t('lineages.upper')],
        rows: own.map(({ to, count, share, lower, upper }) => [format.day(to as PlainDate), count, ...[share, lower, upper].map((value) => (value === null ? null : format.percent(value)))]),
      }}
    />
  )
}

import { useMemo } from 'react'
import type { PlainDate } from '#base'
import { Chart, useChartColours, useFormat, useT } from '#web'
import type { Overview } from '../contract.ts'
import { sevenDayMean } from './scales.ts'

/** New cases by day of report with their seven-day mean; days of which more is to come are hatched, never just low. */
export const Curve = ({ overview: { curve, own, on }, height }: { overview: Overview; height: number }) => {
  const t = useT()
  const format = useFormat()
  const colours = useChartColours()
  const means = useMemo(() => sevenDayMean(curve.map(({ value, incomplete }) => (incomplete ? null : value))), [curve])
  const option = useMemo(() => ({
    animation: false,
    aria: { enabled: true, decal: { show: false } },
    grid: { left: 8, right: 64, top: 16, bottom: 4, containLabel: true },
    xAxis: { type: 'category', data: curve.map(({ day }) => format.shortDay(day as PlainDate)), axisLabel: { hideOverlap: true } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: (value: number) => format.whole(value) } },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: (value: unknown) => (typeof value === 'number' ? format.number(value) : '–') },
    series: [
      {
        name: t('overview.new_cases'), type: 'bar', barCategoryGap: '20%', itemStyle: { color: colours.accent },
        data: curve.map(({ value, atLeast, incomplete }) => (incomplete
          ? { value: value ?? atLeast, itemStyle: { color: colours.ground, borderColor: colours.accent, borderWidth: 1, decal: { ...colours.incomplete, color: colours.accent } } }
          : value)),
      },
      {
        name: t('overview.mean'), type: 'line', data: means, showSymbol: false, lineStyle: { width: 2.5, color: colours.series[1] }, itemStyle: { color: colours.series[1] },
        endLabel: { show: true, formatter: t('overview.mean_short'), color: colours.series[1] },
      },
    ],
  }), [curve, means, colours.ink, format, t])
  const incomplete = curve.filter((one) => one.incomplete).length
  return (
    <Chart
      label={`${t('overview.curve', { area: own.name })}${incomplete > 0 ? ` — ${t('overview.hatched', { days: incomplete })}` : ''}`} name={`duong-cong-${own.area}-${on}`} height={height} option={option}
      data={{
        columns: [t('overview.day'), t('overview.new_cases'), t('overview.at_least'), t('overview.mean')],
        rows: curve.map(({ day, value, atLeast }, d) => [format.day(day as PlainDate), value, atLeast, means[d] === null || means[d] === undefined ? null : Math.round(means[d] * 10) / 10]),
      }}
    />
  )
}

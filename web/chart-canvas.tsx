import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { IconDotsVertical } from '@tabler/icons-react'
import { BarChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent,
} from 'echarts/components'
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef, useState } from 'react'
import { useChartColours, type ChartColours, type ChartProps } from './chart.tsx'
import classes from './chart.module.css'
import { useT } from './language.tsx'
import { csv, saveFile } from './save-file.ts'

use([
  BarChart, LineChart, ScatterChart, AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent,
  TooltipComponent, CanvasRenderer, SVGRenderer,
])

const themeOf = ({ ink, soft, line, ground, series }: ChartColours): object => {
  const axis = {
    axisLine: { lineStyle: { color: soft } }, axisTick: { lineStyle: { color: soft } }, axisLabel: { color: soft }, nameTextStyle: { color: soft },
    splitLine: { lineStyle: { color: line } },
  }
  return {
    color: [...series],
    textStyle: { fontFamily: "'Be Vietnam Pro', system-ui, sans-serif", fontSize: 12, color: ink },
    categoryAxis: { ...axis, splitLine: { show: false } }, valueAxis: { ...axis, axisLine: { show: false } }, timeAxis: axis,
    legend: { textStyle: { color: ink } },
    tooltip: { backgroundColor: ground, borderColor: line, textStyle: { color: ink } },
  }
}

const base: EChartsCoreOption = {
  grid: { left: 8, right: 16, top: 28, bottom: 8, containLabel: true },
  tooltip: { trigger: 'axis', confine: true },
}

const ChartCanvas = ({ label, option, data, name, height = 280 }: ChartProps) => {
  const t = useT()
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(null)
  const colours = useChartColours()
  const still = useReducedMotion()
  const [asTable, setAsTable] = useState(false)

  useEffect(() => {
    if (!holder.current || asTable) return
    const made = init(holder.current, themeOf(colours), { renderer: 'svg' })
    chart.current = made
    made.setOption({ ...base, animation: !still, ...option })
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(holder.current)
    return () => {
      watch.disconnect()
      made.dispose()
      chart.current = null
    }
    // A new option is given to the chart below; only another scheme or coming back from the table builds it anew.
  }, [colours.ink, asTable, still])
  useEffect(() => {
    chart.current?.setOption({ ...base, animation: !still, ...option }, true)
  }, [option, still])

  /** Draws once more beside the page, at the chart's size, on its own ground. */
  const drawn = (renderer: 'svg' | 'canvas', read: (copy: ECharts) => string): string => {
    const box = document.createElement('div')
    const copy = init(box, themeOf(colours), { renderer, width: holder.current?.clientWidth ?? 800, height, devicePixelRatio: 2 })
    copy.setOption({ ...base, backgroundColor: colours.ground, ...option, animation: false })
    const result = read(copy)
    copy.dispose()
    return result
  }
  const savePng = (): void => {
    const url = drawn('canvas', (copy) => copy.getDataURL({ type: 'png', pixelRatio: 2 }))
    const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0))
    saveFile(`${name}.png`, new Blob([bytes], { type: 'image/png' }))
  }
  const saveSvg = (): void => saveFile(`${name}.svg`, new Blob([drawn('svg', (copy) => copy.renderToSVGString())], { type: 'image/svg+xml' }))
  const table = (
    <table>
      <caption className={classes.unseen}>{label}</caption>
      <thead><tr>{data.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
      <tbody>{data.rows.map((row, index) => <tr key={index}>{row.map((cell, at) => <td key={at}>{cell}</td>)}</tr>)}</tbody>
    </table>
  )

  return (
    <figure className={classes.figure}>
      <div className={classes.head}>
        <figcaption className={classes.label}>{label}</figcaption>
        <Menu position="bottom-end">
          <Menu.Target>
            <Tooltip label={t('web.export')}>
              <ActionIcon className="no-print" aria-label={`${t('web.export')}: ${label}`}><IconDotsVertical size={18} /></ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsTable(!asTable)}>{asTable ? t('web.chart_drawn') : t('web.chart_table')}</Menu.Item>
            <Menu.Item onClick={savePng}>{t('web.export_png')}</Menu.Item>
            <Menu.Item onClick={saveSvg}>{t('web.export_svg')}</Menu.Item>
            <Menu.Item onClick={() => saveFile(`${name}.csv`, csv([data.columns, ...data.rows]))}>{t('web.export_data')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {asTable ? <div className={classes.table} style={{ maxHeight: height }} tabIndex={0} role="region" aria-label={label}>{table}</div> : (
        <div className={classes.holder}>
          <div ref={holder} style={{ height }} aria-hidden />
          <div className={classes.unseen}>{table}</div>
        </div>
      )}
    </figure>
  )
}
export default ChartCanvas

import { Skeleton, useComputedColorScheme } from '@mantine/core'
import type { EChartsCoreOption } from 'echarts/core'
import { lazy, Suspense } from 'react'

export interface ChartProps {
  /** What the chart shows, as one sentence; also its caption on paper. */
  readonly label: string
  /** Axes, series and the like; colours, type and spacing come from the theme. */
  readonly option: EChartsCoreOption
  /** The same figures as a table: for screen readers, for the eye, and for the CSV. */
  readonly data: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number | null)[])[] }
  /** File name of exports, without its ending. */
  readonly name: string
  /** Unit: pixels. */
  readonly height?: number
}

export interface ChartColours {
  readonly ink: string
  readonly soft: string
  readonly line: string
  readonly ground: string
  readonly accent: string
  /** For several series side by side, told apart by lightness too. */
  readonly series: readonly string[]
  /** Over a bar whose day is not complete yet. */
  readonly incomplete: Readonly<Record<string, unknown>>
}

const colours = (dark: boolean): ChartColours => ({
  ink: dark ? '#dbe3e3' : '#161e1e',
  soft: dark ? '#9aa8a8' : '#546161',
  line: dark ? '#283333' : '#d9e0e0',
  ground: dark ? '#161d1d' : '#ffffff',
  accent: dark ? '#46a19d' : '#0b6161',
  series: dark ? ['#46a19d', '#e0a458', '#b9c4c4', '#c98bb9'] : ['#0b6161', '#c06a14', '#5a6868', '#8a3f78'],
  incomplete: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: dark ? 'rgba(16,22,22,.75)' : 'rgba(255,255,255,.75)' },
})

/** The colours a chart's series use, for the reader's scheme. */
export const useChartColours = (): ChartColours => colours(useComputedColorScheme('light') === 'dark')

const ChartCanvas = lazy(() => import('./chart-canvas.tsx'))

/** An interactive chart with exports and a table behind it. */
export const Chart = (props: ChartProps) => (
  <Suspense fallback={<Skeleton height={props.height ?? 280} />}><ChartCanvas {...props} /></Suspense>
)

import { IconChartAreaLine } from '@tabler/icons-react'
import type { Screen } from '#web'
import { forecastRead } from '../contract.ts'

export { text } from '../text.ts'

export const screens: readonly Screen[] = [
  {
    path: '/forecasts', title: 'forecasts.title', permission: forecastRead, component: () => import('./forecast-page.tsx'),
    nav: { group: 'situation', order: 30, icon: IconChartAreaLine },
  },
]

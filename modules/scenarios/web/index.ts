import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import type { Screen } from '#web'
import { scenarioRead } from '../contract.ts'

export { text } from '../text.ts'

export const screens: readonly Screen[] = [
  {
    path: '/scenarios', title: 'scenarios.title', permission: scenarioRead, component: () => import('./scenario-page.tsx'),
    nav: { group: 'situation', order: 32, icon: IconAdjustmentsHorizontal },
  },
]

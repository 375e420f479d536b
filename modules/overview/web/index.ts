import { IconActivityHeartbeat } from '@tabler/icons-react'
import type { Action, Screen } from '#web'
import { overviewRead } from '../contract.ts'

export { text } from '../text.ts'

export const screens: readonly Screen[] = [
  {
    path: '/', title: 'overview.title', permission: overviewRead, component: () => import('./overview.tsx'),
    nav: { group: 'situation', order: 0, icon: IconActivityHeartbeat },
  },
]

export const actions: readonly Action[] = [
  { title: 'overview.action_wall', path: '/', search: { wall: '1' }, permission: overviewRead },
]

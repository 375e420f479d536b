import { IconAlertTriangle } from '@tabler/icons-react'
import type { Action, Screen } from '#web'
import { warningRead } from '../contract.ts'

export { text } from '../text.ts'

export const screens: readonly Screen[] = [
  {
    path: '/warnings', title: 'warnings.title', permission: warningRead, component: () => import('./warning-list.tsx'),
    nav: { group: 'situation', order: 20, icon: IconAlertTriangle },
  },
  { path: '/warnings/sensitivity', title: 'warnings.sensitivity', permission: warningRead, component: () => import('./sensitivity.tsx') },
  { path: '/warnings/$id', title: 'warnings.one', permission: warningRead, component: () => import('./show-warning.tsx') },
]

export const actions: readonly Action[] = [{ title: 'warnings.sensitivity', path: '/warnings/sensitivity', permission: warningRead }]

import { IconMap2 } from '@tabler/icons-react'
import type { Action, Screen } from '#web'
import { levelRead } from '../contract.ts'

export { text } from '../text.ts'

export const screens: readonly Screen[] = [
  {
    path: '/levels', title: 'levels.title', permission: levelRead, component: () => import('./level-list.tsx'),
    nav: { group: 'situation', order: 10, icon: IconMap2 },
  },
  { path: '/levels/$area', title: 'levels.why', permission: levelRead, component: () => import('./why.tsx') },
]

export const actions: readonly Action[] = [
  { title: 'levels.action_missing', path: '/levels', search: { mark: 'missing' }, permission: levelRead },
  { title: 'levels.action_held', path: '/levels', search: { mark: 'held' }, permission: levelRead },
]

import { IconFileText } from '@tabler/icons-react'
import type { Action, Screen } from '#web'
import { bulletinDraft, bulletinRead } from '../contract.ts'

export { screenText as text } from '../screen-text.ts'

export const screens: readonly Screen[] = [
  {
    path: '/bulletins', title: 'bulletins.title', permission: bulletinRead, component: () => import('./bulletin-list.tsx'),
    nav: { group: 'situation', order: 60, icon: IconFileText },
  },
  { path: '/bulletins/check', title: 'bulletins.check', permission: bulletinRead, component: () => import('./check-page.tsx') },
  { path: '/bulletins/templates', title: 'bulletins.templates', permission: bulletinRead, component: () => import('./template-page.tsx') },
  { path: '/bulletins/$id', title: 'bulletins.one', permission: bulletinRead, component: () => import('./bulletin-page.tsx') },
]

export const actions: readonly Action[] = [
  { title: 'bulletins.action_daily', path: '/bulletins', permission: bulletinDraft },
  { title: 'bulletins.action_check', path: '/bulletins/check', permission: bulletinRead },
]

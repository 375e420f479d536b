import { IconTableShortcut } from '@tabler/icons-react'
import { joinTexts } from '#base'
import type { Action, Screen } from '#web'
import { figureRead } from '../contract.ts'
import { text as screenText } from '../screen-text.ts'
import { text as moduleText } from '../text.ts'

export const text = joinTexts(moduleText, screenText)

export const screens: readonly Screen[] = [
  {
    path: '/figures', title: 'figures.title', permission: figureRead, component: () => import('./daily-figures.tsx'),
    nav: { group: 'data', order: 20, icon: IconTableShortcut },
  },
]

export const actions: readonly Action[] = [
  { title: 'figures.action_missing', path: '/figures', search: { tab: 'missing' }, permission: figureRead },
  { title: 'figures.action_held', path: '/figures', search: { tab: 'held' }, permission: figureRead },
]

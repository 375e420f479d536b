import { IconScale } from '@tabler/icons-react'
import type { Screen } from '#web'
import { rulebookRead } from '../contract.ts'

export { text } from '../text.ts'
export { DecisionTable } from './decision-table.tsx'
export { useBookWords, type Book, type BookWords } from './use-book-words.ts'

export const screens: readonly Screen[] = [
  {
    path: '/rulebooks', title: 'rulebooks.title', permission: rulebookRead, component: () => import('./rulebook-list.tsx'),
    nav: { group: 'rules', order: 10, icon: IconScale },
  },
  { path: '/rulebooks/$id', title: 'rulebooks.one', permission: rulebookRead, component: () => import('./rulebook-page.tsx') },
]

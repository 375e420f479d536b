import { IconScale } from '@tabler/icons-react'
import { joinTexts } from '#base'
import type { Screen } from '#web'
import { rulebookDraft, rulebookRead } from '../contract.ts'
import { screenText } from '../screen-text.ts'
import { text as ownText } from '../text.ts'

export const text = joinTexts(ownText, screenText)
export { DecisionTable } from './decision-table.tsx'
export { useBookWords, type Book, type BookWords } from './use-book-words.ts'

export const screens: readonly Screen[] = [
  {
    path: '/rulebooks', title: 'rulebooks.title', permission: rulebookRead, component: () => import('./rulebook-list.tsx'),
    nav: { group: 'rules', order: 10, icon: IconScale },
  },
  { path: '/rulebooks/compare', title: 'rulebooks.compare', permission: rulebookRead, component: () => import('./compare-page.tsx') },
  { path: '/rulebooks/drafts/$id', title: 'rulebooks.draft', permission: rulebookDraft, component: () => import('./draft/draft-page.tsx') },
  { path: '/rulebooks/$id', title: 'rulebooks.one', permission: rulebookRead, component: () => import('./rulebook-page.tsx') },
]

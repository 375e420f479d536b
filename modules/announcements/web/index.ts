import { IconSpeakerphone } from '@tabler/icons-react'
import type { Action, Screen } from '#web'
import { announcementPropose, announcementRead } from '../contract.ts'

export { text } from '../text.ts'
export { Measures } from './measures.tsx'
export { Truths } from './truths.tsx'

export const screens: readonly Screen[] = [
  {
    path: '/announcements', title: 'announcements.title', permission: announcementRead, component: () => import('./announcement-list.tsx'),
    nav: { group: 'situation', order: 20, icon: IconSpeakerphone },
  },
  { path: '/announcements/new', title: 'announcements.new', permission: announcementPropose, component: () => import('./propose-announcement.tsx') },
  { path: '/announcements/$id', title: 'announcements.dossier', permission: announcementRead, component: () => import('./show-announcement.tsx') },
]

export const actions: readonly Action[] = [{ title: 'announcements.new', path: '/announcements/new', permission: announcementPropose }]

import { IconVirus } from '@tabler/icons-react'
import type { Screen } from '#web'
import { lineageRead } from '../contract.ts'

export { text } from '../text.ts'

export const screens: readonly Screen[] = [
  {
    path: '/lineages', title: 'lineages.title', permission: lineageRead, component: () => import('./lineage-page.tsx'),
    nav: { group: 'situation', order: 35, icon: IconVirus },
  },
  { path: '/lineages/serology', title: 'serology.title', permission: lineageRead, component: () => import('./serology-page.tsx') },
]

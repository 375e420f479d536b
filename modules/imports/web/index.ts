import { IconFileImport } from '@tabler/icons-react'
import type { Action, Screen } from '#web'
import { importUse } from '../contract.ts'

export { text } from '../text.ts'

export const screens: readonly Screen[] = [
  {
    path: '/imports', title: 'imports.title', permission: importUse, component: () => import('./import-list.tsx'),
    nav: { group: 'data', order: 40, icon: IconFileImport },
  },
  { path: '/imports/$id', title: 'imports.one', permission: importUse, component: () => import('./import-page.tsx') },
]

export const actions: readonly Action[] = [{ title: 'imports.new', path: '/imports', permission: importUse }]

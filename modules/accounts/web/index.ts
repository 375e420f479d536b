import { IconHistory, IconUsers } from '@tabler/icons-react'
import type { Action, Screen } from '#web'
import { accountManage, auditRead } from '../contract.ts'

export { text } from '../text.ts'
export { SignIn } from './sign-in.tsx'
export { sessionQuery, useSession } from './session.ts'

export const screens: readonly Screen[] = [
  {
    path: '/accounts', title: 'accounts.title', permission: accountManage, component: () => import('./account-list.tsx'),
    nav: { group: 'office', order: 20, icon: IconUsers },
  },
  { path: '/accounts/new', title: 'accounts.open_many', permission: accountManage, component: () => import('./open-accounts.tsx') },
  {
    path: '/audit', title: 'accounts.audit', permission: auditRead, component: () => import('./audit-list.tsx'),
    nav: { group: 'office', order: 30, icon: IconHistory },
  },
  { path: '/password', title: 'accounts.change_password', component: () => import('./change-password.tsx'), inAccountMenu: true },
  { path: '/welcome', title: 'accounts.welcome', component: () => import('./welcome.tsx'), public: true },
]

export const actions: readonly Action[] = [
  { title: 'accounts.open_many', path: '/accounts/new', permission: accountManage },
  { title: 'accounts.change_password', path: '/password' },
]

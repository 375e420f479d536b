import { IconClipboardHeart } from '@tabler/icons-react'
import { joinTexts } from '#base'
import type { Action, Screen } from '#web'
import { caseBulk, caseCorrect, caseRead, caseReport } from '../contract.ts'
import { text as bulkText } from './bulk/text.ts'
import { text as exportText } from './export/text.ts'
import { text as lifeText } from './life/text.ts'
import { text as screenText } from '../screen-text.ts'
import { text as moduleText } from '../text.ts'

export const text = joinTexts(moduleText, screenText, bulkText, lifeText, exportText)

export const screens: readonly Screen[] = [
  {
    path: '/cases', title: 'cases.title', permission: caseRead, component: () => import('./case-list.tsx'),
    nav: { group: 'data', order: 10, icon: IconClipboardHeart },
  },
  { path: '/cases/new', title: 'cases.report', permission: caseReport, component: () => import('./report-case.tsx') },
  { path: '/cases/duplicates', title: 'cases.duplicates', permission: caseRead, component: () => import('./duplicate-queue.tsx') },
  { path: '/cases/bulk', title: 'cases.bulk_list', permission: caseBulk, component: () => import('./bulk/bulk-list.tsx') },
  { path: '/cases/$id', title: 'cases.case', permission: caseRead, component: () => import('./show-case.tsx') },
  { path: '/cases/$id/correct', title: 'cases.correct', permission: caseCorrect, component: () => import('./correct-case.tsx') },
]

export const actions: readonly Action[] = [
  { title: 'cases.report', path: '/cases/new', permission: caseReport },
  { title: 'cases.duplicates', path: '/cases/duplicates', permission: caseRead },
  { title: 'cases.bulk_list', path: '/cases/bulk', permission: caseBulk },
]

import { IconBuildingCommunity } from '@tabler/icons-react'
import type { Screen } from '#web'
import { areaRead } from '../contract.ts'

export { text } from '../text.ts'
export { useShapes } from './use-shapes.ts'

export const screens: readonly Screen[] = [
  {
    path: '/areas', title: 'areas.title', permission: areaRead, component: () => import('./area-tree.tsx'),
    nav: { group: 'rules', order: 20, icon: IconBuildingCommunity },
  },
  { path: '/areas/$id', title: 'areas.one', permission: areaRead, component: () => import('./area-page.tsx') },
]

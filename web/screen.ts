import type { ComponentType, FunctionComponent } from 'react'
import type { Permission, Texts } from '#base'

/** Groups of the left rail, in this order. */
export const NAV_GROUPS = ['situation', 'data', 'rules', 'office'] as const
export type NavGroup = (typeof NAV_GROUPS)[number]

/** One page: where it lives, what it is called, who may open it. `path` may carry `$id` parameters; such a page stands in no rail. */
export interface Screen {
  readonly path: string
  /** Text key. */
  readonly title: string
  /** Lazy: imports the page's file, whose default export it is, so that a page costs nothing until it is opened. */
  readonly component: () => Promise<{ default: FunctionComponent }>
  /** Its place in the rail; a page without one is reached from another page. */
  readonly nav?: { readonly group: NavGroup; readonly order: number; readonly icon: ComponentType<{ size?: number | string; stroke?: number }> }
  readonly permission?: Permission
  /** Open to those without an account, and drawn without rail and bar. */
  readonly public?: boolean
  /** Stands in the account's menu instead of the rail. */
  readonly inAccountMenu?: boolean
}

/** Something the search (Ctrl-K) can start: a page in a certain state. */
export interface Action {
  /** Text key. */
  readonly title: string
  readonly path: string
  readonly search?: Readonly<Record<string, string>>
  readonly permission?: Permission
}

/** What a module's `web/index.ts` exports. */
export interface WebModule {
  readonly text: Texts
  readonly screens: readonly Screen[]
  readonly actions?: readonly Action[]
}

import './styles.css'
import './mantine.css'
import '@fontsource/be-vietnam-pro/400.css'
import '@fontsource/be-vietnam-pro/500.css'
import '@fontsource/be-vietnam-pro/600.css'
import '@fontsource/be-vietnam-pro/700.css'
import 'dayjs/locale/vi'
import { MantineProvider } from '@mantine/core'
import { DatesProvider } from '@mantine/dates'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider, type FetchQueryOptions, type QueryClient } from '@tanstack/react-query'
import {
  createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, RouterProvider, useRouterState, type ErrorComponentProps,
} from '@tanstack/react-router'
import { StrictMode, useEffect, useState, type ComponentType, type ReactNode } from 'react'
import type { Permission, PlainDate } from '#base'
import { readSearch, writeSearch } from './address.ts'
import { onSignedOut } from './api.ts'
import { dayIn } from './clock.ts'
import { createRoot } from './dom.ts'
import { AreasProvider, type AreaSource } from './areas.tsx'
import { LanguageProvider, useLanguage, useT } from './language.tsx'
import { useLive } from './live.ts'
import { PageHeader } from './page-header.tsx'
import { Later } from './later.tsx'
import { createCache } from './query.ts'
import type { Screen, WebModule } from './screen.ts'
import { ActorProvider, useMay, type SessionActor } from './session.tsx'
import { BareFrame, Shell } from './shell/shell.tsx'
import { text } from './text.ts'
import { theme, variables } from './theme.ts'

/** What app.tsx gives the shell, which knows no module itself. */
export interface WebParts {
  /** One of their screens has the path `/`: it opens first. */
  readonly modules: readonly WebModule[]
  /** Who is signed in: `null` when nobody is, `undefined` while it is asked. */
  readonly useSession: () => { readonly actor: SessionActor | null | undefined; readonly synthetic: boolean; readonly signOut: () => void }
  /** The form that signs in; calls back once it has worked. */
  readonly SignIn: ComponentType<{ onDone?: () => void }>
  /** The units of a day. */
  readonly useAreasOn: AreaSource
  /** What `useSession` reads; then, where somebody is signed in, what `useAreasOn` and the first screen read at an address: asked before anything is drawn. */
  readonly session: FetchQueryOptions
  readonly first: (at: { readonly path: string; readonly area: string | undefined; readonly on: PlainDate }) => readonly FetchQueryOptions[]
}

/** What is drawn first waits at most so long for its code and answers: drawn once with them, it is there sooner than drawn piece by piece. Unit: milliseconds. */
const PATIENCE = 1_000

/** Puts the app into the page. */
export const startWeb = (parts: WebParts): void => {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  const cache = createCache()
  const router = routerOf(parts)
  const { area, day } = readSearch(location.search)
  const asked = cache.fetchQuery(parts.session).then((session) =>
    session && Promise.allSettled(parts.first({ path: location.pathname, area, on: dayIn(day) }).map((query) => cache.fetchQuery(query))))
  void Promise.race([Promise.allSettled([router.load(), asked]), new Promise((late) => setTimeout(late, PATIENCE))]).then(() => draw(root, parts, cache, router))
}

const draw = (root: HTMLElement, parts: WebParts, cache: QueryClient, router: Router): void => {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <QueryClientProvider client={cache}>
          <LanguageProvider texts={[text, ...parts.modules.map((module) => module.text)]}>
            <Dates>
              <Later><Notifications position="bottom-right" /></Later>
              <RouterProvider router={router} />
            </Dates>
          </LanguageProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}

const Dates = ({ children }: { children: ReactNode }) => {
  const { language } = useLanguage()
  return <DatesProvider settings={{ locale: language, firstDayOfWeek: 1, weekendDays: [0] }}>{children}</DatesProvider>
}

type Router = ReturnType<typeof routerOf>

const routerOf = (parts: WebParts) => {
  const screens = parts.modules.flatMap((module) => module.screens)
  const root = createRootRoute({ component: () => <Frame parts={parts} screens={screens} />, notFoundComponent: PageMissing })
  const routes = screens.map(({ path, permission, component }) => {
    const Page = lazyRouteComponent(component)
    // The page's code comes while its guard waits to be drawn.
    const Guard = permission && Object.assign(() => <Guarded permission={permission} Page={Page} />, { preload: () => Page.preload?.() })
    return createRoute({ getParentRoute: () => root, path, component: Guard ?? Page })
  })
  return createRouter({
    routeTree: root.addChildren(routes),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultErrorComponent: PageBroken,
    defaultPreload: false,
  })
}

const Frame = ({ parts, screens }: { parts: WebParts; screens: readonly Screen[] }) => {
  const { actor, synthetic, signOut } = parts.useSession()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const isPublic = screens.some((screen) => screen.public && screen.path === path)
  const [expired, setExpired] = useState(false)
  const [last, setLast] = useState<SessionActor>()
  useEffect(() => onSignedOut(() => setExpired(true)), [])
  useEffect(() => {
    // Someone else at this desk begins at the beginning: what the first one had open is not theirs.
    if (actor && last && actor.id !== last.id) location.assign('/')
    else if (actor) setLast(actor)
  }, [actor, last])
  useLive(expired ? undefined : actor?.id)
  if (isPublic) return <BareFrame><Outlet /></BareFrame>
  const shown = actor ?? (expired ? last : undefined)
  if (!shown) return <BareFrame>{actor === undefined ? null : <parts.SignIn onDone={() => setExpired(false)} />}</BareFrame>
  const leave = (): void => {
    setLast(undefined)
    setExpired(false)
    signOut()
  }
  return (
    <ActorProvider value={shown}>
      <AreasProvider source={parts.useAreasOn}>
        <Shell
          actor={shown} screens={screens} actions={parts.modules.flatMap((module) => module.actions ?? [])}
          onSignOut={leave} expired={expired} synthetic={synthetic} signIn={<parts.SignIn onDone={() => setExpired(false)} />}
        >
          <Outlet />
        </Shell>
      </AreasProvider>
    </ActorProvider>
  )
}

const Guarded = ({ permission, Page }: { permission: Permission; Page: ComponentType }) => {
  const t = useT()
  const may = useMay()
  if (may(permission)) return <Page />
  const roles = permission.roles.map((role) => t(`role.${role}`)).join(', ')
  return <PageHeader title={t('web.page_closed')} about={t('web.page_closed_about', { roles })} />
}

const PageMissing = () => {
  const t = useT()
  return <PageHeader title={t('web.page_missing')} about={t('web.page_missing_about')} />
}

const PageBroken = ({ error }: ErrorComponentProps) => {
  const t = useT()
  return (
    <>
      <PageHeader title={t('web.page_broken')} about={t('web.page_broken_about')} />
      <p><code>{String(error)}</code></p>
      <a href={location.href}>{t('web.reload')}</a>
    </>
  )
}

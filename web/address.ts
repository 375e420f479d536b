import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { PlainDate } from '#base'
import { dayIn, today } from './clock.ts'

type Values = Readonly<Record<string, string>>

/** The address bar's `?a=b`, as plain texts. */
export const readSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))
export const writeSearch = (values: Record<string, unknown>): string => {
  const given = Object.entries(values).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]))
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}

/**
 * The state of a screen, kept in the address: `const [filter, setFilter] = useAddress({ status: '', sort: 'reportedOn' })`.
 * A value that equals its default is left out. `setFilter` replaces the entry of the history unless `push` is asked for.
 */
export const useAddress = <D extends Values>(defaults: D): readonly [
  { readonly [K in keyof D]: string }, (patch: { [K in keyof D]?: string | undefined }, how?: { push?: boolean }) => void,
] => {
  const search = useRouterState({ select: (state) => state.location.search as Values })
  const navigate = useNavigate()
  const names = Object.keys(defaults).join(' ')
  const values = useMemo(
    () => Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, search[name] ?? value])) as { [K in keyof D]: string },
    // The defaults are literals of the caller: their names say enough.
    [search, names],
  )
  const set = useCallback((patch: { [K in keyof D]?: string | undefined }, { push = false }: { push?: boolean } = {}) => {
    const kept = Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, value === defaults[name] ? undefined : value]))
    void navigate({ to: '.', search: (before: Values) => ({ ...before, ...kept }), replace: !push } as Parameters<typeof navigate>[0])
  }, [navigate, names])
  return [values, set]
}

/** The day of the address. */
export const useDay = (): { day: PlainDate; setDay: (day: PlainDate) => void } => {
  const [values, set] = useAddress({ day: '' })
  return { day: dayIn(values.day), setDay: (day) => set({ day: day === today() ? undefined : day }) }
}

/** A screen on the wall of a duty room (`?wall=1`): no rail, no bar, larger type. The screen shows day, time and connection itself. */
export const useWall = (): { wall: boolean; setWall: (wall: boolean) => void } => {
  const [values, set] = useAddress({ wall: '' })
  return { wall: values.wall === '1', setWall: (next) => set({ wall: next ? '1' : undefined }, { push: true }) }
}

/** Area and day travel along when a reader goes to another screen. */
const carried = (search: Values): Values =>
  Object.fromEntries(['area', 'day'].flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])))

/** Goes to a screen: `go('/cases', { status: 'open' })`; area and day of the address travel along. */
export const useGo = (): ((path: string, search?: Readonly<Record<string, string | undefined>>) => void) => {
  const navigate = useNavigate()
  return useCallback((path, search = {}) => {
    void navigate({ to: path, search: (before: Values) => ({ ...carried(before), ...search }) } as Parameters<typeof navigate>[0])
  }, [navigate])
}

/** The address of a screen, for a link that can be opened in a new tab. */
export const useHref = (): ((path: string, search?: Readonly<Record<string, string | undefined>>) => string) => {
  const current = useRouterState({ select: (state) => state.location.search as Values })
  return useCallback((path, search = {}) => `${path}${writeSearch({ ...carried(current), ...search })}`, [current])
}

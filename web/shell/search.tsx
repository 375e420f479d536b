import { Kbd, UnstyledButton } from '@mantine/core'
import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconBolt, IconMapPin, IconSearch } from '@tabler/icons-react'
import { useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { nameKey } from '#base'
import { useDay, useGo } from '../address.ts'
import { useAreas } from '../areas.tsx'
import { today } from '../clock.ts'
import { useT } from '../language.tsx'
import type { Action, Screen } from '../screen.ts'
import { useMay } from '../session.tsx'
import { useToggleScheme } from './controls.tsx'
import { usePlaced } from './rail.tsx'
import classes from './shell.module.css'

const AREAS_SHOWN = 8

/** The button of the top bar that opens the search. */
export const SearchButton = () => {
  const t = useT()
  return (
    <UnstyledButton className={`${classes.search} no-print`} onClick={() => spotlight.open()}>
      <IconSearch size={16} />
      <span>{t('web.search')}</span>
      <Kbd size="xs" aria-hidden>Ctrl K</Kbd>
    </UnstyledButton>
  )
}

/** One search for everything: areas without tones, pages, actions. Ctrl-K or `/`. */
export const Search = ({ screens, actions, onSignOut }: { screens: readonly Screen[]; actions: readonly Action[]; onSignOut: () => void }) => {
  const t = useT()
  const go = useGo()
  const may = useMay()
  const areas = useAreas()
  const placed = usePlaced(screens)
  const { day, setDay } = useDay()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const { dark, toggle } = useToggleScheme()
  const [text, setText] = useState('')
  const wanted = nameKey(text)
  const fits = (label: string): boolean => nameKey(label).includes(wanted)

  const groups: SpotlightActionGroupData[] = [
    {
      group: t('web.areas_found'),
      actions: wanted === '' ? [] : areas.search(text, AREAS_SHOWN).map((area) => ({
        id: `area ${area.id}`,
        label: area.name,
        description: areas.above(area.id).slice(1, 3).map((above) => above.name).join(', '),
        leftSection: <IconMapPin size={18} />,
        onClick: () => go(path, { area: area.code }),
      })),
    },
    {
      group: t('web.pages'),
      actions: placed.filter((screen) => fits(t(screen.title))).map((screen) => ({
        id: screen.path, label: t(screen.title), leftSection: <screen.nav.icon size={18} />, onClick: () => go(screen.path),
      })),
    },
    {
      group: t('web.actions'),
      actions: [
        ...actions.filter((action) => !action.permission || may(action.permission)).map((action) => ({
          id: `${action.title} ${action.path}`, label: t(action.title), onClick: () => go(action.path, action.search),
        })),
        ...(day === today() ? [] : [{ id: 'today', label: t('web.to_today'), onClick: () => setDay(today()) }]),
        { id: 'scheme', label: dark ? t('web.use_light') : t('web.use_dark'), onClick: toggle },
        { id: 'sign-out', label: t('web.sign_out'), onClick: onSignOut },
      ].filter((action) => fits(action.label)).map((action) => ({ ...action, leftSection: <IconBolt size={18} /> })),
    },
  ].filter((group) => group.actions.length > 0)

  return (
    <Spotlight
      actions={groups}
      query={text}
      onQueryChange={setText}
      filter={(_, given) => given}
      shortcut={['mod + K', '/']}
      nothingFound={t('web.search_nothing')}
      centered={false}
      scrollable
      attributes={{ content: { 'aria-label': t('web.search') } }}
      classNames={{ actionDescription: classes.described ?? '', actionsGroup: classes.found ?? '' }}
      maxHeight={480}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('web.search_all'), 'aria-label': t('web.search') }}
    />
  )
}

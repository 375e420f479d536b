import { Drawer, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { ScreenLink } from '../screen-link.tsx'
import { useT } from '../language.tsx'
import { NAV_GROUPS, type NavGroup, type Screen } from '../screen.ts'
import { useMay } from '../session.tsx'
import classes from './shell.module.css'

type Placed = Screen & { nav: NonNullable<Screen['nav']> }

const GROUP_TITLES: Record<NavGroup, string> = {
  situation: 'web.group_situation', data: 'web.group_data', rules: 'web.group_rules', office: 'web.group_office',
}
/** Places on the bottom bar of a phone; the rest is behind one button. */
const ON_PHONE = 4

/** The screens that have a place in the rail and that the reader may open. */
export const usePlaced = (screens: readonly Screen[]): readonly Placed[] => {
  const may = useMay()
  return screens
    .filter((screen): screen is Placed => screen.nav !== undefined && (!screen.permission || may(screen.permission)))
    .toSorted((a, b) => NAV_GROUPS.indexOf(a.nav.group) - NAV_GROUPS.indexOf(b.nav.group) || a.nav.order - b.nav.order)
}

const System = ({ screen, onClick }: { screen: Placed; onClick?: () => void }) => {
  const t = useT()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const here = path === screen.path || path.startsWith(`${screen.path}/`)
  return (
    <ScreenLink to={screen.path} className={classes.system} {...(here ? { 'aria-current': 'page' as const } : {})} {...(onClick ? { onClick } : {})}>
      <screen.nav.icon size={20} stroke={1.75} />
      <span>{t(screen.title)}</span>
    </ScreenLink>
  )
}

const Groups = ({ placed, onClick }: { placed: readonly Placed[]; onClick?: () => void }) => {
  const t = useT()
  return NAV_GROUPS.map((group) => {
    const inGroup = placed.filter((screen) => screen.nav.group === group)
    if (inGroup.length === 0) return null
    return (
      <div key={group}>
        <div className={classes.group} id={`group-${group}`}>{t(GROUP_TITLES[group])}</div>
        <ul className={classes.systems}>
          {inGroup.map((screen) => <li key={screen.path}><System screen={screen} {...(onClick ? { onClick } : {})} /></li>)}
        </ul>
      </div>
    )
  })
}

/** The systems, as a rail on desks. */
export const Rail = ({ screens }: { screens: readonly Screen[] }) => {
  const t = useT()
  const placed = usePlaced(screens)
  return (
    <nav className={classes.rail} aria-label={t('web.systems')}>
      <ScreenLink to="/" className={classes.brand ?? ''}>
        <img src="/bamboo.svg" alt="Lũy Tre" width={24} height={24} />
        <span aria-hidden>Lũy Tre</span>
      </ScreenLink>
      <Groups placed={placed} />
    </nav>
  )
}

/** The systems, as a bar at the bottom of phones: the first few, then all of them. */
export const FootBar = ({ screens }: { screens: readonly Screen[] }) => {
  const t = useT()
  const placed = usePlaced(screens)
  const [opened, setOpened] = useState<boolean>()
  return (
    <>
      <nav className={classes.foot} aria-label={t('web.systems')}>
        {placed.slice(0, ON_PHONE).map((screen) => <System key={screen.path} screen={screen} />)}
        {placed.length > ON_PHONE && (
          <UnstyledButton className={classes.system} onClick={() => setOpened(true)} aria-haspopup="dialog">
            <IconDots size={20} />
            <span>{t('web.more')}</span>
          </UnstyledButton>
        )}
      </nav>
      {opened !== undefined && (
        <Drawer
          opened={opened} onClose={() => setOpened(false)} position="bottom" size="auto" title={t('web.systems')} className={classes.drawer ?? ''}
          closeButtonProps={{ 'aria-label': t('web.close') }}
        >
          <Groups placed={placed} onClick={() => setOpened(false)} />
        </Drawer>
      )}
    </>
  )
}

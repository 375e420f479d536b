import { Modal, Text } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { useRouterState } from '@tanstack/react-router'
import { addDays } from '#base'
import { useDay, useWall } from '../address.ts'
import { AreaPicker } from '../area-picker.tsx'
import { useAreas } from '../areas.tsx'
import { today } from '../clock.ts'
import { useConnectionLost } from '../connection.ts'
import { DayPicker } from '../day-picker.tsx'
import { KeyHelp, useKeys } from '../keys.tsx'
import { useFormat, useT } from '../language.tsx'
import { Later } from '../later.tsx'
import { Notice } from '../notices.tsx'
import type { Action, Screen } from '../screen.ts'
import type { SessionActor } from '../session.tsx'
import { useArea } from '../use-area.ts'
import { AccountMenu, LanguageSwitch, SchemeSwitch } from './controls.tsx'
import { FreshnessProvider, FreshnessSlot } from './freshness.tsx'
import { FootBar, Rail } from './rail.tsx'
import { Search, SearchButton } from './search.tsx'
import classes from './shell.module.css'

interface ShellProps {
  readonly actor: SessionActor
  readonly screens: readonly Screen[]
  readonly actions: readonly Action[]
  readonly onSignOut: () => void
  /** The session ended while the reader was at work: sign in over the page, nothing typed is lost. */
  readonly expired: boolean
  readonly signIn: ReactNode
  /** Made-up data are among those shown: every screen and print says so. */
  readonly synthetic: boolean
  readonly children: ReactNode
}

/** Rail, bar and the screen between them. */
export const Shell = ({ actor, screens, actions, onSignOut, expired, signIn, synthetic, children }: ShellProps) => {
  const t = useT()
  const { day, setDay } = useDay()
  const { code, setArea } = useArea()
  const { wall } = useWall()
  useEffect(() => {
    document.documentElement.toggleAttribute('data-wall', wall)
    return () => document.documentElement.removeAttribute('data-wall')
  }, [wall])
  useKeys([
    { keys: 'mod+K', does: 'web.key_search' },
    { keys: '?', does: 'web.key_help' },
    { keys: '[', does: 'web.key_day_before', run: () => setDay(addDays(day, -1)) },
    { keys: ']', does: 'web.key_day_after', run: () => day < today() && setDay(addDays(day, 1)) },
    { keys: 'ArrowDown', does: 'web.key_rows' },
    { keys: 'Enter', does: 'web.key_open' },
  ])
  return (
    <FreshnessProvider>
      <a href="#main" className="skip-link">{t('web.skip')}</a>
      <div className={classes.shell} data-wall={wall || undefined}>
        <Rail screens={screens} />
        <section className={classes.bar} aria-label={t('web.bar')}>
          <div className={classes.place}><AreaPicker value={code} onChange={(area) => setArea(area?.code)} /></div>
          <div className={classes.days}>
            <DayPicker value={day} onChange={(next) => setDay(next ?? today())} steps className={classes.date} />
          </div>
          <FreshnessSlot />
          <SearchButton />
          <div className={classes.switches}><Later><LanguageSwitch /><SchemeSwitch /></Later></div>
          <div className={classes.account}>
            <Later><AccountMenu actor={actor} screens={screens.filter((screen) => screen.inAccountMenu)} onSignOut={onSignOut} /></Later>
          </div>
        </section>
        <Main>
          {synthetic && <p className={classes.synthetic}><strong>{t('web.synthetic')}</strong> {t('web.synthetic_about')}</p>}
          <LostBanner />
          <AreaNotThen />
          {children}
        </Main>
        <Later><FootBar screens={screens} /></Later>
      </div>
      <Later><Search screens={screens} actions={actions} onSignOut={onSignOut} /></Later>
      <KeyHelp />
      {expired && (
        <Modal opened onClose={() => undefined} withCloseButton={false} title={t('web.session_over')}>
          <Text mb="md">{t('web.session_over_about')}</Text>
          {signIn}
        </Modal>
      )}
    </FreshnessProvider>
  )
}

/** A new page takes the focus, so that those who listen or tab begin at its beginning. */
const Main = ({ children }: { children: ReactNode }) => {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    main.current?.focus()
    window.scrollTo(0, 0)
  }, [path])
  return <main id="main" ref={main} tabIndex={-1} className={classes.main}>{children}</main>
}

const LostBanner = () => {
  const t = useT()
  if (!useConnectionLost()) return null
  return (
    <div role="status" className={classes.lost}>
      <strong>{t('web.lost')}</strong>
      <span>{t('web.lost_about')}</span>
    </div>
  )
}

/** The address names a unit that did not stand on its day, or whose code was another unit's on the day before looked at. */
const AreaNotThen = () => {
  const t = useT()
  const format = useFormat()
  const { day } = useDay()
  const { code, area } = useArea()
  const { ready } = useAreas()
  const seen = useRef(area)
  useEffect(() => {
    if (area && area.code !== seen.current?.code) seen.current = area
  }, [area])
  if (!ready || code === undefined) return null
  const before = seen.current
  if (area && before?.code === code && before.name !== area.name) {
    return <Notice warning>{t('web.area_other_then', { code, before: before.name, day: format.day(day), name: area.name })}</Notice>
  }
  if (area) return null
  return <Notice warning>{t('web.area_not_then', { code, day: format.day(day) })}</Notice>
}

/** The frame of pages without an account: brand and language, nothing else. */
export const BareFrame = ({ children }: { children: ReactNode }) => {
  const t = useT()
  return (
    <div className={classes.bare}>
      <a href="#main" className="skip-link">{t('web.skip')}</a>
      <header className={classes.bareBar}>
        <span className={classes.brand}><img src="/bamboo.svg" alt="" width={24} height={24} /> Lũy Tre</span>
        <div className={classes.switches}><LanguageSwitch /><SchemeSwitch /></div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <LostBanner />
        {children}
      </main>
    </div>
  )
}

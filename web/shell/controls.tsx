import { ActionIcon, Button, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react'
import type { Language } from '#base'
import { useGo } from '../address.ts'
import { useLanguage, useT } from '../language.tsx'
import type { Screen } from '../screen.ts'
import type { SessionActor } from '../session.tsx'

const NAMES: Record<Language, string> = { vi: 'Tiếng Việt', en: 'English' }

/** Goes over to the other language, which it names in that language; stands on every page, the sign-in page too. */
export const LanguageSwitch = () => {
  const { language, choose } = useLanguage()
  const other: Language = language === 'vi' ? 'en' : 'vi'
  return <Button variant="subtle" color="gray" px="xs" lang={other} onClick={() => choose(other)}>{NAMES[other]}</Button>
}

export const useToggleScheme = (): { dark: boolean; toggle: () => void } => {
  const dark = useComputedColorScheme('light') === 'dark'
  const { setColorScheme } = useMantineColorScheme()
  return { dark, toggle: () => setColorScheme(dark ? 'light' : 'dark') }
}

export const SchemeSwitch = () => {
  const t = useT()
  const { dark, toggle } = useToggleScheme()
  const label = dark ? t('web.use_light') : t('web.use_dark')
  return (
    <Tooltip label={label}>
      <ActionIcon onClick={toggle} aria-label={label}>{dark ? <IconSun size={18} /> : <IconMoon size={18} />}</ActionIcon>
    </Tooltip>
  )
}

interface AccountMenuProps {
  readonly actor: SessionActor
  /** Pages that stand in the account's menu. */
  readonly screens: readonly Screen[]
  readonly onSignOut: () => void
}

export const AccountMenu = ({ actor, screens, onSignOut }: AccountMenuProps) => {
  const t = useT()
  const go = useGo()
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon aria-label={`${t('web.account')}: ${actor.name}`}><IconUser size={18} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <strong>{actor.name}</strong> ({actor.username})
          {actor.grants.map((grant) => <div key={`${grant.role} ${grant.areaId}`}>{t(`role.${grant.role}`)} · {grant.areaName}</div>)}
        </Menu.Label>
        <Menu.Divider />
        {screens.map((screen) => <Menu.Item key={screen.path} onClick={() => go(screen.path)}>{t(screen.title)}</Menu.Item>)}
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={onSignOut}>{t('web.sign_out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

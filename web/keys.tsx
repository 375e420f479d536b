import { Modal } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useEffect, useState, useSyncExternalStore } from 'react'
import classes from './keys.module.css'
import { useT } from './language.tsx'

/** A key of a screen: `{ keys: 'n', does: 'cases.key_new', run }`; without `run` it is only told (the table's own keys). */
export interface Key {
  readonly keys: string
  /** Text key of what it does. */
  readonly does: string
  readonly run?: () => void
}

let registered: readonly (readonly Key[])[] = []
const listeners = new Set<() => void>()
const change = (next: typeof registered): void => {
  registered = next
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Binds keys while the screen is open and lists them under `?`. They rest while a field has the focus. */
export const useKeys = (keys: readonly Key[]): void => {
  useHotkeys(keys.flatMap((key) => (key.run ? [[key.keys, key.run] as [string, () => void]] : [])))
  const told = JSON.stringify(keys)
  useEffect(() => {
    const mine = JSON.parse(told) as readonly Key[]
    change([...registered, mine])
    return () => change(registered.filter((one) => one !== mine))
  }, [told])
}

/** The list of keys that work here; opened by `?`. */
export const KeyHelp = () => {
  const t = useT()
  // Nothing of it is drawn before it is first wanted.
  const [opened, setOpened] = useState<boolean>()
  const all = useSyncExternalStore(subscribe, () => registered)
  useHotkeys([['shift+?', () => setOpened(true)], ['?', () => setOpened(true)]])
  if (opened === undefined) return null
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title={t('web.keys')} closeButtonProps={{ 'aria-label': t('web.close') }} transitionProps={{ duration: 0 }}>
      <table className={classes.keys}>
        <tbody>
          {[...new Map(all.flat().map((key) => [`${key.keys} ${key.does}`, key])).values()].map(({ keys, does }) => (
            <tr key={`${keys} ${does}`}>
              <td>{keys.split('+').map((key) => <kbd key={key} className={classes.key}>{NAMES[key] ?? key}</kbd>)}</td>
              <td>{t(does)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}

const NAMES: Readonly<Record<string, string>> = { mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', shift: 'Shift', Space: '␣' }

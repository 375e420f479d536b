import { Kbd, Modal, Table } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useEffect, useState, useSyncExternalStore } from 'react'
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
  const [opened, setOpened] = useState(false)
  const all = useSyncExternalStore(subscribe, () => registered)
  useHotkeys([['shift+?', () => setOpened(true)], ['?', () => setOpened(true)]])
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title={t('web.keys')} closeButtonProps={{ 'aria-label': t('web.close') }}>
      <Table>
        <Table.Tbody>
          {[...new Map(all.flat().map((key) => [`${key.keys} ${key.does}`, key])).values()].map(({ keys, does }) => (
            <Table.Tr key={`${keys} ${does}`}>
              <Table.Td w={140}>{keys.split('+').map((key) => <Kbd key={key} mr={4}>{NAMES[key] ?? key}</Kbd>)}</Table.Td>
              <Table.Td>{t(does)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}

const NAMES: Readonly<Record<string, string>> = { mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓', shift: 'Shift', Space: '␣' }

import { ActionIcon, Checkbox, Popover, Stack, Tooltip } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconColumns3 } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useT } from './language.tsx'

interface Choice {
  readonly key: string
  readonly title: string
  readonly extra?: boolean
}

/** Which columns this reader does not want, remembered on this machine. The first column always stays. */
export const useHiddenColumns = (name: string, columns: readonly Choice[]): {
  hidden: ReadonlySet<string>; toggle: (key: string) => void; show: (keys: readonly string[]) => void
} => {
  const [flipped, setFlipped] = useLocalStorage<string[]>({ key: `luytre.columns.${name}`, defaultValue: [], getInitialValueInEffect: false })
  const hidden = useMemo(
    () => new Set(columns.filter((column) => (column.extra ?? false) !== flipped.includes(column.key)).map((column) => column.key)),
    [columns, flipped],
  )
  return {
    hidden,
    show: (keys) => setFlipped(columns.slice(1).filter((column) => keys.includes(column.key) === (column.extra ?? false)).map((column) => column.key)),
    toggle: (key) => setFlipped((before) => (before.includes(key) ? before.filter((one) => one !== key) : [...before, key])),
  }
}

export const ColumnChooser = ({ columns, hidden, onToggle }: {
  columns: readonly Choice[]; hidden: ReadonlySet<string>; onToggle: (key: string) => void
}) => {
  const t = useT()
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Tooltip label={t('web.columns')}>
          <ActionIcon aria-label={t('web.columns')}><IconColumns3 size={18} /></ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          {columns.slice(1).map((column) => (
            <Checkbox key={column.key} label={column.title} checked={!hidden.has(column.key)} onChange={() => onToggle(column.key)} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { getArea } from '#areas/contract'
import type { PlainDate } from '#base'
import { AreaPicker, useAreas, useQueryOf, useT } from '#web'
import classes from './cases.module.css'

interface AreaFieldProps {
  readonly label: string
  /** Id of the unit, as text. */
  readonly value: string
  readonly onChange: (id: string) => void
  /** The day whose units are offered. */
  readonly on: PlainDate
  /** Names of units that are not in the tree of that day: a case may lie in another province. */
  readonly names: ReadonlyMap<string, string>
  readonly error: string | undefined
  readonly required?: boolean
}

/** The lowest known unit, down to hamlet and group. */
export const AreaField = ({ label, value, onChange, on, names, error, required = false }: AreaFieldProps) => {
  const t = useT()
  const areas = useAreas(on)
  const area = value === '' ? undefined : areas.byId(Number(value))
  // A unit of another day or province is known by its own page only.
  const elsewhere = value !== '' && areas.ready && !area && !names.has(value)
  const known = useQueryOf(getArea, elsewhere ? { params: { id: Number(value) } } : undefined).data?.area.name
  const path = area ? areas.above(area.id).slice(1).map((above) => above.name).join(', ') : undefined
  return (
    <Group gap={2} align="flex-end" className={classes.areaField}>
      <div className={classes.grow}>
        <AreaPicker
          label={label} on={on} required={required} error={error}
          value={value === '' ? undefined : (area?.code ?? names.get(value) ?? known)}
          onChange={(next) => onChange(next ? String(next.id) : '')}
        />
      </div>
      {!required && value !== '' && (
        <Tooltip label={t('cases.clear_field', { field: label })}>
          <ActionIcon aria-label={t('cases.clear_field', { field: label })} onClick={() => onChange('')}><IconX size={16} /></ActionIcon>
        </Tooltip>
      )}
      {path && <div className={classes.path}>{path}</div>}
    </Group>
  )
}

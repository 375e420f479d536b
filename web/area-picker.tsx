import { Combobox, InputBase, Loader, ScrollArea, useCombobox } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { PlainDate } from '#base'
import { useAreas, type AreaNode, type Areas } from './areas.tsx'
import { given } from './given.ts'
import { useT } from './language.tsx'
import classes from './area-picker.module.css'

const MOST = 60

interface AreaPickerProps {
  /** Code of the chosen unit. */
  readonly value: string | undefined
  readonly onChange: (area: AreaNode | undefined) => void
  /** The day whose units are offered; the day of the address by default. */
  readonly on?: PlainDate
  readonly label?: string
  /** Name for those who listen, where there is no visible label. */
  readonly ariaLabel?: string
  /** Only units of these levels can be chosen. */
  readonly levels?: readonly string[]
  readonly error?: string | undefined
  readonly required?: boolean
  readonly disabled?: boolean
  readonly className?: string
  readonly description?: ReactNode
}

/** Finds a unit by name or code, tones and case ignored; with nothing typed, offers what lies above and below the chosen one. */
export const AreaPicker = ({ value, onChange, on, label, ariaLabel, levels, error, required, disabled, className, description }: AreaPickerProps) => {
  const t = useT()
  const areas = useAreas(on)
  const [text, setText] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setText('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const chosen = value === undefined ? undefined : areas.byCode(value)
  const fits = (area: AreaNode): boolean => levels === undefined || levels.includes(area.level)

  return (
    <Combobox
      store={combobox}
      width={320}
      position="bottom-start"
      keepMounted={false}
      onOptionSubmit={(id) => {
        onChange(areas.byId(Number(id)))
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <InputBase
          component="button"
          type="button"
          pointer
          size="sm"
          {...given({ label, description, error, className, disabled, withAsterisk: required })}
          {...(label ? {} : { 'aria-label': `${ariaLabel ?? t('web.area')}: ${chosen?.name ?? t('web.choose_area')}` })}
          leftSection={<IconMapPin size={16} />}
          rightSection={areas.ready ? <Combobox.Chevron /> : <Loader size={14} />}
          rightSectionPointerEvents="none"
          onClick={() => combobox.toggleDropdown()}
        >
          <span className={classes.chosen}>{chosen?.name ?? <span className={classes.none}>{value ?? t('web.choose_area')}</span>}</span>
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            combobox.selectFirstOption()
          }}
          placeholder={t('web.find_area')}
          aria-label={t('web.find_area')}
        />
        <Combobox.Options aria-label={t('web.area')}>
          <ScrollArea.Autosize mah={320} type="scroll">
            <Offered areas={areas} chosen={chosen} text={text} fits={fits} />
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

interface OfferedProps {
  readonly areas: Areas
  readonly chosen: AreaNode | undefined
  readonly text: string
  readonly fits: (area: AreaNode) => boolean
}

const Offered = ({ areas, chosen, text, fits }: OfferedProps) => {
  const t = useT()
  const found = text.trim() ? areas.search(text, MOST * 4).filter(fits).slice(0, MOST) : near(areas, chosen).filter(fits)
  const shown = found.length > 0 || text.trim() ? found : areas.all.filter(fits).slice(0, MOST)
  if (shown.length === 0) return <Combobox.Empty>{areas.ready ? t('web.no_area_found', { text }) : t('web.loading')}</Combobox.Empty>
  return shown.map((area) => (
    <Combobox.Option value={String(area.id)} key={area.id} active={area.id === chosen?.id}>
      <span className={classes.name}>{area.name}</span>
      <span className={classes.path}>{areas.above(area.id).slice(1, 3).map((above) => above.name).join(', ')}</span>
    </Combobox.Option>
  ))
}

const near = (areas: Areas, chosen: AreaNode | undefined): readonly AreaNode[] => {
  if (!chosen) {
    const root = areas.roots[0]
    return root ? [root, ...areas.childrenOf(root.id)] : []
  }
  const below = areas.childrenOf(chosen.id)
  const beside = chosen.parentId === null ? [] : areas.childrenOf(chosen.parentId)
  return [...areas.above(chosen.id).toReversed(), ...(below.length > 0 ? below : beside.filter((area) => area.id !== chosen.id))]
}

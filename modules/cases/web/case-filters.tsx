import { Button, Checkbox, CloseButton, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { IconFilter, IconSearch } from '@tabler/icons-react'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { addDays, parseDate, type PlainDate } from '#base'
import { DayPicker, today, useFormat, useT } from '#web'
import classes from './cases.module.css'
import { chosenIn, CHOICES, setFilters, type FilterName, type Filters } from './filters.ts'

type Patch = Partial<Record<FilterName, string>>

interface FilterProps {
  readonly filters: Filters
  readonly set: (patch: Patch) => void
}

const SEARCH_WAIT = 250

/** One box for names (tones or not) and for numbers; the address follows a moment after the typing. */
export const SearchBox = ({ value, onSearch }: { value: string; onSearch: (text: string) => void }) => {
  const t = useT()
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const later = useDebouncedCallback(onSearch, SEARCH_WAIT)
  const told = useRef(value)
  useEffect(() => {
    // The address changed by itself: back button, a chip taken away.
    if (value !== told.current) setText(value)
    told.current = value
  }, [value])
  useEffect(() => {
    // Here `/` means this box; the shell's search has Ctrl-K.
    const onKeyDown = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement
      if (event.key !== '/' || event.ctrlKey || event.metaKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return
      event.preventDefault()
      event.stopPropagation()
      box.current?.focus()
      box.current?.select()
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [])
  const search = (next: string): void => {
    setText(next)
    told.current = next.trim()
    later(next.trim())
  }
  return (
    <TextInput
      ref={box} type="search" className={classes.search ?? ''} aria-label={t('cases.search')} placeholder={t('cases.search_about')}
      leftSection={<IconSearch size={16} />} value={text} onChange={(event) => search(event.currentTarget.value)}
      rightSection={text === '' ? undefined : <CloseButton size="sm" aria-label={t('cases.search_clear')} onClick={() => search('')} />}
    />
  )
}

/** Opens the panel of filters; says how many are set. */
export const FilterButton = ({ count, opened, onToggle }: { count: number; opened: boolean; onToggle: () => void }) => {
  const t = useT()
  return (
    <Button variant="default" leftSection={<IconFilter size={16} />} aria-expanded={opened} aria-controls="case-filters" onClick={onToggle}>
      {count > 0 ? t('cases.filters_set', { count }) : t('cases.filters')}
    </Button>
  )
}

/** Every filter of the registry at once. */
export const FilterPanel = ({ filters, set }: FilterProps) => {
  const t = useT()
  const [sender, setSender] = useState(filters.sender)
  const later = useDebouncedCallback((text: string) => set({ sender: text }), SEARCH_WAIT)
  return (
    <section id="case-filters" aria-label={t('cases.filters')} className={`${classes.panel} no-print`}>
      <Period name="reported" filters={filters} set={set} />
      <Period name="onset" filters={filters} set={set} />
      <Choices name="diagnosis" filters={filters} set={set} />
      <Choices name="severity" filters={filters} set={set} />
      <Choices name="outcome" filters={filters} set={set} />
      <Choices name="detectionSource" filters={filters} set={set} />
      <Choices name="duty" filters={filters} set={set} />
      <Stack gap="sm">
        <Pick name="status" choices={['active', 'closed']} filters={filters} set={set} />
        <Pick name="hasNationalNumber" choices={['true', 'false']} filters={filters} set={set} />
        <Pick name="possibleDuplicate" choices={['true', 'false']} filters={filters} set={set} />
        <TextInput label={t('cases.field.sender')} value={sender} onChange={(event) => {
          setSender(event.currentTarget.value)
          later(event.currentTarget.value.trim())
        }} />
      </Stack>
    </section>
  )
}

const WEEK = 7

const Period = ({ name, filters, set }: FilterProps & { name: 'reported' | 'onset' }) => {
  const t = useT()
  const day = (text: string): PlainDate | undefined => {
    const parsed = parseDate(text)
    return parsed.ok ? parsed.value : undefined
  }
  const last = (days: number): void => set({ [`${name}From`]: addDays(today(), 1 - days), [`${name}To`]: '' })
  return (
    <fieldset className={classes.filter}>
      <legend>{t(`cases.period.${name}`)}</legend>
      <Stack gap="sm">
        <DayPicker ariaLabel={t(`cases.filter.${name}From`)} label={t('cases.from')} clearable value={day(filters[`${name}From`])} onChange={(from) => set({ [`${name}From`]: from ?? '' })} />
        <DayPicker ariaLabel={t(`cases.filter.${name}To`)} label={t('cases.to')} clearable value={day(filters[`${name}To`])} onChange={(to) => set({ [`${name}To`]: to ?? '' })} />
        <Group gap="sm">
          <Button size="compact-sm" variant="default" onClick={() => last(1)}>{t('cases.today')}</Button>
          <Button size="compact-sm" variant="default" onClick={() => last(WEEK)}>{t('cases.last_week')}</Button>
        </Group>
      </Stack>
    </fieldset>
  )
}

const Choices = ({ name, filters, set }: FilterProps & { name: FilterName }) => {
  const t = useT()
  return (
    <Checkbox.Group label={t(`cases.filter.${name}`)} value={[...chosenIn(filters[name])]} onChange={(chosen) => set({ [name]: chosen.join(',') })} className={classes.filter ?? ''}>
      <Stack gap={4} mt={4}>{(CHOICES[name] ?? []).map((value) => <Checkbox key={value} size="sm" value={value} label={t(`cases.${name}.${value}`)} />)}</Stack>
    </Checkbox.Group>
  )
}

const Pick = ({ name, choices, filters, set }: FilterProps & { name: FilterName; choices: readonly string[] }) => {
  const t = useT()
  return (
    <NativeSelect
      label={t(`cases.filter.${name}`)} value={filters[name]} onChange={(event) => set({ [name]: event.currentTarget.value })}
      data={[{ value: '', label: t('cases.any') }, ...choices.map((value) => ({ value, label: t(`cases.${name}.${value}`) }))]}
    />
  )
}

/** What is set, each with its own way out; printed with the list. */
export const SetFilters = ({ filters, set }: FilterProps) => {
  const t = useT()
  const format = useFormat()
  const names = setFilters(filters).filter((name) => name !== 'search')
  const words = (name: FilterName): string => {
    const value = filters[name]
    const choices = CHOICES[name]
    const parsed = parseDate(value)
    if (choices) return chosenIn(value).map((one) => t(`cases.${name}.${one}`)).join(', ')
    if (parsed.ok) return format.day(parsed.value)
    return value === 'true' || value === 'false' ? t(`cases.${name}.${value}`) : value
  }
  // The text looked for stands in its box; on paper it is told here.
  const sought = filters.search === '' ? null : <p className="only-print">{t('cases.filter.search')}: <strong>{filters.search}</strong></p>
  if (names.length === 0) return sought
  return (
    <>
      {sought}
      <ul className={classes.chips} aria-label={t('cases.filters_on')}>
        {names.map((name) => (
          <li key={name}>
            <span>{t(`cases.filter.${name}`)}: <strong>{name === 'importId' ? t('cases.one_import') : words(name)}</strong></span>
            <CloseButton size="sm" className="no-print" aria-label={t('cases.filter_remove', { filter: t(`cases.filter.${name}`) })} onClick={() => set({ [name]: '' })} />
          </li>
        ))}
        {names.length > 1 && (
          <li className={`${classes.all} no-print`}>
            <Button size="compact-sm" variant="subtle" onClick={() => set(Object.fromEntries(names.map((name) => [name, ''])))}>{t('cases.filters_clear')}</Button>
          </li>
        )}
      </ul>
    </>
  )
}

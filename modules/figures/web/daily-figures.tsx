import { Button, Group, Tabs } from '@mantine/core'
import { IconArrowBackUp, IconDeviceFloppy, IconFileSpreadsheet, IconPrinter } from '@tabler/icons-react'
import { useCallback, useMemo, useState } from 'react'
import type { Instant } from '#base'
import {
  DisabledWithReason, EmptyState, Freshness, hrefOf, Notice, PageHeader, ProblemNotice, problemIn, today, useAddress, useArea, useDay, useFormat, useKeys, useQueryOf, useT,
} from '#web'
import { exportGrid, listHeld, listMissing, readGrid } from '../contract.ts'
import { CellLine } from './cell-line.tsx'
import { Deadline } from './deadline.tsx'
import { EntryGrid } from './entry-grid.tsx'
import classes from './figures.module.css'
import { HeldList } from './held-list.tsx'
import { MetricChooser } from './metric-chooser.tsx'
import { MissingList } from './missing-list.tsx'
import type { Pasted } from './paste.ts'
import { useEntry, type Entry } from './use-entry.ts'
import { useDrafts, useRows } from './use-sheet.ts'

/** How often the desk looks for what others have sent. Unit: milliseconds. */
const LOOK = 60_000

/** The desk of a day's figures: the entry grid, who has not reported, and what is held. */
const DailyFigures = () => {
  const t = useT()
  const format = useFormat()
  const { day } = useDay()
  const { code } = useArea()
  const [address, setAddress] = useAddress({ tab: 'grid', metrics: '' })
  const place = { day, ...(code === undefined ? {} : { area: code }) }
  const asked = { query: { ...place, ...(address.metrics === '' ? {} : { metrics: address.metrics }) } }
  const { data: grid, error } = useQueryOf(readGrid, asked, { every: LOOK })
  const missing = useQueryOf(listMissing, { query: place }, { every: LOOK }).data
  const held = useQueryOf(listHeld, { query: place }, { every: LOOK }).data
  const entry = useEntry(day, grid)
  const freshest = useMemo(
    () => grid?.rows.flatMap((row) => Object.values(row.cells).map((cell) => cell.recordedAt)).toSorted().at(-1) as Instant | undefined, [grid])

  return (
    <div className={classes.page}>
      <PageHeader
        title={t('figures.title')}
        about={grid && <>{grid.area.name} · {format.day(day)} · <Deadline area={grid.area} deadline={grid.deadline} /></>}
        actions={(
          <>
            <MetricChooser shown={grid?.metrics.map((metric) => metric.code) ?? []} onChange={(codes) => setAddress({ metrics: codes?.join(',') })} />
            <Button component="a" variant="default" href={hrefOf(exportGrid, asked)} leftSection={<IconFileSpreadsheet size={16} />}>{t('figures.csv')}</Button>
            <Button variant="default" onClick={() => window.print()} leftSection={<IconPrinter size={16} />}>{t('figures.print')}</Button>
          </>
        )}
      />
      <Freshness until={freshest} />
      <ProblemNotice problem={problemIn(error)} />
      <Tabs value={address.tab} onChange={(tab) => setAddress({ tab: tab ?? 'grid' })} keepMounted={false}>
        <Tabs.List className="no-print">
          <Tabs.Tab value="grid">{t('figures.tab_grid')}</Tabs.Tab>
          <Tabs.Tab value="missing">{t('figures.tab_missing', { count: missing?.areas.length ?? '…' })}</Tabs.Tab>
          <Tabs.Tab value="held">{t('figures.tab_held', { count: held ? format.count(held.figures.length, held.more) : '…' })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="grid"><GridPanel entry={entry} ready={grid !== undefined} future={day > today()} /></Tabs.Panel>
        <Tabs.Panel value="missing"><MissingList area={code} day={day} /></Tabs.Panel>
        <Tabs.Panel value="held"><HeldList area={code} day={day} /></Tabs.Panel>
      </Tabs>
    </div>
  )
}
export default DailyFigures

/** Told under `?`; the grid itself reads them. */
const GRID_KEYS = [
  { keys: 'ArrowUp+ArrowDown', does: 'figures.key_arrows' }, { keys: 'F2', does: 'figures.key_edit' }, { keys: 'Enter', does: 'figures.key_enter' },
  { keys: 'Tab', does: 'figures.key_tab' }, { keys: 'Escape', does: 'figures.key_escape' }, { keys: 'Delete', does: 'figures.key_delete' },
  { keys: 'mod+Z', does: 'figures.key_undo' },
] as const

const GridPanel = ({ entry, ready, future }: { entry: Entry; ready: boolean; future: boolean }) => {
  const t = useT()
  const { sheet, pending, problem, save: send } = entry
  const rows = useRows(sheet)
  const { count, canUndo } = useDrafts(sheet)
  const [said, setSaid] = useState('')
  const [pasteNotes, setPasteNotes] = useState<readonly string[]>([])

  const save = useCallback(async (): Promise<void> => {
    const outcome = await send()
    if (!outcome || outcome.problem) return
    if (outcome.sent + outcome.refused === 0) return
    setPasteNotes([])
    setSaid(outcome.refused > 0 ? t('figures.saved_refused', { count: outcome.sent, refused: outcome.refused })
      : outcome.held > 0 ? t('figures.saved_held', { count: outcome.sent, held: outcome.held })
      : t('figures.saved', { count: outcome.sent }))
  }, [send, t])
  const onSave = useCallback(() => void save(), [save])
  useKeys([...GRID_KEYS, { keys: 'mod+S', does: 'figures.key_save', run: onSave }])

  const onPasted = useCallback((pasted: Pasted, taken: number) => {
    setSaid(t(pasted.by === 'name' ? 'figures.pasted_names' : 'figures.pasted', { count: taken }))
    const readonly = pasted.cells.length - taken
    setPasteNotes([
      ...(pasted.unknown.length > 0 ? [t('figures.pasted_unknown', { names: pasted.unknown.join(', ') })] : []),
      ...(pasted.beyond > 0 ? [t('figures.pasted_beyond', { count: pasted.beyond })] : []),
      ...(readonly > 0 ? [t('figures.pasted_readonly', { count: readonly })] : []),
    ])
  }, [t])

  if (ready && rows.length === 0) return <EmptyState title={t('figures.none_here')}>{t('figures.none_here_about')}</EmptyState>
  const outgoing = sheet.outgoing().length
  const reason = future ? t('figures.future') : count === 0 ? t('figures.nothing_typed') : outgoing === 0 ? (sheet.faultyCount() > 0 ? t('figures.only_faulty') : t('figures.kept_elsewhere', { count })) : undefined
  return (
    <div className={classes.panel}>
      {rows.length > 0 && !rows.some((row) => row.writable) && <Notice>{t('figures.readonly')}</Notice>}
      {pasteNotes.length > 0 && <Notice warning>{pasteNotes.map((note) => <div key={note}>{note}</div>)}</Notice>}
      <EntryGrid sheet={sheet} rows={rows} metrics={sheet.metrics} label={t('figures.title')} onSave={onSave} onPasted={onPasted} />
      <CellLine sheet={sheet} />
      <ProblemNotice problem={problem} retry={problem ? onSave : undefined} />
      <div className={`${classes.sendBar} no-print`}>
        <output className={classes.kept}>
          {pending ? t('figures.saving')
            : count > 0 ? `${said ? `${said} ` : ''}${entry.safe() ? t('figures.kept_here', { count }) : t('figures.not_kept', { count })}`
            : said || t('figures.about')}
        </output>
        <Group gap="sm" wrap="nowrap">
          {count > 0 && <Button variant="subtle" onClick={() => sheet.discard()} disabled={pending}>{t('figures.discard')}</Button>}
          <DisabledWithReason variant="default" leftSection={<IconArrowBackUp size={16} />} reason={canUndo ? undefined : t('figures.nothing_to_undo')} onClick={() => sheet.undo()}>
            {t('figures.undo')}
          </DisabledWithReason>
          <DisabledWithReason leftSection={<IconDeviceFloppy size={16} />} reason={reason} loading={pending} onClick={onSave}>
            {outgoing > 0 ? t('figures.save', { count: outgoing }) : t('figures.save_nothing')}
          </DisabledWithReason>
        </Group>
      </div>
    </div>
  )
}

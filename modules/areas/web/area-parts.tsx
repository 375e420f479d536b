import { Group, Modal } from '@mantine/core'
import { IconClipboardText, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { PlainDate } from '#base'
import { DataTable, DisabledWithReason, EmptyState, ScreenLink, useFormat, useGo, useMay, useQueryOf, useT, type Column } from '#web'
import { areaAdd, listAreas, type AreaShown } from '../contract.ts'
import { AddArea } from './add-area.tsx'
import classes from './areas.module.css'
import { PasteAreas } from './paste-areas.tsx'
import { PopulationCell, PopulationSource } from './population-cell.tsx'

/** What lies right beneath a unit; under a commune or hamlet the office adds its own. */
export const AreaParts = ({ area, on, stands }: { area: AreaShown; on: PlainDate; stands: boolean }) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const may = useMay()
  const [adding, setAdding] = useState<'one' | 'many'>()
  const { data } = useQueryOf(listAreas, { query: { on, within: area.id, limit: 4000 } })
  const parts = data?.areas.filter((one) => one.parentId === area.id)
  const takes = area.level === 'commune' || area.level === 'hamlet'
  const reason = !stands ? t('areas.ended') : may(areaAdd, area.id) ? undefined : t('areas.may_not')
  const known = parts?.reduce((sum, one) => sum + (one.population ?? 0), 0) ?? 0
  const columns: Column<AreaShown>[] = [
    { key: 'name', title: t('areas.unit'), render: (one) => <ScreenLink to={`/areas/${one.id}`} tabIndex={-1}>{one.name}</ScreenLink>, sortBy: ({ name }) => name },
    { key: 'kind', title: t('areas.level'), width: 140, render: ({ kind }) => kind, sortBy: ({ kind }) => kind },
    { key: 'code', title: t('areas.code'), width: 110, render: ({ code }) => code, sortBy: ({ code }) => code },
    { key: 'population', title: t('areas.population'), width: 120, numeric: true, render: (one) => <PopulationCell area={one} />, sortBy: ({ population }) => population },
    { key: 'source', title: t('areas.source'), render: (one) => <PopulationSource area={one} /> },
  ]
  const close = (): void => setAdding(undefined)
  return (
    <section>
      <Group justify="space-between" align="flex-end">
        <h2 className={classes.section}>{t('areas.below')}{parts && parts.length > 0 && <span className={classes.count}> {format.whole(parts.length)}</span>}</h2>
        {takes && (
          <Group gap="sm" mb={8} className="no-print">
            <DisabledWithReason variant="default" leftSection={<IconClipboardText size={16} />} reason={reason} onClick={() => setAdding('many')}>{t('areas.add_many')}</DisabledWithReason>
            <DisabledWithReason leftSection={<IconPlus size={16} />} reason={reason} onClick={() => setAdding('one')}>{t('areas.add_one')}</DisabledWithReason>
          </Group>
        )}
      </Group>
      {takes && area.population !== null && known > 0 && (
        <p className={classes.about}>{t('areas.known_below', { known, total: area.population })}</p>
      )}
      <DataTable
        name="area-parts" label={t('areas.below')} columns={columns} rows={parts} rowKey={({ id }) => String(id)} onOpen={({ id }) => go(`/areas/${id}`)}
        sort={{ key: 'name', descending: false }}
        empty={(
          <EmptyState title={t('areas.nothing_below')} action={takes ? <ScreenLink to="/imports">{t('areas.import_file')}</ScreenLink> : undefined}>
            {takes ? t('areas.nothing_below_about') : undefined}
          </EmptyState>
        )}
      />
      <Modal opened={adding === 'one'} onClose={close} title={t('areas.add_to', { name: area.name })} size="md" closeButtonProps={{ 'aria-label': t('web.close') }}>
        <AddArea parent={area} onDone={close} />
      </Modal>
      <Modal opened={adding === 'many'} onClose={close} title={t('areas.paste_to', { name: area.name })} size="xl" closeButtonProps={{ 'aria-label': t('web.close') }}>
        <PasteAreas parent={area} siblings={parts ?? []} onDone={close} />
      </Modal>
    </section>
  )
}

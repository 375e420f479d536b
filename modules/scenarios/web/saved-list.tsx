import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Instant, PlainDate } from '#base'
import { DataTable, EmptyState, ScreenLink, useFormat, useGo, useQueryOf, useT } from '#web'
import { listScenarios } from '../contract.ts'
import classes from './scenarios.module.css'

/** Scenarios that were saved, newest first. */
export const SavedList = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const [q, setQ] = useState('')
  const { data } = useQueryOf(listScenarios, { query: { q } })
  return (
    <section className="no-print">
      <h2 className={classes.section}>{t('scenarios.list')}</h2>
      <DataTable
        name="scenarios" label={t('scenarios.list')} rows={data?.scenarios} rowKey={({ id }) => id} onOpen={({ id }) => go('/scenarios', { saved: id })} height="auto"
        empty={<EmptyState title={t(q === '' ? 'scenarios.none_saved' : 'scenarios.none_found')} />}
        filters={<TextInput size="xs" aria-label={t('scenarios.search')} placeholder={t('scenarios.search')} leftSection={<IconSearch size={14} />} value={q} onChange={(event) => setQ(event.currentTarget.value)} />}
        columns={[
          { key: 'name', title: t('scenarios.name'), render: ({ id, name }) => <ScreenLink to="/scenarios" search={{ saved: id }}>{name}</ScreenLink>, sortBy: ({ name }) => name },
          { key: 'area', title: t('scenarios.area'), width: 180, render: ({ area }) => area.name, sortBy: ({ area }) => area.name },
          { key: 'on', title: t('scenarios.from'), width: 110, render: ({ on }) => format.day(on as PlainDate), sortBy: ({ on }) => on },
          { key: 'profile', title: t('scenarios.profile'), width: 170, render: ({ profile }) => t(`scenarios.disease.${profile}`), sortBy: ({ profile }) => profile },
          { key: 'count', title: t('scenarios.count'), width: 110, numeric: true, render: ({ variants }) => format.whole(variants), sortBy: ({ variants }) => variants },
          { key: 'by', title: t('scenarios.by'), width: 160, render: ({ madeBy }) => madeBy, sortBy: ({ madeBy }) => madeBy },
          { key: 'at', title: t('scenarios.at'), width: 150, render: ({ madeAt }) => format.instant(madeAt as Instant), sortBy: ({ madeAt }) => madeAt },
        ]}
      />
    </section>
  )
}

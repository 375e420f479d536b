import { ActionIcon, Badge, Button, Group, Skeleton, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { IconCopyCheck, IconHistory, IconPlus, IconPrinter } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { AnswerOf } from '#base'
import { importUse } from '#imports/contract'
import {
  DataTable, DisabledWithReason, EmptyState, keyOf, PageHeader, ProblemNotice, ScreenLink, useActor, useAddress, useArea, useAreas, useDay, useFormat, useGo,
  useKeys, useMay, usePagesOf, useQueryOf, useT, type Column,
} from '#web'
import { caseBulk, caseReport, countCases, getCase, listCases } from '../contract.ts'
import { BulkBar } from './bulk/bulk-bar.tsx'
import { BulkEdit } from './bulk/bulk-edit.tsx'
import { useSelection } from './bulk/use-selection.ts'
import { FilterButton, FilterPanel, SearchBox, SetFilters } from './case-filters.tsx'
import classes from './cases.module.css'
import { ExportMenu } from './export/export-menu.tsx'
import { FILTERS, queryOf, setFilters, sortOf } from './filters.ts'
import { useDutyWords } from './life/duty-badge.tsx'
import { useWords } from './words.ts'

type Row = AnswerOf<typeof listCases>['cases'][number]

const PAGE = 100
const ORDER = { sort: 'reported', direction: 'desc' } as const
const VIEWS = { list: 'cases', defaults: { ...FILTERS, ...ORDER } }

/** The case opened last in this tab is kept here: whoever comes back to the list finds its place again. */
const OPENED = 'luytre.cases.opened'

/** The registry: every case the reader may see, found, ordered and opened. */
const CaseList = () => {
  const t = useT()
  const place = usePlace()
  if (!place.waiting) return <Registry place={place} />
  return (
    <>
      <PageHeader title={t('cases.title')} />
      <Skeleton height={320} />
    </>
  )
}
export default CaseList

const Registry = ({ place }: { place: Place }) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const cache = useQueryClient()
  const may = useMay()
  const narrow = useMediaQuery('(max-width: 74.99em)', false, { getInitialValueInEffect: false })
  const [filters, set] = useAddress(FILTERS)
  const [order, setOrder] = useAddress(ORDER)
  const [panel, setPanel] = useState(false)
  const [opened, setOpened] = useState(() => sessionStorage.getItem(OPENED))
  const mayReport = may(caseReport)
  const { sort, direction } = sortOf(order.sort, order.direction)
  const columns = useColumns(narrow, filters.duty !== '')
  const count = setFilters(filters).filter((name) => name !== 'search').length
  useKeys([
    { keys: '/', does: 'cases.key_find' },
    ...(mayReport ? [{ keys: 'n', does: 'cases.key_report', run: () => go('/cases/new') }] : []),
  ])

  const asked = queryOf(filters, place.areaId)
  const mayBulk = may(caseBulk)
  const selection = useSelection(JSON.stringify(asked))
  const [editing, setEditing] = useState(false)
  useKeys(mayBulk && (selection.all || selection.chosen.size > 0) ? [{ keys: 'b', does: 'cases.key_bulk', run: () => setEditing(true) }] : [])
  const { pages, problem, loading, hasMore, more } = usePagesOf(
    listCases,
    (after: string | undefined) => ({ query: { ...asked, sort, direction, limit: PAGE, ...(after === undefined ? {} : { after }) } }),
    ({ next }) => next ?? undefined,
  )
  const counted = useQueryOf(countCases, { query: asked })
  const rows = useMemo(() => pages?.flatMap(({ cases }) => cases), [pages])
  const shown = place.nowhere || (problem && !rows) ? [] : rows
  const total = counted.data && !counted.isPlaceholderData ? { rows: counted.data.count, more: counted.data.beyond } : { rows: rows?.length ?? 0, more: hasMore }

  return (
    <>
      <PageHeader
        title={t('cases.title')}
        about={place.name === undefined ? undefined : t('cases.list_about', { area: place.name })}
        actions={(
          <>
            {mayBulk && <Button variant="default" leftSection={<IconHistory size={16} />} onClick={() => go('/cases/bulk')}>{t('cases.bulk_list')}</Button>}
            <Button variant="default" leftSection={<IconCopyCheck size={16} />} onClick={() => go('/cases/duplicates')}>{t('cases.duplicates')}</Button>
            <DisabledWithReason
              leftSection={<IconPlus size={16} />} onClick={() => go('/cases/new')}
              reason={mayReport ? undefined : t('cases.may_not', { roles: caseReport.roles.map((role) => t(`role.${role}`)).join(', ') })}
            >{t('cases.report')}</DisabledWithReason>
          </>
        )}
      />
      <ProblemNotice problem={problem} retry={() => void cache.invalidateQueries({ queryKey: keyOf(listCases) })} />
      {panel && <FilterPanel filters={filters} set={set} />}
      <SetFilters filters={filters} set={set} />
      {mayBulk && <BulkBar selection={selection} total={total} onEdit={() => setEditing(true)} />}
      <BulkEdit
        opened={editing} onClose={() => setEditing(false)} target={selection.all ? { filters: asked } : { ids: [...selection.chosen] }}
        count={selection.all ? format.count(total.rows, total.more) : format.whole(selection.chosen.size)}
        onDone={() => {
          for (const one of [listCases, countCases, getCase]) void cache.invalidateQueries({ queryKey: keyOf(one) })
        }}
      />
      <DataTable
        {...(mayBulk ? { selected: selection.all ? new Set(rows?.map(({ id }) => id)) : selection.chosen, onSelect: selection.choose } : {})}
        name={narrow ? 'cases.narrow' : 'cases'}
        label={t('cases.title')}
        views={VIEWS}
        file={null}
        columns={columns}
        rows={shown}
        rowKey={({ id }) => id}
        sort={{ key: sort, descending: direction === 'desc' }}
        onSort={(next) => setOrder({ sort: next.key, direction: next.descending ? 'desc' : 'asc' })}
        current={opened ?? undefined}
        onOpen={({ id }) => {
          setOpened(id)
          sessionStorage.setItem(OPENED, id)
          go(`/cases/${id}`)
        }}
        count={total}
        loading={loading}
        onMore={hasMore && shown && !problem ? more : undefined}
        filters={(
          <div className={classes.finders}>
            <SearchBox value={filters.search} onSearch={(search) => set({ search })} />
            <FilterButton count={count} opened={panel} onToggle={() => setPanel(!panel)} />
          </div>
        )}
        actions={(shownColumns) => (
          <>
            <ExportMenu query={{ ...asked, sort, direction }} shown={shownColumns} />
            <Tooltip label={t('cases.print')}>
              <ActionIcon onClick={() => window.print()} aria-label={t('cases.print')}><IconPrinter size={18} /></ActionIcon>
            </Tooltip>
          </>
        )}
        empty={problem ? null : setFilters(filters).length > 0
          ? (
            <EmptyState title={t('cases.none_found')} action={<Button variant="default" onClick={() => set(FILTERS)}>{t('cases.filters_clear')}</Button>}>
              {t('cases.none_found_about')}
            </EmptyState>
          )
          : (
            <EmptyState
              title={t('cases.none')}
              action={(
                <Group gap="sm">
                  {mayReport && <Button onClick={() => go('/cases/new')}>{t('cases.report')}</Button>}
                  {may(importUse) && <Button variant="default" onClick={() => go('/imports')}>{t('cases.import')}</Button>}
                </Group>
              )}
            >
              {t('cases.none_about')}
            </EmptyState>
          )}
      />
    </>
  )
}

interface Place {
  readonly areaId: number | undefined
  readonly name: string | undefined
  readonly waiting: boolean
  /** The address names a unit that did not stand on its day. */
  readonly nowhere: boolean
}

/**
 * The area the list is of. Where the address names none and the reader has one right, that right is the limit already and the server
 * is not asked to limit again; else the list waits until the units of the day are known.
 */
const usePlace = (): Place => {
  const [{ area: named }] = useAddress({ area: '' })
  const { day } = useDay()
  const { ready } = useAreas(day)
  const { area } = useArea()
  const limited = named !== '' || (useActor()?.grants.length ?? 0) > 1
  return { areaId: limited ? area?.id : undefined, name: area?.name, waiting: limited && !ready, nowhere: limited && ready && !area }
}

/** On narrow screens who, where and which number share the first column; the duty to notify shows by itself when the list is of it. */
const useColumns = (narrow: boolean, byDuty: boolean): readonly Column<Row>[] => {
  const t = useT()
  const words = useWords()
  const duty = useDutyWords()
  return useMemo(() => {
    const name = (row: Row) => (
      <div className={classes.who}>
        <ScreenLink to={`/cases/${row.id}`} tabIndex={-1} className={classes.name ?? ''}>{row.fullName}</ScreenLink>
        {row.possibleDuplicate && <Badge size="sm" variant="outline" color="yellow" tt="none" className={classes.flagged ?? ''}>{t('cases.maybe_duplicate')}</Badge>}
        {narrow && <div className={classes.second}>{[words.born(row), words.place(row), row.number].filter(Boolean).join(' · ')}</div>}
      </div>
    )
    const onset: Column<Row> = { key: 'onset', title: t('cases.field.onsetOn'), sortable: true, render: (row) => words.day(row.onsetOn), width: 104 }
    const recorded: Column<Row> = { key: 'recorded', title: t('cases.recorded_at'), sortable: true, extra: true, render: (row) => words.instant(row.recordedAt), width: 150 }
    const rest: readonly Column<Row>[] = [
      { key: 'reported', title: t('cases.field.reportedOn'), sortable: true, render: (row) => words.day(row.reportedOn), width: 104 },
      { ...onset, extra: narrow },
      { key: 'severity', title: t('cases.field.severity'), render: (row) => <span className={classes.line}>{words.choice('severity', row.severity)}</span> },
      { key: 'status', title: t('cases.state'), render: (row) => <span className={classes.line}>{words.state(row)}</span> },
      { key: 'diagnosis', title: t('cases.field.diagnosis'), extra: true, render: (row) => words.choice('diagnosis', row.diagnosis) },
      { key: 'source', title: t('cases.field.detectionSource'), extra: true, render: (row) => words.choice('detectionSource', row.detectionSource) },
      { key: 'nationalNumber', title: t('cases.field.nationalNumber'), extra: true, render: (row) => row.nationalNumber ?? '' },
      { key: 'sender', title: t('cases.field.sender'), extra: true, render: (row) => [row.sender, row.senderNumber].filter(Boolean).join(' · ') },
      { key: 'due', title: t('cases.due'), extra: !byDuty, render: (row) => <span className={classes.line} data-duty={row.duty}>{duty(row)}</span>, width: 128 },
      recorded,
    ]
    if (narrow) return [{ key: 'name', title: t('cases.person'), sortable: true, render: name, width: 190 }, ...rest]
    return [
      { key: 'name', title: t('cases.field.fullName'), sortable: true, render: name, width: 148 },
      { key: 'number', title: t('cases.number'), render: (row) => <span className={classes.line}>{row.number}</span> },
      { key: 'born', title: t('cases.born'), render: (row) => <span className={classes.line}>{words.born(row)}</span> },
      { key: 'area', title: t('cases.area'), render: (row) => <span className={classes.line}>{words.place(row)}</span> },
      ...rest,
    ]
  }, [narrow, byDuty, t, words, duty])
}

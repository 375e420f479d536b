import { Select } from '@mantine/core'
import { useMemo } from 'react'
import type { Instant } from '#base'
import {
  DataTable, EmptyState, now, PageHeader, problemIn, ProblemNotice, useAddress, useFormat, useGo, usePagesOf, useQueryOf, useT, type Column,
} from '#web'
import { listImports, RUN_STATUSES, type RunShown } from '../contract.ts'
import { DropZone } from './drop-zone.tsx'
import { stateKey, useNumbers } from './run-words.ts'

const VIEWS = { list: 'imports', defaults: { status: '' } }
/** While something runs the list is asked again. Unit: milliseconds. */
const REFRESH = 3_000

/** Where files come in, and what became of those before. */
const ImportList = () => {
  const t = useT()
  const go = useGo()
  const [{ status }, set] = useAddress({ status: '' })
  const wanted = RUN_STATUSES.find((one) => one === status)
  const { pages, problem, loading, hasMore, more, all } = usePagesOf(
    listImports,
    (before: string | undefined) => ({ query: { ...(wanted ? { status: wanted } : {}), ...(before === undefined ? {} : { before }) } }),
    ({ next }) => next ?? undefined,
  )
  // The first page alone moves: what is under way is new.
  const first = useQueryOf(listImports, { query: wanted ? { status: wanted } : {} }, { every: REFRESH, freshFor: 0 })
  const rows = useMemo(() => {
    const fresh = new Map(first.data?.imports.map((run) => [run.id, run]))
    return pages?.flatMap(({ imports }) => imports).map((run) => fresh.get(run.id) ?? run)
  }, [pages, first.data])
  const columns = useColumns()

  return (
    <>
      <PageHeader title={t('imports.title')} about={t('imports.about')} />
      {first.data && <DropZone kinds={first.data.kinds} senders={first.data.senders} />}
      <ProblemNotice problem={problem ?? problemIn(first.error)} />
      <DataTable
        name="imports"
        label={t('imports.earlier')}
        columns={columns}
        views={VIEWS}
        file={{ all: () => all(({ imports }) => imports) }}
        rows={problem ? [] : rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/imports/${id}`)}
        loading={loading}
        count={{ rows: rows?.length ?? 0, more: hasMore }}
        onMore={hasMore ? more : undefined}
        empty={<EmptyState title={t('imports.none')}>{t('imports.none_about')}</EmptyState>}
        filters={(
          <Select
            aria-label={t('imports.state')} placeholder={t('imports.any_state')} clearable w={220}
            data={RUN_STATUSES.map((one) => ({ value: one, label: t(`imports.status.${one}`) }))} value={wanted ?? null} onChange={(next) => set({ status: next ?? '' })}
          />
        )}
      />
    </>
  )
}
export default ImportList

const useColumns = (): Column<RunShown>[] => {
  const t = useT()
  const format = useFormat()
  const numbers = useNumbers()
  return [
    { key: 'file', title: t('imports.file'), render: ({ fileName }) => fileName || t('imports.unnamed') },
    { key: 'kind', title: t('imports.kind'), width: 140, render: ({ kind }) => t(`import.kind.${kind}`) },
    { key: 'sender', title: t('imports.sender'), render: ({ sender }) => sender || '–' },
    { key: 'state', title: t('imports.state'), width: 140, render: (run) => t(stateKey(run)) },
    { key: 'numbers', title: t('imports.numbers'), width: 240, render: ({ counts, status }) => (status === 'uploaded' ? '–' : numbers(counts)) },
    { key: 'by', title: t('imports.by'), render: ({ by }) => by },
    {
      key: 'at', title: t('imports.at'), width: 220,
      render: ({ createdAt }) => `${format.instant(createdAt as Instant)} (${format.relative(createdAt as Instant, now())})`,
    },
  ]
}

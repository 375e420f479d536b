import { useMemo } from 'react'
import { DataTable, EmptyState, ProblemNotice, usePagesOf, useT, type Column } from '#web'
import { listFaults } from '../contract.ts'
import type { AnswerOf } from '#base'

type FaultShown = AnswerOf<typeof listFaults>['faults'][number]

/** Everything that was said of the rows, in the order of the file. */
export const FaultList = ({ id }: { id: string }) => {
  const t = useT()
  const { pages, problem, loading, hasMore, more } = usePagesOf(
    listFaults, (after: string | undefined) => ({ params: { id }, query: { limit: 500, ...(after === undefined ? {} : { after }) } }), ({ next }) => next ?? undefined,
  )
  const rows = useMemo(() => pages?.flatMap(({ faults }) => faults), [pages])
  const columns: Column<FaultShown>[] = [
    { key: 'row', title: t('imports.row'), numeric: true, width: 80, render: ({ row }) => row },
    { key: 'column', title: t('imports.column'), width: 200, render: ({ label }) => label ?? '–' },
    { key: 'severity', title: t('imports.severity'), width: 140, render: ({ severity }) => t(`imports.severity.${severity}`) },
    { key: 'reason', title: t('imports.reason'), render: ({ message }) => message },
  ]
  return (
    <>
      <ProblemNotice problem={problem} />
      <DataTable
        name="imports.faults"
        label={t('imports.faults')}
        columns={columns}
        rows={problem ? [] : rows}
        rowKey={(fault) => `${fault.row} ${fault.column} ${fault.code} ${fault.message}`}
        loading={loading}
        count={{ rows: rows?.length ?? 0, more: hasMore }}
        onMore={hasMore ? more : undefined}
        empty={<EmptyState title={t('imports.no_faults')} />}
      />
    </>
  )
}

import { DisabledWithReason, EmptyState, DataTable, ProblemNotice, problemIn, useFormat, useMay, useQueryOf, useSend, useT, useToast, type Column } from '#web'
import { useState } from 'react'
import type { AnswerOf, Instant, PlainDate } from '#base'
import { figureReport, listMetrics, listMissing, readGrid, remind } from '../contract.ts'
import { useWords } from './use-words.ts'

const VIEWS = { list: 'figures-missing', defaults: {} }
type Missing = AnswerOf<typeof listMissing>['areas'][number]

/** Who has not reported the day, or only in part; a reminder is recorded so that nobody is called twice. */
export const MissingList = ({ area, day }: { area: string | undefined; day: PlainDate }) => {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const may = useMay()
  const toast = useToast()
  const { data, error, isFetching } = useQueryOf(listMissing, { query: { day, ...(area === undefined ? {} : { area }) } })
  const metrics = useQueryOf(listMetrics, {}).data?.metrics
  const reminding = useSend(remind, { invalidates: [listMissing, readGrid] })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const nameOf = (code: string): string => {
    const metric = metrics?.find((one) => one.code === code)
    return metric ? words.metricName(metric) : code
  }
  const areaIds = data?.areas.flatMap(({ areaId }) => (chosen.has(String(areaId)) ? [areaId] : [])) ?? []
  const send = async (): Promise<void> => {
    const done = await reminding.send({ body: { areaIds, day } })
    if (!done.ok) return
    setChosen(new Set())
    toast.say(t('figures.remind_done', { count: done.value.reminded }))
  }
  const columns: Column<Missing>[] = [
    { key: 'name', title: t('figures.commune'), render: ({ name }) => name, sortBy: ({ name }) => name },
    { key: 'parent', title: t('figures.district'), render: ({ parentName }) => parentName, sortBy: ({ parentName }) => parentName },
    {
      key: 'missing', title: t('figures.missing_what'), text: ({ missing, silent }) => (silent ? t('figures.silent') : missing.map(nameOf).join(', ')), sortBy: ({ missing }) => -missing.length,
      render: ({ missing, silent }) => (silent ? <strong>{t('figures.silent')}</strong> : missing.map(nameOf).join(', ')),
    },
    {
      key: 'reminded', title: t('figures.reminded'), width: 220, sortBy: ({ remindedAt }) => remindedAt ?? '',
      render: ({ remindedAt, remindedBy }) => (remindedAt ? t('figures.reminded_at', { at: format.instant(remindedAt as Instant), by: remindedBy ?? '' }) : ''),
    },
  ]
  const silent = data?.areas.filter((one) => one.silent).length ?? 0
  return (
    <>
      <ProblemNotice problem={problemIn(error) ?? reminding.problem} />
      <DataTable
        name="figures-missing"
        label={t('figures.action_missing')}
        columns={columns}
        views={VIEWS}
        rows={error ? [] : data?.areas}
        rowKey={({ areaId }) => String(areaId)}
        loading={isFetching}
        selected={chosen}
        onSelect={setChosen}
        filters={data && <span>{t('figures.missing_about', { silent, partly: data.areas.length - silent, communes: data.communes })}</span>}
        actions={(
          <DisabledWithReason
            reason={!may(figureReport) ? t('figures.no_right_report') : areaIds.length === 0 ? t('figures.remind_none') : undefined}
            loading={reminding.pending} onClick={() => void send()}
          >{t('figures.remind', { count: areaIds.length })}</DisabledWithReason>
        )}
        empty={<EmptyState title={t('figures.all_reported')}>{t('figures.all_reported_about')}</EmptyState>}
      />
    </>
  )
}

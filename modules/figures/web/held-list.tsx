import { Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AnswerOf, Instant, PlainDate } from '#base'
import { DataTable, DisabledWithReason, EmptyState, Notice, ProblemNotice, problemIn, useFormat, useMay, useQueryOf, useSend, useT, useToast, type Column } from '#web'
import { confirmFigures, figureConfirm, listFigures, listHeld, listMetrics, listMissing, readGrid, rejectFigures } from '../contract.ts'
import { useWords } from './use-words.ts'

const VIEWS = { list: 'figures-held', defaults: {} }
type Held = AnswerOf<typeof listHeld>['figures'][number]

const READ = [listHeld, readGrid, listMissing, listFigures]

/** Figures that wait for an epidemiologist, of every day: one or many are confirmed or rejected, with a reason. */
export const HeldList = ({ area, day }: { area: string | undefined; day: PlainDate }) => {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const may = useMay()
  const toast = useToast()
  const { data, error, isFetching } = useQueryOf(listHeld, { query: { day, ...(area === undefined ? {} : { area }) } })
  const metrics = useQueryOf(listMetrics, {}).data?.metrics
  const confirming = useSend(confirmFigures, { invalidates: READ })
  const rejecting = useSend(rejectFigures, { invalidates: READ })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const nameOf = (code: string): string => {
    const metric = metrics?.find((one) => one.code === code)
    return metric ? words.metricName(metric) : code
  }
  // A figure that somebody else has decided meanwhile is not in the list any more.
  const ids = data?.figures.flatMap(({ id }) => (chosen.has(id) ? [id] : [])) ?? []
  const why = !may(figureConfirm) ? t('figures.no_right_confirm') : ids.length === 0 ? t('figures.choose_held') : reason.trim() === '' ? t('figures.reason_needed') : undefined
  const done = (message: string): void => {
    setChosen(new Set())
    setReason('')
    toast.say(message)
  }
  const confirm = async (): Promise<void> => {
    const answer = await confirming.send({ body: { ids, reason } })
    if (answer.ok) done(t('figures.confirmed', { count: answer.value.confirmed }))
  }
  const reject = async (): Promise<void> => {
    const answer = await rejecting.send({ body: { ids, reason } })
    if (answer.ok) done(t('figures.rejected', { count: answer.value.rejected }))
  }
  const columns: Column<Held>[] = [
    { key: 'area', title: t('figures.commune'), render: ({ areaName }) => areaName, sortBy: ({ areaName }) => areaName },
    { key: 'day', title: t('figures.day'), width: 110, render: (one) => format.day(one.day as PlainDate), sortBy: (one) => one.day },
    { key: 'metric', title: t('figures.metric'), render: ({ metric }) => nameOf(metric), sortBy: ({ metric }) => nameOf(metric) },
    { key: 'value', title: t('figures.value'), width: 100, numeric: true, render: ({ value }) => words.value(value), sortBy: ({ value }) => value },
    { key: 'why', title: t('figures.why_held'), render: ({ hold }) => hold && words.hold(hold) },
    {
      key: 'reported', title: t('figures.reported'), width: 220, sortBy: ({ recordedAt }) => recordedAt,
      render: ({ recordedAt, recordedBy }) => t('figures.reminded_at', { at: format.instant(recordedAt as Instant), by: recordedBy }),
    },
    { key: 'source', title: t('figures.source'), render: ({ source }) => source },
  ]
  return (
    <>
      <ProblemNotice problem={problemIn(error) ?? confirming.problem ?? rejecting.problem} />
      {data?.more && <Notice>{t('figures.more_held', { count: data.figures.length })}</Notice>}
      <DataTable
        name="figures-held"
        label={t('figures.held_title')}
        columns={columns}
        views={VIEWS}
        rows={error ? [] : data?.figures}
        rowKey={({ id }) => id}
        loading={isFetching}
        selected={chosen}
        onSelect={setChosen}
        filters={(
          <TextInput w={340} maxLength={1000} aria-label={t('figures.reason')} placeholder={t('figures.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        )}
        actions={(
          <Group gap="sm">
            <DisabledWithReason variant="default" reason={why} loading={rejecting.pending} onClick={() => void reject()}>{t('figures.reject', { count: ids.length })}</DisabledWithReason>
            <DisabledWithReason reason={why} loading={confirming.pending} onClick={() => void confirm()}>{t('figures.confirm', { count: ids.length })}</DisabledWithReason>
          </Group>
        )}
        empty={<EmptyState title={t('figures.none_held')}>{t('figures.none_held_about')}</EmptyState>}
      />
    </>
  )
}

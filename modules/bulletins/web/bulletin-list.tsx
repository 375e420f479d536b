import { Button, Select } from '@mantine/core'
import { IconFileCheck, IconFileText, IconMapPin, IconTemplate } from '@tabler/icons-react'
import type { Instant, PlainDate } from '#base'
import {
  DataTable, DisabledWithReason, EmptyState, PageHeader, ProblemNotice, ScreenLink, useAddress, useArea, useDay, useFormat, useGo, useHref, useKeys, useMay, usePagesOf, useSend, useT,
  type Column,
} from '#web'
import { bulletinDraft, listBulletins, openBulletin, type BulletinShown } from '../contract.ts'
import { KINDS, type Kind } from '../frame.ts'

const VIEWS = { list: 'bulletins', defaults: { kind: '' } }

const BulletinList = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const href = useHref()
  const may = useMay()
  const { code, area } = useArea()
  const { day } = useDay()
  const [{ kind }, set] = useAddress({ kind: '' })
  const opening = useSend(openBulletin, { invalidates: [listBulletins] })
  const { pages, problem, loading, hasMore, more, all } = usePagesOf(
    listBulletins,
    (after: string | undefined) => ({ query: { ...(code === undefined ? {} : { area: code }), on: day, ...(kind === '' ? {} : { kind: kind as Kind }), ...(after === undefined ? {} : { after }) } }),
    ({ next }) => next ?? undefined,
  )
  const rows = pages?.flatMap(({ bulletins }) => bulletins)
  const open = async (wanted: Kind): Promise<void> => {
    const opened = await opening.send({ body: { kind: wanted, day, ...(code === undefined ? {} : { area: code }) } })
    if (opened.ok) go(`/bulletins/${opened.value.id}`)
  }
  const refused = area && !may(bulletinDraft, area.id) ? t('bulletins.may_not_draft', { roles: bulletinDraft.roles.map((role) => t(`role.${role}`)).join(', ') }) : undefined

  useKeys([{ keys: 'n', does: 'bulletins.action_daily', run: () => void (refused === undefined && open('daily')) }])

  const columns: Column<BulletinShown>[] = [
    { key: 'day', title: t('bulletins.day'), width: 120, render: (row) => format.day(row.day as PlainDate) },
    { key: 'kind', title: t('bulletins.kind'), render: (row) => <ScreenLink to={`/bulletins/${row.id}`}>{t(`bulletins.kinds.${row.kind}`)}</ScreenLink>, text: (row) => t(`bulletins.kinds.${row.kind}`) },
    { key: 'area', title: t('bulletins.area'), render: ({ areaName }) => areaName },
    { key: 'status', title: t('bulletins.state'), width: 130, render: ({ status }) => t(`bulletins.status.${status}`) },
    { key: 'number', title: t('bulletins.number'), width: 140, render: ({ issued }) => (issued ? `${String(issued.number).padStart(2, '0')}/${issued.symbol}` : '–') },
    { key: 'issued', title: t('bulletins.issued_on'), width: 130, render: ({ issued }) => (issued ? format.day(issued.issuedOn as PlainDate) : '–') },
    { key: 'signer', title: t('bulletins.signer'), width: 180, render: ({ issued }) => issued?.signer ?? '–' },
    { key: 'taken', title: t('bulletins.taken'), width: 150, extra: true, render: ({ takenAt }) => format.instant(takenAt as Instant) },
  ]
  return (
    <>
      <PageHeader
        title={t('bulletins.title')}
        about={t('bulletins.about')}
        actions={(
          <>
            <Button component="a" variant="subtle" href={href('/bulletins/check')} leftSection={<IconFileCheck size={16} />}>{t('bulletins.check')}</Button>
            <Button component="a" variant="subtle" href={href('/bulletins/templates')} leftSection={<IconTemplate size={16} />}>{t('bulletins.templates')}</Button>
            <DisabledWithReason variant="default" leftSection={<IconMapPin size={16} />} reason={refused} loading={opening.pending} onClick={() => void open('levels')}>
              {t('bulletins.open.levels')}
            </DisabledWithReason>
            <DisabledWithReason leftSection={<IconFileText size={16} />} reason={refused} loading={opening.pending} onClick={() => void open('daily')}>
              {t('bulletins.open.daily', { day: format.day(day) })}
            </DisabledWithReason>
          </>
        )}
      />
      <ProblemNotice problem={opening.problem ?? problem} />
      <DataTable
        name="bulletins"
        label={t('bulletins.title')}
        columns={columns}
        views={VIEWS}
        file={{ all: () => all(({ bulletins }) => bulletins) }}
        rows={problem ? [] : rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/bulletins/${id}`)}
        loading={loading}
        empty={<EmptyState title={t('bulletins.none')}>{t('bulletins.none_about')}</EmptyState>}
        filters={(
          <Select
            aria-label={t('bulletins.kind')} placeholder={t('bulletins.any_kind')} clearable w={220}
            data={KINDS.map((one) => ({ value: one, label: t(`bulletins.kinds.${one}`) }))} value={kind || null} onChange={(next) => set({ kind: next ?? '' })}
          />
        )}
      />
      {hasMore && <Button variant="default" mt="sm" loading={loading} onClick={more}>{t('bulletins.more')}</Button>}
    </>
  )
}
export default BulletinList

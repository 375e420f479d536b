import { Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Instant, PlainDate } from '#base'
import { DataTable, DisabledWithReason, EmptyState, PageHeader, ProblemNotice, useAddress, useFormat, useGo, useMay, usePagesOf, useT, type Column } from '#web'
import { announcementPropose, listAnnouncements, type AnnouncementShown } from '../contract.ts'
import { tallyWords } from './words.ts'

const VIEWS = { list: 'announcements', defaults: { status: '' } }
const STATUSES = ['proposed', 'confirmed', 'published', 'returned', 'withdrawn'] as const

const AnnouncementList = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const may = useMay()
  const [{ status }, set] = useAddress({ status: '' })
  const asked = STATUSES.find((one) => one === status)
  const { pages, problem, hasMore, more, all, loading } = usePagesOf(
    listAnnouncements,
    (before: string | undefined) => ({ query: { ...(asked === undefined ? {} : { status: asked }), ...(before === undefined ? {} : { before }) } }),
    (answer) => (answer.more ? answer.announcements.at(-1)?.id : undefined),
  )
  const documentOf = ({ steps }: AnnouncementShown): string => steps.find(({ step }) => step === 'published')?.document ?? ''
  const columns: Column<AnnouncementShown>[] = [
    { key: 'status', title: t('announcements.status'), width: 140, render: (one) => t(`announcements.status.${one.status}`) },
    { key: 'assessed', title: t('announcements.assessed_on'), width: 130, render: (one) => format.day(one.assessedOn as PlainDate) },
    { key: 'effective', title: t('announcements.effective'), width: 160, render: (one) => format.instant(one.effectiveAt as Instant) },
    {
      key: 'areas', title: t('announcements.areas'),
      render: ({ items }) => (items.length === 1 ? `${items[0]?.name} · ${tallyWords(items, t)}` : `${t('announcements.area_count', { count: items.length })} · ${tallyWords(items, t)}`),
    },
    { key: 'document', title: t('announcements.document'), render: documentOf },
    { key: 'by', title: t('announcements.proposed_by'), render: (one) => `${one.proposedByName} · ${format.instant(one.knownAt as Instant)}` },
  ]
  const mayPropose = may(announcementPropose)
  const begin = (
    <DisabledWithReason
      leftSection={<IconPlus size={16} />} onClick={() => go('/announcements/new')}
      reason={mayPropose ? undefined : t('announcements.may_not', { roles: announcementPropose.roles.map((role) => t(`role.${role}`)).join(', ') })}
    >{t('announcements.new')}</DisabledWithReason>
  )
  return (
    <>
      <PageHeader title={t('announcements.title')} about={t('announcements.about')} actions={begin} />
      <ProblemNotice problem={problem} />
      <DataTable
        name="announcements"
        label={t('announcements.title')}
        columns={columns}
        views={VIEWS}
        file={{ all: () => all(({ announcements }) => announcements) }}
        rows={problem ? [] : pages?.flatMap((page) => page.announcements)}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/announcements/${id}`)}
        onMore={hasMore ? more : undefined}
        loading={loading}
        empty={<EmptyState title={t('announcements.none')}>{t('announcements.none_about')}</EmptyState>}
        filters={(
          <Select
            aria-label={t('announcements.status')} placeholder={t('announcements.any_status')} clearable w={200}
            data={STATUSES.map((one) => ({ value: one, label: t(`announcements.status.${one}`) }))} value={status || null} onChange={(next) => set({ status: next ?? '' })}
          />
        )}
      />
    </>
  )
}
export default AnnouncementList

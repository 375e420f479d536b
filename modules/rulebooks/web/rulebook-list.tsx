import { Button } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import type { AnswerOf, PlainDate } from '#base'
import {
  DataTable, EmptyState, PageHeader, problemIn, ProblemNotice, ScreenLink, useDay, useFormat, useGo, useLanguage, useQueryOf, useT, type Column,
} from '#web'
import { listRulebooks } from '../contract.ts'
import { Confidence } from './confidence.tsx'
import { DraftList } from './draft/draft-list.tsx'

const VIEWS = { list: 'rulebooks', defaults: {} }
type Row = AnswerOf<typeof listRulebooks>['rulebooks'][number]

/** Whether a text is in force on a day. */
const standing = ({ validFrom, lastOn }: Row, on: PlainDate): 'future' | 'in_force' | 'past' =>
  on < validFrom ? 'future' : lastOn !== null && lastOn < on ? 'past' : 'in_force'

const RulebookList = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const { language } = useLanguage()
  const { day } = useDay()
  const { data, error, refetch } = useQueryOf(listRulebooks, { query: {} })
  const title = (row: Row): string => (language === 'en' ? row.titleEn : row.titleVi)
  const columns: Column<Row>[] = [
    { key: 'title', title: t('rulebooks.one'), render: (row) => <ScreenLink to={`/rulebooks/${row.id}`}>{title(row)}</ScreenLink>, sortBy: title },
    { key: 'standing', title: t('rulebooks.on_day', { day: format.day(day) }), width: 150, render: (row) => t(`rulebooks.standing.${standing(row, day)}`), sortBy: (row) => standing(row, day) },
    {
      key: 'valid', title: t('rulebooks.valid'), width: 220, sortBy: ({ validFrom }) => validFrom,
      render: ({ validFrom, lastOn }) => `${format.day(validFrom as PlainDate)} – ${lastOn === null ? t('rulebooks.open') : format.day(lastOn as PlainDate)}`,
    },
    { key: 'document', title: t('rulebooks.document'), width: 220, render: ({ document }) => document, sortBy: ({ document }) => document },
    { key: 'area', title: t('rulebooks.area'), width: 170, render: ({ areaName, kind }) => (kind === 'variant' ? `${areaName} (${t('rulebooks.stricter')})` : areaName), sortBy: ({ areaName }) => areaName },
    { key: 'confidence', title: t('rulebooks.confidence'), width: 130, text: (row) => t(row.confidence === 'found' ? 'rulebooks.confirmed' : `rulebooks.confidence.${row.confidence}`), render: (row) => (row.confidence === 'found' ? t('rulebooks.confirmed') : <Confidence of={row.confidence} />) },
    { key: 'version', title: t('rulebooks.version'), width: 90, numeric: true, extra: true, render: ({ version }) => version, sortBy: ({ version }) => version },
  ]
  return (
    <>
      <PageHeader
        title={t('rulebooks.title')} about={t('rulebooks.about')}
        actions={<Button variant="default" leftSection={<IconArrowsDiff size={16} />} onClick={() => go('/rulebooks/compare')}>{t('rulebooks.compare')}</Button>}
      />
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      <DataTable
        name="rulebooks"
        label={t('rulebooks.title')}
        columns={columns}
        views={VIEWS}
        rows={error ? [] : data?.rulebooks}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/rulebooks/${id}`)}
        empty={<EmptyState title={t('rulebooks.none')}>{t('rulebooks.none_about')}</EmptyState>}
      />
      <DraftList />
    </>
  )
}
export default RulebookList

import { Button } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useRef } from 'react'
import type { AnswerOf, Instant } from '#base'
import { DataTable, EmptyState, ProblemNotice, problemIn, ScreenLink, useFormat, useGo, useLanguage, useMay, useQueryOf, useSend, useT, type Column } from '#web'
import { listDrafts, rulebookDraft, uploadDraft } from '../../contract.ts'
import classes from '../rulebook.module.css'

type Row = AnswerOf<typeof listDrafts>['drafts'][number]

/** Open drafts of the own area, and the way in for a file edited elsewhere. */
export const DraftList = () => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const { language } = useLanguage()
  const may = useMay()(rulebookDraft)
  const file = useRef<HTMLInputElement>(null)
  const uploading = useSend(uploadDraft, { invalidates: [listDrafts] })
  const { data, error, refetch } = useQueryOf(listDrafts, may ? {} : undefined)
  if (!may) return null
  const upload = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return
    const begun = await uploading.send({ body: { dmn: await chosen.text() } })
    if (file.current) file.current.value = ''
    if (begun.ok) go(`/rulebooks/drafts/${begun.value.id}`)
  }
  const title = (row: Row): string => (language === 'en' ? row.titleEn : row.titleVi)
  const columns: Column<Row>[] = [
    { key: 'title', title: t('rulebooks.draft'), render: (row) => <ScreenLink to={`/rulebooks/drafts/${row.id}`}>{title(row)}</ScreenLink>, sortBy: title },
    { key: 'kind', title: t('rulebooks.begin_kind'), width: 190, render: (row) => t(`rulebooks.kind_${row.kind}`), sortBy: ({ kind }) => kind },
    { key: 'area', title: t('rulebooks.area'), width: 180, render: ({ areaName }) => areaName, sortBy: ({ areaName }) => areaName },
    { key: 'based', title: t('rulebooks.based_on'), width: 180, render: ({ basedOn }) => basedOn ?? '–' },
    { key: 'changed', title: t('rulebooks.changed'), width: 230, render: (row) => `${format.instant(row.changedAt as Instant)}, ${row.changedBy}`, sortBy: ({ changedAt }) => changedAt },
  ]
  return (
    <section aria-label={t('rulebooks.drafts')}>
      <h2 className={classes.section}>{t('rulebooks.drafts')}</h2>
      <ProblemNotice problem={uploading.problem ?? problemIn(error)} retry={() => void refetch()} />
      <DataTable
        name="rulebook-drafts" label={t('rulebooks.drafts')} columns={columns} rows={error ? [] : data?.drafts} rowKey={({ id }) => id} onOpen={({ id }) => go(`/rulebooks/drafts/${id}`)}
        actions={(
          <>
            <input ref={file} type="file" accept=".dmn,.xml" hidden aria-label={t('rulebooks.upload')} onChange={(event) => void upload(event.currentTarget.files?.[0])} />
            <Button variant="default" size="compact-sm" leftSection={<IconUpload size={16} />} loading={uploading.pending} onClick={() => file.current?.click()}>{t('rulebooks.upload')}</Button>
          </>
        )}
        empty={<EmptyState title={t('rulebooks.no_drafts')}>{t('rulebooks.no_drafts_about')}</EmptyState>}
      />
    </section>
  )
}

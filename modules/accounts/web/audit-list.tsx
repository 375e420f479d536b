import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { AnswerOf, Instant } from '#base'
import {
  DataTable, EmptyState, Notice, now, PageHeader, ProblemNotice, useFormat, usePagesOf, useSend, useT, type Column,
} from '#web'
import { listAudit, verifyAudit } from '../contract.ts'

const PAGE = 200
const VIEWS = { list: 'audit', defaults: {} }
type Entry = AnswerOf<typeof listAudit>['entries'][number]

/** What was done, by whom, newest first; and whether the chain still holds. */
const AuditList = () => {
  const t = useT()
  const format = useFormat()
  const verifying = useSend(verifyAudit)
  const [verdict, setVerdict] = useState<AnswerOf<typeof verifyAudit>>()
  const { pages, problem, loading, hasMore, more, all } = usePagesOf(
    listAudit,
    (before: string | undefined) => ({ query: { limit: PAGE, ...(before === undefined ? {} : { before }) } }),
    ({ entries }) => (entries.length === PAGE ? entries.at(-1)?.commandId : undefined),
  )
  const rows = pages?.flatMap(({ entries }) => entries)
  const verify = async (): Promise<void> => {
    const verified = await verifying.send({ body: {} })
    setVerdict(verified.ok ? verified.value : undefined)
  }
  const columns: Column<Entry>[] = [
    {
      key: 'when', title: t('accounts.audit_when'), width: 240,
      render: ({ recordedAt }) => `${format.instant(recordedAt as Instant)} (${format.relative(recordedAt as Instant, now())})`,
    },
    { key: 'who', title: t('accounts.audit_who'), render: ({ actor }) => actor },
    { key: 'what', title: t('accounts.audit_what'), render: ({ name }) => name },
    { key: 'where', title: t('accounts.area'), render: ({ areaName }) => areaName ?? '' },
    { key: 'id', title: t('accounts.audit_command'), render: ({ commandId }) => <code>{commandId}</code>, text: ({ commandId }) => commandId, extra: true },
  ]
  return (
    <>
      <PageHeader
        title={t('accounts.audit')}
        about={t('accounts.audit_about')}
        actions={(
          <Button variant="default" leftSection={<IconShieldCheck size={16} />} loading={verifying.pending} onClick={() => void verify()}>
            {t('accounts.audit_verify')}
          </Button>
        )}
      />
      <ProblemNotice problem={problem ?? verifying.problem} />
      {verdict && (
        <Notice warning={!verdict.intact}>
          {verdict.intact ? t('accounts.audit_intact', { entries: verdict.entries, batches: verdict.batches, unsealed: verdict.unsealed }) : t('accounts.audit_broken', { block: verdict.brokenAt ?? 0 })}
        </Notice>
      )}
      <DataTable
        name="audit"
        label={t('accounts.audit')}
        columns={columns}
        views={VIEWS}
        file={{ all: () => all(({ entries }) => entries) }}
        rows={problem ? [] : rows}
        rowKey={({ commandId }) => commandId}
        count={{ rows: rows?.length ?? 0, more: hasMore }}
        loading={loading}
        onMore={hasMore ? more : undefined}
        empty={<EmptyState title={t('accounts.audit_none')}>{t('accounts.audit_none_about')}</EmptyState>}
      />
    </>
  )
}
export default AuditList

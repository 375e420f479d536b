import { Button, Radio, Stack, Textarea } from '@mantine/core'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { addDays, type AnswerOf, type Instant, type PlainDate } from '#base'
import {
  DayPicker, DisabledWithReason, hrefOf, Notice, PageHeader, problemIn, ProblemNotice, today, useAreas, useFormat, useMay, useQueryOf, useSend, useT, useToast,
} from '#web'
import { bulletinDraft, editBulletin, getBulletin, getDocx, getPdf, getReproduction, listBulletins, refreshBulletin } from '../contract.ts'
import classes from './bulletins.module.css'
import { IssueForm } from './issue-form.tsx'
import { Paper } from './paper.tsx'

export type Opened = AnswerOf<typeof getBulletin>

const BulletinPage = () => {
  const { id } = useParams({ strict: false })
  const { data, error, refetch } = useQueryOf(getBulletin, id === undefined ? undefined : { params: { id } }, { keep: false })
  if (error) return <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
  return data ? <Shown opened={data} /> : null
}
export default BulletinPage

const Shown = ({ opened }: { opened: Opened }) => {
  const t = useT()
  const format = useFormat()
  const { bulletin, document, facts } = opened
  const draft = bulletin.status === 'draft'
  const params = { params: { id: bulletin.id } }
  return (
    <>
      <PageHeader
        title={`${t(`bulletins.kinds.${bulletin.kind}`)} · ${format.day(bulletin.day as PlainDate)}`}
        about={`${bulletin.areaName} · ${t(`bulletins.status.${bulletin.status}`)} · ${t('bulletins.taken')} ${format.instant(bulletin.takenAt as Instant)}`}
        actions={(
          <>
            <Button component="a" variant="default" leftSection={<IconDownload size={16} />} href={hrefOf(getDocx, params)} download>{t('bulletins.docx')}</Button>
            <Button component="a" variant="default" leftSection={<IconDownload size={16} />} href={hrefOf(getPdf, params)} download>{t('bulletins.pdf')}</Button>
          </>
        )}
      />
      <div className={classes.pair}>
        <div>
          <p className={`${classes.hint} no-print`}>{t('bulletins.fact_hint')}</p>
          <Paper document={document} facts={facts} day={bulletin.day} />
        </div>
        <aside className={`${classes.side} no-print`}>
          {document.marks.length > (draft ? 1 : 0) && <Notice warning>{t('bulletins.synthetic_about')}</Notice>}
          {draft ? <Drafting key={bulletin.id} opened={opened} /> : <Issued opened={opened} />}
        </aside>
      </div>
    </>
  )
}

const Drafting = ({ opened }: { opened: Opened }) => {
  const t = useT()
  const format = useFormat()
  const may = useMay()
  const { say } = useToast()
  const { bulletin, outdated, shortNotice } = opened
  const area = useAreas(bulletin.day as PlainDate).byCode(bulletin.areaCode)
  const reread = [getBulletin, listBulletins]
  const editing = useSend(editBulletin, { invalidates: reread })
  const refreshing = useSend(refreshBulletin, { invalidates: reread })
  const [remarks, setRemarks] = useState(bulletin.remarks)
  const [effectiveOn, setEffective] = useState(bulletin.effectiveOn)
  // Somebody else may have written meanwhile: what this reader has not touched follows.
  useEffect(() => setRemarks(bulletin.remarks), [bulletin.remarks])
  useEffect(() => setEffective(bulletin.effectiveOn), [bulletin.effectiveOn])
  const changed = remarks !== bulletin.remarks || effectiveOn !== bulletin.effectiveOn
  const refused = area && !may(bulletinDraft, area.id) ? t('bulletins.may_not_draft', { roles: bulletinDraft.roles.map((role) => t(`role.${role}`)).join(', ') }) : undefined
  const params = { id: bulletin.id }
  const save = async (): Promise<void> => {
    const saved = await editing.send({ params, body: { remarks, effectiveOn } })
    if (saved.ok) say(t('bulletins.saved'))
  }
  const refresh = async (known: typeof bulletin.known): Promise<void> => {
    const taken = await refreshing.send({ params, body: { known } })
    if (taken.ok) say(t(taken.value.changed ? 'bulletins.refreshed' : 'bulletins.refreshed_same'))
  }
  return (
    <Stack gap="md">
      <Notice>{t('bulletins.draft_about')}</Notice>
      {outdated && <Notice warning>{t('bulletins.outdated', { at: format.instant(bulletin.takenAt as Instant) })}</Notice>}
      <ProblemNotice problem={refreshing.problem} />
      <Radio.Group label={t('bulletins.known')} value={bulletin.known} onChange={(next) => void refresh(next as typeof bulletin.known)}>
        <Stack gap={4} mt={4}>
          {(['latest', 'closing'] as const).map((one) => <Radio key={one} value={one} label={t(`bulletins.knowns.${one}`)} disabled={refused !== undefined || refreshing.pending} />)}
        </Stack>
      </Radio.Group>
      <DisabledWithReason variant={outdated ? 'filled' : 'default'} leftSection={<IconRefresh size={16} />} loading={refreshing.pending} reason={refused} onClick={() => void refresh(bulletin.known)}>
        {t('bulletins.refresh')}
      </DisabledWithReason>
      {bulletin.kind === 'levels' && (
        <DayPicker
          label={t('bulletins.effective')} required value={(effectiveOn ?? undefined) as PlainDate | undefined} max={addDays(today(), 60)} onChange={(next) => setEffective(next ?? null)}
        />
      )}
      {shortNotice > 0 && <Notice warning>{t('bulletins.short_notice', { count: shortNotice })}</Notice>}
      <Textarea
        label={t(bulletin.kind === 'daily' ? 'bulletins.remarks' : 'bulletins.remarks_levels')} description={t('bulletins.remarks_about')} autosize minRows={4} maxRows={16} readOnly={refused !== undefined}
        value={remarks} onChange={(event) => setRemarks(event.currentTarget.value)}
      />
      <ProblemNotice problem={editing.problem} />
      <DisabledWithReason variant={changed ? 'filled' : 'default'} loading={editing.pending} reason={refused ?? (changed ? undefined : t('bulletins.nothing_changed'))} onClick={() => void save()}>
        {t('bulletins.save')}
      </DisabledWithReason>
      <IssueForm opened={opened} unsaved={changed} areaId={area?.id} />
    </Stack>
  )
}

const Issued = ({ opened: { bulletin } }: { opened: Opened }) => {
  const t = useT()
  const format = useFormat()
  const [asked, ask] = useState(false)
  const { data, error, isFetching } = useQueryOf(getReproduction, asked ? { params: { id: bulletin.id } } : undefined, { freshFor: 0 })
  const { issued } = bulletin
  if (!issued) return null
  return (
    <Stack gap="md">
      <dl className={classes.facts}>
        <dt>{t('bulletins.number')}</dt><dd>{String(issued.number).padStart(2, '0')}/{issued.symbol}</dd>
        <dt>{t('bulletins.issued_on')}</dt><dd>{format.day(issued.issuedOn as PlainDate)}</dd>
        <dt>{t('bulletins.signer')}</dt><dd>{issued.signer}</dd>
        <dt>{t('bulletins.code')}</dt><dd><code>{issued.code}</code></dd>
      </dl>
      <p className={classes.hint}>{t('bulletins.issued_by', { at: format.instant(issued.issuedAt as Instant), by: issued.issuedBy })}</p>
      <Button variant="default" loading={isFetching} onClick={() => ask(true)}>{t('bulletins.reproduce')}</Button>
      <ProblemNotice problem={problemIn(error)} />
      {data && (
        <section aria-label={t('bulletins.reproduced')}>
          <h2 className={classes.section}>{t('bulletins.reproduced')}</h2>
          <dl className={classes.verdict}>
            {(['contentIntact', 'sameText', 'samePdf', 'sameDocx'] as const).map((one) => (
              <div key={one}><dt>{t(`bulletins.same.${one}`)}</dt><dd data-no={!data[one] || undefined}>{t(data[one] ? 'bulletins.yes' : 'bulletins.no')}</dd></div>
            ))}
          </dl>
        </section>
      )}
    </Stack>
  )
}

import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Endpoint, Instant, Permission, PlainDate } from '#base'
import {
  ConfirmLeaving, DisabledWithReason, LevelBadge, PageHeader, problemIn, ProblemNotice, ScreenLink, useActor, useFormat, useMay, useQueryOf, useSend, useT, useToast,
} from '#web'
import {
  announcementConfirm, announcementPropose, announcementPublish, confirm, listAnnouncements, listCandidates, publish, readAnnouncement, readTruths, sendBack, withdraw,
  type AnnouncementShown,
} from '../contract.ts'
import classes from './announcements.module.css'
import { tallyWords, typedInstant } from './words.ts'

const REREAD: readonly Endpoint[] = [readAnnouncement, listAnnouncements, listCandidates, readTruths]

const ShowAnnouncement = () => {
  const t = useT()
  const format = useFormat()
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useQueryOf(readAnnouncement, { params: { id } })
  return (
    <>
      <PageHeader
        title={data ? t('announcements.dossier_of', { day: format.day(data.assessedOn as PlainDate) }) : t('announcements.dossier')}
        about={<><ScreenLink to="/announcements">{t('announcements.title')}</ScreenLink>{data && ` · ${data.areaName} · ${t(`announcements.status.${data.status}`)}`}</>}
        actions={<Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('levels.print')}</Button>}
      />
      <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
      {data && (
        <>
          <dl className={classes.facts}>
            <dt>{t('announcements.effective')}</dt><dd>{format.instant(data.effectiveAt as Instant)}</dd>
            <dt>{t('announcements.areas')}</dt><dd>{t('announcements.area_count', { count: data.items.length })} · {tallyWords(data.items, t)}</dd>
            {data.note !== '' && <><dt>{t('announcements.note')}</dt><dd>{data.note}</dd></>}
          </dl>
          <Steps of={data} />
          <Items of={data} />
        </>
      )}
    </>
  )
}
export default ShowAnnouncement

const Items = ({ of }: { of: AnnouncementShown }) => {
  const t = useT()
  return (
    <div className={classes.scroll}>
      <table className={classes.plain}>
        <thead>
          <tr>
            <th scope="col">{t('announcements.area')}</th><th scope="col">{t('announcements.parent')}</th><th scope="col">{t('announcements.in_force')}</th>
            <th scope="col">{t('announcements.proposed')}</th><th scope="col">{t('announcements.computed')}</th><th scope="col">{t('announcements.evidence')}</th>
          </tr>
        </thead>
        <tbody>
          {of.items.map(({ area, name, parent, level, levelBefore, computedLevel, possible, reason, clause }) => (
            <tr key={area}>
              <th scope="row">{name}</th><td>{parent}</td>
              <td>{levelBefore === null ? <span className={classes.soft}>{t('announcements.not_published')}</span> : <LevelBadge level={levelBefore} word size={18} />}</td>
              <td><LevelBadge level={level} word size={18} /></td>
              <td><LevelBadge level={computedLevel} possible={possible} word size={18} />{reason !== '' && <div className={classes.soft}>{reason} ({clause})</div>}</td>
              <td><ScreenLink to={`/levels/${area}`} search={{ area, day: of.assessedOn }}>{t('announcements.see_why')}</ScreenLink></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What happened to the file, and the steps that may follow. */
const Steps = ({ of }: { of: AnnouncementShown }) => {
  const t = useT()
  const format = useFormat()
  const actor = useActor()
  const may = useMay()
  const { say } = useToast()
  const [asking, setAsking] = useState<'return' | 'withdraw' | 'publish'>()
  const confirming = useSend(confirm, { invalidates: REREAD })
  const open = of.status === 'proposed' || of.status === 'confirmed'
  const forbidden = (permission: Permission): string | undefined =>
    may(permission) ? undefined : t('announcements.may_not', { roles: permission.roles.map((role) => t(`role.${role}`)).join(', ') })
  const doConfirm = async (): Promise<void> => {
    const done = await confirming.send({ params: { id: of.id }, body: {} })
    if (done.ok) say(t('announcements.done_confirmed'))
  }
  return (
    <section aria-label={t('announcements.steps')}>
      <h2 className={classes.section}>{t('announcements.steps')}</h2>
      <ol className={classes.steps}>
        <li>{t('announcements.step.proposed')}: {of.proposedByName}, {format.instant(of.knownAt as Instant)}</li>
        {of.steps.map(({ step, byName, at, note, document, issuedAt }) => (
          <li key={step}>
            {t(`announcements.step.${step}`)}: {byName}, {format.instant(at as Instant)}{document && ` — ${document}`}
            {issuedAt && `, ${t('announcements.issued_at', { at: format.instant(issuedAt as Instant) })}`}{note !== '' && ` — ${note}`}
          </li>
        ))}
      </ol>
      {open && (
        <Group gap="sm" my="md" className="no-print">
          {of.status === 'proposed' && (
            <DisabledWithReason
              loading={confirming.pending} onClick={() => void doConfirm()}
              reason={forbidden(announcementConfirm) ?? (of.proposedBy === actor?.id ? t('announcements.own_proposal') : undefined)}
            >{t('announcements.confirm')}</DisabledWithReason>
          )}
          <DisabledWithReason
            variant={of.status === 'confirmed' ? 'filled' : 'default'} onClick={() => setAsking('publish')}
            reason={forbidden(announcementPublish) ?? (of.status === 'proposed' ? t('announcements.not_confirmed') : undefined)}
          >{t('announcements.publish')}</DisabledWithReason>
          <DisabledWithReason variant="default" onClick={() => setAsking('return')} reason={forbidden(announcementConfirm)}>{t('announcements.return')}</DisabledWithReason>
          <DisabledWithReason variant="default" onClick={() => setAsking('withdraw')} reason={forbidden(announcementPropose)}>{t('announcements.withdraw')}</DisabledWithReason>
        </Group>
      )}
      <ProblemNotice problem={confirming.problem} />
      {(asking === 'return' || asking === 'withdraw') && <BackForm key={asking} id={of.id} kind={asking} onClose={() => setAsking(undefined)} />}
      <PublishForm of={of} opened={asking === 'publish'} onClose={() => setAsking(undefined)} />
    </section>
  )
}

const BackForm = ({ id, kind, onClose }: { id: string; kind: 'return' | 'withdraw'; onClose: () => void }) => {
  const t = useT()
  const { say } = useToast()
  const [note, setNote] = useState('')
  const returning = useSend(sendBack, { invalidates: REREAD })
  const withdrawing = useSend(withdraw, { invalidates: REREAD })
  const sending = kind === 'return' ? returning : withdrawing
  const submit = async (): Promise<void> => {
    const done = await sending.send({ params: { id }, body: { note } })
    if (!done.ok) return
    say(t(kind === 'return' ? 'announcements.done_returned' : 'announcements.done_withdrawn'))
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t(`announcements.${kind}`)} closeButtonProps={{ 'aria-label': t('web.close') }}>
      <Stack gap="md">
        <Textarea label={t('announcements.why_back')} withAsterisk autosize minRows={2} data-autofocus value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <ProblemNotice problem={sending.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <DisabledWithReason reason={note.trim() === '' ? t('announcements.why_back') : undefined} loading={sending.pending} onClick={() => void submit()}>{t(`announcements.${kind}`)}</DisabledWithReason>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Shows exactly what leaves the house. */
const PublishForm = ({ of, opened, onClose }: { of: AnnouncementShown; opened: boolean; onClose: () => void }) => {
  const t = useT()
  const format = useFormat()
  const { say } = useToast()
  const [document, setDocument] = useState('')
  const [issued, setIssued] = useState('')
  const [tried, setTried] = useState(false)
  const publishing = useSend(publish, { invalidates: REREAD })
  const issuedAt = issued.trim() === '' ? undefined : typedInstant(issued)
  const badIssued = issued.trim() !== '' && issuedAt === undefined
  const submit = async (): Promise<void> => {
    setTried(true)
    if (document.trim() === '' || badIssued) return
    const done = await publishing.send({ params: { id: of.id }, body: { document, ...(issuedAt === undefined ? {} : { issuedAt }) } })
    if (!done.ok) return
    say(t('announcements.done_published'))
    onClose()
  }
  const { problem } = publishing
  // The earliest instant is said in the province's time, not as the server writes it.
  const shown = problem && typeof problem.params?.['earliest'] === 'string'
    ? { ...problem, title: '', params: { ...problem.params, earliest: format.instant(problem.params['earliest'] as Instant) } } : problem
  return (
    <ConfirmLeaving opened={opened} title={t('announcements.publish_title')} confirm={t('announcements.publish')} pending={publishing.pending} onConfirm={() => void submit()} onClose={onClose}>
      <Stack gap="md">
        <p className={classes.soft}>{t('announcements.publish_about')}</p>
        <ul className={classes.steps}>
          {of.items.slice(0, 12).map(({ area, name, level, levelBefore }) => (
            <li key={area}>{name}: {levelBefore === null ? '' : `${levelBefore} → `}{level}</li>
          ))}
          {of.items.length > 12 && <li>… {t('announcements.area_count', { count: of.items.length })}</li>}
        </ul>
        <div>{t('announcements.effective')}: {format.instant(of.effectiveAt as Instant)}</div>
        <TextInput
          label={t('announcements.document')} description={t('announcements.document_about')} withAsterisk autoComplete="off" value={document}
          onChange={(event) => setDocument(event.currentTarget.value)} error={tried && document.trim() === '' ? t('problem.invalid_input') : undefined}
        />
        <TextInput
          label={t('announcements.issued')} description={t('announcements.issued_about')} autoComplete="off" value={issued} onChange={(event) => setIssued(event.currentTarget.value)}
          error={badIssued ? t('announcements.issued_bad') : undefined}
        />
        <ProblemNotice problem={shown} />
      </Stack>
    </ConfirmLeaving>
  )
}

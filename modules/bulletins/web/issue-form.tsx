import { NumberInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PlainDate } from '#base'
import { ConfirmLeaving, DayPicker, DisabledWithReason, ProblemNotice, today, useFormat, useMay, useProblemForm, useSend, useT, useToast } from '#web'
import { bulletinIssue, getBulletin, issueBulletin, listBulletins } from '../contract.ts'
import type { Opened } from './bulletin-page.tsx'
import classes from './bulletins.module.css'

interface IssueFormProps {
  readonly opened: Opened
  /** The reader has typed something that is not in the draft yet. */
  readonly unsaved: boolean
  readonly areaId: number | undefined
}

/** Number, day and signer; then the document leaves. */
export const IssueForm = ({ opened: { bulletin, next, document }, unsaved, areaId }: IssueFormProps) => {
  const t = useT()
  const format = useFormat()
  const may = useMay()
  const { say } = useToast()
  const issuing = useSend(issueBulletin, { invalidates: [getBulletin, listBulletins] })
  const [asking, ask] = useState(false)
  const form = useProblemForm<{ number: number | string; issuedOn: PlainDate | undefined; signer: string }>({
    number: next?.number ?? '', issuedOn: (next?.issuedOn ?? today()) as PlainDate, signer: next?.signer ?? '',
  })
  const { number, issuedOn, signer } = form.values
  const reason = areaId !== undefined && !may(bulletinIssue, areaId) ? t('bulletins.may_not_issue', { roles: bulletinIssue.roles.map((role) => t(`role.${role}`)).join(', ') })
    : unsaved ? t('bulletins.save_first')
      : bulletin.kind === 'levels' && bulletin.effectiveOn === null ? t('bulletins.needs_effective')
        : number === '' || !issuedOn || signer.trim() === '' ? t('bulletins.needs_signer') : undefined
  const issue = async (): Promise<void> => {
    if (!issuedOn) return
    const issued = await issuing.send({ params: { id: bulletin.id }, body: { number: Number(number), issuedOn, signer } })
    ask(false)
    if (issued.ok) say(t('bulletins.issued_now', { number: issued.value.number }))
    else form.refuse(issued.problem)
  }
  return (
    <form className={classes.issue} aria-label={t('bulletins.issue')} {...form.bind(() => ask(true))}>
      <h2 className={classes.section}>{t('bulletins.issue')}</h2>
      <Stack gap="sm">
        <p className={classes.hint}>{t('bulletins.issue_about')}</p>
        <NumberInput label={t('bulletins.issue_number')} min={1} max={99_999} allowDecimal={false} value={number} onChange={(given) => form.set('number', given)} error={form.errorAt('number')} />
        <DayPicker label={t('bulletins.issued_on')} required value={issuedOn} max={today()} onChange={(given) => form.set('issuedOn', given)} error={form.errorAt('issuedOn')} />
        <TextInput label={t('bulletins.signer')} withAsterisk autoComplete="off" {...form.field('signer')} />
        {form.error !== undefined && <ProblemNotice problem={issuing.problem} />}
        <DisabledWithReason type="submit" reason={reason}>{t('bulletins.issue')}</DisabledWithReason>
      </Stack>
      <ConfirmLeaving opened={asking} title={t('bulletins.issue_this')} confirm={t('bulletins.issue')} pending={issuing.pending} onClose={() => ask(false)} onConfirm={() => void issue()}>
        <p>{t('bulletins.issue_what', { type: `${document.typeName} “${document.subject}”`, number: `${String(number).padStart(2, '0')}/${document.symbol}`, day: issuedOn ? format.day(issuedOn) : '', signer })}</p>
        <p>{t('bulletins.recipients')}: {document.recipients.join('; ')}.</p>
      </ConfirmLeaving>
    </form>
  )
}

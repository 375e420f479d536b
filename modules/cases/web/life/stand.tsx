import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea } from '@mantine/core'
import { vietnameseDate } from '#base'
import { ProblemNotice, today, useProblemForm, useSend, useT, useToast } from '#web'
import { closeCase, countCases, getCase, listCases, OUTCOMES, reopenCase } from '../../contract.ts'
import { DayField } from '../day-field.tsx'
import { refusalOf, type ShownCase } from '../draft.ts'
import { readDay } from '../read-typed.ts'

const REREAD = [listCases, countCases, getCase]

interface Props {
  readonly shown: ShownCase
  readonly opened: boolean
  readonly onClose: () => void
}

/** Closes an active case, or opens a closed one again. */
export const CaseStand = ({ shown, opened, onClose }: Props) => {
  const t = useT()
  const title = t(shown.status === 'active' ? 'cases.close_one' : 'cases.reopen_one', { number: shown.number })
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('web.close') }}>
      {shown.status === 'active' ? <CloseForm shown={shown} onClose={onClose} /> : <ReopenForm shown={shown} onClose={onClose} />}
    </Modal>
  )
}

const CloseForm = ({ shown, onClose }: Omit<Props, 'opened'>) => {
  const t = useT()
  const toast = useToast()
  const closing = useSend(closeCase, { invalidates: REREAD })
  const form = useProblemForm({ outcome: '', outcomeOn: vietnameseDate(today()), reason: '' })
  const submit = async (): Promise<void> => {
    const { outcome, outcomeOn, reason } = form.values
    const read = readDay(outcomeOn)
    const chosen = OUTCOMES.find((one) => one === outcome)
    const faults = [...(chosen ? [] : [{ code: 'field_needed', field: 'outcome' }]), ...(read.ok ? [] : [{ ...read.problem, field: 'outcomeOn' }])]
    if (!chosen || !read.ok) return form.refuse(refusalOf(faults))
    const done = await closing.send({
      params: { id: shown.id }, body: { version: shown.version, outcome: chosen, outcomeOn: read.value, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
    })
    if (!done.ok) return form.refuse(done.problem)
    toast.say(t('cases.closed_one', { number: shown.number }))
    onClose()
  }
  return (
    <form {...form.bind(() => void submit())}>
      <Stack gap="md">
        <NativeSelect
          label={t('cases.field.outcome')} withAsterisk data-autofocus {...form.field('outcome')}
          data={[{ value: '', label: '—' }, ...OUTCOMES.map((value) => ({ value, label: t(`cases.outcome.${value}`) }))]}
        />
        <DayField name="outcomeOn" label={t('cases.field.outcomeOn')} value={form.values.outcomeOn} onChange={(day) => form.set('outcomeOn', day)} error={form.errorAt('outcomeOn')} />
        <Textarea label={t('cases.field.reason')} autosize minRows={1} maxLength={500} {...form.field('reason')} />
        {form.error && <ProblemNotice problem={closing.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <Button type="submit" loading={closing.pending}>{t('cases.close')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

const ReopenForm = ({ shown, onClose }: Omit<Props, 'opened'>) => {
  const t = useT()
  const toast = useToast()
  const opening = useSend(reopenCase, { invalidates: REREAD })
  const form = useProblemForm({ reason: '' })
  const submit = async (): Promise<void> => {
    const reason = form.values.reason.trim()
    if (reason === '') return form.refuse(refusalOf([{ code: 'field_needed', field: 'reason' }]))
    const done = await opening.send({ params: { id: shown.id }, body: { version: shown.version, reason } })
    if (!done.ok) return form.refuse(done.problem)
    toast.say(t('cases.reopened_one', { number: shown.number }))
    onClose()
  }
  return (
    <form {...form.bind(() => void submit())}>
      <Stack gap="md">
        <Text>{t('cases.reopen_about')}</Text>
        <Textarea label={t('cases.field.reason')} withAsterisk data-autofocus autosize minRows={2} maxLength={500} {...form.field('reason')} />
        {form.error && <ProblemNotice problem={opening.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <Button type="submit" loading={opening.pending}>{t('cases.reopen')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

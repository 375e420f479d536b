import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { vietnameseDate } from '#base'
import { ProblemNotice, today, useProblemForm, useSend, useT, useToast } from '#web'
import { getCase, listCases, recordCourse, removeCourse, SEVERITIES } from '../../contract.ts'
import { DayField } from '../day-field.tsx'
import { refusalOf, type ShownCase } from '../draft.ts'
import { readDay } from '../read-typed.ts'
import type { CourseShown } from './timeline.ts'

const REREAD = [listCases, getCase]

/** A day of the clinical course. */
export const RecordCourse = ({ shown, place, opened, onClose }: { shown: ShownCase; place: string | null; opened: boolean; onClose: () => void }) => {
  const t = useT()
  return (
    <Modal opened={opened} onClose={onClose} title={t('cases.course_one', { number: shown.number })} closeButtonProps={{ 'aria-label': t('web.close') }}>
      <CourseForm shown={shown} place={place} onClose={onClose} />
    </Modal>
  )
}

const CourseForm = ({ shown, place, onClose }: { shown: ShownCase; place: string | null; onClose: () => void }) => {
  const t = useT()
  const toast = useToast()
  const recording = useSend(recordCourse, { invalidates: REREAD })
  const form = useProblemForm({ day: vietnameseDate(today()), severity: shown.severity ?? '', place: place ?? shown.admittedTo ?? '', oxygen: '', note: '' })
  const submit = async (): Promise<void> => {
    const { day, severity, oxygen } = form.values
    const read = readDay(day)
    const chosen = SEVERITIES.find((one) => one === severity)
    const on = read.ok ? read.value : null
    const faults = [
      ...(!read.ok ? [{ ...read.problem, field: 'day' }] : on === null ? [{ code: 'field_needed', field: 'day' }] : []),
      ...(chosen ? [] : [{ code: 'field_needed', field: 'severity' }]),
    ]
    if (!chosen || on === null) return form.refuse(refusalOf(faults))
    const text = (value: string): string | null => (value.trim() === '' ? null : value.trim())
    const done = await recording.send({
      params: { id: shown.id },
      body: { day: on, severity: chosen, place: text(form.values.place), oxygen: oxygen === '' ? null : oxygen === 'true', note: text(form.values.note) },
    })
    if (!done.ok) return form.refuse(done.problem)
    toast.say(t('cases.course_saved', { day: vietnameseDate(on) }))
    onClose()
  }
  return (
    <form {...form.bind(() => void submit())}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">{t('cases.course_about')}</Text>
        <DayField name="day" label={t('cases.course_day')} required value={form.values.day} onChange={(day) => form.set('day', day)} error={form.errorAt('day')} />
        <NativeSelect
          label={t('cases.field.severity')} withAsterisk data-autofocus value={form.values.severity} error={form.errorAt('severity')}
          onChange={(event) => form.set('severity', event.currentTarget.value as typeof form.values.severity)}
          data={[{ value: '', label: '—' }, ...SEVERITIES.map((value) => ({ value, label: t(`cases.severity.${value}`) }))]}
        />
        <TextInput label={t('cases.course_place')} maxLength={200} autoComplete="off" {...form.field('place')} />
        <NativeSelect
          label={t('cases.course_oxygen')} {...form.field('oxygen')}
          data={[{ value: '', label: t('cases.not_known') }, { value: 'true', label: t('cases.yes') }, { value: 'false', label: t('cases.no') }]}
        />
        <Textarea label={t('cases.course_note')} autosize minRows={1} maxLength={500} {...form.field('note')} />
        {form.error && <ProblemNotice problem={recording.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <Button type="submit" loading={recording.pending}>{t('cases.course_add')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Takes a day of the course away, with a reason. */
export const RemoveCourse = ({ entry, onClose }: { entry: CourseShown | undefined; onClose: () => void }) => {
  const t = useT()
  return (
    <Modal opened={entry !== undefined} onClose={onClose} title={t('cases.course_remove_do')} closeButtonProps={{ 'aria-label': t('web.close') }}>
      {entry && <RemoveForm entry={entry} onClose={onClose} />}
    </Modal>
  )
}

const RemoveForm = ({ entry, onClose }: { entry: CourseShown; onClose: () => void }) => {
  const t = useT()
  const removing = useSend(removeCourse, { invalidates: REREAD })
  const form = useProblemForm({ reason: '' })
  const submit = async (): Promise<void> => {
    const reason = form.values.reason.trim()
    if (reason === '') return form.refuse(refusalOf([{ code: 'field_needed', field: 'reason' }]))
    const done = await removing.send({ params: { id: entry.id }, body: { reason } })
    if (done.ok) onClose()
    else form.refuse(done.problem)
  }
  return (
    <form {...form.bind(() => void submit())}>
      <Stack gap="md">
        <Textarea label={t('cases.field.reason')} withAsterisk data-autofocus autosize minRows={2} maxLength={500} {...form.field('reason')} />
        {form.error && <ProblemNotice problem={removing.problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('web.cancel')}</Button>
          <Button type="submit" loading={removing.pending}>{t('cases.course_remove_do')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

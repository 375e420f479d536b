import { Button, Group, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PlainDate } from '#base'
import { DayPicker, DisabledWithReason, ProblemNotice, today, useMay, useProblemForm, useSend, useT, useToast } from '#web'
import { areaAdd, getArea, listAreas, setPopulation, type AreaShown } from '../contract.ts'
import classes from './areas.module.css'

/** The people of a hamlet or group as the office counts them. */
export const SetPopulation = ({ area }: { area: AreaShown }) => {
  const t = useT()
  const may = useMay()
  const { say } = useToast()
  const [open, setOpen] = useState(false)
  const sending = useSend(setPopulation, { invalidates: [getArea, listAreas] })
  const form = useProblemForm<{ value: number | ''; asOf: PlainDate | undefined; source: string }>({ value: area.population ?? '', asOf: today(), source: '' })
  const { value, asOf, source } = form.values
  if (!open) {
    return (
      <div>
        <DisabledWithReason size="compact-sm" variant="default" onClick={() => setOpen(true)} reason={may(areaAdd, area.id) ? undefined : t('areas.may_not')}>
          {t('areas.enter_population')}
        </DisabledWithReason>
      </div>
    )
  }
  const submit = async (): Promise<void> => {
    if (value === '' || !asOf) return
    const sent = await sending.send({ params: { id: area.id }, body: { value, asOf, source } })
    if (!sent.ok) return form.refuse(sent.problem)
    say(t('areas.population_saved'))
    setOpen(false)
  }
  return (
    <form className={classes.inline} {...form.bind(() => void submit())}>
      <NumberInput label={t('areas.population')} withAsterisk min={0} max={1_000_000} allowDecimal={false} w={140} {...form.field('value')} onChange={(next) => form.set('value', typeof next === 'number' ? next : '')} />
      <DayPicker label={t('areas.as_of')} required value={asOf} onChange={(next) => form.set('asOf', next)} error={form.errorAt('asOf')} />
      <TextInput label={t('areas.source')} withAsterisk placeholder={t('areas.source_example')} w={280} {...form.field('source')} />
      {form.error && <ProblemNotice problem={sending.problem} />}
      <Group>
        <Button variant="default" onClick={() => setOpen(false)}>{t('web.cancel')}</Button>
        <DisabledWithReason type="submit" loading={sending.pending} reason={value === '' || !asOf || source.trim() === '' ? t('areas.needs_population') : undefined}>{t('areas.save')}</DisabledWithReason>
      </Group>
    </form>
  )
}

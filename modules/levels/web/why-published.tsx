import { Button, Group, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { addDays, type PlainDate } from '#base'
import {
  DayPicker, DisabledWithReason, LevelBadge, ProblemNotice, today, useDay, useFormat, useMay, useProblemForm, useSend, useT, useToast,
} from '#web'
import { getLevels, getRun, getWhy, levelRecord, recordPublished } from '../contract.ts'
import classes from './levels.module.css'
import type { Why } from './why.tsx'

/** A decision is published before it takes force (48 hours where the level rises). Unit: days. */
const AHEAD = 60

/** What decisions on paper have published for the area, and the form to record one. */
export const WhyPublished = ({ why: { published, assessment } }: { why: Why }) => {
  const t = useT()
  const format = useFormat()
  const may = useMay()
  const [open, setOpen] = useState(false)
  return (
    <section aria-label={t('levels.published')}>
      <h2 className={classes.section}>{t('levels.published')}</h2>
      {published.length === 0 ? <p className={classes.soft}>{t('levels.none_published')}</p> : (
        <table className={classes.plain}>
          <thead><tr><th scope="col">{t('levels.from')}</th><th scope="col">{t('levels.level')}</th><th scope="col">{t('levels.decision')}</th></tr></thead>
          <tbody>
            {published.toReversed().map(({ effectiveFrom, level, document }) => (
              <tr key={effectiveFrom}>
                <td>{format.day(effectiveFrom as PlainDate)}</td><td><LevelBadge level={level} word size={18} /></td><td>{document}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="no-print">
        {open ? <RecordForm assessment={assessment} onDone={() => setOpen(false)} /> : (
          <DisabledWithReason
            variant="default" onClick={() => setOpen(true)}
            reason={may(levelRecord, assessment.areaId) ? undefined : t('levels.may_not_record', { roles: levelRecord.roles.map((role) => t(`role.${role}`)).join(', ') })}
          >{t('levels.record')}</DisabledWithReason>
        )}
      </div>
    </section>
  )
}

const RecordForm = ({ assessment, onDone }: { assessment: Why['assessment']; onDone: () => void }) => {
  const t = useT()
  const { say } = useToast()
  const { day } = useDay()
  const recording = useSend(recordPublished, { invalidates: [getWhy, getLevels, getRun] })
  const form = useProblemForm<{ document: string; effectiveFrom: PlainDate | undefined; level: string }>({
    document: '', effectiveFrom: day, level: assessment.level === null ? '' : String(assessment.level),
  })
  const { document, effectiveFrom, level } = form.values
  const submit = async (): Promise<void> => {
    if (!effectiveFrom || level === '') return
    const recorded = await recording.send({ body: { document, effectiveFrom, levels: [{ area: assessment.area, level: Number(level) }] } })
    if (!recorded.ok) return form.refuse(recorded.problem)
    say(t('levels.recorded'))
    onDone()
  }
  return (
    <form className={classes.form} {...form.bind(() => void submit())}>
      <Stack gap="md">
        <TextInput label={t('levels.decision')} description={t('levels.decision_about')} withAsterisk autoComplete="off" data-autofocus {...form.field('document')} />
        <DayPicker label={t('levels.from')} required value={effectiveFrom} max={addDays(today(), AHEAD)} onChange={(next) => form.set('effectiveFrom', next)} error={form.errorAt('effectiveFrom')} />
        <Radio.Group label={t('levels.level')} withAsterisk value={level} onChange={(next) => form.set('level', next)} error={form.errorAt('levels')}>
          <Group gap="lg" mt={4}>
            {[1, 2, 3, 4].map((one) => <Radio key={one} value={String(one)} label={<LevelBadge level={one} word size={18} />} />)}
          </Group>
        </Radio.Group>
        {form.error && <ProblemNotice problem={recording.problem} />}
        <Group>
          <Button variant="default" onClick={onDone}>{t('web.cancel')}</Button>
          <DisabledWithReason
            type="submit" loading={recording.pending} reason={document.trim() === '' || !effectiveFrom || level === '' ? t('levels.needs_all') : undefined}
          >{t('levels.record_now')}</DisabledWithReason>
        </Group>
      </Stack>
    </form>
  )
}

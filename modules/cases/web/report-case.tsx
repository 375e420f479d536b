import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { AnswerOf, Instant } from '#base'
import { Notice, PageHeader, ProblemNotice, ScreenLink, today, useFormat, useGo, useSentence, useT } from '#web'
import { reportCase } from '../contract.ts'
import { CaseFields } from './case-fields.tsx'
import classes from './cases.module.css'
import { emptyDraft, newCaseOf, plainParams, readDraft, type Draft } from './draft.ts'
import { duplicatesIn, ExistingCase } from './existing-case.tsx'
import { SendBar } from './send-bar.tsx'
import { useCaseForm } from './use-case-form.ts'
import { useKeptDraft } from './use-kept-draft.ts'
import { useKeptSend } from './use-kept-send.ts'
import { useSendKeys } from './use-send-keys.ts'

type Reported = AnswerOf<typeof reportCase> & { readonly fullName: string }

const NO_NAMES: ReadonlyMap<string, string> = new Map()

/** What the next case of the same sitting shares with the one before. */
const carriedFrom = ({ reportedOn, reporter, reporterUnit, sender, areaId }: Draft): Partial<Draft> => ({ reportedOn, reporter, reporterUnit, sender, areaId })

const ReportCase = () => {
  const t = useT()
  const [reported, setReported] = useState<Reported>()
  const [next, setNext] = useState<{ round: number; carried: Partial<Draft> }>({ round: 0, carried: {} })
  return (
    <>
      <PageHeader title={t('cases.report')} about={t('cases.report_about')} />
      {reported
        ? <Received reported={reported} onNext={() => setReported(undefined)} />
        : (
          <ReportForm key={next.round} carried={next.carried} onReported={(done, draft) => {
            setNext({ round: next.round + 1, carried: carriedFrom(draft) })
            setReported(done)
          }} onDiscard={() => setNext({ round: next.round + 1, carried: {} })} />
        )}
    </>
  )
}
export default ReportCase

interface ReportFormProps {
  readonly carried: Partial<Draft>
  readonly onReported: (reported: Reported, draft: Draft) => void
  readonly onDiscard: () => void
}

const ReportForm = ({ carried, onReported, onDiscard }: ReportFormProps) => {
  const t = useT()
  const format = useFormat()
  const keeping = useKeptDraft('new')
  const [start] = useState<Draft>(() => ({ ...emptyDraft(today()), ...carried }))
  const { form, changed, keptAt, keepAttempt, refusal, refuse, refuseAll } = useCaseForm(keeping, start, undefined)
  const { send, pending } = useKeptSend(reportCase, keeping.found?.attempt, keepAttempt)
  const duplicates = duplicatesIn(refusal)

  const submit = async (): Promise<void> => {
    const { facts, faults } = readDraft(form.values, 'report')
    if (faults.length > 0) return refuseAll(faults)
    const sent = await send({ body: newCaseOf(facts) })
    if (!sent) return
    if (!sent.ok) return refuse(sent.problem)
    keeping.forget()
    onReported({ ...sent.value, fullName: form.values.fullName }, form.values)
  }
  useSendKeys(() => void submit())

  return (
    <form className={classes.form} aria-label={t('cases.report')} {...form.bind(() => void submit())}>
      {keeping.found && <div className={classes.note}><Notice>{t('cases.draft_found', { at: format.instant(keeping.found.at as Instant) })}</Notice></div>}
      <CaseFields
        form={form} purpose="report" areaNames={NO_NAMES}
        under={(name) => {
          const number = duplicates.get(name)
          return number === undefined ? null : <><ExistingCase number={number} />{name === 'nationalId' && <Text size="sm">{t('cases.say_reinfection')}</Text>}</>
        }}
      />
      {form.error && <ProblemNotice problem={refusal} retry={() => void submit()} />}
      <SendBar send={t('cases.send_report')} pending={pending} changed={changed} keptAt={keptAt} onDiscard={() => {
        keeping.forget()
        onDiscard()
      }} />
    </form>
  )
}

/** After saving: what became of it, and on to the next one or into it. */
const Received = ({ reported, onNext }: { reported: Reported; onNext: () => void }) => {
  const t = useT()
  const go = useGo()
  const sentence = useSentence()
  const { id, number, fullName, warnings, possibleDuplicate } = reported
  return (
    <Stack gap="md" className={classes.received}>
      <div role="status"><Text fw={600} size="lg">{t('cases.received', { number, name: fullName })}</Text></div>
      {possibleDuplicate && (
        <Notice warning>
          {t('cases.looks_like')}{' '}
          <ScreenLink to={`/cases/${possibleDuplicate.id}`}>{possibleDuplicate.number}</ScreenLink>.{' '}
          <ScreenLink to="/cases/duplicates">{t('cases.to_duplicates')}</ScreenLink>
        </Notice>
      )}
      {warnings.map((warning) => (
        <Notice key={warning.code} warning>
          {sentence({ code: warning.code, title: '', status: 200, params: plainParams(warning.params) })}
        </Notice>
      ))}
      <Group gap="sm">
        <Button onClick={onNext} autoFocus>{t('cases.report_next')}</Button>
        <Button variant="default" onClick={() => go(`/cases/${id}`)}>{t('cases.open_it')}</Button>
        <Button variant="default" onClick={() => go('/cases')}>{t('cases.to_list')}</Button>
      </Group>
    </Stack>
  )
}

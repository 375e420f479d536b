import { Skeleton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Instant } from '#base'
import { call, keyOf, Notice, PageHeader, problemIn, ProblemNotice, ScreenLink, useFormat, useGo, useQueryOf, useSentence, useT, useToast, type ProblemDocument } from '#web'
import { correctCase, getCase } from '../contract.ts'
import { CaseFields } from './case-fields.tsx'
import classes from './cases.module.css'
import { Disputes, type Dispute } from './disputes.tsx'
import { changesOf, draftOf, mergeDrafts, plainParams, readDraft, type ShownCase } from './draft.ts'
import { duplicatesIn, ExistingCase } from './existing-case.tsx'
import { SendBar } from './send-bar.tsx'
import { useCaseForm } from './use-case-form.ts'
import { useKeptDraft } from './use-kept-draft.ts'
import { useKeptSend } from './use-kept-send.ts'
import { useSendKeys } from './use-send-keys.ts'

const CorrectCase = () => {
  const t = useT()
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useQueryOf(getCase, { params: { id } }, { keep: false })
  const shown = data?.case
  if (error) return <ProblemNotice problem={problemIn(error)} retry={() => void refetch()} />
  return (
    <>
      <PageHeader
        title={shown ? t('cases.correct_one', { number: shown.number }) : t('cases.correct')}
        about={shown && <><ScreenLink to={`/cases/${id}`}>{shown.fullName}</ScreenLink> · {t('cases.correct_about')}</>}
      />
      {!shown ? <Skeleton height={400} /> : shown.withdrawn ? <Notice warning>{t('cases.withdrawn')}</Notice> : <CorrectForm key={id} opened={shown} />}
    </>
  )
}
export default CorrectCase

const CorrectForm = ({ opened }: { opened: ShownCase }) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const toast = useToast()
  const sentence = useSentence()
  const cache = useQueryClient()
  const { id } = opened
  const keeping = useKeptDraft(id)
  // What the corrections are measured against: the case as it was when this form was first opened, perhaps before a reload.
  const [base, setBase] = useState(() => keeping.found?.base ?? { draft: draftOf(opened), version: opened.version })
  const [dispute, setDispute] = useState<Dispute>()
  const { form, changed, keptAt, keepAttempt, refusal, refuse, refuseAll } = useCaseForm(keeping, base.draft, base)
  const { send, pending } = useKeptSend(correctCase, keeping.found?.attempt, keepAttempt)
  const duplicates = duplicatesIn(refusal)
  const names = useMemo(() => areaNamesOf(opened), [opened])

  const submit = async (): Promise<void> => {
    if (dispute) return toast.say(t('cases.settle_first'))
    const { facts, faults } = readDraft(form.values, 'correct')
    if (faults.length > 0) return refuseAll(faults)
    const sent = await send({ params: { id }, body: { version: base.version, reason: String(facts['reason']), changes: changesOf(base.draft, form.values) } })
    if (!sent) return
    if (!sent.ok) return sent.problem.code === 'case_conflict' ? disputeWith(sent.problem) : refuse(sent.problem)
    keeping.forget()
    toast.say(t('cases.corrected', { number: opened.number }))
    for (const { code, params } of sent.value.warnings) toast.say(sentence({ code, title: '', status: 200, params: plainParams(params) }))
    go(`/cases/${id}`)
  }

  /** Somebody was quicker: what they changed is read, and only what both changed is asked. */
  const disputeWith = async (problem: ProblemDocument): Promise<void> => {
    const read = await call(getCase, { params: { id } }).then((answer) => answer, () => undefined)
    if (!read) return refuse(problem)
    cache.setQueryData(keyOf(getCase, { params: { id } }), read)
    const theirs = draftOf(read.case)
    const { merged, disputed } = mergeDrafts(base.draft, form.values, theirs)
    form.setAll(merged)
    setBase({ draft: theirs, version: read.case.version })
    refuse(undefined)
    if (disputed.length > 0) setDispute({ mine: form.values, theirs, fields: disputed, by: read.case.changedBy, at: read.case.changedAt as Instant })
    else toast.say(t('cases.merged', { by: read.case.changedBy }))
  }
  useSendKeys(() => void submit())

  return (
    <form className={classes.form} aria-label={t('cases.correct')} {...form.bind(() => void submit())}>
      {keeping.found && <div className={classes.note}><Notice>{t('cases.draft_found', { at: format.instant(keeping.found.at) })}</Notice></div>}
      {dispute && (
        <Disputes dispute={dispute} names={names} onSettled={(chosen) => {
          form.setAll({ ...form.values, ...chosen })
          setDispute(undefined)
        }} />
      )}
      <CaseFields
        form={form} purpose="correct" areaNames={names}
        under={(name) => {
          const number = duplicates.get(name)
          return number === undefined ? null : <ExistingCase number={number} />
        }}
      />
      {form.error && <ProblemNotice problem={refusal} retry={() => void submit()} />}
      <SendBar send={t('cases.send_correction')} pending={pending} changed={changed} keptAt={keptAt} onDiscard={() => {
        keeping.forget()
        go(`/cases/${id}`)
      }} />
    </form>
  )
}

const areaNamesOf = (shown: ShownCase): ReadonlyMap<string, string> => new Map([
  [String(shown.areaId), shown.areaName], ...(shown.eventAreaId === null ? [] : [[String(shown.eventAreaId), shown.eventAreaName ?? ''] as const]),
])

import { Group, Stack, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { PlainDate } from '#base'
import { compileModel, findLower, readModel, type DecisionModel } from '#decisions'
import { compareLevels, getLevels, getRun, getWhy } from '#levels/contract'
import {
  ConfirmLeaving, DayPicker, DisabledWithReason, Notice, ProblemNotice, today, useFormat, useGo, useMay, useProblemForm, useSend, useT, useToast, type Translate,
} from '#web'
import { compareRulebooks, enactDraft, getRulebook, listDrafts, listRulebooks, rulebookEnact } from '../../contract.ts'
import classes from './draft.module.css'
import type { DraftData, DraftEditor } from './use-draft-editor.ts'
import type { Fault } from './use-faults.ts'

const FAR = '2099-12-31' as PlainDate

/** Whether a variant is stricter than the version it was drafted from, with a case where it is not. The server asks the same of every rule in force. */
const stricterThanBase = (base: string | null, model: DecisionModel, t: Translate): string | undefined => {
  const old = base === null ? undefined : readModel(base)
  const [before, after] = [old?.ok ? compileModel(old.value) : undefined, compileModel(model)]
  if (!before?.ok || !after.ok) return undefined
  const lower = findLower(before.value, after.value, before.value.tops[0] ?? '')
  if (!lower.ok) return t('rulebooks.not_provable')
  if (!lower.value) return t('rulebooks.proven_stricter')
  const { inputs, than, answer } = lower.value
  const values = Object.entries(inputs).filter(([, value]) => value !== null)
    .map(([name, value]) => `${model.inputs.find((one) => one.name === name)?.label ?? name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return t('rulebooks.laxer_case', { values: values.join('; '), level: answer ?? '–', than })
}

/** Puts the draft in force: from which day, under which document; what it means, and then done. */
export const DraftEnact = ({ data, editor, faults }: { data: DraftData; editor: DraftEditor; faults: readonly Fault[] }) => {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const may = useMay()
  const { say } = useToast()
  const [confirming, setConfirming] = useState(false)
  const enacting = useSend(enactDraft, { invalidates: [listDrafts, listRulebooks, getRulebook, compareRulebooks, compareLevels, getLevels, getRun, getWhy] })
  const { draft } = data
  const info = editor.model.rulebook
  const form = useProblemForm<{ document: string; validFrom: PlainDate | undefined; validTo: PlainDate | undefined }>({
    document: '', validFrom: info?.validFrom, validTo: info?.validTo ?? undefined,
  })
  const { document, validFrom, validTo } = form.values
  const variant = draft.kind === 'variant'
  const stricter = useMemo(() => (variant ? stricterThanBase(data.base, editor.model, t) : undefined), [variant, data.base, editor.model, t])
  const fatal = faults.filter((fault) => !fault.warning)
  const reason = !may(rulebookEnact) ? t('rulebooks.may_not_enact', { roles: rulebookEnact.roles.map((role) => t(`role.${role}`)).join(', ') })
    : draft.status !== 'open' ? t(`rulebooks.draft_${draft.status}`)
      : fatal.length > 0 ? t('rulebooks.preview_faulty', { count: fatal.length })
        : document.trim() === '' || !validFrom ? t('rulebooks.needs_document') : undefined
  const enact = async (): Promise<void> => {
    if (!validFrom) return
    const enacted = await enacting.send({ params: { id: draft.id }, body: { revision: editor.revision, document, validFrom, validTo: validTo ?? null } })
    setConfirming(false)
    if (!enacted.ok) return form.refuse(enacted.problem)
    say(t('rulebooks.enacted', { version: enacted.value.version }))
    go(`/rulebooks/${enacted.value.id}`)
  }
  const days = validFrom && `${format.day(validFrom)} – ${validTo ? format.day(validTo) : t('rulebooks.open')}`
  return (
    <form className={classes.enact} {...form.bind(() => setConfirming(true))}>
      <Stack gap="md">
        <p>{t(variant ? 'rulebooks.enact_variant_about' : 'rulebooks.enact_about', { area: draft.areaName })}</p>
        {stricter && <Notice warning={stricter !== t('rulebooks.proven_stricter')}>{stricter}</Notice>}
        {faults.some((fault) => fault.warning) && <Notice warning>{faults.filter((fault) => fault.warning).map((fault) => fault.sentence).join(' ')}</Notice>}
        <TextInput label={t('rulebooks.document_number')} description={t('rulebooks.document_number_about')} withAsterisk autoComplete="off" {...form.field('document')} />
        <Group align="flex-start">
          <DayPicker label={t('rulebooks.valid_from')} required max={FAR} value={validFrom} onChange={(day) => form.set('validFrom', day)} error={form.errorAt('validFrom')} />
          <DayPicker label={t('rulebooks.valid_to')} clearable max={FAR} value={validTo} onChange={(day) => form.set('validTo', day)} error={form.errorAt('validTo')} />
        </Group>
        {validFrom && validFrom < today() && <Notice warning>{t('rulebooks.enact_past')}</Notice>}
        {form.error && <ProblemNotice problem={enacting.problem} />}
        <Group><DisabledWithReason type="submit" reason={reason} loading={enacting.pending}>{t('rulebooks.enact')}</DisabledWithReason></Group>
      </Stack>
      <ConfirmLeaving
        opened={confirming} title={t('rulebooks.enact')} confirm={t('rulebooks.enact_now')} pending={enacting.pending} onClose={() => setConfirming(false)} onConfirm={() => void enact()}
      >
        <dl>
          <dt>{t('rulebooks.one')}</dt><dd>{info?.title.vi}</dd>
          <dt>{t('rulebooks.document_number')}</dt><dd>{document}</dd>
          <dt>{t('rulebooks.valid')}</dt><dd>{days}</dd>
          <dt>{t('rulebooks.area')}</dt><dd>{draft.areaName}</dd>
        </dl>
      </ConfirmLeaving>
    </form>
  )
}
